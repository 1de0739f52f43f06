"""How the rows of the deadline book become the desk's records, and its history a line of JSON."""

import json

from pydantic import TypeAdapter
from sqlalchemy import Row

from bot.desk.book import BookEntry, DeadlineTie, Mention, Move
from bot.desk.memory import DeadlineEntry
from models.api import Bond, Deadline, Period, Precision, Span

_history = TypeAdapter(tuple[Move, ...])
_NOWHERE = Span(0, 0)

_Row = Row[tuple[object, ...]]


def dump_history(history: tuple[Move, ...]) -> str:
    """The days before, as JSON."""
    return _history.dump_json(history).decode()


def book_entry(row: _Row) -> BookEntry:
    """An entry from its row."""
    return BookEntry(
        id=row.id,
        who=row.who,
        what=row.what,
        bond=Bond(row.bond),
        qualifier=row.qualifier,
        due=_period(row),
        importance=row.importance,
        sentence=row.sentence,
        outlet=row.outlet,
        link=row.link,
        published=row.published,
        first_told=row.first_told,
        changed_at=row.changed_at,
        history=_history.validate_json(row.history),
        withdrawn=row.withdrawn,
        sequence=row.sequence,
        story=row.story,
        topics=frozenset(json.loads(row.topics)),
    )


def telling_of(row: _Row) -> DeadlineEntry:
    """An entry's first telling, with the day that holds now and the time it was last set."""
    return DeadlineEntry(
        article_key="",
        story=row.story,
        deadline=_deadline(row),
        sentence=row.opening,
        outlet=row.outlet,
        link=row.link,
        published=row.published,
        filed_at=row.first_told,
    )


def mention_of(row: _Row) -> Mention:
    """A deadline that was entered, from its own row."""
    entry = DeadlineEntry(
        article_key=row.article_key,
        story=row.story,
        deadline=_deadline(row),
        sentence=row.sentence,
        outlet=row.outlet or "",
        link=row.link,
        published=row.published,
        filed_at=row.published,
    )
    return Mention(entry=entry, tie=DeadlineTie(row.tie))


def _deadline(row: _Row) -> Deadline:
    return Deadline(
        due=_period(row),
        bond=Bond(row.bond),
        qualifier=row.qualifier,
        who=row.who,
        what=row.what,
        importance=row.importance,
        surface="",
        span=_NOWHERE,
        sentence=_NOWHERE,
    )


def _period(row: _Row) -> Period:
    return Period(start=row.due_start, end=row.due_end, precision=Precision(row.precision))
