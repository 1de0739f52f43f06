"""A real bot process against the sandbox's Bot API server, over real HTTP, that a test may kill."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_TOKEN, SandboxServer
from bot.store import State, Store, Transaction

_RUN_AT = Path(__file__).with_name("run_at.py")

PATIENCE_S = 60
ENDS_WITHIN_S = 10
"""What the command line promises for SIGTERM."""


class BotProcess:
    """``sitrep run`` as a child process, with a database of its own."""

    def __init__(self, server: SandboxServer, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = {
            "SITREP_TOKEN": SAMPLE_TOKEN,
            "SITREP_BASE_URL": server.base_url,
            "SITREP_BASE_FILE_URL": server.base_file_url,
            "SITREP_CHANNELS": str(SAMPLE_CHANNEL_ID),
            "SITREP_DATABASE_URL": f"sqlite:///{folder / 'sitrep.db'}",
            "SITREP_TICK_S": "0.2",
            "SITREP_MODELS__THREADS": "1",
            **settings,
        }
        self.database_url = self._settings["SITREP_DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:", 1)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def log(self) -> str:
        return (self._folder / "log.txt").read_text(encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """What the process and any other command on its database are started with."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SITREP_")}
        return {**clean, **self._settings}

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self, at: datetime | None = None) -> None:
        """Start it, where ``at`` is given with its clock wound forward to that moment."""
        command = ["-m", "bot", "run"] if at is None else [str(_RUN_AT), at.isoformat()]
        with (self._folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *command,
                env=self.environment,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
            )

    def must_live(self) -> None:
        """Fail at once, with the log, where the process ended by itself."""
        assert self._process is not None
        assert self._process.returncode is None, f"the bot ended by itself:\n{self.log}"

    async def ended(self) -> int:
        """Wait until it ends by itself; the exit code."""
        assert self._process is not None
        return await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL: no time to say goodbye."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM; the exit code, 0 where it was never started."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), ENDS_WITHIN_S)


async def filed(bot: BotProcess, articles: int, patience_s: float = PATIENCE_S) -> None:
    """Wait until so many articles are read and filed."""
    await _until_store(bot, lambda counted: counted >= articles, lambda tx: tx.articles.count(), patience_s)


async def read_again(bot: BotProcess, words: str) -> None:
    """Wait until some filed article holds these words."""
    beginning = datetime.fromtimestamp(0, UTC)
    await _until_store(
        bot,
        lambda filed: any(words in one.article.text for one in filed),
        lambda tx: tx.articles.filed_between(beginning, beginning + timedelta(days=365 * 100)),
    )


async def delivered(bot: BotProcess) -> None:
    """Wait until nothing is queued or on its way any more."""
    await _until_store(
        bot, lambda counts: not counts[State.QUEUED] and not counts[State.SENDING], lambda tx: tx.outbox.counts()
    )


async def _until_store(
    bot: BotProcess,
    holds: Callable[[Any], bool],
    query: Callable[[Transaction], Awaitable[Any]],
    patience_s: float = PATIENCE_S,
) -> None:
    """Look into the bot's database, which another process fills, until something holds."""
    store = await Store.open(bot.database_url)
    try:
        async with asyncio.timeout(patience_s):
            while True:
                async with store.read() as tx:
                    if holds(await query(tx)):
                        return
                bot.must_live()
                await asyncio.sleep(0.05)
    finally:
        await store.close()
