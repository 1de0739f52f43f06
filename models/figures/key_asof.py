"""Finds the time a figure speaks of, where its text gives one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.api import FigureKind, KeyFigure, Period, Precision, Status
from models.dates.almanac import period_of
from models.dates.timex import Timex, TimexType
from models.figures.key_kind import Sort
from models.figures.key_scene import Place, Scene
from models.figures.key_words import PLAIN_SPEECH
from models.tokens import Kind

_NOT_AS_OF: Final = frozenset({"since", "until", "till", "through", "after", "ago", "before", "than"})
_DUE: Final = frozenset({"by", "until"})
_ATTACH: Final = 7
_LEAD_SENTENCES: Final = 3
_SPEECH_REACH: Final = 3
_FAR_TOKENS: Final = 40
_OPENING: Final = 3
AS_OF: Final = 9.0
"""The score of a time said with "as of"."""
_OTHER_CLAUSE: Final = frozenset({";", "according", "where", "while", "whereas", "when", "who", "whose", "but"})
_CONTRASTS: Final = frozenset({"from", "against", "compared", "than", "down", "up", "versus", "while", "after"})
_OWN_CLAUSE: Final = frozenset({"is", "are", "will", "would", "due", "plans", "expects", "expected"})
_COMPARED: Final = frozenset({"against", "compared", "than", "versus", "from"})
_RELATIVE: Final = frozenset({"that", "which", "who"})
_PRESENT: Final = frozenset({"has", "have"})
_TALLIED: Final = frozenset({FigureKind.CASUALTIES, FigureKind.COUNT, FigureKind.TROOPS})


def usable(timex: Timex) -> bool:
    """Whether an expression names a time that a figure can hold for."""
    return timex.type in {TimexType.DATE, TimexType.TIME} and timex.period is not None


def whole(timex: Timex) -> Period | None:
    """The period an expression stands for: the last day for "the end of", the whole for "early" and "mid"."""
    if timex.period is None:
        return None
    if timex.mod == "END" and timex.surface.lower().startswith(("the end", "end", "year", "the close", "close")):
        return Period(start=timex.period.end, end=timex.period.end, precision=Precision.DAY)
    if timex.mod in {"START", "MID", "END"}:
        return period_of(timex.value, None) or timex.period
    return timex.period


class Found(NamedTuple):
    """A period, and how surely the figure speaks of it: 2 and more is sure."""

    period: Period
    score: float


def as_of(place: Place, *, planned: bool) -> Found | None:
    """The time a figure speaks of by its own sentence; None where it gives none."""
    best: Found | None = None
    scene = place.scene
    for timex in scene.timexes_in(scene.tokens[place.first].start, scene.tokens[place.last - 1].end):
        if not usable(timex):
            continue
        score = _score(place, timex, planned=planned)
        period = whole(timex)
        if score > 0 and period is not None and (best is None or score > best.score):
            best = Found(period, score)
    return best


def _score(place: Place, timex: Timex, *, planned: bool) -> float:
    scene = place.scene
    start, stop = scene.first(timex.span.start), scene.first(timex.span.end)
    before = place.lower(start - 1)
    if timex.surface.lower().startswith("as of") or (before == "of" and place.lower(start - 2) == "as"):
        return AS_OF
    if before in _NOT_AS_OF or _foreign(place, timex, start, stop):
        return 0.0
    if before in _DUE and not planned:
        past = timex.period is not None and timex.period.end <= scene.reference
        return 0.5 if before == "by" and past else 0.0
    behind = start >= place.stop
    gap = range(place.stop, start) if behind else range(stop, place.start)
    if len(gap) > _FAR_TOKENS or _apart(place, gap, behind=behind):
        return 0.0
    numbers = [k for k in gap if scene.tokens[k].kind is Kind.NUMBER]
    breaks = sum(place.breaks(k) or scene.tokens[k].text == "," for k in gap)
    score = 3.0 - 0.04 * len(gap) - 0.5 * breaks - 0.6 * len(numbers) * behind
    if behind and len(gap) <= _ATTACH and not numbers and not breaks:
        score += 2.0
    elif (
        behind and numbers and start - numbers[-1] <= _ATTACH and _contrasts(place, range(place.stop, numbers[-1]))
    ) or (not behind and _compared_with(place, gap)):
        return 0.0
    elif not behind and start - place.first <= _OPENING:
        score += 0.8
    return max(score, 0.1)


def _compared_with(place: Place, gap: range) -> bool:
    """Whether a number is held against the one whose time stands before: "5,906 on Tuesday, against 3,000"."""
    words = [place.lower(k) for k in gap]
    return any(
        word in _COMPARED and (word != "from" or k == 0 or words[k - 1] in {"down", "up", ","})
        for k, word in enumerate(words)
    )


def _apart(place: Place, gap: range, *, behind: bool) -> bool:
    """Whether another clause lies between a number and a time."""
    words = [place.lower(k) for k in gap]
    barred = _OTHER_CLAUSE | _RELATIVE if behind else _OTHER_CLAUSE
    if any(word in barred for word in words):
        return True
    return behind and "," in words and any(word in _OWN_CLAUSE for word in words)


def _foreign(place: Place, timex: Timex, start: int, stop: int) -> bool:
    """Whether a time is that of speaking, of an earlier value ("than in 2018"), or the quantity itself."""
    if timex.surface.lower().endswith(("earlier", "before", "ago", "previously")):
        return True
    if place.lower(start - 1) in {"in", "the"} and place.lower(start - 2) in {"than", "since"}:
        return True
    return is_spoken(place, start, stop) or place.lower(stop) == "ago" or place.start <= start < place.stop


def _contrasts(place: Place, gap: range) -> bool:
    """Whether words between two numbers set one against the other: "to 9 million from 10 million in May"."""
    return any(place.lower(k) in _CONTRASTS or place.lower(k) in _OWN_CLAUSE for k in gap)


def is_spoken(place: Place, start: int, stop: int) -> bool:
    """Whether the expression in tokens ``[start, stop)`` is the time somebody spoke: "said on Tuesday"."""
    if place.lower(stop) in PLAIN_SPEECH and place.lower(stop) not in {"reported", "recorded"}:
        return True
    for k in range(start - 1, max(place.first, start - _SPEECH_REACH - 1) - 1, -1):
        word = place.lower(k)
        if word in PLAIN_SPEECH:
            return True
        if word not in {
            "on",
            "late",
            "early",
            "reporters",
            "in",
            "a",
            "statement",
            "here",
            "journalists",
            "it",
            "him",
            "them",
            "parliament",
        }:
            return False
    return False


def tally_day(scene: Scene, places: Sequence[tuple[Place, Sort]]) -> Period | None:
    """The day on which the lead of a report counts people: later tallies of it speak of that day too."""
    for place, sort in places:
        if place.index >= _LEAD_SENTENCES:
            return None
        if sort.kind is not FigureKind.CASUALTIES:
            continue
        for timex in scene.timexes_in(place.sentence.start, place.sentence.end):
            period = timex.period
            if usable(timex) and period is not None and period.precision is Precision.DAY and _recent(scene, period):
                return period
    return None


def _recent(scene: Scene, period: Period) -> bool:
    return 0 <= (scene.reference - period.end).days <= 7


def told_day(place: Place) -> Period | None:
    """The day somebody told what has come about so far: "has destroyed 1,956 buildings, the service said on Tuesday"."""
    low, _ = place.clause()
    if not any(place.lower(k) in _PRESENT for k in range(max(low, place.start - 8), min(place.stop + 3, place.last))):
        return None
    scene = place.scene
    for timex in scene.timexes_in(place.sentence.start, min(place.sentence.end, place.quantity.span.end + 400)):
        if not usable(timex) or timex.period is None or timex.period.precision is not Precision.DAY:
            continue
        if is_spoken(place, scene.first(timex.span.start), scene.first(timex.span.end)):
            return timex.period
    return None


def poll_day(scene: Scene) -> Period | None:
    """The day of the vote that the lead of a text tells of: results without a time are of that day."""
    for sentence in scene.sentences[:2]:
        low, high = scene.first(sentence.start), min(scene.first(sentence.end), scene.first(sentence.start) + 70)
        if not any(scene.lower(k) in _POLLS for k in range(low, high)):
            continue
        for timex in scene.timexes_in(sentence.start, sentence.end):
            period = timex.period
            if usable(timex) and period is not None and period.precision is Precision.DAY and _recent(scene, period):
                return period
    return None


def polled(place: Place, sort: Sort) -> bool:
    """Whether a figure is a result of a vote."""
    if sort.noun in _RESULT_NOUNS:
        return True
    return any(place.lower(k) in _RESULTS for k in range(place.first, place.last))


_RESULT_NOUNS: Final = frozenset({"seat", "vote", "voter", "ballot"})
_POLLS: Final = frozenset({"election", "elections", "vote", "referendum", "ballot", "run-off", "runoff", "polls"})
_RESULTS: Final = frozenset(
    {
        "vote",
        "votes",
        "voted",
        "voters",
        "seats",
        "turnout",
        "won",
        "share",
        "ballots",
        "counted",
        "party",
        "candidate",
        "fell",
        "threshold",
    }
)


def carried(before: Place, told: KeyFigure, place: Place, figure: KeyFigure) -> Period | None:
    """The month, quarter or year that a statistic goes on speaking of: that of the figure before, in its paragraph."""
    if told.as_of is None or told.as_of.precision not in _STATISTICAL or told.status is not Status.ACTUAL:
        return None
    if figure.kind not in {FigureKind.PERCENT, told.kind} or figure.kind in {
        FigureKind.DURATION,
        FigureKind.CASUALTIES,
    }:
        return None
    near = place.index - before.index <= 1
    gap = place.scene.text[before.sentence.end : place.sentence.start]
    return told.as_of if near and (before.index == 0 or "\n" not in gap) else None


_STATISTICAL: Final = frozenset({Precision.MONTH, Precision.QUARTER, Precision.YEAR})


def tallied(sort: Sort, place: Place) -> bool:
    """Whether a figure is one of the counts that a tally is made of."""
    if sort.kind not in _TALLIED:
        return False
    if sort.kind is FigureKind.CASUALTIES:
        return True
    around = {*place.words_before(8), *place.words_after(10)}
    return bool(
        around
        & {
            "affected",
            "displaced",
            "evacuated",
            "destroyed",
            "damaged",
            "rescued",
            "far",
            "now",
            "homeless",
            "detained",
            "arrested",
        }
    )
