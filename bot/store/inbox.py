"""Raw updates: kept before they are acknowledged, in order, each with one effect."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from bot.store.codec import storable
from bot.store.records import InboxRow
from bot.store.sql import COUNTED, Repository
from bot.store.tables import inbox

PENDING, DONE, PARKED = "pending", "done", "parked"

_FINISH = update(inbox).where(inbox.c.update_id == bindparam("of"))


class Inbox(Repository):
    """Updates as Telegram gave them."""

    async def add(self, update_id: int, chat_key: int, raw: str, now: datetime) -> bool:
        """Keep an update. Returns False where it is known already."""
        row = {"update_id": update_id, "chat_key": chat_key, "raw": storable(raw), "received_at": now}
        added = await self._connection.execute(
            self._insert(inbox)
            .values(state=PENDING, attempts=0, **row)
            .on_conflict_do_nothing(index_elements=["update_id"]),
            execution_options=COUNTED,
        )
        return added.rowcount == 1

    async def last_id(self) -> int | None:
        """The id received last. Not the highest: after a quiet week Telegram begins at a random one."""
        query = select(inbox.c.update_id).order_by(inbox.c.received_at.desc(), inbox.c.update_id.desc()).limit(1)
        found: int | None = await self._connection.scalar(query)
        return found

    async def pending(self, limit: int) -> list[InboxRow]:
        """Up to ``limit`` updates that have had no effect yet, in the order of their ids."""
        columns = (inbox.c.update_id, inbox.c.chat_key, inbox.c.raw, inbox.c.attempts)
        query = select(*columns).where(inbox.c.state == PENDING).order_by(inbox.c.update_id).limit(limit)
        return [InboxRow(**row) for row in (await self._connection.execute(query)).mappings()]

    async def waiting(self) -> int:
        """How many updates are not handled yet."""
        query = select(func.count()).select_from(inbox).where(inbox.c.state == PENDING)
        return int((await self._connection.execute(query)).scalar_one())

    async def parked(self, limit: int) -> list[tuple[InboxRow, str]]:
        """The updates that could not be used, the newest first, each with its reason."""
        query = select(inbox).where(inbox.c.state == PARKED).order_by(inbox.c.update_id.desc()).limit(limit)
        return [
            (InboxRow(update_id=row.update_id, chat_key=row.chat_key, raw=row.raw, attempts=row.attempts), row.reason)
            for row in await self._connection.execute(query)
        ]

    async def done(self, update_id: int, now: datetime) -> None:
        """The update has had its effect."""
        await self._finish(update_id, DONE, None, now)

    async def park(self, update_id: int, reason: str, now: datetime) -> None:
        """The update cannot be used; it is kept with the reason."""
        await self._finish(update_id, PARKED, reason, now)

    async def attempt(self, update_id: int) -> None:
        """Count a try, so that an update that kills the process is seen."""
        row = inbox.c.update_id == update_id
        await self._connection.execute(update(inbox).where(row).values(attempts=inbox.c.attempts + 1))

    async def _finish(self, update_id: int, state: str, reason: str | None, now: datetime) -> None:
        settled = {"of": update_id, "state": state, "reason": reason, "finished_at": now}
        await self._connection.execute(_FINISH, settled)
