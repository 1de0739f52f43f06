"""Small things that every repository needs: the connection, an INSERT that knows ON CONFLICT, and rows decoded aside."""

import asyncio
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

COUNTED = {"preserve_rowcount": True}
"""For an INSERT that says how many rows were new: without it that is known on SQLite alone."""

_FEW = 50
"""Rows that are decoded sooner than a thread has begun to."""

T = TypeVar("T")


def insertion(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT with ``on_conflict_do_*``, which both databases spell alike and SQLAlchemy keeps per dialect."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


@lru_cache(maxsize=32)
def upsert(
    dialect: str, table: Table, keys: tuple[str, ...], columns: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    """An INSERT of some columns, which replaces them in a row that has these keys: built once for a database's dialect."""
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    again = {name: statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=again)


class Repository:
    """Queries over a few tables, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        return insertion(self._connection, table)


async def decoded(rows: Iterable[Row[Any]], decode: Callable[[Row[Any]], T]) -> list[T]:
    """What some rows hold, in their order; many are decoded on a thread, so that the conversation goes on meanwhile."""
    held = list(rows)
    if len(held) <= _FEW:
        return [decode(row) for row in held]
    return await asyncio.to_thread(lambda: [decode(row) for row in held])
