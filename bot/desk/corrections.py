"""What an edit of an article corrects: which figures and deadlines it changed or took back, and which editions told them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from bot.desk.filed import FiledArticle
from bot.desk.layout import Edition
from bot.desk.words import content, overlap
from models.api import Deadline, KeyFigure, Range

MIN_IMPORTANCE = 0.2
"""What is background is not worth a message."""

_SAME_SENTENCE = 0.6
"""Share of words from which two sentences are versions of one."""
_SAME_LABEL = 0.5
_SAME = 2.0
"""More than any two facts share that say different things."""

Fact = TypeVar("Fact", KeyFigure, Deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A figure or deadline as it was told, and as the article has it now; ``new`` None: it no longer says so."""

    old: KeyFigure | Deadline
    new: KeyFigure | Deadline | None


def corrections(old: FiledArticle, new: FiledArticle) -> list[Correction]:
    """Compare the readings of two versions of an article.

    Returns:
        What was said in the old one and is said otherwise, or no longer, in the new one, in the order of the old text. What
        is new altogether corrects nothing.
    """
    figures = _paired(old, new, old.reading.figures, new.reading.figures, _figure_likeness)
    days = _paired(old, new, old.reading.deadlines, new.reading.deadlines, _deadline_likeness)
    found = [(one.span, Correction(old=one, new=now)) for one, now in figures]
    found += [(one.span, Correction(old=one, new=now)) for one, now in days]
    return [correction for _, correction in sorted(found, key=itemgetter(0))]


def fact_key(fact: KeyFigure | Deadline) -> str:
    """What makes a told fact the fact it is, on one line: the same for two readings that say the same."""
    if isinstance(fact, Deadline):
        return f"due {fact.due.start} {fact.due.end} {' '.join(sorted(content(fact.what)))}"
    low, high = _bounds(fact)
    words = " ".join(sorted(content(fact.label)))
    return f"{fact.kind} {fact.unit} {low} {high} {fact.qualifier} {words}"


def tells(edition: Edition, article_key: str, fact: KeyFigure | Deadline) -> bool:
    """Whether an edition told a fact of an article: in its boxes, or in a sentence of a story."""
    told = fact_key(fact)
    figures = (fact_key(line.figure) for line in edition.figures if line.article_key == article_key)
    days = (fact_key(line.deadline) for line in edition.deadlines if line.article_key == article_key)
    if told in {*figures, *days}:
        return True
    surface = " ".join(fact.surface.split())
    return any(
        surface in " ".join(text.split())
        for item in edition.stories
        if item.article_key == article_key
        for text in (item.headline, *item.sentences)
    )


def articles_told(edition: Edition) -> frozenset[str]:
    """The keys of the articles an edition draws on."""
    drawn = {item.article_key for item in edition.stories}
    drawn |= {line.article_key for line in edition.figures} | {line.article_key for line in edition.deadlines}
    return frozenset(drawn - {""})


def _paired(
    old: FiledArticle,
    new: FiledArticle,
    before: Sequence[Fact],
    after: Sequence[Fact],
    likeness: Callable[[Fact, Fact], float],
) -> list[tuple[Fact, Fact | None]]:
    """Each fact that is not in the new text as it was, with what stands in its place there.

    A fact whose sentence stands in the new text, word for word, was read otherwise rather than corrected: it is left out.
    """
    left = list(after)
    gone = []
    for fact in before:
        kept = next((one for one in left if likeness(fact, one) >= _SAME), None)
        if kept is not None:
            left.remove(kept)
        elif fact.importance >= MIN_IMPORTANCE:
            gone.append(fact)
    unchanged = {new.quote(span) for span in new.reading.sentences}
    pairs: list[tuple[Fact, Fact | None]] = []
    for fact in gone:
        sentence = old.quote(fact.sentence)
        if sentence in unchanged:
            continue
        words = content(sentence)
        scored = [
            (overlap(words, content(new.quote(one.sentence))) + likeness(fact, one), -place)
            for place, one in enumerate(left)
            if likeness(fact, one) > 0
        ]
        best = max(scored, default=None)
        if best is not None and best[0] >= _SAME_SENTENCE + _SAME_LABEL:
            pairs.append((fact, left.pop(-best[1])))
        elif not any(overlap(words, content(other)) >= _SAME_SENTENCE and fact.surface in other for other in unchanged):
            pairs.append((fact, None))
    return pairs


def _bounds(figure: KeyFigure) -> tuple[str, str]:
    value = figure.value
    low, high = (value.low, value.high) if isinstance(value, Range) else (value, value)
    return f"{low.normalize():f}", f"{high.normalize():f}"


def _figure_likeness(one: KeyFigure, other: KeyFigure) -> float:
    """How alike two figures are: 0 where they count different things, ``_SAME`` where they say the same number of them."""
    if one.kind is not other.kind or (one.unit != other.unit and _bounds(one) != _bounds(other)):
        return 0.0
    if (one.unit, one.qualifier, _bounds(one)) == (other.unit, other.qualifier, _bounds(other)):
        return _SAME
    ours, theirs = content(one.label), content(other.label)
    return overlap(ours, theirs) if ours and theirs else _SAME_LABEL


def _deadline_likeness(one: Deadline, other: Deadline) -> float:
    if (one.due.start, one.due.end) == (other.due.start, other.due.end):
        return _SAME
    if one.bond is not other.bond:
        return 0.0
    return overlap(content(f"{one.who or ''} {one.what}"), content(f"{other.who or ''} {other.what}"))
