"""Reads numerals, in digits and in words, off a list of tokens."""

from __future__ import annotations

from collections.abc import Sequence

from models.figures.digit_numerals import read_digits
from models.figures.number_table import STARTERS
from models.figures.numeral import Numeral
from models.figures.word_numerals import read_words
from models.tokens import Kind, Token


def read_numeral(tokens: Sequence[Token], i: int, text: str) -> Numeral | None:
    """The numeral that begins at token ``i``, the longest one, or None."""
    token = tokens[i]
    if token.kind is Kind.NUMBER:
        return read_digits(tokens, i, text)
    if token.lower not in STARTERS:
        return None
    return read_words(tokens, i)
