"""A series of figures as points to be drawn: where each stands in time and value, how firmly, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from babel.numbers import get_currency_name

from bot.catalogue import Words, message
from bot.desk.memory import Entry
from bot.press.numbers import number_text, qualified, range_text
from bot.press.text import one_line, shortened
from bot.press.units import unit_name
from models.api import FigureKind, Period, Precision, Qualifier, Range

MAX_SOURCES = 6
"""Sources that are told apart; those that said least are drawn as one."""
# L10n: in a legend: all the sources that are not named there
OTHERS = message("other sources")
# L10n: in a legend: a channel without a name
_UNNAMED = message("unnamed source")
_OUTLET_CHARS = 20
_SCALES = (
    # L10n: what the numbers along an axis count, 10^12 of it each; {unit} is as in "US dollars", which has the form here that CLDR gives
    # it behind "5"; and the same where nothing but numbers is counted
    (Decimal(10) ** 12, message("trillion {unit}"), message("trillion")),
    # L10n: the same for 10^9
    (Decimal(10) ** 9, message("billion {unit}"), message("billion")),
    # L10n: the same for 10^6
    (Decimal(10) ** 6, message("million {unit}"), message("million")),
)
_MANY = 5
"""A currency is named as behind so many of it."""
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


def plot_of(entries: Sequence[Entry], unit: str | None, words: Words) -> Plot:
    """The points of a series.

    Args:
        entries: At least one, of one kind and unit, in any order.
        unit: That of the figures, as ``KeyFigure.unit`` has it.
        words: The reader's.
    """
    factor = _factor(entries)
    named = Counter(_outlet(entry, words) for entry in entries)
    frequent = [outlet for outlet, _ in named.most_common()]
    shown = frequent if len(frequent) <= MAX_SOURCES else frequent[: MAX_SOURCES - 1]
    points = [_point(entry, factor, shown, words) for entry in entries]
    points.sort(key=lambda point: (point.day, point.low, point.source))
    sources = (*shown, words(OTHERS)) if len(shown) < len(frequent) else tuple(shown)
    return Plot(points=tuple(points), unit=_unit_text(entries[0].figure.kind, unit, factor, words), sources=sources)


def _point(entry: Entry, factor: Decimal, shown: Sequence[str], words: Words) -> Point:
    figure = entry.figure
    value = figure.value
    low, high = (value.low, value.high) if isinstance(value, Range) else (value, value)
    days = figure.as_of or _published(entry.published)
    least, most = (number_text(bound / factor, words, short=True) for bound in (low, high))
    number = least if low == high else range_text(least, most, words)
    outlet = _outlet(entry, words)
    return Point(
        start=days.start,
        end=days.end,
        low=float(low / factor),
        high=float(high / factor),
        soft=figure.qualifier is Qualifier.ABOUT,
        bound=_BOUNDS.get(figure.qualifier, Bound.NONE),
        by_publication=figure.as_of is None,
        source=outlet if outlet in shown else words(OTHERS),
        label=qualified(number, figure.qualifier, figure.kind, words),
    )


def _published(moment: datetime) -> Period:
    return Period(start=moment.date(), end=moment.date(), precision=Precision.DAY)


def _outlet(entry: Entry, words: Words) -> str:
    return shortened(one_line(entry.outlet), _OUTLET_CHARS) or words(_UNNAMED)


def _factor(entries: Sequence[Entry]) -> Decimal:
    """The scale in which the numbers need few digits; one for small or far apart ones."""
    values = [entry.figure.value for entry in entries]
    sizes = [abs(value.high if isinstance(value, Range) else value) for value in values]
    factor = next((factor for factor, *_ in _SCALES if max(sizes) >= factor), Decimal(1))
    return factor if min(sizes) * 100 >= factor else Decimal(1)


def _unit_text(kind: FigureKind, unit: str | None, factor: Decimal, words: Words) -> str:
    """As in "million US dollars", "percent", "soldiers"; nothing where plain numbers are counted."""
    if unit is None:
        name = ""
    elif kind is FigureKind.MONEY and len(unit) == _ISO_CODE_LETTERS and unit.isupper():
        name = get_currency_name(unit, count=_MANY, locale=words.locale)
    else:
        name = unit_name(unit, words)
    scaled = next(((with_unit, alone) for scale, with_unit, alone in _SCALES if scale == factor), None)
    if scaled is None:
        return name
    return words(scaled[0], unit=name) if name else words(scaled[1])
