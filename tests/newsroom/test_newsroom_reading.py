"""The reading loop against the real store: everything that waits is read once, and one bad text stops no other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from structlog.testing import capture_logs

from bot.newsroom.doubles import BrokenReader, PlainReader
from bot.newsroom.reading import BATCH, ReadingLoop, ThreadedReader
from bot.store import Store
from models.api import Article, ModelUnavailable, Reader

if TYPE_CHECKING:
    from conftest import WoundClock

PLACES = ("Arvania", "Belmarsh", "Corvenna", "Dunmore", "Estrella", "Farholt")


def article(number: int, text: str, clock: "WoundClock") -> Article:
    return Article(key=f"post:1:{number}", title=None, text=text, published=clock(), outlet="Harbour Wire")


async def queue(store: Store, clock: "WoundClock", *texts: str, wait_s: float = 0) -> None:
    async with store.begin() as tx:
        for number, text in enumerate(texts):
            ready = clock.now.__class__.fromtimestamp(clock().timestamp() + wait_s, clock().tzinfo)
            await tx.articles.queue(article(number, text, clock), ready, clock())


@asynccontextmanager
async def running(store: Store, reader: Reader, clock: "WoundClock") -> AsyncIterator[ReadingLoop]:
    threaded = ThreadedReader(reader)
    loop = ReadingLoop(store, threaded, clock)
    task = asyncio.create_task(loop.run())
    yield loop
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    threaded.close()


async def count(store: Store) -> int:
    async with store.read() as tx:
        return await tx.articles.count()


async def test_what_waits_is_read_in_batches(store: Store, clock: "WoundClock") -> None:
    reader = PlainReader()
    await queue(store, clock, *(f"Report number {n} came from {PLACES[n % 6]} on Sunday." for n in range(70)))
    async with running(store, reader, clock) as loop:
        await asyncio.wait_for(loop.wait_idle(), 20)
    assert reader.batches == [BATCH, BATCH, 70 - 2 * BATCH]
    assert await count(store) == 70


async def test_a_wake_is_enough_to_have_new_work_read(store: Store, clock: "WoundClock") -> None:
    async with running(store, PlainReader(), clock) as loop:
        await loop.wait_idle()
        await queue(store, clock, "A dam broke near Belmarsh on Sunday.")
        loop.wake()
        await asyncio.wait_for(loop.wait_idle(), 10)
    assert await count(store) == 1


async def test_an_article_is_filed_with_few_statements(store: Store, clock: "WoundClock") -> None:
    statements = 0

    def note(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(store._engine.sync_engine, "before_cursor_execute", note)
    spent = []
    for texts in (
        [f"Rain fell in {place} on Sunday, and nobody was surprised." for place in PLACES],
        [f"{place} sends {n} trucks and {n + 40} nurses to the coast." for n, place in enumerate(PLACES, 120)],
    ):
        await queue(store, clock, *texts)
        threaded = ThreadedReader(PlainReader())
        statements = 0
        await ReadingLoop(store, threaded, clock).run_once()
        threaded.close()
        spent.append(statements / len(PLACES))
    assert spent[0] <= 8, "an article without figures and dates"
    assert spent[1] <= 24, "an edit, with figures"


async def test_posts_of_one_event_are_one_story(store: Store, clock: "WoundClock") -> None:
    flood = "A dam broke near Belmarsh on Sunday and 300 homes were flooded, the regional governor said."
    await queue(store, clock, flood, flood + " Roads are closed.", "Corvenna elected a new mayor after three rounds.")
    async with running(store, PlainReader(), clock) as loop:
        await asyncio.wait_for(loop.wait_idle(), 10)
    async with store.read() as tx:
        filed = [await tx.articles.get(f"post:1:{number}") for number in range(3)]
    stories = [found.story for found in filed if found is not None]
    assert stories[0] == stories[1] != stories[2]


async def test_one_bad_text_is_parked_after_three_tries_and_stops_no_other(store: Store, clock: "WoundClock") -> None:
    reader = BrokenReader("poison", ValueError("cannot read this"))
    await queue(store, clock, "A dam broke near Belmarsh.", "This one is poison.", "Corvenna has a new mayor.")
    with capture_logs() as logs:
        async with running(store, reader, clock) as loop:
            await asyncio.wait_for(loop.wait_idle(), 10)
    assert await count(store) == 2
    assert [entry["attempts"] for entry in logs if entry["event"] == "article_failed"] == [1, 2, 3]


async def test_missing_models_are_waited_for_and_nothing_is_held_against_the_articles(
    store: Store, clock: "WoundClock"
) -> None:
    reader = BrokenReader("dam", ModelUnavailable("weights_missing", "the weights are missing"))
    await queue(store, clock, "A dam broke near Belmarsh.")
    threaded = ThreadedReader(reader)
    loop = ReadingLoop(store, threaded, clock)
    for _ in range(5):
        with pytest.raises(ModelUnavailable):
            await loop.run_once()
    async with store.read() as tx:
        [queued] = await tx.articles.waiting(10, clock())
    assert queued.attempts == 0
    threaded.close()


async def test_a_text_that_kills_the_reading_process_is_parked(store: Store, clock: "WoundClock") -> None:
    reader = BrokenReader("poison", ModelUnavailable("reader_process_died", "it died"))
    await queue(store, clock, "A dam broke near Belmarsh.", "This one is poison.")
    async with running(store, reader, clock) as loop:
        await asyncio.wait_for(loop.wait_idle(), 10)
    assert await count(store) == 1


async def test_an_album_is_waited_for_by_its_time_and_not_by_sleeping(store: Store, clock: "WoundClock") -> None:
    await queue(store, clock, "A dam broke near Belmarsh.", wait_s=2)
    threaded = ThreadedReader(PlainReader())
    loop = ReadingLoop(store, threaded, clock)
    assert await loop.run_once() == 0
    clock.wind(seconds=2)
    assert await loop.run_once() == 1
    threaded.close()


async def test_an_edit_during_the_reading_is_read_again(store: Store, clock: "WoundClock") -> None:
    await queue(store, clock, "A dam broke near Belmarsh, 3 are missing.")

    class Edited(PlainReader):
        """The post is edited while it is being read."""

    threaded = ThreadedReader(Edited())
    loop = ReadingLoop(store, threaded, clock)
    async with store.read() as tx:
        old = await tx.articles.waiting(10, clock())
    await queue(store, clock, "A dam broke near Belmarsh, 5 are missing.")
    await loop._file(old, await threaded.read([queued.article for queued in old]))
    assert await count(store) == 0
    assert await loop.run_once() == 1
    async with store.read() as tx:
        filed = await tx.articles.get("post:1:0")
    assert filed is not None
    assert "5 are missing" in filed.article.text
    threaded.close()
