"""The whole bot on one port: webhook, health and figures together; and its log, in which a post is followed to its readers."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from driven_bot import PATIENCE_S, BotProcess, delivered, filed

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SAMPLE_READER_ID, SAMPLE_TOKEN, SandboxServer

pytestmark = pytest.mark.process

SECRET = "a-word-that-nobody-guesses"
POST = "Marovia will cut its force in the Ostra valley to 1,200 soldiers by 31 December 2030, the minister said."
STEPS = ("facts", "vectors", "summaries", "topics", "imprints", "filing")


def on_one_port(sandbox: SandboxServer, folder: Path, port: int) -> BotProcess:
    return BotProcess(
        sandbox,
        folder,
        SITREP_LOG_FORMAT="json",
        SITREP_WEB__PORT=str(port),
        SITREP_WEBHOOK__URL=f"http://127.0.0.1:{port}/webhook",
        SITREP_WEBHOOK__SECRET=SECRET,
    )


def events(bot: BotProcess) -> list[dict[str, Any]]:
    return [json.loads(line) for line in bot.log.splitlines() if line.startswith("{")]


def named(log: list[dict[str, Any]], event: str, **facts: object) -> list[dict[str, Any]]:
    return [
        one
        for one in log
        if {"event": event, **facts}.items() <= {key: value for key, value in one.items() if key != "articles"}.items()
    ]


async def until_ready(page: httpx.AsyncClient) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while (await page.get("/readyz")).status_code != 200:  # noqa: ASYNC110  another process has no event for us
            await asyncio.sleep(0.1)


async def test_four_pages_are_served_together_and_a_post_can_be_followed(
    sandbox: SandboxServer, people: SandboxClient, tmp_path: Path, port: int
) -> None:
    bot = on_one_port(sandbox, tmp_path, port)
    await bot.start()
    await people.ask(SAMPLE_READER, "/subscribe", PATIENCE_S)
    await people.post(SAMPLE_CHANNEL_ID, POST)
    await filed(bot, 1)
    answer = await people.ask(SAMPLE_READER, "/summary 24h", PATIENCE_S)
    assert "1,200" in answer.text
    await delivered(bot)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as page:
        await until_ready(page)
        assert (await page.get("/healthz")).status_code == 200
        assert (await page.post("/webhook", content="{}")).status_code == 403
        told = (await page.get("/metrics")).text
    assert await bot.stop() == 0

    for line in (
        'sitrep_updates_total{kind="channel_post",outcome="done"} 1.0',
        'sitrep_articles_settled_total{outcome="read"} 1.0',
        'sitrep_articles{state="read"} 1.0',
        'sitrep_readers{state="subscribed"} 1.0',
        'sitrep_queue_depth{queue="inbox"} 0.0',
        'sitrep_part_well{part="models"} 1.0',
        "sitrep_database_counted 1.0",
    ):
        assert line in told, line
    for step in STEPS:
        spent = re.search(rf'sitrep_reading_seconds_total{{step="{step}"}} (\S+)', told)
        assert spent is not None, step
        assert float(spent[1]) > 0, step
    memory = re.search(r"^sitrep_models_memory_bytes (\S+)$", told, re.MULTILINE)
    assert memory is not None
    assert float(memory[1]) > 50e6
    sent = re.search(r'sitrep_deliveries_total{kind="reply",outcome="sent"} (\S+)', told)
    assert sent is not None
    assert float(sent[1]) >= 2
    for secret in (
        SAMPLE_TOKEN,
        SAMPLE_TOKEN.split(":")[1],
        SECRET,
        str(SAMPLE_CHANNEL_ID),
        str(SAMPLE_READER_ID),
        "Ostra",
    ):
        # Not as a part of some number: seconds and bytes have digits enough for any id.
        assert not re.search(rf"(?<![\d.]){re.escape(secret)}(?![\d.])", told), secret

    log = events(bot)
    (queued,) = named(log, "article_queued")
    (settled,) = named(log, "update_settled", update=queued["update"])
    assert (settled["kind"], settled["outcome"]) == ("channel_post", "done")
    (filed_,) = named(log, "article_filed", article=queued["article"])
    assert filed_["story"] > 0
    kept = [one for one in named(log, "edition_kept") if queued["article"] in one["articles"]]
    sends = [one for edition in kept for one in named(log, "delivery_sent", edition=edition["edition"])]
    assert [(one["update"], type(one["delivery"])) for one in sends] == [(one["update"], int) for one in kept]
    assert sends
