"""What an article costs beside its reading: statements and processor time of taking a post in, and of filing what was read.

`python -m bench.filing [--articles 320] [--wire] [--postgres]` takes so many posts in as updates of four channels, a hundred at a
time, has the worker make articles of them, reads them with a plain reader, whose time is left out, and files them in batches of 32 in a
database of its own. The posts are those of `bench.answers`, or with `--wire` those of `bench/wire.py`, which hold more figures. The
processor's time is that of this process, which with SQLite is all of it and with PostgreSQL the client's; it is what a busy
machine changes least. Statements are those of the database's driver; those that begin and end a transaction count.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event

from bench.invented import invented
from bench.postgres import postgres
from bench.processes import family_s
from bench.wire import articles
from bot.logs import configure_logs
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import BATCH, ReadingLoop, ThreadedReader
from bot.observer import Observer
from bot.sandbox.server import SAMPLE_TOKEN
from bot.store import Store
from bot.telegram.application import build_application, build_bot
from bot.telegram.desk_context import Desk
from bot.telegram.inbox import keep_updates
from bot.telegram.worker import Worker
from models.api import Article, Reading

UPDATES = 100
"""What Telegram gives at once."""
CHANNELS = (-1001, -1002, -1003, -1004)


@dataclass(slots=True)
class Spent:
    """Statements and processor seconds of one stage."""

    statements: int = 0
    processor_s: float = 0.0


class Meter:
    """Counts what a database is told, and what it costs."""

    def __init__(self, store: Store) -> None:
        self._statements = 0
        engine = store._engine.sync_engine  # noqa: SLF001  the store gives nobody its engine
        event.listen(engine, "before_cursor_execute", self._count)
        event.listen(engine, "commit", self._ended)

    @contextlib.contextmanager
    def measures(self, spent: Spent, without: MeasuredReader | None = None) -> Iterator[None]:
        """Add what the block takes, but for the time of a reader."""
        statements, began = self._statements, time.process_time()
        read_s = without.read_s if without else 0.0
        yield
        spent.statements += self._statements - statements
        spent.processor_s += time.process_time() - began - ((without.read_s if without else 0.0) - read_s)

    def _count(self, *_: Any) -> None:
        self._statements += 1

    def _ended(self, _: object) -> None:
        self._statements += 1


class MeasuredReader(PlainReader):
    """Reads plainly, and knows how many seconds of its thread that took."""

    def __init__(self) -> None:
        super().__init__()
        self.read_s = 0.0

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch; never fails."""
        began = time.thread_time()
        found = super().read(articles)
        self.read_s += time.thread_time() - began
        return found


class Settled(Observer):
    """Knows when so many updates have been handled."""

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self._left = 0

    def wants(self, count: int) -> None:
        """Begin to count."""
        self.done.clear()
        self._left = count

    def update_settled(self, kind: str, outcome: str) -> None:
        """One less."""
        del kind, outcome
        self._left -= 1
        if not self._left:
            self.done.set()


def updates_of(news: Sequence[Article], first: int) -> Iterator[dict[str, Any]]:
    """The articles as posts of some channels, as Telegram gives them, numbered from ``first`` on."""
    for number, article in enumerate(news, first):
        channel = CHANNELS[number % len(CHANNELS)]
        text = f"{article.title}\n\n{article.text}" if article.title else article.text
        chat = {"id": channel, "type": "channel", "title": f"Wire {-channel}", "username": f"wire{-channel}"}
        post = {"message_id": number, "date": int(article.published.timestamp()), "chat": chat, "text": text}
        yield {"update_id": number, "channel_post": post}


async def measure_stages(store: Store, news: Sequence[Article], first: int) -> dict[str, Spent]:
    """Take the news in and file it; what each stage took."""
    meter, reader = Meter(store), MeasuredReader()
    room = ThreadedReader(reader)
    clock = _Hand(news[0].published)
    reading = ReadingLoop(store, room, clock)
    desk = Desk(store=store, editions=EditionDesk(store, room, clock), defaults=Defaults(), clock=clock)
    application = build_application(build_bot(SAMPLE_TOKEN, "http://localhost/bot", "http://localhost/file"), desk)
    settled = Settled()
    posts = PostDesk(Channels(CHANNELS), clock)
    worker = Worker(store, application, posts, clock, on_articles=lambda: None, observer=settled)
    spent = {stage: Spent() for stage in ("kept", "handled", "filed")}
    updates = updates_of(news, first)
    working = asyncio.create_task(worker.run())
    await worker.wait_idle()
    while batch := list(itertools.islice(updates, UPDATES)):
        clock.now = datetime.fromtimestamp(batch[-1]["channel_post"]["date"], UTC)
        with meter.measures(spent["kept"]):
            await keep_updates(store, batch, clock.now)
        with meter.measures(spent["handled"]):
            settled.wants(len(batch))
            worker.wake()
            await settled.done.wait()
        with meter.measures(spent["filed"], without=reader):
            while await reading.run_once():
                pass
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    room.close()
    return spent


@dataclass(slots=True)
class _Hand:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


async def run(url: str, count: int, *, wire: bool) -> dict[str, Spent]:
    """Measure on a database; the first batch is left out, in which everything is made for the first time."""
    now = datetime.now(UTC)
    found = articles(count + BATCH) if wire else invented(count + BATCH, now, Random(1))
    news = sorted(found, key=lambda article: article.published)
    store = await Store.open(url)
    try:
        await measure_stages(store, news[:BATCH], 1)
        return await measure_stages(store, news[BATCH:], 1 + BATCH)
    finally:
        await store.close()


def main(count: int, *, wire: bool, shared: bool) -> None:
    """Measure and print."""
    configure_logs(style="json", level="error", secret=None)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sitrep-filing-"))
        server = stack.enter_context(postgres()) if shared else None
        url = server.fresh() if server else f"sqlite+aiosqlite:///{Path(folder) / 'sitrep.db'}"
        began_s = family_s(server.pid) if server else 0.0
        spent = asyncio.run(run(url, count, wire=wire))
        server_s = family_s(server.pid) - began_s if server else 0.0
    print(f"{count} articles, load {os.getloadavg()[0]:.1f}")
    for stage, took in spent.items():
        print(
            f"{stage:8} {took.statements / count:6.1f} statements  {1000 * took.processor_s / count:6.2f} ms of the processor"
        )
    if shared:
        print(f"PostgreSQL, its start and its migrations included: {1000 * server_s / count:.2f} ms of the processor")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.filing", description=__doc__)
    parser.add_argument("--articles", type=int, default=320)
    parser.add_argument("--wire", action="store_true", help="posts like those of the sample month")
    parser.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own in place of SQLite")
    chosen = parser.parse_args()
    main(chosen.articles, wire=chosen.wire, shared=chosen.postgres)
