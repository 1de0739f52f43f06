"""Owns the words after /pause, /quiet and /frequency: how long, from when to when, how often."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.catalogue import message
from bot.telegram.schedule import read_clock, read_days
from bot.telegram.usage import UsageError

LONGEST_PAUSE = timedelta(days=366)
OFF = frozenset({"off", "no", "none", "never", "stop"})
ON = frozenset({"on", "yes", "always"})

_SPAN = re.compile(r"(?:for\s+)?(\d{1,4}|an?|one)\s*(hours?|hrs?|h|days?|d|weeks?|w|months?)", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 168, "m": 720}
_UNTIL = re.compile(r"(?:until|till|to|through)\s+(.+)", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:(?:of|de)\s+)?([a-z]{3,9})\.?,?(?:\s+(\d{4}))?", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
_LONG = {name: number for number, name in enumerate((*_NAMES, "november", "december"), 1)}
_PAUSE_FORMS = message("Write /pause 3d, /pause 12h, /pause 2w or /pause until 5 May.")
_QUIET_FORMS = message("Write /quiet 22:00-07:00, or /quiet off.")
_BETWEEN = re.compile(r"\s*(?:-|–|—|−|\bto\b|\buntil\b|\btill\b|\band\b)\s*", re.IGNORECASE)
_FREQUENCIES = {
    **dict.fromkeys(("daily", "day", "everyday", "once"), "daily"),
    **dict.fromkeys(("weekly", "week"), "weekly"),
    **dict.fromkeys(("twice", "two", "2"), "twice"),
    **dict.fromkeys(("weekdays", "workdays"), "weekdays"),
}
_FREQUENCY_FILLER = frozenset({"a", "an", "every", "each", "on", "per", "times", "x"})

Often = Literal["daily", "weekly", "twice", "weekdays"]


@dataclass(frozen=True, slots=True)
class FrequencyRequest:
    """How often: a name, or the one day of the week a digest is to come on; both empty where nothing was written."""

    often: Often | None = None
    day: int | None = None


def parse_pause(text: str, now: datetime, zone: str) -> datetime | None:
    """Until when /pause is to last, aware UTC; a day means its beginning in ``zone``. None where nothing was written.

    Raises:
        UsageError: it names no time, one that has passed, or one too far off.
    """
    written = " ".join(text.split()).rstrip(".!")
    if not written:
        return None
    until = _until(written, now, zone)
    if until <= now:
        raise UsageError(message("That is in the past."), _PAUSE_FORMS)
    if until - now > LONGEST_PAUSE:
        raise UsageError(
            message("A pause lasts a year at most. /unsubscribe ends the digests for good and keeps your choices.")
        )
    return until


def _until(written: str, now: datetime, zone: str) -> datetime:
    if span := _SPAN.fullmatch(written):
        number = int(span[1]) if span[1].isdecimal() else 1
        return now + timedelta(hours=number * _HOURS[span[2][0].casefold()])
    place = ZoneInfo(zone)
    today = now.astimezone(place).date()
    wanted = _UNTIL.fullmatch(written)
    day = _named_day(wanted[1] if wanted else written, today)
    try:
        return datetime.combine(day, time(), place).astimezone(now.tzinfo)
    except OverflowError as error:
        raise UsageError(message("I don't know the day '{written}'."), _PAUSE_FORMS, written=written) from error


def _named_day(written: str, today: date) -> date:
    name = written.casefold()
    if name == "tomorrow":
        return today + timedelta(days=1)
    weekdays = read_days(name.removeprefix("next "))
    if len(weekdays) == 1:
        return today + timedelta(days=(min(weekdays) - today.weekday() - 1) % 7 + 1)
    if iso := _ISO.fullmatch(name):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]), written)
    day_first, month_first = _DAY_FIRST.fullmatch(name), _MONTH_FIRST.fullmatch(name)
    if day_first:
        month, day, year = _month(day_first[2]), int(day_first[1]), day_first[3]
    elif month_first:
        month, day, year = _month(month_first[1]), int(month_first[2]), month_first[3]
    else:
        month, day, year = None, 0, None
    if month is None:
        raise UsageError(message("I don't understand '{written}'."), _PAUSE_FORMS, written=written)
    if year:
        return _date(int(year), month, day, written)
    this_year = _date(today.year if (month, day) != (2, 29) else _leap(today.year), month, day, written)
    if this_year > today:
        return this_year
    next_year = today.year + 1
    return _date(_leap(next_year) if (month, day) == (2, 29) else next_year, month, day, written)


def _leap(year: int) -> int:
    return year + (-year % 4)


def _month(name: str) -> int | None:
    return _LONG.get(name) or (_MONTHS.index(name[:3]) + 1 if name[:3] in _MONTHS and len(name) <= 4 else None)


def _date(year: int, month: int, day: int, written: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UsageError(message("There is no day '{written}'."), _PAUSE_FORMS, written=written) from error


def parse_quiet(text: str) -> tuple[time, time] | Literal["off"] | None:
    """From which hour to which /quiet is to last, or that it is off; None where nothing was written.

    Raises:
        UsageError: not two hours that differ.
    """
    written = " ".join(text.split()).removeprefix("from ")
    if not written or written.casefold() in OFF:
        return "off" if written else None
    ends = _BETWEEN.split(written)
    if len(ends) != len(("from", "to")):
        raise UsageError(message("From when to when?"), _QUIET_FORMS)
    start, end = map(read_clock, ends)
    if start == end:
        raise UsageError(message("Quiet hours that end when they begin are none."), _QUIET_FORMS)
    return start, end


def parse_frequency(text: str) -> FrequencyRequest:
    """How often a digest is to come; empty where nothing was written.

    Raises:
        UsageError: something else was written.
    """
    words = [word for word in re.findall(r"[\w'-]+", text.casefold()) if word not in _FREQUENCY_FILLER]
    named = [read_days(word) for word in words if word not in _FREQUENCIES]
    often = [_FREQUENCIES[word] for word in words if word in _FREQUENCIES]
    days = {min(found) for found in named if len(found) == 1}
    if not words:
        return FrequencyRequest()
    if not all(len(found) == 1 for found in named) or len(days) > 1 or (days and set(often) - {"weekly"}):
        raise UsageError(
            message("I don't know the frequency '{written}'."), FREQUENCY_FORMS, written=" ".join(text.split())
        )
    if days:
        return FrequencyRequest(day=min(days))
    return FrequencyRequest(often="twice" if "twice" in often else _one_of(often))


FREQUENCY_FORMS = message("Write /frequency daily, weekdays, twice a day, weekly or weekly Friday.")


def _one_of(often: list[str]) -> Often:
    for name in ("weekly", "weekdays", "daily"):
        if name in often:
            return name
    raise UsageError(FREQUENCY_FORMS)
