"""How long people wait for an answer: every command over HTTP, with a store as large as a month of much news makes it.

`python -m bench.answers [--articles 10000] [--readers 1000] [--asked 10] [--keep FILE]` files so many articles of a month, saves so
many readers, and has some of them send every form of every command that /help shows, search inline, and bring a text. It prints
the median and the 95th percentile of the wait, by the clock of the sandbox's server, and the bot's processor time per answer, which
is what a busy machine does not change. A draft is an answer as to the wait; the processor's time is that of all of it. The models
are left out (a plain reader reads): what a text costs is `bench.reading`. `--keep` keeps the store in a file, and takes it from
there the next time.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as hour_of_day
from pathlib import Path
from random import Random

from bench.delivery import processor_s
from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.logs import configure_logs
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.sandbox.inline import ask_inline
from bot.sandbox.model import User
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_TOKEN, SandboxServer
from bot.sandbox.world import World
from bot.store import Store, Subscriber, Wishes
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.commands import COMMANDS
from bot.telegram.desk_context import Desk
from bot.telegram.inbox import PollingInbox
from bot.telegram.worker import Worker
from models.api import Article

LIMIT_S = 0.3
PATIENCE_S = 30.0
QUICK = Rates(overall_per_s=1000, chat_per_s=1000, chat_burst=50, group_per_min=100_000)
"""The sandbox of this bench has no limits: what is measured is the bot, not Telegram's patience."""

_SYLLABLES = ["ba", "do", "ri", "ken", "lu", "mar", "so", "ti", "ven", "gar", "no", "pel", "qua", "ras"]
_WORDS = 4000
_NOUNS = ("troops", "people", "homes", "tonnes", "ships", "euros", "patients", "soldiers")
_TEXT = 2
"""Of the forms of /summary those from this on describe what may follow it."""


@dataclass(slots=True)
class Waits:
    """What one thing that is asked for took: waits in seconds, and the bot's processor seconds in all."""

    waits: list[float] = field(default_factory=list)
    processor: float = 0.0


def invented(count: int, now: datetime, random: Random) -> Iterator[Article]:
    """So many articles of the month before ``now``: stories of one to eight reports, whose figures move."""
    words = ["".join(random.choices(_SYLLABLES, k=3)) for _ in range(_WORDS)]
    weights = [1 / (rank + 5) for rank in range(_WORDS)]
    told = 0
    while told < count:
        place, *about = (word.capitalize() for word in random.choices(words, weights, k=4))
        subject, noun, level = " ".join(random.choices(words, k=5)), random.choice(_NOUNS), random.randint(20, 90_000)
        begun = now - timedelta(days=30 * random.random())
        for report in range(min(random.choice((1, 1, 1, 2, 3, 8)), count - told)):
            outlet = f"{random.choice(words).capitalize()} Wire"
            published = min(begun + timedelta(hours=3 * report), now)
            filler = ". ".join(" ".join(random.choices(words, weights, k=18)).capitalize() for _ in range(8))
            day = published.date() + timedelta(days=random.randint(3, 60))
            text = (
                f"{place} counts {level + 10 * report:,} {noun} after {subject}, {' and '.join(about)} said. {filler}. "
                f"The ministry of {place} wants a report by {day}."
            )
            key = f"bench:{told}"
            title = f"{place} counts {noun} after {subject}"
            yield Article(
                key=key,
                title=title,
                text=text,
                published=published,
                outlet=outlet,
                link=f"https://t.me/wire/{told + 1}",
            )
            told += 1


async def fill(store: Store, articles: int, readers: int, now: datetime) -> None:
    """The news of a month, read and filed, and readers with topics and words of their own."""
    random = Random(1)
    async with store.begin() as tx:
        for number in range(readers):
            await tx.subscribers.save(_reader(1001 + number, now, random))
    room = ThreadedReader(PlainReader())
    clock = _Wound(now)
    reading = ReadingLoop(store, room, clock)
    news = sorted(invented(articles, now, random), key=lambda article: article.published)
    for start in range(0, len(news), 32):
        batch = news[start : start + 32]
        clock.now = batch[-1].published
        async with store.begin() as tx:
            for article in batch:
                await tx.articles.queue(article, clock.now, clock.now)
        await reading.run_once()
    room.close()


def _reader(chat_id: int, now: datetime, random: Random) -> Subscriber:
    return Subscriber(
        chat_id=chat_id,
        kind="private",
        language="en",
        subscribed=True,
        active=True,
        topics=frozenset(),
        times=(hour_of_day(random.randrange(24)),),
        zone=random.choice(("Europe/Kyiv", "America/New_York", "UTC", "Asia/Tokyo")),
        watermark=now - timedelta(hours=24),
        next_due_at=now + timedelta(hours=12),
        created_at=now,
        wishes=Wishes(follow=frozenset({"".join(random.choices(_SYLLABLES, k=3)) for _ in range(3)})),
    )


@dataclass(slots=True)
class _Wound:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@contextlib.asynccontextmanager
async def bot_at_work(database_url: str, server_url: str) -> AsyncIterator[None]:
    """The bot without its models, at the moment of the newest story: a store that was kept has not aged."""
    store = await Store.open(database_url)
    room = ThreadedReader(PlainReader())
    async with store.read() as tx:
        newest = await tx.search.newest(1)
    clock = _Wound(newest[0].published)
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


async def until(world: World, kinds: set[str], chat_id: int, since: int) -> tuple[float, int, str]:
    """When the bot first gave a sign of one of these kinds in a chat, by the monotonic clock; its number and kind."""
    while True:
        for change in await world.changes.since(since, PATIENCE_S, chat_id) or []:
            said = change.kind != "message" or change.data.get("from", {}).get("is_bot")
            if change.kind in kinds and said:
                return time.monotonic(), change.seq, change.kind
            since = change.seq


async def measure(database_url: str, asked: int) -> dict[str, Waits]:
    """What each thing that may be asked for takes, by some readers one after the other."""
    found: dict[str, Waits] = {}
    async with SandboxServer(limits=None) as server:
        world = server.world
        people = [world.users[1001], *(world.add_user(f"Reader {number}", started=True) for number in range(asked))]
        command = [sys.executable, "-m", "bench.answers", "--serve", database_url, server.root_url]
        process = await asyncio.create_subprocess_exec(*command)
        try:
            await _one(world, process.pid, people[0], "/help", Waits())
            for person in people[1:]:
                for form in asked_for():
                    await _one(world, process.pid, person, form, found.setdefault(_label(form), Waits()))
                for words in ("", "ken troops"):
                    await _inline(world, process.pid, person, words, found.setdefault(f"@bot {words}", Waits()))
        finally:
            process.kill()
            await process.wait()
    return found


async def _timed(pid: int, waits: Waits, ask: Callable[[], int], world: World, wanted: tuple[set[str], int]) -> None:
    seq, used, begun = world.changes.seq, processor_s(pid), time.monotonic()
    ask()
    kinds, chat_id = wanted
    seen, seq, kind = await until(world, kinds, chat_id, seq)
    waits.waits.append(seen - begun)
    if kind == "draft":
        await until(world, {"message"}, chat_id, seq)
    await asyncio.sleep(0.05)
    waits.processor += processor_s(pid) - used


async def _one(world: World, pid: int, person: User, form: str, waits: Waits) -> None:
    kinds = {"message", "draft"}
    await _timed(pid, waits, lambda: world.say(person, form).message_id, world, (kinds, person.id))


async def _inline(world: World, pid: int, person: User, words: str, waits: Waits) -> None:
    await _timed(pid, waits, lambda: len(ask_inline(world, person, words)), world, ({"inline"}, person.id))


def _label(form: str) -> str:
    return form if len(form) < 40 else "/summary and a text (its draft)"


def report(found: dict[str, Waits]) -> int:
    """Print a line for each; how many took longer than they may."""
    slow = 0
    print(f"load {os.getloadavg()[0]:.1f}; {'asked':40} {'median':>8} {'p95':>8} {'processor':>10}  (ms)")
    for asked, taken in found.items():
        waits = sorted(taken.waits)
        p95 = waits[max(0, -(-len(waits) * 95 // 100) - 1)]
        spent = taken.processor / len(waits)
        slow += spent > LIMIT_S
        mark = "  over 300" if spent > LIMIT_S else ""
        print(f"{asked:50} {1000 * statistics.median(waits):8.0f} {1000 * p95:8.0f} {1000 * spent:10.0f}{mark}")
    return slow


async def filled(url: str, articles: int, readers: int) -> None:
    """A store that was not there before."""
    store = await Store.open(url)
    await fill(store, articles, readers, datetime.now(UTC))
    await store.close()


def main(args: argparse.Namespace) -> int:
    """Fill a store where there is none yet, measure, and report."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(args.keep or Path(folder) / "sitrep.db")
        url = f"sqlite+aiosqlite:///{file}"
        if not file.exists():
            asyncio.run(filled(url, args.articles, args.readers))
        return report(asyncio.run(measure(url, args.asked)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=1_000)
    parser.add_argument("--asked", type=int, default=10)
    parser.add_argument("--keep")
    parser.add_argument("--serve", nargs=2, metavar=("DATABASE", "SERVER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    configure_logs(style="console", level="error", secret=None)
    if chosen.serve:
        asyncio.run(serve(*chosen.serve))
    else:
        sys.exit(min(1, main(chosen)))
