"""Measures placing: ``python -m bench.placing`` files batches of articles into archives of 1,000 and 1,000,000.

The archives are generated in bulk, at the same number of articles a day, so that a short and a long history have the
same recent days; a third has a very busy day. What is timed is what the reading loop does with a batch once it is read:
fetch the recent stories, place each article, store its reading.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bench.findings import Finding, row
from bot.desk.shelf import Shelf
from bot.desk.stories import MEMORY, MOST_STORIES, place
from bot.store import Store
from models.api import VECTOR_SIZE, Article, Reading, Span, Summary
from models.imprint import load_imprinter

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BATCH = 32
GROWTH = "Filing an article into an archive"
_A_STORY = 2
"""Articles a story of the archive has."""
_WORDS = [
    f"{first}{second}{third}" for first in "bdfgklmnprstvz" for second in "aeiou" for third in ("nd", "rk", "st", "ll")
]
_STAMP = "strftime('%Y-%m-%d %H:%M:%f000', :now - (:count - i) * :step, 'unixepoch')"
_COUNTED = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive to be generated: how many articles it has, and how many came in on a day."""

    articles: int
    a_day: int


def generate(file: Path, archive: Archive) -> None:
    """Fill a fresh database. What lies outside the window has empty texts and vectors: nothing reads them."""
    stories = archive.articles // _A_STORY
    step = 86_400 * _A_STORY / archive.a_day
    values = {"now": NOW.timestamp(), "count": stories, "step": step}
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            f"INSERT INTO stories (id, headline, vector_sum, members, newest, opened_at, oldest, told) {_COUNTED}"
            f" SELECT i, 'Story ' || i, x'', {_A_STORY}, {_STAMP}, {_STAMP}, {_STAMP}, '' FROM n",
            values,
        )
        values |= {"count": archive.articles, "step": step / _A_STORY}
        database.execute(
            f"INSERT INTO articles (key, body, revision, state, attempts, ready_at, queued_at) {_COUNTED}"
            f" SELECT 'old:' || i, '{{}}', 1, 'read', 0, {_STAMP}, {_STAMP} FROM n",
            values,
        )
        database.execute(
            "INSERT INTO readings (article_key, revision, article, reading, vector, story, headline, published,"
            f" filed_at, read_at) {_COUNTED} SELECT 'old:' || i, 1, '{{}}', '{{}}', x'', (i + 1) / {_A_STORY}, 'Story',"
            f" {_STAMP}, {_STAMP}, {_STAMP} FROM n",
            values,
        )
        random = np.random.default_rng(7)
        rows = [
            (_vector(random).astype("<f8").tobytes(), load_imprinter().imprint(_text(random)), story)
            for story in range(max(1, stories - MOST_STORIES), stories + 1)
        ]
        database.executemany("UPDATE stories SET vector_sum = ?, imprint = ? WHERE id = ?", rows)
        database.execute("ANALYZE")


def _vector(random: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    raw = random.standard_normal(VECTOR_SIZE).astype(np.float32) + 1.2
    unit: np.ndarray[tuple[int], np.dtype[np.float32]] = raw / np.linalg.norm(raw)
    return unit


def _text(random: np.random.Generator) -> str:
    words = random.choice(_WORDS, 60).tolist()
    return " ".join(word.title() if place % 4 == 0 else word for place, word in enumerate(words))


async def time_batches(store: Store, batches: int) -> list[float]:
    """Seconds a batch takes, one figure a batch."""
    random = np.random.default_rng(11)
    imprinter = load_imprinter()
    taken = []
    for number in range(batches):
        texts = [_text(random) for _ in range(BATCH)]
        articles = [
            Article(key=f"new:{number}:{place}", title=None, text=text, published=NOW)
            for place, text in enumerate(texts)
        ]
        readings = [
            _reading(article, _vector(random).astype("<f4").tobytes(), imprinter.imprint(article.text))
            for article in articles
        ]
        async with store.begin() as tx:
            for article in articles:
                await tx.articles.queue(article, NOW, NOW)
        begun = time.perf_counter()
        await _file(store, articles, readings)
        taken.append(time.perf_counter() - begun)
    return taken


def _reading(article: Article, vector: bytes, imprint: bytes) -> Reading:
    return Reading(
        key=article.key,
        language="en",
        headline=article.text[:60],
        sentences=(Span(0, len(article.text)),),
        summary=Summary(),
        topics=(),
        figures=(),
        deadlines=(),
        vector=vector,
        model="bench",
        imprint=imprint,
    )


async def _file(store: Store, articles: Sequence[Article], readings: Sequence[Reading]) -> None:
    async with store.begin() as tx:
        recent = Shelf(await tx.stories.recent(NOW - MEMORY))
        for article, reading in zip(articles, readings, strict=True):
            found = place(article, reading, recent)
            story = await tx.articles.store_reading(article.key, 1, reading, found.story, NOW, follows=found.follows)
            card = None if story is None else await tx.stories.card(story)
            if card is not None:
                recent.put(card)


async def run(archive: Archive, folder: Path, batches: int) -> float:
    """Generate an archive and measure on it.

    Returns:
        The milliseconds an article takes in the best batch, which other work on the machine slows least.
    """
    file = folder / f"{archive.articles}-{archive.a_day}.db"
    url = f"sqlite+aiosqlite:///{file}"
    await (await Store.open(url)).close()
    generate(file, archive)
    store = await Store.open(url)
    async with store.read() as tx:
        recent = len(await tx.stories.recent(NOW - MEMORY))
    taken = await time_batches(store, batches)
    await store.close()
    each_ms = 1_000 * min(taken) / BATCH
    print(
        f"{archive.articles:>9,} articles, {archive.a_day:>6,} a day: {recent:>5,} recent stories, "
        f"{each_ms:5.2f} ms an article at best, {1_000 * statistics.median(taken) / BATCH:.2f} as a rule",
        flush=True,
    )
    return each_ms


def measure(*, quick: bool) -> list[Finding]:
    """Milliseconds to file an article, by the size of the archive, at the same number of articles a day."""
    sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000, 1_000_000)
    a_day = sizes[0] // (MEMORY // timedelta(days=1))
    with tempfile.TemporaryDirectory() as folder:
        took = [asyncio.run(run(Archive(size, a_day), Path(folder), 3 if quick else 15)) for size in sizes]
    return [
        cell
        for size, each_ms in zip(sizes, took, strict=True)
        for cell in row(
            GROWTH, f"{size:,} articles", [("ms an article", each_ms), ("x of the smallest", each_ms / took[0])]
        )
    ]


def main() -> None:
    """Measure and print the ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.placing", description=__doc__)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--batches", type=int, default=15)
    chosen = parser.parse_args()
    a_day = chosen.small // (MEMORY // timedelta(days=1))
    with tempfile.TemporaryDirectory() as folder:
        small = asyncio.run(run(Archive(chosen.small, a_day), Path(folder), chosen.batches))
        large = asyncio.run(run(Archive(chosen.large, a_day), Path(folder), chosen.batches))
        asyncio.run(run(Archive(chosen.large, chosen.large // 10), Path(folder), chosen.batches))
    print(f"the large archive takes {large / small:.2f} times as long")


if __name__ == "__main__":
    main()
