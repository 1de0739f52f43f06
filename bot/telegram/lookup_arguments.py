"""Owns the words after the commands that look something up: /why, /search, /figures and /deadlines."""

import re
from dataclasses import dataclass

from bot.catalogue import message
from bot.desk.search import wished
from bot.telegram.usage import UsageError

MAX_ECHO = 60
"""Characters of what somebody wrote that are said back to them."""
_LINE = re.compile(r"(?:line|no\.?|number|#)?\s*(\d{1,4})\s*[.?!]?", re.IGNORECASE | re.ASCII)
_CALENDAR = frozenset({"ics", "ical", "calendar", ".ics"})


@dataclass(frozen=True, slots=True)
class DeadlinesRequest:
    """What /deadlines is to show: those that hold the words; ``calendar``: as a file for calendars."""

    words: tuple[str, ...] = ()
    calendar: bool = False


def parse_line(arguments: str) -> int:
    """The line that /why asks about.

    Raises:
        UsageError: no number was written.
    """
    found = _LINE.fullmatch(arguments.strip())
    if found is None:
        raise UsageError(message("Which line? Write its number: /why 3 is about line 3 of your last edition."))
    return int(found[1])


def parse_search(arguments: str) -> str:
    """The words that /search looks for, on one line.

    Raises:
        UsageError: nothing that could be looked for was written.
    """
    words = " ".join(arguments.split())
    if not wished([words]):
        raise UsageError(message("What shall I look for? Write a few words, such as /search harbour strike."))
    return words


def parse_nothing(arguments: str) -> None:
    """Read the arguments of /latest, which has none.

    Raises:
        UsageError: something was written.
    """
    words = " ".join(arguments.split())
    if words:
        raise UsageError(
            message("/latest shows the newest stories of all. To look for words, write: {command}"),
            command=f"/search {echo(words)}",
        )


def parse_deadlines(arguments: str) -> DeadlinesRequest:
    """What /deadlines is to show; every wish is one."""
    words = arguments.split()
    kept = tuple(word for word in words if word.casefold() not in _CALENDAR)
    return DeadlinesRequest(words=kept, calendar=len(kept) < len(words))


def echo(words: str) -> str:
    """What somebody wrote, short enough to be said back."""
    return words if len(words) <= MAX_ECHO else words[: MAX_ECHO - 1].rstrip() + "…"
