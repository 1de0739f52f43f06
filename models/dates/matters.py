"""Tells whether two dates speak of the same matter, and keeps the better telling of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.api import Bond, Deadline
from models.dates.cues import ENDINGS
from models.dates.phrases import content_words
from models.dates.tables import words

_SHARED_WORDS = 3
_SENTENCE_CHARS = 600
_COMPARED = 12
_QUESTIONS = words("how asked")


@dataclass(slots=True)
class _Matter:
    """The best telling so far, with the words of its phrase and of its sentence."""

    deadline: Deadline
    phrase: frozenset[str]
    sentence: frozenset[str]


def once(found: Sequence[Deadline], text: str) -> list[Deadline]:
    """Each matter once: the same last day and words in common. The better telling stays, at the greater weight."""
    matters: list[_Matter] = []
    by_day: defaultdict[date, list[_Matter]] = defaultdict(list)
    for deadline in found:
        sentence = text[deadline.sentence.start : min(deadline.sentence.end, deadline.sentence.start + _SENTENCE_CHARS)]
        new = _Matter(deadline, content_words(deadline.what), content_words(sentence))
        same_day = by_day[deadline.due.end]
        twin = next((old for old in same_day[-_COMPARED:] if _same(new, old)), None)
        if twin is None:
            matters.append(new)
            same_day.append(new)
        else:
            _merge(twin, new)
    return [matter.deadline for matter in matters]


def _merge(old: _Matter, new: _Matter) -> None:
    importance = max(old.deadline.importance, new.deadline.importance)
    if _telling(new) > _telling(old):
        old.deadline, old.phrase, old.sentence = new.deadline, new.phrase, new.sentence
    old.deadline = replace(old.deadline, importance=importance)


def _telling(matter: _Matter) -> tuple[bool, bool, int]:
    """How well a telling tells: deadlines before events, statements before questions, more words before fewer."""
    weight = min(len(matter.phrase), 8) + 4 * bool(matter.phrase & ENDINGS)
    return matter.deadline.bond is Bond.DEADLINE, not _asks(matter), weight


def _asks(matter: _Matter) -> bool:
    return not _QUESTIONS.isdisjoint(matter.deadline.what.lower().split())


def _same(a: _Matter, b: _Matter) -> bool:
    if a.phrase & b.phrase or _asks(a) or _asks(b):
        return True
    return a.deadline.sentence != b.deadline.sentence and len(a.sentence & b.sentence) >= _SHARED_WORDS
