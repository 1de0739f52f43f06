"""Editions as they were composed."""

from datetime import datetime

from sqlalchemy import Select, insert, select

from bot.desk.profile import Window
from bot.store.records import State, StoredEdition
from bot.store.sql import Repository
from bot.store.tables import editions, outbox


class Editions(Repository):
    """One row per edition, whoever it is for."""

    async def add(self, edition_json: str, profile_key: str, window: Window, now: datetime) -> int:
        """Keep an edition; returns its id."""
        values = {"profile_key": profile_key, "window_start": window.start, "window_end": window.end}
        added = await self._connection.execute(
            insert(editions).values(body=edition_json, created_at=now, **values).returning(editions.c.id)
        )
        return int(added.scalar_one())

    async def get(self, edition_id: int) -> StoredEdition | None:
        """An edition by its id."""
        return await self._one(select(editions).where(editions.c.id == edition_id))

    async def last_told(self, chat_id: int) -> StoredEdition | None:
        """The last edition a chat got, on its hour or on demand; one that may not have arrived counts as got."""
        query = (
            select(editions)
            .join(outbox, outbox.c.edition_id == editions.c.id)
            .where(
                outbox.c.chat_id == chat_id,
                outbox.c.edition_id.is_not(None),
                outbox.c.state.in_((State.SENT, State.UNCERTAIN)),
            )
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        return await self._one(query)

    async def _one(self, query: Select[tuple[object, ...]]) -> StoredEdition | None:
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        window = Window(row.window_start, row.window_end)
        return StoredEdition(
            id=row.id, profile_key=row.profile_key, window=window, body=row.body, created_at=row.created_at
        )
