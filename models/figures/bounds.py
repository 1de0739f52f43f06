"""Reads what bounds a number ("at least", "or more") from the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.api import Qualifier
from models.figures.bound_table import (
    AFTER,
    AFTER_STARTS,
    BEFORE,
    BEFORE_ENDS,
    LONGEST_AFTER,
    LONGEST_BEFORE,
    OTHER_OVERS,
)
from models.figures.wordlist import words
from models.tokens import Token

_FILLERS: Final = frozenset(
    {"the", "a", "an", "another", "or", "as", "record", "only", "just", "by", "reported", "further"}
)
_MAX_FILLERS: Final = 2
_DENIED: Final = {Qualifier.LESS_THAN: Qualifier.AT_LEAST, Qualifier.MORE_THAN: Qualifier.UP_TO}
_MOVES_PAST: Final = words(
    """be been fall fallen drop dropped dip dipped sink sunk slip slipped decline go gone get rise risen climb climbed move moved
    trade traded sell sold pay paid cost cut come stay"""
)
"""Verbs before "below", "above" and the like, which a denial turns round."""


class Bound(NamedTuple):
    """A qualifier written in ``tokens[first:stop]``."""

    qualifier: Qualifier
    first: int
    stop: int


def bound_before(tokens: Sequence[Token], first: int) -> Bound | None:
    """The qualifier that ends right before token ``first``, or before a filler there ("more than a dozen")."""
    stop = _past_age(tokens, first)
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


def _past_age(tokens: Sequence[Token], first: int) -> int:
    """Before "the age of", which may stand between a bound and its number."""
    if first >= 3 and tokens[first - 1].lower == "of" and tokens[first - 2].lower in {"age", "ages"}:
        return first - 2
    return first


def _phrase_before(tokens: Sequence[Token], stop: int) -> Bound | None:
    for size in range(min(LONGEST_BEFORE, stop), 0, -1):
        words = tuple(token.lower for token in tokens[stop - size : stop])
        qualifier = BEFORE.get(words)
        if qualifier is not None and not (size == 1 and _turned(tokens, stop - 1)):
            denied = _DENIED.get(qualifier) if size == 1 and _is_denied(tokens, stop - 1) else None
            return Bound(denied or qualifier, stop - size, stop)
    return None


def _is_denied(tokens: Sequence[Token], i: int) -> bool:
    """Whether what moves past a bound does not: "must not fall below", "cannot rise above"."""
    return i > 0 and tokens[i - 1].lower in _MOVES_PAST and denied(tokens, i - 1)


def denied(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb is denied by one of the two words before it."""
    return any(
        token.lower in {"not", "never", "cannot"} or token.lower.endswith(("n't", "n’t"))
        for token in tokens[max(0, verb - 2) : verb]
    )


def _turned(tokens: Sequence[Token], i: int) -> bool:
    """Whether the words before change what a one-word bound means: "turned over 12 suspects", "all over 50 states"."""
    word, before = tokens[i].lower, tokens[i - 1].lower if i else ""
    if word in {"over", "under"}:
        return before in OTHER_OVERS
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
        if (
            qualifier is None
            or (words == ("+",) and not tokens[stop].glued)
            or (not tokens[stop].text.islower() and tokens[stop].text.isalpha())
        ):
            continue
        if (
            words == ("plus",)
            and not tokens[stop].glued
            and stop + 1 < len(tokens)
            and tokens[stop + 1].text[:1].isalpha()  # a cash bonus of £689,000 plus perks
        ):
            continue
        return Bound(qualifier, stop, stop + size)
    return None
