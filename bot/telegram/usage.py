"""Owns the errors that answer a person who wrote or pressed something we cannot use."""

from models.api import SitrepError


class UsageError(SitrepError):
    """What was written cannot be used; the message is sent to the person as it stands and says what would be right."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__("usage", message, **facts)


class StaleButton(UsageError):
    """A button of an older release, or of something that is no more; whoever pressed it is shown the present ones."""

    def __init__(self) -> None:
        super().__init__("a button that is out of date")
