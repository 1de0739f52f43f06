"""Updates that Telegram posts: only its own are taken, and 200 means that the update is committed."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import httpx
import pytest
from promise_proof import Proof
from starlette.applications import Starlette
from structlog.testing import capture_logs
from telegram import Bot

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER, SAMPLE_TOKEN, SandboxServer
from bot.settings import SettingsError, load_settings
from bot.store import Store
from bot.telegram.application import build_bot
from bot.telegram.webhook import MAX_BODY_BYTES, PATH, WebhookInbox

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SECRET = "the-word-that-Telegram-says_0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Door:
    """The webhook, and who knocks."""

    store: Store
    file: Path
    client: httpx.AsyncClient
    woken: asyncio.Event

    async def knock(self, body: bytes | str, secret: str | bytes | None = SECRET) -> int:
        headers = {} if secret is None else {HEADER: secret}
        return (await self.client.post(PATH, content=body, headers=headers)).status_code

    async def pending(self) -> list[int]:
        async with self.store.read() as tx:
            return [row.update_id for row in await tx.inbox.pending(10_000)]


def update(number: int, text: str = "/help") -> str:
    chat = {"id": 7, "type": "private", "first_name": "Ada"}
    return json.dumps({"update_id": number, "message": {"message_id": number, "date": 0, "chat": chat, "text": text}})


def webhook(store: Store, bot: Bot, woken: asyncio.Event, url: str = "https://bot.example.org/webhook") -> WebhookInbox:
    return WebhookInbox(store, bot, lambda: NOW, woken.set, url=url, secret=SECRET, random=Random(1))


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    file = tmp_path / "sitrep.db"
    store = await Store.open(f"sqlite+aiosqlite:///{file}")
    woken = asyncio.Event()
    bot = build_bot(SAMPLE_TOKEN, "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot")
    app = Starlette(routes=webhook(store, bot, woken).routes)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        yield Door(store, file, client, woken)
    await store.close()


def almost(random: Random) -> str | bytes | None:
    """Something like the secret, and not it."""
    at = random.randrange(len(SECRET))
    return random.choice(
        [
            None,
            "",
            SECRET[:at],
            SECRET + random.choice("a0-"),
            SECRET[:at] + ("X" if SECRET[at] != "X" else "Y") + SECRET[at + 1 :],
            SECRET.swapcase(),
            SECRET[::-1],
            " " + SECRET[1:],
            random.randbytes(8).hex(),
            "é".encode() + SECRET.encode(),
            SECRET.encode() + b"\xff",
        ]
    )


@pytest.mark.promise(16, "only Telegram calls the webhook")
async def test_promise_16_wrong_secrets_are_refused(door: Door, proof: Proof) -> None:
    secrets = proof.size(1000, "wrong, missing and nearly right secrets")
    for number in range(secrets):
        assert await door.knock(update(number), almost(proof.random)) == 403
    assert await door.pending() == []
    proof.note(f"{secrets:,} times 403, nothing kept")
    assert not door.woken.is_set()
    assert await door.knock(update(1)) == 200


@pytest.mark.promise(16, "only Telegram calls the webhook")
async def test_promise_16_no_more_than_a_mebibyte_is_read(door: Door, proof: Proof) -> None:
    assert await door.knock(update(1, "x" * MAX_BODY_BYTES)) == 413
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 65_536
            yield b" " * 65_536

    answer = await door.client.post(PATH, content=endless(), headers={HEADER: SECRET})
    assert answer.status_code == 413
    assert read <= MAX_BODY_BYTES + 4 * 65_536
    assert await door.knock(update(2, "x" * (MAX_BODY_BYTES - 1000))) == 200
    assert await door.pending() == [2]
    proof.note(f"an endless body was left after {read / 2**20:.2f} MiB")


@pytest.mark.promise(8, "inbound exactly once in effect")
async def test_promise_8_200_is_answered_only_after_the_commit(door: Door, proof: Proof) -> None:
    updates = proof.size(500, "updates by webhook")
    for number in range(updates):
        assert await door.knock(update(number)) == 200
        with sqlite3.connect(door.file) as other_process:  # sees what is committed, and no more
            assert other_process.execute("select count(*) from inbox").fetchone() == (number + 1,)
    assert door.woken.is_set()
    proof.note("each was in the database when 200 was answered")


async def test_promise_8_an_update_that_comes_again_is_kept_once(door: Door) -> None:
    for _ in range(10):
        for number in range(50):
            assert await door.knock(update(number)) == 200
    assert await door.pending() == list(range(50))


async def test_what_cannot_be_kept_is_not_acknowledged(door: Door) -> None:
    with sqlite3.connect(door.file) as other:
        other.execute("drop table inbox")
    with capture_logs() as logs:
        assert await door.knock(update(1)) == 503
    assert [log["event"] for log in logs] == ["updates_not_stored"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no json",
        "[]",
        "null",
        "{}",
        '{"update_id": "7"}',
        '{"update_id": true}',
        '{"update_id": -1}',
        '{"update_id": 99999999999999999999999}',
        "[" * 100_000,
    ],
)
async def test_what_is_no_update_is_refused_and_harms_nothing(door: Door, body: str) -> None:
    assert await door.knock(body) == 400
    assert await door.pending() == []


async def test_nothing_else_is_answered(door: Door) -> None:
    assert (await door.client.get(PATH)).status_code == 405
    assert (await door.client.post("/", content=update(1), headers={HEADER: SECRET})).status_code == 404


async def test_the_address_is_registered_and_kept_registered(door: Door) -> None:
    async with SandboxServer(limits=None) as server, SandboxClient(server.base_url) as people:
        bot = build_bot(SAMPLE_TOKEN, server.base_url, server.base_file_url)
        async with bot:
            inbox = webhook(door.store, bot, door.woken, "http://127.0.0.1:9/webhook")
            await inbox.run_once()
            assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/webhook"
            await bot.delete_webhook()
            await people.say(SAMPLE_READER, "hello")
            await inbox.run_once()
            found = await bot.get_webhook_info()
            assert (found.url, found.pending_update_count) == ("http://127.0.0.1:9/webhook", 1)


@pytest.mark.promise(16, "only Telegram calls the webhook")
def test_promise_16_without_a_secret_there_is_no_webhook(proof: Proof) -> None:
    proof.note("neither the settings nor the webhook itself take an empty secret")
    with pytest.raises(SettingsError, match=r"webhook\.secret is missing"):
        load_settings(ROOT / "tests" / "promises" / "half_a_webhook.toml")
    with pytest.raises(ValueError, match="secret"):
        WebhookInbox(None, None, lambda: NOW, lambda: None, url="https://x.org/webhook", secret="", random=Random(1))  # type: ignore[arg-type]  # it must not come so far
