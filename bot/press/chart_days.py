"""The days that are named under a chart: few, regular, and in words as long as the time covered asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.catalogue import Words
from bot.press.times import date_text

MAX_TICKS = 5
BY_DAY = 150
"""A chart over at most so many days names days; over more it names months."""
_BY_MONTH = 1500
"""The same for months; beyond it, years."""
_DAY_STEPS = (1, 2, 3, 5, 7, 10, 14, 31)
_MONTH_STEPS = (1, 2, 3, 6, 12)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


def ticks(first: date, last: date) -> list[date]:
    """The days to name from the first to the last of a chart: one to five, all within."""
    days = (last - first).days
    if days <= BY_DAY:
        step = next(step for step in _DAY_STEPS if days // step < MAX_TICKS)
        return [first + timedelta(days=passed) for passed in range(0, days + 1, step)]
    if days <= _BY_MONTH:
        months = list(_months(first, last))
        step = next(step for step in _MONTH_STEPS if len(months) / step < MAX_TICKS)
        return [day for day in months if (day.month - 1) % step == 0] or months[:1]
    years = [date(year, 1, 1) for year in range(first.year + (first > date(first.year, 1, 1)), last.year + 1)]
    step = next(step for step in _YEAR_STEPS if len(years) / step <= MAX_TICKS)
    return [day for day in years if day.year % step == 0] or years[:1]


def tick_text(day: date, first: date, last: date, words: Words) -> str:
    """A named day on a chart from the first to the last: "3 Nov", "Nov 2026" or "2026"."""
    days = (last - first).days
    if days > _BY_MONTH:
        return str(day.year)
    if days > BY_DAY:
        return date_text(day, "yMMM", words)
    return date_text(day, "yMMMd" if first == last or first.year != last.year else "MMMd", words)


def _months(first: date, last: date) -> Iterator[date]:
    """The first days of months within."""
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = (day + timedelta(days=31)).replace(day=1)
