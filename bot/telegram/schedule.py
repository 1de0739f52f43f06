"""Owns the words after /schedule: hours of the day and a time zone, in whichever way a person writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.telegram.usage import UsageError
from bot.telegram.zones import find_zone

MAX_TIMES = 6
"""More editions than that in a day are a feed, not a digest."""

_EXAMPLE = "Write it like this: /schedule 07:30 Europe/Kyiv"
_FILLER = frozenset({"and", "at", "in", "on", "daily", "every", "each", "day", "o'clock", "o’clock", "oclock", "time", "the"})  # fmt: skip
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_TOKEN = re.compile(
    r"""
      (?P<zone> [A-Za-z]+/[\w+\-/]+ )
    | (?P<offset> \b(?:utc|gmt)\s*[+\-−–]\s*\d{1,2}(?::?\d{2})?(?!\w) | (?<![\w:])[+\-−–]\d{1,2}(?::?\d{2})?(?!\w) )
    | (?P<time> (?<!\w)\d{1,4}(?:[:.h]\d{1,2}|h)?(?:\s*[ap]\.?m\b\.?)?(?!\w) )
    | (?P<word> [^\W\d_][\w'’.\-]* )
    | (?P<junk> [^\s,;]+ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(r"(\d{1,2}?)(?:[:.h]?(\d{2})|h)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScheduleRequest:
    """What is to change: the hours where any were given (sorted, each once), the zone where one was."""

    times: tuple[time, ...] = ()
    zone: str | None = None


def parse_schedule(text: str) -> ScheduleRequest:
    """Read the arguments of /schedule; both fields are empty where nothing was written.

    Raises:
        UsageError: a time or a zone that cannot be, with what would be right.
    """
    times: set[time] = set()
    zones: list[str] = []
    words: list[str] = []
    for token in _TOKEN.finditer(text):
        written = token[0]
        match token.lastgroup:
            case "time":
                times.add(_clock(written))
            case "zone" | "offset":
                zones.append(find_zone(written))
            case "word" if written.casefold() in _NAMED:
                times.add(_NAMED[written.casefold()])
            case "word":
                words.append(written)
            case _:
                raise UsageError(f"I don't understand '{written}'. {_EXAMPLE}", written=written)
    place = " ".join(word for word in words if word.casefold() not in _FILLER)
    if place:
        zones.append(find_zone(place))
    return ScheduleRequest(_checked(times), _one(zones))


def format_times(times: Sequence[time]) -> str:
    """Hours as they are shown and may be typed back: ``07:30, 19:00``."""
    return ", ".join(f"{moment:%H:%M}" for moment in times)


def _checked(times: set[time]) -> tuple[time, ...]:
    if len(times) > MAX_TIMES:
        raise UsageError(f"At most {MAX_TIMES} editions a day; you named {len(times)} hours.")
    return tuple(sorted(times))


def _one(zones: list[str]) -> str | None:
    if len(set(zones)) > 1:
        raise UsageError(f"One time zone for all hours, please; you named {' and '.join(zones)}.")
    return zones[0] if zones else None


def _clock(written: str) -> time:
    clock = _CLOCK.fullmatch(written)
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (-1, 0)
    half = clock[3].casefold() if clock and clock[3] else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = -1
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        hint = " Midnight is 00:00." if hour == 24 else ""
        raise UsageError(f"{written.strip()} is not a time of day.{hint} Write 07:30, 7am or 19.", written=written)
    return time(hour, minute)
