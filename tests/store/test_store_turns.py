"""Who writes beside whom: on PostgreSQL transactions of different turns go on side by side, those of one wait."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from store_samples import NOON, article, message, reading

from bot.store import Store, Turn, passes

LITTLE_S = 0.3


@pytest.fixture
async def other(url: str) -> AsyncIterator[Store]:
    """The store as another process has it."""
    opened = await Store.open(url)
    yield opened
    await opened.close()


async def write(store: Store, turns: Turn, number: int) -> None:
    async with store.begin(turns) as tx:
        await tx.inbox.add(number, 5, "{}", NOON)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_filing_holds_up_no_message_and_no_update(store: Store, other: Store) -> None:
    async with store.begin(Turn.DESK):
        for writer in (store, other):
            await write(writer, Turn.MAIL, id(writer))
            await write(writer, Turn.NONE, id(writer) + 1)


@pytest.mark.parametrize("turns", [Turn.DESK, Turn.MAIL, Turn.ALL])
async def test_whoever_writes_the_same_waits(store: Store, other: Store, turns: Turn) -> None:
    async with store.begin(turns):
        waiting = [asyncio.create_task(write(writer, Turn.ALL, id(writer))) for writer in (store, other)]
        done, _ = await asyncio.wait(waiting, timeout=LITTLE_S)
        assert not done
    await asyncio.gather(*waiting)


async def test_what_is_being_filed_when_a_window_is_sealed_is_told_in_it(store: Store, other: Store) -> None:
    end = NOON + timedelta(minutes=5)

    async def seal() -> None:
        async with other.begin(Turn.MAIL) as tx:
            await tx.articles.seal(end)

    async with store.begin(Turn.DESK) as tx:
        await tx.articles.queue(article("a"), NOON, NOON)
        await tx.articles.store_reading("a", 1, reading("a"), None, NOON)
        sealing = asyncio.create_task(seal())
        done, _ = await asyncio.wait([sealing], timeout=LITTLE_S)
        assert not done, "sealed past an article that is not committed"
    await sealing
    async with other.read() as tx:
        assert [filed.article.key for filed in await tx.articles.filed_between(NOON - timedelta(hours=1), end)] == ["a"]
    async with store.begin(Turn.DESK) as tx:
        await tx.articles.queue(article("b"), NOON, NOON)
        await tx.articles.store_reading("b", 1, reading("b"), None, NOON)
    async with other.read() as tx:
        later = await tx.articles.filed_between(end, end + timedelta(minutes=5))
    assert [filed.article.key for filed in later] == ["b"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_of_two_writers_that_wait_for_each_other_one_is_told_to_try_again(store: Store, other: Store) -> None:
    async with store.begin() as tx:
        await tx.outbox.put_all([message(1), message(2)], NOON)
    first_has_one = asyncio.Event()
    second_has_two = asyncio.Event()

    async def touch(writer: Store, rows: tuple[int, int], mine: asyncio.Event, theirs: asyncio.Event) -> None:
        async with writer.begin(Turn.NONE) as tx:
            await tx.outbox.parked(rows[0], "why", NOON)
            mine.set()
            await theirs.wait()
            await tx.outbox.parked(rows[1], "why", NOON)

    ended = await asyncio.gather(
        touch(store, (1, 2), first_has_one, second_has_two),
        touch(other, (2, 1), second_has_two, first_has_one),
        return_exceptions=True,
    )
    [error] = [one for one in ended if one is not None]
    assert isinstance(error, DBAPIError)
    assert passes(error)
    async with store.read() as tx:
        assert (await tx.outbox.counts())["parked"] == 2


async def test_a_mistake_in_a_statement_does_not_pass(store: Store) -> None:
    with pytest.raises(DBAPIError) as failed:
        async with store.begin() as tx:
            await tx.outbox._connection.exec_driver_sql("SELECT nothing FROM nowhere")
    assert not passes(failed.value)
