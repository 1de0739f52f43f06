"""What follows a number: its complements, cut where one of them ends."""

from __future__ import annotations

from typing import Final

from models.figures.label_spot import NUMBER_WORDS, Spot
from models.figures.label_table import (
    AUXILIARIES,
    DETERMINERS,
    ORDINALS,
    PREPOSITIONS,
    PRONOUNS,
    TAIL_STARTS,
    TAIL_STOPS,
    TIME_WORDS,
)
from models.figures.label_verbs import is_verb
from models.tokens import Kind

_SETTLEMENTS: Final = frozenset(
    {"town", "city", "village", "island", "district", "province", "port", "suburb", "state"}
)
_HOLDING: Final = frozenset({"believe", "believes", "think", "thinks", "say", "says", "said"})
_LONGEST_TAIL: Final = 7


def shortened(spot: Spot, words: range, longest: int) -> range:
    """A phrase cut where one of its complements begins, if it is too long."""
    while len(words) > longest:
        ends = (k for k in range(words[-1], words[0], -1) if spot.lower(k) in PREPOSITIONS)
        cut = next((k for k in ends if spot.lower(k - 1) not in _SETTLEMENTS), None)
        if cut is None:
            return words[-longest:]
        words = range(words[0], cut)
    return words


def tail_of(spot: Spot, begin: int | None = None, *, longest: int = _LONGEST_TAIL) -> range:
    """The complements behind a number: "in Iraq", "of households"; empty where none follow."""
    begin = spot.stop if begin is None else begin
    begin += spot.lower(begin) in {"still", "now"} and spot.lower(begin + 1) in {"at", "in"}
    if spot.lower(begin) not in TAIL_STARTS:
        return range(begin, begin)
    k = begin
    stop = begin + longest + 3
    while k < min(spot.place.last, stop):
        stop += spot.compound(k)
        word = spot.lower(k)
        token = spot.place.scene.tokens[k]
        if (
            (spot.sign(k) and not _enumerates(spot, k))
            or (spot.timed(k) and not spot.compound(k))
            or (token.kind is Kind.NUMBER and not spot.compound(k))
            or (word in NUMBER_WORDS and word != "one")
            or word in PRONOUNS - {"one", "all", "other"}
            or (word in TAIL_STOPS and not (word == "and" and _joins_nouns(spot, k)))
            or (k > begin + 1 and (is_verb(spot.place, k) or word in _HOLDING))
        ):
            break
        k += 1
    while k > begin and spot.lower(k - 1) in PREPOSITIONS | DETERMINERS | ORDINALS | {"and", "or", "“", '"', "'"}:
        k -= 1
    words = range(begin, k)
    words = shortened(spot, words, longest + sum(spot.compound(j) for j in words))
    last = next((j for j in reversed(words) if spot.lower(j) in PREPOSITIONS), begin)
    if any(spot.lower(j) in TIME_WORDS and not spot.compound(j) for j in range(last, words.stop)):
        words = range(begin, last)
    return words if len(words) > 1 else range(begin, begin)


def _enumerates(spot: Spot, k: int) -> bool:
    """Whether a comma stands in a list of nouns: "on barracks, ranges and housing"."""
    if spot.lower(k) != "," or not spot.lower(k - 1).isalpha():
        return False
    return spot.lower(k + 1).isalpha() and spot.lower(k + 2) == "and" and _joins_nouns(spot, k + 2)


def _joins_nouns(spot: Spot, k: int) -> bool:
    """Whether "and" at a token joins two nouns of one phrase."""
    following, after = spot.lower(k + 1), spot.lower(k + 2)
    if following in DETERMINERS | PREPOSITIONS | AUXILIARIES | PRONOUNS | TAIL_STOPS or is_verb(spot.place, k + 1):
        return False
    if not following.isalpha() or spot.timed(k + 1) or following in NUMBER_WORDS:
        return False
    return after not in AUXILIARIES and not (k + 2 < spot.place.last and is_verb(spot.place, k + 2))
