"""Editions as they were composed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, Select, exists, insert, select

from bot.desk.profile import Window
from bot.store.records import State, StoredEdition
from bot.store.sql import Repository
from bot.store.tables import corrected, drawn, editions, outbox


class Editions(Repository):
    """One row per edition, whoever it is for."""

    async def add(
        self, edition_json: str, profile_key: str, window: Window, now: datetime, *, articles: Collection[str] = ()
    ) -> int:
        """Keep an edition, which draws on ``articles`` (keys); returns its id."""
        values = {"profile_key": profile_key, "window_start": window.start, "window_end": window.end}
        added = await self._connection.execute(
            insert(editions).values(body=edition_json, created_at=now, **values).returning(editions.c.id)
        )
        number = int(added.scalar_one())
        if articles:
            rows = [{"article_key": key, "edition_id": number} for key in sorted(articles)]
            await self._connection.execute(insert(drawn), rows)
        return number

    async def drawing_on(self, article_key: str) -> list[StoredEdition]:
        """The editions that draw on an article."""
        mine = select(drawn.c.edition_id).where(drawn.c.article_key == article_key)
        rows = await self._connection.execute(select(editions).where(editions.c.id.in_(mine)).order_by(editions.c.id))
        return [_stored(row) for row in rows]

    async def readers_of(self, edition_ids: Collection[int]) -> list[int]:
        """The chats that got one of these editions, or for which one is on its way."""
        query = (
            select(outbox.c.chat_id)
            .distinct()
            .where(outbox.c.edition_id.in_(edition_ids), outbox.c.state.not_in((State.PARKED, State.DROPPED)))
            .order_by(outbox.c.chat_id)
        )
        return list(await self._connection.scalars(query))

    async def corrected(self, article_key: str, facts: Collection[str]) -> list[int]:
        """The chats that a correction of an article has told one of these facts."""
        query = (
            select(corrected.c.chat_id)
            .distinct()
            .where(corrected.c.article_key == article_key, corrected.c.fact.in_(facts))
            .order_by(corrected.c.chat_id)
        )
        return list(await self._connection.scalars(query))

    async def correct(self, article_key: str, fact: str, chat_ids: Collection[int]) -> None:
        """Note that a correction tells some chats a fact."""
        if chat_ids:
            rows = [{"article_key": article_key, "fact": fact, "chat_id": chat_id} for chat_id in chat_ids]
            await self._connection.execute(self._insert(corrected).on_conflict_do_nothing(), rows)

    async def get(self, edition_id: int) -> StoredEdition | None:
        """An edition by its id."""
        return await self._one(select(editions).where(editions.c.id == edition_id))

    async def newest(self, limit: int) -> list[StoredEdition]:
        """The editions made last, the newest first."""
        query = select(editions).order_by(editions.c.created_at.desc(), editions.c.id.desc()).limit(limit)
        return [_stored(row) for row in await self._connection.execute(query)]

    async def sent_to(self, edition_id: int, chat_id: int) -> StoredEdition | None:
        """An edition that a chat was sent; None where there is no such edition or it was for others."""
        sent = exists().where(outbox.c.edition_id == edition_id, outbox.c.chat_id == chat_id)
        return await self._one(select(editions).where(editions.c.id == edition_id, sent))

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
        return None if row is None else _stored(row)


def _stored(row: Row[tuple[object, ...]]) -> StoredEdition:
    window = Window(row.window_start, row.window_end)
    return StoredEdition(
        id=row.id, profile_key=row.profile_key, window=window, body=row.body, created_at=row.created_at
    )
