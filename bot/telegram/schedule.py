"""Owns the words after /schedule: hours, days of the week and a time zone, in whichever way a person writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.catalogue import Words, message
from bot.delivery.schedule import EVERY_DAY
from bot.press.times import zone_label
from bot.press.wording import listed
from bot.telegram.moments import day_names
from bot.telegram.usage import UsageError
from bot.telegram.zones import find_zone

MAX_TIMES = 6
"""More editions than that in a day are a feed, not a digest."""

_EXAMPLE = message("Write it like this: /schedule 07:30 Europe/Kyiv")
_FILLER = frozenset({"and", "at", "in", "on", "every", "each", "o'clock", "o’clock", "oclock", "time", "the"})
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
WEEKDAYS = frozenset(range(5))
_NAMED_DAYS = {
    **dict.fromkeys(("day", "days", "daily", "everyday"), EVERY_DAY),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WEEKDAYS),
    **dict.fromkeys(("weekend", "weekends"), EVERY_DAY - WEEKDAYS),
}
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
_DIGITS = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}?)(?:[:.h]?(\d{2})|h)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScheduleRequest:
    """What is to change: the hours where any were given (sorted, each once), the zone where one was, the days likewise.

    Days are counted from Monday, 0.
    """

    times: tuple[time, ...] = ()
    zone: str | None = None
    days: frozenset[int] = frozenset()


def parse_schedule(text: str) -> ScheduleRequest:
    """Read the arguments of /schedule; all fields are empty where nothing was written.

    Raises:
        UsageError: a time or a zone that cannot be, with what would be right.
    """
    times: set[time] = set()
    zones: list[str] = []
    words: list[str] = []
    days: frozenset[int] = frozenset()
    for token in _TOKEN.finditer(text):
        written = token[0]
        match token.lastgroup:
            case "time":
                times.add(read_clock(written))
            case "zone" | "offset":
                zones.append(find_zone(written))
            case "word" if written.casefold() in _NAMED:
                times.add(_NAMED[written.casefold()])
            case "word" if named := read_days(written):
                days |= named
            case "word":
                words.append(written)
            case _:
                raise UsageError(message("I don't understand '{written}'."), _EXAMPLE, written=written)
    place = " ".join(word for word in words if word.casefold() not in _FILLER)
    if place:
        zones.append(find_zone(place))
    return ScheduleRequest(_checked(times), _one(zones), days)


def format_times(times: Sequence[time]) -> str:
    """Hours as they are shown and may be typed back: ``07:30, 19:00``."""
    return ", ".join(f"{moment:%H:%M}" for moment in times)


def read_days(word: str) -> frozenset[int]:
    """The days of the week that a word names: "Mon", "Fridays", "weekdays", "Mon-Fri", "daily"; none for any other word."""
    name = word.casefold().rstrip(".")
    first, joined, last = name.partition("-")
    ends = _day(first), _day(last)
    if joined and ends[0] is not None and ends[1] is not None:
        return frozenset((ends[0] + step) % 7 for step in range((ends[1] - ends[0]) % 7 + 1))
    day = _day(name)
    return _NAMED_DAYS.get(name, frozenset()) if day is None else frozenset({day})


def format_days(days: frozenset[int], words: Words) -> str:
    """Days as they are shown, and in English may be typed back: "every day", "weekdays", "Monday, Thursday"."""
    if days == EVERY_DAY:
        return words("every day")
    if days == WEEKDAYS:
        # L10n: The days on which a digest comes: Monday to Friday.
        return words("weekdays")
    if days == EVERY_DAY - WEEKDAYS:
        # L10n: The days on which a digest comes: Saturday and Sunday.
        return words("weekends")
    return ", ".join(day_names(words, days))


def read_digits(written: str) -> time | None:
    """An hour as buttons carry it, "0730"; None for anything else."""
    if _DIGITS.fullmatch(written) is None:
        return None
    return time(int(written[:2]), int(written[2:]))


def _day(name: str) -> int | None:
    full = name.removesuffix("s")
    return _WEEK.index(full) if full in _WEEK else _SHORT_DAYS.get(name)


def _checked(times: set[time]) -> tuple[time, ...]:
    if len(times) > MAX_TIMES:
        raise UsageError(
            lambda words: words.plural(
                "At most {most} editions a day; you named {count} hour.",
                "At most {most} editions a day; you named {count} hours.",
                len(times),
                most=MAX_TIMES,
            )
        )
    return tuple(sorted(times))


def _one(zones: list[str]) -> str | None:
    if len(set(zones)) > 1:
        raise UsageError(
            lambda words: words(
                "One time zone for all hours, please; you named {zones}.",
                zones=listed([*map(zone_label, zones)], words),
            )
        )
    return zones[0] if zones else None


def read_clock(written: str) -> time:
    """An hour of the day as people write it.

    Raises:
        UsageError: it is none.
    """
    clock = _CLOCK.fullmatch(written)
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (-1, 0)
    half = clock[3].casefold() if clock and clock[3] else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = -1
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        midnight = message("{written} is not a time of day. Midnight is 00:00.")
        text = midnight if hour == 24 else message("{written} is not a time of day.")
        raise UsageError(text, message("Write 07:30, 7am or 19."), written=written.strip())
    return time(hour, minute)
