"""Finds deadlines and coming events: the dates by which something is due, and on which something is to happen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.api import Bond, Deadline, Period, Precision, Span
from models.dates.almanac import add_months, last_day
from models.dates.cues import (
    BEFORE_DATE,
    DEADLINE_NOUNS,
    ENDING_PAIRS,
    ENDING_VERBS,
    EVENT_NOUNS,
    EVENT_VERBS,
    GIVING,
    LENGTH_CUES,
    TRUCE_NOUNS,
)
from models.dates.phrases import content_words, find_clause, what_of, who_of
from models.dates.tense import Tense, tense_at
from models.dates.timex import Timex, TimexType
from models.tokens import Token, tokenize

_LENGTH = re.compile(r"P(?P<n>\d{1,4})(?P<unit>[DWMY])")
_FAR_DAYS = 366 * 60
_HORIZON_DAYS = 366 * 2
_SAME_WORDS = 1
_VAGUE = frozenset({Precision.YEAR, Precision.INTERVAL})
_PRECISION = {"D": Precision.DAY, "W": Precision.WEEK, "M": Precision.MONTH, "Y": Precision.YEAR}
_LINKS = frozenset("on in at for , of around about early late mid".split())


@dataclass(frozen=True, slots=True)
class _Bound:
    """How a date is bound: cue tokens begin at ``cut``."""

    bond: Bond
    qualifier: str
    cut: int
    due: Period
    strength: float


class _Page:
    """The text with its tokens by sentence, for one search."""

    def __init__(self, text: str, sentences: Sequence[Span], reference: date, tokens: Sequence[Token]) -> None:
        self.text = text
        self.reference = reference
        self.sentences = sentences
        self.tokens = tokens
        self.starts = [token.start for token in tokens]
        self.sentence_starts = [sentence.start for sentence in sentences]

    def sentence_of(self, span: Span) -> int:
        return max(bisect_right(self.sentence_starts, span.start) - 1, 0)

    def index(self, offset: int) -> int:
        """Index of the first token at or behind an offset."""
        low = bisect_right(self.starts, offset)
        return low - 1 if low and self.starts[low - 1] == offset else low

    def lower(self, index: int) -> str:
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""


def find_deadlines(
    text: str,
    sentences: Sequence[Span],
    timexes: Sequence[Timex],
    reference: date,
    *,
    tokens: Sequence[Token] | None = None,
) -> list[Deadline]:
    """Find what is due, and what is to happen, after the day the text speaks on.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.
        timexes: What ``find_timexes`` found in it.
        reference: The day the text speaks on.
        tokens: The text's tokens, where the caller has them.

    Returns:
        Deadlines in the order of the text, each matter once. A date with "before" is given as the text gives it.
    """
    page = _Page(text, sentences, reference, tokenize(text) if tokens is None else tokens)
    found: list[Deadline] = []
    floor = 0
    for timex in timexes:
        start = page.index(timex.span.start)
        end = page.index(timex.span.end)
        bound = _bind(page, timex, start, end)
        if bound is None:
            continue
        deadline = _deadline(page, timex, bound, end, floor)
        floor = end
        if deadline is not None:
            found.append(deadline)
    return _once(found, text)


def _bind(page: _Page, timex: Timex, start: int, end: int) -> _Bound | None:
    if timex.type is TimexType.DURATION:
        return _bind_length(page, timex, start, end)
    if timex.period is None or timex.type is TimexType.SET:
        return None
    due = _due(timex)
    if due.end < page.reference or (due.end - page.reference).days > _FAR_DAYS:
        return None
    return _bind_deadline(page, timex, start, end, due) or _bind_event(page, timex, start, end, due)


def _due(timex: Timex) -> Period:
    """The days that keep a deadline: "by mid-July" ends on the 15th, "by mid-2021" with June."""
    assert timex.period is not None
    if timex.mod != "MID":
        return timex.period
    if len(timex.value) == 7 and timex.value[5:].isdigit():
        day = timex.period.start.replace(day=15)
        return Period(start=day - timedelta(days=4), end=day, precision=Precision.INTERVAL)
    if len(timex.value) == 4:
        year = int(timex.value)
        return Period(start=date(year, 6, 1), end=last_day(year, 6), precision=Precision.INTERVAL)
    return timex.period


def _bind_deadline(page: _Page, timex: Timex, start: int, end: int, due: Period) -> _Bound | None:
    skip = start
    for words, qualifier in sorted(BEFORE_DATE, key=lambda cue: -len(cue[0])):
        count = len(words)
        if all(page.lower(skip - count + k) == word for k, word in enumerate(words)):
            return _Bound(Bond.DEADLINE, qualifier, skip - count, due, 0.6)
    back = start - 1
    while back > 0 and start - back <= 3 and page.lower(back) in _LINKS:
        back -= 1
    if page.lower(back) in ENDING_VERBS:
        return _Bound(Bond.DEADLINE, "by" if page.lower(back) == "due" else "on", start, due, 0.6)
    if (page.lower(back - 1), page.lower(back)) in ENDING_PAIRS:
        return _Bound(Bond.DEADLINE, "on", start, due, 0.6)
    if page.lower(end) in DEADLINE_NOUNS or page.lower(end) == "'" and page.lower(end + 2) in DEADLINE_NOUNS:
        return _Bound(Bond.DEADLINE, "by", start, due, 0.6)
    return None


def _bind_length(page: _Page, timex: Timex, start: int, end: int) -> _Bound | None:
    match = _LENGTH.fullmatch(timex.value)
    if match is None:
        return None
    before = page.lower(start - 1)
    within = before in LENGTH_CUES or timex.surface.lower().startswith("within")
    left = page.lower(end) == "to" and any(page.lower(k) in GIVING for k in range(start - 5, start))
    ultimatum = any(page.lower(k) in DEADLINE_NOUNS | TRUCE_NOUNS for k in range(end, end + 2))
    ending = before == "in" and page.lower(start - 2) in ENDING_VERBS
    if not (within or left or ultimatum or ending):
        return None
    if tense_at(page.tokens, start, end) is Tense.PAST and not (left or ultimatum):
        return None
    amount, unit = int(match["n"]), match["unit"]
    try:
        if unit in "DW":
            day = page.reference + timedelta(days=amount * (7 if unit == "W" else 1))
        else:
            day = add_months(page.reference, amount * (12 if unit == "Y" else 1))
    except OverflowError:
        return None
    due = Period(start=day, end=day, precision=_PRECISION[unit])
    cut = start - 1 if within or ending else start
    return _Bound(Bond.DEADLINE, "within" if within else "by", cut, due, 0.5)


def _bind_event(page: _Page, timex: Timex, start: int, end: int, due: Period) -> _Bound | None:
    if due.end == page.reference and due.precision is Precision.DAY:
        return None
    index = page.sentence_of(timex.span)
    sentence = page.sentences[index] if page.sentences else Span(0, len(page.text))
    first, last = page.index(sentence.start), page.index(sentence.end)
    near = [page.lower(k) for k in range(max(first, start - 10), min(last, end + 8))]
    noun = any(word in EVENT_NOUNS for word in near)
    verb = any(word in EVENT_VERBS for word in near)
    coarse = due.precision in _VAGUE or (due.start <= page.reference and due.precision is not Precision.DAY)
    if coarse and not (noun and due.start > page.reference and due.precision is not Precision.INTERVAL):
        return None
    tense = tense_at(page.tokens, start, end)
    if tense is Tense.PAST and not noun:
        return None
    if not noun and not verb and not tense.ahead:
        return None
    cut = start - 1 if page.lower(start - 1) in _LINKS else start
    strength = 0.3 + 0.15 * noun + 0.1 * tense.ahead
    return _Bound(Bond.EVENT, "on" if due.precision is Precision.DAY else "in", cut, due, strength)


def _deadline(page: _Page, timex: Timex, bound: _Bound, end: int, floor: int) -> Deadline | None:
    index = page.sentence_of(timex.span)
    sentence = page.sentences[index] if page.sentences else Span(0, len(page.text))
    first, last = page.index(sentence.start), page.index(sentence.end)
    clause = find_clause(page.tokens, first, last, bound.cut, end, floor)
    what = what_of(page.text, page.tokens, clause)
    if not what:
        clause = find_clause(page.tokens, first, last, bound.cut, end, first)
        what = what_of(page.text, page.tokens, clause)
    if not content_words(what):
        return None
    importance = bound.strength + max(0.0, 0.25 - 0.03 * index)
    if bound.due.precision in _VAGUE:
        importance -= 0.1
    if (bound.due.end - page.reference).days > _HORIZON_DAYS:
        importance -= 0.2
    return Deadline(
        due=bound.due,
        bond=bound.bond,
        qualifier=bound.qualifier,
        who=who_of(page.text, page.tokens, clause),
        what=what,
        importance=round(min(max(importance, 0.0), 1.0), 3),
        surface=timex.surface,
        span=timex.span,
        sentence=sentence,
    )


def _once(found: list[Deadline], text: str) -> list[Deadline]:
    """Each matter once: the same last day and words in common; the weightier telling stays."""
    kept: list[Deadline] = []
    for deadline in found:
        twin = next((k for k, other in enumerate(kept) if _same(deadline, other, text)), None)
        if twin is None:
            kept.append(deadline)
        elif _weight(deadline) > _weight(kept[twin]):
            kept[twin] = replace(deadline, importance=max(deadline.importance, kept[twin].importance))
    return kept


def _weight(deadline: Deadline) -> tuple[bool, int]:
    return deadline.bond is Bond.DEADLINE, min(len(content_words(deadline.what)), 8)


def _same(a: Deadline, b: Deadline, text: str) -> bool:
    if a.due.end != b.due.end:
        return False
    words_a = content_words(text[a.sentence.start : a.sentence.end]) | content_words(a.what)
    words_b = content_words(text[b.sentence.start : b.sentence.end]) | content_words(b.what)
    return len(words_a & words_b) >= _SAME_WORDS
