"""A series of figures as points to be drawn: where each stands in time and value, how firmly, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from babel.numbers import get_currency_name

from bot.desk.memory import Entry
from bot.press.numbers import PARTICIPLES, locale_of, number_text, plural, qualifier_text
from bot.press.text import one_line, shortened
from models.api import FigureKind, Period, Precision, Qualifier, Range

MAX_SOURCES = 6
"""Sources that are told apart; those that said least are drawn as one."""
OTHERS = "other sources"
_UNNAMED = "unnamed source"
_OUTLET_CHARS = 20
_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_ISO_CODE_LETTERS = 3


class Bound(StrEnum):
    """To which side of a number the true one may lie."""

    NONE = "none"
    UP = "up"
    DOWN = "down"


_BOUNDS = {
    Qualifier.AT_LEAST: Bound.UP,
    Qualifier.MORE_THAN: Bound.UP,
    Qualifier.UP_TO: Bound.DOWN,
    Qualifier.LESS_THAN: Bound.DOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure on the chart.

    ``start`` and ``end`` are the days it speaks of; ``low`` and ``high`` are equal but for a range, in units of the
    chart's scale. ``by_publication``: no as-of is known, the day is that of publication.
    """

    start: date
    end: date
    low: float
    high: float
    soft: bool
    bound: Bound
    by_publication: bool
    source: str
    label: str

    @property
    def day(self) -> date:
        """The middle of the time it speaks of."""
        return self.start + (self.end - self.start) / 2

    @property
    def middle(self) -> float:
        """Half way between the ends; not a value anybody gave, only where a range is marked."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What is drawn: the points from left to right, what the numbers count, and the sources, the most frequent first."""

    points: tuple[Point, ...]
    unit: str
    sources: tuple[str, ...]


def plot_of(entries: Sequence[Entry], unit: str | None, locale: str = "en") -> Plot:
    """The points of a series.

    Args:
        entries: At least one, of one kind and unit, in any order.
        unit: That of the figures, as ``KeyFigure.unit`` has it.
        locale: For the form of numbers.
    """
    factor, scale = _scale(entries)
    named = Counter(_outlet(entry) for entry in entries)
    frequent = [outlet for outlet, _ in named.most_common()]
    shown = frequent if len(frequent) <= MAX_SOURCES else frequent[: MAX_SOURCES - 1]
    points = [_point(entry, factor, shown, locale) for entry in entries]
    points.sort(key=lambda point: (point.day, point.low, point.source))
    sources = (*shown, OTHERS) if len(shown) < len(frequent) else tuple(shown)
    return Plot(points=tuple(points), unit=_unit_text(entries[0].figure.kind, unit, scale, locale), sources=sources)


def _point(entry: Entry, factor: Decimal, shown: Sequence[str], locale: str) -> Point:
    figure = entry.figure
    value = figure.value
    low, high = (value.low, value.high) if isinstance(value, Range) else (value, value)
    days = figure.as_of or _published(entry.published)
    numbers = [number_text(bound / factor, locale) for bound in dict.fromkeys((low, high))]
    outlet = _outlet(entry)
    return Point(
        start=days.start,
        end=days.end,
        low=float(low / factor),
        high=float(high / factor),
        soft=figure.qualifier is Qualifier.ABOUT,
        bound=_BOUNDS.get(figure.qualifier, Bound.NONE),
        by_publication=figure.as_of is None,
        source=outlet if outlet in shown else OTHERS,
        label=qualifier_text(figure.qualifier, figure.kind) + " to ".join(numbers),
    )


def _published(moment: datetime) -> Period:
    return Period(start=moment.date(), end=moment.date(), precision=Precision.DAY)


def _outlet(entry: Entry) -> str:
    return shortened(one_line(entry.outlet), _OUTLET_CHARS) or _UNNAMED


def _scale(entries: Sequence[Entry]) -> tuple[Decimal, str]:
    """The scale in which the numbers need few digits, and its name; one and nothing for small or far apart ones."""
    values = [entry.figure.value for entry in entries]
    sizes = [abs(value.high if isinstance(value, Range) else value) for value in values]
    plain = (Decimal(1), "")
    factor, name = next(((factor, name) for factor, name in _SCALES if max(sizes) >= factor), plain)
    return (factor, name) if min(sizes) * 100 >= factor else plain


def _unit_text(kind: FigureKind, unit: str | None, scale: str, locale: str) -> str:
    """As in "million US dollars", "percent", "soldiers"; nothing where plain numbers are counted."""
    if unit is None:
        name = ""
    elif kind is FigureKind.MONEY and len(unit) == _ISO_CODE_LETTERS and unit.isupper():
        name = get_currency_name(unit, count=2, locale=locale_of(locale))
    elif unit == "percent":
        name = unit
    elif unit in PARTICIPLES:
        name = f"people {unit}"
    else:
        name = plural(unit)
    return " ".join(filter(None, (scale, name)))
