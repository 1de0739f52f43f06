"""``sitrep worker``: a process that does nothing but read articles, one of any number on a PostgreSQL database."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from bot import __version__
from bot.app import allowed_s, reader_process, until_stopped
from bot.clock import Clock
from bot.health import Health, Part, Pulse, WatchedReader
from bot.metrics import Metrics
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.newsroom.reading_jobs import ReadingJobs
from bot.scrape import Scrape
from bot.settings import Settings
from bot.store import Store
from bot.store.engine import file_of
from bot.web import health_routes, serving
from models.api import Reader, SitrepError

PARTS = (Part.DATABASE, Part.MODELS)
"""What a worker has that can be ill."""


async def run_worker(settings: Settings, clock: Clock) -> None:
    """Read until told to stop; a batch under way is let finish, or goes to another worker.

    Raises:
        SitrepError: ``worker_needs_server`` where the database is an SQLite file.
        Fatal: ``web_port_taken``.
    """
    if file_of(settings.database_url) is not None:
        raise SitrepError(
            "worker_needs_server",
            "Workers share a PostgreSQL database with the bot (setting database_url); with an SQLite file the bot reads.",
        )
    metrics = Metrics(__version__)
    with reader_process(settings, on_usage=metrics.batch_read) as models:
        await until_stopped(work(settings, models, clock, metrics, memory=lambda: models.memory_bytes))


async def work(
    settings: Settings, models: Reader, clock: Clock, metrics: Metrics, *, memory: Callable[[], int]
) -> None:
    """Take jobs until cancelled, and answer on ``web.port`` meanwhile where it is set.

    The operators are not told of a worker that is ill, for each of many would tell them of one database: /healthz and the
    log say it.
    """
    url = settings.database_url
    async with contextlib.AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        pulse = Pulse()
        reader = ThreadedReader(WatchedReader(models, pulse))
        stack.callback(reader.close)
        allowed = allowed_s(settings)
        health = Health(store, None, pulse, {part: allowed[part] for part in PARTS}, clock)
        if settings.web.port is not None:
            routes = [*health_routes(health), *Scrape(metrics, store, clock, health, memory=memory).routes]
            await stack.enter_async_context(serving(routes, settings.web.host, settings.web.port))
        async with asyncio.TaskGroup() as tasks:
            watch = tasks.create_task(health.run(), name="health")
            try:
                await ReadingJobs(store, url, reader, ReadingLoop(store, reader, clock, observer=metrics), clock).run()
            finally:
                watch.cancel()
