"""Promises 1 and 2: whatever dies or breaks off, nobody is told one thing twice, and nobody misses anything for good."""

import asyncio
import contextlib
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from half_bot import half_a_bot
from promise_proof import Proof
from promise_street import (
    arrived,
    chat_of,
    database,
    file_news,
    is_done,
    life,
    move_in,
    settle_in,
    subscriber,
    text_of,
    until,
)

from bot.clock import Clock
from bot.press.blocks import _UNCERTAIN
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import SandboxServer
from bot.store import Kind, Lane, NewOutboxItem, State, Store

MORNING = datetime(2030, 11, 22, 7, tzinfo=UTC)
NEWS = (("Abelin", "Brovka", "Cindra"), ("Dorvik", "Elnor"), ("Fastal", "Gorrin", "Hulme"), ("Istrel", "Jorund"))
"""What happened before each morning; the bot is killed on the first and the third."""


async def killed_again_and_again(
    folder: Path, server: SandboxServer, store: Store, morning: datetime, *, readers: int, kills: int, random: Random
) -> int:
    """Start and kill the bot ``kills`` times while it serves a morning; how many kills came while it was sending."""
    sends = server.world.sends
    begun = len(sends)
    amidst = 0
    for left in range(kills, 0, -1):
        share = (readers - (len(sends) - begun)) // left
        goal = len(sends) + random.randint(0, max(0, 2 * share))
        async with life(folder, server, morning):
            if random.random() < 0.15:  # somewhere in its start, or in the making of editions
                await asyncio.sleep(random.uniform(0, 1.5))
            else:
                with contextlib.suppress(TimeoutError):  # all may be sent, or the next one only be uncertain
                    await until(lambda goal=goal: len(sends) > goal, 15)
                await asyncio.sleep(random.uniform(0, 0.03))
            amidst += not await is_done(store, morning)
    return amidst


async def told(folder: Path, server: SandboxServer, store: Store, morning: datetime) -> None:
    """Let the bot live until everybody is told."""
    async with life(folder, server, morning), asyncio.timeout(600):
        while not await is_done(store, morning):  # noqa: ASYNC110  another process works on it
            await asyncio.sleep(0.2)


@pytest.mark.process
@pytest.mark.promise(1, "crash-safe delivery")
async def test_promise_1_killed_a_hundred_times_no_copy_and_nothing_missed(tmp_path: Path, proof: Proof) -> None:
    readers, kills = proof.size(5_000, "subscribers"), proof.size(100, "kills")
    store = await Store.open(database(tmp_path))
    by_morning: list[dict[int, list[str]]] = []
    amidst, in_doubt = 0, 0
    async with SandboxServer(limits=None) as server:
        people = await move_in(server, store, readers, MORNING)
        server.world.faults.add(Fault(kind=FaultKind.SLOW, method="sendMessage", delay_s=0.02, times=None))
        for day, words in enumerate(NEWS):
            morning = MORNING + timedelta(days=day)
            await file_news(store, words, morning - timedelta(hours=2))
            begun = len(server.world.sends)
            if day % 2 == 0:
                amidst += await killed_again_and_again(
                    tmp_path, server, store, morning, readers=readers, kills=kills // 2, random=proof.random
                )
            await told(tmp_path, server, store, morning)
            got = defaultdict(list)
            for sent in arrived(server.world.sends[begun:]):
                got[chat_of(sent)].append(text_of(sent))
            by_morning.append(got)
            if day % 2 == 0:
                async with store.read() as tx:
                    known = await tx.subscribers.several(people)
                doubtful = {chat_id for chat_id, reader in known.items() if reader.uncertain}
                in_doubt += len(doubtful)
                assert {chat_id for chat_id in people if not got[chat_id]} <= doubtful
            else:
                assert doubtful == {chat for chat, texts in got.items() if any(_UNCERTAIN in text for text in texts)}
    await store.close()

    copies = Counter((day, chat, text) for day, got in enumerate(by_morning) for chat in got for text in got[chat])
    assert max(copies.values()) == 1
    for day, words in enumerate(NEWS):
        for chat in people:
            texts = "\n".join([*by_morning[day][chat], *(by_morning[day + 1][chat] if day + 1 < len(NEWS) else ())])
            assert all(word in texts for word in words), (day, chat)
    assert amidst >= kills // 4, "the kills came too late to prove anything"
    later = sum(not by_morning[day][chat] for day in range(len(NEWS)) for chat in people)
    proof.note(
        f"at most 1 copy of an edition in a chat; {amidst} kills came in the midst of a broadcast, {in_doubt} editions were left in "
        f"doubt and flagged, {later} of them had not arrived, and each of their items came with the next"
    )


@pytest.mark.promise(2, "ambiguity by kind")
async def test_promise_2_an_unclear_edition_is_flagged_and_an_unclear_reminder_comes_twice_at_most(
    tmp_path: Path, proof: Proof
) -> None:
    editions, reminders = proof.size(2_000, "editions"), proof.size(2_000, "reminders, 5 % of the answers dropped")
    store = await Store.open(database(tmp_path))
    async with SandboxServer(limits=None, seed=proof.random.randrange(1 << 30)) as server:
        people = await move_in(server, store, editions, MORNING)
        reminded = [server.world.add_user(f"Reminded {number}", started=True).id for number in range(reminders)]
        await settle_in(store, (subscriber(chat_id, MORNING, subscribed=False) for chat_id in reminded))
        await file_news(store, NEWS[0], MORNING - timedelta(hours=2))
        drop = Fault(kind=FaultKind.DROP, method="sendMessage", rate=0.05, times=None, after=True)
        server.world.faults.add(drop)
        clock = Clock()
        clock.advance_to(MORNING)
        async with half_a_bot(store, server.root_url, clock) as bot:
            async with store.begin() as tx:
                await tx.outbox.put_all([reminder(chat_id) for chat_id in reminded], MORNING)
            await bot.tick()
            await settled(store)
            first = len(server.world.sends)
            server.world.faults.clear()
            async with store.read() as tx:
                known = await tx.subscribers.several(people)
                counts = await tx.outbox.counts()
            clock.advance_to(MORNING + timedelta(days=1))
            await bot.tick()
            await settled(store)
    await store.close()

    sends, next_day = server.world.sends[:first], arrived(server.world.sends[first:])
    copies = Counter(map(chat_of, arrived(sends)))
    unclear = {chat_of(sent) for sent in sends if sent.outcome == "unanswered"}
    doubted = unclear & set(people)
    assert doubted
    assert {copies[chat_id] for chat_id in people} == {1}
    assert {chat_id for chat_id in people if known[chat_id].uncertain} == doubted
    assert {copies[chat_id] for chat_id in reminded} <= {1, 2}
    assert counts[State.SENT] + counts[State.UNCERTAIN] == editions + reminders
    assert Counter(map(chat_of, next_day)) == dict.fromkeys(people, 1)
    assert {chat_of(sent) for sent in next_day if _UNCERTAIN in text_of(sent)} == doubted
    assert all(word in text_of(sent) for sent in next_day if chat_of(sent) in doubted for word in NEWS[0])
    twice = sum(copies[chat_id] == 2 for chat_id in reminded)
    proof.note(
        f"{drop.struck} answers dropped: every edition once, {len(doubted)} flagged and told again by the next; "
        f"every reminder at least once, {twice} twice, none more often"
    )


def reminder(chat_id: int) -> NewOutboxItem:
    """Something else that is told, which is sent again where it may not have arrived."""
    return NewOutboxItem(
        chat_id=chat_id,
        lane=Lane.BROADCAST,
        kind=Kind.REMINDER,
        method="sendMessage",
        params={"chat_id": chat_id, "text": "The talks end tomorrow.", "link_preview_options": {"is_disabled": True}},
        dedupe_key=f"reminder:{chat_id}",
    )


async def settled(store: Store) -> None:
    """Wait until nothing is under way."""
    async with asyncio.timeout(300):
        while not await nothing_open(store):  # noqa: ASYNC110  the sender works on it
            await asyncio.sleep(0.1)


async def nothing_open(store: Store) -> bool:
    async with store.read() as tx:
        counts = await tx.outbox.counts()
    return not counts[State.SENDING] and not counts[State.QUEUED]
