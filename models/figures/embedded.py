"""Tells digits that are part of something longer: identifiers, ordinals, telephone numbers, list markers."""

from __future__ import annotations

from typing import Final

from models.figures.context_table import CLOCK_AFTER
from models.figures.currency_table import BY_CODE
from models.figures.numeral import Form
from models.figures.setting import HYPHENS, Setting
from models.figures.unit_table import SYMBOLS, WORDS
from models.tokens import Kind, Token

_ORDINALS: Final = frozenset({"st", "nd", "rd", "th", "s", "ers", "’s", "'s", "x", "am", "pm", "nds", "ths"})
_QUOTES: Final = frozenset("'’‘")
_MODEL_LETTERS: Final = frozenset("GDKxXABQH")
_SCREEN_LINES: Final = frozenset({480, 720, 1080, 1440, 2160, 4320})


def is_embedded(at: Setting) -> bool:
    """Whether the digits are part of a longer token: a name, an ordinal, an identifier, a date with slashes, a time."""
    if at.numeral.form is not Form.DIGITS:
        return False
    return _glued_before(at) or _glued_after(at)


def is_clock_like(at: Setting) -> bool:
    """Whether a colon and digits are written against the number, which no currency before it excuses."""
    after, later = at.after(), at.after(1)
    return (
        at.numeral.form is Form.DIGITS
        and after.text == ":"
        and after.glued
        and later.glued
        and later.kind is Kind.NUMBER
    )


def _glued_before(at: Setting) -> bool:
    if not at.tokens[at.first].glued:
        return _split_covid(at)
    before, earlier = at.before(), at.before(2)
    if before.kind is Kind.WORD:
        return True
    if before.text in HYPHENS:
        return before.glued and earlier.kind is Kind.WORD and earlier.lower not in {"minus", "to", "magnitude", "plus"}
    if before.text in {":", "/", "."}:
        return before.glued and (earlier.kind is not Kind.SIGN or before.text == "/")
    if before.text == "#" and at.numeral.scale > 1:  # a pound sign of old wires
        return False
    return before.text in {"#", "@", "_", "№", "\\", "=", "&"} and not (before.text == "=" and earlier.text == "Y")


def _split_covid(at: Setting) -> bool:
    return False if not at.bare else at.before().lower in {"covid", "sars-cov"}


def _glued_after(at: Setting) -> bool:
    after, later = at.after(), at.after(1)
    if not after.glued:
        return after.kind is Kind.WORD and after.lower in CLOCK_AFTER and at.numeral.low < 2400
    if after.kind is Kind.WORD:
        return at.stop == at.first + 1 and _ends_in_letters(at)
    if after.text in {":", "/", "_", "@"}:
        return later.glued and (later.kind is Kind.NUMBER or after.text in "_@")
    return after.text in _QUOTES and later.glued and later.lower == "s"


def _ends_in_letters(at: Setting) -> bool:
    """As in "22nd", "1990s", "5G", "1080p"; a fraction of a second may end in "s"."""
    after = at.after()
    if not at.bare:
        return after.lower in _ORDINALS and after.lower != "s"
    if after.text.isupper() and _is_code(at):
        return True
    if after.text == "p":
        return at.whole in _SCREEN_LINES
    return after.lower in _ORDINALS or after.text in _MODEL_LETTERS


def _is_code(at: Setting) -> bool:
    """Whether capitals written against the digits are no unit and no currency: the half of a postcode."""
    after, later = at.after(), at.after(1)
    if later.kind is Kind.NUMBER and later.glued:
        return True
    return len(after.text) > 1 and after.text not in SYMBOLS and after.text not in BY_CODE and after.lower not in WORDS


def is_noise(at: Setting) -> bool:
    """Telephone numbers, list markers, footnote marks, chains of hyphens."""
    if at.numeral.form is not Form.DIGITS:
        return False
    return _chain(at) or _list_marker(at)


def _chain(at: Setting) -> bool:
    """As in "555-0134", "1-800-555-0100", "2019-09-01", "+44 20 7946 0958"."""
    tokens, i = at.tokens, at.first
    digits = tokens[i].text
    if (
        digits.isdecimal()
        and digits[0] == "0"
        and len(digits) > 1
        and not (i and tokens[i].glued and tokens[i - 1].text == ".")
    ):
        return True  # 0134, 007
    if at.before().text == "+" and (at.after().kind is Kind.NUMBER or at.stop > i + 1):
        return True
    if not at.bare:
        return False
    parts, j = 1, i
    while (
        j + 2 < len(tokens)
        and parts < 4
        and tokens[j + 1].text in HYPHENS
        and tokens[j + 1].glued
        and _digits(tokens[j + 2])
    ):
        parts, j = parts + 1, j + 2
    back = i
    while (
        back >= 2
        and parts < 4
        and tokens[back - 1].text in HYPHENS
        and tokens[back].glued
        and tokens[back - 1].glued
        and _digits(tokens[back - 2])
    ):
        parts, back = parts + 1, back - 2
    if parts >= 3:
        return True
    return parts == 2 and len(tokens[back].text) == 3 and len(tokens[back + 2].text) == 4


def _digits(token: Token) -> bool:
    return token.kind is Kind.NUMBER and token.text.isdecimal()


def _list_marker(at: Setting) -> bool:
    """As in "1. Wash", "2) Rinse" at the start of a line; "[3]"."""
    before, after = at.before(), at.after()
    if before.text == "[" and after.text == "]":
        return True
    if not at.bare or len(at.tokens[at.first].text) > 2 or after.text not in {".", ")"} or not after.glued:
        return False
    start = at.tokens[at.first].start
    opens = at.first == 0 or "\n" in at.text[before.end : start]
    return opens and at.after(1).text != "" and not at.after(1).glued
