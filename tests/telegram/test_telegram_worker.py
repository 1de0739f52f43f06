"""The worker against the real store: once in effect, in order, and nobody waits for another's trouble."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.constants import ChatID

from bot.desk.edition import Edition
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk, Wish
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ThreadedReader
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer
from bot.store import LANES, OutboxItem, Store, Subscriber
from bot.telegram import replies
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.desk_context import Desk
from bot.telegram.worker import Worker
from models.api import Article, Reading

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
TEXT = "Arvania will send 2,500 troops to its eastern border, the ministry said on Sunday after a long day of talks."


class GatedReader(PlainReader):
    """Reads once the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Event()

    def read(self, articles: list[Article]) -> list[Reading]:  # type: ignore[override]  # narrower is enough here
        assert self.gate.wait(20)
        return super().read(articles)


class FailingDesk(EditionDesk):
    """Cannot make editions."""

    async def summary_now(self, subscriber: Subscriber, wish: Wish) -> Edition:
        del subscriber, wish
        raise RuntimeError("no edition today")


def message(update_id: int, text: str, chat_id: int = 7, kind: str = "private") -> dict[str, Any]:
    # In groups an administrator who stays anonymous, about whom Telegram need not be asked.
    sender = 7 if kind == "private" else ChatID.ANONYMOUS_ADMIN
    user = {"id": sender, "is_bot": False, "first_name": "Reader", "language_code": "en"}
    body: dict[str, Any] = {
        "message_id": update_id,
        "date": int(NOW.timestamp()),
        "chat": {"id": chat_id, "type": kind, "first_name": "Reader"},
        "from": user,
        "text": text,
    }
    if text.startswith("/"):
        body["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
    return {"update_id": update_id, "message": body}


def press(update_id: int, data: str, chat_id: int = 7, *, on: int = 1) -> dict[str, Any]:
    under = message(on, "menu", chat_id)["message"]
    return {
        "update_id": update_id,
        "callback_query": {
            "id": str(update_id),
            "from": under["from"],
            "chat_instance": "1",
            "message": under,
            "data": data,
        },
    }


@dataclass
class Bench:
    """A store, a server to know ourselves by, and as many lives of the worker as a test needs."""

    url: str
    server: SandboxServer
    store: Store
    reader: GatedReader = field(default_factory=GatedReader)
    broken: bool = False

    async def deliver(self, *updates: dict[str, Any] | str) -> None:
        async with self.store.begin() as tx:
            for number, update in enumerate(updates):
                if isinstance(update, str):
                    await tx.inbox.add(number + 1, 7, update, NOW)
                else:
                    inner = update.get("message") or update["callback_query"]["message"]
                    await tx.inbox.add(update["update_id"], inner["chat"]["id"], json.dumps(update), NOW)

    def work(self) -> "Life":
        return Life(self)

    async def subscriber(self, chat_id: int = 7) -> Subscriber | None:
        async with self.store.read() as tx:
            return await tx.subscribers.get(chat_id)

    async def outbox(self) -> list[OutboxItem]:
        """What has been put in the outbox since the last look, in the order in which it would be sent."""
        found: list[OutboxItem] = []
        async with self.store.begin() as tx:
            while items := await tx.outbox.claim(LANES, 1000, NOW):
                for item in items:
                    await tx.outbox.sent(item.id, None, NOW)
                found += items
        return found

    async def parked(self) -> dict[int, str]:
        async with self.store.read() as tx:
            return {row.update_id: reason for row, reason in await tx.inbox.parked(100)}


class Life:
    """One life of the worker, from start to a cancellation."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def __aenter__(self) -> Worker:
        bench = self._bench
        self._threaded = ThreadedReader(bench.reader)
        editions = (FailingDesk if bench.broken else EditionDesk)(bench.store, self._threaded, lambda: NOW)
        desk = Desk(store=bench.store, editions=editions, defaults=Defaults(), clock=lambda: NOW)
        bot = build_bot(SAMPLE_TOKEN, bench.server.base_url, bench.server.base_file_url)
        self._application = build_application(bot, desk)
        await connect(self._application, Random(1))
        posts = PostDesk(Channels([]), lambda: NOW)
        self.worker = Worker(
            bench.store, self._application, posts, lambda: NOW, on_articles=lambda: None, retry_pause_s=0
        )
        self._task = asyncio.create_task(self.worker.run())
        return self.worker

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await disconnect(self._application)
        self._threaded.close()


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    url = f"sqlite+aiosqlite:///{tmp_path}/sitrep.db"
    store = await Store.open(url)
    async with SandboxServer(limits=None) as server:
        bench = Bench(url, server, store)
        yield bench
        bench.reader.gate.set()
    await bench.store.close()


async def test_a_worker_stopped_at_any_moment_repeats_and_loses_nothing(bench: Bench) -> None:
    """A press of a topic undoes the one before: an effect that came twice or not at all would show."""
    topics = ["02000000", "07000000", "16000000"]
    presses = [press(number, f"1:topic:{topics[number % 3]}", on=number) for number in range(1, 42)]
    await bench.deliver(*presses)
    chance = Random(20261122)
    lives = 0
    while True:
        async with bench.work() as worker:
            idle = asyncio.create_task(worker.wait_idle())
            done, _ = await asyncio.wait([idle], timeout=chance.uniform(0, 0.06))
            lives += 1
        idle.cancel()
        await asyncio.gather(idle, return_exceptions=True)
        await bench.store.close()
        bench.store = await Store.open(bench.url)
        if done:
            break
    subscriber = await bench.subscriber()
    assert subscriber is not None
    # 41 presses: the numbers 1..41 fall 13, 14 and 14 times on the three; what was pressed an odd number of times stays.
    assert subscriber.topics == {"medtop:02000000"}
    edits = await bench.outbox()
    assert [item.params["message_id"] for item in edits] == list(range(1, 42))
    assert lives > 1


async def test_a_reading_that_was_cut_off_is_answered_once(bench: Bench) -> None:
    await bench.deliver(message(1, f"/summary {TEXT}"))
    async with bench.work():
        await asyncio.sleep(0.1)
    assert await bench.outbox() == []
    bench.reader.gate.set()
    async with bench.work() as worker:
        await worker.wait_idle()
    assert ["2,500" in item.params["text"] for item in await bench.outbox()] == [True]


async def test_replies_of_a_chat_come_in_the_order_of_what_was_written(bench: Bench) -> None:
    await bench.deliver(*(message(n, f"/schedule {n % 24}:{n % 60:02}", 100 + n % 5) for n in range(1, 61)))
    async with bench.work() as worker:
        await worker.wait_idle()
    items = await bench.outbox()
    for chat_id in range(100, 105):
        told = [item.params["text"].split("Hours: ")[1][:5] for item in items if item.chat_id == chat_id]
        assert told == [f"{n % 24:02}:{n % 60:02}" for n in range(1, 61) if 100 + n % 5 == chat_id]


async def test_a_slow_reading_holds_up_nobody_else(bench: Bench) -> None:
    slow = [message(n, f"/summary {TEXT}", 200 + n) for n in range(1, 41)]
    await bench.deliver(*slow, message(50, "/help", 300))
    async with bench.work() as worker:
        worker.wake()
        async with asyncio.timeout(10):
            while not (answered := await bench.outbox()):  # noqa: ASYNC110  the database has nothing to wait on
                await asyncio.sleep(0.01)
        assert [item.chat_id for item in answered] == [300]
        bench.reader.gate.set()
        await worker.wait_idle()
    assert len(await bench.outbox()) == 40


async def test_what_cannot_be_parsed_is_parked_with_its_reason_and_the_chat_goes_on(bench: Bench) -> None:
    broken = message(3, "hello")
    broken["message"]["date"] = "yesterday"
    await bench.deliver("{not json", "[1]", json.dumps(broken))
    await bench.deliver(message(9, "/help"))
    async with bench.work() as worker:
        await worker.wait_idle()
    parked = await bench.parked()
    assert sorted(parked) == [1, 2, 3]
    assert parked[1].startswith("update_not_json")
    assert parked[3].startswith("update_unreadable")
    assert "What I can do" in (await bench.outbox())[-1].params["text"]


async def test_what_fails_three_times_is_parked_and_told_once(bench: Bench) -> None:
    bench.broken = True
    await bench.deliver(message(1, "/summary"), message(2, "/help"))
    with capture_logs() as logs:
        async with bench.work() as worker:
            await worker.wait_idle()
    assert await bench.parked() == {1: "RuntimeError: no edition today"}
    assert [entry["event"] for entry in logs].count("update_failed") == 3
    texts = [item.params["text"] for item in await bench.outbox()]
    assert texts[0] == replies.BROKEN
    assert len(texts) == 2


@pytest.mark.parametrize(
    "data", ["0:topic:04000000", "1:topic:99", "1:hour:2599", "1:show:nothing", "other bot", "1:sum:9h"]
)
async def test_a_stale_or_foreign_button_is_answered_with_the_present_ones_and_changes_nothing(
    bench: Bench, data: str
) -> None:
    await bench.deliver(press(1, data))
    async with bench.work() as worker:
        await worker.wait_idle()
    (shown,) = await bench.outbox()
    assert shown.params["reply_markup"]["inline_keyboard"]
    assert await bench.parked() == {}
    assert await bench.subscriber() is None


async def test_a_group_is_answered_by_a_reply_and_only_when_spoken_to(bench: Bench) -> None:
    await bench.deliver(
        message(1, "/subscribe", -50, "group"),
        message(2, "/weather", -50, "group"),
        message(3, "good morning", -50, "group"),
        message(4, "/xyzzy@sitrep_sandbox_bot", -50, "supergroup"),
    )
    async with bench.work() as worker:
        await worker.wait_idle()
    items = await bench.outbox()
    assert [item.params["reply_parameters"]["message_id"] for item in items] == [1, 4]
    subscriber = await bench.subscriber(-50)
    assert subscriber is not None
    assert subscriber.kind == "group"


async def test_a_group_that_becomes_a_supergroup_keeps_its_settings(bench: Bench) -> None:
    moved = message(2, "", -50, "group")
    del moved["message"]["text"]
    moved["message"]["migrate_to_chat_id"] = -1005
    await bench.deliver(message(1, "/schedule 7:15 Kyiv", -50, "group"), moved)
    async with bench.work() as worker:
        await worker.wait_idle()
    subscriber = await bench.subscriber(-1005)
    assert subscriber is not None
    assert subscriber.zone == "Europe/Kyiv"
    assert await bench.subscriber(-50) is None


@pytest.mark.parametrize(
    "strange",
    [
        {"callback_query": True},
        {"callback_query": {"data": "1:show:settings"}},
        {"message": -1},
        {"message": {"message_id": 3, "date": 1, "chat": {}, "text": "/help"}},
        {"my_chat_member": {"chat": "x"}},
        {"message": {"message_id": 3, "date": 1, "chat": {"id": [None], "type": "private"}, "text": "/help"}},
        {"edited_channel_post": {"chat": "x"}},
    ],
)
async def test_an_update_of_no_known_shape_is_put_aside_and_the_next_one_is_handled(
    bench: Bench, strange: dict[str, Any]
) -> None:
    await bench.deliver(json.dumps({"update_id": 1, **strange}), json.dumps({"update_id": 2, "message": {"chat": {}}}))
    await bench.deliver(message(3, "/help"))
    async with bench.work() as worker, asyncio.timeout(4):  # sooner than the worker would look again by itself
        await worker.wait_idle()
    assert "What I can do" in (await bench.outbox())[-1].params["text"]
