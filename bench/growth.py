"""How what is done grows with the archive: ``python -m bench.growth [--largest 1000000] [--database sqlite|postgresql]``.

Archives of 10^3 to 10^6 articles, with five figures each and as many readers, on both databases. The days are alike in all of
them, 48 articles each, and as many readers are due in a minute: what grows is the archive, to 58 years of age. Everything goes
through the code that the bot runs. What is compared is the time of the processors, PostgreSQL's among them, which others on the
machine disturb less. PostgreSQL does not wait for the disk here; SQLite does, as always.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import structlog

from bench.compose import made_reader, profile_of
from bench.findings import Finding, missing, row
from bench.growth_block import NOW, SUBJECTS, Clock, Newswire, ReadAlready, bring, name_of, send, write_block
from bench.growth_fill import WHY_NO_POSTGRESQL, Databases, fill, fresh_databases, has_postgresql
from bench.growth_rows import DUE_A_MINUTE, MINUTES, Block, read_block, renamed
from bot.delivery.tick import PAGE, Tick
from bot.desk.search import wished
from bot.newsroom.editions import EditionDesk, Wish
from bot.newsroom.reading import BATCH, ReadingLoop
from bot.newsroom.reminders import Reminding
from bot.press.edition import render_edition
from bot.store import Store
from bot.store.codec import dump_article, dump_reading, load_article, load_reading
from bot.telegram.figure_answers import MAX_SERIES
from bot.telegram.lookups import MAX_FOUND
from models.api import Article, Reading

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SIZES = (1_000, 10_000, 100_000, 1_000_000)
TABLE = "How it grows with the archive"
TIMES = "of the smallest"
REPEATED = 11
"""So often each thing is done, after a first time that does not count; at most ``MINUTES`` less one."""


@dataclass(frozen=True, slots=True)
class Took:
    """The median of one thing: milliseconds by the clock, and of processors, the server's included."""

    wall_ms: float
    busy_ms: float


class Day:
    """What the bot does on one day of an archive, one thing at a time; ``at`` counts the repetitions."""

    def __init__(self, store: Store, articles: int, copies: int) -> None:
        self._store = store
        self._articles = articles
        self._copies = copies
        self._clock = Clock(NOW)
        self._room = ReadAlready()
        self._loop = ReadingLoop(store, self._room, self._clock)
        self._reader = made_reader(0, profile_of(1, random.Random(5)), NOW)
        self._wire = Newswire()
        self._news = [
            self._fit(*self._wire.report(NOW - timedelta(minutes=20))) for _ in range(articles + REPEATED + 1)
        ]

    def _fit(self, article: Article, reading: Reading) -> tuple[Article, Reading]:
        """An article of the block with the names and the numbers of the newest one."""
        stem, _, number = article.key.rpartition(":")
        key = f"{stem}:{int(number) + (self._copies - 1) * self._articles}"
        article = load_article(renamed(dump_article(article), self._copies))
        known = load_reading(renamed(dump_reading(reading), self._copies), reading.vector)
        return replace(article, key=key), replace(known, key=key, imprint=reading.imprint)

    async def due(self, at: int) -> None:
        """Who is due for an edition, and for a reminder."""
        now = NOW + timedelta(minutes=at)
        async with self._store.read() as tx:
            page = await tx.subscribers.due(now, PAGE)
            await tx.reminders.due(now, PAGE)
        _expect(len(page), DUE_A_MINUTE)

    async def tick(self, at: int) -> None:
        """A minute's look: editions composed and queued for all who are due, and reminders."""
        now = NOW + timedelta(minutes=at)
        desk = EditionDesk(self._store, self._room, lambda: now)
        served = await Tick(self._store, desk.compose_for, render_edition, lambda: now).run_once(now)
        await Reminding(self._store, lambda: now).run_once(now)
        _expect(served, DUE_A_MINUTE)

    async def claim(self, at: int) -> None:
        """A sender's turn: 30 messages claimed, and settled as sent."""
        _expect(await send(self._store, NOW + timedelta(minutes=at)), 30)

    async def compose(self, at: int) -> None:
        """/summary: an edition of the last day, laid out."""
        desk = EditionDesk(self._store, self._room, lambda: NOW)
        await desk.summary_now(self._reader, Wish(start=NOW - timedelta(days=1, minutes=at)))

    async def search(self, at: int) -> None:
        """/search: two words that many articles hold, one place that few do, and nothing in particular."""
        async with self._store.read() as tx:
            for words in (SUBJECTS[at], f"{name_of(at, self._copies - 1)} {SUBJECTS[at]}"):
                found = await tx.search.stories(wished([words]), MAX_FOUND, NOW)
                _expect(bool(found), True)
            await tx.search.newest(MAX_FOUND)

    async def figures(self, at: int) -> None:
        """/figures: two words that many series share, a place, and the newest."""
        async with self._store.read() as tx:
            for words in (SUBJECTS[at], f"{name_of(at, self._copies - 1)} {SUBJECTS[at]}"):
                found = await tx.ledger.find(words, MAX_SERIES)
                _expect(bool(found), True)
            await tx.ledger.newest(MAX_SERIES)

    async def bring(self, at: int) -> None:
        """Have an article wait to be placed: not timed."""
        self._clock.now = NOW + timedelta(minutes=at)
        await bring(self._store, self._room, [self._news[self._articles + at]], self._clock.now)

    async def place(self, at: int) -> None:
        """A batch of one article: its story found, its reading, words, figures and deadlines filed."""
        self._clock.now = NOW + timedelta(minutes=at)
        async with self._store.read() as tx:
            waiting = await tx.articles.waiting(BATCH, self._clock.now)
        _expect(len(waiting), 1)
        await self._loop.read_batch(waiting)


def _expect(found: object, wanted: object) -> None:
    if found != wanted:
        raise RuntimeError(f"found {found}, not {wanted}: what was timed is not what was meant")


async def time_day(store: Store, block: Block, copies: int, busy_s: Callable[[], float]) -> dict[str, Took]:
    """Do everything some times; the medians, by name."""
    day = Day(store, block.articles, copies)
    watched: dict[str, list[tuple[float, float]]] = {}

    async def watch(name: str, what: Callable[[int], Awaitable[None]], at: int) -> None:
        worked, began = busy_s(), time.perf_counter()
        await what(at)
        took = time.perf_counter() - began
        watched.setdefault(name, []).append((took, busy_s() - worked))

    for at in range(REPEATED + 1):
        await watch("who is due", day.due, at)
        await watch("tick", day.tick, at)
        await watch("claim 30", day.claim, at)
        while await send(store, NOW + timedelta(minutes=at)):
            pass
        await watch("compose", day.compose, at)
        await watch("/search", day.search, at)
        await watch("/figures", day.figures, at)
        await day.bring(at)
        await watch("place", day.place, at)
    return {
        name: Took(
            1_000 * statistics.median(wall for wall, _ in taken[1:]),
            1_000 * statistics.median(busy for _, busy in taken[1:]),
        )
        for name, taken in watched.items()
    }


async def make_block(folder: Path) -> Block:
    """One block, written by the code of the bot into a database of its own."""
    file = folder / "block.db"
    store = await Store.open(f"sqlite+aiosqlite:///{file}")
    try:
        await write_block(store)
    finally:
        await store.close()
    return read_block(file)


async def run(databases: Databases, block: Block, size: int) -> dict[str, Took]:
    """Fill a fresh database, and time a day on it; how long it takes to open it as well."""
    url, copies = databases.fresh(), size // block.articles
    await (await Store.open(url)).close()
    await asyncio.to_thread(fill, url, block, copies)
    began, worked = time.perf_counter(), time.process_time()  # the server's part would go with its connection
    store = await Store.open(url)
    opened = Took(1_000 * (time.perf_counter() - began), 1_000 * (time.process_time() - worked))
    try:
        return {**await time_day(store, block, copies, databases.busy_s), "open": opened}
    finally:
        await store.close()


def measured(databases: Sequence[str], sizes: Sequence[int]) -> Iterator[Finding]:
    """Every size on each database; the milliseconds, and how many times those of the smallest they are."""
    print("writing one block through the code of the bot ...", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="sitrep-growth-") as folder:
        block = asyncio.run(make_block(Path(folder)))
    for kind in databases:
        if kind == "postgresql" and not has_postgresql():
            yield missing(f"{TABLE}: {DATABASES[kind]}", "all sizes", "tick", WHY_NO_POSTGRESQL)
            continue
        yield from _on(kind, block, sizes)


def _on(kind: str, block: Block, sizes: Sequence[int]) -> Iterator[Finding]:
    first: dict[str, Took] = {}
    with fresh_databases(kind) as databases:
        for size in sizes:
            print(f"{DATABASES[kind]}, {size:,} articles", file=sys.stderr, flush=True)
            took = asyncio.run(run(databases, block, size))
            first = first or took
            name = f"{size:,} articles"
            yield from row(f"{TABLE}: {DATABASES[kind]}, ms", name, [(what, one.wall_ms) for what, one in took.items()])
            cells = [(what, one.busy_ms) for what, one in took.items()]
            yield from row(f"{TABLE}: {DATABASES[kind]}, ms of the processors", name, cells)
            times = [(what, one.busy_ms / first[what].busy_ms) for what, one in took.items()]
            yield from row(f"{TABLE}: {DATABASES[kind]}, times {TIMES}", name, [*times, ("log", bound(size, sizes[0]))])


def bound(size: int, smallest: int) -> float:
    """How much longer it would take if it grew as the logarithm of the archive."""
    return math.log(size) / math.log(smallest)


def measure(*, quick: bool) -> Iterator[Finding]:
    """What is done on a day, on both databases, by the size of the archive; the largest only ``main`` measures, in half an hour."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield from measured(list(DATABASES), SIZES[:2] if quick else SIZES[:3])


def main() -> None:
    """Measure and print, a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--database", choices=list(DATABASES), help="this one alone")
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    databases = [chosen.database] if chosen.database else list(DATABASES)
    lines: dict[tuple[str, str], list[str]] = {}
    for cell in measured(databases, [size for size in SIZES if size <= chosen.largest]):
        said = cell.note if cell.value is None else f"{cell.column} {cell.value:.2f}"
        lines.setdefault((cell.table, cell.row), []).append(said)
    for (table, name), cells in lines.items():
        print(f"{table}, {name}: {', '.join(cells)}")


if __name__ == "__main__":
    assert REPEATED < MINUTES
    main()
