"""Tells what ties a date to the future: a deadline's words, a scheduled event, or nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.api import Bond, Period, Precision, Span
from models.dates.almanac import add_months, last_day, period_of
from models.dates.cues import (
    ACCOUNTED,
    AGREEING,
    BEFORE_DATE,
    CHANGES,
    DEADLINE_NOUNS,
    DEBTS,
    DUE_EVENTS,
    ENDED_EVENTS,
    ENDING_PAIRS,
    ENDING_VERBS,
    EVENT_NOUNS,
    EVENT_VERBS,
    FORECASTS,
    GIVING,
    GREAT_EVENTS,
    GROWTH,
    LENGTH_CUES,
    MOVED,
    REPORTING,
    TRUCE_NOUNS,
)
from models.dates.tables import words
from models.dates.tense import Tense, gives_new_day, tense_at
from models.dates.timex import Timex, TimexType
from models.tokens import Token

_LENGTH = re.compile(r"P(?:(?P<n>\d{1,4})(?P<unit>[DWMY])|T(?P<hours>\d{1,3})H)")
_FAR_DAYS = 366 * 45
_FORECAST_DAYS = 366 * 4
_COARSE = frozenset({Precision.YEAR, Precision.INTERVAL})
_SHORT_DAYS = 100
_YEAR_LINKS = words("in for of until early late next this by since")
_PASSED = words("had was were been did overnight")
_LONG = frozenset({Precision.SEASON, Precision.QUARTER})
_LINKS = words("on in at for of around about early late mid the end as early")
_DEADLINE_IS = words("is was remains deadline passes falls looms comes expires")
_SOFTENERS = words("at least about around the")
_FUTURE_WORDS = words("to must will would should can may shall has have need needs")
_NEAR_BACK, _NEAR_AHEAD = 16, 8
_HOURS_OF_DAY = 24
_WEATHER = words(
    "rain snow rainfall snowfall millimeters millimetres centimeters centimetres degrees winds gusts sunshine frost"
)
_EXPECTING = words("expect expects expected forecast forecasts forecasters predicts predict could")
_LENGTHENED = words("extend extends extended prolong prolongs prolonged renew renews renewed")
_WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_SEEN = words("see sees forecast forecasts projects")
"""Verbs of those who only look ahead: "economists now see inflation of 9% at the end of the year"."""


class Bound(NamedTuple):
    """How a date is bound; its cue begins at token ``cut``. ``strength`` is the share in its importance."""

    bond: Bond
    qualifier: str
    cut: int
    due: Period
    strength: float
    resume: int | None = None
    """Where the words behind the date begin, where it is not where the date ends ("a 10-day truce")."""


class Page:
    """A text with its tokens and sentences, for one search."""

    def __init__(self, text: str, sentences: Sequence[Span], reference: date, tokens: Sequence[Token]) -> None:
        self.text = text
        self.reference = reference
        self.sentences = sentences or (Span(0, len(text)),)
        self.tokens = tokens
        self._starts = [token.start for token in tokens]
        self._sentence_starts = [sentence.start for sentence in self.sentences]

    def sentence_of(self, span: Span) -> int:
        """Index of the sentence a span begins in."""
        return max(bisect_right(self._sentence_starts, span.start) - 1, 0)

    def sentence(self, index: int) -> tuple[Span, int, int]:
        """A sentence's span, and its tokens ``[first, last)``."""
        span = self.sentences[index]
        return span, self.index(span.start), self.index(span.end)

    def first_of(self, index: int) -> int:
        """The first token of the sentence that a token stands in."""
        start = self.tokens[index].start
        return self.sentence(self.sentence_of(Span(start, start)))[1]

    def index(self, offset: int) -> int:
        """Index of the first token that begins at or behind an offset."""
        return bisect_left(self._starts, offset)

    def lower(self, index: int) -> str:
        """A token in lower case; empty beyond either end."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""


def bind(page: Page, timex: Timex, start: int, end: int) -> Bound | None:
    """What ties the expression at tokens ``[start, end)`` to the future; None where nothing does."""
    if timex.type is TimexType.DURATION:
        return _length(page, timex, start, end)
    if timex.period is None or timex.type is TimexType.SET:
        return None
    due = _due(timex, timex.period)
    if due.end < page.reference or (due.end - page.reference).days > _FAR_DAYS:
        return None
    if _accounted(page, start):
        return None
    return _deadline(page, start, end, due) or _event(page, timex, start, end, due)


def _accounted(page: Page, start: int) -> bool:
    """Whether the date only names a period or a debt: "the year ending June 30", "notes due 2031"."""
    verb, noun = page.lower(start - 1), page.lower(start - 2)
    return (verb == "ending" and noun in ACCOUNTED) or (verb == "due" and noun in DEBTS)


def _due(timex: Timex, period: Period) -> Period:
    """The days that keep a deadline: "by mid-July" ends on the 15th, "by mid-2021" with June."""
    if timex.mod != "MID":
        return period
    if len(timex.value) == 7 and timex.value[5:].isdigit():
        day = period.start.replace(day=15)
        return Period(start=day - timedelta(days=4), end=day, precision=Precision.INTERVAL)
    if len(timex.value) == 4:
        year = int(timex.value)
        return Period(start=date(year, 6, 1), end=last_day(year, 6), precision=Precision.INTERVAL)
    return period


def _deadline(page: Page, start: int, end: int, due: Period) -> Bound | None:
    if cue := _preposition(page, start):
        qualifier, cut = cue
        idle = (
            _foreseen(page, cut, due) or _weather(page, cut, max(0, cut - _NEAR_BACK)) or _over(page, start, end, due)
        )
        return None if idle else Bound(Bond.DEADLINE, qualifier, cut, due, 0.6)
    first = page.first_of(start)
    back = start - 1
    while back > first and start - back <= 4 and page.lower(back) in _LINKS:
        if page.lower(back) == "end" and page.lower(back - 1) != "the":
            break
        back -= 1
    verb = page.lower(back) if back >= first else ""
    if verb in ENDING_VERBS or (page.lower(back - 1), verb) in ENDING_PAIRS:
        put_off = "had" in (page.lower(k) for k in range(back - 5, back))
        event = any(page.lower(k) in (DUE_EVENTS if verb == "due" else ENDED_EVENTS) for k in range(back - 4, back))
        return None if put_off or event else Bound(Bond.DEADLINE, "by", start, due, 0.6)
    named = any(page.lower(k) == "deadline" for k in range(back - 6, back + 1)) and verb in _DEADLINE_IS
    made = page.lower(end) == "as" and "deadline" in (page.lower(end + 1), page.lower(end + 2))
    if page.lower(end) in DEADLINE_NOUNS or named or made:
        return Bound(Bond.DEADLINE, "by", start, due, 0.6)
    return None


def _preposition(page: Page, start: int) -> tuple[str, int] | None:
    """The qualifier, and the token it begins at, of the words before a date, perhaps with "at least" between."""
    stop = start
    while stop > 0 and page.lower(stop - 1) in _SOFTENERS and start - stop < 2:
        stop -= 1
    for at in dict.fromkeys((start, stop)):
        for cue, qualifier in BEFORE_DATE:
            cut = at - len(cue)
            if all(page.lower(cut + k) == word for k, word in enumerate(cue)):
                return qualifier, cut + (cue[0] == "deadline")
    return None


def _over(page: Page, start: int, end: int, due: Period) -> bool:
    """Whether the time up to the date has begun, and the sentence looks back on it: "by today", "through this week"."""
    if due.start > page.reference:
        return False
    if due.start == due.end:
        told = (page.lower(k) for k in range(start - _NEAR_BACK // 2, start))
        return tense_at(page.tokens, start, end) is not Tense.FUTURE or any(word in _PASSED for word in told)
    return due.precision is Precision.INTERVAL or (
        page.lower(start - 1) == "through" and not tense_at(page.tokens, start, end).ahead
    )


def _foreseen(page: Page, cut: int, due: Period) -> bool:
    """Whether the words before tell of what is foreseen, or of a number aimed at years off, not of what is to be done."""
    if due.precision is not Precision.YEAR:
        return False
    told = [page.lower(k) for k in range(cut - _NEAR_BACK, cut)]
    told = told[len(told) - told[::-1].index(".") :] if "." in told else told
    if (due.end - page.reference).days > _FORECAST_DAYS and any(word[:1].isdigit() or word in GROWTH for word in told):
        return True
    return not FORECASTS.isdisjoint(told)


def _weather(page: Page, start: int, first: int) -> bool:
    """Whether the words before a date tell what weather is expected by then."""
    told = {page.lower(k) for k in range(max(first, start - _NEAR_BACK), start)}
    return not told.isdisjoint(_WEATHER) and not told.isdisjoint(_EXPECTING)


def _seen(page: Page, start: int, first: int) -> bool:
    return any(page.lower(k) in _SEEN for k in range(max(first, start - _NEAR_BACK // 2), start))


def _lengthened(page: Page, start: int, first: int) -> bool:
    """Whether a date is the new end of something: "extended to March 31"."""
    told = (page.lower(k) for k in range(max(first, start - _NEAR_BACK), start))
    return gives_new_day(page.tokens, start) and not _LENGTHENED.isdisjoint(told)


def _changes(page: Page, start: int, first: int) -> bool:
    """Whether the words before the date tell what a number will do, or what is foreseen."""
    return any(page.lower(k) in CHANGES | FORECASTS for k in range(max(first, start - _NEAR_BACK), start))


def _length(page: Page, timex: Timex, start: int, end: int) -> Bound | None:
    due = day_after(page.reference, timex.value)
    if due is None or page.lower(end) == "of" or "old" in (page.lower(end - 1), page.lower(end + 1)):
        return None
    before, after = page.lower(start - 1), [page.lower(k) for k in range(end, end + 2)]
    leading = {page.lower(k) for k in range(start - 5, start)}
    if before == "in" or before in LENGTH_CUES:
        return _length_ahead(page, start, end, due)
    if after[0] == "to" and "to" not in leading and not GIVING.isdisjoint(leading):
        return Bound(Bond.DEADLINE, "by", start, due, 0.5)
    truce = not TRUCE_NOUNS.isdisjoint(after) and not AGREEING.isdisjoint(leading)
    if truce or not DEADLINE_NOUNS.isdisjoint(after):
        behind = end + 1 + (after[0] not in DEADLINE_NOUNS | TRUCE_NOUNS)
        return Bound(Bond.DEADLINE, "by", behind, due, 0.4 if truce else 0.5, behind)
    return None


def _length_ahead(page: Page, start: int, end: int, due: Period) -> Bound | None:
    """Read "within 90 days", "expires in three months", "will meet in two weeks"."""
    told = {page.lower(k) for k in range(max(0, start - _NEAR_BACK), start)}
    tense = tense_at(page.tokens, start, end)
    if page.lower(start - 1) in LENGTH_CUES:
        past = tense is Tense.PAST and not told & _FUTURE_WORDS
        return None if past else Bound(Bond.DEADLINE, "by", start - 1, due, 0.5)
    if page.lower(start - 2) in ENDING_VERBS:
        return Bound(Bond.DEADLINE, "by", start - 1, due, 0.5)
    scheduled = tense.ahead and told & (EVENT_VERBS | EVENT_NOUNS)
    return Bound(Bond.EVENT, "on", start - 1, due, 0.3) if scheduled else None


def day_after(reference: date, value: str) -> Period | None:
    """The day a length of days or weeks from the reference; the month or year a length of months or years from it."""
    match = _LENGTH.fullmatch(value)
    if match is None:
        return None
    if match["hours"]:
        days, rest = divmod(int(match["hours"]), _HOURS_OF_DAY)
        day = reference + timedelta(days=days)
        return None if rest or not days else Period(start=day, end=day, precision=Precision.DAY)
    amount, unit = int(match["n"]), match["unit"]
    try:
        if unit in "DW":
            day = reference + timedelta(days=amount * (7 if unit == "W" else 1))
            return Period(start=day, end=day, precision=Precision.WEEK if unit == "W" else Precision.DAY)
        month = add_months(reference, amount * (12 if unit == "Y" else 1))
    except OverflowError:
        return None
    return period_of(f"{month.year:04d}" if unit == "Y" else f"{month.year:04d}-{month.month:02d}")


def _event(page: Page, timex: Timex, start: int, end: int, due: Period) -> Bound | None:
    _, first, last = page.sentence(page.sentence_of(timex.span))
    near = {page.lower(k) for k in range(max(first, start - _NEAR_BACK), min(last, end + _NEAR_AHEAD))}
    noun = bool(near & EVENT_NOUNS)
    moved = page.lower(start - 2) in MOVED or gives_new_day(page.tokens, start)
    told = REPORTING & {page.lower(start - 1), page.lower(start - 2) if page.lower(start - 1) == "on" else ""}
    tense = tense_at(page.tokens, start, end)
    eve = tense is Tense.PAST and timex.surface in _WEEKDAYS and (due.start - page.reference).days == 1
    foreseen = _weather(page, start, first) or _seen(page, start, first)
    if told or eve or foreseen or (due.precision in _COARSE and not _great(page, start, due, tense, near)):
        return None
    today = due.start <= page.reference
    verb = bool(near & EVENT_VERBS)
    if today and not (
        due.start == due.end
        and (tense is Tense.FUTURE or (tense.ahead and timex.type is TimexType.TIME))
        and (noun or verb)
    ):
        return None
    if not noun and (due.precision in _LONG or _changes(page, start, first)):
        return None
    sure = noun or verb or tense.ahead if due.precision is not Precision.DAY else tense is not Tense.PAST or noun
    if not (sure or moved) or (tense is Tense.PAST and not (noun or moved)):
        return None
    cut = start - 1 if page.lower(start - 1) in _LINKS else start
    if _lengthened(page, start, first):
        return Bound(Bond.DEADLINE, "until", cut, due, 0.6)
    strength = 0.3 + 0.15 * noun + 0.1 * tense.ahead + 0.15 * moved
    return Bound(Bond.EVENT, "on", cut, due, min(strength, 0.55))


def _great(page: Page, start: int, due: Period, tense: Tense, near: set[str]) -> bool:
    """Whether a year or a long interval dates something known by its year alone: "elections in 2028"."""
    if due.precision is Precision.INTERVAL and (due.end - due.start).days <= _SHORT_DAYS:
        return True
    return tense.ahead and not near.isdisjoint(GREAT_EVENTS) and page.lower(start - 1) in _YEAR_LINKS
