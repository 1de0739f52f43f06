"""The bot without models and a worker with them, on one PostgreSQL: what is posted is read, what a reader brings, and it is counted."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from driven_bot import ENDS_WITHIN_S, BotProcess, filed

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SAMPLE_TOKEN, SandboxServer

pytestmark = pytest.mark.process

PATIENCE_S = 300
"""The worker loads the real models."""

POST = "At least 41 people were killed and 120 injured in the flood in Vandria on Tuesday, the interior ministry said."
BROUGHT = (
    "/summary The port of Halden will close from 3 May for repairs.\n\nThe port authority said on Monday that 240 workers "
    "would be sent home until the quay is rebuilt."
)


STEPS = ("facts", "vectors", "summaries", "topics", "imprints", "filing")


def told(page: str, sample: str) -> float:
    """What a page of figures says of one."""
    found = re.search(rf"^{re.escape(sample)} (\S+)$", page, re.MULTILINE)
    assert found is not None, sample
    return float(found[1])


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path, postgres_url: str) -> AsyncIterator[BotProcess]:
    bot = BotProcess(sandbox, tmp_path, SITREP_DATABASE_URL=postgres_url, SITREP_MODELS__IN_BOT="false")
    yield bot
    await bot.stop()


async def test_a_worker_reads_for_a_bot_without_models_and_ends_when_told_to(
    people: SandboxClient, bot: BotProcess, tmp_path: Path, port: int
) -> None:
    await bot.start()
    with (tmp_path / "worker.txt").open("wb") as log:
        command = (sys.executable, "-m", "bot", "worker")
        environment = bot.environment | {"SITREP_WEB__PORT": str(port)}
        worker = await asyncio.create_subprocess_exec(*command, env=environment, stderr=log)
    try:
        await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
        await people.post(SAMPLE_CHANNEL_ID, POST)
        await filed(bot, 1, PATIENCE_S)
        said = await people.ask(SAMPLE_READER, BROUGHT, PATIENCE_S)
        assert "240" in said.text
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as page:
            health = await page.get("/healthz")
            figures = (await page.get("/metrics")).text
    finally:
        worker.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(worker.wait(), ENDS_WITHIN_S + 5) == 0
    assert (health.status_code, health.json()["parts"]) == (200, ["database", "models"])
    assert told(figures, 'sitrep_articles_settled_total{outcome="read"}') == 1
    assert all(told(figures, f'sitrep_reading_seconds_total{{step="{step}"}}') > 0 for step in STEPS)
    assert told(figures, "sitrep_models_memory_bytes") > 50e6
    assert told(figures, 'sitrep_part_well{part="models"}') == 1
    assert 'part="tick"' not in figures, "by it the alert knows whether there is a bot"


@pytest.mark.parametrize("what", ["worker", "run"])
async def test_whose_database_does_not_answer_says_so_in_one_line(tmp_path: Path, port: int, what: str) -> None:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    environment = {
        "SITREP_DATABASE_URL": f"postgresql://reader:a-password@127.0.0.1:{port}/news",
        "SITREP_TOKEN": SAMPLE_TOKEN,
        "SITREP_CHANNELS": "@sample_wire",
        "PYTHONPATH": str(Path.cwd()),
    }
    command = (sys.executable, "-m", "bot", what)
    started = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    _, said = await started.communicate()
    assert started.returncode == 2, said.decode()
    assert "The database cannot be opened: connection failed" in said.decode()
    assert "Traceback" not in said.decode()
    assert "a-password" not in said.decode()


async def test_a_worker_without_a_server_says_what_it_needs(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "bot", "worker")
    worker = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env={}, stderr=asyncio.subprocess.PIPE)
    _, said = await worker.communicate()
    assert worker.returncode == 2
    assert b"PostgreSQL" in said
