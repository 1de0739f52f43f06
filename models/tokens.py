"""Cuts a text into tokens once, for every finder of figures and dates to share."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What a token is made of."""

    WORD = 0
    NUMBER = 1
    SIGN = 2


class Token(NamedTuple):
    """A piece of text: ``text[start:end] == self.text`` in code points; ``lower`` is its lower case.

    ``glued`` is True where no white space stands between it and the token before.
    """

    text: str
    lower: str
    start: int
    end: int
    kind: Kind
    glued: bool


# Every alternative consumes at least one character and none backtracks into another, so the time is linear.
_TOKEN = re.compile(
    r"""
    (?P<number>\d+(?:[.,]\d+)*)                                  # 2,500  1.5  2021  1,000.25
  | (?P<word>
        (?:[A-Za-z]\.){2,}                                       # U.S.  a.m.
      | [^\W\d_]+(?:['’][^\W\d_]+)*                              # troops  year's  o’clock
    )
  | (?P<sign>[^\w\s]|_)
    """,
    re.VERBOSE,
)
_KINDS = {"number": Kind.NUMBER, "word": Kind.WORD, "sign": Kind.SIGN}


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut ``text[start:end]`` into tokens with offsets into the whole of ``text``. Linear in its length."""
    tokens = []
    last = -1
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        piece = match.group()
        begin, stop = match.span()
        kind = _KINDS[match.lastgroup or "sign"]
        tokens.append(Token(piece, piece.lower(), begin, stop, kind, begin == last))
        last = stop
    return tokens
