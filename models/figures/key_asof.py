"""Finds the time a figure speaks of, where its text gives one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models.api import FigureKind, Period, Precision
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


def as_of(place: Place, *, planned: bool) -> Period | None:
    """The time a figure speaks of by its own sentence; None where it gives none."""
    best: tuple[float, Period] | None = None
    scene = place.scene
    low = scene.tokens[place.first].start
    high = scene.tokens[place.last - 1].end
    for timex in scene.timexes_in(low, high):
        if not usable(timex):
            continue
        score = _score(place, timex, planned=planned)
        period = whole(timex)
        if score > 0 and period is not None and (best is None or score > best[0]):
            best = (score, period)
    return best[1] if best else None


def _score(place: Place, timex: Timex, *, planned: bool) -> float:
    scene = place.scene
    start, stop = scene.first(timex.span.start), scene.first(timex.span.end)
    before = place.lower(start - 1)
    if timex.surface.lower().startswith("as of") or (before == "of" and place.lower(start - 2) == "as"):
        return 9.0
    if before in _NOT_AS_OF or is_spoken(place, start, stop) or place.lower(stop) == "ago":
        return 0.0
    if before in _DUE and not planned:
        return 0.5 if before == "by" else 0.0
    if place.start <= start < place.stop:
        return 0.0
    behind = start >= place.stop
    gap = range(place.stop, start) if behind else range(stop, place.start)
    distance = len(gap)
    if distance > _FAR_TOKENS:
        return 0.0
    others = sum(scene.tokens[k].kind is Kind.NUMBER for k in gap)
    breaks = sum(place.breaks(k) or scene.tokens[k].text == "," for k in gap)
    score = 3.0 - 0.04 * distance - 0.5 * breaks - 0.9 * others * behind
    if behind and distance <= _ATTACH and not others and not breaks:
        score += 2.0
    elif not behind and _opens(place, start):
        score += 0.8
    return max(score, 0.1)


def _opens(place: Place, start: int) -> bool:
    return start - place.first <= 2


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
