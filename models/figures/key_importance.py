"""Weighs figures: which of them a careful editor would put in a box of five lines."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from models.api import FigureKind, KeyFigure, Qualifier, Range
from models.figures.key_kind import Sort
from models.figures.key_scene import Place
from models.figures.key_talk import is_small_talk
from models.figures.key_words import BREAKDOWN, word_set
from models.figures.label_spot import is_conversion
from models.figures.label_weak import is_weak
from models.figures.quantity import Role
from models.tokens import Kind

WEIGHTS: Final = Path(__file__).with_name("key_importance.json")
_WEAK: Final = 0.35
_TOLD_OTHERWISE: Final = 0.2
_BACKGROUND: Final = 0.5
_DESCRIBING: Final = word_set(
    "employed employs live capacity distance depth height weight temperature temperatures population carried"
)
"""Words of labels that describe what a story is about and are not its news."""

_SMALL: Final = 10
_SHORT: Final = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """The figures of one text, with what is needed to weigh one among the others."""

    places: Sequence[Place]
    sorts: Sequence[Sort]
    figures: Sequence[KeyFigure]
    first_of_kind: Mapping[tuple[FigureKind, str | None], int]
    sentence_counts: Mapping[int, int]

    @classmethod
    def of(cls, places: Sequence[Place], sorts: Sequence[Sort], figures: Sequence[KeyFigure]) -> Weighed:
        """Count what the figures share."""
        first: dict[tuple[FigureKind, str | None], int] = {}
        counts: dict[int, int] = {}
        for k, (place, figure) in enumerate(zip(places, figures, strict=True)):
            first.setdefault((figure.kind, figure.unit), k)
            counts[place.index] = counts.get(place.index, 0) + 1
        return cls(places, sorts, figures, first, counts)


def features(weighed: Weighed, k: int) -> dict[str, float]:
    """What speaks for and against the importance of figure ``k``; every feature lies between 0 and 1."""
    place, sort, figure = weighed.places[k], weighed.sorts[k], weighed.figures[k]
    quantity = place.quantity
    before, after = place.words_before(8), place.words_after(3)
    low = place.clause()[0]

    earlier = sum(other.index == place.index for other in weighed.places[max(0, k - 8) : k])
    found = {
        "bias": 1.0,
        f"kind {figure.kind.value}": 1.0,
        f"status {figure.status.value}": 1.0,
        "lead": float(place.index == 0),
        "second": float(place.index == 1),
        "depth": min(place.index / 10, 1.0),
        "first of kind": float(weighed.first_of_kind[(figure.kind, figure.unit)] == k),
        "earlier in sentence": min(earlier / 3, 1.0),
        "crowded sentence": min(weighed.sentence_counts[place.index] / 6, 1.0),
        "bracketed": float(place.bracketed),
        "breakdown": float(bool(BREAKDOWN & set(before[-5:])) or after[:1] == ["of"] or "including" in before),
        "breakdown of these": float(after[:2] in (["of", "the"], ["of", "these"], ["of", "them"])),
        "hyphen": float("-" in quantity.surface and figure.kind is FigureKind.DURATION),
        "small count": float(figure.kind is FigureKind.COUNT and _low(figure) <= _SMALL),
        "in words": float(not any(char.isdigit() for char in quantity.surface)),
        "vague": float(quantity.vague),
        "no noun": float(figure.kind is FigureKind.COUNT and sort.noun is None),
        "inherited": float(sort.inherited),
        "step": float(quantity.role is Role.STEP),
        "has origin": float(quantity.origin is not None),
        "as of": float(figure.as_of is not None),
        "attribution": float(figure.attribution is not None),
        "clause start": float(place.start - low <= 3),
        "since or ago": float(bool({"since", "ago", "record", "previous", "earlier"} & {*before, *after})),
        "other": float("other" in quantity.surface.lower() or "another" in before[-2:]),
        "magnitude": float(figure.unit == "magnitude"),
        "echo of the lead": _echo(place),
        "exact": float(figure.qualifier is Qualifier.EXACT),
        "duration with noun": float(figure.kind is FigureKind.DURATION and place.stop - place.start == 1),
        "killed": float(figure.unit == "killed"),
        "per": float(" per " in (figure.unit or "")),
        "points": float(figure.unit == "percentage point"),
        "big": min(max(math.log10(max(_low(figure), 1.0)) / 12, 0.0), 1.0),
    }
    return {name: value for name, value in found.items() if value}


def _echo(place: Place) -> float:
    """The share of the words before a figure, in its clause, that the lead sentence has too."""
    lead = place.scene.lead_words
    near = {word for word in place.words_before(8) + place.words_after(4) if len(word) > _SHORT}
    return len(near & lead) / len(near) if near and place.index > 0 else 0.0


def _low(figure: KeyFigure) -> float:
    return float(figure.value.low if isinstance(figure.value, Range) else figure.value)


def _whole(place: Place) -> bool:
    """Whether a number is the whole of which the one before it is a part: "1,400 of its 5,200 jobs"."""
    k = place.start - 1
    while place.lower(k) in {"the", "its", "their", "about"}:
        k -= 1
    return place.lower(k) == "of" and k > place.first and place.scene.tokens[k - 1].kind is Kind.NUMBER


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def importance_of(weighed: Weighed, k: int) -> float:
    """The importance of figure ``k``, from 0 to 1: a logistic model over ``features``."""
    weights = _weights()
    total = sum(weights.get(name, 0.0) * value for name, value in features(weighed, k).items())
    return _discount(weighed, k) / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def _discount(weighed: Weighed, k: int) -> float:
    """What is left of the importance of a figure that cannot be read by itself, or that no editor would print."""
    place, figure = weighed.places[k], weighed.figures[k]
    if is_conversion(place) or is_small_talk(place.scene):
        return _TOLD_OTHERWISE
    speaks = figure.attribution is not None and figure.label.lower() == figure.attribution.lower()
    if speaks or is_weak(figure.label, figure.kind):
        return _WEAK
    if _whole(place):
        return _BACKGROUND
    background = set(figure.label.lower().split()[:4]) & _DESCRIBING
    return _BACKGROUND if background else 1.0
