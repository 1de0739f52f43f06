"""Says what rose or fell by a number: "rise in consumer prices in Argentina"."""

from __future__ import annotations

from typing import Final

from models.api import Trend
from models.figures.key_speaker import speaker_of
from models.figures.key_words import UNIT_NOUNS
from models.figures.label_clause import first_phrase, subject_of, verb_before
from models.figures.label_parts import Part, Role, measured, owned, the, thing_text
from models.figures.label_spot import Spot
from models.figures.label_table import STEP_NOUNS
from models.figures.label_tails import tail_of
from models.figures.label_verb_table import DOWN, MOVING, UP
from models.figures.label_verbs import base_of
from models.figures.plurals import is_plural
from models.figures.quantity import QuantityKind
from models.figures.quantity import Role as Way

_TRENDS: Final = {Trend.UP: "rise in", Trend.DOWN: "fall in"}
_GROWTH: Final = frozenset({"grow", "expand"})
_LEVERS: Final = frozenset({"to", "at", "from", "below", "above"})
_LONGEST: Final = 12
_PAYING: Final = frozenset({"lose", "gain"})


def moved(spot: Spot, part: Part) -> str:
    """What rose or fell by the number; empty where the number is no step."""
    trend = _trend(spot, part)
    if trend is None or (part.role is Role.AFTER and spot.lower(part.word) in _LEVERS) or _paying(spot, part):
        return ""
    stepped = part.role is Role.AFTER and spot.lower(part.word) == "of" and spot.lower(part.word - 1) in STEP_NOUNS
    if stepped:
        verb = verb_before(spot, part.word - 2)
        thing = subject_of(spot, verb) if verb is not None else None
        noun = STEP_NOUNS[spot.lower(part.word - 1)]
    else:
        thing = measured(spot, part)
        verb = part.verb if part.verb is not None else verb_before(spot, part.word - 1)
        grown = verb is not None and base_of(spot.lower(verb)) in _GROWTH
        noun = "growth of" if grown else _TRENDS[trend]
    tail = spot.text(tail_of(spot))
    if tail.startswith("of "):
        owner = spot.text(thing) if thing is not None else ""
        return f"{noun} {owned(owner, tail.removeprefix('of ').removeprefix('its '))}"
    if thing is None:
        return ""
    text = thing_text(spot, part, thing)
    return demanded(spot, f"{noun} {whole(spot, thing) if text == spot.text(thing) else text}")


def whole(spot: Spot, words: range) -> str:
    """A phrase with the article it has before a single thing: "the economy", and "food prices" without one."""
    text = spot.text(words)
    article = "the" in {spot.lower(words.start - 1), spot.lower(words.start)}
    return f"the {text}" if article and text and len(text.split()) == 1 and not is_plural(text) else text


def demanded(spot: Spot, label: str) -> str:
    """A step that somebody makes a condition: "rise in wages demanded by rail unions"."""
    before = {spot.lower(k) for k in range(spot.place.first, spot.head + 1)}
    if not ("unless" in before or ({"if", "not"} <= before and before & {"strike", "stop", "walk"})):
        return label
    who = speaker_of(spot.place) or first_phrase(spot)
    longer = f"{label} demanded by {the(who)}"
    return longer if who and len(longer.split()) <= _LONGEST else label


def _paying(spot: Spot, part: Part) -> bool:
    """Whether a sum went from hand to hand, and nothing moved by it: "lost 420 million euros"."""
    if spot.place.quantity.kind is not QuantityKind.MONEY or part.verb is None:
        return False
    return base_of(spot.lower(part.verb)) not in MOVING - _PAYING


def _trend(spot: Spot, part: Part) -> Trend | None:
    """Which way the number says that something moved."""
    quantity = spot.place.quantity
    if quantity.role is Way.STEP and quantity.trend is not None:
        return quantity.trend
    if spot.lower(spot.stop) in {"lower", "higher"}:
        return Trend.DOWN if spot.lower(spot.stop) == "lower" else Trend.UP
    listed = part.role is Role.OBJECT and spot.lower(spot.head) == "and"
    alone = part.role is Role.ALONE and spot.lower(part.word) != ","
    if quantity.kind is QuantityKind.PERCENT and (alone or listed):
        verb = verb_before(spot, part.word)
        base = base_of(spot.lower(verb)) if verb is not None else ""
        return Trend.UP if base in UP else Trend.DOWN if base in DOWN else None
    return None


def noun_ahead(spot: Spot) -> str:
    """The noun phrase that follows a sum, a share or a measure, if it has one."""
    span = spot.place.quantity.noun_span
    if span is None or spot.place.quantity.noun in UNIT_NOUNS:
        return ""
    scene = spot.place.scene
    return spot.text(range(scene.first(span.start), scene.first(span.end)))
