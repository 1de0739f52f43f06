"""Reads numerals, in digits and in words, off a list of tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Final, NamedTuple

from models.figures.number_table import (
    COLLECTIVES,
    FOLD,
    FRACTIONS,
    GLUED_SCALES,
    GLYPHS,
    LOOSE,
    SCALES,
    SMALL,
    STARTERS,
    TEENS,
    TENS,
    UNITS,
    VAGUE,
)
from models.figures.wordlist import words
from models.tokens import Kind, Token

MAX_DIGITS: Final = 40
"""Longer runs of digits are identifiers or noise, not figures."""

_HYPHENS: Final = frozenset("-‐‑–")
_SPACES: Final = frozenset("\u00a0\u2009\u202f")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_MONTH_ENDS: Final = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


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


ONE: Final = Decimal(1)


def digits_value(text: str) -> Decimal | None:
    """The value of a token of digits, or None where it is no number ("1.2.3", "12,34")."""
    if len(text) > MAX_DIGITS:
        return None
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _DOTTED.fullmatch(text):
        return Decimal(text.replace(".", ""))
    return None


def read_numeral(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    """The numeral that begins at token ``i``, the longest one, or None."""
    token = tokens[i]
    if token.kind is Kind.NUMBER:
        return _digits(tokens, i, text)
    if token.lower not in STARTERS:
        return None
    return _words(tokens, i)


def _lower(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].lower if 0 <= i < len(tokens) else ""


def _joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` is a hyphen between two words."""
    return i + 1 < len(tokens) and tokens[i].text in _HYPHENS and tokens[i].glued and tokens[i + 1].glued


def _digits(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    value = digits_value(tokens[i].text)
    if value is None:
        return None
    stop = i + 1
    if tokens[i].text.isdecimal():
        value, stop = _spaced_groups(tokens, i, value, text)
        value, stop = _leading_point(tokens, i, value), stop
    value, stop = _mixed_fraction(tokens, stop, value)
    return _scaled(tokens, i, stop, value)


def _leading_point(tokens: Sequence[Token], i: int, value: Decimal) -> Decimal:
    if i and tokens[i].glued and tokens[i - 1].text == "." and not tokens[i - 1].glued:
        return value.scaleb(-len(tokens[i].text))
    return value


def _spaced_groups(tokens: Sequence[Token], i: int, value: Decimal, text: str) -> tuple[Decimal, int]:
    """As in "12 000" and "1 250 000", where the spacing leaves no doubt."""
    if len(tokens[i].text) > 3 or value == 0 or _lower(tokens, i - 1) in _MONTH_ENDS:
        return value, i + 1
    stop, total, firm = i + 1, value, False
    while stop < len(tokens) and stop - i <= 5:
        token = tokens[stop]
        gap = text[tokens[stop - 1].end : token.start]
        if token.kind is not Kind.NUMBER or len(token.text) != 3 or len(gap) != 1 or not token.text.isdecimal():
            break
        firm = firm or gap in _SPACES
        total, stop = total * 1000 + Decimal(token.text), stop + 1
    if stop == i + 1 or not (firm or stop > i + 2 or tokens[stop - 1].text == "000"):
        return value, i + 1
    return total, stop


def _mixed_fraction(tokens: Sequence[Token], stop: int, value: Decimal) -> tuple[Decimal, int]:
    """As in "1½", "2 1/2" and "2 and a half"."""
    if stop >= len(tokens):
        return value, stop
    glyph = GLYPHS.get(tokens[stop].text)
    if glyph is not None:
        return value + glyph, stop + 1
    return _and_a_half(tokens, stop, value)


def _and_a_half(tokens: Sequence[Token], stop: int, value: Decimal) -> tuple[Decimal, int]:
    j = stop
    hyphen = _joined(tokens, j)
    if hyphen:
        j += 1
    if _lower(tokens, j) != "and":
        return value, stop
    j += 1 + (hyphen and _joined(tokens, j + 1))
    if _lower(tokens, j) not in {"a", "one"}:
        return value, stop
    j += 1
    j += _joined(tokens, j)
    part = {"half": FRACTIONS["half"], "quarter": FRACTIONS["quarter"]}.get(_lower(tokens, j))
    return (value, stop) if part is None else (value + part, j + 1)


def _scaled(tokens: Sequence[Token], first: int, stop: int, value: Decimal) -> Numeral:
    """The numeral with the scale that follows it: "bn", "-million", "hundred million", "lakh crore"."""
    n = len(tokens)
    if stop < n and tokens[stop].glued and tokens[stop].text in GLUED_SCALES:
        after = stop + 1
        if not (after < n and tokens[after].glued and tokens[after].kind is Kind.NUMBER):
            scale = GLUED_SCALES[tokens[stop].text]
            return Numeral(
                _times(value, scale), _times(value, scale), value, scale, first, after, Form.DIGITS, tokens[stop].text
            )
    scale, end = _scale_words(tokens, stop)
    total = _times(value, scale)
    if scale >= 1000 and end < n:  # "2 million 300 thousand" is not news English; "4 hundred and five" is not either
        total, end = total, end
    return Numeral(total, total, value, scale, first, end, Form.DIGITS)


def _scale_words(tokens: Sequence[Token], stop: int) -> tuple[Decimal, int]:
    scale = ONE
    while stop < len(tokens) and scale < Decimal("1e15"):
        j = stop + 1 if _joined(tokens, stop) else stop
        word = _lower(tokens, j)
        factor = SCALES.get(word) or (COLLECTIVES["hundred"] if word == "hundred" else None)
        if factor is None and word == "dozen":
            factor = COLLECTIVES["dozen"]
        if factor is None:
            break
        scale, stop = scale * factor, j + 1
    return scale, stop


# --- words


def _words(tokens: Sequence[Token], i: int) -> Numeral | None:
    word = tokens[i].lower
    if word in {"a", "an"}:
        return _article(tokens, i)
    if word in VAGUE:
        return _vague(tokens, i)
    if word in LOOSE:
        return _loose(tokens, i, i)
    if word in FOLD:
        return Numeral(FOLD[word], FOLD[word], FOLD[word], ONE, i, i + 1, Form.FOLD)
    if word in GLYPHS:
        return Numeral(GLYPHS[word], GLYPHS[word], GLYPHS[word], ONE, i, i + 1, Form.FRACTION)
    if word == "half":
        return _half(tokens, i)
    if word in {"third", "quarter"}:
        return None
    return _cardinal(tokens, i)


def _article(tokens: Sequence[Token], i: int) -> Numeral | None:
    """As in "a million", "a dozen", "a few hundred", "a third of", "a half million", "a hundred and twenty"."""
    word = _lower(tokens, i + 1)
    if word in LOOSE:
        return _loose(tokens, i, i + 1)
    if word in COLLECTIVES:
        return _cardinal(tokens, i)
    if word == "half":
        inner = _half(tokens, i + 1)
        return inner and inner._replace(first=i)
    if word in FRACTIONS and (
        _lower(tokens, i + 2) == "of" or _lower(tokens, i - 1) in {"by", "than", "almost", "nearly"}
    ):
        value = FRACTIONS[word]
        if _lower(tokens, i + 3) == "a" and _lower(tokens, i + 4) in COLLECTIVES:  # a quarter of a million
            return _plain(value, COLLECTIVES[_lower(tokens, i + 4)], i, i + 5, Form.WORDS)
        return _plain(value, ONE, i, i + 2, Form.FRACTION)
    return None


def _times(base: Decimal, scale: Decimal) -> Decimal:
    """The product, without the decimal noughts a scale leaves behind ("1.2 million" is 1200000)."""
    product = base * scale
    whole = product.to_integral_value()
    return whole if scale != 1 and product == whole else product


def _plain(base: Decimal, scale: Decimal, first: int, stop: int, form: Form) -> Numeral:
    return Numeral(_times(base, scale), _times(base, scale), base, scale, first, stop, form)


def _half(tokens: Sequence[Token], i: int) -> Numeral | None:
    """As in "half", "half a million", "half a dozen", "half-million"."""
    j = i + 1
    j += _joined(tokens, j)
    if _lower(tokens, j) == "a":
        j += 1
        j += _joined(tokens, j)
    word = _lower(tokens, j)
    if word in COLLECTIVES:
        return _plain(FRACTIONS["half"], COLLECTIVES[word], i, j + 1, Form.WORDS)
    if _joined(tokens, i + 1):
        return None  # half-time, half-hearted
    return _plain(FRACTIONS["half"], ONE, i, i + 1, Form.FRACTION)


def _vague(tokens: Sequence[Token], i: int) -> Numeral | None:
    """As in "thousands", "tens of thousands", "hundreds of millions"."""
    low, high = VAGUE[tokens[i].lower]
    stop = i + 1
    while _lower(tokens, stop) in {"of", "and"} and _lower(tokens, stop + 1) in VAGUE:
        factor = VAGUE[_lower(tokens, stop + 1)][0]
        if _lower(tokens, stop) == "of":  # "thousands and thousands" says no more than "thousands"
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
    if _lower(tokens, j) == "of":
        j += 1
    scale, stop = _scale_words(tokens, j)
    if stop == j:
        return None
    return Numeral(low * scale, high * scale, low, scale, first, stop, Form.VAGUE)


def _cardinal(tokens: Sequence[Token], i: int) -> Numeral | None:
    """A number in words, and the fraction or scale behind it: "twenty-eight thousand six hundred and forty-two"."""
    total, group, stop = Decimal(0), Decimal(0), i
    if _lower(tokens, i) in {"a", "hundred"}:
        group, stop = ONE, i + (_lower(tokens, i) == "a")
    largest, state = Decimal("1e18"), "start" if stop == i and group == 0 else "unit"
    n = len(tokens)
    while stop < n:
        j = stop
        if (stop > i and _joined(tokens, j)) or (
            stop > i and _lower(tokens, j) == "and" and state in {"hundred", "scale"} and _lower(tokens, j + 1) in SMALL
        ):
            j += 1
        word = _lower(tokens, j)
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


def _step(word: str, state: str) -> str | None:
    step = _STEPS.get(word)
    return step if step in _FOLLOWS[state] else None


def _tail(tokens: Sequence[Token], first: int, stop: int, value: Decimal) -> Numeral | None:
    """What may follow a number in words: "-thirds", "dozen", "and a half", "-fold", "point five"."""
    j = stop + 1 if _joined(tokens, stop) else stop
    word = _lower(tokens, j)
    if word in FRACTIONS and 0 < value < 20 and (word.endswith("s") or value == 1) and word != "seconds":
        return _plain(value * FRACTIONS[word], ONE, first, j + 1, Form.FRACTION)
    if word == "dozen":
        return _plain(value, COLLECTIVES["dozen"], first, j + 1, Form.WORDS)
    if word == "fold":
        return _plain(value, ONE, first, j + 1, Form.FOLD)
    if word == "point" and _lower(tokens, j + 1) in UNITS:
        value, stop = _decimals(tokens, j + 1, value)
    more, stop = _and_a_half(tokens, stop, value)
    scale, end = _scale_words(tokens, stop) if more != value or "." in str(value) else (ONE, stop)
    return _plain(more, scale, first, end, Form.WORDS)


def _decimals(tokens: Sequence[Token], j: int, value: Decimal) -> tuple[Decimal, int]:
    """As in "point two five"."""
    digits = ""
    while _lower(tokens, j) in UNITS and len(digits) < 6:
        digits += str(UNITS[_lower(tokens, j)])
        j += 1
    return value + Decimal(f"0.{digits}"), j
