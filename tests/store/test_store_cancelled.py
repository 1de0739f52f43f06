"""A write that is cancelled half-way is undone, and leaves no lock behind that the next one would wait for."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import Store

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ROWS = 12
PATIENCE_S = 4.0
"""Less than a write waits for a lock that somebody holds."""


async def write(store: Store, first: int) -> None:
    """A transaction of many statements."""
    async with store.begin() as tx:
        for number in range(first, first + ROWS):
            await tx.inbox.add(number, 1, "{}", NOW)


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_whenever_a_write_is_cancelled_the_next_one_goes_through(store: Store, times: int) -> None:
    whole = 0
    for moment in range(60):
        task = asyncio.create_task(write(store, moment * ROWS))
        await turns(2 * moment)
        await asyncio.sleep(0.0002 * moment)
        for _ in range(times):  # who is in a hurry cancels the tidying up as well
            task.cancel()
            await turns(1)
        await asyncio.wait([task])
        whole += not task.cancelled()
        async with asyncio.timeout(PATIENCE_S):
            await store.prove(NOW)
        async with store.read() as tx:
            rows = {row.update_id for row in await tx.inbox.pending(10_000)}
        kept = rows & set(range(moment * ROWS, (moment + 1) * ROWS))
        assert len(kept) in {0, ROWS}, "half of a transaction was committed"
    assert whole < 60, "every write had ended before it was cancelled"


async def test_a_write_cancelled_while_another_process_writes_does_not_take_the_lock_later(tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/news.db")
    await write(store, 0)
    with closing(sqlite3.connect(tmp_path / "news.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        task = asyncio.create_task(write(store, 100))
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.sleep(0)
        other.execute("rollback")
    await asyncio.wait([task])
    async with asyncio.timeout(PATIENCE_S):
        await store.prove(NOW)
    async with store.read() as tx:
        assert len(await tx.inbox.pending(1000)) == ROWS
    await store.close()
