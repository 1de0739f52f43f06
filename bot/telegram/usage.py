"""Owns the errors that answer a person who wrote or pressed something we cannot use."""

from collections.abc import Callable

from bot.catalogue import Words, words_in
from models.api import SitrepError

Said = str | Callable[[Words], str]
"""A marked text, or what words one that depends on a number or on a list."""


class UsageError(SitrepError):
    """What was written cannot be used; the person is told so, in their language, and what would be right."""

    def __init__(self, text: Said, hint: Said | None = None, **values: object) -> None:
        self._text = text
        self._hint = hint
        self._values = values
        super().__init__("usage", self.said(words_in("en")), **values)

    def said(self, words: Words) -> str:
        """What the person is told; the ``values`` fill the text's placeholders."""
        text = words(self._text, **self._values) if isinstance(self._text, str) else self._text(words)
        if self._hint is None:
            return text
        return f"{text} {words(self._hint) if isinstance(self._hint, str) else self._hint(words)}"


class StaleButton(UsageError):
    """A button of an older release, or of something that is no more; whoever pressed it is shown the present ones."""

    def __init__(self) -> None:
        super().__init__("a button that is out of date")
