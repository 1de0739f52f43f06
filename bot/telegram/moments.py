"""Owns how days and hours are said in a reader's language, between a view's words."""

from collections.abc import Collection
from datetime import date, datetime

from babel.dates import get_day_names

from bot.catalogue import Words
from bot.press.times import date_text, zone_of


def long_day(words: Words, day: date) -> str:
    """As in "Monday, 5 May"."""
    return f"{day_names(words, [day.weekday()])[0]}, {date_text(day, 'MMMMd', words)}"


def long_moment(words: Words, moment: datetime, zone: str) -> str:
    """As in "Monday, 5 May, 08:00", in a zone."""
    local = moment.astimezone(zone_of(zone))
    return f"{long_day(words, local)}, {local:%H:%M}"


def day_names(words: Words, days: Collection[int], *, short: bool = False) -> list[str]:
    """Days of the week, Monday 0, in their order, as they stand alone: "Monday", or "Mon"."""
    names = get_day_names("abbreviated" if short else "wide", "stand-alone", words.locale)
    return [names[day] for day in sorted(days)]
