"""Reads numerals written in words, vague ones and fractions among them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from models.figures.number_table import (
    COLLECTIVES,
    FOLD,
    FRACTIONS,
    GLYPHS,
    LOOSE,
    SCALES,
    SMALL,
    TEENS,
    TENS,
    UNITS,
    VAGUE,
)
from models.figures.numeral import ONE, Form, Numeral, and_a_half, joined, lower_at, plain, scale_words
from models.tokens import Token

_FOLLOWS: Final = {
    "start": ("unit", "teen", "ten"),
    "unit": ("hundred", "scale"),
    "teen": ("hundred", "scale"),
    "ten": ("unit", "scale"),
    "hundred": ("unit", "teen", "ten", "scale"),
    "scale": ("unit", "teen", "ten"),
}
_STEPS: Final = (
    dict.fromkeys(UNITS, "unit")
    | dict.fromkeys(TEENS, "teen")
    | dict.fromkeys(TENS, "ten")
    | dict.fromkeys(SCALES, "scale")
    | {"hundred": "hundred"}
)


def read_words(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The numeral in words that begins at token ``i``, the longest one, or None."""
    word = tokens[i].lower
    if word in FOLD:
        return plain(FOLD[word], ONE, i, i + 1, Form.FOLD)
    if word in GLYPHS:
        return plain(GLYPHS[word], ONE, i, i + 1, Form.FRACTION)
    if word in LOOSE:
        return _loose(tokens, i, i)
    read = _vague if word in VAGUE else _SPECIAL.get(word, _cardinal)
    return read(tokens, i)


def _article(tokens: Sequence[Token], i: int) -> Numeral | None:
    """As in "a million", "a dozen", "a few hundred", "a third of", "a half million", "a hundred and twenty"."""
    word = lower_at(tokens, i + 1)
    if word in LOOSE:
        return _loose(tokens, i, i + 1)
    if word in COLLECTIVES:
        return _cardinal(tokens, i)
    if word == "half":
        inner = _half(tokens, i + 1)
        return inner and inner._replace(first=i)
    if word in FRACTIONS and (lower_at(tokens, i + 2) == "of" or _shared(tokens, i)):
        value = FRACTIONS[word]
        if lower_at(tokens, i + 3) == "a" and lower_at(tokens, i + 4) in COLLECTIVES:  # a quarter of a million
            return plain(value, COLLECTIVES[lower_at(tokens, i + 4)], i, i + 5, Form.WORDS)
        return plain(value, ONE, i, i + 2, Form.FRACTION)
    return None


_PARTS_OF_A_YEAR: Final = frozenset({"quarters", "halves"})
_COUNTED_PARTS: Final = frozenset(
    {"first", "last", "past", "next", "previous", "final", "consecutive", "straight", "the"}
)
_SHARE_LEADS: Final = frozenset({"by", "than", "almost", "nearly"})
_SHARE_ENDS: Final = frozenset(
    {"to", "in", "from", "over", "since", "on", "at", "this", "last", "compared", "after", "between", "and", "as"}
)


def _shared(tokens: Sequence[Token], i: int) -> bool:
    """As in "rose by a third to", "more than a quarter."; not in "by a third party"."""
    after = lower_at(tokens, i + 2)
    return lower_at(tokens, i - 1) in _SHARE_LEADS and (not after.isalpha() or after in _SHARE_ENDS)


def _half(tokens: Sequence[Token], i: int) -> Numeral | None:
    """As in "half", "half a million", "half a dozen", "half-million"."""
    j = i + 1
    j += joined(tokens, j)
    if lower_at(tokens, j) == "a":
        j += 1
        j += joined(tokens, j)
    word = lower_at(tokens, j)
    if word in COLLECTIVES:
        return plain(FRACTIONS["half"], COLLECTIVES[word], i, j + 1, Form.WORDS)
    if joined(tokens, i + 1):
        return None  # half-time, half-hearted
    return plain(FRACTIONS["half"], ONE, i, i + 1, Form.FRACTION)


def _vague(tokens: Sequence[Token], i: int) -> Numeral | None:
    """As in "thousands", "tens of thousands", "hundreds of millions"."""
    low, high = VAGUE[tokens[i].lower]
    stop = i + 1
    while lower_at(tokens, stop) in {"of", "and"} and lower_at(tokens, stop + 1) in VAGUE:
        factor = VAGUE[lower_at(tokens, stop + 1)][0]
        if lower_at(tokens, stop) == "of":  # "thousands and thousands" says no more than "thousands"
            low, high = low * factor, high * factor
        stop += 2
        if low > Decimal("1e24"):
            break
    if stop == i + 1 and tokens[i].lower == "tens":
        return None
    return Numeral(low, high, low, ONE, i, stop, Form.VAGUE)


def _loose(tokens: Sequence[Token], first: int, i: int) -> Numeral | None:
    """As in "several hundred", "a few thousand", "a couple of million", "several tens of thousands"."""
    low, high = LOOSE[tokens[i].lower]
    j = i + 1
    if lower_at(tokens, j) == "of":
        j += 1
    scale, stop = scale_words(tokens, j)
    if stop == j:
        return None
    return Numeral(low * scale, high * scale, low, scale, first, stop, Form.VAGUE)


def _cardinal(tokens: Sequence[Token], i: int) -> Numeral | None:
    """A number in words, and the fraction or scale behind it: "twenty-eight thousand six hundred and forty-two"."""
    total, group, stop = Decimal(0), Decimal(0), i
    if lower_at(tokens, i) in {"a", "hundred"}:
        group, stop = ONE, i + (lower_at(tokens, i) == "a")
    largest, state = Decimal("1e18"), "start" if stop == i and group == 0 else "unit"
    n = len(tokens)
    while stop < n:
        j = stop
        if (stop > i and joined(tokens, j)) or (
            stop > i
            and lower_at(tokens, j) == "and"
            and state in {"hundred", "scale"}
            and lower_at(tokens, j + 1) in SMALL
        ):
            j += 1
        word = lower_at(tokens, j)
        step = _step(word, state)
        if step is None:
            break
        if step == "scale":
            scale = SCALES[word]
            if scale >= largest:
                break
            total, group, largest = total + group * scale, Decimal(0), scale
        elif step == "hundred":
            group *= 100
        else:
            group += SMALL[word]
        state, stop = step, j + 1
    if stop == i:
        return None
    return _tail(tokens, i, stop, total + group)


def _step(word: str, state: str) -> str | None:
    step = _STEPS.get(word)
    return step if step in _FOLLOWS[state] else None


def _tail(tokens: Sequence[Token], first: int, stop: int, value: Decimal) -> Numeral | None:
    """What may follow a number in words: "-thirds", "dozen", "and a half", "-fold", "point five"."""
    j = stop + 1 if joined(tokens, stop) else stop
    word = lower_at(tokens, j)
    if word in FRACTIONS and 0 < value < 20 and (word.endswith("s") or value == 1) and word != "seconds":
        if word in _PARTS_OF_A_YEAR and j == stop and not _is_share(tokens, first, j):
            return plain(value, ONE, first, stop, Form.WORDS)
        share = value * FRACTIONS[word]
        if (
            lower_at(tokens, j + 1) == "of"
            and lower_at(tokens, j + 2) == "a"
            and lower_at(tokens, j + 3) in COLLECTIVES
        ):
            return plain(share, COLLECTIVES[lower_at(tokens, j + 3)], first, j + 4, Form.WORDS)
        return plain(share, ONE, first, j + 1, Form.FRACTION)
    if word == "dozen":
        return plain(value, COLLECTIVES["dozen"], first, j + 1, Form.WORDS)
    if word == "fold":
        return plain(value, ONE, first, j + 1, Form.FOLD)
    if word == "point" and lower_at(tokens, j + 1) in UNITS:
        value, stop = _decimals(tokens, j + 1, value)
    more, stop = and_a_half(tokens, stop, value)
    scale, end = scale_words(tokens, stop) if more != value or "." in str(value) else (ONE, stop)
    return plain(more, scale, first, end, Form.WORDS)


def _is_share(tokens: Sequence[Token], first: int, j: int) -> bool:
    """Whether "three quarters" are a share ("three quarters of the firms") and not a count ("the first two quarters")."""
    return lower_at(tokens, j + 1) == "of" and lower_at(tokens, first - 1) not in _COUNTED_PARTS


def _decimals(tokens: Sequence[Token], j: int, value: Decimal) -> tuple[Decimal, int]:
    """As in "point two five"."""
    digits = ""
    while lower_at(tokens, j) in UNITS and len(digits) < 6:
        digits += str(UNITS[lower_at(tokens, j)])
        j += 1
    return value + Decimal(f"0.{digits}"), j


_SPECIAL: Final = {"a": _article, "an": _article, "half": _half}
