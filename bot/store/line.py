"""The connection that a process keeps open to a PostgreSQL server: it hears what others did there, and may lead."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any

import structlog

from bot.store.database import TURNS, Store
from bot.store.engine import parsed_url
from bot.store.records import BELLS, Bell

if TYPE_CHECKING:
    from psycopg import AsyncConnection

LOOK_S = 3.0
"""Between two looks at whether the connection stands, and, for who does not lead, whether nobody does."""

ANSWER_S = 4.0
"""Whoever leads and has no answer from the server within this time leads no longer."""

_LEADER = 16
_AGAIN_S = 1.0
_SESSION = "-c tcp_keepalives_idle=8 -c tcp_keepalives_interval=4 -c tcp_keepalives_count=3"
"""A leader whose machine is gone without a word loses the lock after 20 s; it has given up by itself after seven."""

_log = structlog.get_logger()

Lead = Callable[[], Coroutine[Any, Any, None]]


class Line:
    """Keeps the connection, and passes on what is rung on it.

    One process at a time holds the leader's lock of a database, which is a lock of this connection's session: it ends with
    it, however that came. Another process takes it over within 30 s.
    """

    def __init__(self, store: Store, url: str) -> None:
        self._store = store
        self._url = parsed_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def run(self, lead: Lead | None = None) -> None:
        """Listen until cancelled; meanwhile ``lead`` runs whenever this process holds the lock, and is cancelled with it.

        Raises:
            Exception: what ``lead`` ended with.
        """
        from psycopg import OperationalError  # noqa: PLC0415  an optional package

        down = False
        while True:
            try:
                async with self._connected() as connection:
                    down = False
                    await self._attend(connection, lead)
            except (OperationalError, TimeoutError) as error:
                if not down:
                    _log.warning("database_line_lost", error=type(error).__name__)
                down = True
            await asyncio.sleep(_AGAIN_S)

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator["AsyncConnection[tuple[Any, ...]]"]:
        from psycopg import AsyncConnection  # noqa: PLC0415  an optional package

        connection = await AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=10,
            options=_SESSION,
            application_name=f"sitrep line {os.getpid()}",
        )
        try:
            yield connection
        finally:
            await connection.close()

    async def _attend(self, connection: "AsyncConnection[tuple[Any, ...]]", lead: Lead | None) -> None:
        await connection.execute(f"LISTEN {BELLS}".encode())
        for bell in Bell:
            self._store.hear(bell)  # whatever was rung while nobody listened
        leading: asyncio.Task[None] | None = None
        try:
            while True:
                if lead is not None and leading is None and await self._may_lead(connection):
                    leading = asyncio.create_task(_led(lead), name="leading")
                async for rung in connection.notifies(timeout=LOOK_S):
                    self._store.hear(Bell(rung.payload))
                if leading is not None and leading.done():
                    leading.result()
                async with asyncio.timeout(ANSWER_S):
                    await connection.execute("SELECT 1")
        finally:
            if leading is not None:
                leading.cancel()
                await asyncio.wait([leading])

    async def _may_lead(self, connection: "AsyncConnection[tuple[Any, ...]]") -> bool:
        asked = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (TURNS, _LEADER))
        row = await asked.fetchone()
        return bool(row and row[0])


async def _led(lead: Lead) -> None:
    _log.info("leading_began")
    try:
        await lead()
    finally:
        _log.info("leading_ended")
