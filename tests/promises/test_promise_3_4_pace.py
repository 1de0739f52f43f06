"""Promises 3 and 4: no faster than Telegram allows and hardly slower, and whoever asks meanwhile is answered at once.

In virtual time, with the real sender, worker and database, and a strict server over HTTP: its own timestamps are judged.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from half_bot import HalfBot, half_a_bot
from promise_proof import Proof
from promise_street import arrived, chat_of, database, file_news, is_done, move_in, text_of
from promise_time import clock_from, run_in_virtual_time, stand_still_while

from bot.delivery.limiter import Rates
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import SandboxServer
from bot.store import Kind, Lane, NewOutboxItem, Store

MORNING = datetime(2030, 11, 22, 7, tzinfo=UTC)
PAUSE_S = 5
IN_A_GROUP = 25
"""Notices for each group: more than it may get in a minute."""


@dataclass
class Street:
    """A strict server, its readers, and the bot that is about to tell them."""

    server: SandboxServer
    store: Store
    bot: HalfBot
    people: list[int]

    async def told(self) -> None:
        """Wait until everything is sent."""
        async with asyncio.timeout(3600):
            while not await is_done(self.store, MORNING):  # noqa: ASYNC110  in virtual time
                await asyncio.sleep(0.5)


@contextlib.asynccontextmanager
async def a_street(folder: Path, readers: int) -> AsyncIterator[Street]:
    store = await Store.open(database(folder))
    monotonic, clock = asyncio.get_running_loop().time, clock_from(MORNING)
    async with SandboxServer(monotonic=monotonic, clock=clock) as server:
        people = await move_in(server, store, readers, MORNING)
        await file_news(store, ("Abelin", "Brovka"), MORNING - timedelta(hours=2))
        stand_still_while(lambda: len(server.world.bot.updates) > 0)
        async with half_a_bot(store, server.root_url, clock, rates=Rates(), monotonic=monotonic) as bot:
            yield Street(server, store, bot, people)
            stand_still_while(lambda: False)
    await store.close()


def notices(group: int) -> list[NewOutboxItem]:
    return [
        NewOutboxItem(
            chat_id=group,
            lane=Lane.BROADCAST,
            kind=Kind.NOTICE,
            method="sendMessage",
            params={"chat_id": group, "text": f"Notice {number}", "link_preview_options": {"is_disabled": True}},
            dedupe_key=f"notice:{group}:{number}",
        )
        for number in range(IN_A_GROUP)
    ]


@pytest.mark.promise(3, "flood control obeyed")
def test_promise_3_no_send_in_a_pause_and_hardly_slower_than_allowed(
    tmp_path: Path, proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats = proof.size(5_000, "chats, 1 in 500 a group with 25 notices")
    groups = max(1, chats // 500)

    async def broadcast() -> SandboxServer:
        async with a_street(tmp_path, chats - groups) as street:
            for number in range(groups):
                group = street.server.world.add_group(f"Group {number}")
                async with street.store.begin() as tx:
                    await tx.outbox.put_all(notices(group.id), MORNING)
            for chat_id in proof.random.sample(street.people, 3):
                flood = Fault(kind=FaultKind.FLOOD, method="sendMessage", chat_id=chat_id, retry_after_s=PAUSE_S)
                street.server.world.faults.add(flood)
            await street.bot.tick()
            await street.told()
            return street.server

    sends = run_in_virtual_time(monkeypatch, broadcast).world.sends
    floods = [sent.at_s for sent in sends if sent.outcome == "429"]
    assert len(floods) == 3, "a strict server had to say more often than was scripted that it is too much"
    for flood in floods:
        inside = [sent.at_s - flood for sent in sends if flood < sent.at_s < flood + PAUSE_S]
        assert not inside
    got = Counter(map(chat_of, arrived(sends)))
    messages = chats - groups + groups * IN_A_GROUP
    assert len(got) == chats
    assert got.total() == messages
    times = [sent.at_s for sent in sends]
    took = times[-1] - times[0]
    ideal = max(messages / 30 + 3 * PAUSE_S, 60.0)  # a group takes 20 notices a minute
    assert took <= ideal * 1.15
    proof.note(
        f"0 of {messages:,} messages went in a pause, all arrived, {took:.1f} s for ideally {ideal:.1f} s ({took / ideal:.3f} ×), no "
        "429 but the three (virtual time)"
    )


@pytest.mark.promise(4, "readers are not starved")
def test_promise_4_help_is_answered_within_a_second_during_a_broadcast(
    tmp_path: Path, proof: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    chats, asked = proof.size(5_000, "chats"), proof.size(200, "× /help during the broadcast", least=60)

    async def broadcast() -> list[float]:
        async with a_street(tmp_path, chats) as street:
            world, loop = street.server.world, asyncio.get_running_loop()
            askers = [world.add_user(f"Asker {number}", started=True) for number in range(asked)]
            await street.bot.tick()
            length_s = chats / 30 * 0.9
            said: dict[int, float] = {}
            for number, moment in enumerate(sorted(proof.random.uniform(0, length_s) for _ in askers)):
                await asyncio.sleep(max(0.0, moment - loop.time()))
                said[askers[number].id] = loop.time()
                world.say(askers[number], "/help")
            assert not await is_done(street.store, MORNING), "the broadcast was over before the last question"
            await street.told()
            answers = [sent for sent in arrived(world.sends) if chat_of(sent) in said and "/summary" in text_of(sent)]
            assert len(answers) == asked
            assert not [sent for sent in world.sends if sent.outcome == "429"]
            assert {chat_of(sent) for sent in arrived(world.sends)} >= set(street.people)
            return [sent.at_s - said[chat_of(sent)] for sent in answers]

    waited = sorted(run_in_virtual_time(monkeypatch, broadcast))
    p95 = waited[int(len(waited) * 0.95)]
    assert p95 < 1
    proof.note(f"p50 {waited[len(waited) // 2]:.2f} s, p95 {p95:.2f} s, longest {waited[-1]:.2f} s (virtual time)")
