"""What keeps two figures apart: names, events, units, parts, stages, spans of time, and what is planned."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.desk.bounds import same_value, significant
from bot.desk.pairs import (
    Pair,
    count_victims_of_one_event,
    is_rising_toll,
    may_be_part,
    shares_total,
    status_of,
)
from bot.desk.scope_table import (
    ADMITTED_WHERE_TOLD,
    OTHER_MATTERS,
    RATES,
    ROUNDS,
    SINGLE_EVENTS,
    STAGES_ALIKE,
    STRONG_STAGES,
)
from bot.desk.subjects import Subject, covers, missing
from models.api import FigureKind, KeyFigure, Range, Status

COVER: Final = 0.5
"""How much of either label must stand in the other's label or sentence."""
WINDOW_DAYS: Final = 5
"""An as-of of fewer days is a day of telling; longer ones are what a statistic measures."""
EVENT_WITHIN: Final = timedelta(days=4)
"""How long the victims of an event are counted in articles that nobody has tied together."""
ONE_OFF_WITHIN: Final = timedelta(days=21)
_A_DAY: Final = timedelta(days=1)
_COVER_OF_REPEATS: Final = 0.3
_BOTH_COVERS_OF_REPEATS: Final = 1.0
_SAME_NEWS: Final = timedelta(days=2)
"""The same for figures that print one number within two days."""
_BOTH_COVERS: Final = 1.4
"""What the two shares must come to together where the stories are unrelated."""
_WINDOW_RATIO: Final = 1.8
_APART: Final = frozenset({Status.PLANNED, Status.CEILING})
_SHORT: Final = frozenset({"day", "week"})


def name_others(pair: Pair) -> bool:
    """Whether each label names somebody that the other side does not know of; victims of one event are counted in many places."""
    one, other = pair.one, pair.other
    if one.owner and other.owner and missing(one.owner, other.owner) and missing(other.owner, one.owner):
        return True
    apart = bool(missing(one.names, other.context) and missing(other.names, one.context))
    if apart and one.events & other.events & SINGLE_EVENTS and count_victims_of_one_event(pair):
        return may_be_part(pair)
    return apart


def tell_of_other_events(pair: Pair) -> bool:
    """Whether what happened differs, or happened again: of strikes and raids each day has its own."""
    one, other = pair.one.events, pair.other.events
    if (one and other and not one & other) or (pair.one.parts ^ pair.other.parts) & OTHER_MATTERS:
        return True
    if pair.later.kind is not FigureKind.CASUALTIES or pair.other.moves or not one & other - SINGLE_EVENTS:
        return False
    return pair.periods is not None and not times_meet(pair) and "total" not in pair.other.spans


def count_others(pair: Pair) -> bool:
    """Whether kinds or units differ."""
    one, other = pair.one.unit, pair.other.unit
    unnamed = pair.later.kind is FigureKind.COUNT and bool(one) != bool(other)
    unnamed &= not (pair.other.moves or _same_number(pair))
    return pair.earlier.kind is not pair.later.kind or unnamed or bool(one and other and one != other)


def share_subject(pair: Pair) -> bool:
    """Whether either label stands in the other's label or sentence.

    In one story it is enough that the same was done, or that one label of victims is bare.
    """
    if count_victims_of_one_event(pair) or shares_total(pair):
        return True
    bare = pair.later.kind is FigureKind.CASUALTIES and not (pair.one.words and pair.other.words)
    if pair.akin and (bare or pair.one.stages & pair.other.stages):
        return True
    if _same_number(pair):
        return pair.akin or covers(pair.one, pair.other)[0] >= _COVER_OF_REPEATS
    return covers(pair.one, pair.other)[0] >= COVER


def _same_number(pair: Pair) -> bool:
    """Whether both print a telling number, the same, at about the same time: words may differ more then."""
    told = pair.earlier.value
    digits = 2 if isinstance(told, Range) else significant(told)
    return digits > 1 and pair.gap <= _SAME_NEWS and same_value(pair.earlier, pair.later)


def meet_nowhere(pair: Pair) -> bool:
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


def harm_others(pair: Pair) -> bool:
    """The killed are not the injured."""
    return pair.later.kind is FigureKind.CASUALTIES and pair.earlier.unit != pair.later.unit


def count_other_parts(pair: Pair) -> bool:
    """Whether one counts a part of the other; where a toll rises, "nine civilians" may be all of "eleven"."""
    one, other = pair.one.parts, pair.other.parts
    apart = one ^ other
    if not (one & ROUNDS and other & ROUNDS):
        apart -= ROUNDS
    return bool(apart) and not (apart <= ADMITTED_WHERE_TOLD and pair.other.moves and is_rising_toll(pair))


def do_otherwise(pair: Pair) -> bool:
    """Whether what is done with the counted things differs: asked and approved, launched and shot down."""
    one, other = pair.one.stages, pair.other.stages
    if one & other or not (one or other):
        return False
    if not one or not other:
        return bool((one | other) & STRONG_STAGES)
    return not any(frozenset({a, b}) in STAGES_ALIKE for a in one for b in other)


def span_others(pair: Pair) -> bool:
    """A day is no total, a month's rise no year's, and one night's count not that of the next."""
    one, other = pair.one.spans - {"total"}, pair.other.spans - {"total"}
    if one & other or one == other:
        return "day" in one & other and pair.gap > _A_DAY
    if bool(one & _SHORT) != bool(other & _SHORT):
        return True
    return bool(one and other) or bool((one | other) & (RATES - {"year"}))


def measure_other_windows(pair: Pair) -> bool:
    """Whether one speaks of a quarter and the other of a half-year."""
    if pair.periods is None or pair.one.spans & pair.other.spans & RATES:
        return False
    short, long = sorted((period.end - period.start).days + 1 for period in pair.periods)
    return short >= WINDOW_DAYS and long > short * _WINDOW_RATIO


def share_votes(pair: Pair) -> bool:
    """Whether both are shares of a vote: none is planned, whatever is to come is in its sentence."""
    return "vote" in pair.one.words & pair.other.words


def hold_otherwise(pair: Pair) -> bool:
    """What is planned or allowed is not what is."""
    if "pledged" in pair.one.stages & pair.other.stages:
        return False
    if share_votes(pair):
        return False
    states = {status_of(pair.first), status_of(pair.second)}
    return len(states) > 1 and bool(states & _APART) and states != {Status.PLANNED, Status.CLAIMED}


def _is_step(figure: KeyFigure, subject: Subject) -> bool:
    """Whether a figure is itself the amount by which something moved."""
    return subject.is_step or (
        figure.change is not None and figure.change.by is not None and figure.change.by == figure.value
    )


def step_and_level(pair: Pair) -> bool:
    """Whether one is an amount by which something moved, and the other where it stands."""
    return _is_step(pair.earlier, pair.one) != _is_step(pair.later, pair.other)


def times_meet(pair: Pair) -> bool:
    """Whether the two speak of the same time; a figure that does not say of which speaks of now."""
    if pair.periods is None:
        return True
    one, other = pair.periods
    return one.start <= other.end and other.start <= one.end
