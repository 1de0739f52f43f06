"""A statement on SQLite costs one trip to the connection's thread, and says all that a cursor of the library's own says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from store_samples import NOON

from bot.store.engine import create_engine
from bot.store.tables import marks, metadata


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncEngine:
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path}/marks.db")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    return engine


async def test_a_statement_with_its_rows_is_one_trip(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    trips = 0
    made: Callable[..., Any] = aiosqlite.Connection._execute

    def counted(self: aiosqlite.Connection, *args: Any, **more: Any) -> Any:
        nonlocal trips
        trips += 1
        return made(self, *args, **more)

    async with engine.begin() as connection:
        await connection.execute(insert(marks).values(name="a", at=NOON))
        monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
        assert [tuple(row) for row in await connection.execute(select(marks))] == [("a", NOON)]
        assert trips == 1
        await connection.execute(insert(marks), [{"name": name, "at": NOON} for name in "bcd"])
        assert trips == 2
        monkeypatch.undo()
    await engine.dispose()


async def test_what_a_cursor_says_of_its_statement(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        added = await connection.execute(insert(marks).values(name="a", at=NOON).returning(marks.c.name))
        assert added.scalar_one() == "a"
        assert list((await connection.execute(select(marks.c.at, marks.c.name))).keys()) == ["at", "name"]
        assert (await connection.execute(marks.delete())).rowcount == 1
        assert (await connection.execute(select(marks))).all() == []
    await engine.dispose()


async def test_a_statement_that_fails_says_why_and_the_connection_goes_on(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(insert(marks).values(name="a", at=NOON))
        with pytest.raises(IntegrityError, match="UNIQUE"):
            await connection.execute(insert(marks).values(name="a", at=NOON))
        assert len((await connection.execute(select(marks))).all()) == 1
    await engine.dispose()
