"""Tells whether a figure is, was, is planned, is claimed, or is a limit."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind, Period, Qualifier, Status
from models.figures.key_kind import Sort
from models.figures.key_scene import Place
from models.figures.key_words import CEILING, CLAIM_WORDS, FORMER, PLAIN_SPEECH, PLANNED, word_set

_NEAR: Final = 6
_REACH: Final = 16
_LONG_AGO_DAYS: Final = 300
_FROM_LEADS: Final = word_set(
    "down up rise fall drop increase decrease reduction decline recovered cut slipped fell rose"
)


def is_origin(place: Place) -> bool:
    """Whether the number is where something came from: "down from 76", "a reduction from about 3,000"."""
    words = place.words_before(_NEAR)
    if "from" not in words:
        return False
    at = len(words) - 1 - words[::-1].index("from")
    between = words[at + 1 :]
    if not all(_filler(word) for word in between):
        return False
    return (
        at == 0
        or words[at - 1] in _FROM_LEADS
        or words[at - 1] == ","
        or words[at - 1].replace(".", "").replace(",", "").isdigit()
        or at >= 1
    )


def _filler(word: str) -> bool:
    return word in {
        "about",
        "some",
        "around",
        "a",
        "an",
        "the",
        "more",
        "than",
        "nearly",
        "peak",
        "of",
        "forecast",
        "roughly",
        "just",
        "under",
        "over",
        "almost",
        "less",
        "fewer",
    }


def status_of(place: Place, sort: Sort, as_of: Period | None) -> Status:
    """The status of a figure, by the words around it and the time it speaks of."""
    if is_origin(place) or _former(place):
        return Status.FORMER
    if _ceiling(place):
        return Status.CEILING
    if _planned(place, as_of):
        return Status.PLANNED
    if _claimed(place, sort):
        return Status.CLAIMED
    if as_of is not None and (place.scene.reference - as_of.end).days > _LONG_AGO_DAYS and _compared(place):
        return Status.FORMER
    return Status.ACTUAL


def _former(place: Place) -> bool:
    before = place.words_before(_NEAR)
    if {"compared", "against", "versus"} & set(before[-4:]):
        return True
    if {"earlier", "previous", "former", "formerly", "previously", "initially", "originally"} & set(before[-5:]):
        return True
    return (
        bool({"peak", "peaked"} & set(before))
        or place.words_after(3)[:1] == ["before"]
        or (
            "than" in before[-3:]
            and {"more", "less", "fewer", "higher", "lower"}.isdisjoint(before)
            and bool(FORMER & set(before))
        )
    )


def _ceiling(place: Place) -> bool:
    before, after = place.words_before(_NEAR), place.words_after(3)
    if {"limit", "cap", "capped", "ceiling", "capacity", "maximum", "threshold", "quota"} & {*before[-4:], *after[:2]}:
        return True
    return place.quantity.qualifier in {Qualifier.UP_TO, Qualifier.LESS_THAN} and bool(CEILING & set(before))


def _planned(place: Place, as_of: Period | None) -> bool:
    if as_of is not None and as_of.start > place.scene.reference:
        return True
    low, high = place.clause()
    nearest = None
    for k in range(place.start - 1, max(low, place.start - _REACH) - 1, -1):
        word = place.lower(k)
        if (
            word in PLANNED
            and not (word == "set" and place.lower(k + 1) != "to")
            and not (word == "might" and place.lower(k - 1) == "the")
        ):
            nearest = k
            break
        if word in PLAIN_SPEECH and nearest is None and k < place.start - 1:
            break
    if nearest is not None:
        return True
    return bool(
        {"planned", "expected", "forecast", "targeted", "scheduled", "will", "would", "needed"}
        & {place.lower(k) for k in range(place.stop, min(high, place.stop + 4))}
    )


def _claimed(place: Place, sort: Sort) -> bool:
    low, high = place.clause()
    if any(place.lower(k) in CLAIM_WORDS for k in range(low, high)):
        return True
    return sort.kind is FigureKind.CASUALTIES and any(
        place.lower(k) in {"estimated", "estimates", "estimate"} for k in range(low, high)
    )


def _compared(place: Place) -> bool:
    quantity = place.quantity
    return quantity.origin is None
