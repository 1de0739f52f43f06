"""What two figures are to each other: a repeat, a change, a correction, a conflict, another scope, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.desk.apart import (
    COVER,
    WINDOW_DAYS,
    count_other_parts,
    count_others,
    do_otherwise,
    harm_others,
    hold_otherwise,
    measure_other_windows,
    meet_nowhere,
    name_others,
    share_subject,
    share_votes,
    span_others,
    step_and_level,
    tell_of_other_events,
    times_meet,
)
from bot.desk.bounds import possible, same_value
from bot.desk.memory import Entry
from bot.desk.pairs import (
    Pair,
    falls_untold,
    is_contested,
    is_rising_toll,
    is_running_total,
    is_share,
    may_be_part,
    names_former,
)
from bot.desk.scope_table import (
    COMMON_UNITS,
    STRONG_STAGES,
)
from bot.desk.subjects import covers, missing, subject_of
from models.api import FigureKind, Qualifier, Span, Status

DISPUTED_WITHIN: Final = timedelta(hours=12)
"""Values of different sources that are further apart in time are a change, or nothing at all."""
_SURE: Final = 0.75
"""The least share from which another number is a change without a word that says so."""


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
    first, second = (one, other) if age(one) <= age(other) else (other, one)
    pair = Pair(
        first=first,
        second=second,
        one=subject_of(first),
        other=subject_of(second),
        akin=one.root == other.root if akin is None else akin,
    )
    for holds, tie in _RULES:
        if holds(pair):
            return tie
    return Tie.CHANGE


def age(entry: Entry) -> tuple[datetime, bool, datetime, str, Span]:
    """What entries are ordered by: when they were published; of one article, what it printed first."""
    return entry.published, not entry.retracted, entry.filed_at, entry.article_key, entry.figure.span


# What the values of one series say


def _same(pair: Pair) -> bool:
    return same_value(pair.earlier, pair.later) and not _is_toll_that_moved(pair)


def _is_toll_that_moved(pair: Pair) -> bool:
    """Whether the later is a toll whose sentence says that it moved ("rose to 210"): near 200 as it is, it is another number."""
    told = pair.later.kind is FigureKind.CASUALTIES and pair.later.qualifier is Qualifier.EXACT and pair.other.moves
    return told and not _of_one_article(pair) and pair.earlier.value != pair.later.value


def _of_one_article(pair: Pair) -> bool:
    return pair.first.article_key == pair.second.article_key


def _former(pair: Pair) -> bool:
    """Whether one of them is told as what held before; it is no news, and disputes nothing."""
    return Status.FORMER in {pair.earlier.status, pair.later.status}


def _goes_on_from_named(pair: Pair) -> bool:
    """Whether the later figure names the earlier one as what it was: no other word need fit then."""
    if (pair.one.stages ^ pair.other.stages) & STRONG_STAGES and not pair.one.stages & pair.other.stages:
        return False
    specific = pair.one.unit == pair.other.unit and pair.one.unit not in COMMON_UNITS
    if not specific and covers(pair.one, pair.other)[1] < COVER:
        return False
    return not (_of_one_article(pair) or _former(pair) or _corrects(pair) or _same(pair)) and names_former(pair)


def _is_turnout_of_one(pair: Pair) -> bool:
    """Whether one percentage is of what does not move (a turnout), and the other another."""
    percent = pair.later.kind is FigureKind.PERCENT
    return percent and pair.one.fixed != pair.other.fixed and not _same(pair)


def _corrects(pair: Pair) -> bool:
    return pair.second.corrects or pair.other.corrects


def _is_disputed(pair: Pair) -> bool:
    """Different outlets quote different sources at about the same time, and the values rule each other out."""
    if pair.first.outlet == pair.second.outlet or pair.gap > DISPUTED_WITHIN:
        return False
    told_by_others = _sources_differ(pair) or (is_contested(pair) and not pair.one.source)
    if not told_by_others or (pair.other.moves and not pair.other.fixed):
        return False
    if Status.PLANNED in {pair.earlier.status, pair.later.status} and pair.later.kind is not FigureKind.MONEY:
        return False
    if pair.later.kind is FigureKind.CASUALTIES and may_be_part(pair):
        return False
    return times_meet(pair) and not possible(pair.earlier).meets(possible(pair.later))


def _sources_differ(pair: Pair) -> bool:
    """Whether both say who told them, and name different tellers."""
    one, other = pair.one.source, pair.other.source
    return bool(one and other and missing(one, other) and missing(other, one))


def _cannot_change(pair: Pair) -> bool:
    """Whether the second cannot hold after the first: it is not later, or the thing does not move."""
    if pair.gap <= timedelta() or falls_untold(pair) or (pair.one.fixed and pair.other.fixed):
        return True
    if pair.periods is None or share_votes(pair):
        return False
    one, other = pair.periods
    statistic = (other.end - other.start).days >= WINDOW_DAYS
    return other.end < one.end or (statistic and (one.start, one.end) == (other.start, other.end))


def _hardly_moved(pair: Pair) -> bool:
    """Whether another outlet prints another number soon after, and neither says that it has moved nor who says so."""
    if pair.other.moves or pair.first.outlet == pair.second.outlet or pair.gap > DISPUTED_WITHIN:
        return False
    return not (pair.one.source and pair.other.source) or _sources_differ(pair)


def _hardly_one(pair: Pair) -> bool:
    """Whether nothing says that the number has moved, and there is reason to think that it is another one.

    One label says more than the other side knows of, or each side names somebody that the other does not; sums of
    money are mostly paid once, and other counts are followed where one source goes on counting.
    """
    one, other = pair.one, pair.other
    if other.moves or is_rising_toll(pair) or is_running_total(pair):
        return False
    if covers(one, other)[0] < _SURE or pair.later.kind is FigureKind.MONEY:
        return True
    if missing(one.named - one.source, other.context) and missing(other.named - other.source, one.context):
        return True
    counted = pair.later.kind in {FigureKind.COUNT, FigureKind.MEASURE}
    return counted and (not (one.source and other.source) or _sources_differ(pair))


_RULES: Final[tuple[tuple[Callable[[Pair], bool], Tie], ...]] = (
    (name_others, Tie.OTHER),
    (tell_of_other_events, Tie.OTHER),
    (lambda pair: count_others(pair) and not (pair.akin or share_subject(pair)), Tie.OTHER),
    (count_others, Tie.OTHER_SCOPE),
    (meet_nowhere, Tie.OTHER),
    (harm_others, Tie.OTHER_SCOPE),
    (is_share, Tie.OTHER_SCOPE),
    (lambda pair: pair.akin and _goes_on_from_named(pair), Tie.CHANGE),
    (count_other_parts, Tie.OTHER_SCOPE),
    (_is_turnout_of_one, Tie.OTHER_SCOPE),
    (do_otherwise, Tie.OTHER_SCOPE),
    (span_others, Tie.OTHER_SCOPE),
    (measure_other_windows, Tie.OTHER_SCOPE),
    (hold_otherwise, Tie.OTHER_SCOPE),
    (step_and_level, Tie.OTHER_SCOPE),
    (lambda pair: not share_subject(pair), Tie.OTHER),
    (_same, Tie.REPEAT),
    (lambda pair: _of_one_article(pair) and pair.first.retracted, Tie.CORRECTION),
    (_of_one_article, Tie.OTHER),
    (_former, Tie.OTHER),
    (_corrects, Tie.CORRECTION),
    (names_former, Tie.CHANGE),
    (_is_disputed, Tie.CONFLICT),
    (_cannot_change, Tie.OTHER),
    (_hardly_moved, Tie.OTHER),
    (_hardly_one, Tie.OTHER),
)
"""The first rule that holds decides; where none does, the later figure is a change of the earlier one."""
