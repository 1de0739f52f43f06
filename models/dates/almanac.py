"""Calendar arithmetic: months, weeks, quarters, holidays, and the days that a TIMEX3 value covers."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from models.api import Period, Precision
from models.dates.tables import EASTER_HOLIDAYS, FIXED_HOLIDAYS, FLOATING_HOLIDAYS

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?|(?P<decade>\d{3})|(?P<century>\d{2})",
)
_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day. OverflowError outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month_value(day: date) -> str:
    """``2021-10``."""
    return f"{day.year:04d}-{day.month:02d}"


def week_value(day: date) -> str:
    """The ISO week that holds the day: ``1998-W08``."""
    iso = day.isocalendar()
    return f"{iso.year:04d}-W{iso.week:02d}"


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def weekday_near(reference: date, weekday: int, *, ahead: bool, strict: bool = False) -> date:
    """The nearest such weekday at or before (or at or after) the reference; ``strict`` leaves out the day itself."""
    gap = (weekday - reference.weekday()) % 7 if ahead else -((reference.weekday() - weekday) % 7)
    if strict and gap == 0:
        gap = 7 if ahead else -7
    return reference + timedelta(days=gap)


def nth_weekday_of(year: int, month: int, weekday: int, nth: int) -> date:
    """The n-th such weekday of a month; the last for n of -1. ValueError where the month has no n-th one."""
    if nth < 0:
        return weekday_near(last_day(year, month), weekday, ahead=False)
    day = weekday_near(date(year, month, 1), weekday, ahead=True) + timedelta(weeks=nth - 1)
    if day.month != month:
        raise ValueError(nth)
    return day


def easter(year: int) -> date:
    """Western Easter Sunday, by the computus of Butcher (1876) for the Gregorian calendar."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday (lower case, straight apostrophes) in a year; None where the name is unknown."""
    if name in FIXED_HOLIDAYS:
        return date(year, *FIXED_HOLIDAYS[name])
    if name in EASTER_HOLIDAYS:
        return easter(year) + timedelta(days=EASTER_HOLIDAYS[name])
    if name in FLOATING_HOLIDAYS:
        return nth_weekday_of(year, *FLOATING_HOLIDAYS[name])
    return None


def period_of(value: str, part: str | None = None) -> Period | None:
    """The days a TIMEX3 value covers; None for lengths, sets and what is unknown.

    Args:
        value: A TIMEX3 value.
        part: ``early``, ``mid``, ``late`` narrow a month, quarter, season, year or decade to a third of it; ``end``
            and ``start`` to its last and first day; ``half-1`` and ``half-2`` to a half.
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    try:
        whole = _whole(match)
    except (ValueError, OverflowError):
        return None
    return _narrow(whole, part) if part else whole


def _whole(match: re.Match[str]) -> Period:
    if digits := match["decade"] or match["century"]:
        size = 10 ** (4 - len(digits))
        first = int(digits) * size
        return _period(date(max(first, 1), 1, 1), date(first + size - 1, 12, 31), Precision.INTERVAL)
    year = int(match["year"])
    if match["month"]:
        return _month_or_day(year, int(match["month"]), match["day"])
    if match["week"]:
        first, end = (date.fromisocalendar(year, int(match["week"]), day) for day in (6 if match["weekend"] else 1, 7))
        return _period(first, end, Precision.INTERVAL if match["weekend"] else Precision.WEEK)
    if match["quarter"] or match["half"]:
        length = 3 if match["quarter"] else 6
        month = length * int(match["quarter"] or match["half"])
        precision = Precision.QUARTER if match["quarter"] else Precision.INTERVAL
        return _period(date(year, month - length + 1, 1), last_day(year, month), precision)
    if match["season"]:
        start = date(year, _SEASON_START[match["season"]], 1)
        return _period(start, add_months(start, 3) - _ONE_DAY, Precision.SEASON)
    return _period(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def _month_or_day(year: int, month: int, day: str | None) -> Period:
    if day is None:
        return _period(date(year, month, 1), last_day(year, month), Precision.MONTH)
    return _period(date(year, month, int(day)), date(year, month, int(day)), Precision.DAY)


def _period(start: date, end: date, precision: Precision) -> Period:
    return Period(start=start, end=end, precision=precision)


def _narrow(whole: Period, part: str) -> Period:
    days = (whole.end - whole.start).days + 1
    if days == 1:
        return whole
    if part == "end":
        return _period(whole.end, whole.end, Precision.DAY)
    if part == "start":
        return _period(whole.start, whole.start, Precision.DAY)
    if part.startswith("half-"):
        middle = whole.start + timedelta(days=days // 2)
        first = part.endswith("1")
        return _period(whole.start if first else middle, middle - _ONE_DAY if first else whole.end, Precision.INTERVAL)
    third = {"early": 0, "mid": 1, "late": 2}[part]
    start = whole.start + timedelta(days=days * third // 3)
    end = whole.start + timedelta(days=days * (third + 1) // 3) - _ONE_DAY
    return _period(start, end, Precision.INTERVAL)
