"""What a numeral is, and the parts that numerals in digits and in words share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Final, NamedTuple

from models.figures.number_table import COLLECTIVES, FRACTIONS, SCALES
from models.tokens import Token

_HYPHENS: Final = frozenset("-‐‑–")
ONE: Final = Decimal(1)
_LARGEST_SCALE: Final = Decimal(10**15)


class Form(IntEnum):
    """How a numeral is written."""

    DIGITS = 0
    WORDS = 1
    VAGUE = 2
    FRACTION = 3
    FOLD = 4


class Numeral(NamedTuple):
    """A number read from ``tokens[first:stop]``.

    ``low`` and ``high`` are equal but for vague words. ``base`` is the value before a scale word, ``scale`` that
    word's value (1 for none). ``glued_scale`` is the letter of a scale written against the digits ("m"), else "".
    """

    low: Decimal
    high: Decimal
    base: Decimal
    scale: Decimal
    first: int
    stop: int
    form: Form
    glued_scale: str = ""


def lower_at(tokens: Sequence[Token], i: int) -> str:
    """Token ``i`` in lower case; empty beyond the text."""
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` is a hyphen between two words."""
    return i + 1 < len(tokens) and tokens[i].text in _HYPHENS and tokens[i].glued and tokens[i + 1].glued


def times(base: Decimal, scale: Decimal) -> Decimal:
    """The product, without the decimal noughts a scale leaves behind ("1.2 million" is 1200000)."""
    product = base * scale
    whole = product.to_integral_value()
    return whole if scale != 1 and product == whole else product


def plain(base: Decimal, scale: Decimal, first: int, stop: int, form: Form) -> Numeral:
    """A numeral with one value."""
    return Numeral(times(base, scale), times(base, scale), base, scale, first, stop, form)


def scale_words(tokens: Sequence[Token], stop: int) -> tuple[Decimal, int]:
    """The product of the scale words from token ``stop`` on ("hundred million", "-million"), and where they end."""
    scale = ONE
    while stop < len(tokens) and scale < _LARGEST_SCALE:
        j = stop + 1 if joined(tokens, stop) else stop
        word = lower_at(tokens, j)
        factor = SCALES.get(word) or (COLLECTIVES["hundred"] if word == "hundred" else None)
        if factor is None and word == "dozen":
            factor = COLLECTIVES["dozen"]
        if factor is None:
            break
        scale, stop = scale * factor, j + 1
    return scale, stop


def and_a_half(tokens: Sequence[Token], stop: int, value: Decimal) -> tuple[Decimal, int]:
    """``value`` with the half or quarter that follows ("and a half"), and where that ends."""
    j = stop
    hyphen = joined(tokens, j)
    if hyphen:
        j += 1
    if lower_at(tokens, j) != "and":
        return value, stop
    j += 1 + (hyphen and joined(tokens, j + 1))
    if lower_at(tokens, j) not in {"a", "one"}:
        return value, stop
    j += 1
    j += joined(tokens, j)
    part = {"half": FRACTIONS["half"], "quarter": FRACTIONS["quarter"]}.get(lower_at(tokens, j))
    return (value, stop) if part is None else (value + part, j + 1)
