"""Finds deadlines and coming events: the dates by which something is due, and on which something is to happen."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.api import Bond, Deadline, Period, Precision, Span
from models.dates.bonds import Bound, Page, bind, day_after
from models.dates.clauses import Clause, find_clause
from models.dates.cues import STOP_WORDS
from models.dates.lasting import first_day, lasts
from models.dates.matters import once
from models.dates.occasions import name_days
from models.dates.phrases import content_words, what_of, who_of
from models.dates.stale import in_dateline, is_stale
from models.dates.tense import gives_new_day
from models.dates.timex import Timex, TimexType
from models.tokens import Token, tokenize

_MUSING = re.compile(r"(?:We|I) (?:think|hope|believe|guess|feel|like|love)\b")
_NUMBER = re.compile(r"[\d.,]+")
_HORIZON_DAYS = 366 * 2
_ENOUGH_WORDS = 2
_NEIGHBOURS = 12
_COARSE = frozenset({Precision.YEAR, Precision.INTERVAL})
_RANGE_JOINTS = frozenset({"-", "–", "to", "through", "until", "and"})


def find_deadlines(
    text: str,
    sentences: Sequence[Span],
    timexes: Sequence[Timex],
    reference: date,
    *,
    tokens: Sequence[Token] | None = None,
) -> list[Deadline]:
    """Find what is due, and what is to happen, from the day the text speaks on.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.
        timexes: What ``find_timexes`` found in it.
        reference: The day the text speaks on.
        tokens: The text's tokens, where the caller has them.

    Returns:
        Deadlines in the order of the text, each matter once. A date with "before" is given as the text gives it.
    """
    page = Page(text, sentences, reference, tokenize(text) if tokens is None else tokens)
    found: list[Deadline] = []
    ranges = _joined(page, name_days(text, page.tokens, timexes, reference))
    starts = [timex.span.start for timex in ranges]
    floor = 0
    for timex in ranges:
        start, end = page.index(timex.span.start), page.index(timex.span.end)
        bound = bind(page, timex, start, end) or _lasting(page, ranges, timex, (start, end))
        if bound is None or _idle(page, timex):
            continue
        following = bisect_right(starts, timex.span.start)
        following += following < len(starts) and _names_edition(page, ranges[following])
        ceiling = page.index(starts[following]) if following < len(starts) else len(page.tokens)
        deadline = _deadline(page, timex, bound, (floor, end, max(ceiling, end)))
        if deadline is not None:
            last = found[-1] if found else None
            if deadline.who is None and floor and last is not None and last.sentence == deadline.sentence:
                deadline = replace(deadline, who=last.who)
            floor = end
            found.append(deadline)
    return once(found, text)


def _names_edition(page: Page, timex: Timex) -> bool:
    """Whether a year only tells which of several a thing is: "to pass the 2027 budget"."""
    at = page.index(timex.span.start)
    following = page.tokens[at + 1] if at + 1 < len(page.tokens) else None
    named = (
        following is not None
        and following.text.islower()
        and following.text.isalpha()
        and following.lower not in STOP_WORDS
    )
    return named and timex.surface.isdigit() and page.lower(at - 1) == "the"


def _idle(page: Page, timex: Timex) -> bool:
    sentence, _, _ = page.sentence(page.sentence_of(timex.span))
    return is_stale(page.text, sentence, timex.span) or in_dateline(page.text, sentence, timex.span)


def _lasting(page: Page, timexes: Sequence[Timex], timex: Timex, where: tuple[int, int]) -> Bound | None:
    """The end of what is in force for a length of time: "banned for six months from March 15"."""
    start, end = where
    if timex.type is not TimexType.DURATION or not lasts(page.tokens, start, end):
        return None
    sentence, _, _ = page.sentence(page.sentence_of(timex.span))
    low = bisect_left(timexes, sentence.start, key=lambda one: one.span.start)
    high = bisect_left(timexes, sentence.end, key=lambda one: one.span.start)
    others = [(page.index(one.span.start), one) for one in timexes[low : min(high, low + _NEIGHBOURS)]]
    began = first_day(page.tokens, others, page.reference)
    due = day_after(began, timex.value)
    if due is None or due.end < page.reference:
        return None
    if due.precision is Precision.DAY and began == page.reference:
        due = replace(due, precision=Precision.WEEK)  # it may have begun a few days off
    return Bound(Bond.DEADLINE, "until", start - 1, due, 0.4)


def _joined(page: Page, timexes: Sequence[Timex]) -> list[Timex]:
    """The expressions with the two ends of a range ("May 15-19", "Monday through Wednesday") made one.

    Of "moved from May 15 to May 19" the later day stays: nothing is due on the other any more.
    """
    text = page.text
    joined: list[Timex] = []
    for timex in timexes:
        last = joined[-1] if joined else None
        if last is not None and last.period and timex.period and _is_range(text, last, timex):
            joined[-1] = (
                timex if gives_new_day(page.tokens, page.index(timex.span.start)) else _range(text, last, timex)
            )
        else:
            joined.append(timex)
    return joined


def _range(text: str, first: Timex, second: Timex) -> Timex:
    """One expression from two, each with its period."""
    span = Span(first.span.start, second.span.end)
    start, end = first.period or second.period, second.period or first.period
    period = Period(start=start.start, end=end.end, precision=Precision.INTERVAL) if start and end else None
    return replace(second, span=span, surface=text[span.start : span.end], period=period, mod=None)


def _is_range(text: str, first: Timex, second: Timex) -> bool:
    joint = text[first.span.end : second.span.start].strip()
    if joint not in _RANGE_JOINTS or len(text[first.span.end : second.span.start]) > 9:
        return False
    if first.type is not TimexType.DATE or second.type is not TimexType.DATE:
        return False
    if first.period is None or second.period is None or first.period.end >= second.period.start:
        return False
    before = text[max(0, first.span.start - 8) : first.span.start].split()
    opener = before[-1].lower() if before else ""
    if joint == "and":
        return opener == "between" or second.surface.isdigit()
    return joint in {"-", "–"} or opener == "from" or second.surface.isdigit() or joint == "through"


def _deadline(page: Page, timex: Timex, bound: Bound, reach: tuple[int, int, int]) -> Deadline | None:
    """Make the record. ``reach``: the tokens where the last deadline ended, this date ends, the next date begins."""
    floor, end, ceiling = reach
    index = page.sentence_of(timex.span)
    sentence, first, last = page.sentence(index)
    resume = bound.resume or end
    place = Clause(first, max(first, floor), bound.cut, resume, max(min(last, ceiling), resume))
    clause = find_clause(page.tokens, place)
    what = what_of(page.text, page.tokens, clause)
    if len(content_words(what)) < _ENOUGH_WORDS and floor > first and not _NUMBER.fullmatch(what):
        clause = find_clause(page.tokens, replace(place, start=first))
        what = what_of(page.text, page.tokens, clause)
    if not content_words(what):
        return None
    if _MUSING.match(what):
        return None
    importance = bound.strength + max(0.0, 0.25 - 0.03 * index)
    if bound.due.precision in _COARSE:
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
