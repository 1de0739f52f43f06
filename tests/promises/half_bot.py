"""All of the bot but its models, in a test's own process or, run as a program, in one of its own that may be killed.

`python half_bot.py DATABASE_URL SERVER_URL NOW` works until it is killed, its clock wound forward to NOW. Without models it
starts in a second, so that a proof can afford a hundred lives of it.
"""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.clock import Clock
from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.delivery.tick import Tick
from bot.logs import configure_logs
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.press.edition import render_edition
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_TOKEN
from bot.store import Store
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.desk_context import Desk, DeskApplication
from bot.telegram.inbox import PollingInbox
from bot.telegram.worker import Worker

FAST = Rates(overall_per_s=1000, chat_per_s=1000, chat_burst=50, group_per_min=100_000)
"""As good as no limits: what is proved is not how fast it goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfBot:
    """It at work; its editions are made when ``tick`` is called, its articles read when ``reading`` is."""

    application: DeskApplication
    worker: Worker
    tick: Tick
    reading: ReadingLoop


@contextlib.asynccontextmanager
async def half_a_bot(
    store: Store,
    server_url: str,
    clock: Callable[[], datetime],
    *,
    rates: Rates = FAST,
    monotonic: Callable[[], float] = time.monotonic,
    sends: bool = True,
) -> AsyncIterator[HalfBot]:
    """The bot at work for as long as the block lasts, against a sandbox."""
    room = ThreadedReader(PlainReader())
    editions = EditionDesk(store, room, clock)
    bot = build_bot(SAMPLE_TOKEN, f"{server_url}/bot", f"{server_url}/file/bot")
    application = build_application(bot, Desk(store=store, editions=editions, defaults=Defaults(), clock=clock))
    reading = ReadingLoop(store, room, clock)
    worker = Worker(store, application, PostDesk(Channels([SAMPLE_CHANNEL_ID]), clock), clock, on_articles=reading.wake)
    inbox = PollingInbox(store, bot, clock, worker.wake, random=Random(1), poll_s=5)
    sender = Sender(store, bot, Limiter(rates, monotonic), clock)
    tick = Tick(store, editions.compose_for, render_edition, clock)
    await connect(application, Random(1))
    parts = [inbox.run(), worker.run(), *([sender.run()] if sends else [])]
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        yield HalfBot(application=application, worker=worker, tick=tick, reading=reading)
        for task in tasks:
            assert not task.done(), task
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await disconnect(application)
        room.close()


async def main(url: str, server_url: str, now: datetime) -> None:
    """Work until killed, looking many times a second for who is due."""
    clock = Clock()
    clock.advance_to(now)
    store = await Store.open(url)
    async with half_a_bot(store, server_url, clock) as bot:
        while True:
            await bot.tick()
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    configure_logs(style="console", level="warning", secret=None)
    asyncio.run(main(sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3])))
