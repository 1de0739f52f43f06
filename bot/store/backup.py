"""Takes a copy of the database while the bot works on it, and puts a copy in its place."""

import contextlib
import itertools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.store.engine import BUSY_TIMEOUT_MS, file_of
from bot.store.lock import sole_user
from bot.store.outbox import OPEN
from bot.store.schema import known_revisions, newer
from models.api import SitrepError

PAGES_AT_ONCE = 1024
"""Copied between two reports of progress: 4 MiB."""

Progress = Callable[[int, int], None]
"""``(pages copied, pages in all)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What a copy holds."""

    size_bytes: int
    articles: int
    subscribers: int
    open_deliveries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put in place, and where the database that was there before is kept; None where there was none."""

    inventory: Inventory
    kept: Path | None


def back_up(url: str, target: Path, *, force: bool = False, progress: Progress) -> Inventory:
    """Copy the database as it is at this instant to one file; the bot may go on writing.

    The copy has its name only once it is whole, checked and on disk. It is readable by its owner alone.

    Args:
        url: As ``Store.open`` takes it.
        target: The file to write, in a folder that exists.
        force: Replace a file that is there.
        progress: Told about every ``PAGES_AT_ONCE`` pages.

    Raises:
        SitrepError: ``database_missing``, ``backup_exists``, ``backup_target_bad``, ``not_a_database`` and
            ``database_damaged`` for the database itself, ``copy_failed`` (the disk is full, say).
    """
    source = _database(url)
    if not source.is_file():
        raise SitrepError("database_missing", f"There is no database {source} to back up.")
    _must_be_free(target, source, force=force)
    with _partial(target) as partial:
        inventory = _copy(source, partial, progress)
        _must_be_free(target, source, force=force)
        partial.replace(target)
    _settle_folder(target.parent)
    return inventory


async def restore(url: str, backup: Path, now: datetime, *, progress: Progress) -> Restored:
    """Put a backup in the place of the database, which is kept beside it under a dated name.

    Nothing changes unless the backup is whole and of a schema that this version knows. An older schema is migrated at
    the next start.

    Raises:
        DatabaseInUse: a bot is running.
        SitrepError: ``backup_missing``, ``not_a_backup``, ``not_a_database``, ``database_damaged``, ``schema_newer``, ``copy_failed``.
    """
    async with sole_user(url):
        return _put_in_place(_database(url), backup, now, progress)


def _put_in_place(place: Path, backup: Path, now: datetime, progress: Progress) -> Restored:
    if not backup.is_file():
        raise SitrepError("backup_missing", f"There is no file {backup}.")
    if place.exists() and backup.samefile(place):
        raise SitrepError("not_a_backup", f"{backup} is the database itself, not a backup of it.")
    with _partial(place) as partial:
        inventory = _copy(backup, partial, progress)
        owner = (place if place.exists() else place.parent).stat()
        with contextlib.suppress(PermissionError):  # only root may give a file away, and need not
            os.chown(partial, owner.st_uid, owner.st_gid)
        kept = _keep(place, now) if place.exists() else None
        # A log left beside another database would be read into it.
        for leftover in _companions(place):
            leftover.unlink(missing_ok=True)
        partial.replace(place)
    _settle_folder(place.parent)
    return Restored(inventory=inventory, kept=kept)


def _database(url: str) -> Path:
    file = file_of(url)
    if file is None:
        raise SitrepError("backup_unsupported", "Only an SQLite file can be backed up by Sitrep; use pg_dump.")
    return file


def _must_be_free(target: Path, source: Path, *, force: bool) -> None:
    if not target.parent.is_dir() or target.is_dir():
        raise SitrepError("backup_target_bad", f"{target} is not the name of a file in a folder that exists.")
    if not target.exists():
        return
    if target.samefile(source):
        raise SitrepError("backup_target_bad", f"{target} is the database itself.")
    if not force:
        raise SitrepError("backup_exists", f"{target} exists already. Give another name, or --force to replace it.")
    if any(one.exists() for one in _companions(target)):
        raise SitrepError("backup_target_bad", f"{target} is a database in use: there is a log beside it.")


def _companions(database: Path) -> list[Path]:
    """The files that SQLite keeps beside a database in use."""
    return [database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal")]


@contextlib.contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A new file beside ``target``, gone at the end of the block unless it was renamed."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    except OSError as error:
        raise _failed(target, error) from error
    os.close(handle)
    path = Path(name)
    try:
        yield path
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        for one in (path, *_companions(path)):
            one.unlink(missing_ok=True)


def _failed(target: Path, error: Exception) -> SitrepError:
    return SitrepError("copy_failed", f"{target} could not be written: {error}.")


def _copy(source: Path, target: Path, progress: Progress) -> Inventory:
    """Copy one database to an empty file, check the copy, and see it onto the disk."""
    with _opened(source, "rw" if os.access(source, os.W_OK) else "ro") as old, _opened(target, "rw") as new:
        with _explained(source):
            # Within one read transaction: a copy in steps would begin anew with every write of the bot's.
            old.execute("BEGIN")
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            old.backup(new, pages=PAGES_AT_ONCE, progress=lambda _, left, total: progress(total - left, total))
        except sqlite3.Error as error:
            raise _failed(target, error) from error
        with _explained(source):
            new.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
            found = _inventory(new, source, target)
    with target.open("rb") as written:
        os.fsync(written.fileno())
    return found


def _inventory(copy: sqlite3.Connection, source: Path, file: Path) -> Inventory:
    """Count what a copy holds; refuse one that is damaged, of a newer version, or of something else."""
    problems = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(3)")]
    if problems != ["ok"]:
        raise SitrepError("database_damaged", f"{source} is damaged: {'; '.join(problems)}", problems=problems)
    tables = {str(row[0]) for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= {"alembic_version", "articles", "inbox", "outbox", "subscribers"}:
        raise SitrepError("not_a_database", f"{source} is not a database of Sitrep's.")
    row = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None or row[0] not in known_revisions():
        raise newer(str(row[0]) if row else "none")
    [articles] = copy.execute("SELECT count(*) FROM articles").fetchone()
    [subscribers] = copy.execute("SELECT count(*) FROM subscribers").fetchone()
    [waiting] = copy.execute("SELECT count(*) FROM outbox WHERE state IN (?, ?)", OPEN).fetchone()
    return Inventory(
        size_bytes=file.stat().st_size, articles=articles, subscribers=subscribers, open_deliveries=waiting
    )


@contextlib.contextmanager
def _opened(file: Path, mode: str) -> Iterator[sqlite3.Connection]:
    with _explained(file):
        connection = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000
        )
    try:
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def _explained(file: Path) -> Iterator[None]:
    """What SQLite says of a file that is no database, or a broken one, as an error with a cure."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise SitrepError("not_a_database", f"{file} is not a database of Sitrep's.") from error
        if error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT:
            raise SitrepError("database_damaged", f"{file} is damaged: {error}.") from error
        raise SitrepError("copy_failed", f"{file} could not be copied: {error}.") from error


def _keep(database: Path, now: datetime) -> Path:
    """Give the database, with what SQLite keeps beside it, a second name: the dated one."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(database)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # one that is too broken for it is kept as it is
    stem = f"{database.name}.replaced-{now:%Y%m%dT%H%M%SZ}"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    kept = next(path for name in names if not (path := database.with_name(name)).exists())
    for old_file, new_file in zip([database, *_companions(database)], [kept, *_companions(kept)], strict=True):
        if old_file.exists():
            _second_name(old_file, new_file)
    return kept


def _second_name(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without links
        shutil.copy2(old, new)


def _settle_folder(folder: Path) -> None:
    """See a change of names onto the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
