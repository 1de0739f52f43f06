"""Promise 8, by polling: an update has one effect, however often it comes and whenever the bot is killed."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from promise_proof import Proof
from promise_street import database, life, settle_in, subscriber, until

from bot.desk.topics import TOPICS
from bot.sandbox.refusal import JsonObject
from bot.sandbox.server import SandboxServer
from bot.sandbox.updates import UpdateQueue
from bot.store import Store
from bot.telegram.callback import Callback, Verb

NOW = datetime(2030, 11, 22, 12, tzinfo=UTC)
REPEATS = 10
TOGGLES_EACH = 10
"""Topics that each reader switches, all different: each update has one bit of one reader's settings to itself."""


class Forgetful(UpdateQueue):
    """Gives every update ``REPEATS`` times at least: what was confirmed comes again among what is new."""

    def __init__(self, random: Random) -> None:
        super().__init__(lambda: NOW)
        self._random = random
        self._all: list[JsonObject] = []
        self.given: Counter[int] = Counter()

    def put(self, kind: str, payload: JsonObject) -> int | None:
        number = super().put(kind, payload)
        if number is not None:
            self._all.append({"update_id": number, kind: payload})
        return number

    @property
    def is_through(self) -> bool:
        """Whether everything was given so often, and confirmed."""
        return not len(self) and all(self.given[update["update_id"]] >= REPEATS for update in self._all)

    async def poll(
        self, *, offset: int = 0, limit: int = 100, timeout_s: float = 0, allowed: Sequence[str] | None = None
    ) -> list[JsonObject]:
        owing = [update for update in self._all if self.given[update["update_id"]] < REPEATS]
        fresh = await super().poll(
            offset=offset, limit=self._random.randint(1, 20), timeout_s=0 if owing else timeout_s, allowed=allowed
        )
        again = [one for one in owing if not self._pending or one["update_id"] < self._pending[0]["update_id"]]
        batch = fresh + self._random.sample(again, min(len(again), limit - len(fresh)))
        self.given.update(update["update_id"] for update in batch)
        return sorted(batch, key=lambda update: int(update["update_id"]))


def press(reader: int, number: int, topic: str) -> JsonObject:
    """A reader presses a topic's button."""
    chat = {"id": reader, "type": "private", "first_name": "Reader"}
    return {
        "id": str(number),
        "from": {"id": reader, "is_bot": False, "first_name": "Reader"},
        "message": {"message_id": 1, "date": 1, "chat": chat, "text": "Topics"},
        "chat_instance": str(reader),
        "data": Callback(Verb.TOPIC, topic.removeprefix("medtop:")).encode(),
    }


@pytest.mark.process
@pytest.mark.promise(8, "inbound exactly once in effect")
async def test_promise_8_polled_updates_have_one_effect_each(tmp_path: Path, proof: Proof) -> None:
    updates = proof.size(500, f"updates × {REPEATS} by polling")
    kills = proof.size(50, "kills")
    random = proof.random
    wanted: dict[int, frozenset[str]] = {}
    begun: dict[int, frozenset[str]] = {}
    store = await Store.open(database(tmp_path))
    async with SandboxServer(limits=None) as server:
        queue = server.world.bot.updates = Forgetful(random)
        presses: list[tuple[int, str]] = []
        for number in range(updates // TOGGLES_EACH):
            reader = server.world.add_user(f"Reader {number}", started=True).id
            begun[reader] = frozenset(random.sample(sorted(TOPICS), 5))
            switched = random.sample(sorted(TOPICS), TOGGLES_EACH)
            wanted[reader] = begun[reader] ^ frozenset(switched)
            presses += [(reader, topic) for topic in switched]
        await settle_in(store, (subscriber(reader, NOW, topics=topics) for reader, topics in begun.items()))
        random.shuffle(presses)
        for number, (reader, topic) in enumerate(presses):
            queue.put("callback_query", press(reader, number, topic))

        amidst = 0
        for left in range(kills, 0, -1):
            share = (updates * REPEATS - queue.given.total()) // left
            goal = queue.given.total() + random.randint(0, max(0, 2 * share))
            async with life(tmp_path, server, NOW):
                with contextlib.suppress(TimeoutError):
                    await until(lambda goal=goal: queue.given.total() > goal or queue.is_through, 15)
                await asyncio.sleep(random.uniform(0, 0.1))
                amidst += not (queue.is_through and await handled(store))
        async with life(tmp_path, server, NOW), asyncio.timeout(300):
            while not (queue.is_through and await handled(store)):  # noqa: ASYNC110  another process works on it
                await asyncio.sleep(0.1)
    async with store.read() as tx:
        known = await tx.subscribers.several(list(wanted))
    await store.close()
    assert {reader: one.topics for reader, one in known.items()} == wanted
    assert min(queue.given.values()) >= REPEATS
    assert amidst >= kills // 4, "the kills came too late to prove anything"
    proof.note(
        f"each switched its one topic once; given {queue.given.total():,} times in all, {amidst} kills with work under way"
    )


async def handled(store: Store) -> bool:
    """Whether no update waits."""
    async with store.read() as tx:
        return not await tx.inbox.pending(1)
