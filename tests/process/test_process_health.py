"""The page says when the bot is ready; a database that stops shows within a minute, and its recovery too."""

import asyncio
import os
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from driven_bot import PATIENCE_S, BotProcess, filed

from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SandboxServer

pytestmark = pytest.mark.process

PROVING = pytest.mark.skipif("SITREP_PROVE" not in os.environ, reason="takes minutes; SITREP_PROVE=1 runs it")

STORY = """\
Marovia to halve its force in the Ostra valley by the end of next month

Marovia will cut its force in the disputed Ostra valley to about 1,200 soldiers by the end of next month, the defence
minister said on Tuesday, from roughly 2,500 at present."""


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
    with pytest.raises(httpx.ConnectError):
        await page.get("/healthz")


def reader_of(bot: BotProcess) -> int:
    """The process that holds the models."""
    children = Path(f"/proc/{bot.pid}/task/{bot.pid}/children").read_text(encoding="ascii").split()
    [reader] = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return int(reader)


@PROVING
async def test_models_that_stop_show_within_a_minute_and_so_does_their_recovery(
    sandbox: SandboxServer, people: SandboxClient, tmp_path: Path, page: httpx.AsyncClient, port: int
) -> None:
    bot = BotProcess(sandbox, tmp_path, SITREP_WEB__PORT=str(port))
    await bot.start()
    await people.post(SAMPLE_CHANNEL_ID, STORY)
    await filed(bot, 1)
    os.kill(reader_of(bot), signal.SIGSTOP)
    await people.post(SAMPLE_CHANNEL_ID, STORY.replace("Ostra", "Visna"))
    assert list((await until(page, "/healthz", 503, within_s=65)).json()["ill"]) == ["models"]
    os.kill(reader_of(bot), signal.SIGCONT)
    await until(page, "/healthz", 200, within_s=60)
    assert await bot.stop() == 0


@PROVING
async def test_an_outage_of_telegrams_is_told_once_it_is_over_and_shows_meanwhile(
    sandbox: SandboxServer, people: SandboxClient, tmp_path: Path, page: httpx.AsyncClient, port: int
) -> None:
    admin = await people.add_user("Operator")
    bot = BotProcess(sandbox, tmp_path, SITREP_WEB__PORT=str(port), SITREP_ADMINS=str(admin))
    await bot.start()
    await people.ask(admin, "/start", PATIENCE_S)
    await until(page, "/readyz", 200)
    sandbox.world.faults.add(Fault(kind=FaultKind.DROP, times=None))
    assert list((await until(page, "/healthz", 503, within_s=90)).json()["ill"]) == ["telegram"]
    sandbox.world.faults.clear()
    await until(page, "/healthz", 200, within_s=90)
    await people.wait_for(admin, lambda seen: "well again" in seen.text, 90)
    told = [seen.text for seen in await people.chat(admin) if seen.text.startswith("Sitrep is")]
    assert len(told) == 2
    assert await bot.stop() == 0


@PROVING
async def test_a_database_that_stops_shows_within_a_minute_and_so_does_its_recovery(
    sandbox: SandboxServer, people: SandboxClient, tmp_path: Path, page: httpx.AsyncClient, port: int
) -> None:
    admin = await people.add_user("Operator")
    bot = BotProcess(sandbox, tmp_path, SITREP_WEB__PORT=str(port), SITREP_ADMINS=str(admin))
    await bot.start()
    await people.ask(admin, "/start", PATIENCE_S)
    await until(page, "/readyz", 200)
    with closing(sqlite3.connect(tmp_path / "sitrep.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "database" in (await until(page, "/healthz", 503, within_s=60)).json()["ill"]
        await people.wait_for(admin, lambda seen: "Sitrep is ill" in seen.text and "database" in seen.text, 15)
        other.execute("ROLLBACK")
    await until(page, "/healthz", 200, within_s=60)
    await people.wait_for(admin, lambda seen: "well again" in seen.text, 60)
    told = [seen.text for seen in await people.chat(admin) if seen.text.startswith("Sitrep is")]
    assert len(told) == 2
    assert await bot.stop() == 0
