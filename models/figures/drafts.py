"""What is known of a numeral before it becomes a quantity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.figures.nouns import Noun
from models.figures.numeral import Numeral
from models.figures.quantity import QuantityKind


@dataclass(slots=True)
class Draft:
    """A numeral with what was found beside it.

    ``tokens[start:stop]`` is number, currency, unit and noun; ``number_first`` the number with its sign. ``explicit``
    tells whether a currency or unit stands beside this very number. ``dropped`` numbers are no quantities, but their
    neighbours may need to know why (``"date"``, ``"name"``). Numbers before token ``consumed`` belong to this one
    ("per 100,000 people").
    """

    numeral: Numeral
    number_first: int
    start: int
    stop: int
    negative: bool = False
    unit: str | None = None
    kind: QuantityKind = QuantityKind.COUNT
    currency: str | None = None
    unit_tokens: tuple[int, int] | None = None
    noun: Noun | None = None
    explicit: bool = False
    dropped: str = ""
    consumed: int = 0

    @property
    def number_stop(self) -> int:
        """The token after the number."""
        return self.numeral.stop

    @property
    def low(self) -> Decimal:
        """The lower end of the number, with its sign."""
        return -self.numeral.low if self.negative else self.numeral.low

    @property
    def high(self) -> Decimal:
        """The higher end of the number, with its sign."""
        return -self.numeral.high if self.negative else self.numeral.high
