"""Labels of measures and spans of time: how high, how far, how long."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind
from models.figures.key_kind import Sort
from models.figures.label_clause import core_back, subject_of, verb_before
from models.figures.label_money import after_preposition
from models.figures.label_moves import moved, noun_ahead
from models.figures.label_parts import Part, Role, agent, done, measured
from models.figures.label_spot import Spot
from models.figures.label_table import DISTANCES, PREPOSITIONS, SIZES
from models.figures.label_tails import tail_of
from models.figures.label_verb_table import LEVEL_VERBS, MOVING
from models.figures.label_verbs import base_of, is_verb
from models.figures.lexicon import STOP

_QUAKES: Final = frozenset({"earthquake", "quake", "tremor", "aftershock"})
_LENGTHS: Final = frozenset({"kilometre", "metre", "mile"})
_SPANS: Final = frozenset({"after", "since", "before", "until"})
_AHEAD: Final = frozenset({"will", "must", "is", "are", "would"})
_LONG_AGENT: Final = 7
_LONGEST: Final = 10
_CLAUSE: Final = 9


def measure_label(spot: Spot, sort: Sort, part: Part) -> str:
    """The label of a measure or of a span of time."""
    if sort.unit == "magnitude":
        return _magnitude(spot)
    if sort.kind is FigureKind.DURATION:
        return _duration(spot, part)
    tail = spot.text(tail_of(spot))
    if tail.startswith(("from ", "to ")) and sort.unit in _LENGTHS:
        return f"distance {tail}"
    return moved(spot, part) or _sized(spot, part) or _by_role(spot, sort, part, tail)


def _sized(spot: Spot, part: Part) -> str:
    """A measure with its adjective: "2.4 metres high" is a height."""
    size = SIZES.get(spot.lower(spot.stop), "")
    thing = core_back(spot, spot.head - (spot.lower(spot.head) == ",")) if size else None
    if thing is None or part.role not in {Role.ALONE, Role.BESIDE}:
        return size
    mark = "the " if spot.lower(thing.start - 1) in {"the", "a", "an", "its"} else ""
    return f"{size} of {mark}{spot.text(thing)}"


def _by_role(spot: Spot, sort: Sort, part: Part, tail: str) -> str:
    noun = noun_ahead(spot)
    if part.role is Role.OBJECT:
        return _object(spot, sort, part, noun, tail)
    if part.role is Role.AFTER and spot.lower(part.word) in {"of", "with"}:
        thing = core_back(spot, part.word - 1)
        if thing is not None:
            return spot.text(thing)
    if noun or (tail and part.role is not Role.AFTER):
        return f"{noun} {tail}".strip().removeprefix("of ")
    if part.role is Role.AFTER:
        return after_preposition(spot, part, tail)
    words = measured(spot, part)
    return spot.text(words) if words is not None else ""


def _object(spot: Spot, sort: Sort, part: Part, noun: str, tail: str) -> str:
    verb = part.verb if part.verb is not None else part.word
    by = agent(spot, verb, _LONG_AGENT)
    base = base_of(spot.lower(verb))
    if base == "weigh" and by:
        return f"weight of {by}"
    if base in LEVEL_VERBS | MOVING:
        return by or tail
    thing = f"{noun} {tail}".strip().removeprefix("of ") if noun or tail.startswith("of ") else ""
    action = done(spot, part)
    if thing:
        return _acted(thing, action, by)
    kind = DISTANCES.get(sort.unit or "", "")
    return f"{kind} {action} by {by}" if kind == "area" and by and action else by


def _acted(thing: str, action: str, by: str) -> str:
    """A mass with what was done to it before where it went: "grain carried through the corridor by ships"."""
    words = thing.split()
    cut = next((k for k, word in enumerate(words) if k and word in PREPOSITIONS - {"of"}), len(words))
    label = " ".join(filter(None, (*words[:cut], action, *words[cut:])))
    fits = by and action and len(label.split()) + len(by.split()) < _LONGEST - 1
    return f"{label} by {by}" if fits else label


def _duration(spot: Spot, part: Part) -> str:
    """What lasts so long, or what a span of time leads from: "time after the last patient left hospital"."""
    if spot.lower(spot.stop) in _SPANS:
        return _span(spot)
    if any(sign in spot.place.quantity.surface for sign in "-‐‑"):
        return _tied(spot)
    until = _until(spot, part)
    if until:
        return until
    word = spot.lower(part.word)
    thing = core_back(spot, part.word - 1) if part.role is Role.AFTER and word == "of" else None
    if thing is not None:
        return f"length of the {spot.text(thing)}"
    tail = spot.text(tail_of(spot))
    if tail.startswith("of ") and word != "within":
        return f"length of {tail.removeprefix('of ')}"
    verb = part.verb if part.verb is not None else verb_before(spot, spot.head)
    by = agent(spot, verb, _LONG_AGENT)
    return f"length of {by}" if by and verb is not None and base_of(spot.lower(verb)) == "last" else by


def _span(spot: Spot) -> str:
    k = spot.stop + 1
    while k < min(spot.place.last, spot.stop + _CLAUSE) and not (
        spot.sign(k) or spot.timed(k) or spot.lower(k) in {"and", "when", "that", "which"}
    ):
        k += 1
    said = spot.text(range(spot.stop, k))
    return f"time {said}" if len(said.split()) > 2 else ""


def _tied(spot: Spot) -> str:
    """A span tied to its noun: "a 24-hour strike"."""
    k = spot.stop
    while (
        k < min(spot.place.last, spot.stop + 4)
        and spot.lower(k).isalpha()
        and spot.lower(k) not in STOP
        and not (is_verb(spot.place, k) and k > spot.stop)
    ):
        k += 1
    return f"length of the {spot.text(range(spot.stop, k))}" if k > spot.stop else ""


def _until(spot: Spot, part: Part) -> str:
    """The time left until something happens: "time until the agreement expires"."""
    if part.role is not Role.AFTER or spot.lower(part.word) not in {"in", "within"}:
        return ""
    verb = verb_before(spot, part.word - 1)
    words = subject_of(spot, verb) if verb is not None else None
    if words is None or verb is None or part.word - words.start > _LONGEST:
        return ""
    between = {spot.lower(k) for k in range(words.stop, part.word)}
    if not (between & _AHEAD or spot.lower(verb).endswith("s")):
        return ""
    said = spot.text(range(words.start, part.word))
    said = said.removesuffix(" is due").removesuffix(" are due")
    mark = "the " if spot.lower(words.start - 1) in {"the", "a", "an", "its"} else ""
    return f"time until {mark}{said}"


def _magnitude(spot: Spot) -> str:
    """What had the magnitude: "magnitude of the earthquake"."""
    for k in range(spot.stop, min(spot.place.last, spot.stop + 4)):
        if spot.lower(k) in _QUAKES:
            return f"magnitude of the {spot.lower(k)}"
    return "magnitude"
