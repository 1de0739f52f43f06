"""Subscribers and what is on its way to them."""

import asyncio
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from store_samples import NOON, message, subscriber

from bot.desk.profile import Length, Window
from bot.store import LANES, Kind, Lane, NewOutboxItem, RecoveryReport, State, Store, Transaction, Wishes
from bot.store.records import OutboxItem

SECOND = timedelta(seconds=1)


async def edition(tx: Transaction, chat: int, watermark: datetime = NOON, parts: int = 1) -> list[NewOutboxItem]:
    number = await tx.editions.add("{}", "en", Window(NOON, NOON), NOON)
    items = [
        message(
            chat,
            lane=Lane.BROADCAST,
            kind=Kind.EDITION,
            edition_id=number,
            part=part,
            parts=parts,
            watermark=watermark,
            dedupe_key=f"edition:{chat}:{number}:{part}",
        )
        for part in range(1, parts + 1)
    ]
    assert await tx.outbox.put_all(items, NOON) == parts
    return items


async def claim(tx: Transaction, now: datetime = NOON, limit: int = 100) -> list[OutboxItem]:
    return await tx.outbox.claim(LANES, limit, now)


async def counts(tx: Transaction) -> dict[str, int]:
    return {str(state): count for state, count in (await tx.outbox.counts()).items() if count}


async def test_a_subscriber_comes_back_as_saved(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber())
        assert await tx.subscribers.get(5) == subscriber()
        changed = subscriber(topics=frozenset(), times=(), language="de", subscribed=False, next_due_at=None)
        await tx.subscribers.save(changed)
        assert await tx.subscribers.get(5) == changed
        assert await tx.subscribers.get(6) is None


async def test_those_due_come_in_pages_the_longest_due_first(store: Store) -> None:
    async with store.begin() as tx:
        for chat in range(1, 8):
            await tx.subscribers.save(subscriber(chat, next_due_at=NOON - chat // 2 * SECOND))
        await tx.subscribers.save(subscriber(20, next_due_at=NOON + SECOND))
        await tx.subscribers.save(subscriber(21, active=False))
        await tx.subscribers.save(subscriber(22, subscribed=False))
        await tx.subscribers.save(subscriber(23, next_due_at=None))
        seen: list[int] = []
        page = await tx.subscribers.due(NOON, 3)
        while page:
            seen += [one.chat_id for one in page]
            page = await tx.subscribers.due(NOON, 3, page[-1])
    assert seen == [6, 7, 4, 5, 2, 3, 1]


async def test_a_watermark_never_moves_back(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(watermark=NOON))
        await tx.subscribers.save(subscriber(watermark=None, language="de"))
        await tx.subscribers.save(subscriber(watermark=NOON - SECOND))
        found = await tx.subscribers.get(5)
    assert found == subscriber(watermark=NOON)


async def test_a_chat_that_is_gone_comes_back_when_it_says_so(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber())
        await tx.subscribers.deactivate(5, "Forbidden: bot was blocked by the user", NOON)
        assert await tx.subscribers.due(NOON, 5) == []
        gone = await tx.subscribers.get(5)
        assert gone == replace(subscriber(), active=False)
        await tx.subscribers.save(subscriber())
        assert len(await tx.subscribers.due(NOON, 5)) == 1


async def test_a_group_keeps_its_settings_when_it_becomes_a_supergroup(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(-5, kind="group"))
        await tx.outbox.put(message(-5), NOON)
        await tx.outbox.migrate(-5, -1005)
        await tx.outbox.migrate(-5, -1005)
        assert await tx.subscribers.get(-5) is None
        assert await tx.subscribers.get(-1005) == subscriber(-1005, kind="supergroup")
        assert [item.chat_id for item in await claim(tx)] == [-1005]


async def test_a_group_that_subscribed_anew_under_its_new_id_keeps_the_new_settings(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(-5, kind="group"))
        await tx.subscribers.save(subscriber(-1005, kind="supergroup", language="uk"))
        await tx.subscribers.migrate(-5, -1005)
        assert await tx.subscribers.get(-5) is None
        assert await tx.subscribers.get(-1005) == subscriber(-1005, kind="supergroup", language="uk")


async def test_forgetting_a_chat_leaves_no_row(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber())
        await tx.subscribers.forget(5)
        assert await tx.subscribers.get(5) is None


async def test_an_edition_is_kept_with_its_window(store: Store) -> None:
    async with store.begin() as tx:
        number = await tx.editions.add('{"x": 1}', "en|UTC|", Window(NOON, NOON + SECOND), NOON)
        kept = await tx.editions.get(number)
        assert kept is not None
        assert (kept.body, kept.window, kept.profile_key) == ('{"x": 1}', Window(NOON, NOON + SECOND), "en|UTC|")
        assert await tx.editions.get(number + 1) is None


async def test_a_message_is_queued_once_and_claimed_once(store: Store) -> None:
    async with store.begin() as tx:
        assert await tx.outbox.put(message(5, params={"text": "Ünïcode 🙂", "n": [1, {"a": None}]}), NOON)
        assert not await tx.outbox.put(message(5), NOON)
        assert await tx.outbox.put_all([message(5), message(6), message(6)], NOON) == 1
    async with store.begin() as tx:
        items = await claim(tx)
        assert [item.chat_id for item in items] == [5, 6]
        assert items[0].params == {"text": "Ünïcode 🙂", "n": [1, {"a": None}]}
        assert await claim(tx) == []
        await tx.outbox.sent(items[0].id, 77, NOON)
        assert not await tx.outbox.put(message(5), NOON)


async def test_a_text_that_cannot_be_sent_is_mended_when_it_is_queued(store: Store) -> None:
    async with store.begin() as tx:
        await tx.outbox.put(message(5, params={"text": "no zone '\ud83d'"}), NOON)
        (item,) = await claim(tx)
    assert item.params == {"text": "no zone '\ufffd'"}


async def test_replies_are_claimed_before_broadcasts_and_chats_to_spare_are_spared(store: Store) -> None:
    async with store.begin() as tx:
        for chat in (1, 2, 3):
            await edition(tx, chat)
        await tx.outbox.put_all([message(3), message(4)], NOON + SECOND)
        items = await tx.outbox.claim(LANES, 3, NOON + SECOND, without={2})
    assert [(item.chat_id, item.kind) for item in items] == [(3, "reply"), (4, "reply"), (1, "edition")]


async def test_one_chat_gets_its_messages_in_order_one_at_a_time(store: Store) -> None:
    async with store.begin() as tx:
        await tx.outbox.put_all([message(5, number) for number in (1, 2, 3)], NOON)
        order = []
        now = NOON
        while items := await claim(tx, now):
            (item,) = items
            order.append(item.params["text"])
            if len(order) == 2:  # the second is put off: the third waits behind it
                await tx.outbox.retry(item.id, now + 5 * SECOND, "ReadTimeout")
                assert await claim(tx, now) == []
                now += 5 * SECOND
                order.pop()
                (item,) = await claim(tx, now)
                order.append(item.params["text"])
            await tx.outbox.sent(item.id, 1, now)
    assert order == ["answer 1", "answer 2", "answer 3"]


async def test_what_is_for_later_waits_and_holds_up_nothing(store: Store) -> None:
    async with store.begin() as tx:
        await tx.outbox.put(message(5, 1, not_before=NOON + 60 * SECOND), NOON)
        await tx.outbox.put(message(5, 2), NOON)
        assert await tx.outbox.next_due() == NOON
        assert await tx.outbox.next_due(after=NOON) == NOON + 60 * SECOND
        (item,) = await claim(tx)
        assert item.params["text"] == "answer 2"


async def test_the_watermark_moves_with_the_last_part_of_an_edition(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber())
        await tx.subscribers.doubt([5])
        await edition(tx, 5, parts=3)
        for part in (1, 2, 3):
            (item,) = await claim(tx)
            assert (item.part, item.parts) == (part, 3)
            found = await tx.subscribers.get(5)
            assert found is not None
            assert (found.watermark, found.uncertain) == (None, True)
            await tx.outbox.sent(item.id, 100 + part, NOON)
        assert await tx.subscribers.get(5) == subscriber(watermark=NOON)


@pytest.mark.parametrize("fate", [State.UNCERTAIN, State.PARKED])
async def test_when_a_part_does_not_arrive_the_later_ones_do_not_go(store: Store, fate: State) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber())
        await edition(tx, 5, parts=3)
        (first,) = await claim(tx)
        await tx.outbox.sent(first.id, 1, NOON)
        (second,) = await claim(tx)
        await (tx.outbox.uncertain if fate is State.UNCERTAIN else tx.outbox.parked)(second.id, "why", NOON)
        assert await claim(tx) == []
        assert await counts(tx) == {"sent": 1, fate: 1, "dropped": 1}
        found = await tx.subscribers.get(5)
        assert found is not None
        assert (found.watermark, found.uncertain) == (None, fate is State.UNCERTAIN)


async def test_one_readers_trouble_is_not_anothers(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(5))
        await tx.subscribers.save(subscriber(6))
        number = await tx.editions.add("{}", "en", Window(NOON, NOON), NOON)
        for chat in (5, 6):
            plain = message(chat, lane=Lane.BROADCAST, kind=Kind.EDITION, edition_id=number, parts=2, watermark=NOON)
            for part in (1, 2):
                await tx.outbox.put(replace(plain, part=part, dedupe_key=f"edition:{chat}:{part}"), NOON)
        five, six = await claim(tx)
        await tx.outbox.uncertain(five.id, "ReadTimeout", NOON)
        await tx.outbox.sent(six.id, 1, NOON)
        (rest,) = await claim(tx)
        await tx.outbox.sent(rest.id, 2, NOON)
        assert (rest.chat_id, rest.part) == (6, 2)
        assert await tx.subscribers.get(6) == subscriber(6, watermark=NOON)


async def test_a_dead_process_leaves_rows_that_are_settled_by_kind(store: Store, url: str) -> None:
    async with store.begin() as tx:
        for chat in (5, 6):
            await tx.subscribers.save(subscriber(chat))
            await edition(tx, chat, parts=2)
        for number, kind in enumerate((Kind.REPLY, Kind.REMINDER, Kind.CORRECTION, Kind.NOTICE)):
            await tx.outbox.put(message(10 + number, kind=kind), NOON)
        assert len(await claim(tx)) == 6
    again = await Store.open(url)
    async with again.begin() as tx:
        report = await tx.outbox.recover(NOON)
        assert report == RecoveryReport(uncertain=2, requeued=4, parked=0)
        assert await counts(tx) == {"uncertain": 2, "dropped": 2, "queued": 4}
        assert {item.attempts for item in await claim(tx)} == {2}
        found = await tx.subscribers.get(5)
        assert found == subscriber(watermark=None, uncertain=True)
    await again.close()


async def test_a_message_that_outlives_five_processes_is_put_aside(store: Store) -> None:
    async with store.begin() as tx:
        await tx.outbox.put(message(5), NOON)
        reports = []
        for _ in range(5):
            assert len(await claim(tx)) == 1
            reports.append(await tx.outbox.recover(NOON))
        assert [(report.requeued, report.parked) for report in reports] == [(1, 0)] * 4 + [(0, 1)]


async def test_flood_control_costs_no_attempt_and_an_unclear_send_is_remembered(store: Store) -> None:
    async with store.begin() as tx:
        await tx.outbox.put(message(5), NOON)
        (item,) = await claim(tx)
        await tx.outbox.retry(item.id, NOON, "RetryAfter", counted=False)
        (item,) = await claim(tx)
        assert (item.attempts, item.unclear) == (1, 0)
        await tx.outbox.retry(item.id, NOON, "ReadTimeout", unclear=True)
        (item,) = await claim(tx)
        assert (item.attempts, item.unclear, item.plain) == (2, 1, False)
        await tx.outbox.simplify(item.id, NOON, "BadRequest")
        (item,) = await claim(tx)
        assert item.plain


async def test_a_chat_that_refused_is_not_written_to_again(store: Store) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber())
        await edition(tx, 5, parts=2)
        await tx.outbox.put(message(5), NOON)
        await tx.outbox.put(message(6), NOON)
        item = (await claim(tx))[0]
        assert item.chat_id == 5
        await tx.outbox.gone(item.id, 5, "Forbidden", NOON)
        assert await counts(tx) == {"dropped": 3, "sending": 1}
        found = await tx.subscribers.get(5)
        assert found is not None
        assert not found.active


async def test_only_the_kinds_named_are_dropped(store: Store) -> None:
    async with store.begin() as tx:
        await edition(tx, 5)
        await tx.outbox.put(message(5), NOON)
        assert await tx.outbox.open_editions([5, 6]) == {5: State.QUEUED}
        assert await tx.outbox.drop(5, "unsubscribed", NOON, kinds=[Kind.EDITION]) == 1
        assert await tx.outbox.open_editions([5, 6]) == {}
        assert await counts(tx) == {"dropped": 1, "queued": 1}


async def test_no_row_is_claimed_twice_by_two_senders(store: Store, url: str) -> None:
    other = await Store.open(url)
    async with store.begin() as tx:
        await tx.outbox.put_all([message(chat) for chat in range(1, 101)], NOON)

    async def take(one: Store) -> list[int]:
        taken: list[int] = []
        while True:
            async with one.begin() as tx:
                items = await claim(tx, limit=7)
            if not items:
                return taken
            taken += [item.id for item in items]

    found = await asyncio.gather(take(store), take(other))
    assert sorted([*found[0], *found[1]]) == sorted(set(found[0]) | set(found[1]))
    assert len(found[0]) + len(found[1]) == 100
    await other.close()


async def test_what_a_reader_chose_is_kept(store: Store) -> None:
    chosen = Wishes(
        days=frozenset({0, 4}),
        paused_until=NOON,
        quiet=(time(22), time(7)),
        follow=frozenset({"grain corridor", "Мир"}),
        mute=frozenset({"football"}),
        sources=frozenset({"Orland Wire"}),
        muted_stories=frozenset({7}),
        alerts=frozenset({"medtop:16000000"}),
        sends_empty=False,
        length=Length.FULL,
        language_chosen=True,
    )
    async with store.begin() as tx:
        await tx.subscribers.save(replace(subscriber(1), wishes=chosen, thread_id=5))
        await tx.subscribers.save(subscriber(2))
    async with store.read() as tx:
        found, other = await tx.subscribers.get(1), await tx.subscribers.get(2)
    assert found is not None
    assert other is not None
    assert (found.wishes, found.thread_id) == (chosen, 5)
    assert (other.wishes, other.thread_id) == (Wishes(), None)
