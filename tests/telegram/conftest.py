"""The whole way of an update: sandbox server, inbox, worker, reading loop and sender, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.sandbox.client import SandboxClient
from bot.sandbox.seen import SeenMessage
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SAMPLE_TOKEN, SandboxServer
from bot.store import Store, Subscriber
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.desk_context import Desk, DeskApplication
from bot.telegram.inbox import PollingInbox
from bot.telegram.menus import introduce
from bot.telegram.worker import Worker

UNHURRIED = Rates(overall_per_s=1000, chat_per_s=1000, group_per_min=60_000)
"""The sandbox of these tests has no limits; nobody should wait for Telegram's."""

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class WoundClock:
    """Stands still until it is wound."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wind(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class House:
    """All of it, running."""

    server: SandboxServer
    client: SandboxClient
    store: Store
    clock: WoundClock
    application: DeskApplication
    inbox: PollingInbox
    worker: Worker
    loop: ReadingLoop
    reader: PlainReader

    async def ask(self, text: str) -> SeenMessage:
        return await self.client.ask(SAMPLE_READER, text)

    async def press(self, message: SeenMessage, button: str) -> None:
        await self.client.press(SAMPLE_READER, message.message_id, button)

    async def answered(self, message: SeenMessage, button: str) -> str:
        """Press a button; what the reader is shown for a moment."""
        return await self.shown(await self.client.press(SAMPLE_READER, message.message_id, button))

    async def shown(self, query: str) -> str:
        """What who pressed a button is shown."""
        known = self.server.world.bot.queries[query]
        async with asyncio.timeout(10):
            while not known.get("answer"):  # noqa: ASYNC110  the answer is not awaited by anybody
                await asyncio.sleep(0.02)
        return str(known["answer"]["text"])

    async def changed(self, message: SeenMessage, text: str) -> SeenMessage:
        """The message once its text holds ``text``."""
        number = message.message_id
        return await self.client.wait_for(SAMPLE_READER, lambda m: m.message_id == number and text in m.text)

    async def post(self, text: str) -> int:
        """Publish in the sample channel, and wait until it is read."""
        number = await self.client.post("sample_wire", text, self.clock())
        await self.read_all()
        return number

    async def read_all(self) -> None:
        await self.caught_up()
        await self.loop.wait_idle()

    async def caught_up(self) -> None:
        """Wait until Telegram has nothing more for us and all of it is handled."""
        async with asyncio.timeout(10):
            while (await self.client.state())["pending_updates"]:  # noqa: ASYNC110  the server is asked over HTTP
                await asyncio.sleep(0.02)
        await self.worker.wait_idle()

    async def subscriber(self) -> Subscriber | None:
        user = self.server.world.users
        chat_id = next(number for number, person in user.items() if person.first_name == SAMPLE_READER)
        async with self.store.read() as tx:
            return await tx.subscribers.get(chat_id)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    clock = WoundClock()
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    async with SandboxServer(limits=None, clock=clock) as server, SandboxClient(server.base_url) as client:
        reader = PlainReader()
        threaded = ThreadedReader(reader)
        desk = Desk(
            store=store,
            editions=EditionDesk(store, threaded, clock),
            defaults=Defaults(times=(time(8),), zone="Europe/Kyiv"),
            clock=clock,
        )
        bot = build_bot(SAMPLE_TOKEN, server.base_url, server.base_file_url)
        application = build_application(bot, desk)
        loop = ReadingLoop(store, threaded, clock)
        posts = PostDesk(Channels([SAMPLE_CHANNEL_ID]), clock)
        worker = Worker(store, application, posts, clock, on_articles=loop.wake, retry_pause_s=0)
        inbox = PollingInbox(store, bot, clock, worker.wake, random=Random(1), poll_s=5)
        sender = Sender(store, bot, Limiter(UNHURRIED), clock)
        await connect(application, Random(1))
        await introduce(bot)
        tasks = [asyncio.create_task(part.run()) for part in (inbox, worker, loop, sender)]
        yield House(server, client, store, clock, application, inbox, worker, loop, reader)
        running = set(tasks)
        while running:
            for task in running:
                task.cancel()
            _, running = await asyncio.wait(running, timeout=3)
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        await disconnect(application)
        threaded.close()
    await store.close()
    assert all(isinstance(end, asyncio.CancelledError) for end in ended), ended
