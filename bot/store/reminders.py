"""Who is reminded of what, and when: each chat has one moment at which it is looked after, and the entries it follows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.store.book_tables import deadline_follows, reminder_readers
from bot.store.sql import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderReader:
    """A chat that is reminded: of ``everything`` in its topics (asked ``since`` then), or of what it follows alone.

    ``next_at`` is its next hour, ``looked_at`` when it was last looked after. Times are aware UTC.
    """

    chat_id: int
    everything: bool
    since: datetime
    looked_at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """An entry that a chat follows ``since`` then, told up to a ``sequence`` of it."""

    chat_id: int
    entry: int
    since: datetime
    told_sequence: int


class Reminders(Repository):
    """One row per chat that wants reminders, and one for each entry it follows. Both go with the chat."""

    async def get(self, chat_id: int) -> ReminderReader | None:
        """A chat's row; None where it never asked for reminders."""
        query = select(reminder_readers).where(reminder_readers.c.chat_id == chat_id)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else ReminderReader(**row._asdict())

    async def follow(self, chat_id: int, entry: int, now: datetime, next_at: datetime, *, sequence: int = 0) -> None:
        """Have a known chat reminded of an entry; its next hour is ``next_at``."""
        await self._add(chat_id, now, next_at)
        values = {"chat_id": chat_id, "entry": entry, "since": now, "told_sequence": sequence}
        insert = self._insert(deadline_follows).values(**values)
        await self._connection.execute(insert.on_conflict_do_nothing(index_elements=["chat_id", "entry"]))

    async def unfollow(self, chat_id: int, entry: int) -> None:
        """No more reminders of an entry."""
        mine = (deadline_follows.c.chat_id == chat_id) & (deadline_follows.c.entry == entry)
        await self._connection.execute(delete(deadline_follows).where(mine))

    async def everything(self, chat_id: int, now: datetime, next_at: datetime, *, wanted: bool) -> None:
        """Have a known chat reminded of all deadlines in its topics, or of those it follows alone."""
        await self._add(chat_id, now, next_at)
        row = reminder_readers.c.chat_id == chat_id
        changed = row & (reminder_readers.c.everything != wanted)
        await self._connection.execute(update(reminder_readers).where(changed).values(everything=wanted, since=now))

    async def due(self, now: datetime, limit: int) -> list[ReminderReader]:
        """Up to ``limit`` chats whose hour has come, those due longest first."""
        query = (
            select(reminder_readers)
            .where(reminder_readers.c.next_at <= now)
            .order_by(reminder_readers.c.next_at, reminder_readers.c.chat_id)
            .limit(limit)
        )
        return [ReminderReader(**row._asdict()) for row in await self._connection.execute(query)]

    async def followed(self, chat_ids: Collection[int]) -> list[Follow]:
        """What some chats follow."""
        query = select(deadline_follows).where(deadline_follows.c.chat_id.in_(chat_ids))
        return [Follow(**row._asdict()) for row in await self._connection.execute(query)]

    async def followers(self, entry: int, *, before: int) -> list[int]:
        """The chats that follow an entry and know none of its states from the sequence ``before`` on."""
        mine = (deadline_follows.c.entry == entry) & (deadline_follows.c.told_sequence < before)
        query = select(deadline_follows.c.chat_id).where(mine).order_by(deadline_follows.c.chat_id)
        return list(await self._connection.scalars(query))

    async def looked(self, next_at: Mapping[int, datetime], now: datetime) -> None:
        """Set when chats are looked after next, by chat id."""
        if not next_at:
            return
        query = update(reminder_readers).where(reminder_readers.c.chat_id == bindparam("chat"))
        rows = [{"chat": chat_id, "hour": moment} for chat_id, moment in next_at.items()]
        hour = bindparam("hour", type_=reminder_readers.c.next_at.type)
        await self._connection.execute(query.values(next_at=hour, looked_at=now), rows)

    async def told(self, told: Sequence[tuple[int, int, int]]) -> None:
        """Note, by (chat, entry, sequence), which state of an entry its followers know."""
        if not told:
            return
        mine = (deadline_follows.c.chat_id == bindparam("chat")) & (deadline_follows.c.entry == bindparam("number"))
        rows = [{"chat": chat_id, "number": entry, "reached": sequence} for chat_id, entry, sequence in told]
        await self._connection.execute(
            update(deadline_follows).where(mine).values(told_sequence=bindparam("reached")), rows
        )

    async def _add(self, chat_id: int, now: datetime, next_at: datetime) -> None:
        values = {"chat_id": chat_id, "everything": False, "since": now, "looked_at": now, "next_at": next_at}
        insert = self._insert(reminder_readers).values(**values)
        await self._connection.execute(insert.on_conflict_do_nothing(index_elements=["chat_id"]))
