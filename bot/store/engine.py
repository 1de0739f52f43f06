"""How connections are made: what SQLite and PostgreSQL must be told so that ``Store`` can promise the same of both."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.onetrip import OneTrip
from models.api import SitrepError

BUSY_TIMEOUT_MS = 5_000
"""How long a write waits for another process that is writing to the same SQLite file."""

POSTGRESQL = "postgresql"
WRITES = "sitrep_writes"
"""The execution option of a connection that is going to write."""

_CONNECTIONS = 12
"""A process holds so many connections to a server at most, beside those that listen."""

_SESSION = "-c timezone=UTC -c idle_in_transaction_session_timeout=60000"
"""A process that stands still in the middle of a transaction must not hold up all others for ever."""

_ALIVE = {"connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""Seconds until a server that is gone without a word is known to be gone: 25."""


def parsed_url(url: str) -> URL:
    """A database URL with the driver that is used; ``postgresql://`` means psycopg 3.

    Raises:
        SitrepError: ``database_url_bad``. What it says does not hold the URL, which may hold a password.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SitrepError("database_url_bad", "the database URL cannot be read") from error
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == POSTGRESQL else parsed


def create_engine(url: str) -> AsyncEngine:
    """An engine whose connections begin transactions as ``Store`` promises.

    Raises:
        SitrepError: ``database_url_bad``, ``database_in_memory``, or ``database_driver_missing``.
    """
    parsed = parsed_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    try:
        return create_async_engine(
            parsed,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            connect_args={**_ALIVE, "options": _SESSION},
        )
    except ModuleNotFoundError as error:
        raise SitrepError(
            "database_driver_missing",
            'PostgreSQL needs a few packages more: pip install "sitrep[postgres]"',
            package=error.name or "",
        ) from error
    except ArgumentError as error:
        raise SitrepError("database_url_bad", f"the database URL cannot be used: {error}") from error


def file_of(url: str) -> Path | None:
    """The file that a database is kept in, links followed; None for a database on a server.

    Raises:
        SitrepError: ``database_url_bad`` or ``database_in_memory``.
    """
    parsed = parsed_url(url)
    return _file(parsed).resolve() if parsed.get_backend_name() == "sqlite" else None


def _sqlite(parsed: URL) -> AsyncEngine:
    file = _file(parsed)
    file.resolve().parent.mkdir(parents=True, exist_ok=True)
    parsed = parsed.set(drivername="sqlite+aiosqlite", database=str(file))
    # The connection that was used last has the pages that were written last in its memory.
    engine = create_async_engine(
        parsed, module=OneTrip(), pool_use_lifo=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}
    )
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _file(parsed: URL) -> Path:
    if parsed.database in {None, "", ":memory:"} or "mode" in parsed.query:
        raise SitrepError("database_in_memory", "a database in memory forgets; give a file: sqlite+aiosqlite:///PATH")
    return Path(str(parsed.database)).expanduser()


def _set_up_sqlite(connection: Any, record: Any) -> None:
    """Promise 9 of the delivery protocol: what is committed survives the machine. The driver must not begin for us."""
    del record
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A write takes the lock at once: a read that turns into a write may fail in the middle."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
