"""Reads numerals written in digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from models.figures.context_table import MONTHS
from models.figures.number_table import GLUED_SCALES, GLYPHS
from models.figures.numeral import ONE, Form, Numeral, and_a_half, joined, lower_at, scale_words, times
from models.tokens import Kind, Token

MAX_DIGITS: Final = 40
"""Longer runs of digits are identifiers or noise, not figures."""

_DENOMINATORS: Final = frozenset({"2", "3", "4", "5", "8", "10", "16", "32"})
_SPACES: Final = frozenset("\u00a0\u2009\u202f")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")


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


def read_digits(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    """The numeral that begins with the digits at token ``i``, scale included; None where they are no number."""
    value = digits_value(tokens[i].text)
    if value is None:
        return None
    stop = i + 1
    part = _slashed(tokens, i)
    if part is not None:
        return Numeral(part, part, part, ONE, i, i + 3, Form.DIGITS)
    if tokens[i].text.isdecimal():
        value, stop = _spaced_groups(tokens, i, value, text)
        value = _leading_point(tokens, i, value)
    value, stop = _mixed_fraction(tokens, stop, value)
    return _scaled(tokens, i, stop, value)


def _slashed(tokens: Sequence[Token], i: int, *, mixed: bool = False) -> Decimal | None:
    """The value of "1/2" or "3/4" before a word; other figures with a slash are dates, scores and ratios.

    Behind a whole number ("6 3/8%", ``mixed``) anything may follow.
    """
    if i + 2 >= len(tokens) or tokens[i + 1].text != "/" or not (tokens[i + 1].glued and tokens[i + 2].glued):
        return None
    over, under = tokens[i].text, tokens[i + 2].text
    if under not in _DENOMINATORS or not over.isdecimal() or len(over) > 2 or int(over) >= int(under):
        return None
    after = tokens[i + 3] if i + 3 < len(tokens) else None
    worded = after is not None and (after.text == "%" or (after.kind is Kind.WORD and not after.glued))
    if not mixed and (not worded or after is None or after.lower in MONTHS):
        return None
    return Decimal(over) / Decimal(under)


def _leading_point(tokens: Sequence[Token], i: int, value: Decimal) -> Decimal:
    if i and tokens[i].glued and tokens[i - 1].text == "." and not tokens[i - 1].glued:
        return value.scaleb(-len(tokens[i].text))
    return value


def _spaced_groups(tokens: Sequence[Token], i: int, value: Decimal, text: str) -> tuple[Decimal, int]:
    """As in "12 000" and "1 250 000", where the spacing leaves no doubt."""
    if len(tokens[i].text) > 3 or value == 0 or lower_at(tokens, i - 1) in MONTHS:
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
    first = stop + 1 if joined(tokens, stop) else stop
    part = _slashed(tokens, first, mixed=True)
    if part is not None and (first > stop or not tokens[first].glued):
        return value + part, first + 3
    glyph = GLYPHS.get(tokens[stop].text)
    if glyph is not None:
        return value + glyph, stop + 1
    return and_a_half(tokens, stop, value)


def _scaled(tokens: Sequence[Token], first: int, stop: int, value: Decimal) -> Numeral:
    """The numeral with the scale that follows it: "bn", "-million", "hundred million", "lakh crore"."""
    n = len(tokens)
    if stop < n and tokens[stop].glued and tokens[stop].text in GLUED_SCALES:
        after = stop + 1
        if not (after < n and tokens[after].glued and tokens[after].kind is Kind.NUMBER):
            scale = GLUED_SCALES[tokens[stop].text]
            return Numeral(
                times(value, scale), times(value, scale), value, scale, first, after, Form.DIGITS, tokens[stop].text
            )
    scale, end = scale_words(tokens, stop)
    total = times(value, scale)
    return Numeral(total, total, value, scale, first, end, Form.DIGITS)
