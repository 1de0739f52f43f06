"""Several processes on one PostgreSQL: they hear each other, and one of them leads, whatever becomes of it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest
from store_samples import NOON, message

from bot.store import Bell, Store
from bot.store.line import Line

TAKEN_OVER_S = 30.0

HOLDER = """
import asyncio, sys
from bot.store import Store
from bot.store.line import Line

async def lead():
    print("leads", flush=True)
    await asyncio.sleep(3600)

async def hold():
    await Line(await Store.open(sys.argv[1]), sys.argv[1]).run(lead)

asyncio.run(hold())
"""


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


class Copy:
    """A process of the bot as far as leading goes."""

    def __init__(self, store: Store, url: str) -> None:
        self.leads = asyncio.Event()
        self.ended = asyncio.Event()
        self._line = Line(store, url)

    async def lead(self) -> None:
        self.ended.clear()
        self.leads.set()
        try:
            await asyncio.sleep(3600)
        finally:
            self.leads.clear()
            self.ended.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Copy"]:
        task = asyncio.create_task(self._line.run(self.lead))
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.wait([task])


async def soon(event: asyncio.Event) -> None:
    async with asyncio.timeout(TAKEN_OVER_S):
        await event.wait()


async def test_one_leads_and_another_takes_over_when_it_stops(store: Store, url: str) -> None:
    async with Copy(store, url).running() as second:
        async with Copy(store, url).running() as first:
            async with asyncio.timeout(TAKEN_OVER_S):
                await asyncio.wait(
                    [asyncio.create_task(one.leads.wait()) for one in (first, second)],
                    return_when=asyncio.FIRST_COMPLETED,
                )
            assert first.leads.is_set() != second.leads.is_set()
        await soon(second.leads)


async def test_a_leader_that_loses_its_connection_ends_leading_and_somebody_leads_again(store: Store, url: str) -> None:
    async with Copy(store, url).running() as copy:
        await soon(copy.leads)
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'sitrep line %'"
            )
        await soon(copy.ended)
        await soon(copy.leads)


@pytest.mark.process
async def test_a_leader_that_is_killed_is_followed(store: Store, url: str) -> None:
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLDER, url, stdout=asyncio.subprocess.PIPE)
    assert killed.stdout is not None
    while await killed.stdout.readline() != b"leads\n":
        assert killed.returncode is None
    async with Copy(store, url).running() as copy:
        killed.kill()
        await killed.wait()
        await soon(copy.leads)


async def test_what_one_process_commits_another_hears(store: Store, url: str) -> None:
    heard = asyncio.Event()
    other = await Store.open(url)
    listening = asyncio.create_task(Line(other, url).run())
    ready = asyncio.Event()
    other.on(Bell.INBOX, ready.set)  # everything rings once when the line stands
    await soon(ready)
    other.on(Bell.OUTBOX, heard.set)
    async with store.begin() as tx:
        await tx.outbox.put(message(5), NOON)
    await soon(heard)
    listening.cancel()
    await asyncio.wait([listening])
    await other.close()


async def test_what_is_undone_is_not_heard_of(store: Store) -> None:
    heard: list[str] = []
    store.on(Bell.OUTBOX, lambda: heard.append("outbox"))

    async def fail() -> None:
        async with store.begin() as tx:
            await tx.outbox.put(message(5), NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert heard == []
