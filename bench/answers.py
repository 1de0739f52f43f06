"""How long people wait for an answer: every command over HTTP, with a store as large as a month of much news makes it.

`python -m bench.answers [--articles 10000] [--readers 1000] [--asked 10] [--keep FILE]` files so many articles of a month, saves so
many readers, and has some of them send every form of every command that /help shows, search inline, and bring a text; at last
somebody asks for a week's news, and somebody else for /help meanwhile. A line is printed as soon as it is known: the median and
the 95th percentile of the wait until the first sign of an answer (a draft is one), by the clock of the sandbox's server; how long
the answer itself took; and the bot's processor time for all of it, which is what a busy machine changes least. What gives no sign
within ten seconds has its line too, and counts as too slow. The models are left out (a plain reader reads): what a text costs is
`bench.reading`. `--keep` keeps the store in a file, and takes it from there the next time.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bench.delivery import processor_s
from bench.findings import Finding, missing, row
from bench.invented import fill
from bot.app import settle_in
from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.logs import configure_logs
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ThreadedReader
from bot.sandbox.inline import ask_inline
from bot.sandbox.model import User
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_TOKEN, SandboxServer
from bot.sandbox.world import World
from bot.store import Store
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.commands import COMMANDS
from bot.telegram.desk_context import Desk
from bot.telegram.inbox import PollingInbox
from bot.telegram.worker import Worker

LIMIT_S = 0.3
PATIENCE_S = 10.0
"""Seconds without a sign after which nobody waits any longer."""
STARTED_S = 60.0
"""Seconds that the bot may take to come up and say /help."""
WEEK = "/summary 7d"
MEANWHILE = "/help, while a week's /summary is composed"
TABLE = "How long an answer takes"
QUICK = Rates(overall_per_s=1000, chat_per_s=1000, chat_burst=50, group_per_min=100_000)
"""The sandbox of this bench has no limits: what is measured is the bot, not Telegram's patience."""

_TEXT = 2
"""Of the forms of /summary those from this on describe what may follow it."""
_SETTLE_S = 0.05
_ANSWERS = frozenset({"message"})
_SIGNS = _ANSWERS | {"draft"}
_OFFERS = frozenset({"inline"})


@dataclass(slots=True)
class Waits:
    """What one thing that is asked for took.

    ``signs`` are seconds until the first sign of an answer, ``answers`` until the answer itself; ``silent`` counts how often
    one of them did not come. ``processor`` are the bot's processor seconds in all.
    """

    asked: str
    signs: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    silent: int = 0
    processor: float = 0.0

    @property
    def times(self) -> int:
        """How often it was asked for."""
        return len(self.signs) + self.silent

    @property
    def p95(self) -> float:
        """The wait for a sign that 95 of 100 did not exceed; those who saw none waited for ever."""
        waits = sorted([*self.signs, *[float("inf")] * self.silent])
        return waits[max(0, -(-len(waits) * 95 // 100) - 1)]

    @property
    def processor_each(self) -> float:
        """Processor seconds of one answer."""
        return self.processor / max(1, self.times)

    @property
    def verdict(self) -> str:
        """What is wrong with it; empty where nothing is."""
        if self.silent:
            return f"NO ANSWER to {self.silent} of {self.times} within {PATIENCE_S:.0f} s"
        return f"over {1000 * LIMIT_S:.0f} ms" if self.p95 > LIMIT_S else ""

    def line(self) -> str:
        """It as a row of the table."""
        if not self.signs:
            return f"{self.asked:50} {self.verdict}"
        answered = statistics.median(self.answers) if self.answers else float("nan")
        cells = (statistics.median(self.signs), self.p95, answered, self.processor_each)
        return f"{self.asked:50} {' '.join(f'{1000 * cell:9.0f}' for cell in cells)}  {self.verdict}".rstrip()


HEAD = f"{'asked (ms)':50} {'median':>9} {'p95':>9} {'answered':>9} {'processor':>9}"


@contextlib.asynccontextmanager
async def bot_at_work(database_url: str, server_url: str) -> AsyncIterator[None]:
    """The bot without its models, from the moment of the newest story on: a store that was kept has not aged."""
    store = await Store.open(database_url)
    room = ThreadedReader(PlainReader())
    async with store.read() as tx:
        newest = (await tx.search.newest(1))[0].published
    begun = time.monotonic()

    def clock() -> datetime:
        return newest + timedelta(seconds=time.monotonic() - begun)

    editions = EditionDesk(store, room, clock)
    bot = build_bot(SAMPLE_TOKEN, f"{server_url}/bot", f"{server_url}/file/bot")
    application = build_application(bot, Desk(store=store, editions=editions, defaults=Defaults(), clock=clock))
    posts = PostDesk(Channels([SAMPLE_CHANNEL_ID]), clock)
    worker = Worker(store, application, posts, clock, on_articles=lambda: None)
    inbox = PollingInbox(store, bot, clock, worker.wake, random=Random(1), poll_s=5)
    sender = Sender(store, bot, Limiter(QUICK), clock)
    await connect(application, Random(1))
    async with asyncio.TaskGroup() as tasks:
        for part in (inbox.run(), worker.run(), sender.run()):
            tasks.create_task(part)
        yield
    await disconnect(application)


async def serve(database_url: str, server_url: str) -> None:
    """Be the bot until killed."""
    async with bot_at_work(database_url, server_url):
        settle_in()
        await asyncio.get_running_loop().create_future()


def asked_for() -> list[str]:
    """Every form of every command that /help shows, and a text to be read."""
    found = []
    for command in COMMANDS:
        usages = command.usage[:_TEXT] if command.name == "summary" else command.usage
        for usage in usages or (f"/{command.name}",):
            form = usage.partition(" (")[0]
            found += [f"/summary {span}" for span in ("today", "24h", "7d")] if "today, 24h" in form else [form]
    return [
        *found,
        "/summary conflict",
        "/summary ken",
        f"/summary {'Arvania sends 2,500 troops to the border. ' * 40}",
    ]


async def until(world: World, kinds: frozenset[str], chat_id: int, since: int) -> tuple[float, int, str] | None:
    """When the bot first gave a sign of one of these kinds in a chat, by the monotonic clock; its number and kind.

    None where it gave none in time: some forms are not answered by any of these.
    """
    patience = time.monotonic() + PATIENCE_S
    while (left := patience - time.monotonic()) > 0:
        for change in await world.changes.since(since, left, chat_id) or []:
            said = change.kind != "message" or change.data.get("from", {}).get("is_bot")
            if change.kind in kinds and said:
                return time.monotonic(), change.seq, change.kind
            since = change.seq
    return None


class Asking:
    """People who ask the bot, which is a process of its own, and what each of their questions took."""

    def __init__(self, world: World, pid: int, people: Sequence[User]) -> None:
        self._world = world
        self._pid = pid
        self._people = people

    async def forms(self, beginning: str) -> AsyncIterator[Waits]:
        """Every form that begins so, by one person after the other."""
        for form in asked_for():
            if not form.startswith(beginning):
                continue
            waits = Waits(_label(form))
            for person in self._people:
                await self._one(person, form, waits)
            yield waits
        for words in ("", "ken troops"):
            waits = Waits(f"@bot {words}")
            for person in self._people:
                await self._timed(waits, person, lambda who, said: ask_inline(self._world, who, said), words, _OFFERS)
            yield waits

    async def meanwhile(self) -> AsyncIterator[Waits]:
        """Short questions of one person, while a week's news is composed for another."""
        waits, week = Waits(MEANWHILE), Waits(f"{WEEK}, meanwhile")
        reader, asker = self._people[0], self._people[-1]
        for _ in self._people:
            composing = asyncio.create_task(self._one(reader, WEEK, week))
            await asyncio.sleep(_SETTLE_S)
            while not composing.done():
                await self._one(asker, "/help", waits)
            await composing
        yield waits
        yield week

    async def _one(self, person: User, form: str, waits: Waits) -> None:
        await self._timed(waits, person, self._world.say, form, _SIGNS)

    async def _timed(
        self, waits: Waits, person: User, ask: Callable[[User, str], object], said: str, kinds: frozenset[str]
    ) -> None:
        seq, used, begun = self._world.changes.seq, processor_s(self._pid), time.monotonic()
        ask(person, said)
        sign = answer = await until(self._world, kinds, person.id, seq)
        if sign is not None:
            waits.signs.append(sign[0] - begun)
            if sign[2] == "draft":
                answer = await until(self._world, _ANSWERS, person.id, sign[1])
        else:
            waits.silent += 1
        if answer is not None:
            waits.answers.append(answer[0] - begun)
        await asyncio.sleep(_SETTLE_S)
        waits.processor += processor_s(self._pid) - used


@contextlib.asynccontextmanager
async def asking(database_url: str, asked: int) -> AsyncIterator[Asking]:
    """A bot in a process of its own, which has answered its first /help, and so many people.

    Raises:
        TimeoutError: it did not come up.
    """
    async with SandboxServer(limits=None) as server:
        world = server.world
        first, *people = (world.add_user(f"Reader {number}", started=True) for number in range(asked + 1))
        command = [sys.executable, "-m", "bench.answers", "--serve", database_url, server.root_url]
        process = await asyncio.create_subprocess_exec(*command)
        try:
            async with asyncio.timeout(STARTED_S):
                seq = world.changes.seq
                world.say(first, "/help")
                while await until(world, _ANSWERS, first.id, seq) is None:
                    pass
            yield Asking(world, process.pid, people)
        finally:
            process.kill()
            await process.wait()


async def waits_of(file: Path, asked: int, beginning: str = "/") -> AsyncIterator[Waits]:
    """What each thing that may be asked for takes, as soon as it is known; of the commands those that begin so."""
    async with asking(url_of(file), asked) as people:
        async for waits in people.forms(beginning):
            yield waits
        async for waits in people.meanwhile():
            yield waits


def _label(form: str) -> str:
    return form if len(form) < 40 else "/summary and a text (its draft)"


def url_of(file: Path) -> str:
    """How a store in a file is named."""
    return f"sqlite+aiosqlite:///{file}"


async def filled(file: Path, articles: int, readers: int) -> None:
    """A store that was not there before; one that was begun and not finished is none."""
    begun = file.with_suffix(".begun")
    begun.unlink(missing_ok=True)
    store = await Store.open(url_of(begun))
    await fill(store, articles, readers, datetime.now(UTC))
    await store.close()
    begun.rename(file)


async def look(file: Path, asked: int, beginning: str) -> int:
    """Print a line for each thing that is asked for; how many took longer than they may."""
    slow = 0
    print(f"load of the machine {os.getloadavg()[0]:.1f}\n{HEAD}", flush=True)
    async for waits in waits_of(file, asked, beginning):
        print(waits.line(), flush=True)
        slow += bool(waits.verdict)
    print(f"load of the machine {os.getloadavg()[0]:.1f}; too slow: {slow}")
    return slow


def main(args: argparse.Namespace) -> int:
    """Fill a store where there is none yet, measure on a copy of it, and report."""
    with tempfile.TemporaryDirectory() as folder:
        kept, used = Path(args.keep or Path(folder) / "kept.db"), Path(folder) / "used.db"
        if not kept.exists():
            asyncio.run(filled(kept, args.articles, args.readers))
        copy(kept, used)
        return asyncio.run(look(used, args.asked, args.only))


def copy(kept: Path, used: Path) -> None:
    """A store to be measured on, as it was filled: the updates of a server that began anew have numbers that are known to a used one."""
    with contextlib.closing(sqlite3.connect(kept)) as one, contextlib.closing(sqlite3.connect(used)) as other:
        one.backup(other)


def measure(*, quick: bool) -> Iterator[Finding]:
    """The slowest of what may be asked for, and what must not be held up by it."""
    articles, asked = (600, 2) if quick else (10_000, 10)
    configure_logs(style="console", level="error", secret=None)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "used.db"
        asyncio.run(filled(file, articles, 1_000))
        found = asyncio.run(_all(file, asked))
    yield from row(
        TABLE,
        f"all {len(found)} that may be asked for",
        [
            ("p50 ms", 1000 * statistics.median(wait for waits in found for wait in waits.signs)),
            ("p95 ms", 1000 * max(waits.p95 for waits in found)),
        ],
        "the slowest p95 of them",
    )
    for waits in sorted(found, key=lambda waits: (waits.asked != MEANWHILE, -waits.p95)):
        if not waits.signs:
            yield missing(TABLE, waits.asked, "p95 ms", waits.verdict)
            continue
        cells = [
            ("p50 ms", 1000 * statistics.median(waits.signs)),
            ("p95 ms", 1000 * waits.p95),
            ("answered, ms", 1000 * statistics.median(waits.answers) if waits.answers else None),
            ("processor ms", 1000 * waits.processor_each),
        ]
        yield from row(TABLE, waits.asked.strip(), cells, waits.verdict)


async def _all(file: Path, asked: int) -> list[Waits]:
    return [waits async for waits in waits_of(file, asked)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=1_000)
    parser.add_argument("--asked", type=int, default=10)
    parser.add_argument("--keep", metavar="FILE", help="keep the store here, and take it from here the next time")
    parser.add_argument(
        "--only", default="/", metavar="BEGINNING", help="of the commands those that begin so: /summary"
    )
    parser.add_argument("--serve", nargs=2, metavar=("DATABASE", "SERVER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    configure_logs(style="console", level="error", secret=None)
    if chosen.serve:
        asyncio.run(serve(*chosen.serve))
    else:
        sys.exit(min(1, main(chosen)))
