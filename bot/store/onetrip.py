"""A cursor for SQLite that runs a statement, fetches what it finds and closes in one trip to the connection's thread.

SQLAlchemy's own makes four: cursor, statement, rows, close. What a short statement costs is mostly these trips, for each wakes a thread
and then the event loop.
"""

import sqlite3
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import EMPTY_DICT


@dataclass(slots=True)
class _Outcome:
    """What a closed cursor still knows of its statement (PEP 249)."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1

    def close(self) -> None:
        """Nothing is held."""


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()
    _awaitable_cursor_close = False

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001  as the class does that this one takes the place of
        self._cursor: Any = _Outcome()
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._go(_run, operation, parameters)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._go(_run_many, operation, seq_of_parameters)

    async def _go(self, run: Any, operation: str, parameters: Any) -> None:
        connection: Any = self._connection
        async with self._adapt_connection._execute_mutex:  # noqa: SLF001  as the class does that this one takes the place of
            trip = connection._execute(run, connection._conn, operation, parameters)  # noqa: SLF001  the one way to the thread
            self._cursor, rows = await trip
        self._rows = deque(rows)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls: type[AsyncAdapt_aiosqlite_cursor] = _Cursor


class OneTrip(AsyncAdapt_aiosqlite_dbapi):
    """aiosqlite as SQLAlchemy takes it (``create_async_engine(module=...)``), with these cursors."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arg: Any, **kw: Any) -> _Connection:
        """A new connection."""
        return _Connection(self, super().connect(*arg, **kw)._connection)  # noqa: SLF001  what it wraps is wrapped anew


def _run(
    connection: sqlite3.Connection, operation: str, parameters: Sequence[Any] | None
) -> tuple[_Outcome, list[Any]]:
    cursor = connection.execute(operation, () if parameters is None else parameters)
    return _settled(cursor)


def _run_many(
    connection: sqlite3.Connection, operation: str, parameters: Sequence[Sequence[Any]]
) -> tuple[_Outcome, list[Any]]:
    return _settled(connection.executemany(operation, parameters))


def _settled(cursor: sqlite3.Cursor) -> tuple[_Outcome, list[Any]]:
    rows = cursor.fetchall() if cursor.description else []
    outcome = _Outcome(cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return outcome, rows
