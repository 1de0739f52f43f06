"""Labels of counted people and things that stand behind a preposition: "people given a first dose", "exchange of hostages"."""

from __future__ import annotations

from typing import Final

from models.figures.key_harm import is_people
from models.figures.key_words import word_set
from models.figures.label_clause import subject_of, verb_before
from models.figures.label_parts import Part, Role, extended, named
from models.figures.label_spot import Spot
from models.figures.label_table import DETERMINERS
from models.figures.label_tails import tail_of
from models.figures.label_verbs import base_of, participle
from models.tokens import Kind

_DEEDS: Final = word_set("""
    exchange release loss arrest detention deployment delivery sale purchase transfer return evacuation expulsion
    resettlement hiring recall withdrawal dismissal recruitment construction destruction closure cancellation import export
""")
_GIVING: Final = frozenset({"give", "grant", "offer", "promise"})
_BEING: Final = frozenset({"is", "are", "was", "were", "been", "be", "being"})
_VOTES: Final = frozenset({"vote", "votes"})
_PASSING: Final = frozenset({"pass", "approve", "adopt", "back", "ratify", "accept", "renew", "elect", "confirm"})
_REJECTING: Final = frozenset({"reject", "defeat", "block"})
_FAR: Final = 24
_LONGEST_OBJECT: Final = 10
_LONGEST_SUBJECT: Final = 5


def linked(spot: Spot, noun: str, part: Part) -> str:
    """What is counted, with the deed or the gift that the preposition before it ties it to; empty for other ties."""
    ballot = _ballot(spot)
    if ballot:
        return ballot
    if part.role is not Role.AFTER or not noun:
        return ""
    word = spot.lower(part.word)
    if word == "of":
        return _deed(spot, noun, part.word)
    if word == "to":
        return _gift(spot, noun, part.word)
    return _doer(spot, noun, part.word) if word == "by" else ""


def _deed(spot: Spot, noun: str, preposition: int) -> str:
    """What was done to the counted: "exchange of hostages for prisoners"."""
    deed = spot.lower(preposition - 1)
    if deed not in _DEEDS:
        return ""
    return f"{deed} of {noun} {spot.text(tail_of(spot, extended(spot)))}".strip()


def _gift(spot: Spot, noun: str, preposition: int) -> str:
    """What the counted were given: "people given a first dose of a vaccine"."""
    verb = verb_before(spot, preposition - 1)
    if verb is None or base_of(spot.lower(verb)) not in _GIVING or spot.lower(verb - 1) in _BEING:
        return ""
    words = range(verb + 1, preposition)
    tokens = spot.place.scene.tokens
    counted = any(tokens[k].kind is Kind.NUMBER and not tokens[k].glued for k in words)
    if not 0 < len(words) <= _LONGEST_OBJECT or counted or any(spot.sign(k) or spot.timed(k) for k in words):
        return ""
    given = spot.text(words)
    mark = spot.lower(words[0])
    article = f"{mark} " if mark in DETERMINERS & {"a", "an", "the"} else ""
    return f"{noun} {participle(spot.lower(verb))} {article}{given}" if given else ""


def _doer(spot: Spot, noun: str, preposition: int) -> str:
    """What the counted did, told in the passive: watched by them, it is "people who watched the ceremony"."""
    verb = preposition - 1
    done = spot.lower(verb)
    if not done.endswith("ed") or spot.lower(verb - 1) not in _BEING or not is_people(spot.place.quantity.noun or ""):
        return ""
    words = subject_of(spot, verb)
    if words is None or not 0 < len(words) <= _LONGEST_SUBJECT:
        return ""
    what = spot.text(words)
    mark = "" if named(what) or what[:1].isupper() or spot.lower(words[0] - 1) not in DETERMINERS else "the "
    return f"{noun} who {done} {mark}{what}" if what else ""


def _ballot(spot: Spot) -> str:
    """What votes were cast for or against: "passed the budget by 74 votes to 66", "74 in favour and 66 against"."""
    scene = spot.place.scene
    near = {scene.lower(k) for k in range(spot.start - 4, spot.stop + 4)}
    if not near & _VOTES:
        return ""
    k = spot.head
    second = spot.lower(k) in {"to", "and"} and spot.lower(k - 1) in _VOTES | {"favour", "favor", "against"}
    verb = next(
        (
            j
            for j in range(k, max(spot.place.first, k - _FAR) - 1, -1)
            if base_of(spot.lower(j)) in _PASSING | _REJECTING
        ),
        None,
    )
    lead = next((j for j in range(verb or k, spot.start) if spot.lower(j) in {"by", "with"}), None)
    if verb is None or lead is None or (spot.lower(k) not in {"by", "with"} and not second):
        return ""
    what = [j for j in range(verb + 1, lead) if not spot.timed(j)]
    text = spot.text(what) if 0 < len(what) <= _LONGEST_OBJECT else ""
    text = text.removesuffix(" for")
    following = spot.lower(spot.stop)
    favour = base_of(spot.lower(verb)) in _PASSING
    side = "against" if following == "against" or (second and favour) or (not second and not favour) else "for"
    mark = "the " if text and spot.lower(verb + 1) == "the" and not named(text) else ""
    return f"votes {side} {mark}{text}" if text else ""
