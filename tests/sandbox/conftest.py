"""A running sandbox on a free port, somebody who drives it, and a bot that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

READER = 1001
CHANNEL = -1_001_000_000_001


@pytest.fixture
def all_that_leaves() -> None:
    """Calls that Telegram refuses are made here on purpose."""


@pytest.fixture
async def page(browser: Browser, sandbox: SandboxServer) -> AsyncIterator[Page]:
    """The page in a browser's window; whatever it complains of fails the test."""
    page = await browser.new_page(viewport={"width": 1280, "height": 860})
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: troubles.append(message.text) if message.type in {"error", "warning"} else None)
    await page.goto(sandbox.page_url)
    await page.locator("#channel:not([inert])").wait_for()
    yield page
    assert troubles == []


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer(limits=None) as server:
        yield server


@pytest.fixture
async def people(sandbox: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.page_url) as client:
        yield client


@pytest.fixture
async def ptb(sandbox: SandboxServer) -> AsyncIterator[Bot]:
    """python-telegram-bot's own client, without proxies from the environment."""
    requests = [HTTPXRequest(httpx_kwargs={"trust_env": False}) for _ in range(2)]
    async with Bot(
        SAMPLE_TOKEN,
        base_url=sandbox.base_url,
        base_file_url=sandbox.base_file_url,
        request=requests[0],
        get_updates_request=requests[1],
    ) as bot:
        yield bot


@pytest.fixture
async def http(sandbox: SandboxServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=sandbox.root_url, trust_env=False, timeout=30) as client:
        yield client


class Raw:
    """Calls the Bot API with plain JSON and gives the body."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def __call__(self, method: str, **params: object) -> dict[str, object]:
        answer = await self.http.post(f"/bot{SAMPLE_TOKEN}/{method}", json=params)
        body: dict[str, object] = answer.json()
        assert body["ok"] == (answer.status_code == 200)
        return body


@pytest.fixture
def raw(http: httpx.AsyncClient) -> Raw:
    return Raw(http)
