"""Tells whether a figure is, was, is planned, is claimed, or is a limit."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind, Period, Qualifier, Range, Status
from models.figures.key_harm import step_back
from models.figures.key_kind import Sort
from models.figures.key_scene import Place
from models.figures.key_words import CEILING, CLAIM_WORDS, FORMER, HOLDS, PLAIN_SPEECH, PLANNED, word_set
from models.figures.quantity import QuantityKind
from models.tokens import Kind

_NEAR: Final = 6
_REACH: Final = 16
_LONG_AGO_DAYS: Final = 300
_FROM_LEADS: Final = word_set(
    "down up rise fall drop increase decrease reduction decline recovered cut slipped fell rose"
)


def is_origin(place: Place) -> bool:
    """Whether the number is where something came from: "down from 76", "a reduction from about 3,000"."""
    words = place.words_before(_NEAR)
    if "from" not in words or isinstance(place.quantity.value, Range):
        return False
    at = len(words) - 1 - words[::-1].index("from")
    if not all(_filler(word) for word in words[at + 1 :]):
        return False
    lead = words[at - 1] if at else ""
    earlier = range(max(place.first, place.start - len(words) + at - _NEAR), place.start - len(words) + at)
    return lead in _FROM_LEADS or any(place.scene.tokens[k].kind is Kind.NUMBER for k in earlier)


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
    if before[-2:] == ["than", "the"] or before[-2:] == ["instead", "of"] or before[-3:] == ["instead", "of", "the"]:
        return True
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
    near = [place.lower(k) for k in range(place.start - 1, max(place.first, place.start - _NEAR) - 1, -1)]
    near = near[: near.index(",")] if "," in near else near
    if _LIMITS & {*near[:4], *place.words_after(1)} or _held(place):
        return True
    return place.quantity.qualifier in {Qualifier.UP_TO, Qualifier.LESS_THAN} and bool(CEILING & set(near))


def _held(place: Place) -> bool:
    """Whether a bare number is what a room or a vessel holds."""
    return (
        place.quantity.kind is QuantityKind.COUNT
        and place.quantity.noun is None
        and place.lower(step_back(place, place.start)) in HOLDS
    )


_LIMITS: Final = word_set("limit limits cap caps capped ceiling capacity maximum threshold quota")


def _planned(place: Place, as_of: Period | None) -> bool:
    if {"has", "have", "had"} & set(place.words_before(3)) and "to" not in place.words_before(2):
        return bool(PLANNED & set(place.words_before(2)))
    if as_of is not None and as_of.start > place.scene.reference:
        return True
    if tuple(place.words_before(2)) in _WHOLES:
        return False
    low, high = place.clause()
    ahead = [place.lower(k) for k in range(place.stop, min(high, place.stop + 4))]
    if ahead[:1] in (["have"], ["has"]):
        return False
    for k in range(place.start - 1, max(low, place.start - _REACH) - 1, -1):
        word = place.lower(k)
        if word in PLANNED and not _other_sense(place, k):
            return True
        if (word in PLAIN_SPEECH and k < place.start - 1) or (word in _DONE and not _after_auxiliary(place, k)):
            break
    return bool(_AHEAD & set(ahead))


def _other_sense(place: Place, k: int) -> bool:
    word = place.lower(k)
    if word == "set":
        return place.lower(k + 1) not in {"to", "aside"}
    if word == "projects":
        return place.lower(k + 1) in {"at", "in", "on", ",", "of"}
    if word == "expected" and place.lower(k - 1) in {"than", "as"}:
        return True
    return word in {"might", "will", "order"} and place.lower(k - 1) in {"the", "a", "in"}


def _after_auxiliary(place: Place, k: int) -> bool:
    return place.lower(k - 1) in {"be", "been", "being"}


_WHOLES: Final = frozenset({("of", "its"), ("of", "their"), ("of", "the"), ("of", "his"), ("of", "her")})
_AHEAD: Final = word_set("planned expected forecast targeted scheduled will would needed")
_DONE: Final = word_set(
    """spent paid lost won took had were was sold stood rose fell cost killed died left made gave got became received
    reached destroyed lent bought earned built drew covered injured counted jumped climbed dropped grew has have"""
)


def _claimed(place: Place, sort: Sort) -> bool:
    low, high = place.clause()
    clause = {place.lower(k) for k in range(low, high)}
    if any(
        place.lower(k) in CLAIM_WORDS and place.lower(k - 1) not in {"was", "were", "been"} for k in range(low, high)
    ):
        return True
    return sort.kind is FigureKind.CASUALTIES and bool(clause & _ESTIMATING)


_ESTIMATING: Final = word_set("estimated estimates estimate put puts believe believes thinks think spoken")


def _compared(place: Place) -> bool:
    quantity = place.quantity
    return quantity.origin is None
