"""A real store, a clock that is wound, raw posts in the form Telegram sends them, and a web server of this machine."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from news_web import Web

from bot.store import Store

CHANNEL_ID = -1001234567890


class WoundClock:
    """Stands still until it is wound."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wind(self, **span: float) -> None:
        self.now += timedelta(**span)


def raw_post(number: int, text: str, when: datetime, **more: Any) -> dict[str, Any]:
    chat = {"id": CHANNEL_ID, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    return {"message_id": number, "chat": chat, "date": int(when.timestamp()), "text": text} | more


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    yield store
    await store.close()


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    web = Web()
    server = await asyncio.start_server(web.answer, "127.0.0.1", 0)
    web.port = server.sockets[0].getsockname()[1]
    async with server:
        yield web
        server.close()
