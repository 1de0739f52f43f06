"""Days, periods and hours in words, at the precision they are known to."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_skeleton, get_datetime_format

from bot.catalogue import Words, message
from models.api import Period, Precision

_FIXED_OFFSET = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_WHOLE = frozenset({"long", "full"})
_ENGLISH = {
    "long": "d MMMM y",
    "full": "EEEE d MMMM y",
    "MMMMd": "d MMMM",
    "yMMMM": "MMMM y",
    "MMMd": "d MMM",
    "yMMMd": "d MMM y",
    "Hm": "HH:mm",
}
"""English is set in one way for all its readers: the day before the month, 24 hours. Other languages are set by CLDR."""

_QUARTERS = (
    # L10n: a quarter by itself, as after "as of"; with "the" it stands behind "by", "until", "before" and "moved from", in the case
    # that your words for these ask for. So do the quarters that follow.
    (message("1st quarter of {year}"), message("the 1st quarter of {year}")),
    (message("2nd quarter of {year}"), message("the 2nd quarter of {year}")),
    (message("3rd quarter of {year}"), message("the 3rd quarter of {year}")),
    (message("4th quarter of {year}"), message("the 4th quarter of {year}")),
)
_WINTER = 12
_SEASONS = {
    3: message("spring {year}"),
    6: message("summer {year}"),
    9: message("autumn {year}"),
    _WINTER: message("winter {year}"),
}
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


def date_text(day: date, form: str, words: Words) -> str:
    """A day or a part of it in a form of CLDR: "long", "full", or a skeleton such as "MMMMd"."""
    if words.language == "en":
        return format_date(day, _ENGLISH.get(form, form), locale=words.locale)
    if form in _WHOLE:
        return format_date(day, form, locale=words.locale)
    return format_skeleton(form, datetime(day.year, day.month, day.day, tzinfo=UTC), locale=words.locale)


def day_text(day: date, words: Words) -> str:
    """As in "26 July 2021"."""
    return date_text(day, "long", words)


def _span_text(start: date, end: date, words: Words) -> str:
    """As in "26 to 30 July 2021", with month and year said once where they are the same."""
    last = day_text(end, words)
    if start == end:
        return last
    if start.year == end.year and start.month == end.month:
        # L10n: days of one month, as in "26 to 30 July 2021": {day} is the number alone, {end} is "30 July 2021"
        return words("{day} to {end}", day=start.day, end=last)
    first = date_text(start, "MMMMd", words) if start.year == end.year else day_text(start, words)
    # L10n: from day to day, as in "26 July to 3 August 2021"; best so that it can stand after "as of" and "by" too
    return words("{start} to {end}", start=first, end=last)


def _month_text(month: date, words: Words, *, governed: bool) -> str:
    """As in "October 2021". Where a month by itself stands in the nominative, behind a preposition it is the genitive."""
    pattern = words.locale.datetime_skeletons.get("yMMMM")
    if governed and words.language != "en" and pattern is not None:
        return format_date(month, pattern.pattern.replace("LLLL", "MMMM"), locale=words.locale)
    return date_text(month, "yMMMM", words)


def _season_text(start: date, end: date, words: Words, *, governed: bool) -> str:
    if start.month not in _SEASONS:
        return _year_text(start.year, words)
    if start.year == end.year or start.month != _WINTER:
        return _governed_season(start, words) if governed else words(_SEASONS[start.month], year=start.year)
    following = f"{end.year % 100:02d}"
    if governed:
        # L10n: behind "by", "until", "before" or "moved from": in the case that your words for these ask for
        return words.within("behind a preposition", "winter {year}/{following}", year=start.year, following=following)
    # L10n: a winter by itself, as in "winter 2021/22"
    return words("winter {year}/{following}", year=start.year, following=following)


def _governed_season(start: date, words: Words) -> str:
    match start.month:
        case 3:
            # L10n: behind "by", "until", "before" or "moved from": in the case that your words for these ask for; so in the following
            return words.within("behind a preposition", "spring {year}", year=start.year)
        case 6:
            return words.within("behind a preposition", "summer {year}", year=start.year)
        case 9:
            return words.within("behind a preposition", "autumn {year}", year=start.year)
    return words.within("behind a preposition", "winter {year}", year=start.year)


def _year_text(year: int, words: Words) -> str:
    # L10n: a year as a date, with the word or abbreviation it needs, as "{year} г." in Russian
    return words.within("a year", "{year}", year=year)


def _years_text(start: int, end: int, words: Words) -> str:
    if start == end:
        return _year_text(start, words)
    # L10n: as in "2020 to 2029"
    return words.within("years", "{start} to {end}", start=start, end=end)


def _week_text(start: date, words: Words, *, governed: bool) -> str:
    day = day_text(start, words)
    if governed:
        # L10n: behind "by", "until", "before", "moved from": in the case that your words for these ask for
        return words.within("behind a preposition", "the week of {date}", date=day)
    # L10n: a week by its first day
    return words("the week of {date}", date=day)


def period_text(period: Period, words: Words, *, governed: bool = False) -> str:
    """A period at its own precision: a month is a month, never its first day.

    ``governed``: it stands behind "by", "until", "before" or "from", which some languages ask another case of.
    """
    start, end = period.start, period.end
    match period.precision:
        case Precision.MONTH if (start.year, start.month) == (end.year, end.month):
            text = _month_text(start, words, governed=governed)
        case Precision.QUARTER:
            text = words(_QUARTERS[(start.month - 1) // 3][governed], year=start.year)
        case Precision.YEAR:
            text = _years_text(start.year, end.year, words)
        case Precision.SEASON:
            text = _season_text(start, end, words, governed=governed)
        case Precision.WEEK:
            text = _week_text(start, words, governed=governed)
        case _:
            text = _span_text(start, end, words)
    return text


def moment_text(moment: datetime, zone: tzinfo, words: Words) -> str:
    """As in "Monday 26 July 2021, 07:00", in the zone."""
    local = moment.astimezone(zone)
    return _timed(date_text(local.date(), "full", words), local, words)


def _timed(day: str, local: datetime, words: Words) -> str:
    """As in "26 July, 07:00", in the order of the language."""
    return str(get_datetime_format("medium", locale=words.locale)).format(clock_text(local, words), day)


def clock_text(local: datetime, words: Words) -> str:
    """As in "07:00"."""
    if words.language == "en":
        return f"{local:%H:%M}"
    return format_skeleton("Hm", local, local.tzinfo, locale=words.locale)


def short_moment_text(local: datetime, words: Words, *, with_year: bool) -> str:
    """As in "25 July, 07:00", or "25 July 2021, 07:00", of a time that is local already."""
    return _timed(date_text(local.date(), "long" if with_year else "MMMMd", words), local, words)
