"""The stage behind the sandbox's page: the very bot, which begins anew with each programme, and what is played on it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from bot.app import Sitrep, running
from bot.clock import Clock
from bot.demo.reading_view import reading_of
from bot.reader_process import ReaderProcess
from bot.sandbox.refusal import bad_request
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer
from bot.settings import Settings

TICK_S = 1.0
"""Editions are looked for this often, for a visitor who winds the clock forward waits for one."""

READER = "Reader"


class Programme(StrEnum):
    """What can be played."""

    TODAY = "today"
    MONTH = "month"


_STOP = "stop"


@dataclass(slots=True)
class Stage:
    """Where programmes are played, one after the other; the sandbox's ``Backstage``."""

    settings: Settings
    server: SandboxServer
    clock: Clock
    models: ReaderProcess
    wishes: asyncio.Queue[Programme] = field(default_factory=asyncio.Queue)
    stopped: bool = False
    _sitrep: Sitrep | None = None
    _programme: dict[str, Any] = field(default_factory=dict)

    @property
    def programme(self) -> dict[str, Any]:
        """See ``Backstage.programme``."""
        return dict(self._programme)

    def tell(self, name: Programme, state: str, done: int = 0, total: int = 0) -> None:
        """Show on the page how far a programme is."""
        self._programme = {"name": name.value, "state": state, "done": done, "total": total}
        self.server.world.changes.add("programme", 0, self.programme)

    def play(self, name: str) -> None:
        """See ``Backstage.play``."""
        if name != _STOP:
            try:
                self.wishes.put_nowait(Programme(name))
            except ValueError:
                raise bad_request(f'"programme" must be one of {", ".join(Programme)}, {_STOP}') from None
        self.stopped = True

    async def next_wish(self) -> Programme:
        """Wait for what the visitor wants to see next."""
        wish = await self.wishes.get()
        while not self.wishes.empty():
            wish = self.wishes.get_nowait()
        return wish

    def wind(self, moment: datetime) -> None:
        """Wind the clock forward, and show it on the page."""
        self.clock.advance_to(moment)
        self.server.world.changes.add("clock", 0, {"now": self.clock().isoformat()})

    async def reading(self, chat_id: int, message_id: int) -> dict[str, Any]:
        """See ``Backstage.reading``."""
        if self._sitrep is None:
            return {"state": "waiting"}
        return await reading_of(self._sitrep.store, chat_id, message_id)

    @contextlib.asynccontextmanager
    async def bot(self, channels: Mapping[str, str]) -> AsyncIterator[Sitrep]:
        """The bot in a world with these channels (titles by user name), on a database that lasts as long as the block."""
        world = self.server.world
        world.clear()
        for username, title in channels.items():
            world.add_channel(title, username=username)
        world.add_user(READER)
        world.backstage = self
        self.stopped = False
        with TemporaryDirectory(prefix="sitrep-") as folder:
            here = self.settings.model_copy(
                update={
                    "token": SecretStr(SAMPLE_TOKEN),
                    "base_url": self.server.base_url,
                    "base_file_url": self.server.base_file_url,
                    "channels": tuple(f"@{name}" for name in channels),
                    "database_url": f"sqlite+aiosqlite:///{Path(folder) / 'sitrep.db'}",
                    "tick_s": TICK_S,
                    # Where the clock is wound forward, an edition comes as late as the visitor likes.
                    "limits": self.settings.limits.model_copy(update={"edition_late_h": 168.0}),
                }
            )
            async with running(here, self.clock, self.models) as sitrep:
                self._sitrep = sitrep
                try:
                    yield sitrep
                finally:
                    self._sitrep = None

    async def all_read(self) -> None:
        """Wait until every post has reached the bot and is read and filed."""
        sitrep = self._sitrep
        if sitrep is not None:
            await self.server.world.bot.updates.confirmed()
            await sitrep.worker.wait_idle()
            await sitrep.reading.wait_idle()
