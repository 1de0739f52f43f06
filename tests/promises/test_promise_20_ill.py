"""Promise 20: each part of the bot is stopped in turn; the page shows it within a minute, and one message tells the operator.

Each takes about two minutes of waiting, so they run where everything is proved; how signs of life are judged is tested in
virtual time in tests/app/test_app_health.py with every run.
"""

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from driven_bot import PATIENCE_S, BotProcess, filed
from promise_proof import WHOLE, Proof

from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SandboxServer

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not WHOLE, reason="two minutes of waiting; SITREP_PROVE=1 runs it"),
]

WITHIN_S = 60

STORY = """\
Marovia to halve its force in the Ostra valley by the end of next month

Marovia will cut its force in the disputed Ostra valley to about 1,200 soldiers by the end of next month, the defence
minister said on Tuesday, from roughly 2,500 at present."""


@dataclass
class Ward:
    """A whole bot, its page, its operator, and what Telegram is."""

    server: SandboxServer
    people: SandboxClient
    operator: int
    bot: BotProcess
    page: httpx.AsyncClient
    folder: Path

    async def shows(self, status: int) -> tuple[float, set[str]]:
        """Seconds until the page says so, at most ``WITHIN_S``, and which parts it then calls ill."""
        begun = time.monotonic()
        async with asyncio.timeout(WITHIN_S):
            while (answer := await self.page.get("/healthz")).status_code != status:  # noqa: ASYNC110  it is a page
                await asyncio.sleep(0.1)
        return time.monotonic() - begun, set(answer.json()["ill"])

    async def told(self) -> list[str]:
        return [seen.text for seen in await self.people.chat(self.operator) if seen.text.startswith("Sitrep is")]


@pytest.fixture
async def ward(tmp_path: Path, port: int) -> AsyncIterator[Ward]:
    async with (
        SandboxServer(limits=None) as server,
        SandboxClient(server.root_url) as people,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as page,
    ):
        operator = await people.add_user("Operator")
        bot = BotProcess(server, tmp_path, SITREP_WEB__PORT=str(port), SITREP_ADMINS=str(operator))
        await bot.start()
        await people.ask(operator, "/start", PATIENCE_S)
        await people.post(SAMPLE_CHANNEL_ID, STORY)
        await filed(bot, 1)
        yield Ward(server, people, operator, bot, page, tmp_path)
        assert await bot.stop() == 0


def reader_of(bot: BotProcess) -> int:
    """The process that holds the models."""
    children = Path(f"/proc/{bot.pid}/task/{bot.pid}/children").read_text(encoding="ascii").split()
    [reader] = [pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return int(reader)


@contextmanager
def stopped_tick(ward: Ward) -> Iterator[None]:
    """Nobody can be found who is due."""
    with closing(sqlite3.connect(ward.folder / "sitrep.db")) as other:
        other.execute("alter table subscribers rename to gone")
        yield
        other.execute("alter table gone rename to subscribers")


@contextmanager
def stopped_database(ward: Ward) -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    with closing(sqlite3.connect(ward.folder / "sitrep.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


@contextmanager
def stopped_models(ward: Ward) -> Iterator[None]:
    """The process that holds them stands still, with an article before it."""
    os.kill(reader_of(ward.bot), signal.SIGSTOP)
    ward.server.world.post(ward.server.world.chats[SAMPLE_CHANNEL_ID], STORY.replace("Ostra", "Visna"))
    yield
    os.kill(reader_of(ward.bot), signal.SIGCONT)


@contextmanager
def stopped_telegram(ward: Ward) -> Iterator[None]:
    """Every call is cut off, from the answer to the present one on."""
    world = ward.server.world
    world.faults.add(Fault(kind=FaultKind.DROP, times=None))
    reader = next(user for user in world.users.values() if user.first_name == SAMPLE_READER)
    world.say(reader, "/help")
    yield
    world.faults.clear()


STOPS = {"tick": stopped_tick, "database": stopped_database, "models": stopped_models, "telegram": stopped_telegram}


@pytest.mark.promise(20, "it says when it is ill")
@pytest.mark.parametrize("part", list(STOPS))
async def test_promise_20_a_part_that_stops_shows_and_is_told_once(ward: Ward, part: str, proof: Proof) -> None:
    await ward.shows(200)
    with STOPS[part](ward):
        red_s, ill = await ward.shows(503)
        assert part in ill
        if part != "telegram":  # it can be told only where Telegram takes it
            await ward.people.wait_for(ward.operator, lambda seen: "Sitrep is ill" in seen.text, 20)
    green_s, _ = await ward.shows(200)
    over = await ward.people.wait_for(ward.operator, lambda seen: "well again" in seen.text, 100)
    assert part in over.text
    told = await ward.told()
    assert [text.split(",")[0].split(" since")[0] for text in told] == ["Sitrep is ill", "Sitrep is well again"]
    proof.note(f"{part}: red after {red_s:.0f} s, green {green_s:.0f} s after it was back, one message each time")
