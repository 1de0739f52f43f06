"""The deadline book as it is kept: each entry follows from the deadlines that name it, and is found by its words."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, false, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.book import BookEntry, Candidate, DeadlineTie, Mention, Standing, Verdict, stand
from bot.desk.deadline_ties import matching_terms
from bot.desk.memory import DeadlineEntry, DeadlineNote, FactKey
from bot.store.book_codec import book_entry, dump_history, mention_of, telling_of
from bot.store.book_tables import deadline_entries, deadline_terms
from bot.store.sql import Repository, decoded
from bot.store.tables import deadlines
from models.api import Period, Precision, Span

OPEN_FOR = timedelta(days=7)
"""How long after its day an entry can still be found: extensions are announced at the last minute."""

_MAX_HITS = 2000
_MAX_CANDIDATES = 12
_MIN_SHARED = 2
_MAX_TERMS = 48
_CHUNK = 500
"""Articles or entries that are asked for in one statement: the putting together of a longer one holds up the conversation."""

_STALE = select(deadline_entries).where(deadline_entries.c.stale == true())
_MENTIONS = (
    select(deadlines)
    .where(deadlines.c.entry == bindparam("entry"))
    .order_by(deadlines.c.entry, deadlines.c.published, deadlines.c.id)
)
_LINK = (
    update(deadlines)
    .where(
        deadlines.c.article_key == bindparam("of_article"),
        deadlines.c.span_start == bindparam("of_start"),
        deadlines.c.span_end == bindparam("of_end"),
    )
    .values(
        entry=bindparam("to_entry"), tie=bindparam("to_tie"), outlet=bindparam("to_outlet"), link=bindparam("to_link")
    )
)
_TOUCH = update(deadline_entries).where(deadline_entries.c.id == bindparam("of")).values(stale=True)
_OPEN = insert(deadline_entries).returning(deadline_entries.c.id)
_FIND_BY = insert(deadline_terms)


class Book(Repository):
    """Entries, their mentions (rows of ``deadlines``) and their words. ``settle`` makes an entry agree with its mentions."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._may_be_stale = True

    async def candidates(self, found: Sequence[DeadlineEntry], published: date) -> list[Candidate]:
        """The entries that an article's deadlines may belong to: open ones that share words with them, the closest first."""
        wanted = sorted(frozenset().union(*(matching_terms(entry) for entry in found)))[:_MAX_TERMS]
        query = (
            select(deadline_terms.c.term, deadline_terms.c.entry)
            .where(deadline_terms.c.term.in_(wanted), deadline_terms.c.due_end >= published - OPEN_FOR)
            .limit(_MAX_HITS)
        )
        hits = (await self._connection.execute(query)).all()
        spread = Counter(hit.term for hit in hits)
        shared = Counter(hit.entry for hit in hits)
        weights: Counter[int] = Counter()
        for hit in hits:
            weights[hit.entry] += 1000 // spread[hit.term]
        if not hits:
            return []
        likely = [entry for entry, _ in weights.most_common() if shared[entry] >= _MIN_SHARED][:_MAX_CANDIDATES]
        rows = await self._connection.execute(select(deadline_entries).where(deadline_entries.c.id.in_(likely)))
        return [await self._candidate(row) for row in rows.all()]

    async def _candidate(self, row: Row[tuple[object, ...]]) -> Candidate:
        """An entry as it stands; one that an article is being read again for, as it stands without that article."""
        mentions = await self._mentions(row.id) if row.stale else []
        if not mentions:
            former = tuple(move.due for move in book_entry(row).history)
            return Candidate(
                id=row.id, telling=telling_of(row), former=former, withdrawn=row.withdrawn and not row.stale
            )
        standing = stand(mentions)
        first, setting = standing.first, standing.setting
        return Candidate(
            id=row.id,
            telling=replace(first, deadline=replace(first.deadline, due=standing.due), published=setting.published),
            former=tuple(move.due for move in standing.history),
            withdrawn=standing.withdrawn,
        )

    async def _mentions(self, number: int) -> list[Mention]:
        return [mention_of(found) for found in await self._connection.execute(_MENTIONS, {"entry": number})]

    async def enter(
        self, found: Sequence[DeadlineEntry], verdicts: Sequence[Verdict], topics: Collection[str], now: datetime
    ) -> None:
        """Link an article's deadlines to their entries, opening those that are new. For the others ``settle`` follows."""
        links: list[dict[str, object]] = []
        for entry, verdict in zip(found, verdicts, strict=True):
            number = verdict.id if verdict.id is not None else await self._open(entry, topics, now)
            span = entry.deadline.span
            mine = {"of_article": entry.article_key, "of_start": span.start, "of_end": span.end}
            to = {"to_entry": number, "to_tie": verdict.tie.value, "to_outlet": entry.outlet, "to_link": entry.link}
            links.append(mine | to)
        await self._connection.execute(_LINK, links)
        one_place = len({entry.deadline.span for entry in found}) < len(found)  # of which the last one wins
        pairs = zip(links, verdicts, strict=True)
        if touched := [{"of": link["to_entry"]} for link, verdict in pairs if one_place or verdict.id is not None]:
            await self._connection.execute(_TOUCH, touched)
            self._may_be_stale = True

    async def settle(self, now: datetime | None = None) -> None:
        """Make the entries whose mentions have changed agree with them; one without mentions counts as withdrawn."""
        if not self._may_be_stale:
            return
        self._may_be_stale = False
        stale = (await self._connection.execute(_STALE)).all()
        for row in stale:
            mentions = await self._mentions(row.id)
            mine = update(deadline_entries).where(deadline_entries.c.id == row.id).values(stale=False)
            if mentions:
                standing = stand(mentions)
                values = _values(standing, mentions) | _turn(
                    row, standing.due.end, withdrawn=standing.withdrawn, now=now
                )
                await self._connection.execute(mine.values(**values))
                if len(mentions) == 1 or (standing.due.end, standing.first.sentence) != (row.due_end, row.opening):
                    await self._connection.execute(delete(deadline_terms).where(deadline_terms.c.entry == row.id))
                    await self._index(row.id, standing.first, standing.due.end)
            else:
                await self._connection.execute(mine.values(**_turn(row, row.due_end, withdrawn=True, now=now)))

    async def get(self, number: int) -> BookEntry | None:
        """An entry by its id."""
        return (await self.several([number])).get(number)

    async def several(self, numbers: Collection[int]) -> dict[int, BookEntry]:
        """Entries by their ids; unknown ones are left out."""
        found: dict[int, BookEntry] = {}
        wanted = sorted(numbers)
        for at in range(0, len(wanted), _CHUNK):
            mine = deadline_entries.c.id.in_(wanted[at : at + _CHUNK])
            rows = await self._connection.execute(select(deadline_entries).where(mine))
            found |= await decoded(rows, lambda row: (row.id, book_entry(row)))
        return found

    async def upcoming(
        self, today: date, until: date, limit: int, *, topics: Collection[str] = (), importance: float = 0.0
    ) -> list[BookEntry]:
        """What falls due from one day to another, both included, the soonest first.

        Args:
            today: The first day.
            until: The last day.
            limit: How many at most.
            topics: Codes, of which an entry must be filed under one; none means all of them.
            importance: That which an entry must have at least, 0 to 1.
        """
        query = (
            select(deadline_entries)
            .where(
                deadline_entries.c.due_end >= today,
                deadline_entries.c.due_end <= until,
                deadline_entries.c.withdrawn == false(),
                deadline_entries.c.importance >= importance,
            )
            .order_by(deadline_entries.c.due_end, deadline_entries.c.id)
        )
        if not topics:
            query = query.limit(limit)
        found = [book_entry(row) for row in await self._connection.execute(query)]
        return [entry for entry in found if not topics or entry.topics & set(topics)][:limit]

    async def notes(self, article_keys: Sequence[str]) -> Mapping[FactKey, DeadlineNote]:
        """What the book knows of the deadlines of some articles. One that gives a day of the past has no ``moved_from``."""
        columns = (deadlines.c.article_key, deadlines.c.span_start, deadlines.c.span_end, deadlines.c.entry)
        rows: list[Row[Any]] = []
        for at in range(0, len(article_keys), _CHUNK):
            mine = deadlines.c.article_key.in_(article_keys[at : at + _CHUNK])
            query = select(*columns, deadlines.c.due_end).where(mine, deadlines.c.entry.is_not(None))
            rows += await self._connection.execute(query)
        entries = await self.several({row.entry for row in rows})
        return {
            (row.article_key, Span(row.span_start, row.span_end)): DeadlineNote(
                entry=entry.id,
                moved_from=entry.moved_from if row.due_end == entry.due.end else None,
                withdrawn=entry.withdrawn,
                first_told=entry.changed_at,
            )
            for row in rows
            if (entry := entries.get(row.entry)) is not None
        }

    async def _open(self, entry: DeadlineEntry, topics: Collection[str], now: datetime) -> int:
        standing = stand([Mention(entry=entry, tie=DeadlineTie.OTHER)])
        values = _values(standing, [Mention(entry=entry, tie=DeadlineTie.OTHER)]) | {
            "first_told": entry.filed_at,
            "changed_at": now,
            "sequence": 0,
            "topics": json.dumps(sorted(topics)),
            "stale": False,
        }
        number = int((await self._connection.execute(_OPEN, values)).scalar_one())
        await self._index(number, standing.first, standing.due.end)
        return number

    async def _index(self, number: int, first: DeadlineEntry, due_end: date) -> None:
        rows = [
            {"term": term, "due_end": due_end, "entry": number} for term in sorted(matching_terms(first))[:_MAX_TERMS]
        ]
        if rows:
            await self._connection.execute(_FIND_BY, rows)

    async def forsake(self, article_key: str) -> None:
        """Say of the entries that an article's deadlines belong to that they must be settled: the rows are about to go."""
        named = select(deadlines.c.entry).where(deadlines.c.article_key == article_key, deadlines.c.entry.is_not(None))
        touched = update(deadline_entries).where(deadline_entries.c.id.in_(named))
        await self._connection.execute(touched.values(stale=True))
        self._may_be_stale = True


def _turn(row: Row[tuple[object, ...]], due_end: date, *, withdrawn: bool, now: datetime | None) -> dict[str, object]:
    """What changes where an entry's day does, or where it is withdrawn."""
    if (due_end, withdrawn) == (row.due_end, row.withdrawn):
        return {}
    return {"withdrawn": withdrawn, "sequence": row.sequence + 1, "changed_at": now or row.changed_at}


def _values(standing: Standing, mentions: Sequence[Mention]) -> dict[str, object]:
    first, setting = standing.first, standing.setting
    return {
        "story": setting.story,
        "who": first.deadline.who,
        "what": first.deadline.what,
        "opening": first.sentence,
        "bond": first.deadline.bond.value,
        "qualifier": first.deadline.qualifier,
        **_period(standing.due),
        "importance": max(mention.entry.deadline.importance for mention in mentions),
        "sentence": setting.sentence,
        "outlet": setting.outlet,
        "link": setting.link,
        "published": setting.published,
        "history": dump_history(standing.history),
        "withdrawn": standing.withdrawn,
    }


def _period(due: Period) -> dict[str, object]:
    return {"due_start": due.start, "due_end": due.end, "precision": Precision(due.precision).value}
