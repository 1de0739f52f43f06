"""Labels of percentages: what has this rate, whose share it is, who won it."""

from __future__ import annotations

from typing import Final

from models.figures.key_topic import Topic
from models.figures.label_clause import noun_back, verb_before
from models.figures.label_money import after_preposition
from models.figures.label_moves import moved, noun_ahead
from models.figures.label_parts import Part, Role, agent, done, measured, moving
from models.figures.label_spot import Spot
from models.figures.label_table import ADVERBS, DETERMINERS, PREPOSITIONS, VOTING
from models.figures.label_tails import tail_of
from models.figures.label_verb_table import LEVEL_VERBS, MOVING
from models.figures.label_verbs import base_of, is_verb
from models.figures.lexicon import STOP

_COMPARED: Final = frozenset({"higher", "lower", "more", "less", "up", "down", "cheaper", "fewer"})
_WINNING: Final = frozenset(
    {"have", "win", "take", "draw", "get", "poll", "receive", "secure", "garner", "score", "fall", "rise"}
)
_NO_WINNERS: Final = ("turnout", "participation", "share", "people", "those")
_SAID: Final = {
    "demand": "demand of",
    "want": "demand of",
    "offer": "offer of",
    "recommend": "level recommended by",
}
_LONG_AGENT: Final = 7
_LONGEST: Final = 10


def share_label(spot: Spot, part: Part, topic: Topic) -> str:
    """The label of a percentage."""
    tail = spot.text(tail_of(spot))
    lever = part.role is Role.AFTER and spot.lower(part.word) == "to"
    label = ("" if lever else moved(spot, part)) or _vote(spot, part, tail, topic)
    if label:
        return label
    inside = _ahead(spot) if part.role is Role.AFTER and not tail.startswith("of ") else ""
    if inside:
        return inside
    if part.role is Role.AFTER:
        shared = tail.startswith("of ") and (lever or not moving(spot, part))
        return f"share {tail}" if shared else after_preposition(spot, part, "")
    if tail.startswith("of "):
        return _share(spot, part, tail)
    return _noun(spot, part, tail) or _held(spot, part) or tail


def _noun(spot: Spot, part: Part, tail: str) -> str:
    """A percentage before its noun: "the central bank's 2% target"."""
    noun = noun_ahead(spot) or _ahead(spot)
    if not noun or part.role is Role.BESIDE:
        return ""
    owner = noun_back(spot, part.word) if spot.lower(part.word).endswith(("'s", "’s")) else None
    return " ".join(filter(None, (spot.text(owner) if owner is not None else "", noun, tail)))


def _held(spot: Spot, part: Part) -> str:
    """A percentage that something stands at, or that somebody wants."""
    if part.role in {Role.OBJECT, Role.OWNED} and part.verb is not None:
        base = base_of(spot.lower(part.verb))
        by = agent(spot, part.verb, _LONG_AGENT)
        return f"{_SAID[base]} {by}" if base in _SAID and by else by
    words = measured(spot, part) if part.role in {Role.ALONE, Role.BESIDE} else None
    return spot.text(words) if words is not None else ""


def _ahead(spot: Spot) -> str:
    """The noun behind a percentage that stands before it: "a 57% chance"."""
    word = spot.lower(spot.stop)
    before = spot.lower(spot.start - 1)
    closed = spot.lower(spot.stop + 1) in {",", ".", "and", "in", ""}
    if (
        before not in DETERMINERS
        and not before.endswith(("'s", "’s"))
        and (not closed or word in ADVERBS | PREPOSITIONS)
    ):
        return ""
    plain = word.isalpha() and word not in STOP and word not in _COMPARED and not is_verb(spot.place, spot.stop)
    if not plain:
        return ""
    return f"{word} {spot.text(tail_of(spot, spot.stop + 1))}".strip()


def _vote(spot: Spot, part: Part, tail: str, topic: Topic) -> str:
    """A share of the vote: "Antonio Freire, share of the vote"."""
    words = set(tail.lower().split())
    voted = words & {"vote", "votes"} if tail else VOTING & {*topic.event.lower().split(), *spot.place.scene.lead_words}
    if not voted or (tail and not tail.startswith("of ")):
        return ""
    word = spot.lower(part.word) if part.role is Role.AFTER else ""
    if part.role in {Role.SUBJECT, Role.BESIDE} or (word and word != "with" and (tail or word != "to")):
        return ""
    by = _winner(spot, part)
    winning = part.verb is None or (part.word == part.verb and base_of(spot.lower(part.verb)) in _WINNING)
    if not by or by.lower().endswith(_NO_WINNERS) or (not tail and not winning):
        return "" if by or not tail else f"share {tail}"
    return f"{by}, share of the vote"


def _winner(spot: Spot, part: Part) -> str:
    if part.role is Role.ALONE:
        found = measured(spot, part)
        return spot.text(found) if found is not None else ""
    verb = part.verb if part.verb is not None else verb_before(spot, spot.head - 1)
    by = agent(spot, verb, _LONG_AGENT)
    if by or part.role is not Role.AFTER:
        return by
    found = noun_back(spot, part.word - 1 - (spot.lower(part.word - 1) == ","))
    return spot.text(found) if found is not None else ""


def _share(spot: Spot, part: Part, tail: str) -> str:
    """A part of a whole: "shares held by the government", "share of households"."""
    if part.role is not Role.OBJECT or part.verb is None:
        return f"share {tail}"
    by = agent(spot, part.verb)
    if base_of(spot.lower(part.verb)) in MOVING | LEVEL_VERBS:
        return by or f"share {tail}"
    whole = f"share {tail}"
    if tail.rsplit(maxsplit=1)[-1].startswith("share"):
        whole = tail.removeprefix("of ").removeprefix("the ").removeprefix("its ")
    action = done(spot, part)
    label = f"{whole} {action}".strip()
    return f"{label} by {by}" if by and action and len(label.split()) + len(by.split()) < _LONGEST else label
