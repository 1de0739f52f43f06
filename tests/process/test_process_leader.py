"""Two copies of the bot on one PostgreSQL: one leads, the other takes over, and readers notice a pause at most."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from driven_bot import PATIENCE_S, BotProcess

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER, SandboxServer

pytestmark = pytest.mark.process

TAKEN_OVER_S = 30


@pytest.fixture
async def pair(
    sandbox: SandboxServer, tmp_path: Path, postgres_url: str
) -> AsyncIterator[tuple[BotProcess, BotProcess]]:
    """Two copies, neither of them started."""
    folders = tmp_path / "first", tmp_path / "second"
    for folder in folders:
        folder.mkdir()
    first, second = (BotProcess(sandbox, folder, SITREP_DATABASE_URL=postgres_url) for folder in folders)
    yield first, second
    for bot in (first, second):
        await bot.stop()


async def said(bot: BotProcess, words: str, within_s: float) -> None:
    async with asyncio.timeout(within_s):
        while words not in bot.log:
            bot.must_live()
            await asyncio.sleep(0.05)


async def test_a_killed_leader_is_followed_by_the_other_copy_within_half_a_minute(
    people: SandboxClient, pair: tuple[BotProcess, BotProcess]
) -> None:
    first, second = pair
    await first.start()
    await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
    await second.start()
    await said(second, "bot_started", PATIENCE_S)
    assert "leading_began" in first.log
    assert "leading_began" not in second.log
    await first.kill()
    await said(second, "leading_began", TAKEN_OVER_S)
    await people.ask(SAMPLE_READER, "/help", PATIENCE_S)
    assert "another_copy_is_polling" not in second.log
