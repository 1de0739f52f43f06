"""Everything that is kept about one chat, whichever table holds it: to be handed over, or to be forgotten."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update

from bot.store.inbox import PENDING
from bot.store.sql import Repository
from bot.store.tables import editions, inbox, metadata, outbox

SETTLED_AFTER = timedelta(hours=1)
"""An edition this old is on its way to nobody else any more."""

_NOT_OF_PEOPLE = frozenset({"posts", "sources", "inbox"})
"""Posts are what channels published, sources the channels that are read; updates keep their number, by which a repeated one is known, and lose the rest."""
_NOT_HANDED_OVER = frozenset({"file_content"})


def tables_about_chats() -> dict[str, tuple[Table, ColumnElement[int]]]:
    """By name the tables that hold rows about a chat, with the column that names it; those that refer to others first."""
    return {
        table.name: (table, table.c.chat_id)
        for table in reversed(metadata.sorted_tables)
        if "chat_id" in table.c and table.name not in _NOT_OF_PEOPLE
    }


class Dossier(Repository):
    """What a person may ask for, and may ask to have taken away. Not on any tick: it looks wherever it must."""

    async def of(self, chat_id: int) -> dict[str, list[dict[str, Any]]]:
        """Every row about a chat, by table; values as the database holds them, files left out."""
        found = {"inbox": await self._rows(inbox, inbox.c.chat_key == chat_id)}
        for name, (table, column) in tables_about_chats().items():
            found[name] = await self._rows(table, column == chat_id)
        return {name: rows for name, rows in found.items() if rows}

    async def forget(self, chat_id: int, now: datetime, *, with_update: int | None = None) -> Mapping[str, int]:
        """Delete it all, editions that nobody else got included; returns how many records went, by table.

        Args:
            chat_id: The chat.
            now: When.
            with_update: The update that asks for it. Those that wait behind it are left: they have yet to be answered.
        """
        own = await self._own_editions(chat_id)
        counts: dict[str, int] = {}
        for name, (table, column) in tables_about_chats().items():
            counts[name] = (await self._connection.execute(delete(table).where(column == chat_id))).rowcount
        finished = (inbox.c.state != PENDING) | (inbox.c.update_id == with_update)
        mine = (inbox.c.chat_key == chat_id) & finished
        blank = update(inbox).where(mine).values(raw="{}", chat_key=0, reason=None)
        counts["inbox"] = (await self._connection.execute(blank)).rowcount
        await self._forget_editions(own, now)
        return {name: count for name, count in counts.items() if count}

    async def _rows(self, table: Table, mine: ColumnElement[bool]) -> list[dict[str, Any]]:
        columns = [column for column in table.c if column.name not in _NOT_HANDED_OVER]
        rows = await self._connection.execute(select(*columns).where(mine).order_by(*table.primary_key))
        return [dict(row) for row in rows.mappings()]

    async def _own_editions(self, chat_id: int) -> list[int]:
        """The editions that only this chat was sent: what it follows may be read off them."""
        mine = select(outbox.c.edition_id).where(outbox.c.chat_id == chat_id, outbox.c.edition_id.is_not(None))
        query = (
            select(outbox.c.edition_id)
            .where(outbox.c.edition_id.in_(mine))
            .group_by(outbox.c.edition_id)
            .having(func.min(outbox.c.chat_id) == func.max(outbox.c.chat_id))
        )
        return list(await self._connection.scalars(query))

    async def _forget_editions(self, own: list[int], now: datetime) -> None:
        """A young one is only made nameless: a tick that is under way may be about to send it to the next reader."""
        for number in own:
            row = editions.c.id == number
            await self._connection.execute(delete(editions).where(row, editions.c.created_at < now - SETTLED_AFTER))
            await self._connection.execute(update(editions).where(row).values(profile_key=""))
