"""Recognises the unit of measure that follows a numeral."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from models.figures.unit_table import PER, SYMBOLS, WORDS, Unit
from models.tokens import Kind, Token

_HYPHENS: Final = frozenset("-‐‑–")
_POWERS: Final = {"2": "square", "3": "cubic"}
_LOOSE_SYMBOLS: Final = frozenset(
    {"W", "V", "F", "C", "N", "J", "m", "g", "h", "s", "t", "l", "L", "in", "st", "A", "K"}
)
"""Single letters: a unit after a space only where nothing else fits, so most need the digits against them."""
_SPACED: Final = frozenset({"W", "V", "F", "C", "m", "g", "L"})
_NEVER_ALONE: Final = frozenset({"st", "A", "K"})
_HEADS: Final = frozenset({"people", "inhabitants", "residents", "births", "women", "children", "population"})
_EACH: Final = frozenset({"a", "an", "each", "every"})


_PRIMES: Final = {
    "'": Unit("foot", "measure"),
    "′": Unit("foot", "measure"),
    '"': Unit("inch", "measure"),
    "″": Unit("inch", "measure"),
}
_QUOTE_REACH: Final = 40
_LEAST_FAHRENHEIT: Final = 30


class UnitHit(NamedTuple):
    """A unit written in ``tokens[first:stop]``; ``hyphen`` where it is tied to its number ("12-year")."""

    unit: Unit
    first: int
    stop: int
    hyphen: bool


def read_unit(tokens: Sequence[Token], i: int) -> UnitHit | None:
    """The unit that begins at token ``i``, or behind one hyphen there, rates included."""
    n = len(tokens)
    hyphen = i + 1 < n and tokens[i].text in _HYPHENS and tokens[i].glued
    first = i + 1 if hyphen else i
    if first >= n:
        return None
    base = _base(tokens, first)
    if base is None:
        return None
    unit, stop = base
    rate = read_rate(tokens, stop)
    if rate is not None and unit.sort in {"measure", "duration", "percent"}:
        lower, stop = rate
        unit = Unit(f"{unit.name} per {lower}", "measure" if unit.sort == "duration" else unit.sort)
    return UnitHit(unit, first, stop, hyphen)


def fahrenheit(unit: Unit, value: Decimal) -> Unit:
    """A farad is a degree Fahrenheit unless the number is as small and as exact as a capacity."""
    small = value < _LEAST_FAHRENHEIT and value != value.to_integral_value()
    return unit if unit.name != "farad" or small else Unit("fahrenheit", unit.sort)


def _base(tokens: Sequence[Token], i: int) -> tuple[Unit, int] | None:
    token = tokens[i]
    if token.text in _PRIMES and token.glued and _is_prime(tokens, i):
        return _PRIMES[token.text], i + 1
    if token.kind is Kind.NUMBER:
        return None
    found = _lookup(SYMBOLS.get(token.text), tokens, i, lower=False)
    if found is not None and not _plausible(tokens, i, found[1]):
        found = None
    if found is None:
        return _lookup(WORDS.get(token.lower), tokens, i, lower=True)
    return _power(tokens, *found)


def _is_prime(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark right after digits means feet or inches: no quotation that it could close is open."""
    if tokens[i - 1].kind is not Kind.NUMBER or (
        i + 1 < len(tokens) and tokens[i + 1].glued and tokens[i + 1].kind is Kind.WORD
    ):
        return False
    return tokens[i].text in "′″" or all(tokens[j].text != tokens[i].text for j in range(max(i - _QUOTE_REACH, 0), i))


def _lookup(
    rows: list[tuple[tuple[str, ...], Unit]] | None, tokens: Sequence[Token], i: int, *, lower: bool
) -> tuple[Unit, int] | None:
    for rest, unit in rows or ():
        stop = i + 1 + len(rest)
        if stop > len(tokens):
            continue
        following = tokens[i + 1 : stop]
        if all((t.lower if lower else t.text) == want for t, want in zip(following, rest, strict=True)):
            return unit, stop
    return None


def _plausible(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """Whether a symbol is a unit here and not a letter, a plural "s" or an ordinal's ending."""
    token = tokens[i]
    after = tokens[stop] if stop < len(tokens) and tokens[stop].glued else None
    if after is not None and after.kind is Kind.WORD:
        return False
    if token.text not in _LOOSE_SYMBOLS or token.kind is not Kind.WORD:
        return True
    if after is not None and after.text in "/-":
        return after.text == "/"
    if not token.glued:
        return token.text in _SPACED and not (after is not None and after.text == "." and token.text.isupper())
    return token.text not in _NEVER_ALONE and _fits(tokens, i, stop)


def _fits(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """Whether "s" stands behind a decimal ("9.81s") and "in" before no name ("a 6in blade")."""
    if tokens[i].text == "s":
        return i > 0 and "." in tokens[i - 1].text
    return tokens[i].text != "in" or not (stop < len(tokens) and tokens[stop].text[:1].isupper())


def _power(tokens: Sequence[Token], unit: Unit, stop: int) -> tuple[Unit, int]:
    """As in "m2", "km2", "m3"."""
    if stop < len(tokens) and tokens[stop].glued and tokens[stop].text in _POWERS and unit.name.endswith("metre"):
        return Unit(f"{_POWERS[tokens[stop].text]} {unit.name}", unit.sort), stop + 1
    return unit, stop


def read_rate(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """What a quantity is per: ("barrel", stop) for "a barrel", "per barrel", "/bbl"; None where there is no rate."""
    if i + 1 >= len(tokens):
        return None
    word, following = tokens[i].lower, tokens[i + 1]
    if word == "per" or (word == "/" and tokens[i].glued and following.glued):
        return _per(tokens, i + 1)
    if word in _EACH and following.lower in PER and not _elsewhen(tokens, i + 1):
        return _per(tokens, i + 1)
    return None


def _elsewhen(tokens: Sequence[Token], i: int) -> bool:
    """Whether "a year" begins a time ("a year earlier") and no rate."""
    if i + 1 >= len(tokens) or tokens[i].lower not in {"year", "month", "week", "day", "decade", "quarter"}:
        return False
    return tokens[i + 1].lower in {"earlier", "ago", "before", "later", "old", "from", "after", "prior"}


def _per(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    if tokens[i].kind is not Kind.WORD:
        return _per_many(tokens, i)
    base = _base(tokens, i)
    if base is not None:
        return base[0].name, base[1]
    if tokens[i - 1].text == "/" and len(tokens[i].text) < 3:
        return None
    return tokens[i].lower, i + 1


def _per_many(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """As in "per 100,000 people", "per 100 ml", "per 1,000"."""
    if tokens[i].kind is not Kind.NUMBER:
        return None
    many = tokens[i].text.replace(",", "")
    if i + 1 >= len(tokens):
        return many, i + 1
    base = _base(tokens, i + 1)
    if base is not None:
        return f"{many} {base[0].name}", base[1]
    if tokens[i + 1].lower in _HEADS:
        return f"{many} {tokens[i + 1].lower}", i + 2
    return many, i + 1
