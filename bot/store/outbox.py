"""Messages on their way: each row is claimed before the network call and settled after it (RELIABILITY.md)."""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, exists, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.outbox_rows import CLAIM, SENT, TOLD, final, item_of, late, new_row
from bot.store.pace import abandoned
from bot.store.records import (
    Failure,
    Kind,
    Lane,
    NewOutboxItem,
    OutboxItem,
    RecoveryReport,
    State,
)
from bot.store.sql import COUNTED, Repository
from bot.store.subscribers import Subscribers
from bot.store.tables import outbox

MAX_ATTEMPTS = 5
"""A row that a dying process left ``sending`` is tried this often in all."""

_NEVER_LATE = datetime(1970, 1, 1, tzinfo=UTC)

_ROWS_AT_ONCE = 400
"""Rows in one statement: SQLite takes 32,766 parameters."""

EDIT = "editMessageText"

OPEN = (State.QUEUED, State.SENDING)


class Outbox(Repository):
    """The queue of Bot API calls.

    Within one chat and lane rows go out in the order in which they became due, one at a time. When a part of an
    edition is uncertain, parked or dropped, its later parts are dropped: the watermark has not moved, so the next
    edition tells all of it, and an end without its beginning says little.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._subscribers = Subscribers(connection)
        self.filled = False

    async def put(self, item: NewOutboxItem, now: datetime) -> bool:
        """Queue a call. Returns False where its dedupe key is known already, sent or not."""
        return await self.put_all([item], now) == 1

    async def put_all(self, items: Sequence[NewOutboxItem], now: datetime) -> int:
        """Queue many calls in few statements; returns how many were new."""
        if not items:
            return 0
        insert = self._insert(outbox).on_conflict_do_nothing(index_elements=["dedupe_key"])
        rows = [new_row(item, now) for item in items]
        done = await self._connection.execute(insert, rows, execution_options=COUNTED)
        added = done.rowcount
        self.filled = self.filled or added > 0
        return added

    async def claim(
        self,
        lane_order: Sequence[Lane],
        limit: int,
        now: datetime,
        *,
        without: Collection[int] = (),
        late_before: datetime = _NEVER_LATE,
        sender: str | None = None,
    ) -> list[OutboxItem]:
        """Take up to ``limit`` rows that are due, lane by lane: they are ``sending`` once this transaction commits.

        Args:
            lane_order: Which lane is served first.
            limit: How many rows at most.
            now: Rows with a later ``not_before`` are left.
            without: Chats that may not be sent to at the moment.
            late_before: Editions that became due before this are left for ``fold_late``.
            sender: In whose hands they are from now on.

        Returns:
            At most one row per chat, none for a chat that has a row in flight.
        """
        taken: list[OutboxItem] = []
        busy = set(without)
        for lane in lane_order:
            if len(taken) >= limit:
                break
            given = {
                "of_lane": lane,
                "now": now,
                "busy": list(busy),
                "most": limit - len(taken),
                "late_before": late_before,
                "sender": sender,
            }
            rows = (await self._connection.execute(CLAIM, given)).all()
            taken += [item_of(row) for row in sorted(rows, key=lambda row: (row.not_before, row.id))]
            busy |= {row.chat_id for row in rows}
        return taken

    async def sent(self, row_id: int, message_id: int | None, now: datetime) -> None:
        """The call was answered: the row is done, and the watermark moves when every part of the edition is sent."""
        await self.sent_all([(row_id, message_id)], now)

    async def sent_all(self, results: Sequence[tuple[int, int | None]], now: datetime) -> None:
        """Settle many calls that were answered, by (row, message id)."""
        if not results:
            return
        rows = [{"row": row_id, "message": message_id, "now": now} for row_id, message_id in results]
        await self._connection.execute(SENT, rows)
        await self._connection.execute(TOLD, {"rows": [row_id for row_id, _ in results]})

    async def retry(
        self, row_id: int, not_before: datetime, error: str, *, counted: bool = True, unclear: bool = False
    ) -> None:
        """Put a row back.

        Args:
            row_id: The row.
            not_before: When it may go out again.
            error: What happened, for people.
            counted: False where nothing was sent and nobody is to blame (flood control, no network).
            unclear: True where the call may have been carried out all the same.
        """
        values = {
            "state": State.QUEUED,
            "not_before": not_before,
            "error": error,
            "attempts": outbox.c.attempts - (0 if counted else 1),
            "unclear": outbox.c.unclear + (1 if unclear else 0),
        }
        await self._connection.execute(update(outbox).where(outbox.c.id == row_id).values(**values))

    async def simplify(self, row_id: int, now: datetime, error: str) -> None:
        """Put a row back to be sent as plain text: Telegram could not read it as it was."""
        values = {"state": State.QUEUED, "not_before": now, "error": error, "plain": True}
        await self._connection.execute(update(outbox).where(outbox.c.id == row_id).values(**values))

    async def uncertain(self, row_id: int, error: str, now: datetime) -> None:
        """It may or may not have arrived, and is never sent again; the reader's next edition says so."""
        await self._give_up(outbox.c.id == row_id, State.UNCERTAIN, error, now)

    async def parked(self, row_id: int, error: str, now: datetime) -> None:
        """It cannot be sent; it is kept with the error."""
        await self._give_up(outbox.c.id == row_id, State.PARKED, error, now)

    async def drop(self, chat_id: int, reason: str, now: datetime, *, kinds: Collection[Kind] = tuple(Kind)) -> int:
        """Drop what is queued for a chat; returns how many rows. What is in flight stays."""
        mine = and_(outbox.c.chat_id == chat_id, outbox.c.state == State.QUEUED, outbox.c.kind.in_(kinds))
        dropped = update(outbox).where(mine).values(**final(State.DROPPED, reason, now))
        return (await self._connection.execute(dropped)).rowcount

    async def supersede_edits(self, chat_id: int, message_id: int, now: datetime) -> None:
        """Drop the edits of a message that still wait: a newer one says all that they would have said."""
        mine = and_(outbox.c.chat_id == chat_id, outbox.c.state == State.QUEUED, outbox.c.method == EDIT)
        rows = await self._connection.execute(select(outbox.c.id, outbox.c.params).where(mine))
        older = [row.id for row in rows if json.loads(row.params).get("message_id") == message_id]
        if older:
            gone = final(State.DROPPED, "superseded by a newer edit", now)
            await self._connection.execute(update(outbox).where(outbox.c.id.in_(older)).values(**gone))

    async def recall(self, edition_ids: Collection[int], reason: str, now: datetime) -> list[int]:
        """Drop what is queued of some editions that came on their hour; returns the chats they were for."""
        mine = and_(outbox.c.edition_id.in_(edition_ids), outbox.c.state == State.QUEUED, outbox.c.kind == Kind.EDITION)
        dropped = update(outbox).where(mine).values(**final(State.DROPPED, reason, now)).returning(outbox.c.chat_id)
        return sorted(set((await self._connection.execute(dropped)).scalars()))

    async def recall_keys(self, keys: Collection[str], reason: str, now: datetime) -> frozenset[int]:
        """Drop what is queued under some dedupe keys; returns the chats it was for."""
        mine = and_(outbox.c.dedupe_key.in_(keys), outbox.c.state == State.QUEUED)
        dropped = update(outbox).where(mine).values(**final(State.DROPPED, reason, now)).returning(outbox.c.chat_id)
        return frozenset((await self._connection.execute(dropped)).scalars())

    async def has_late(self, before: datetime) -> bool:
        """Whether an edition that became due before an instant is still queued."""
        return bool(await self._connection.scalar(select(exists().where(late(before)))))

    async def fold_late(self, before: datetime, now: datetime) -> int:
        """Drop the queued editions that became due before an instant; returns how many messages.

        The watermark stays, so the reader's next edition tells it all. Where a part has arrived already, that one
        says that some of it may have been told.
        """
        rows = (await self._connection.execute(select(outbox.c.edition_id, outbox.c.chat_id).where(late(before)))).all()
        editions = sorted({(row.edition_id, row.chat_id) for row in rows})
        for start in range(0, len(editions), _ROWS_AT_ONCE):
            mine = tuple_(outbox.c.edition_id, outbox.c.chat_id).in_(editions[start : start + _ROWS_AT_ONCE])
            begun = select(outbox.c.chat_id).where(mine, outbox.c.state.in_((State.SENT, State.SENDING)))
            if chats := [row.chat_id for row in await self._connection.execute(begun)]:
                await self._subscribers.doubt(chats)
        gone = final(State.DROPPED, "too late: folded into the next edition", now)
        await self._connection.execute(update(outbox).where(late(before)).values(**gone))
        return len(rows)

    async def gone(self, row_id: int, chat_id: int, reason: str, now: datetime) -> None:
        """The chat refused this row: nothing more is sent to it until it comes back."""
        await self._give_up(outbox.c.id == row_id, State.DROPPED, reason, now)
        await self.drop(chat_id, reason, now)
        await self._subscribers.deactivate(chat_id, reason, now)

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: what waits for it, what it was sent, and its settings move to the new id."""
        await self._connection.execute(update(outbox).where(outbox.c.chat_id == old).values(chat_id=new))
        await self._subscribers.migrate(old, new)

    async def open_editions(self, chat_ids: Collection[int]) -> dict[int, State]:
        """Which of these chats have an edition under way: the furthest state of its parts."""
        query = select(outbox.c.chat_id, outbox.c.state).where(
            outbox.c.chat_id.in_(chat_ids), outbox.c.state.in_(OPEN), outbox.c.kind == Kind.EDITION
        )
        found: dict[int, State] = {}
        for chat_id, state in await self._connection.execute(query):
            if found.get(chat_id) != State.SENDING:
                found[chat_id] = State(state)
        return found

    async def recover(self, now: datetime, *, sender: str = "", flying: Collection[int] = ()) -> RecoveryReport:
        """Settle the rows that a dead process left ``sending``: nobody knows whether they arrived.

        Args:
            now: When.
            sender: Who asks. On a shared database only its own rows, and those of dead senders, are settled.
            flying: The rows that it is sending.
        """
        left = outbox.c.state == State.SENDING
        if flying:
            left = and_(left, outbox.c.id.not_in(flying))
        if (theirs := abandoned(self._connection.dialect.name, sender)) is not None:
            left = and_(left, theirs)
        edition = outbox.c.kind == Kind.EDITION
        error = "the process ended while this was being sent"
        uncertain = await self._give_up(and_(left, edition), State.UNCERTAIN, error, now)
        parked = await self._give_up(and_(left, outbox.c.attempts >= MAX_ATTEMPTS), State.PARKED, error, now)
        again = {"state": State.QUEUED, "not_before": now, "error": error, "updated_at": now}
        requeued = (await self._connection.execute(update(outbox).where(left).values(**again))).rowcount
        return RecoveryReport(uncertain=uncertain, requeued=requeued, parked=parked)

    async def next_due(self, after: datetime | None = None) -> datetime | None:
        """When the next queued row may go out; with ``after``, the next one later than that."""
        found: list[datetime] = []
        for lane in Lane:
            mine = and_(outbox.c.state == State.QUEUED, outbox.c.lane == lane)
            when = mine if after is None else and_(mine, outbox.c.not_before > after)
            moment = await self._connection.scalar(select(func.min(outbox.c.not_before)).where(when))
            if moment is not None:
                found.append(moment)
        return min(found, default=None)

    async def counts(self) -> dict[str, int]:
        """How many rows stand in each state; every state is named."""
        query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        return dict.fromkeys(State, 0) | {State(state): count for state, count in await self._connection.execute(query)}

    async def chats_of(self, edition_id: int) -> dict[State, int]:
        """To how many chats an edition went, by the state of its first part."""
        first = (outbox.c.edition_id == edition_id) & (outbox.c.part == 1)
        query = select(outbox.c.state, func.count()).where(first).group_by(outbox.c.state).order_by(outbox.c.state)
        return {State(state): count for state, count in await self._connection.execute(query)}

    async def failures(self, limit: int) -> list[Failure]:
        """What could not be sent or may not have arrived, the newest first, from the index of each state."""
        found: list[Failure] = []
        columns = (outbox.c.kind, outbox.c.method, outbox.c.state, outbox.c.error, outbox.c.updated_at)
        for state in (State.PARKED, State.UNCERTAIN):
            for lane in Lane:
                mine = and_(outbox.c.state == state, outbox.c.lane == lane)
                query = select(*columns).where(mine).order_by(outbox.c.not_before.desc()).limit(limit)
                found += [
                    Failure(kind=row.kind, method=row.method, state=row.state, error=row.error or "", at=row.updated_at)
                    for row in await self._connection.execute(query)
                ]
        return sorted(found, key=lambda failure: failure.at, reverse=True)[:limit]

    async def oldest_queued(self) -> datetime | None:
        """When the row became due that has waited longest."""
        query = select(func.min(outbox.c.due_at)).where(outbox.c.state == State.QUEUED)
        found: datetime | None = await self._connection.scalar(query)
        return found

    async def _give_up(self, which: ColumnElement[bool], state: State, error: str, now: datetime) -> int:
        """Settle rows that will not be sent again, with the later parts of the editions they belong to."""
        query = select(outbox.c.id, outbox.c.chat_id, outbox.c.kind, outbox.c.edition_id).where(which)
        rows = (await self._connection.execute(query)).all()
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            page = rows[start : start + _ROWS_AT_ONCE]
            ids = outbox.c.id.in_([row.id for row in page])
            await self._connection.execute(update(outbox).where(ids).values(**final(state, error, now)))
            editions = [(row.edition_id, row.chat_id) for row in page if row.kind == Kind.EDITION]
            if not editions:
                continue
            if state == State.UNCERTAIN:
                await self._subscribers.doubt([chat_id for _, chat_id in editions])
            later = and_(tuple_(outbox.c.edition_id, outbox.c.chat_id).in_(editions), outbox.c.state == State.QUEUED)
            gone = final(State.DROPPED, "an earlier part did not go out", now)
            await self._connection.execute(update(outbox).where(later).values(**gone))
        return len(rows)
