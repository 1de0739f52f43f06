"""Enters figures in series: those that speak of the same thing over time, and where their sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from itertools import islice, takewhile
from typing import Final

from bot.desk.memory import Entry, Relation
from bot.desk.pairs import names, same_source
from bot.desk.ties import DISPUTED_WITHIN, Tie, age, relate
from models.api import FigureKind, Range

STALE_WITHIN: Final = timedelta(days=2)
"""So long after a value was told, whoever prints it again has not heard of a newer one."""

_ONE_SERIES: Final = frozenset({Tie.REPEAT, Tie.CHANGE, Tie.CORRECTION, Tie.CONFLICT})
_RELATION_OF: Final = {
    Tie.REPEAT: Relation.REPEAT,
    Tie.CHANGE: Relation.CHANGE,
    Tie.CORRECTION: Relation.CORRECTION,
    Tie.CONFLICT: Relation.NEW,
}
_RANK: Final = {Tie.REPEAT: 0, Tie.CORRECTION: 1, Tie.CHANGE: 2, Tie.CONFLICT: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One figure over time. ``entries`` are the oldest first; ``label`` is that of the entry that opened it."""

    id: int
    kind: FigureKind
    unit: str | None
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where an entry belongs: the series (None: it opens one), what it is there, and to which entry before it."""

    series: int | None
    relation: Relation
    before: Entry | None = None
    conflicts: tuple[Entry, ...] = ()


def enter(entry: Entry, candidates: Iterable[Series]) -> Verdict:
    """Find the series of an entry; the order of the candidates does not matter.

    Args:
        entry: The figure.
        candidates: Series it may belong to.

    Returns:
        The series whose entries it repeats, else corrects, else changes, else disputes; of several the one that was
        told of last. A value that disputes another is new there: it has no entry before it.
    """
    options: list[tuple[int, float, int, _Place]] = []
    disputed: list[Entry] = []
    for series in candidates:
        place = _place(entry, series)
        if place is not None:
            newest = max(other.published for other in series.entries)
            options.append((_RANK[place.tie], -newest.timestamp(), series.id, place))
            disputed += place.disputed
    if not options:
        return Verdict(series=None, relation=Relation.NEW)
    _, _, number, place = min(options, key=lambda option: option[:3])
    return Verdict(
        series=number,
        relation=_RELATION_OF[place.tie],
        before=place.before,
        conflicts=tuple(sorted(disputed, key=by_value)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What an entry would be in a series."""

    tie: Tie
    before: Entry | None
    disputed: tuple[Entry, ...]


def _place(entry: Entry, series: Series) -> _Place | None:
    """What an entry would be in a series; None where it does not belong there."""
    if series.kind is not entry.figure.kind or not series.entries:
        return None
    ties = [(relate(entry, other), other) for other in series.entries]
    inside = [(tie, other) for tie, other in ties if tie in _ONE_SERIES]
    if len(inside) <= sum(tie is Tie.OTHER_SCOPE for tie, _ in ties):
        return None
    disputed = tuple(other for tie, other in inside if tie is Tie.CONFLICT and not other.retracted)
    earlier = [(tie, other) for tie, other in inside if age(other) <= age(entry)]
    if not earlier:
        return _Place(tie=Tie.REPEAT, before=None, disputed=disputed)
    tie, before = _told_last(entry, earlier)
    late = [other for tie, other in earlier if tie is Tie.REPEAT and entry.published - other.published <= STALE_WITHIN]
    if late:
        tie, before = Tie.REPEAT, max(late, key=age)
    return _Place(tie=tie, before=None if tie is Tie.CONFLICT else before, disputed=disputed)


def _told_last(entry: Entry, earlier: Sequence[tuple[Tie, Entry]]) -> tuple[Tie, Entry]:
    """What an entry follows: the newest, where an article prints several the one that the entry names as what it was.

    Of values that dispute each other it is the one of the entry's own source.
    """
    newest = max(earlier, key=lambda pair: (pair[1].published, names(entry, pair[1]), age(pair[1])))
    own = [
        (tie, other)
        for tie, other in earlier
        if tie is newest[0] and same_source(entry, other) and relate(other, newest[1], akin=True) is Tie.CONFLICT
    ]
    return newest if same_source(entry, newest[1]) else max(own, key=lambda pair: age(pair[1]), default=newest)


def enter_all(entries: Sequence[Entry], candidates: Iterable[Series]) -> list[Verdict]:
    """Find the series of the figures of one article, one after the other; see ``enter``.

    Returns:
        A verdict for each. A series that an earlier figure of the article opened has a negative number: that of the
        first such figure is -1, whatever its place.
    """
    known = {series.id: series for series in candidates}
    verdicts = []
    opened = 0
    for entry in sorted(entries, key=age):
        verdict = enter(entry, known.values())
        if verdict.series is None:
            opened -= 1
            figure = entry.figure
            known[opened] = Series(id=opened, kind=figure.kind, unit=figure.unit, label=figure.label, entries=(entry,))
            verdict = replace(verdict, series=opened)
        else:
            old = known[verdict.series]
            known[old.id] = replace(old, entries=tuple(sorted((*old.entries, entry), key=age)))
        verdicts.append(verdict)
    places = {entry.figure.span: verdict for entry, verdict in zip(sorted(entries, key=age), verdicts, strict=True)}
    return [places[entry.figure.span] for entry in entries]


def conflicts(entries: Iterable[Entry]) -> tuple[tuple[Entry, Entry], ...]:
    """The pairs of entries of one series that cannot both be right, the lower value first.

    Only what different outlets told at about the same time can be disputed: a long series is not compared with itself.
    """
    kept = sorted((entry for entry in entries if not entry.retracted), key=age)
    pairs = [
        sorted((one, other), key=by_value)
        for at, one in enumerate(kept)
        for other in takewhile(partial(_is_near, one), islice(kept, at + 1, None))
        if one.outlet != other.outlet and relate(one, other, akin=True) is Tie.CONFLICT
    ]
    return tuple((low, high) for low, high in sorted(pairs, key=lambda pair: (age(pair[0]), age(pair[1]))))


def _is_near(one: Entry, later: Entry) -> bool:
    return later.published - one.published <= DISPUTED_WITHIN


def by_value(entry: Entry) -> tuple[object, ...]:
    """What entries that disagree are ordered by: the lowest first."""
    value = entry.figure.value
    return (value.low if isinstance(value, Range) else value, *age(entry))
