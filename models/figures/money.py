"""Recognises the currency before or after a numeral."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from models.figures.currency_table import (
    BY_CODE,
    BY_NOUN,
    BY_PHRASE,
    BY_SYMBOL,
    LONGEST_PHRASE,
    PHRASE_STARTS,
    SUBUNITS,
    Currency,
)
from models.figures.numeral import Form, Numeral
from models.tokens import Kind, Token

_GLUED_ONLY: Final = frozenset(
    {"P", "PS", "R", "N", "Sh", "Br", "kn", "DA", "ID", "MT", "LE", "LL", "BD", "MK", "ZK", "CFA"}
)
"""Symbols that are words or initials of other things unless the digits stand against them."""

_AFTER: Final = frozenset({"€", "£", "¥", "₽", "₴", "₺", "₪", "₹", "₩", "kr", "zł", "Kč", "Ft", "RMB", "FCFA"})
_AMBIGUOUS: Final = frozenset({"pound", "pounds", "won", "real", "sol", "crowns"})
_CROWNS_FROM: Final = 10
_SCREENS: Final = frozenset({Decimal(480), Decimal(720)})
_STERLING_FROM: Final = Decimal(1_000_000)
_WEIGHED: Final = frozenset({"per", "heavier", "lighter", "overweight"})
_NO_CODES: Final = frozenset({"TRY", "MAD", "ALL", "TOP", "CUP", "SOS", "BAM", "COP"})
"""Codes that are English words in capitals; they count only before digits."""


class Prefix(NamedTuple):
    """A currency that begins at token ``first``, right before a numeral."""

    currency: Currency
    first: int


class Suffix(NamedTuple):
    """What follows a numeral up to token ``stop``: a currency, or the name of a part of one."""

    currency: Currency | None
    name: str
    stop: int


def currency_before(tokens: Sequence[Token], first: int, *, glued: bool) -> Prefix | None:
    """The currency that ends right before token ``first`` (``glued``: no white space between)."""
    symbol = ""
    best: Prefix | None = None
    for j in range(first - 1, max(first - 4, -1), -1):
        token = tokens[j]
        symbol = token.text + symbol
        found = BY_SYMBOL.get(symbol)
        if found is None and j == first - 1 and token.kind is Kind.WORD:
            found = BY_CODE.get(token.text)
        bare = (symbol in _GLUED_ONLY and not glued) or (
            token.kind is Kind.WORD and token.glued and tokens[j - 1].text == "/"  # EUR/USD
        )
        if (
            found is not None
            and not bare
            and not (token.glued and tokens[j - 1].kind is Kind.WORD and token.kind is Kind.WORD)
        ):
            best = Prefix(found, j)
        if not (
            token.glued or (token.text == "$" and tokens[j - 1].text in {"US", "HK", "A", "C", "S", "NZ", "NT", "AU"})
        ):
            break
    return best


def currency_after(tokens: Sequence[Token], stop: int, numeral: Numeral) -> Suffix | None:
    """The currency named right after the numeral: "Australian dollars", "yuan", "JPY", "€", "cents"."""
    if stop >= len(tokens):
        return None
    token = tokens[stop]
    word = token.lower
    if token.kind is not Kind.WORD:
        return _sign_after(tokens, stop)
    if word in SUBUNITS or (token.text == "p" and token.glued and numeral.low < 1000 and numeral.low not in _SCREENS):
        return Suffix(None, SUBUNITS.get(word, "penny"), stop + 1)
    if word in _AMBIGUOUS:
        return _ambiguous(tokens, stop, numeral)
    phrase = _phrase(tokens, stop) if word in PHRASE_STARTS else None
    if phrase is not None:
        return phrase
    found = BY_NOUN.get(word)
    if found is None and token.text not in _NO_CODES:
        found = BY_CODE.get(token.text) or (BY_SYMBOL[token.text] if token.text in _AFTER else None)
    return Suffix(found, found.name, stop + 1) if found else None


def _sign_after(tokens: Sequence[Token], stop: int) -> Suffix | None:
    """As in "5 €"; not in "in 2020 €5"."""
    found = BY_SYMBOL.get(tokens[stop].text) if tokens[stop].text in _AFTER else None
    following = tokens[stop + 1] if stop + 1 < len(tokens) else None
    if found is None or (following is not None and following.kind is Kind.NUMBER and following.glued):
        return None
    return Suffix(found, found.name, stop + 1)


def _phrase(tokens: Sequence[Token], stop: int) -> Suffix | None:
    words: list[str] = []
    for j in range(stop, min(stop + LONGEST_PHRASE, len(tokens))):
        words.append(tokens[j].lower)
        found = BY_PHRASE.get(tuple(words))
        if found is not None:
            return Suffix(found, found.name, j + 1)
    return None


def _ambiguous(tokens: Sequence[Token], stop: int, numeral: Numeral) -> Suffix | None:
    """Pounds are money from a million on unless they are pounds of something; won is money in sums of thousands, crowns from ten on."""
    word = tokens[stop].lower
    after = tokens[stop + 1].lower if stop + 1 < len(tokens) else ""
    if word in {"pound", "pounds"}:
        if after == "sterling":
            return Suffix(BY_CODE["GBP"], BY_CODE["GBP"].name, stop + 2)
        large = numeral.high >= _STERLING_FROM or numeral.form is Form.VAGUE
        money = large and after != "of" and after not in _WEIGHED
        return Suffix(BY_CODE["GBP"], BY_CODE["GBP"].name, stop + 1) if money else None
    if word == "crowns" and numeral.high >= _CROWNS_FROM:
        return Suffix(None, "crown", stop + 1)  # the name tells no country: Swedish, Czech, of a country long gone
    if word == "won" and numeral.high >= 1000 and after not in {"the", "a", "an", "in", "seats"}:
        return Suffix(BY_CODE["KRW"], BY_CODE["KRW"].name, stop + 1)
    return None
