"""Tells whether two deadlines speak of the same thing, and what the later one does to the earlier one's day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from bot.desk.deadline_words import counts, is_former, key, moved_thing, names, terms, told
from bot.desk.memory import DeadlineEntry
from models.api import Bond, Deadline, Period, Precision

_COARSE = frozenset({Precision.MONTH, Precision.QUARTER, Precision.SEASON, Precision.YEAR})
_FEW_TERMS = 2
_LATE_MOVE = timedelta(days=7)
"""How long after its day something may still be said to have been moved: extensions are announced at the last minute."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What must be shared: ``high`` and ``low`` are the shares of either's words that the other has, ``near`` a cosine."""

    high: float
    low: float
    near: float


SAME_THING = Likeness(high=0.6, low=0.25, near=0.5)
MOVED_IN_WORDS = Likeness(high=0.55, low=0.4, near=0.5)
MOVED_FROM_ITS_DAY = Likeness(high=0.4, low=0.2, near=0.4)
MOVED_SILENTLY = Likeness(high=0.8, low=0.75, near=0.8)
DROPPED = Likeness(high=0.5, low=0.3, near=0.5)
"""Chosen on the tune half of ``bench/gold/deadline-pairs``. A false move is worse than a missed one."""


class DeadlineTie(StrEnum):
    """What a later deadline is to an earlier one."""

    SAME = "same"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    ASIDE = "aside"
    """It speaks of the same thing, and gives no day that could be told: an old one, or a length of unknown beginning."""
    OTHER = "other"


class Weighed(NamedTuple):
    """A tie and, for choosing among several, how close the two are."""

    tie: DeadlineTie
    closeness: float


def matching_terms(entry: DeadlineEntry) -> frozenset[str]:
    """The words by which entries that may be the same are found."""
    return terms(subject(entry.deadline)) | terms(entry.sentence)


def subject(deadline: Deadline) -> str:
    """Who must do what, in one phrase."""
    who, what = deadline.who or "", deadline.what
    return what if not who or who.lower() in what.lower() else f"{who} {what}"


def relate_deadlines(one: DeadlineEntry, other: DeadlineEntry) -> DeadlineTie:
    """What ``other`` is to ``one``; where it was published before, and ``one`` has moved its day, it stands aside."""
    return weigh(one, other).tie


def weigh(one: DeadlineEntry, other: DeadlineEntry) -> Weighed:
    """What ``other`` is to ``one``, and how close they are."""
    likeness = _likeness(one, other)
    return Weighed(_tie(one, other, likeness), likeness.high + likeness.low + likeness.near)


def _tie(one: DeadlineEntry, other: DeadlineEntry, likeness: Likeness) -> DeadlineTie:
    said = told(other.sentence, other.deadline.surface)
    if _conflict(one, other):
        return DeadlineTie.OTHER
    if can_be(one.deadline.due, other.deadline.due):
        if said.drops and not said.moves and other.published >= one.published and _reaches(likeness, DROPPED):
            return DeadlineTie.WITHDRAWN
        return DeadlineTie.SAME if _reaches(likeness, SAME_THING) else DeadlineTie.OTHER
    late = other.published.date() > one.deadline.due.end + _LATE_MOVE
    if other.published < one.published:
        return DeadlineTie.ASIDE if _tie(other, one, likeness) is DeadlineTie.MOVED else DeadlineTie.OTHER
    if late or said.supposes:
        return DeadlineTie.OTHER
    return _moved_in_words(one, other, likeness) if said.moves else _moved_silently(one, other, likeness)


def _moved_in_words(one: DeadlineEntry, other: DeadlineEntry, likeness: Likeness) -> DeadlineTie:
    if _LENGTH.search(other.deadline.surface):
        return DeadlineTie.ASIDE if _reaches(likeness, MOVED_IN_WORDS) else DeadlineTie.OTHER
    thing = moved_thing(other.sentence)
    if thing is not None and key(thing) not in matching_terms(one):
        return DeadlineTie.OTHER
    wanted = MOVED_FROM_ITS_DAY if _names_day(other.sentence, one.deadline.due.end) else MOVED_IN_WORDS
    return DeadlineTie.MOVED if _reaches(likeness, wanted) else DeadlineTie.OTHER


def _moved_silently(one: DeadlineEntry, other: DeadlineEntry, likeness: Likeness) -> DeadlineTie:
    """Two articles that say all but the day in the same words; events recur, and one text may list several days."""
    silent = (
        one.article_key != other.article_key
        and one.deadline.bond is other.deadline.bond is Bond.DEADLINE
        and other.published.date() <= one.deadline.due.end
        and counts(subject(one.deadline)) == counts(subject(other.deadline))
        and _reaches(likeness, MOVED_SILENTLY)
    )
    return DeadlineTie.MOVED if silent else DeadlineTie.OTHER


def _reaches(found: Likeness, wanted: Likeness) -> bool:
    return found.high >= wanted.high and found.low >= wanted.low and found.near >= wanted.near


def _likeness(one: DeadlineEntry, other: DeadlineEntry) -> Likeness:
    first, second = _covered(one, other), _covered(other, one)
    return Likeness(high=max(first, second), low=min(first, second), near=_cosine(one.vector, other.vector))


def _covered(one: DeadlineEntry, other: DeadlineEntry) -> float:
    """The share of the words about one deadline that the other's sentence has."""
    ours = terms(subject(one.deadline))
    if len(ours) < _FEW_TERMS:
        ours = terms(one.sentence)
    return len(ours & matching_terms(other)) / len(ours) if ours else 0.0


def _cosine(one: bytes, other: bytes) -> float:
    """The cosine of two unit vectors of float16; 1 where one is missing, so that the words decide alone."""
    if not one or len(one) != len(other):
        return 1.0
    first, second = (np.frombuffer(raw, "<f2").astype(np.float32) for raw in (one, other))
    return float(first @ second)


def _conflict(one: DeadlineEntry, other: DeadlineEntry) -> bool:
    """Whether each is about somebody or some place that the other does not name."""
    if not _unnamed(one, other) or not _unnamed(other, one):
        return False
    shared = _named(one) & _named(other)
    return one.deadline.due != other.deadline.due or one.deadline.due.end.day >= _MONTH_ENDS or not shared


_MONTH_ENDS = 28
"""From this day of the month on, things that have nothing to do with one another fall due together."""


def _named(entry: DeadlineEntry) -> frozenset[str]:
    return terms(subject(entry.deadline)) & names(entry.sentence)


def _unnamed(one: DeadlineEntry, other: DeadlineEntry) -> frozenset[str]:
    return _named(one) - matching_terms(other)


def can_be(one: Period, other: Period) -> bool:
    """Whether two days can be the same at their precision: "in June" and "on 14 June"."""
    if one.end == other.end:
        return True
    wide, narrow = (one, other) if one.end - one.start >= other.end - other.start else (other, one)
    return wide.precision in _COARSE and wide.start <= narrow.start and narrow.end <= wide.end


_LENGTH = re.compile(r"\b(?:days?|weeks?|months?|years?|hours?)\b", re.IGNORECASE)
"""A length of time in the words of a date: "a 60-day extension" may count from today or from the day that held before."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _names_day(sentence: str, day: date) -> bool:
    """Whether a sentence names a day of the year: "15 January", "January 15", "Jan. 15"."""
    return any(f" {text}{end}" in f" {sentence} " for text in _forms(day) for end in (" ", ",", ".", ";", ":"))


def names_former(sentence: str, day: date) -> bool:
    """Whether a sentence names a day of the year as the one that held until now."""
    return any(is_former(sentence, text) for text in _forms(day))


def _forms(day: date) -> list[str]:
    month = _MONTHS[day.month - 1]
    written = {month, f"{month[:3]}.", f"{month[:4]}.", month[:3]}
    return [
        text for name in sorted(written, key=len, reverse=True) for text in (f"{day.day} {name}", f"{name} {day.day}")
    ]
