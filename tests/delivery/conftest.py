"""A server that misbehaves, a real bot that talks to it, and a store in a file."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from botapi_double import BotApi
from telegram import Bot

from bot.store import Store
from bot.telegram.request import DirectRequest


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    server = BotApi()
    listening = await asyncio.start_server(server.handle, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot"
    yield server
    listening.close()


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    client = Bot("1:token", base_url=api.url, request=DirectRequest(8, connect_s=1, answer_s=1))
    async with contextlib.AsyncExitStack() as stack:
        for request in client._request:
            await request.initialize()
            stack.push_async_callback(request.shutdown)
        yield client


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/news.db"


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    opened = await Store.open(url)
    yield opened
    await opened.close()


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
