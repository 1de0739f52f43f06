"""Cuts the clause before a number into whole phrases: the verb, its subject, the noun phrase that ends at a word."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import is_name
from models.figures.label_spot import Spot
from models.figures.label_table import ADVERBS, AUXILIARIES, DETERMINERS, HARD, PREPOSITIONS, RELATIVES, SAYING, SPEECH
from models.figures.label_tails import shortened
from models.figures.label_verbs import is_verb

_LONGEST_NOUN: Final = 7
_REACH: Final = 40
_READY: Final = frozenset({"due", "ready", "likely", "set", "able"})
_LONGEST_NAME: Final = 4
_ASIDE: Final = 16


def verb_before(spot: Spot, k: int) -> int | None:
    """The nearest verb, or form of "be" and "have" that stands alone, at or before token ``k`` in its clause."""
    for j in range(k, max(spot.place.first, k - _REACH) - 1, -1):
        if spot.lower(j) in SAYING:
            return None
        if is_verb(spot.place, j):
            return j
        word = spot.lower(j)
        if word in AUXILIARIES:
            return j
        if spot.place.breaks(j) or word in HARD or word in SPEECH:
            return None
    return None


def subject_of(spot: Spot, verb: int) -> range | None:
    """The phrase that is the subject of the verb at a token; None where it is a pronoun or not to be found."""
    k = _past_helpers(spot, verb - 1)
    word = spot.lower(k)
    if k < spot.place.first:
        return None
    if word in {"and", "or", "before", "after", "while"}:
        earlier = _verb_left(spot, k - 1)
        return None if earlier is None else subject_of(spot, earlier)
    if word in RELATIVES:
        end = k - 2 if spot.lower(k - 1) == "," else k - 1
        while spot.timed(end) and end > spot.place.first:
            end -= 1 + (spot.lower(end - 1) == "on")
        return _antecedent(spot, end)
    return _past_aside(spot, k) if word == "," else noun_back(spot, k)


def _past_helpers(spot: Spot, k: int) -> int:
    """The last token before a verb that is no auxiliary, no adverb, no "plans to"."""
    while k >= spot.place.first:
        word = spot.lower(k)
        adverb = word.endswith("ly") and not is_name(spot.place.scene.tokens[k])
        if word == "to":
            k -= 2 if is_verb(spot.place, k - 1) or spot.lower(k - 1) in _READY else 1
        elif word in AUXILIARIES or word in ADVERBS or adverb or spot.timed(k):
            k -= 1
        else:
            break
    return k


def _past_aside(spot: Spot, k: int) -> range | None:
    """The subject before an aside that ends at token ``k``; a name in apposition stands for it."""
    low = max(spot.place.first, k - _ASIDE)
    opened = next((j for j in range(k - 1, low - 1, -1) if spot.lower(j) == ","), None)
    if opened is None or opened <= spot.place.first:
        earlier = _verb_left(spot, k - 1)
        return None if earlier is None else subject_of(spot, earlier)
    name = range(opened + 1, k)
    if 2 <= len(name) <= _LONGEST_NAME and all(is_name(spot.place.scene.tokens[j]) for j in name):
        return name
    return noun_back(spot, opened - 1)


def _antecedent(spot: Spot, end: int) -> range | None:
    """What "which" stands for: "the stadium in Malang, which"."""
    core = core_back(spot, end)
    if core is None or spot.lower(core.start - 1) != "in" or not is_name(spot.place.scene.tokens[core.start]):
        return core
    longer = core_back(spot, core.start - 2)
    return core if longer is None else range(longer.start, core.stop)


def _verb_left(spot: Spot, k: int) -> int | None:
    for j in range(k, max(spot.place.first, k - _REACH) - 1, -1):
        if is_verb(spot.place, j) or spot.lower(j) in AUXILIARIES:
            return j
        if spot.place.breaks(j) or spot.lower(j) in HARD:
            return None
    return None


def first_phrase(spot: Spot) -> str:
    """The subject that the sentence begins with, as text; empty where it is a pronoun."""
    low = spot.place.first
    verb = next(
        (k for k in range(low + 1, spot.head + 1) if spot.lower(k) in AUXILIARIES or is_verb(spot.place, k)), None
    )
    if verb is None or spot.lower(verb) in SAYING:
        return ""
    words = subject_of(spot, verb)
    return spot.text(words) if words is not None else ""


def noun_back(spot: Spot, end: int) -> range | None:
    """The noun phrase, with what depends on it, that ends at token ``end``; None for a pronoun."""
    low = spot.place.first
    begin = end + 1
    while begin > low:
        k = begin - 1
        word = spot.lower(k)
        if (
            spot.sign(k)
            or word in HARD
            or (word in SPEECH and spot.lower(k - 1) not in PREPOSITIONS | DETERMINERS)
            or word in RELATIVES
            or word in AUXILIARIES | {"percent", "cent"}
            or (spot.timed(k) and not _tied(spot, k))
            or (is_verb(spot.place, k) and not (word.endswith("ed") and spot.lower(k + 1) == "by"))
        ):
            break
        begin = k
    begin = _past_opening(spot, begin, end + 1)
    while begin <= end and spot.lower(begin) in DETERMINERS | {"and", "or", "both", "about", "some", "more"} | ADVERBS:
        if spot.place.scene.tokens[min(begin + 1, end)].text in "-‐‑":
            break
        begin += 1
    words = range(begin, end + 1)
    if not words or (len(words) == 1 and spot.pronoun(begin)):
        return None
    return shortened(spot, words, _LONGEST_NOUN)


def core_back(spot: Spot, end: int) -> range | None:
    """The noun phrase that ends at token ``end``, back to its determiner or to a preposition other than "of"."""
    begin = end + 1
    while begin > spot.place.first:
        word = spot.lower(begin - 1)
        stops = word in DETERMINERS | HARD | SPEECH | AUXILIARIES | {"and", "or"} or word in PREPOSITIONS - {"of"}
        if stops or spot.sign(begin - 1) or spot.timed(begin - 1) or is_verb(spot.place, begin - 1):
            break
        begin -= 1
    while begin <= end and spot.lower(begin) == "of":
        begin += 1
    words = range(begin, end + 1)
    return words if words and not spot.pronoun(end) else None


def _tied(spot: Spot, k: int) -> bool:
    """Whether a token is part of a compound before its noun, or an adjective of time: "two-year", "hourly"."""
    tokens = spot.place.scene.tokens
    near = (tokens[k], tokens[k - 1], tokens[min(k + 1, len(tokens) - 1)])
    return any(token.text in "-‐‑" for token in near) or tokens[k].lower.endswith("ly")


def _past_opening(spot: Spot, begin: int, stop: int) -> int:
    """Past "In the last election" before "the governing party"."""
    if spot.lower(begin) not in PREPOSITIONS:
        return begin
    inner = [k for k in range(begin + 2, stop) if spot.lower(k) in DETERMINERS]
    if inner:
        return inner[0]
    return min(begin + 3, stop) if spot.lower(begin + 1) in DETERMINERS else stop
