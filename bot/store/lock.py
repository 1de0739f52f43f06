"""Sees to it that one copy of the bot at a time works on a database."""

import fcntl
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.store.engine import file_of
from models.api import SitrepError


class DatabaseInUse(SitrepError):
    """Another copy works on this database; ``facts`` has its ``pid`` and ``host``, None where they cannot be read."""


@asynccontextmanager
async def sole_user(url: str) -> AsyncIterator[None]:
    """Be the only copy that works on an SQLite file, for as long as the block lasts or the process lives.

    On a server there may be many copies, of which one leads (``bot.store.line``): nothing is locked here. Reading, and taking a backup, need no such right. The lock is the operating system's (flock on ``FILE.lock``, for
    an SQLite file), so it is gone with its holder however that ended. The file stays: removing it could take it from
    under a copy that is just starting.

    Args:
        url: As ``Store.open`` takes it.

    Raises:
        DatabaseInUse: ``database_in_use``: another copy has it.
        SitrepError: ``database_lock_failed`` where no lock can be had at all, or the URL is bad.
    """
    file = file_of(url)
    if file is None:
        yield
        return
    handle = _lock(file)
    try:
        yield
    finally:
        os.close(handle)


def lock_file(database: Path) -> Path:
    """The file whose lock stands for a database."""
    return database.with_name(database.name + ".lock")


def _lock(database: Path) -> int:
    """The open handle of the lock file, locked. It closes on exec, so no child process keeps it."""
    path = lock_file(database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _sign(handle)
    except BlockingIOError as error:
        holder = _holder(handle)
        os.close(handle)
        raise DatabaseInUse(
            "database_in_use",
            f"Another copy of Sitrep works with {database}: process {holder['pid'] or 'unknown'} on "
            f"{holder['host'] or 'an unknown host'}. Stop that one first, or give this one a database of its own "
            "(setting database_url).",
            **holder,
        ) from error
    except OSError as error:
        os.close(handle)
        raise _cannot(path, error) from error
    return handle


def _cannot(path: Path, error: OSError) -> SitrepError:
    return SitrepError("database_lock_failed", f"{path} cannot be locked: {error.strerror}.", path=str(path))


def _sign(handle: int) -> None:
    """Write down who holds the lock; of use only while it is held."""
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode() + b"\n", 0)


def _holder(handle: int) -> dict[str, int | str | None]:
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        return {"pid": int(said["pid"]), "host": str(said["host"])}
    except (ValueError, KeyError, TypeError):  # the holder has not signed yet
        return {"pid": None, "host": None}
