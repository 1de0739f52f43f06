"""Days, periods and hours in words, at the precision they are known to."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_time

from bot.press.numbers import locale_of
from models.api import Period, Precision

_DAY = "d MMMM y"
_FIXED_OFFSET = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
"""By the month a season begins in, as TIMEX3 values are resolved (northern hemisphere)."""


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def zone_label(zone: str) -> str:
    """The zone as a person reads it: fixed offsets as ``UTC+02:00`` (IANA writes their sign the other way round)."""
    if fixed := _FIXED_OFFSET.fullmatch(zone):
        sign = "-" if fixed[1] == "+" else "+"
        return f"UTC{sign}{int(fixed[2]):02}:00"
    return zone


def day_text(day: date, locale: str = "en") -> str:
    """As in "26 July 2021"."""
    return format_date(day, _DAY, locale=locale_of(locale))


def _span_text(start: date, end: date, locale: str) -> str:
    """As in "26 to 30 July 2021", with month and year said once where they are the same."""
    if start == end:
        return day_text(end, locale)
    if start.year != end.year:
        pattern = _DAY
    elif start.month != end.month:
        pattern = "d MMMM"
    else:
        pattern = "d"
    return f"{format_date(start, pattern, locale=locale_of(locale))} to {day_text(end, locale)}"


def _season_text(start: date, end: date) -> str:
    season = _SEASONS.get(start.month)
    if season is None:
        return f"{start.year}"
    return f"{season} {start.year}" if start.year == end.year else f"{season} {start.year}/{end.year % 100:02d}"


def period_text(period: Period, locale: str = "en") -> str:
    """A period at its own precision: a month is a month, never its first day."""
    start, end = period.start, period.end
    match period.precision:
        case Precision.MONTH if (start.year, start.month) == (end.year, end.month):
            text = format_date(start, "MMMM y", locale=locale_of(locale))
        case Precision.QUARTER:
            text = format_date(start, "QQQQ y", locale=locale_of(locale)).replace("quarter ", "quarter of ")
        case Precision.YEAR:
            text = str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        case Precision.SEASON:
            text = _season_text(start, end)
        case Precision.WEEK:
            text = f"the week of {day_text(start, locale)}"
        case _:
            text = _span_text(start, end, locale)
    return text


def moment_text(moment: datetime, zone: tzinfo, locale: str = "en") -> str:
    """As in "Monday 26 July 2021, 07:00", in the zone."""
    local = moment.astimezone(zone)
    return f"{format_date(local, 'EEEE d MMMM y', locale=locale_of(locale))}, {clock_text(local, locale)}"


def clock_text(local: datetime, locale: str = "en") -> str:
    """As in "07:00"."""
    return format_time(local.time(), "HH:mm", locale=locale_of(locale))


def covered_parts(start: datetime, end: datetime, zone: tzinfo, locale: str = "en") -> tuple[str, str, str, str]:
    """As in "25 July, 07:00", " to ", "26 July, 07:00", ""; or "00:00", " to ", "07:00", " on 26 July" within one day.

    The year is said only where it changes.
    """
    first, last = start.astimezone(zone), end.astimezone(zone)
    found = locale_of(locale)
    if first.date() == last.date():
        day = f" on {format_date(last, 'd MMMM', locale=found)}"
        return clock_text(first, locale), " to ", clock_text(last, locale), day
    pattern = "d MMMM" if first.year == last.year else _DAY
    begins, ends = (
        f"{format_date(local, pattern, locale=found)}, {clock_text(local, locale)}" for local in (first, last)
    )
    return begins, " to ", ends, ""
