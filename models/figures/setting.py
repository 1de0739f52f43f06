"""The tokens around one numeral, as the judges of numbers look at them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import is_plural
from models.figures.numeral import Numeral
from models.tokens import Kind, Token

HYPHENS: Final = frozenset("-‐‑–")
_NONE = Token("", "", 0, 0, Kind.SIGN, glued=False)


class Setting:
    """The tokens around one numeral."""

    __slots__ = ("first", "numeral", "stop", "text", "tokens")

    def __init__(self, tokens: Sequence[Token], numeral: Numeral, text: str) -> None:
        self.tokens = tokens
        self.numeral = numeral
        self.first = numeral.first
        self.stop = numeral.stop
        self.text = text

    def before(self, back: int = 1) -> Token:
        """The ``back``-th token before the numeral; an empty one at the text's start."""
        j = self.first - back
        return self.tokens[j] if j >= 0 else _NONE

    def after(self, ahead: int = 0) -> Token:
        """The token ``ahead`` of the numeral's end; an empty one at the text's end."""
        j = self.stop + ahead
        return self.tokens[j] if j < len(self.tokens) else _NONE

    @property
    def bare(self) -> bool:
        """Whether the numeral is a single token of digits without point, comma or scale."""
        return self.stop == self.first + 1 and self.tokens[self.first].text.isdecimal()

    @property
    def whole(self) -> int:
        """The value as an integer, -1 where it is none."""
        low = self.numeral.low
        return int(low) if low < Decimal(10**9) and low == low.to_integral_value() else -1

    def opens(self, back: int) -> bool:
        """Whether the token ``back`` before the numeral opens a sentence."""
        j = self.first - back
        return j <= 0 or self.tokens[j - 1].text in {".", "!", "?", ":", ";", "“", '"', "-", "–", "—", ")", "|", "•"}


def countable(after: Token) -> bool:
    """Whether a word may be what a number counts: a plural in lower case or a percent sign."""
    if after.kind is Kind.SIGN:
        return after.text in "%°" and after.text != ""
    return after.text.islower() and (
        is_plural(after.lower, after.text) or after.lower in {"percent", "per", "million", "billion"}
    )


def noun_like(token: Token) -> bool:
    """Whether a word may begin a counted noun phrase."""
    return (
        token.kind is Kind.WORD
        and token.lower not in STOP
        and (token.lower not in VERBS or token.lower.endswith(("ed", "ing")))
    )
