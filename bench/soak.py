"""Whether the bot holds out: posts and commands without a pause, and whether memory or a queue grows meanwhile.

`python -m bench.soak [--minutes 30] [--posts 20] [--commands 5] [--sqlite] [--models]` runs the bot as `sitrep run` does with a worker
as `sitrep worker` is, on a PostgreSQL of its own, or with `--sqlite` the bot alone, against a sandbox as strict as Telegram's documentation. So many posts a second come into four channels (stories of one to
eight reports, as `bench.answers` invents them), so many commands a second from 300 people who read on their own, and 300 subscribers
get an edition within the time. Every ten seconds it looks; at the end it draws `docs/bench/soak.svg` and says how memory
of the bot and the worker moved after the warm-up (least squares) and how long anything waited at most. The exit code is 1 where memory grows or a queue does.

Left out unless `--models` is given (with posts like those of the sample month, `bench/wire.py`): the models. Two cores read some
thirty articles a second with nothing else to do, so that at this rate mostly reading would be measured, which `bench.reading` does.
In their place a plain reader, in the same process of its own, finds every number. `--models` goes with `--sqlite`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx
import psycopg

from bench.invented import invented
from bench.people import daily_reader
from bench.postgres import postgres
from bench.processes import family_s, free_port, memory_mb
from bench.soak_page import Sample, draw, verdict
from bench.wire import texts
from bot.app import running, until_stopped
from bot.clock import Clock
from bot.logs import configure_logs
from bot.metrics import Metrics
from bot.newsroom.doubles import PlainReader
from bot.reader_process import ReaderProcess
from bot.reading_worker import work
from bot.sandbox.model import Chat, User
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer
from bot.settings import load_settings
from bot.store import Store
from bot.store.engine import file_of

PROJECT = Path(__file__).resolve().parents[1]
PLOT = PROJECT / "docs" / "bench" / "soak.svg"
LOOK_S = 10.0
LEAST_MINUTES = 2
PEOPLE = 300
CHANNELS = ("Coast Wire", "Upland Post", "Relief Desk", "Brief Hour")
COMMANDS = (
    "/summary", "/summary 24h", "/figures", "/figures killed", "/search {word}", "/latest", "/settings", "/topics", "/help",
    "/deadlines",
)  # fmt: skip
PATIENCE_S = 120.0
_NUMBER = re.compile(r"^(sitrep_[a-z_]+)(?:\{[a-z]+=\"([a-z_]+)\"\})? (\S+)$", re.MULTILINE)


@dataclass(slots=True)
class Load:
    """Posts and commands as they are due, and how long each answer took."""

    server: SandboxServer
    channels: list[Chat]
    people: list[User]
    random: Random
    posted: int = 0
    asked: int = 0
    skipped: int = 0
    waiting: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    _seen: int = 0

    async def post(self, per_s: float, news: Iterator[str]) -> None:
        """Publish for ever, evenly."""
        async for _, text in _paced(per_s, news):
            self.server.world.post(self.random.choice(self.channels), text.strip())
            self.posted += 1

    async def ask(self, per_s: float) -> None:
        """Have people say commands for ever, each again when the last was answered."""
        words = re.compile(r"[a-z]{5,}")
        async for number, text in _paced(per_s, texts(seed=2)):
            person = self.people[number % len(self.people)]
            if person.id in self.waiting:
                self.skipped += 1
                continue
            command = self.random.choice(COMMANDS).format(word=self.random.choice(words.findall(text) or ["quake"]))
            self.waiting[person.id] = time.monotonic()
            self.server.world.say(person, command)
            self.asked += 1

    def answers(self) -> list[float]:
        """The waits, in seconds, that ended since this was asked last."""
        sends = self.server.world.sends
        ended = []
        for sent in sends[self._seen :]:
            if isinstance(sent.chat_id, int) and sent.outcome == "applied":
                begun = self.waiting.pop(sent.chat_id, None)
                if begun is not None:
                    ended.append(sent.at_s - begun)
        self._seen = len(sends)
        self.waits += ended
        return ended


def plain_news() -> Iterator[str]:
    """Posts whose stories a plain reader can tell apart."""
    for article in invented(sys.maxsize, datetime.now(UTC), Random(1)):
        yield f"{article.title}\n\n{article.text}"


async def _paced(per_s: float, what: Iterator[str]) -> AsyncIterator[tuple[int, str]]:
    """So many a second, whatever happens in between: what is late follows at once."""
    begun = time.monotonic()
    for number, one in enumerate(what):
        yield number, one
        await asyncio.sleep(max(0.0, begun + (number + 1) / per_s - time.monotonic()))


async def fill(url: str, subscribers: list[int], minutes: float, random: Random) -> None:
    """Readers whose editions are due one after another within the time."""
    now = datetime.now(UTC)
    store = await Store.open(url)
    async with store.begin() as tx:
        for chat_id in subscribers:
            due = (now + timedelta(minutes=random.uniform(0.1, 0.9) * minutes)).replace(second=0, microsecond=0)
            await tx.subscribers.save(daily_reader(chat_id, due, now))
    await store.close()


@contextlib.asynccontextmanager
async def part(
    arguments: list[str], environment: dict[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of Sitrep; it must end well."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    paths = os.pathsep.join([str(PROJECT), *filter(None, [clean.get("PYTHONPATH")])])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, env=clean | environment | {"PYTHONPATH": paths}, cwd=folder
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        code = await process.wait()
        print(f"{arguments[-1]} ended with code {code}")


@contextlib.contextmanager
def database(folder: Path, *, sqlite: bool) -> Iterator[str]:
    """The URL of an empty database, there for as long as the block."""
    if sqlite:
        yield f"sqlite:///{folder / 'sitrep.db'}"
        return
    with postgres() as server:
        yield server.fresh()


async def soak(minutes: float, posts: float, commands: float, *, sqlite: bool, models: bool) -> list[Sample]:
    """Run it, and look every ten seconds."""
    random = Random(1)
    async with SandboxServer(sample=False) as server:
        world = server.world
        channels = [world.add_channel(name, username=name.lower().replace(" ", "_")) for name in CHANNELS]
        people = [world.add_user(f"Person {number}", started=True) for number in range(PEOPLE)]
        subscribers = [world.add_user(f"Subscriber {number}", started=True).id for number in range(PEOPLE)]
        with (
            tempfile.TemporaryDirectory(prefix="sitrep-soak-") as name,
            database(folder := Path(name), sqlite=sqlite) as url,
        ):
            await fill(url, subscribers, minutes, random)
            port = free_port()
            environment = {
                "SITREP_TOKEN": SAMPLE_TOKEN,
                "SITREP_BASE_URL": server.base_url,
                "SITREP_BASE_FILE_URL": server.base_file_url,
                "SITREP_CHANNELS": ",".join(str(channel.id) for channel in channels),
                "SITREP_DATABASE_URL": url,
                "SITREP_MODELS__IN_BOT": str(sqlite).lower(),
                "SITREP_LOG_LEVEL": "warning",
                "SITREP_MODELS__THREADS": "1",
            }
            load = Load(server, channels, people, random)
            async with contextlib.AsyncExitStack() as stack:
                served = environment | {"SITREP_WEB__PORT": str(port)}
                run = ["bot", "run"] if models else ["bench.soak", "--serve"]
                process = await stack.enter_async_context(part(run, served, folder))
                page = await stack.enter_async_context(_page(port))
                pids = [process.pid]
                if not sqlite:
                    worker = await stack.enter_async_context(part(["bench.soak", "--read"], environment, folder))
                    pids.append(worker.pid)
                await _ready(page, process)
                news = texts() if models else plain_news()
                working = [asyncio.create_task(load.post(posts, news)), asyncio.create_task(load.ask(commands))]
                try:
                    samples = await _watch(page, pids, load, url, minutes)
                finally:
                    for task in working:
                        task.cancel()
                for task in working:
                    with contextlib.suppress(asyncio.CancelledError):
                        await task  # what ended it early is said
    print(f"{load.posted:,} posts, {load.asked:,} commands ({load.skipped} not said: the last was not answered yet)")
    return samples


def _page(port: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)


async def _ready(page: httpx.AsyncClient, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while process.returncode is None:
            with contextlib.suppress(httpx.TransportError):
                if (await page.get("/readyz")).status_code == 200:
                    return
            await asyncio.sleep(0.2)
    raise RuntimeError("the bot ended by itself")


async def _watch(page: httpx.AsyncClient, pids: list[int], load: Load, url: str, minutes: float) -> list[Sample]:
    begun, used, spent = time.monotonic(), 0.0, sum(map(family_s, pids))
    samples: list[Sample] = []
    while used < 60 * minutes:
        await asyncio.sleep(max(0.0, begun + (len(samples) + 1) * LOOK_S - time.monotonic()))
        told = {(name, word): float(value) for name, word, value in _NUMBER.findall((await page.get("/metrics")).text)}
        before, used = used, time.monotonic() - begun
        both_mb, reader_mb = sum(map(memory_mb, pids)), told["sitrep_models_memory_bytes", ""] / 2**20
        waits, (was, spent) = sorted(load.answers()), (spent, sum(map(family_s, pids)))
        database_mb, wal_mb = sizes_mb(url)
        sample = Sample(
            at_s=used,
            memory_mb=both_mb,
            reader_mb=reader_mb,
            cores=(spent - was) / (used - before),
            inbox_s=told["sitrep_queue_age_seconds", "inbox"],
            articles_s=told["sitrep_queue_age_seconds", "articles"],
            outbox_s=told["sitrep_queue_age_seconds", "outbox_reply"],
            articles=told["sitrep_queue_depth", "articles"],
            outbox=told["sitrep_queue_depth", "outbox_reply"] + told["sitrep_queue_depth", "outbox_broadcast"],
            read=told.get(("sitrep_articles", "read"), 0.0),
            p95_s=waits[max(0, -(-len(waits) * 95 // 100) - 1)] if waits else float("nan"),
            database_mb=database_mb,
            wal_mb=wal_mb,
        )
        samples.append(sample)
        print(sample, flush=True)
    return samples


def sizes_mb(url: str) -> tuple[float, float]:
    """Of the database, and of SQLite's WAL."""
    file = file_of(url)
    if file is not None:
        return _size_mb(file), _size_mb(file.with_name(f"{file.name}-wal"))
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return (found[0] / 2**20 if found else 0.0), 0.0


def _size_mb(file: Path) -> float:
    return file.stat().st_size / 2**20 if file.exists() else 0.0


async def serve() -> None:
    """Be the bot, with a plain reader in place of the models, until told to stop."""
    settings = load_settings()
    configure_logs(style=settings.log_format, level=settings.log_level, secret=SAMPLE_TOKEN)
    models = ReaderProcess(PlainReader)

    async def run() -> None:
        async with running(settings, Clock(), models):
            await asyncio.get_running_loop().create_future()

    try:
        await until_stopped(run())
    finally:
        models.close()


async def read() -> None:
    """Be a worker with a plain reader in place of the models, until told to stop."""
    settings = load_settings()
    configure_logs(style=settings.log_format, level=settings.log_level, secret=SAMPLE_TOKEN)
    metrics = Metrics("soak")
    models = ReaderProcess(PlainReader, on_usage=metrics.batch_read)
    try:
        await until_stopped(work(settings, models, Clock(), metrics, memory=lambda: models.memory_bytes))
    finally:
        models.close()


def main(args: argparse.Namespace) -> int:
    """Run, draw and judge."""
    samples = asyncio.run(
        soak(args.minutes, args.posts, args.commands, sqlite=args.sqlite or args.models, models=args.models)
    )
    draw(samples, args.plot, f"{args.posts:g} posts and {args.commands:g} commands a second")
    said, well = verdict(samples)
    print(said)
    return 0 if well else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--posts", type=float, default=20, help="a second")
    parser.add_argument("--commands", type=float, default=5, help="a second")
    parser.add_argument(
        "--sqlite", action="store_true", help="one process on an SQLite file, in place of two on PostgreSQL"
    )
    parser.add_argument("--models", action="store_true", help="the real models: `sitrep run` itself")
    parser.add_argument("--plot", type=Path, default=PLOT)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.minutes < LEAST_MINUTES:
        parser.error(f"--minutes must be at least {LEAST_MINUTES}: the last third is judged, and needs a few looks")
    if chosen.serve:
        asyncio.run(serve())
    elif chosen.read:
        asyncio.run(read())
    else:
        sys.exit(main(chosen))
