"""How many articles one and two workers read from one PostgreSQL, and how much of that is the database's.

`python -m bench.workers [--articles 400]` starts a PostgreSQL of its own and 1, then 2 `sitrep worker` processes of one thread each,
with the real models, and has them read posts like those of the sample month (`bench/wire.py`). It prints articles a second, processor
time of workers and of PostgreSQL for each article, and how long filing takes. With one worker nobody else wants the turn in which
articles are filed, so that this is how long it is held, and bounds what all workers of one database can read together; with two it
holds the waiting for each other as well. The archive is as small as what was read: what a large one adds is `bench.placing`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from bench.findings import Finding, row
from bench.postgres import Postgres, postgres
from bench.processes import family_s, free_port
from bench.wire import articles
from bot.newsroom.reading_jobs import BATCH
from bot.store import Store, Turn
from models.api import Article

TABLE = "Workers on one PostgreSQL"
SIZES = (1, 2)
PATIENCE_S = 180.0
"""To load the models, and between two articles."""
_LOOK_S = 0.1
_FILING = 'sitrep_reading_seconds_total{step="filing"}'
_READ = 'sitrep_articles_settled_total{outcome="read"}'


@dataclass(frozen=True, slots=True)
class Moment:
    """How far they are: articles read, and since their start seconds of the clock, of both processors, and of filing."""

    at_s: float
    read: int
    workers_s: float
    database_s: float
    filing_s: float


@dataclass(frozen=True, slots=True)
class Rate:
    """What so many workers did between two moments in which all of them had work."""

    workers: int
    begun: Moment
    ended: Moment

    @property
    def articles(self) -> int:
        """Articles read and filed."""
        return self.ended.read - self.begun.read

    @property
    def per_s(self) -> float:
        """Articles a second."""
        return self.articles / (self.ended.at_s - self.begun.at_s)

    @property
    def worker_ms(self) -> float:
        """Processor time of the workers for an article."""
        return 1000 * (self.ended.workers_s - self.begun.workers_s) / self.articles

    @property
    def database_ms(self) -> float:
        """Processor time of PostgreSQL for an article."""
        return 1000 * (self.ended.database_s - self.begun.database_s) / self.articles

    @property
    def filing_ms(self) -> float:
        """From wanting the turn to its end, for an article."""
        return 1000 * (self.ended.filing_s - self.begun.filing_s) / self.articles


@dataclass(frozen=True, slots=True)
class _Worker:
    process: asyncio.subprocess.Process
    page: httpx.AsyncClient

    async def told(self, sample: str) -> float:
        """What it counts; 0 before it serves its page."""
        if self.process.returncode is not None:
            raise RuntimeError(f"a worker ended with code {self.process.returncode}")
        with contextlib.suppress(httpx.TransportError):
            found = re.search(rf"^{re.escape(sample)} (\S+)$", (await self.page.get("/metrics")).text, re.MULTILINE)
            return float(found[1]) if found else 0.0
        return 0.0


@contextlib.asynccontextmanager
async def _worker(url: str) -> AsyncIterator[_Worker]:
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
    environment = clean | {
        "SITREP_DATABASE_URL": url,
        "SITREP_WEB__PORT": str(port),
        "SITREP_MODELS__THREADS": "1",
        "SITREP_LOG_LEVEL": "error",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "worker", env=environment)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as page:
            yield _Worker(process, page)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


class Trial:
    """Some workers on a database, who are given articles."""

    def __init__(self, store: Store, server: Postgres, workers: Sequence[_Worker], wire: Iterator[Article]) -> None:
        self._store = store
        self._server = server
        self._workers = workers
        self._wire = wire

    async def give(self, count: int) -> None:
        """Queue so many articles."""
        now = datetime.now(UTC)
        for _ in range(0, count, BATCH):
            async with self._store.begin(Turn.DESK) as tx:
                for article in itertools.islice(self._wire, BATCH):
                    await tx.articles.queue(article, now, now)

    async def warm(self) -> None:
        """Wait until every worker reads, and nothing waits."""
        while not all([await worker.told(_READ) for worker in self._workers]):
            await self.give(BATCH)
            await asyncio.sleep(1.0)
        while await self._waiting():  # noqa: ASYNC110  other processes read
            await asyncio.sleep(_LOOK_S)

    async def observe(self, count: int) -> Rate:
        """Have so many articles read, and some more, so that everybody has work to the end."""
        await self.give(count + 3 * BATCH * len(self._workers))
        begun = await self._moment(await self._after(await self._filed() + 1))
        ended = await self._moment(await self._after(begun.read + count))
        return Rate(len(self._workers), begun, ended)

    async def _after(self, read: int) -> int:
        async with asyncio.timeout(PATIENCE_S + count_s(read)):
            while (filed := await self._filed()) < read:  # noqa: ASYNC110  as above
                await asyncio.sleep(_LOOK_S)
        return filed

    async def _filed(self) -> int:
        async with self._store.read() as tx:
            return await tx.articles.count()

    async def _waiting(self) -> bool:
        async with self._store.read() as tx:
            return await tx.articles.next_ready() is not None

    async def _moment(self, read: int) -> Moment:
        return Moment(
            at_s=time.perf_counter(),
            read=read,
            workers_s=sum(family_s(worker.process.pid) for worker in self._workers),
            database_s=family_s(self._server.pid),
            filing_s=sum([await worker.told(_FILING) for worker in self._workers]),
        )


def count_s(articles: int) -> float:
    """How long so many articles may take at most."""
    return articles / 2


async def trial(server: Postgres, workers: int, count: int) -> Rate:
    """How fast so many workers read so many articles."""
    url = server.fresh()
    async with contextlib.AsyncExitStack() as stack:
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        running = [await stack.enter_async_context(_worker(url)) for _ in range(workers)]
        seen = Trial(store, server, running, articles(100 * count))
        async with asyncio.timeout(PATIENCE_S):
            await seen.warm()
        return await seen.observe(count)


def trials(count: int) -> Iterator[Rate]:
    """One worker, then two."""
    with postgres() as server:
        for workers in SIZES:
            yield asyncio.run(trial(server, workers, count))


def measure(*, quick: bool) -> Iterator[Finding]:
    """The table of this part."""
    alone: Rate | None = None
    for rate in trials(32 if quick else 400):
        alone = alone or rate
        cells: list[tuple[str, float | None]] = [
            ("articles/s", rate.per_s),
            ("x of one", rate.per_s / alone.per_s),
            ("worker ms an article", rate.worker_ms),
            ("PostgreSQL ms an article", rate.database_ms),
            ("filing ms an article", rate.filing_ms),
        ]
        yield from row(TABLE, f"{rate.workers} worker{'s' if rate.workers > 1 else ''}", cells)


def main(count: int) -> None:
    """Measure and print."""
    alone: Rate | None = None
    for rate in trials(count):
        alone = alone or rate
        print(
            f"{rate.workers} × `sitrep worker`: {rate.per_s:.1f} articles a second ({rate.per_s / alone.per_s:.2f} × of one), "
            f"{rate.articles} articles; processor for an article: workers {rate.worker_ms:.1f} ms, PostgreSQL "
            f"{rate.database_ms:.1f} ms; filing {rate.filing_ms:.1f} ms; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        if rate.workers == 1:
            print(
                f"  the turn is held {rate.filing_ms:.1f} ms for an article: {1000 / rate.filing_ms:.0f} a second at most"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.workers", description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    main(parser.parse_args().articles)
