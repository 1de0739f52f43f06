"""Reads what bounds a number ("at least") and which way it moved ("rose by") from the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.api import Qualifier, Trend
from models.figures.bound_table import (
    AFTER,
    AFTER_STARTS,
    BEFORE,
    BEFORE_ENDS,
    LONGEST_AFTER,
    LONGEST_BEFORE,
    NOUN_TRENDS,
    STEP_FILLERS,
    TREND_NOUNS,
    TREND_WORDS,
)
from models.tokens import Token

_FILLERS: Final = frozenset(
    {"the", "a", "an", "another", "or", "as", "record", "only", "just", "by", "reported", "further"}
)
_MAX_FILLERS: Final = 2
_STEP_WINDOW: Final = 6


class Bound(NamedTuple):
    """A qualifier written in ``tokens[first:stop]``."""

    qualifier: Qualifier
    first: int
    stop: int


def bound_before(tokens: Sequence[Token], first: int) -> Bound | None:
    """The qualifier that ends right before token ``first``, or before a filler there ("more than a dozen")."""
    stop = first
    for _ in range(_MAX_FILLERS + 1):
        if stop < 1:
            return None
        if tokens[stop - 1].lower in BEFORE_ENDS:
            found = _phrase_before(tokens, stop)
            if found is not None:
                return found
        if tokens[stop - 1].lower not in _FILLERS:
            return None
        stop -= 1
    return None


def _phrase_before(tokens: Sequence[Token], stop: int) -> Bound | None:
    for size in range(min(LONGEST_BEFORE, stop), 0, -1):
        words = tuple(token.lower for token in tokens[stop - size : stop])
        qualifier = BEFORE.get(words)
        if qualifier is not None and not (size == 1 and _turned(tokens, stop - 1)):
            return Bound(qualifier, stop - size, stop)
    return None


def _turned(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words before change what a one-word bound means: "turned over 12 suspects", "all over 50 states"."""
    word, before = tokens[i].lower, tokens[i - 1].lower if i else ""
    if word in {"over", "under"}:
        return before in {
            "hand",
            "handed",
            "handing",
            "hands",
            "turn",
            "turned",
            "turning",
            "take",
            "took",
            "all",
            "taken",
            "spread",
            "down",
        }
    if word in {"around", "above", "below", "near", "beyond"}:
        return before in {"from", "all", "somewhere"} and word != "around"
    return False


def bound_after(tokens: Sequence[Token], stop: int) -> Bound | None:
    """The qualifier that begins at token ``stop``: "or more", "+", "at most"."""
    if stop >= len(tokens) or tokens[stop].lower not in AFTER_STARTS:
        return None
    for size in range(min(LONGEST_AFTER, len(tokens) - stop), 0, -1):
        words = tuple(token.lower for token in tokens[stop : stop + size])
        qualifier = AFTER.get(words)
        if qualifier is None or (words == ("+",) and not tokens[stop].glued):
            continue
        if (
            words == ("plus",)
            and not tokens[stop].glued
            and (stop + 1 >= len(tokens) or tokens[stop + 1].lower in {"a", "an", "the"})
        ):
            continue
        return Bound(qualifier, stop, stop + size)
    return None


def trend_before(tokens: Sequence[Token], first: int) -> Trend | None:
    """Which way the amount that begins at token ``first`` moved something, where a word right before it says so."""
    j = first - 1
    for _ in range(_STEP_WINDOW):
        if j < 0:
            return None
        word = tokens[j].lower
        trend = TREND_WORDS.get(word)
        if trend is not None and not _half_of_a_bound(tokens, j, first):
            return None if _other_sense(tokens, j, first) else trend
        if word == "of" and j and tokens[j - 1].lower in TREND_NOUNS:
            return NOUN_TRENDS[tokens[j - 1].lower]
        if word not in STEP_FILLERS and not word.endswith("ly"):
            return None
        j -= 1
    return None


def _half_of_a_bound(tokens: Sequence[Token], j: int, first: int) -> bool:
    """As in "up to 400": no movement."""
    return tokens[j].lower == "up" and j + 1 < first and tokens[j + 1].lower == "to"


def _other_sense(tokens: Sequence[Token], j: int, first: int) -> bool:
    """As in "lost 12 men" and "adds two rooms" count things; "the lower 48 states" moves nothing; "cut the 5 %" names it."""
    word = tokens[j].lower
    before = tokens[j - 1].lower if j else ""
    if word in {"higher", "lower"}:
        return before in {"the", "a", "at"} or (j + 1 < first and tokens[j + 1].lower == "than")
    return word in {"up", "down"} and before in {
        "set",
        "made",
        "make",
        "makes",
        "making",
        "put",
        "picked",
        "gave",
        "shut",
        "shot",
    }
