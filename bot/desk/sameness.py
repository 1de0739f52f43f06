"""Tells whether two lines of an edition speak of one thing, where no ledger or book has said so."""

from __future__ import annotations

from datetime import datetime

from bot.desk.layout import DeadlineLine, FigureLine
from bot.desk.words import content, overlap
from models.api import Deadline, FigureKind, KeyFigure, Value

_NEAR = 0.5


def _alike(one: str, other: str) -> bool:
    """Whether two labels may name the same thing; a label without words may name anything."""
    words, others = content(one), content(other)
    return not words or not others or overlap(words, others) >= _NEAR


Worth = tuple[FigureKind, str | None, Value]
"""What two figures must share to be the same one: kind, unit, value."""


def worth_of(figure: KeyFigure) -> Worth:
    """The kind, unit and value of a figure."""
    return figure.kind, figure.unit, figure.value


def same_figure(one: FigureLine, other: FigureLine) -> bool:
    """Whether two lines of the same kind, unit and value speak of one thing."""
    reworded = one.story == other.story and _article(one) != _article(other)
    return reworded or _alike(one.figure.label, other.figure.label)


def _article(line: FigureLine) -> tuple[str, str | None, datetime]:
    return line.outlet, line.link, line.published


def same_deadline(one: DeadlineLine, other: DeadlineLine) -> bool:
    """Whether two lines give one day for one thing."""
    ours, theirs = one.deadline, other.deadline
    if (ours.due.start, ours.due.end) != (theirs.due.start, theirs.due.end):
        return False
    if one.story == other.story:
        return not _bind_others(ours, theirs)
    return _alike(what_of(ours), what_of(theirs))


def _bind_others(one: Deadline, other: Deadline) -> bool:
    """Whether the two are known to bind different people to different things."""
    bound, others = content(one.who or ""), content(other.who or "")
    return bool(bound) and bool(others) and not bound & others and not content(one.what) & content(other.what)


def what_of(deadline: Deadline) -> str:
    """Who must do what, as text to compare."""
    return f"{deadline.who or ''} {deadline.what}"
