"""Articles read as jobs on PostgreSQL: each once, whoever reads it, whatever becomes of a reader or of a job."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from bot.newsroom.asking import AskedReader
from bot.newsroom.doubles import PlainReader
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.newsroom.reading_jobs import OVERDUE, ReadingJobs
from bot.store import Store, Turn
from models.api import Article, ModelUnavailable, Reading

PATIENCE_S = 60.0


def now() -> datetime:
    return datetime.now(UTC)


def article(number: int, text: str = "") -> Article:
    return Article(
        key=f"post:-100:{number}",
        title=f"Harbour {number} opens",
        text=text or f"Harbour {number} opened on Tuesday. The port authority said so.",
        published=now(),
        outlet="Harbour Wire",
    )


class Room:
    """Reads, notes what it read, and fails where it is told to."""

    def __init__(self, fails: Callable[[Article], Exception | None] = lambda _: None) -> None:
        self.read_keys: list[str] = []
        self.batches: list[int] = []
        self._fails = fails
        self._plain = PlainReader()

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        self.batches.append(len(articles))
        for one in articles:
            if (error := self._fails(one)) is not None:
                raise error
        self.read_keys += [one.key for one in articles]
        return self._plain.read(articles)


@pytest.fixture
async def shared(postgres_url: str) -> AsyncIterator[Store]:
    store = await Store.open(postgres_url)
    yield store
    await store.close()


@asynccontextmanager
async def working(store: Store, url: str, room: Room) -> AsyncIterator[None]:
    reader = ThreadedReader(room)
    task = asyncio.create_task(ReadingJobs(store, url, reader, ReadingLoop(store, reader, now), now).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        reader.close()


async def queue(store: Store, *articles: Article) -> None:
    async with store.begin(Turn.DESK) as tx:
        for one in articles:
            await tx.articles.queue(one, now(), now())


async def until(store: Store, **states: int) -> None:
    """Wait until the articles stand so."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with store.read() as tx:
                counts = await tx.gauges.articles()
            if all(counts[state] == count for state, count in states.items()):
                return
            await asyncio.sleep(0.05)


async def test_what_is_stored_is_read_in_batches_and_once(shared: Store, postgres_url: str) -> None:
    room = Room()
    await queue(shared, *(article(number) for number in range(30)))
    async with working(shared, postgres_url, room):
        await queue(shared, article(30))
        await until(shared, read=31, queued=0)
    assert sorted(room.read_keys) == sorted(article(number).key for number in range(31))
    assert len(room.batches) < 20, "no batches"


async def test_what_is_undone_leaves_no_job(shared: Store, postgres_url: str) -> None:
    async def fail() -> None:
        async with shared.begin() as tx:
            await tx.articles.queue(article(1), now(), now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    with psycopg.connect(postgres_url) as raw:
        assert raw.execute("SELECT count(*) FROM procrastinate_jobs").fetchone() == (0,)


async def test_an_edit_is_read_and_the_text_before_it_is_not_filed_over_it(shared: Store, postgres_url: str) -> None:
    await queue(shared, article(1))
    await queue(shared, article(1, "Harbour 1 stays closed until Friday. The port authority said so."))
    async with working(shared, postgres_url, Room()):
        await until(shared, read=1, queued=0)
    async with shared.read() as tx:
        filed = await tx.articles.get(article(1).key)
    assert filed is not None
    assert "stays closed" in filed.article.text


async def test_a_text_that_cannot_be_read_is_parked_with_its_error_and_holds_nobody_up(
    shared: Store, postgres_url: str
) -> None:
    room = Room(lambda one: ValueError("a bad text") if "poison" in one.text else None)
    await queue(shared, article(1), article(2, "This is poison. It always was."), article(3))
    async with working(shared, postgres_url, room):
        await until(shared, read=2, parked=1, queued=0)
    async with shared.read() as tx:
        [(parked, error)] = await tx.articles.parked(5)
    assert parked.key == article(2).key
    assert error == "ValueError: a bad text"


async def test_models_that_are_away_count_against_nobody(shared: Store, postgres_url: str) -> None:
    failures = iter(range(2))
    room = Room(lambda _: None if next(failures, None) is None else ModelUnavailable("weights", "they are loading"))
    await queue(shared, article(1))
    async with working(shared, postgres_url, room):
        await until(shared, read=1, queued=0)
    assert len(room.batches) >= 3


async def test_an_article_whose_job_was_lost_gets_another(shared: Store, postgres_url: str) -> None:
    async with shared.begin(Turn.DESK) as tx:
        await tx.articles.queue(article(1), now() - 2 * OVERDUE, now())
        await tx.articles._connection.exec_driver_sql("DELETE FROM procrastinate_jobs")
    async with working(shared, postgres_url, Room()):
        await until(shared, read=1, queued=0)


async def test_the_jobs_of_a_dead_worker_are_done_by_another(shared: Store, postgres_url: str) -> None:
    await queue(shared, article(1))
    with psycopg.connect(postgres_url, autocommit=True) as raw:  # as a worker leaves it that was killed a minute ago
        raw.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')")
        raw.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM procrastinate_workers)"
        )
    async with working(shared, postgres_url, Room()):
        await until(shared, read=1, queued=0)


async def test_what_a_person_waits_for_is_read_before_what_waits_longer(shared: Store, postgres_url: str) -> None:
    room = Room()
    await queue(shared, *(article(number) for number in range(60)))
    asking = asyncio.create_task(AskedReader(shared, now).read([article(999)]))
    async with asyncio.timeout(PATIENCE_S):
        while not await _asked(postgres_url):  # noqa: ASYNC110  another connection makes it so
            await asyncio.sleep(0.02)
    async with working(shared, postgres_url, room):
        [reading] = await asking
        await until(shared, read=60, queued=0)
    assert reading.headline
    assert room.read_keys.index(article(999).key) < 20


async def _asked(url: str) -> bool:
    async with await psycopg.AsyncConnection.connect(url) as raw:
        found = await (await raw.execute("SELECT count(*) FROM asks")).fetchone()
    return found == (1,)


async def test_who_asks_while_nobody_works_is_told_so_and_leaves_nothing(shared: Store, postgres_url: str) -> None:
    with pytest.raises(ModelUnavailable) as unavailable:
        await AskedReader(shared, now, patience_s=0.2).read([article(1)])
    assert unavailable.value.code == "no_worker_answered"
    assert not await _asked(postgres_url)
