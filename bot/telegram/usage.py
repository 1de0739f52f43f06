"""Owns the error that answers a person who wrote something we cannot use."""

from models.api import SitrepError


class UsageError(SitrepError):
    """What was written cannot be used; the message is sent to the person as it stands and says what would be right."""

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__("usage", message, **facts)
