"""The deadline book, pure: its entries, where the deadlines of an article go in it, and where an entry stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.desk.deadline_ties import (
    DeadlineTie,
    Weighed,
    can_be,
    matching_terms,
    names_former,
    relate_deadlines,
    weigh,
)
from bot.desk.deadline_words import told
from bot.desk.memory import DeadlineEntry, DeadlineState
from models.api import Bond, Period

__all__ = [
    "BookEntry",
    "Candidate",
    "DeadlineTie",
    "Mention",
    "Move",
    "Standing",
    "Verdict",
    "enter_deadlines",
    "relate_deadlines",
    "stand",
    "state_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The day that an entry had before: until ``published`` (aware UTC), when ``outlet`` said otherwise."""

    due: Period
    published: datetime
    outlet: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """One deadline or date as the book has it, whoever spoke of it.

    ``who`` and ``what`` are the first telling's, ``due`` is the day that holds now; ``sentence``, ``outlet``, ``link`` and
    ``published`` are those of the article that set this day (or withdrew it). ``history`` are the days before, oldest
    first. ``sequence`` goes up with every change of day and when it is withdrawn. ``topics`` are the codes its articles
    are filed under. Times are aware UTC.
    """

    id: int
    who: str | None
    what: str
    bond: Bond
    qualifier: str
    due: Period
    importance: float
    sentence: str
    outlet: str
    link: str | None
    published: datetime
    first_told: datetime
    changed_at: datetime
    history: tuple[Move, ...] = ()
    withdrawn: bool = False
    sequence: int = 0
    story: int = 0
    topics: frozenset[str] = frozenset()

    @property
    def moved_from(self) -> Period | None:
        """The day it had last before the one it has now."""
        return self.history[-1].due if self.history else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that a deadline may belong to: its first telling with the day that holds now, and the days before."""

    id: int
    telling: DeadlineEntry
    former: tuple[Period, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where a deadline goes: entry ``id`` (None: a new one), and what it does there."""

    id: int | None
    tie: DeadlineTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A deadline that was entered: what it did to its entry."""

    entry: DeadlineEntry
    tie: DeadlineTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the mentions of an entry, taken together, say: the first, the one that set the day, and the days before."""

    first: DeadlineEntry
    setting: DeadlineEntry
    due: Period
    history: tuple[Move, ...]
    withdrawn: bool


_TURNS = frozenset({DeadlineTie.MOVED, DeadlineTie.OTHER})
"""Ties that set a new day; what opened an entry does so too where an older telling came in after it."""


def stand(mentions: Sequence[Mention]) -> Standing:
    """Work out how an entry stands from its mentions (at least one), in the order they were published."""
    first = setting = mentions[0].entry
    due, withdrawn = first.deadline.due, False
    history: list[Move] = []
    for mention in mentions[1:]:
        told_due = mention.entry.deadline.due
        if mention.tie in _TURNS and told_due.end != due.end:
            late = mention.entry
            history.append(Move(due=due, published=late.published, outlet=late.outlet, link=late.link))
            due, setting, withdrawn = told_due, late, False
        elif mention.tie is DeadlineTie.WITHDRAWN:
            setting, withdrawn = mention.entry, True
        elif mention.tie is DeadlineTie.SAME and _finer(told_due, due):
            due = told_due
    return Standing(first=first, setting=setting, due=due, history=tuple(history), withdrawn=withdrawn)


def _finer(one: Period, other: Period) -> bool:
    """Whether one period says more exactly when the other is: 14 June, when only the month was known."""
    return other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start


def state_of(entry: BookEntry, today: date) -> DeadlineState:
    """Where an entry stands on a day: due from the first to the last day of its period."""
    if entry.withdrawn:
        return DeadlineState.WITHDRAWN
    if entry.due.end < today:
        return DeadlineState.PASSED
    return DeadlineState.DUE if entry.due.start <= today else DeadlineState.UPCOMING


def enter_deadlines(
    found: Sequence[DeadlineEntry],
    candidates: Sequence[Candidate],
    *,
    former: Sequence[DeadlineEntry] = (),
    akin: Collection[int] = (),
) -> list[Verdict]:
    """Where the deadlines of one article go.

    Args:
        found: The article's deadlines, without those that it names as former ones.
        candidates: The entries they may belong to.
        former: The days that the article says held until now ("instead of 15 March").
        akin: The stories of the article's thread.

    Returns:
        One verdict each, in order. An article moves an entry at most once, by the sentence that says so most clearly.
    """
    chosen = [_moved_by_name(entry, candidates, former, akin) or _choose(entry, candidates) for entry in found]
    turned: set[int] = set()
    order = sorted(range(len(found)), key=lambda index: not told(found[index].sentence).moves)
    for index in order:
        verdict = chosen[index]
        if verdict.id is not None and verdict.tie is DeadlineTie.MOVED:
            if verdict.id in turned:
                chosen[index] = replace(verdict, tie=DeadlineTie.ASIDE)
            turned.add(verdict.id)
    return chosen


def _moved_by_name(
    entry: DeadlineEntry, candidates: Sequence[Candidate], former: Sequence[DeadlineEntry], akin: Collection[int]
) -> Verdict | None:
    """The entry of the same thread whose day the deadline's own sentence names as the former one."""
    named = [one.deadline.due for one in former if one.sentence == entry.sentence]
    options = [
        (closeness, -candidate.id)
        for candidate in candidates
        if candidate.telling.story in akin
        and not candidate.withdrawn
        and candidate.telling.published <= entry.published
        and not can_be(candidate.telling.deadline.due, entry.deadline.due)
        and matching_terms(candidate.telling) & matching_terms(entry)
        and (
            names_former(entry.sentence, candidate.telling.deadline.due.end)
            or any(can_be(day, candidate.telling.deadline.due) for day in named)
        )
        for closeness in [weigh(candidate.telling, entry).closeness]
    ]
    return Verdict(id=-max(options)[1], tie=DeadlineTie.MOVED) if options else None


def _choose(entry: DeadlineEntry, candidates: Sequence[Candidate]) -> Verdict:
    best: tuple[bool, float, Verdict] | None = None
    for candidate in candidates:
        tie, weight = _weigh_candidate(candidate, entry)
        if tie is DeadlineTie.OTHER:
            continue
        found = (tie is not DeadlineTie.MOVED, weight, Verdict(id=candidate.id, tie=tie))
        if best is None or found[:2] > best[:2]:
            best = found
    return best[2] if best is not None else Verdict(id=None, tie=DeadlineTie.OTHER)


def _weigh_candidate(candidate: Candidate, entry: DeadlineEntry) -> Weighed:
    """As ``weigh``; a telling of a day that the entry had before is that of somebody who has not heard yet."""
    tie, closeness = weigh(candidate.telling, entry)
    stale = any(can_be(day, entry.deadline.due) for day in candidate.former)
    if tie is DeadlineTie.OTHER and stale:
        dated = replace(candidate.telling, deadline=replace(candidate.telling.deadline, due=entry.deadline.due))
        tie, closeness = weigh(dated, entry)
        tie = tie if tie is DeadlineTie.OTHER else DeadlineTie.ASIDE
    if tie is DeadlineTie.MOVED and ((stale and not told(entry.sentence).moves) or candidate.withdrawn):
        return Weighed((DeadlineTie.OTHER if candidate.withdrawn else DeadlineTie.ASIDE), closeness)
    return Weighed(tie, closeness)
