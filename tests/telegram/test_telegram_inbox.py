"""The update source over HTTP: what is acknowledged is stored, and what fails is asked for again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest
from structlog.testing import capture_logs

from bot.errors import Fatal
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER, SAMPLE_TOKEN, SandboxServer
from bot.store import Store
from bot.telegram.application import build_bot
from bot.telegram.inbox import PollingInbox, chat_of

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@dataclass
class Street:
    server: SandboxServer
    client: SandboxClient
    store: Store
    stored: asyncio.Event

    def inbox(self, token: str = SAMPLE_TOKEN) -> PollingInbox:
        bot = build_bot(token, self.server.base_url, self.server.base_file_url)
        return PollingInbox(self.store, bot, lambda: NOW, self.stored.set, random=Random(1), poll_s=5)

    async def pending(self) -> list[int]:
        async with self.store.read() as tx:
            return [row.update_id for row in await tx.inbox.pending(1000)]


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    async with SandboxServer(limits=None) as server, SandboxClient(server.base_url) as client:
        yield Street(server, client, store, asyncio.Event())
    await store.close()


async def test_a_batch_is_stored_before_the_next_request_acknowledges_it(street: Street) -> None:
    for number in range(5):
        await street.client.say(SAMPLE_READER, f"message {number}")
    inbox = street.inbox()
    offset = await inbox.run_once(0)
    assert len(await street.pending()) == 5
    assert (await street.client.state())["pending_updates"] == 5
    await street.client.say(SAMPLE_READER, "one more")
    assert await inbox.run_once(offset) == offset + 1
    assert (await street.client.state())["pending_updates"] == 1


async def test_a_batch_that_comes_again_after_a_crash_is_stored_once(street: Street) -> None:
    await street.client.say(SAMPLE_READER, "hello")
    await street.inbox().run_once(0)
    await street.inbox().run_once(0)
    assert len(await street.pending()) == 1


async def test_nothing_is_acknowledged_that_could_not_be_stored(street: Street) -> None:
    class FullDisk(Exception):
        pass

    class Broken(Store):
        def begin(self, *_: object) -> NoReturn:
            raise FullDisk

    inbox = street.inbox()
    inbox._store = Broken(street.store._engine)
    await street.client.say(SAMPLE_READER, "hello")
    with pytest.raises(FullDisk):
        await inbox.run_once(0)
    assert (await street.client.state())["pending_updates"] == 1


async def test_an_outage_is_waited_out_and_logged_once(street: Street) -> None:
    await street.client.fault("server_error", method="getUpdates", times=2)
    await street.client.say(SAMPLE_READER, "hello")
    with capture_logs() as logs:
        polling = asyncio.create_task(street.inbox().run())
        await asyncio.wait_for(street.stored.wait(), 10)
        polling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await polling
    assert [entry["event"] for entry in logs] == ["telegram_unreachable", "server_answered_again"]
    assert len(await street.pending()) == 1


async def test_two_copies_are_noticed(street: Street) -> None:
    with capture_logs() as logs:
        copies = [asyncio.create_task(street.inbox().run()) for _ in range(2)]
        async with asyncio.timeout(10):
            while not any(entry["event"] == "another_copy_is_polling" for entry in logs):  # noqa: ASYNC110  nothing to wait on
                await asyncio.sleep(0.01)
        for copy in copies:
            copy.cancel()
        await asyncio.gather(*copies, return_exceptions=True)


async def test_a_refused_token_stops_the_source(street: Street) -> None:
    with pytest.raises(Fatal) as caught:
        await street.inbox("424242:WRONG").run()
    assert caught.value.code == "token_refused"


async def test_a_restart_goes_on_after_the_last_stored_update(street: Street) -> None:
    await street.client.say(SAMPLE_READER, "hello")
    await street.inbox().run_once(0)
    polling = asyncio.create_task(street.inbox().run())
    async with asyncio.timeout(10):
        while (await street.client.state())["pending_updates"]:  # noqa: ASYNC110  the server is asked over HTTP
            await asyncio.sleep(0.01)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    assert len(await street.pending()) == 1


def test_every_kind_of_update_is_kept_in_order_with_its_chat() -> None:
    chat = {"id": 7, "type": "private"}
    for update in (
        {"update_id": 1, "message": {"chat": chat}},
        {"update_id": 1, "edited_channel_post": {"chat": chat}},
        {"update_id": 1, "callback_query": {"id": "1", "message": {"chat": chat}}},
        {"update_id": 1, "my_chat_member": {"chat": chat}},
    ):
        assert chat_of(update) == chat
    assert chat_of({"update_id": 1, "inline_query": {"id": "1"}}) is None
    assert chat_of({"update_id": 1, "message": "nonsense"}) is None


@pytest.mark.parametrize("chat", [None, 7, {}, {"id": None}, {"id": "x"}, {"id": [1]}, {"id": True}, {"id": 2**70}])
def test_a_chat_without_a_usable_id_is_none(chat: object) -> None:
    assert chat_of({"update_id": 1, "message": {"chat": chat}}) is None
