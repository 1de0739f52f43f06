"""What two figures are to each other: a repeat, a change, a correction, a conflict, another scope, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.desk.bounds import possible, same_value
from bot.desk.memory import Entry
from bot.desk.scope_table import RATES, STAGES_ALIKE, STRONG_STAGES
from bot.desk.subjects import Subject, covers, missing, subject_of
from models.api import FigureKind, KeyFigure, Period, Range, Span, Status

DISPUTED_WITHIN: Final = timedelta(hours=12)
"""Values of different sources that are further apart in time are a change, or nothing at all."""
EVENT_WITHIN: Final = timedelta(days=4)
"""How long the victims of an event are counted in articles that nobody has tied together."""
ONE_OFF_WITHIN: Final = timedelta(days=21)
_A_DAY: Final = timedelta(days=1)
_COVER: Final = 0.5
"""How much of either label must stand in the other's label or sentence."""
_COVER_OF_REPEATS: Final = 0.3
_BOTH_COVERS_OF_REPEATS: Final = 1.0
_SAME_NEWS: Final = timedelta(days=2)
"""The same for figures that print one number within two days."""
_SURE: Final = 0.75
"""The least share from which another number is a change without a word that says so."""
_BOTH_COVERS: Final = 1.4
"""What the two shares must come to together where the stories are unrelated."""
_WINDOW_DAYS: Final = 5
"""An as-of of fewer days is a day of telling; longer ones are what a statistic measures."""
_WINDOW_RATIO: Final = 1.8
_APART: Final = frozenset({Status.PLANNED, Status.CEILING})
_SHORT: Final = frozenset({"day", "week"})


class Tie(StrEnum):
    """What two figures are to each other."""

    REPEAT = "repeat"
    CHANGE = "change"
    CORRECTION = "correction"
    CONFLICT = "conflict"
    OTHER_SCOPE = "other scope"
    OTHER = "other"


def relate(one: Entry, other: Entry, *, akin: bool | None = None) -> Tie:
    """What two figures are to each other; the order in which they are given does not matter.

    Args:
        one: A figure as it was filed.
        other: Another.
        akin: Whether their stories are one, or of one thread; None: whether they are.

    Returns:
        ``CONFLICT`` only where different outlets quote different sources at about the same time, and both values
        cannot be right.
    """
    first, second = sorted((one, other), key=age)
    pair = _Pair(
        first=first,
        second=second,
        one=subject_of(first),
        other=subject_of(second),
        akin=one.root == other.root if akin is None else akin,
    )
    return next((tie for holds, tie in _RULES if holds(pair)), Tie.CHANGE)


def age(entry: Entry) -> tuple[datetime, bool, datetime, str, Span]:
    """What entries are ordered by: when they were published; of one article, what it printed first."""
    return entry.published, not entry.retracted, entry.filed_at, entry.article_key, entry.figure.span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two entries, the earlier first, their subjects, and whether their stories belong together."""

    first: Entry
    second: Entry
    one: Subject
    other: Subject
    akin: bool

    @property
    def gap(self) -> timedelta:
        return self.second.published - self.first.published

    @property
    def earlier(self) -> KeyFigure:
        return self.first.figure

    @property
    def later(self) -> KeyFigure:
        return self.second.figure

    @property
    def periods(self) -> tuple[Period, Period] | None:
        """The as-of of both, where both have one."""
        one, other = self.earlier.as_of, self.later.as_of
        return None if one is None or other is None else (one, other)


# What keeps two figures apart


def _name_others(pair: _Pair) -> bool:
    """Whether each label names somebody that the other side does not know of."""
    return bool(missing(pair.one.names, pair.other.context) and missing(pair.other.names, pair.one.context))


def _tell_of_other_events(pair: _Pair) -> bool:
    one, other = pair.one.events, pair.other.events
    return bool(one and other and not one & other)


def _count_others(pair: _Pair) -> bool:
    """Whether kinds or units differ."""
    one, other = pair.one.unit, pair.other.unit
    return pair.earlier.kind is not pair.later.kind or bool(one and other and one != other)


def _share_subject(pair: _Pair) -> bool:
    """Whether either label stands in the other's label or sentence.

    In one story it is enough that the same was done, or that one label of victims is bare.
    """
    bare = pair.later.kind is FigureKind.CASUALTIES and not (pair.one.words and pair.other.words)
    if pair.akin and (bare or pair.one.stages & pair.other.stages):
        return True
    if _same_number(pair):
        return pair.akin or covers(pair.one, pair.other)[0] >= _COVER_OF_REPEATS
    return covers(pair.one, pair.other)[0] >= _COVER


def _same_number(pair: _Pair) -> bool:
    """Whether both print a telling number, the same, at about the same time: words may differ more then."""
    told = pair.earlier.value
    digits = 2 if isinstance(told, Range) else len(told.normalize().as_tuple().digits)
    return digits > 1 and pair.gap <= _SAME_NEWS and same_value(pair.earlier, pair.later)


def _meet_nowhere(pair: _Pair) -> bool:
    """Whether nothing ties figures of unrelated stories: telling labels, a common name, and time."""
    if pair.akin:
        return False
    one, other = pair.one, pair.other
    wanted = _BOTH_COVERS_OF_REPEATS if _same_number(pair) else _BOTH_COVERS
    if sum(covers(one, other)) < wanted or not (one.words and other.words):
        return True
    if not (one.names & other.context or other.names & one.context):
        return True
    if pair.later.kind is FigureKind.CASUALTIES or one.events & other.events:
        return pair.gap > EVENT_WITHIN
    return pair.gap > ONE_OFF_WITHIN and (one.one_off or other.one_off)


def _harm_others(pair: _Pair) -> bool:
    """The killed are not the injured."""
    return pair.later.kind is FigureKind.CASUALTIES and pair.earlier.unit != pair.later.unit


def _count_other_parts(pair: _Pair) -> bool:
    return pair.one.parts != pair.other.parts


def _do_otherwise(pair: _Pair) -> bool:
    """Whether what is done with the counted things differs: asked and approved, launched and shot down."""
    one, other = pair.one.stages, pair.other.stages
    if one & other or not (one or other):
        return False
    if not one or not other:
        return bool((one | other) & STRONG_STAGES)
    return not any(frozenset({a, b}) in STAGES_ALIKE for a in one for b in other)


def _span_others(pair: _Pair) -> bool:
    """A day is no total, a month's rise no year's, and one night's count not that of the next."""
    one, other = pair.one.spans - {"total"}, pair.other.spans - {"total"}
    if one & other or one == other:
        return "day" in one & other and pair.gap > _A_DAY
    if bool(one & _SHORT) != bool(other & _SHORT):
        return True
    return bool(one and other) or bool((one | other) & (RATES - {"year"}))


def _measure_other_windows(pair: _Pair) -> bool:
    """Whether one speaks of a quarter and the other of a half-year."""
    if pair.periods is None or pair.one.spans & pair.other.spans & RATES:
        return False
    short, long = sorted((period.end - period.start).days + 1 for period in pair.periods)
    return short >= _WINDOW_DAYS and long > short * _WINDOW_RATIO


def _hold_otherwise(pair: _Pair) -> bool:
    """What is planned or allowed is not what is."""
    if "pledged" in pair.one.stages & pair.other.stages:
        return False
    states = {pair.earlier.status, pair.later.status}
    return len(states) > 1 and bool(states & _APART) and states != {Status.PLANNED, Status.CLAIMED}


def _is_step(figure: KeyFigure, subject: Subject) -> bool:
    """Whether a figure is itself the amount by which something moved."""
    return subject.is_step or (
        figure.change is not None and figure.change.by is not None and figure.change.by == figure.value
    )


def _step_and_level(pair: _Pair) -> bool:
    return _is_step(pair.earlier, pair.one) != _is_step(pair.later, pair.other)


# What the values of one series say


def _same(pair: _Pair) -> bool:
    return same_value(pair.earlier, pair.later)


def _of_one_article(pair: _Pair) -> bool:
    return pair.first.article_key == pair.second.article_key


def _former(pair: _Pair) -> bool:
    """Whether one of them is told as what held before; it is no news, and disputes nothing."""
    return Status.FORMER in {pair.earlier.status, pair.later.status}


def _corrects(pair: _Pair) -> bool:
    return pair.second.corrects or pair.other.corrects


def _is_origin(pair: _Pair) -> bool:
    """Whether the later figure says that it changed from the earlier one."""
    later = pair.later
    if later.change is None or later.change.origin is None:
        return False
    former = replace(later, value=later.change.origin, qualifier=later.change.origin_qualifier)
    return same_value(pair.earlier, former)


def _is_disputed(pair: _Pair) -> bool:
    """Different outlets quote different sources at about the same time, and the values rule each other out."""
    if pair.first.outlet == pair.second.outlet or pair.gap > DISPUTED_WITHIN:
        return False
    if not _sources_differ(pair) or (pair.other.moves and not pair.other.fixed):
        return False
    if Status.PLANNED in {pair.earlier.status, pair.later.status} and pair.later.kind is not FigureKind.MONEY:
        return False
    return _times_meet(pair) and not possible(pair.earlier).meets(possible(pair.later))


def _sources_differ(pair: _Pair) -> bool:
    """Whether both say who told them, and name different tellers."""
    one, other = pair.one.source, pair.other.source
    return bool(one and other and missing(one, other) and missing(other, one))


def _times_meet(pair: _Pair) -> bool:
    """Whether the two speak of the same time; a figure that does not say of which speaks of now."""
    if pair.periods is None:
        return True
    one, other = pair.periods
    return one.start <= other.end and other.start <= one.end


def _cannot_change(pair: _Pair) -> bool:
    """Whether the second cannot hold after the first: it is not later, or the thing does not move."""
    if pair.gap <= timedelta() or (pair.one.fixed and pair.other.fixed):
        return True
    if pair.periods is None:
        return False
    one, other = pair.periods
    statistic = (other.end - other.start).days >= _WINDOW_DAYS
    return other.end < one.end or (statistic and (one.start, one.end) == (other.start, other.end))


def _hardly_moved(pair: _Pair) -> bool:
    """Whether another outlet prints another number soon after, and neither says that it has moved nor who says so."""
    if pair.other.moves or pair.first.outlet == pair.second.outlet or pair.gap > DISPUTED_WITHIN:
        return False
    return not (pair.one.source and pair.other.source) or _sources_differ(pair)


def _hardly_one(pair: _Pair) -> bool:
    """Whether nothing says that the number has moved, and there is reason to think that it is another one.

    One label says more than the other side knows of, or each side names somebody that the other does not; sums of
    money are mostly paid once, and other counts are followed where one source goes on counting.
    """
    one, other = pair.one, pair.other
    if other.moves:
        return False
    if covers(one, other)[0] < _SURE or pair.later.kind is FigureKind.MONEY:
        return True
    if missing(one.named - one.source, other.context) and missing(other.named - other.source, one.context):
        return True
    counted = pair.later.kind in {FigureKind.COUNT, FigureKind.MEASURE}
    return counted and (not (one.source and other.source) or _sources_differ(pair))


_RULES: Final[tuple[tuple[Callable[[_Pair], bool], Tie], ...]] = (
    (_name_others, Tie.OTHER),
    (_tell_of_other_events, Tie.OTHER),
    (lambda pair: _count_others(pair) and not (pair.akin or _share_subject(pair)), Tie.OTHER),
    (_count_others, Tie.OTHER_SCOPE),
    (_meet_nowhere, Tie.OTHER),
    (_harm_others, Tie.OTHER_SCOPE),
    (_count_other_parts, Tie.OTHER_SCOPE),
    (_do_otherwise, Tie.OTHER_SCOPE),
    (_span_others, Tie.OTHER_SCOPE),
    (_measure_other_windows, Tie.OTHER_SCOPE),
    (_hold_otherwise, Tie.OTHER_SCOPE),
    (_step_and_level, Tie.OTHER_SCOPE),
    (lambda pair: not _share_subject(pair), Tie.OTHER),
    (_same, Tie.REPEAT),
    (lambda pair: _of_one_article(pair) and pair.first.retracted, Tie.CORRECTION),
    (_of_one_article, Tie.OTHER),
    (_former, Tie.OTHER),
    (_corrects, Tie.CORRECTION),
    (_is_origin, Tie.CHANGE),
    (_is_disputed, Tie.CONFLICT),
    (_cannot_change, Tie.OTHER),
    (_hardly_moved, Tie.OTHER),
    (_hardly_one, Tie.OTHER),
)
"""The first rule that holds decides; where none does, the later figure is a change of the earlier one."""
