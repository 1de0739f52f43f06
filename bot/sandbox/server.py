"""Starts and stops the sandbox's server, in the event loop of whoever starts it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Self

import uvicorn

from bot.errors import Fatal
from bot.sandbox.flood import FloodLimits
from bot.sandbox.loopback import is_loopback
from bot.sandbox.web import create_app
from bot.sandbox.world import Clock, World, utc_now

SAMPLE_TOKEN = "424242:SANDBOX"  # noqa: S105 - opens nothing but the sandbox
SAMPLE_CHANNEL = "Sample Wire"
SAMPLE_CHANNEL_USERNAME = "sample_wire"
SAMPLE_CHANNEL_ID = -1_001_000_000_001
SAMPLE_READER = "Reader"
SAMPLE_READER_ID = 1001
STRICT_LIMITS = FloodLimits()
KEEP_ALIVE_S = 75
"""Longer than any client keeps a connection that rests (httpx: 5 s), or one is cut just as a message is sent over it."""


class SandboxServer:
    """A Bot API server and its page on this machine.

    Args:
        host: A loopback address.
        port: 0 takes a free one.
        token: The bot's; others answer 401. None adds no bot.
        clock: The time messages are dated with; aware.
        limits: Flood limits, or None for none.
        strict: Refuse parameters the Bot API does not have.
        sample: Begin with the sample channel (the bot is an administrator) and the sample reader.
        seed: For faults that come at a rate.
        advance_to: Winds ``clock`` forward to a moment; the page then has buttons for it.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        token: str | None = SAMPLE_TOKEN,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        limits: FloodLimits | None = STRICT_LIMITS,
        strict: bool = True,
        sample: bool = True,
        seed: int = 0,
        advance_to: Callable[[datetime], None] | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.world = World(clock=clock, monotonic=monotonic, limits=limits, seed=seed, advance_to=advance_to)
        if token is not None:
            self.world.add_bot(token)
        if sample:
            self.world.add_channel(SAMPLE_CHANNEL, username=SAMPLE_CHANNEL_USERNAME)
            self.world.add_user(SAMPLE_READER)
        self._app = create_app(self.world, strict=strict)
        self._server: _Uvicorn | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen; when this returns, requests are answered.

        Raises:
            Fatal: ``port_taken``, or ``not_loopback`` for an address others could reach.
        """
        listener = self._listen()
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=2,
        )
        self._server = _Uvicorn(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.listening.wait()

    def _listen(self) -> socket.socket:
        if not is_loopback(self.host):
            raise Fatal(
                "not_loopback",
                f"sandbox.host is {self.host}: the sandbox listens on this machine only, for instance on 127.0.0.1",
            )
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.host, self.port))
            listener.listen(1024)
        except OSError as error:
            listener.close()
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            message = f"Port {self.port} is taken: set sandbox.port to another one, or to 0 for any that is free."
            raise Fatal("port_taken", message, setting="sandbox.port", port=self.port) from error
        listener.setblocking(False)
        return listener

    async def serve_forever(self) -> None:
        """Wait until the server stops."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def stop(self) -> None:
        """Answer who waits, close all connections, let the port go. Stopping twice is one stop."""
        if self._server is None or self._task is None:
            return
        await self.world.close()
        self._server.should_exit = True
        await self._task
        self._server = self._task = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    @property
    def root_url(self) -> str:
        """Where the server is, without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as ``base_url``: it appends the token and the method."""
        return f"{self.root_url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as ``base_file_url``."""
        return f"{self.root_url}/file/bot"

    @property
    def page_url(self) -> str:
        """The page for people."""
        return f"{self.root_url}/"


class _Uvicorn(uvicorn.Server):
    """uvicorn inside somebody else's event loop: it leaves the signals to them and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave SIGINT and SIGTERM alone."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets=sockets)
        self.listening.set()
