"""``sitrep worker``: a process that does nothing but read articles, one of any number on a PostgreSQL database."""

from __future__ import annotations

import contextlib

from bot.app import reader_process, until_stopped
from bot.clock import Clock
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.newsroom.reading_jobs import ReadingJobs
from bot.settings import Settings
from bot.store import Store
from bot.store.engine import file_of
from models.api import Reader, SitrepError


async def run_worker(settings: Settings, clock: Clock) -> None:
    """Read until told to stop; a batch under way is let finish, or goes to another worker.

    Raises:
        SitrepError: ``worker_needs_server`` where the database is an SQLite file.
    """
    if file_of(settings.database_url) is not None:
        raise SitrepError(
            "worker_needs_server",
            "Workers share a PostgreSQL database with the bot (setting database_url); with an SQLite file the bot reads.",
        )
    with reader_process(settings) as models:
        await until_stopped(work(settings.database_url, models, clock))


async def work(url: str, models: Reader, clock: Clock) -> None:
    """Take jobs until cancelled."""
    async with contextlib.AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        reader = ThreadedReader(models)
        stack.callback(reader.close)
        await ReadingJobs(store, url, reader, ReadingLoop(store, reader, clock), clock).run()
