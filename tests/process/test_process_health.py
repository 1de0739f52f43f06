"""The page says when the bot is ready, and ends with it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from driven_bot import PATIENCE_S, BotProcess

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER, SandboxServer

pytestmark = pytest.mark.process


@pytest.fixture
async def page(port: int) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client


async def until(page: httpx.AsyncClient, path: str, status: int, within_s: float = PATIENCE_S) -> httpx.Response:
    """Ask until the answer has this status; the bot may not listen yet."""
    async with asyncio.timeout(within_s):
        while True:
            try:
                answer = await page.get(path)
            except httpx.ConnectError:
                answer = None
            if answer is not None and answer.status_code == status:
                return answer
            await asyncio.sleep(0.1)


async def test_the_page_says_when_the_bot_is_ready_and_ends_with_it(
    sandbox: SandboxServer, tmp_path: Path, page: httpx.AsyncClient, port: int, people: SandboxClient
) -> None:
    bot = BotProcess(sandbox, tmp_path, SITREP_WEB__PORT=str(port))
    await bot.start()
    assert (await until(page, "/readyz", 200)).json() == {
        "status": "well",
        "ill": {},
        "parts": ["database", "telegram", "tick", "models"],
    }
    assert (await page.get("/healthz")).status_code == 200
    await people.ask(SAMPLE_READER, "/help", PATIENCE_S)
    assert await bot.stop() == 0
    assert "bot_stopped" in bot.log
    with pytest.raises(httpx.ConnectError):
        await page.get("/healthz")
