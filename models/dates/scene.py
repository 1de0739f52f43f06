"""A text made ready for the grammar: its tokens, the string of their classes, and what was mentioned so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.dates.tables import CAPITALISED, OTHER, SIGNS, WORDS
from models.tokens import Kind, Token

_GLUED_ONLY = frozenset("hs")
_POSSESSIVE = ("'s", "’s")
_POSSESSIVE_OF = {"u": "y", "q": "y"}
_CAN_POSSESS = frozenset("WMuqSpXjdkV")


def _number_class(text: str) -> str:
    if not text.isascii():
        return OTHER
    if len(text) == 4 and "1000" <= text <= "2199" and text.isdigit():
        return "Y"
    if len(text) <= 2 and text.isdigit() and 1 <= int(text) <= 31:
        return "D"
    return "@" if len(text) <= 10 and text.count(".") == 2 else "N"


def _word_class(token: Token) -> str:
    lower = token.lower
    letter = WORDS.get(lower)
    if letter is None:
        if not lower.endswith(_POSSESSIVE):
            return OTHER
        letter = WORDS.get(lower[:-2], OTHER)
        if letter not in _CAN_POSSESS:
            return OTHER
        letter = _POSSESSIVE_OF.get(letter, letter)
    if letter in CAPITALISED and not token.text[0].isupper():
        return OTHER
    if letter in _GLUED_ONLY and not token.glued:
        return OTHER
    return letter


def classify(tokens: Sequence[Token]) -> str:
    """One letter a token; see ``tables.WORDS``, and Y, D, N for a year, a small whole number, another number."""
    letters = []
    known: dict[str, str] = {}
    for token in tokens:
        kind = token.kind
        if kind is Kind.WORD:
            text = token.text
            letter = known.get(text)
            if letter is None:
                letter = _word_class(token)
                if letter not in _GLUED_ONLY and text not in _GLUED_ONLY:
                    known[text] = letter
        elif kind is Kind.NUMBER:
            letter = _number_class(token.text)
        else:
            letter = SIGNS.get(token.text, OTHER)
        letters.append(letter)
    return "".join(letters)


@dataclass(slots=True)
class Memory:
    """What the text spoke of last, for "that year", "the following month", "a year earlier"."""

    quarter: tuple[int, int, int] | None = None
    """Year, quarter, index of the token."""
    months: int | None = None
    """Index of the token of "nine months", "six months" whose result is being told."""
    year: int | None = None
    day: date | None = None
    month: date | None = None
    end: int = -1
    """Index behind the last day mentioned."""


@dataclass(slots=True)
class Scene:
    """A text under examination."""

    text: str
    tokens: Sequence[Token]
    classes: str
    reference: date
    memory: Memory = field(default_factory=Memory)

    def lower(self, index: int) -> str:
        """The token at an index in lower case with straight apostrophes; empty beyond either end."""
        if 0 <= index < len(self.tokens):
            return self.tokens[index].lower.replace("’", "'")
        return ""

    def text_of(self, index: int) -> str:
        """The token at an index as printed; empty beyond either end."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def letter(self, index: int) -> str:
        """The class of the token at an index; empty beyond either end."""
        return self.classes[index] if 0 <= index < len(self.classes) else ""
