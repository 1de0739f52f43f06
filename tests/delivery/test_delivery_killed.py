"""Promises 1 and 2 of RELIABILITY.md in small: the process that sends is killed again and again."""

import asyncio
import contextlib
import random
import sys
from collections import Counter

import pytest
from botapi_double import BotApi, edition, now, reply

from bot.desk.profile import Window
from bot.store import Store, Subscriber

CHATS = 400
KILLS = 8

SENDER = """
import asyncio, sys
from datetime import UTC, datetime
from telegram import Bot
from telegram.request import HTTPXRequest
from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.store import Store

async def main():
    store = await Store.open(sys.argv[1])
    bot = Bot("1:token", base_url=sys.argv[2], request=HTTPXRequest(read_timeout=5))
    rates = Rates(overall_per_s=150, chat_per_s=100, chat_burst=10)
    await Sender(store, bot, Limiter(rates), lambda: datetime.now(UTC)).run()

asyncio.run(main())
"""


def plain(chat: int) -> Subscriber:
    return Subscriber(
        chat_id=chat,
        kind="private",
        language="en",
        subscribed=True,
        active=True,
        topics=frozenset(),
        times=(),
        zone="UTC",
        watermark=None,
        next_due_at=None,
        created_at=now(),
    )


@pytest.mark.process
async def test_a_sender_killed_again_and_again_tells_nothing_twice_and_knows_what_is_in_doubt(
    store: Store, url: str, api: BotApi
) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)  # noqa: T201  to run it again
    chance = random.Random(seed)
    until = now()
    async with store.begin() as tx:
        number = await tx.editions.add("{}", "en", Window(until, until), until)
        for chat in range(1, CHATS + 1):
            await tx.subscribers.save(plain(chat))
        parts = [edition(chat, number, until, part=part, parts=2) for chat in range(1, CHATS + 1) for part in (1, 2)]
        await tx.outbox.put_all([*parts, *(reply(chat) for chat in range(1, CHATS + 1, 5))], until)
    api.latency_s = 0.01
    api.hook = lambda _: "drop after" if chance.random() < 0.02 else None

    for life in range(KILLS + 1):
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", SENDER, url, api.url)
        if life < KILLS:
            with contextlib.suppress(TimeoutError):  # there may be nothing left to send
                await api.until(len(api.calls) + 1, timeout_s=3)
            await asyncio.sleep(chance.uniform(0, 0.25))
        else:
            await finished(store)
        process.kill()
        await process.wait()

    copies = Counter((call.chat, call.params["text"]) for call in api.delivered)
    editions = {told: count for told, count in copies.items() if told[1].startswith("part")}
    assert max(editions.values()) == 1
    assert max(copies.values()) <= 5
    async with store.read() as tx:
        counts = await tx.outbox.counts()
        for chat in range(1, CHATS + 1):
            found = await tx.subscribers.get(chat)
            assert found is not None
            whole = copies[chat, "part 1 of 2"] and copies[chat, "part 2 of 2"]
            assert found.uncertain or found.watermark == until, f"chat {chat} was forgotten"
            assert not found.watermark or whole, f"chat {chat} was told less than its watermark says"
    lost = [chat for chat in range(1, CHATS + 1, 5) if not copies[chat, "answer 1"]]
    assert len(lost) <= counts["parked"]  # five times on the wire when the process died


async def finished(store: Store) -> None:
    """Wait until nothing is open any more."""
    async with asyncio.timeout(60):
        open_rows = 1
        while open_rows:
            await asyncio.sleep(0.1)
            async with store.read() as tx:
                counts = await tx.outbox.counts()
            open_rows = counts["queued"] + counts["sending"]
