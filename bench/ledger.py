"""What entering a figure costs, with few and with many series in the archive: ``python -m bench.ledger [SERIES ...]``."""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import insert

from bot.newsroom.ledger import enter_figures
from bot.store import Store, Transaction
from bot.store.ledger_tables import figure_series, figure_terms
from bot.store.tables import figures
from models.api import Article, Reading, Summary
from models.facts import read_facts
from models.sentences import split_sentences

_START: Final = datetime(2026, 3, 3, tzinfo=UTC)
_PLACES: Final = ("Halmera", "Dara", "Zamra", "Tarvos", "Belmora", "Rask", "Lindau", "Sarnow", "Kandor", "Paloma")
_CHUNK: Final = 20_000
_MEASURED: Final = 60
_TEXT: Final = (
    "At least {n} people were killed and {m} injured when floods hit the town of {place}-{number} on Monday, the Interior"
    " Ministry said. Some {k} families lost their homes. The government set aside ${m} million for the region."
)


def _post(number: int, dice: random.Random) -> tuple[Article, Reading]:
    text = _TEXT.format(
        n=dice.randint(10, 900), m=dice.randint(10, 900), k=dice.randint(1000, 9000), place=dice.choice(_PLACES),
        number=dice.randint(1, 400),
    )  # fmt: skip
    article = Article(
        key=f"measured:{number}",
        title=None,
        text=text,
        published=_START + timedelta(minutes=number),
        outlet="Harbour Wire",
    )
    sentences = split_sentences(text)
    reading = Reading(
        key=article.key, language="en", headline=text[:60], sentences=tuple(sentences), summary=Summary(), topics=(),
        figures=tuple(read_facts(text, sentences, article.reference).figures), deadlines=(), vector=b"", model="bench",
    )  # fmt: skip
    return article, reading


async def _enter(tx: Transaction, article: Article, reading: Reading) -> float:
    await tx.articles.queue(article, article.published, article.published)
    story = await tx.articles.store_reading(article.key, 1, reading, None, article.published)
    if story is None:
        raise RuntimeError(article.key)
    start = time.perf_counter()
    await enter_figures(tx, article, reading, story, article.published)
    return time.perf_counter() - start


async def _fill(store: Store, count: int, dice: random.Random) -> None:
    """Copy the series of one article so often, with other towns in their terms."""
    async with store.begin() as tx:
        connection = tx.ledger._connection  # noqa: SLF001  the archive is written row by row nowhere else
        for at in range(0, count, _CHUNK):
            numbers = range(at + 1000, min(at + _CHUNK, count) + 1000)
            heads, terms, rows = [], [], []
            for number in numbers:
                place = f"{dice.choice(_PLACES).lower()}-{dice.randint(1, max(2, count // 40))}"
                heads.append({
                    "id": number, "kind": "casualties", "unit": "killed", "label": f"people killed in {place}",
                    "entries": 1, "newest": _START,
                })  # fmt: skip
                terms += [
                    {"term": term, "kind": "casualties", "series": number}
                    for term in {"town", "flood", place, f"flood+{place}", "flood+town", f"{place}+town"}
                ]
                rows.append({
                    "article_key": f"old:{number}", "story": 10**6 + number, "thread": 10**6 + number, "kind": "casualties",
                    "low": "12", "high": "12", "unit": "killed", "qualifier": "exact", "label": f"people killed in {place}",
                    "status": "actual", "importance": 0.9, "sentence": "", "span_start": 0, "span_end": 5,
                    "published": _START, "series": number, "relation": "new",
                    "body": '{"kind":"casualties","value":"12","unit":"killed","qualifier":"exact","label":"people killed in '
                    + place + '","status":"actual","as_of":null,"change":null,"attribution":null,"importance":0.9,'
                    '"surface":"12","span":[0,5],"sentence":[0,20]}',
                })  # fmt: skip
            await connection.execute(insert(figure_series), heads)
            await connection.execute(insert(figure_terms), terms)
            await connection.execute(insert(figures), rows)


async def _measure(count: int) -> tuple[float, float]:
    """Milliseconds for the figures of an article, the median; and for a question by words."""
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'ledger.db'}")
        await _fill(store, count, dice)
        async with store.begin() as tx:
            taken = [await _enter(tx, *_post(number, dice)) for number in range(_MEASURED)]
        async with store.read() as tx:
            start = time.perf_counter()
            for _ in range(_MEASURED // 4):
                await tx.ledger.find(f"killed floods {dice.choice(_PLACES)}", 5)
            asked = (time.perf_counter() - start) / (_MEASURED // 4)
        await store.close()
    return statistics.median(taken[_MEASURED // 4 :]) * 1000, asked * 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each size of the archive."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("series", nargs="*", type=int, default=[1_000, 100_000], help="series in the archive")
    for count in parser.parse_args(arguments).series:
        entering, asking = asyncio.run(_measure(count))
        print(
            f"{count:>9,} series: {entering:6.1f} ms to enter an article's figures, {asking:6.1f} ms to find by words"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
