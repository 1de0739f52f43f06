"""Opens the database and gives out transactions; the repositories hang on them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from enum import Flag
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.alerts import Alerts
from bot.store.articles import Articles
from bot.store.book import Book
from bot.store.control import Control
from bot.store.dossier import Dossier
from bot.store.editions import Editions
from bot.store.engine import POSTGRESQL, WRITES, create_engine
from bot.store.feeds import Feeds
from bot.store.gauges import Gauges
from bot.store.inbox import Inbox
from bot.store.jobs import Asks
from bot.store.ledger import Ledger
from bot.store.outbox import Outbox
from bot.store.pace import Paces
from bot.store.pages import Pages
from bot.store.posts import Posts
from bot.store.records import BELLS, Bell
from bot.store.reminders import Reminders
from bot.store.retention import Retention
from bot.store.schema import must_be_current, upgrade
from bot.store.search import Search
from bot.store.sql import insertion
from bot.store.stories import Stories
from bot.store.subscribers import Subscribers
from bot.store.tables import marks
from bot.store.voices import Voices
from models.api import SitrepError

_PROOF = "proof"


class Turn(Flag):
    """What a write transaction keeps all others from meanwhile; on PostgreSQL alone, for SQLite has one writer anyway.

    ``DESK``: articles with their stories, figures and deadlines, and what is fetched. ``MAIL``: chats, editions and the
    outbox. Taken in this order, so that nobody waits for whom he holds up.
    """

    NONE = 0
    DESK = 1
    MAIL = 2
    ALL = 3


TURNS = 0x51747265
"""Ours among the advisory locks of the database."""


class Transaction:
    """The repositories, all within one transaction. Of the bells in ``rung`` everybody hears once it is committed."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.inbox = Inbox(connection)
        self.posts = Posts(connection)
        self.pages = Pages(connection)
        self.feeds = Feeds(connection)
        self.stories = Stories(connection)
        self.control = Control(connection)
        self.book = Book(connection)
        self.articles = Articles(connection, self.stories, self.control, self.book)
        self.subscribers = Subscribers(connection)
        self.reminders = Reminders(connection)
        self.ledger = Ledger(connection)
        self.editions = Editions(connection)
        self.outbox = Outbox(connection)
        self.search = Search(connection)
        self.voices = Voices(connection)
        self.alerts = Alerts(connection)
        self.dossier = Dossier(connection)
        self.asks = Asks(connection)
        self.paces = Paces(connection)
        self.rung: set[Bell] = set()
        self.gauges = Gauges(connection)
        self.retention = Retention(connection)


class Store:
    """One database, its schema up to date.

    Write transactions of a process queue up on its own locks (one for SQLite, one for each ``Turn`` otherwise); those of
    several processes on the database's. Reads see the last commit and wait for nobody. ``is_shared``: it is on a server, and
    several copies of the bot may work with it.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self.is_shared = engine.dialect.name == POSTGRESQL
        self._reading = engine.execution_options(isolation_level="REPEATABLE READ") if self.is_shared else engine
        one = asyncio.Lock()
        self._own = {turn: asyncio.Lock() if self.is_shared else one for turn in Turn.ALL}
        self._listeners: dict[Bell, list[Callable[[], None]]] = {bell: [] for bell in Bell}

    @classmethod
    async def open(cls, url: str, *, may_migrate: bool = True) -> Self:
        """Connect, and migrate where the schema is older than the code.

        Args:
            url: ``sqlite+aiosqlite:///PATH`` (the folder is made where missing) or ``postgresql://...``.
            may_migrate: False while another copy of the bot works here, whose schema must not change under it.

        Raises:
            SitrepError: ``database_url_bad``, ``database_driver_missing``, ``database_in_memory``, ``database_unreachable``,
                ``schema_newer`` where a later version of the bot has written here, or ``schema_older`` where a migration is needed and not allowed.
        """
        engine = create_engine(url)
        store = cls(engine)
        try:
            async with store._writing(Turn.ALL) as connection:
                await connection.run_sync(upgrade if may_migrate else must_be_current)
        except OperationalError as error:
            await engine.dispose()
            raise _unreachable(error) from error
        except BaseException:
            await engine.dispose()
            raise
        return store

    async def prove(self, now: datetime) -> None:
        """Write and commit something that nobody reads: whether the database takes writes.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: it does not.
        """
        async with self._writing(Turn.NONE) as connection:
            proof = insertion(connection, marks).values(name=_PROOF, at=now)
            await connection.execute(proof.on_conflict_do_update(index_elements=["name"], set_={"at": now}))

    async def close(self) -> None:
        """Give the connections back. What was not committed is gone."""
        await self._engine.dispose()

    @asynccontextmanager
    async def begin(self, turns: Turn = Turn.ALL) -> AsyncIterator[Transaction]:
        """One write transaction: committed at the end of the block, undone by an exception.

        Args:
            turns: What nobody else may write meanwhile. With all of them, as it is left, nothing that was read here can
                have changed when it is written; who asks for less says what it stands on instead.
        """
        async with self._writing(turns) as connection:
            tx = Transaction(connection)
            yield tx
            if tx.outbox.filled:
                tx.rung.add(Bell.OUTBOX)
            for bell in sorted(tx.rung) if self.is_shared else ():
                await connection.execute(select(func.pg_notify(BELLS, bell.value)))
        for bell in tx.rung:
            self.hear(bell)

    def on(self, bell: Bell, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each transaction that rang; of other processes where a ``Line`` is kept, and then maybe twice."""
        self._listeners[bell].append(listener)

    def hear(self, bell: Bell) -> None:
        """Call those who listen for a bell."""
        for listener in self._listeners[bell]:
            listener()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A snapshot to read from; what is written in it is undone."""
        async with self._reading.connect() as connection:
            yield Transaction(connection)

    @asynccontextmanager
    async def _writing(self, turns: Turn) -> AsyncIterator[AsyncConnection]:
        async with contextlib.AsyncExitStack() as stack:
            for own in dict.fromkeys(self._own[turn] for turn in (turns if self.is_shared else Turn.ALL)):
                await stack.enter_async_context(own)
            connection = await stack.enter_async_context(self._writer.begin())
            for turn in turns if self.is_shared else Turn.NONE:
                await connection.execute(select(func.pg_advisory_xact_lock(TURNS, turn.value)))
            yield connection


def _unreachable(error: OperationalError) -> SitrepError:
    reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
    return SitrepError(
        "database_unreachable",
        f"The database cannot be opened: {reason}. Is it there, does it run, and is database_url right?",
    )
