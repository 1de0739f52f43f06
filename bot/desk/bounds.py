"""What a printed number leaves open: how near another may lie to be the same, and what it rules out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from models.api import FigureKind, KeyFigure, Qualifier, Range

_INFINITE: Final = float("inf")
_OPEN: Final = {1: 0.5, 2: 0.15}
"""How far above "more than 100" (one significant digit) or "at least 54" (two) the number that is meant may well lie."""
_OPEN_PRECISE: Final = 0.03
_ABOUT: Final = (0.03, 0.08)
"""What "about" leaves open at least and at most, as a share of the value."""
_ROUND: Final = 0.035
"""What a round number without a qualifier leaves open at most."""
_ROUND_FROM: Final = 100
_FINE: Final = frozenset({FigureKind.PERCENT, FigureKind.MEASURE})
"""Kinds that are measured: their last printed digit is meant."""
_LOWER: Final = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
_UPPER: Final = frozenset({Qualifier.UP_TO, Qualifier.LESS_THAN})


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval of values, both ends included."""

    low: float
    high: float

    def meets(self, other: Bounds) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high


def near(figure: KeyFigure) -> Bounds:
    """The values that, printed elsewhere, would be a repeat of this figure."""
    if isinstance(figure.value, Range):
        return Bounds(float(figure.value.low), float(figure.value.high))
    return _near(figure.kind, figure.value, figure.qualifier)


@lru_cache(maxsize=4096)
def _near(kind: FigureKind, printed: Decimal, qualifier: Qualifier) -> Bounds:
    value = float(printed)
    if qualifier in _LOWER:
        return Bounds(value, value * (1 + _opening(printed)))
    if qualifier in _UPPER:
        return Bounds(value * (1 - _opening(printed) / 2), value)
    slack = _slack(kind, printed, qualifier)
    return Bounds(value - slack, value + slack)


def possible(figure: KeyFigure) -> Bounds:
    """The values that the figure does not rule out: everything above "at least", everything below "up to"."""
    close = near(figure)
    if figure.qualifier in _LOWER:
        return Bounds(close.low, _INFINITE)
    if figure.qualifier in _UPPER:
        return Bounds(-_INFINITE, close.high)
    return close


def same_value(one: KeyFigure, other: KeyFigure) -> bool:
    """Whether two figures print the same number within what their qualifiers and rounding leave open."""
    return near(one).meets(near(other))


def _slack(kind: FigureKind, value: Decimal, qualifier: Qualifier) -> float:
    size = abs(float(value))
    step = float(_step(value))
    if kind in _FINE and size < _ROUND_FROM:
        fine = min(step, 1.0) / 2
        return max(fine, _ABOUT[0] * size) if qualifier is Qualifier.ABOUT else fine * 0.999
    if qualifier is Qualifier.ABOUT:
        return min(max(step / 2, _ABOUT[0] * size), _ABOUT[1] * size)
    return min(step / 2, _ROUND * size) if size >= _ROUND_FROM else 0.0


def _step(value: Decimal) -> Decimal:
    """One unit of the last significant digit: 100 for 2,500, 0.1 for 3.1."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _opening(value: Decimal) -> float:
    return _OPEN.get(significant(value), _OPEN_PRECISE)


@lru_cache(maxsize=4096)
def significant(value: Decimal) -> int:
    """How many significant digits a number has: two of 2,500."""
    return len(value.normalize().as_tuple().digits)
