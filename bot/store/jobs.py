"""Jobs for those who read: deferred, by Procrastinate, in the transaction that stores what is to be read."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.ask_tables import asks
from bot.store.codec import dump_article, dump_reading, load_article, load_reading, storable
from bot.store.engine import POSTGRESQL
from bot.store.sql import Repository
from models.api import Article, Reading

if TYPE_CHECKING:
    from procrastinate import App

READ_JOB, ASK_JOB = "sitrep.read", "sitrep.ask"
QUEUE = "reading"
ASKED_FIRST = 10
"""The priority of what a person is waiting for; articles have 0."""

FORGOTTEN_AFTER = timedelta(hours=1)
"""Nobody waits for an answer any more."""


@functools.cache
def _deferrer() -> App:
    """Procrastinate without connections of its own: jobs are deferred on ours."""
    from procrastinate import App, PsycopgConnector  # noqa: PLC0415  an optional package

    return App(connector=PsycopgConnector())


async def defer_reading(connection: AsyncConnection, key: str, revision: int, wait: timedelta) -> None:
    """Have some worker read a revision of an article, once the transaction is committed; on SQLite nothing is needed."""
    if connection.dialect.name == POSTGRESQL:
        raw = (await connection.get_raw_connection()).driver_connection
        job = _deferrer().configure_task(
            READ_JOB,
            queue=QUEUE,
            queueing_lock=f"{key}@{revision}",
            connection=raw,
            schedule_in={"seconds": wait.total_seconds()} if wait > timedelta() else None,
        )
        await job.defer_async(key=key, revision=revision)


async def is_deferred(connection: AsyncConnection, key: str, revision: int) -> bool:
    """Whether a job waits for a revision of an article. On PostgreSQL alone."""
    query = text("SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = :lock AND status = 'todo'")
    return (await connection.execute(query, {"lock": f"{key}@{revision}"})).first() is not None


class Asks(Repository):
    """Texts that people brought, to be read by a worker before all else. On PostgreSQL alone."""

    async def ask(self, article: Article, now: datetime) -> int:
        """Have a text read; returns its number. Old ones, whose asker is gone, are forgotten meanwhile."""
        await self._connection.execute(delete(asks).where(asks.c.asked_at < now - FORGOTTEN_AFTER))
        row = insert(asks).values(article=dump_article(article), asked_at=now).returning(asks.c.id)
        number = int((await self._connection.execute(row)).scalar_one())
        raw = (await self._connection.get_raw_connection()).driver_connection
        job = _deferrer().configure_task(ASK_JOB, queue=QUEUE, priority=ASKED_FIRST, connection=raw)
        await job.defer_async(number=number)
        return number

    async def asked(self, number: int) -> Article | None:
        """A text that waits to be read; None where it was, or nobody waits for it any more."""
        query = select(asks.c.article).where(asks.c.id == number, asks.c.reading.is_(None), asks.c.error.is_(None))
        found: str | None = await self._connection.scalar(query)
        return None if found is None else load_article(found)

    async def answer(self, number: int, reading: Reading | None, error: str | None = None) -> None:
        """Keep what was found in it, or why it could not be read."""
        values = {
            "reading": None if reading is None else dump_reading(reading),
            "error": None if error is None else storable(error),
        }
        await self._connection.execute(update(asks).where(asks.c.id == number).values(**values))

    async def answered(self, number: int) -> tuple[Reading | None, str | None] | None:
        """The reading, or the error; None where it is not done yet."""
        row = (await self._connection.execute(select(asks).where(asks.c.id == number))).one_or_none()
        if row is None or (row.reading is None and row.error is None):
            return None
        return None if row.reading is None else load_reading(row.reading, b""), row.error

    async def forget(self, number: int) -> None:
        """Nobody waits for it any more."""
        await self._connection.execute(delete(asks).where(asks.c.id == number))
