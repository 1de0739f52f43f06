"""The sandbox, its people, and a bot process that a test may kill."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from driven_bot import BotProcess

from bot.clock import Clock
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SandboxServer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[SandboxServer]:
    async with SandboxServer(limits=None, clock=clock) as server:
        yield server


@pytest.fixture
async def people(sandbox: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.root_url) as client:
        yield client


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncIterator[BotProcess]:
    process = BotProcess(sandbox, tmp_path)
    yield process
    await process.stop()


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
