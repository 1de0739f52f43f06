"""Promise 5: a chat that refuses us is let go after one message, costs nothing from then on, and is welcome back."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from half_bot import half_a_bot
from promise_proof import Proof
from promise_street import arrived, chat_of, database, file_news, is_done, move_in

from bot.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.store import Store

MORNING = datetime(2030, 11, 22, 7, tzinfo=UTC)
NEWS = (("Abelin",), ("Brovka",), ("Cindra",))


async def told(store: Store, morning: datetime) -> None:
    async with asyncio.timeout(600):
        while not await is_done(store, morning):  # noqa: ASYNC110  the sender works on it
            await asyncio.sleep(0.1)


@pytest.mark.promise(5, "gone chats stop costing")
async def test_promise_5_who_blocked_the_bot_is_tried_once_and_back_on_start(tmp_path: Path, proof: Proof) -> None:
    readers = proof.size(5_000, "chats, 10 % of which answer 403")
    store = await Store.open(database(tmp_path))
    clock = Clock()
    async with SandboxServer(limits=None, clock=clock) as server:
        people = await move_in(server, store, readers, MORNING)
        gone = proof.random.sample(people, readers // 10)
        # Blocked while the bot was away and its notice of it got lost: it learns of it from the 403 alone.
        server.world.bot.blocked_by.update(gone)
        by_morning = []
        async with half_a_bot(store, server.root_url, clock) as bot:
            for day, words in enumerate(NEWS):
                morning = MORNING + timedelta(days=day)
                await file_news(store, words, morning - timedelta(hours=2))
                if day == 2:
                    for chat_id in gone:
                        server.world.say(server.world.users[chat_id], "/start")
                    async with asyncio.timeout(300):
                        while len(server.world.bot.updates):  # noqa: ASYNC110  the bot fetches them
                            await asyncio.sleep(0.05)
                    await bot.worker.wait_idle()
                    await told(store, clock())
                clock.advance_to(morning)
                begun = len(server.world.sends)
                await bot.tick()
                await told(store, morning)
                by_morning.append(server.world.sends[begun:])
                async with store.read() as tx:
                    known = await tx.subscribers.several(people)
                inactive = {chat_id for chat_id, reader in known.items() if not reader.active}
                assert inactive == (set(gone) if day < 2 else set())
    await store.close()

    tried = [Counter(map(chat_of, sends)) for sends in by_morning]
    staying = set(people) - set(gone)
    assert tried[0] == dict.fromkeys(people, 1)
    assert tried[1] == dict.fromkeys(staying, 1)
    assert Counter(map(chat_of, arrived(by_morning[2]))) == dict.fromkeys(people, 1)
    proof.note(f"{len(gone)} chats: one 403 each, then 0 calls, then an edition again on the morning after /start")
