"""Labels of numbers that are told of the figure before them: what it is worth, by how much it differs, what it was to be."""

from __future__ import annotations

from typing import Final

from models.figures.label_clause import core_back
from models.figures.label_spot import Spot
from models.figures.label_table import PREPOSITIONS
from models.figures.quantity import QuantityKind

_LONGEST: Final = 12
_DIFFERING: Final = frozenset({"more", "fewer", "less"})
_COSTS: Final = frozenset({"cost", "price", "value"})
_ASIDES: Final = frozenset({"at", "for", "with"})


def tied_label(spot: Spot, earlier: str) -> str:
    """The label of a number by that of the figure before it in its sentence; empty where it stands for itself."""
    if not earlier:
        return ""
    before = spot.place.words_before(3)
    if before[-2:] == ["instead", "of"] or before[-3:] == ["instead", "of", "the"]:
        return earlier
    return _worth(spot, earlier) or _difference(spot, earlier)


def is_difference(spot: Spot) -> bool:
    """Whether a number says by how much something differs: "37,000 more than in January"."""
    behind = [spot.lower(spot.place.stop + j) for j in range(4)]
    tied = next((j for j, word in enumerate(behind[:2]) if word in _DIFFERING), None)
    return tied is not None and behind[tied + 1 : tied + 2] == ["than"]


def _worth(spot: Spot, earlier: str) -> str:
    """The value, or the cost, of what the figure before counted: "24 jets, worth 1.9 billion", "at a cost of"."""
    if spot.place.quantity.kind is not QuantityKind.MONEY:
        return ""
    word = spot.lower(spot.head)
    if word == "worth" and spot.lower(spot.head - 1) == ",":
        return _fit(f"value of {earlier}")
    thing = core_back(spot, spot.head - 1) if word == "of" else None
    if thing is None or spot.lower(thing[-1]) not in _COSTS or len(thing) > 1:
        return ""
    aside = {spot.lower(thing.start - 1), spot.lower(thing.start - 2)} & _ASIDES
    return _fit(f"{spot.lower(thing[-1])} of {earlier}") if aside else ""


def _difference(spot: Spot, earlier: str) -> str:
    """By how much a figure differs from what it was, or was to be: "grain carried, more than in January"."""
    if not is_difference(spot):
        return ""
    k = next(j for j in range(spot.place.stop, spot.place.stop + 3) if spot.lower(j) in _DIFFERING)
    return _fit(f"{earlier}, {spot.lower(k)} than {_compared(spot, k + 2)}")


def _compared(spot: Spot, begin: int) -> str:
    k = begin
    scene = spot.place.scene
    while k < min(spot.place.last, begin + 6) and not spot.sign(k):
        k += 1
    return " ".join(scene.tokens[j].text for j in range(begin, k))


def _fit(label: str) -> str:
    words = label.split()
    while len(words) > _LONGEST:
        cut = next((k for k in range(len(words) - 1, 3, -1) if words[k] in PREPOSITIONS), 0)
        if not cut:
            return ""
        words = words[:cut]
    return " ".join(words).strip(" ,")
