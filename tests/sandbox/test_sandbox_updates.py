from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SandboxServer

Raw = Callable[..., Awaitable[dict[str, Any]]]
READER = 1001
CHANNEL = -1_001_000_000_001


def texts(body: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in body["result"]]


async def test_updates_come_again_until_a_later_offset_confirms_them(people: SandboxClient, raw: Raw) -> None:
    for text in ("one", "two", "three"):
        await people.say(READER, text)
    first = await raw("getUpdates")
    assert texts(first) == texts(await raw("getUpdates")) == ["one", "two", "three"]
    second = first["result"][1]["update_id"]
    assert texts(await raw("getUpdates", offset=second)) == ["two", "three"]
    assert texts(await raw("getUpdates")) == ["two", "three"]
    assert texts(await raw("getUpdates", offset=second + 2)) == []


async def test_limit_and_negative_offset_cut_from_either_end(people: SandboxClient, raw: Raw) -> None:
    for text in ("one", "two", "three"):
        await people.say(READER, text)
    assert texts(await raw("getUpdates", limit=2)) == ["one", "two"]
    assert texts(await raw("getUpdates", offset=-1)) == ["three"]
    assert texts(await raw("getUpdates")) == ["three"]


async def test_a_waiting_call_is_answered_when_something_happens(people: SandboxClient, raw: Raw) -> None:
    waiting = asyncio.create_task(raw("getUpdates", timeout=30))
    while not waiting.done():
        await people.say(READER, "news")
        await asyncio.wait([waiting], timeout=1)
    assert texts(waiting.result())[0] == "news"


async def test_a_second_caller_ends_the_first_with_a_conflict(
    sandbox: SandboxServer, people: SandboxClient, raw: Raw
) -> None:
    waiting = asyncio.create_task(raw("getUpdates", timeout=30))
    await sandbox.world.bot.updates.polled.wait()
    assert (await raw("getUpdates", timeout=0))["ok"]
    body = await waiting
    assert body["error_code"] == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request")
    await people.say(READER, "still here")
    assert texts(await raw("getUpdates")) == ["still here"]


async def test_allowed_updates_are_remembered(people: SandboxClient, raw: Raw) -> None:
    await raw("getUpdates", allowed_updates=["channel_post"])
    await people.say(READER, "not wanted")
    await people.post(CHANNEL, "wanted")
    kinds = [set(update) - {"update_id"} for update in (await raw("getUpdates"))["result"]]
    assert kinds == [{"channel_post"}]


@asynccontextmanager
async def receiver(statuses: list[int]) -> AsyncIterator[tuple[str, asyncio.Queue[tuple[str, dict[str, Any]]]]]:
    """An HTTP server that notes the secret and the update of each request and answers the given statuses, then 200."""
    got: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        status = statuses.pop(0) if statuses else 200
        got.put_nowait((headers.get("x-telegram-bot-api-secret-token", ""), body))
        writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook", got


async def test_a_webhook_gets_each_update_with_its_secret_until_it_answers_200(people: SandboxClient, raw: Raw) -> None:
    async with receiver([500, 403]) as (url, got):
        assert (await raw("setWebhook", url=url, secret_token="s3cret"))["ok"]
        await people.say(READER, "one")
        await people.say(READER, "two")
        every = [await asyncio.wait_for(got.get(), 10) for _ in range(4)]
        assert [body["message"]["text"] for _, body in every] == ["one", "one", "one", "two"]
        assert {secret for secret, _ in every} == {"s3cret"}
        refused = await raw("getUpdates")
        assert refused["error_code"] == 409
        assert "webhook is active" in refused["description"]
        info = (await raw("getWebhookInfo"))["result"]
        assert info["url"] == url
        assert info["last_error_message"] == "Wrong response from the webhook: 403"
        assert (await raw("deleteWebhook"))["ok"]
        await people.say(READER, "three")
        assert texts(await raw("getUpdates"))[-1] == "three"


@pytest.mark.parametrize("secret", ["", "with space", "naïve", "x" * 257])
async def test_a_secret_that_telegram_would_not_take_is_refused(raw: Raw, secret: str) -> None:
    body = await raw("setWebhook", url="http://127.0.0.1:9/", secret_token=secret)
    assert body["description"] == "Bad Request: secret token contains unallowed characters"


async def test_a_webhook_elsewhere_is_refused(raw: Raw) -> None:
    body = await raw("setWebhook", url="https://example.org/hook")
    assert body["error_code"] == 400
    assert "bad webhook" in body["description"]
