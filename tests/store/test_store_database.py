import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect
from store_samples import NOON, message, subscriber

from bot.store import Bell, Source, SourceState, Store
from bot.store.engine import create_engine
from bot.store.tables import metadata
from models.api import SitrepError


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


async def test_a_folder_that_is_not_there_is_made(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    async with store.read() as tx:
        assert await tx.articles.count() == 0
    assert file_of(sqlite_url).is_file()
    await store.close()


async def test_what_is_committed_survives_the_machine(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber())
        pragmas = {
            name: (await tx.subscribers._connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    second = await Store.open(sqlite_url)  # the first is still open: as after kill -9
    async with second.read() as tx:
        assert await tx.subscribers.get(5) == subscriber()
    await second.close()
    await store.close()


async def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    async def fail() -> None:
        async with store.begin() as tx:
            await tx.inbox.add(1, 5, "{}", NOON)
            await tx.outbox.put(message(5), NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with store.read() as tx:
        assert await tx.inbox.pending(10) == []
        assert await tx.outbox.next_due() is None


async def test_writers_of_one_process_take_turns_and_readers_wait_for_nobody(store: Store) -> None:
    async def add(number: int) -> None:
        async with store.begin() as tx:
            await tx.inbox.add(number, 5, "{}", NOON)
            async with store.read() as other:
                assert number not in {row.update_id for row in await other.inbox.pending(100)}
            await asyncio.sleep(0)

    await asyncio.gather(*(add(number) for number in range(30)))
    async with store.read() as tx:
        assert [row.update_id for row in await tx.inbox.pending(100)] == list(range(30))


async def test_writers_of_two_processes_do_not_lose_each_others_work(store: Store, url: str) -> None:
    other = await Store.open(url)

    async def count(writer: Store) -> None:
        for _ in range(25):
            async with writer.begin() as tx:
                await tx.inbox.attempt(1)

    async with store.begin() as tx:
        await tx.inbox.add(1, 5, "{}", NOON)
    await asyncio.gather(count(store), count(other))
    async with store.read() as tx:
        assert (await tx.inbox.pending(1))[0].attempts == 50
    await other.close()


async def test_a_writer_that_is_cancelled_at_any_moment_harms_nobody(store: Store) -> None:
    async def write(number: int) -> None:
        async with store.begin() as tx:
            await tx.inbox.add(number, 5, "{}", NOON)
            await tx.outbox.put(message(number), NOON)

    for number in range(60):
        task = asyncio.create_task(write(number))
        await asyncio.sleep(number / 20_000)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await write(1000)
    async with store.read() as tx:
        kept = [row.update_id for row in await tx.inbox.pending(1000)]
        counted = await tx.outbox.counts()
    assert kept[-1] == 1000
    assert counted["queued"] == len(kept)


async def test_who_listens_hears_of_a_full_outbox_after_the_commit(store: Store) -> None:
    heard: list[int] = []
    store.on(Bell.OUTBOX, lambda: heard.append(1))
    async with store.begin() as tx:
        await tx.outbox.put(message(5), NOON)
        assert heard == []
    assert heard == [1]
    async with store.begin() as tx:
        await tx.outbox.put(message(5), NOON)  # known already
        await tx.inbox.add(1, 5, "{}", NOON)
    assert heard == [1]


@pytest.mark.parametrize("bad", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "sqlite:///file:x?mode=memory"])
async def test_a_database_that_would_forget_is_refused(bad: str) -> None:
    with pytest.raises(SitrepError) as refused:
        await Store.open(bad)
    assert refused.value.code == "database_in_memory"


@pytest.mark.parametrize("bad", ["news.db", "oracle+nothing://x", "postgresql+nothing://x/y"])
async def test_an_url_that_cannot_be_used_is_refused(bad: str) -> None:
    with pytest.raises(SitrepError) as refused:
        await Store.open(bad)
    assert refused.value.code == "database_url_bad"


async def say(url: str, statement: str) -> list[Any]:
    engine = create_engine(url)
    async with engine.begin() as connection:
        done = await connection.exec_driver_sql(statement)
        rows = list(done.all()) if done.returns_rows else []
    await engine.dispose()
    return rows


async def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(url: str) -> None:
    await (await Store.open(url)).close()
    [(known,)] = await say(url, "SELECT version_num FROM alembic_version")
    await say(url, "UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(SitrepError) as refused:
            await Store.open(url)
        assert refused.value.code == "schema_newer"
        assert refused.value.facts["found"] == "9999"
        assert await say(url, "SELECT version_num FROM alembic_version") == [("9999",)]
    finally:
        await say(url, f"UPDATE alembic_version SET version_num = '{known}'")


async def test_the_migrations_lead_to_the_tables_of_the_code(url: str) -> None:
    await (await Store.open(url)).close()
    engine = create_engine(url)
    async with engine.connect() as connection:
        await connection.run_sync(compare_with_the_code)
    await engine.dispose()


def compare_with_the_code(connection: Connection) -> None:
    found = inspect(connection)
    tables = {name for name in found.get_table_names() if not name.startswith("procrastinate_")}
    assert tables == set(metadata.tables) | {"alembic_version"}
    for name, table in metadata.tables.items():
        columns = {column["name"]: column["nullable"] for column in found.get_columns(name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        unique = {column.name for column in table.columns if column.unique}
        indexes = {
            index["name"]: index["column_names"]
            for index in found.get_indexes(name)
            if not set(index["column_names"]) <= unique
        }
        assert indexes == {index.name: [column.name for column in index.columns] for index in table.indexes}


async def test_text_sorts_by_code_point_whatever_the_language_of_the_server(store: Store) -> None:
    names = ["Åland", "Zenith", "alpha", "Beta", "_under", "éclair", "zeta", "10", "9"]
    async with store.begin() as tx:
        for number, name in enumerate(names):
            state = SourceState.READ
            await tx.control.decide(Source(chat_id=number, username=None, title=name, state=state, changed_at=NOON))
        assert [source.title for source in await tx.control.sources()] == sorted(names)


@pytest.mark.usefixtures("postgres")
async def test_no_column_of_text_is_left_to_the_language_of_the_server(postgres_url: str) -> None:
    found = await say(
        postgres_url,
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'",
    )
    ours = [row for row in found if row[0] in metadata.tables]
    assert ours == []


async def test_a_naive_instant_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="naive"):
        async with store.begin() as tx:
            await tx.inbox.add(1, 5, "{}", datetime(2026, 7, 1))  # noqa: DTZ001  that is the point


async def test_instants_come_back_as_they_went_in_whatever_their_zone(store: Store) -> None:
    odd = datetime.fromisoformat("2026-07-01T14:00:00.000001+05:45")
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(watermark=odd))
        found = await tx.subscribers.get(5)
    assert found is not None
    assert found.watermark == odd
    assert found.watermark.tzinfo is UTC
    assert found.watermark < odd + timedelta(microseconds=1)


KILLED = """
import asyncio, sys
from datetime import UTC, datetime
from bot.store import Store

async def main():
    store = await Store.open(sys.argv[1])
    number = 0
    while True:
        number += 1
        async with store.begin() as tx:
            await tx.inbox.add(number, 1, "{}", datetime.now(UTC))
        print(number, flush=True)

asyncio.run(main())
"""


@pytest.mark.process
def test_every_acknowledged_update_is_there_after_kill_9(url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, url], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(40):
            line = writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
    acknowledged = int(rest[-1] if rest else line)

    async def kept() -> list[int]:
        store = await Store.open(url)
        async with store.read() as tx:
            rows = await tx.inbox.pending(100_000)
        await store.close()
        return [row.update_id for row in rows]

    numbers = asyncio.run(kept())
    assert numbers[:acknowledged] == list(range(1, acknowledged + 1))
    assert len(numbers) <= acknowledged + 1
