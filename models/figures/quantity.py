"""What a quantity is: a number of a text with its unit, its bounds and its links to other numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.api import Qualifier, Span, Trend, Value


class QuantityKind(StrEnum):
    """What sort of unit a quantity has."""

    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"
    DURATION = "duration"
    AGE = "age"
    COUNT = "count"


class Role(StrEnum):
    """Whether a number says where something stands, by how much it moved, or from where to where."""

    LEVEL = "level"
    STEP = "step"
    MOVE = "move"


SYMBOLS: Final = {
    Qualifier.EXACT: "=",
    Qualifier.ABOUT: "~",
    Qualifier.AT_LEAST: ">",
    Qualifier.MORE_THAN: ">",
    Qualifier.UP_TO: "<",
    Qualifier.LESS_THAN: "<",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as printed, with what it measures.

    Attributes:
        value: The number, scale multiplied out; a percentage stays as printed (7.2). A range for "2 to 3", "dozens".
        unit: A canonical English singular: "dollar", "percent", "kilometre", "year of age", "dollar per barrel"; for
            counted things the noun phrase without stop words ("u.s. troop"); "% voter" for a fraction of them; None. A
            unit without a ``unit_span`` was said with an earlier number ("rose 64 points to 4,577").
        kind: What sort of unit that is.
        currency: ISO 4217 code where the text tells it, for money.
        qualifier: How the source bounds the number.
        trend: Which way the counted thing moved, where the text says so.
        role: Level, step ("rose 3 %"), or move ("from 3,000 to 2,500": the value is the range between the two).
        origin: For a level that something moved to, where it came from; ``by`` the step that led there.
        ends: For a move, the quantities it leads from and to, each with its own spans; ``ends[1].origin`` is ``ends[0]``.
        vague: The value comes from a word such as "dozens".
        span: The number with its scale and sign. ``surface_span`` adds currency and unit; ``unit_span`` is the unit alone.
        noun: Lemma of the counted noun ("troop"), of a percentage or a measure too where a noun follows; ``noun_span``
            covers its whole phrase, ``head_span`` the noun.
        surface: The text of ``surface_span``.
    """

    value: Value
    unit: str | None
    kind: QuantityKind
    currency: str | None
    qualifier: Qualifier
    trend: Trend | None
    role: Role
    span: Span
    surface_span: Span
    unit_span: Span | None
    noun: str | None
    noun_span: Span | None
    head_span: Span | None
    surface: str
    vague: bool = False
    origin: Quantity | None = None
    by: Quantity | None = None
    ends: tuple[Quantity, Quantity] | None = None

    @property
    def change(self) -> str:
        """NewsQuant's mark: "=", "~", ">", "<", and "up" or "down" for a step without a bound."""
        if self.qualifier is Qualifier.EXACT and self.trend is not None and self.role is Role.STEP:
            return self.trend.value
        return SYMBOLS[self.qualifier]
