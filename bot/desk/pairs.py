"""Two figures side by side, and what says by itself that the later one goes on from the earlier."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Final

from bot.desk.bounds import Bounds, near, possible, same_value
from bot.desk.memory import Entry
from bot.desk.scope_table import DISPUTES, GROWING_STAGES, SINGLE_EVENTS
from bot.desk.subjects import Subject, covers, missing, subject_of
from models.api import FigureKind, KeyFigure, Period, Range, Status

_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_INSTEAD: Final = re.compile(
    r"\b(?:instead of|rather than|down from|up from|(?:fewer|less|more) than)"
    r" (?:the |its |their |about |an earlier |a planned )*(?P<number>\d+(?:[.,]\d+)*)",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"\b(?P<number>\d+(?:[.,]\d+)*) (?:more|fewer|less) than\b", re.IGNORECASE)
_LOWERED: Final = re.compile(
    r"\b(?:(?:lower|revis|reduc|cut)(?:s|es|ed|ing)?|(?:down|fell|falls|dropped|drops) (?:from|to))\b", re.IGNORECASE
)
_AT_A_PLACE: Final = re.compile(r"(?:In|At|Near) (?:the )?(?:[a-z]+ (?:of )?)?[A-Z]")
_SO_MANY_OF_A_PLAN: Final = re.compile(
    r"\W*(?:[a-z]+ )?of (?:the )?\d[\d.,]* (?:planned|promised|requested|needed|foreseen)\b"
)
_SHARE: Final = re.compile(r"\bof (?:the |its |their |all )*(?P<number>\d+(?:[.,]\d+)*)", re.IGNORECASE)
_LIKE_TOLLS: Final = 1.6
"""By how much tolls that name different places may differ and still count the victims of one event."""
_SUBJECT_OF_TOTALS: Final = 0.3
_WHOLE_SUBJECT: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two entries, the earlier first, their subjects, and whether their stories belong together."""

    first: Entry
    second: Entry
    one: Subject
    other: Subject
    akin: bool

    @property
    def gap(self) -> timedelta:
        """How long after the first the second was published."""
        return self.second.published - self.first.published

    @property
    def earlier(self) -> KeyFigure:
        """The figure of the first."""
        return self.first.figure

    @property
    def later(self) -> KeyFigure:
        """The figure of the second."""
        return self.second.figure

    @property
    def periods(self) -> tuple[Period, Period] | None:
        """The as-of of both, where both have one."""
        one, other = self.earlier.as_of, self.later.as_of
        return None if one is None or other is None else (one, other)


def names(entry: Entry, former: Entry) -> bool:
    """Whether a figure is told with what it changed from, and that is the value of another."""
    figure = entry.figure
    if figure.change is None or figure.change.origin is None:
        return False
    told = replace(figure, value=figure.change.origin, qualifier=figure.change.origin_qualifier)
    return same_value(former.figure, told)


def same_source(one: Entry, other: Entry) -> bool:
    """Whether both name who told them, and the names fit."""
    told, telling = subject_of(one).source, subject_of(other).source
    return bool(told and telling) and not (missing(told, telling) and missing(telling, told))


def names_former(pair: Pair) -> bool:
    """Whether the later figure itself says what it was before: "from 1.9 to 1.5 billion", "instead of the 1,400"."""
    later = pair.later
    if names(pair.second, pair.first):
        return True
    printed = _DIGITS.search(pair.earlier.surface)
    after = _after(pair.second)
    if (told := _INSTEAD.search(after)) is not None:
        return told.start() > 1 and printed is not None and told["number"] == printed[0]
    moved, values = _MORE.search(after), (pair.earlier.value, later.value)
    if moved is None or isinstance(values[0], Range) or isinstance(values[1], Range):
        return False
    return abs(values[1] - values[0]) == Decimal(moved["number"].replace(",", ""))


def _after(entry: Entry) -> str:
    """What its sentence says after a figure, without what another figure was before."""
    _, _, after = entry.sentence.partition(entry.figure.surface)
    return re.split(r"[;.] ", after)[0]


def status_of(entry: Entry) -> Status:
    """Whether a figure is planned or there; of "78,400 of 85,000 planned" the first is there."""
    status = entry.figure.status
    reached = status is Status.PLANNED and _SO_MANY_OF_A_PLAN.match(_after(entry))
    return Status.ACTUAL if reached else status


def is_share(pair: Pair) -> bool:
    """Whether one counts some of what the other counts: "eleven of the 14"."""
    return _counts_some(pair.first, pair.second) or _counts_some(pair.second, pair.first)


def _counts_some(part: Entry, whole: Entry) -> bool:
    shown = part.sentence[part.sentence.find(part.figure.surface) :][: len(part.figure.surface) + 12]
    told, printed = _SHARE.search(shown), _DIGITS.search(whole.figure.surface)
    return bool(told and printed and told["number"] == printed[0])


def count_victims_of_one_event(pair: Pair) -> bool:
    """Whether both count the killed, the injured or the missing of what one thread tells of.

    Of what happens once (an earthquake, a shipwreck) the place may be named by its valley, its province or its country. Of
    what may happen again the next day (a strike, a raid) the names must fit.
    """
    if not pair.akin or pair.later.kind is not FigureKind.CASUALTIES or pair.earlier.unit != pair.later.unit:
        return False
    one, other = pair.one, pair.other
    if one.events and other.events and not one.events & other.events:
        return False
    if (one.events | other.events) <= SINGLE_EVENTS:
        return True
    return not (missing(one.named - one.source, other.context) and missing(other.named - other.source, one.context))


def of_one_size(pair: Pair) -> bool:
    """Whether the values may be two counts of the same, and not of a part and the whole."""
    low, high = sorted((near(pair.earlier), near(pair.later)), key=lambda bounds: bounds.low)
    return high.low <= _LIKE_TOLLS * max(low.high, 1)


def may_be_part(pair: Pair) -> bool:
    """Whether two tolls that name different places may be those of a town and of the whole: "in Arvel 39 were killed"."""
    one, other = pair.one, pair.other
    if not (missing(one.names, other.names) or missing(other.names, one.names)):
        return False
    lower = min(pair.first, pair.second, key=lambda entry: near(entry.figure).low)
    return _AT_A_PLACE.match(lower.sentence) is not None or not (other.moves or of_one_size(pair))


def is_rising_toll(pair: Pair) -> bool:
    """Whether the later is the newer toll of one event: more killed or injured, another number missing."""
    if not count_victims_of_one_event(pair):
        return False
    return pair.later.unit == "missing" or _rises(pair)


def is_running_total(pair: Pair) -> bool:
    """Whether both are totals of one thing that only grow, and the later is the larger."""
    if not pair.akin or pair.later.kind not in {FigureKind.COUNT, FigureKind.MEASURE} or not _rises(pair):
        return False
    return shares_total(pair)


def shares_total(pair: Pair) -> bool:
    """Whether two figures of one thread are totals (since January, so far, burned) and their labels fit each other."""
    one, other = pair.one, pair.other
    totals = "total" in one.spans & other.spans
    if not pair.akin or not (totals or one.stages & other.stages & GROWING_STAGES):
        return False
    least, most = covers(one, other)
    bare = not (one.words and other.words) and pair.first.outlet == pair.second.outlet
    if bare or one.stages & other.stages & GROWING_STAGES:
        return most >= _WHOLE_SUBJECT
    return least >= _SUBJECT_OF_TOTALS and most >= _WHOLE_SUBJECT


def falls_untold(pair: Pair) -> bool:
    """Whether fewer were killed or injured than before, and nothing says why: another count then, or an older one."""
    told = pair.later.kind is FigureKind.CASUALTIES and pair.later.unit in {"killed", "injured"}
    lowered = _LOWERED.search(pair.second.sentence) is not None
    lowered |= pair.first.outlet == pair.second.outlet and of_one_size(pair)
    return told and _is_below(possible(pair.later), near(pair.earlier)) and not lowered


def is_contested(pair: Pair) -> bool:
    """Whether the later report itself disputes what was told."""
    return any(re.search(pattern, pair.second.sentence, re.IGNORECASE) for pattern in DISPUTES)


def _rises(pair: Pair) -> bool:
    return _is_below(near(pair.earlier), possible(pair.later)) and Status.PLANNED not in {
        status_of(pair.first),
        status_of(pair.second),
    }


def _is_below(low: Bounds, high: Bounds) -> bool:
    return low.high < high.low or (low.low < high.low and high.high == float("inf"))
