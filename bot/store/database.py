"""Opens the database and gives out transactions; the repositories hang on them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, delete, event, insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.alerts import Alerts
from bot.store.articles import Articles
from bot.store.book import Book
from bot.store.control import Control
from bot.store.dossier import Dossier
from bot.store.editions import Editions
from bot.store.feeds import Feeds
from bot.store.gauges import Gauges
from bot.store.inbox import Inbox
from bot.store.ledger import Ledger
from bot.store.outbox import Outbox
from bot.store.pages import Pages
from bot.store.posts import Posts
from bot.store.reminders import Reminders
from bot.store.schema import must_be_current, upgrade
from bot.store.search import Search
from bot.store.stories import Stories
from bot.store.subscribers import Subscribers
from bot.store.tables import marks
from bot.store.voices import Voices
from models.api import SitrepError

BUSY_TIMEOUT_MS = 5_000
"""How long a write waits for another process that is writing."""

_WRITES = "sitrep_writes"
_PROOF = "proof"


class Transaction:
    """The repositories, all within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.inbox = Inbox(connection)
        self.posts = Posts(connection)
        self.pages = Pages(connection)
        self.feeds = Feeds(connection)
        self.stories = Stories(connection)
        self.articles = Articles(connection, self.stories)
        self.subscribers = Subscribers(connection)
        self.book = Book(connection)
        self.reminders = Reminders(connection)
        self.ledger = Ledger(connection)
        self.editions = Editions(connection)
        self.outbox = Outbox(connection)
        self.search = Search(connection)
        self.control = Control(connection)
        self.voices = Voices(connection)
        self.alerts = Alerts(connection)
        self.dossier = Dossier(connection)
        self.gauges = Gauges(connection)


class Store:
    """One database, its schema up to date.

    Write transactions of a process queue up on a lock; those of several processes on the database's own. Reads see
    the last commit and wait for nobody.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._listeners: list[Callable[[], None]] = []

    @classmethod
    async def open(cls, url: str, *, may_migrate: bool = True) -> Self:
        """Connect, and migrate where the schema is older than the code.

        Args:
            url: ``sqlite+aiosqlite:///PATH`` (the folder is made where missing) or ``postgresql+psycopg://...``.
            may_migrate: False while another copy of the bot works here, whose schema must not change under it.

        Raises:
            SitrepError: ``database_url_bad``, ``database_in_memory``, ``schema_newer`` where a later version of the
                bot has written here, or ``schema_older`` where a migration is needed and not allowed.
        """
        engine = create_engine(url)
        store = cls(engine)
        try:
            async with store._writing() as connection:
                await connection.run_sync(upgrade if may_migrate else must_be_current)
        except BaseException:
            await engine.dispose()
            raise
        return store

    async def prove(self, now: datetime) -> None:
        """Write and commit something that nobody reads: whether the database takes writes.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it does not.
        """
        async with self._writing() as connection:
            await connection.execute(delete(marks).where(marks.c.name == _PROOF))
            await connection.execute(insert(marks).values(name=_PROOF, at=now))

    async def close(self) -> None:
        """Give the connections back. What was not committed is gone."""
        await self._engine.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """One write transaction: committed at the end of the block, undone by an exception."""
        async with self._writing() as connection:
            tx = Transaction(connection)
            yield tx
        if tx.outbox.filled:
            for listener in self._listeners:
                listener()

    def on_outbox_filled(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each transaction of this process that put something in the outbox."""
        self._listeners.append(listener)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A snapshot to read from; what is written in it is undone."""
        async with self._engine.connect() as connection:
            yield Transaction(connection)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        async with self._turn, self._engine.connect() as plain:
            connection = await plain.execution_options(**{_WRITES: True})
            async with connection.begin():
                yield connection


def create_engine(url: str) -> AsyncEngine:
    """An engine whose connections begin transactions as ``Store`` promises."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_async_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, ModuleNotFoundError) as error:
        raise SitrepError("database_url_bad", f"the database URL cannot be used: {error}") from error
    file = _file(parsed)
    file.resolve().parent.mkdir(parents=True, exist_ok=True)
    parsed = parsed.set(drivername="sqlite+aiosqlite", database=str(file))
    engine = create_async_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def file_of(url: str) -> Path | None:
    """The file that a database is kept in, links followed; None for a database on a server.

    Raises:
        SitrepError: ``database_url_bad`` or ``database_in_memory``.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SitrepError("database_url_bad", f"the database URL cannot be used: {error}") from error
    return _file(parsed).resolve() if parsed.get_backend_name() == "sqlite" else None


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
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
