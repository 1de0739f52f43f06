"""Several senders with one token on PostgreSQL: the limits hold over all of them, and none takes what is another's."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from telegram.error import RetryAfter

from bot.delivery.limiter import Rates
from bot.delivery.sender import Sender
from bot.delivery.shared_limiter import SharedLimiter
from bot.store import Kind, Lane, NewOutboxItem, State, Store, Turn

PATIENCE_S = 60.0
RATES = Rates(overall_per_s=20, chat_per_s=2, chat_burst=1, group_per_min=1000)


def now() -> datetime:
    return datetime.now(UTC)


def message(chat: int, number: int = 0, kind: Kind = Kind.REPLY) -> NewOutboxItem:
    params = {"chat_id": chat, "text": str(number)}
    key = f"reply:{chat}:{number}"
    return NewOutboxItem(chat_id=chat, lane=Lane.REPLY, kind=kind, method="sendMessage", params=params, dedupe_key=key)


class Wire:
    """Telegram's side of all senders: when each message came, and to whom."""

    def __init__(self) -> None:
        self.came: list[tuple[float, int]] = []
        self.fails: list[Exception] = []
        self.hold = asyncio.Event()
        self.hold.set()

    async def do_api_request(self, endpoint: str, api_kwargs: Any = None) -> Any:
        assert endpoint == "sendMessage"
        self.came.append((asyncio.get_running_loop().time(), api_kwargs["chat_id"]))
        if self.fails:
            raise self.fails.pop()
        await self.hold.wait()
        return {"message_id": len(self.came)}


@pytest.fixture
async def stores(postgres_url: str) -> AsyncIterator[list[Store]]:
    """The database as three processes have it."""
    opened = [await Store.open(postgres_url) for _ in range(3)]
    yield opened
    for store in opened:
        await store.close()


def start(stores: list[Store], wire: Wire) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(Sender(store, wire, SharedLimiter(RATES), now).run()) for store in stores]


async def stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


async def until(store: Store, state: State, rows: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with store.read() as tx:
                if (await tx.outbox.counts())[state] >= rows:
                    return
            await asyncio.sleep(0.05)


async def test_the_limits_hold_over_all_senders(stores: list[Store]) -> None:
    """By the moments that they give: when a loaded machine then wakes up is another matter."""
    limiters = [SharedLimiter(RATES) for _ in stores]
    moments: list[tuple[float, int]] = []

    async def book(store: Store, limiter: SharedLimiter, chats: range) -> None:
        for chat in chats:
            async with store.begin(Turn.MAIL) as tx:
                await limiter.load(tx)
                await limiter.book(tx, [(chat, chat % 15)])
            moments.append((limiter._moments[chat], chat % 15))

    await asyncio.gather(
        *(
            book(store, limiter, range(first, 120, 3))
            for first, (store, limiter) in enumerate(zip(stores, limiters, strict=True))
        )
    )
    all_of_them = sorted(moment for moment, _ in moments)
    assert len(all_of_them) == 120
    assert (
        max(sum(first <= other < first + 1.0 for other in all_of_them) for first in all_of_them) <= RATES.overall_per_s
    )
    for chat in range(15):
        times = sorted(moment for moment, whom in moments if whom == chat)
        assert all(later - earlier >= 1 / RATES.chat_per_s for earlier, later in pairwise(times)), chat


async def test_nothing_is_sent_twice(stores: list[Store]) -> None:
    wire = Wire()
    async with stores[0].begin() as tx:
        await tx.outbox.put_all([message(chat, number) for chat in range(1, 41) for number in range(2)], now())
    tasks = start(stores, wire)
    await until(stores[0], State.SENT, 80)
    await stop(tasks)
    assert Counter(chat for _, chat in wire.came) == dict.fromkeys(range(1, 41), 2)


async def test_a_pause_that_one_is_told_of_holds_them_all(stores: list[Store]) -> None:
    wire = Wire()
    wire.fails = [RetryAfter(timedelta(seconds=3))]
    async with stores[0].begin() as tx:
        await tx.outbox.put(message(1), now())
    tasks = start(stores, wire)
    async with asyncio.timeout(PATIENCE_S):
        while not wire.came:  # noqa: ASYNC110  the senders make it so
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.5)  # the one who was told writes it down with its next turn
    async with stores[0].begin() as tx:
        await tx.outbox.put_all([message(chat) for chat in range(2, 12)], now())
    await until(stores[0], State.SENT, 11)
    await stop(tasks)
    told, *later = sorted(moment for moment, _ in wire.came)
    assert min(later) - told >= 2.9


async def test_what_is_in_the_hands_of_a_living_sender_is_left_to_it_and_of_a_dead_one_is_settled(
    stores: list[Store], postgres_url: str
) -> None:
    wire = Wire()
    wire.hold.clear()
    async with stores[0].begin() as tx:
        await tx.outbox.put(message(1), now())
    first = start(stores[:1], wire)
    await until(stores[0], State.SENDING, 1)
    others = start(stores[1:], wire)
    await asyncio.sleep(1.0)  # each of them has looked for what dead senders left
    assert len(wire.came) == 1
    with psycopg.connect(postgres_url, autocommit=True) as raw:  # as if it had been dead for a minute
        raw.execute("UPDATE outbox SET sender = 'dead'")
        raw.execute("INSERT INTO senders VALUES ('dead', now() - interval '1 minute')")
    async with asyncio.timeout(PATIENCE_S):
        while len(wire.came) < 2:  # noqa: ASYNC110  the senders make it so
            await asyncio.sleep(0.05)
    wire.hold.set()
    await until(stores[0], State.SENT, 1)
    await stop([*first, *others])
