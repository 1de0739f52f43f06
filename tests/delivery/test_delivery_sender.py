import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from botapi_double import BotApi, edition, now, reply
from telegram import Bot

from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.desk.profile import Window
from bot.errors import Fatal
from bot.store import Kind, Lane, NewOutboxItem, State, Store, Subscriber
from bot.telegram.request import DirectRequest

FAST = Rates(overall_per_s=1000, chat_per_s=1000, chat_burst=50, group_per_min=100_000)


@contextlib.asynccontextmanager
async def running(store: Store, bot: Bot, rates: Rates = FAST) -> AsyncIterator[Sender]:
    sender = Sender(store, bot, Limiter(rates), now)
    task = asyncio.create_task(sender.run())
    try:
        yield sender
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def put(store: Store, *items: NewOutboxItem) -> None:
    async with store.begin() as tx:
        await tx.outbox.put_all(items, now())


async def subscribe(store: Store, *chats: int) -> None:
    async with store.begin() as tx:
        for chat in chats:
            await tx.subscribers.save(
                Subscriber(
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
            )


async def new_edition(store: Store) -> int:
    async with store.begin() as tx:
        return await tx.editions.add("{}", "en", Window(now(), now()), now())


async def states(store: Store) -> dict[str, int]:
    async with store.read() as tx:
        return {str(state): count for state, count in (await tx.outbox.counts()).items() if count}


async def settled(store: Store, expected: dict[str, int]) -> None:
    """Wait until the outbox stands so."""
    found = {}
    for _ in range(400):
        found = await states(store)
        if found == expected:
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"outbox is {found}, not {expected}")


async def reader(store: Store, chat: int) -> Subscriber:
    async with store.read() as tx:
        found = await tx.subscribers.get(chat)
    assert found is not None
    return found


async def test_a_reply_goes_out_at_once_with_its_entities_and_buttons_as_they_were_given(
    store: Store, bot: Bot, api: BotApi
) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 3}]
    markup = {"inline_keyboard": [[{"text": "Überblick", "callback_data": "v1:x"}]]}
    async with running(store, bot):
        await asyncio.sleep(0.1)  # the sender has found nothing and rests
        asked = time.monotonic()
        await put(store, reply(5, entities=entities, reply_markup=markup))
        await api.until(1)
        assert api.calls[0].at - asked < 0.5
        await settled(store, {"sent": 1})
    assert api.delivered[0].method == "sendMessage"
    assert api.delivered[0].params == {"chat_id": 5, "text": "answer 1", "entities": entities, "reply_markup": markup}


async def test_many_chats_are_served_at_the_same_time_and_one_chat_in_order(
    store: Store, bot: Bot, api: BotApi
) -> None:
    api.latency_s = 0.05
    side_by_side: list[int] = []
    api.hook = lambda _: side_by_side.append(sum(api.in_flight.values()))
    await put(store, *(reply(chat, number) for number in range(4) for chat in range(1, 6)))
    async with running(store, bot):
        await api.until(20, delivered=True)
        await settled(store, {"sent": 20})
    assert max(side_by_side) == 5
    assert api.overlaps == 0
    for chat in range(1, 6):
        assert [call.params["text"] for call in api.delivered if call.chat == chat] == [f"answer {n}" for n in range(4)]


async def test_the_watermark_moves_when_the_last_part_is_sent(store: Store, bot: Bot, api: BotApi) -> None:
    await subscribe(store, 5, 6)
    number, until = await new_edition(store), now()
    api.script[6] = [None, (400, "Bad Request: message is too long", {})]
    parts = [edition(chat, number, until, part=part, parts=3) for chat in (5, 6) for part in (1, 2, 3)]
    await put(store, *parts)
    async with running(store, bot):
        await settled(store, {"sent": 4, "parked": 1, "dropped": 1})
    assert [call.params["text"] for call in api.delivered if call.chat == 5] == [f"part {n} of 3" for n in (1, 2, 3)]
    assert (await reader(store, 5)).watermark == until
    assert (await reader(store, 6)).watermark is None


@pytest.mark.parametrize("trouble", ["drop after", "drop before", "hang", (502, "Bad Gateway", {})])
async def test_an_edition_that_may_have_arrived_is_never_sent_again_and_leaves_the_watermark(
    store: Store, bot: Bot, api: BotApi, trouble: Any
) -> None:
    await subscribe(store, 5)
    number, until = await new_edition(store), now()
    api.script[5] = [trouble]
    await put(store, *(edition(5, number, until, part=part, parts=2) for part in (1, 2)))
    async with running(store, bot):
        await settled(store, {"uncertain": 1, "dropped": 1})
    assert len(api.calls) == 1
    assert (await reader(store, 5)).watermark is None
    assert (await reader(store, 5)).uncertain


@pytest.mark.parametrize("trouble", ["drop after", "drop before", (500, "Internal Server Error", {})])
async def test_a_reply_that_may_have_arrived_is_sent_once_more(
    store: Store, bot: Bot, api: BotApi, trouble: Any
) -> None:
    api.script[5] = [trouble]
    api.script[6] = [trouble, trouble, trouble]
    await put(store, reply(5), reply(6))
    async with running(store, bot):
        await settled(store, {"sent": 1, "uncertain": 1})
    assert len(api.calls) == 4


async def test_a_server_that_is_not_there_loses_nothing(store: Store, api: BotApi, unused_port: int) -> None:
    await subscribe(store, 5)
    number, until = await new_edition(store), now()
    await put(store, edition(5, number, until), reply(6))
    away = Bot(
        "1:token", base_url=f"http://127.0.0.1:{unused_port}/bot", request=DirectRequest(8, connect_s=1, answer_s=1)
    )
    async with running(store, away):
        await asyncio.sleep(0.3)
        assert await states(store) == {"queued": 2}
        listening = await asyncio.start_server(api.handle, "127.0.0.1", unused_port)
        await settled(store, {"sent": 2})
        listening.close()
    assert (await reader(store, 5)).watermark == until


async def test_a_short_breakdown_with_many_sends_in_flight_is_over_in_a_moment(
    store: Store, bot: Bot, api: BotApi
) -> None:
    api.script = {chat: ["drop after"] for chat in range(1, 21)}
    await put(store, *(reply(chat) for chat in range(1, 21)))
    started = time.monotonic()
    async with running(store, bot):
        await settled(store, {"sent": 20})
    assert time.monotonic() - started < 5
    assert len(api.calls) == 40


async def test_flood_control_stops_everything_until_its_deadline_and_costs_no_attempt(
    store: Store, bot: Bot, api: BotApi
) -> None:
    api.script[1] = [(429, "Too Many Requests: retry after 1", {"retry_after": 1})] * 2
    async with running(store, bot):
        await put(store, reply(1))
        await api.until(1)
        await put(store, *(reply(chat) for chat in range(2, 12)))
        await settled(store, {"sent": 11})
    starts = [call.at for call in api.calls if not (call.chat == 1 and call not in api.delivered)]
    floods = [call.at for call in api.calls if call not in api.delivered]
    assert len(floods) == 2
    for flood in floods:
        assert not [at for at in starts if flood + 0.05 < at < flood + 1]
    async with store.read() as tx:
        assert await tx.outbox.next_due() is None


async def test_a_chat_that_blocked_the_bot_is_let_go_with_all_that_waits_for_it(
    store: Store, bot: Bot, api: BotApi
) -> None:
    await subscribe(store, 5, 7)
    api.script[5] = [(403, "Forbidden: bot was blocked by the user", {})]
    api.script[7] = [(400, "Bad Request: chat not found", {})]
    await put(store, *(reply(chat, number) for chat in (5, 6, 7) for number in (1, 2, 3)))
    async with running(store, bot):
        await settled(store, {"sent": 3, "dropped": 6})
    assert sorted(call.chat for call in api.calls) == [5, 6, 6, 6, 7]
    assert [(await reader(store, chat)).active for chat in (5, 7)] == [False, False]


async def test_a_group_that_became_a_supergroup_gets_it_there(store: Store, bot: Bot, api: BotApi) -> None:
    await subscribe(store, -5)
    number, until = await new_edition(store), now()
    api.script[-5] = [(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1005})]
    await put(store, *(edition(-5, number, until, part=part, parts=2) for part in (1, 2)))
    async with running(store, bot):
        await settled(store, {"sent": 2})
    assert [call.chat for call in api.delivered] == [-1005, -1005]
    assert (await reader(store, -1005)).watermark == until
    async with store.read() as tx:
        assert await tx.subscribers.get(-5) is None


async def test_a_message_telegram_cannot_read_goes_once_as_plain_text_and_is_then_put_aside(
    store: Store, bot: Bot, api: BotApi
) -> None:
    bad = (400, "Bad Request: can't parse entities", {})
    api.script = {5: [bad], 6: [bad, bad, bad]}
    entities = [{"type": "nonsense", "offset": 0, "length": 3}]
    await put(store, *(reply(chat, entities=entities, reply_markup={"inline_keyboard": []}) for chat in (5, 6)))
    async with running(store, bot):
        await settled(store, {"sent": 1, "parked": 1})
    assert [call.chat for call in api.calls].count(6) == 2
    assert api.delivered[0].params == {"chat_id": 5, "text": "answer 1"}


async def test_an_edit_that_changes_nothing_is_done(store: Store, bot: Bot, api: BotApi) -> None:
    api.script[5] = [(400, "Bad Request: message is not modified: specified new message content is the same", {})]
    await put(store, reply(5, entities=[]))
    async with running(store, bot):
        await settled(store, {"sent": 1})
    assert len(api.calls) == 1


async def test_a_refused_token_ends_the_sender_and_keeps_what_waits(store: Store, bot: Bot, api: BotApi) -> None:
    api.script[5] = [(401, "Unauthorized", {})]
    await put(store, reply(5))
    sender = Sender(store, bot, Limiter(FAST), now)
    with pytest.raises(Fatal) as stopped:
        await asyncio.wait_for(sender.run(), 5)
    assert stopped.value.code == "token_refused"
    assert await states(store) == {"queued": 1}


async def test_what_a_dead_process_left_on_the_wire_is_settled_by_kind(store: Store, url: str, bot: Bot) -> None:
    await subscribe(store, 5)
    number, until = await new_edition(store), now()
    await put(store, edition(5, number, until), reply(6))
    async with store.begin() as tx:
        assert len(await tx.outbox.claim(tuple(Lane), 10, now())) == 2
    again = await Store.open(url)  # the first one was never closed: as after kill -9
    async with running(again, bot):
        await settled(again, {"uncertain": 1, "sent": 1})
    assert (await reader(again, 5)).watermark is None
    assert (await reader(again, 5)).uncertain
    await again.close()


async def test_a_stop_waits_for_answers_and_puts_back_what_has_not_gone_out(
    store: Store, bot: Bot, api: BotApi
) -> None:
    api.latency_s = 0.3
    await put(store, *(reply(chat) for chat in range(1, 11)))
    async with running(store, bot, Rates(overall_per_s=10, chat_per_s=1, chat_burst=1)):
        await api.until(2)
    found = await states(store)
    assert found["sent"] == len(api.delivered) >= 2
    assert found == {"sent": len(api.delivered), "queued": 10 - len(api.delivered)}


async def test_readers_who_ask_are_answered_during_a_broadcast(store: Store, bot: Bot, api: BotApi) -> None:
    number, until = await new_edition(store), now()
    await put(store, *(edition(chat, number, until) for chat in range(100, 400)))
    asked: dict[int, int] = {}
    async with running(store, bot, Rates()):
        await api.until(5)
        for chat in range(1, 9):
            await put(store, reply(chat))
            asked[chat] = len(api.calls)
            async with asyncio.timeout(20), api.changed:
                await api.changed.wait_for(lambda chat=chat: any(call.chat == chat for call in api.calls))
    went_before = [at - asked[call.chat] for at, call in enumerate(api.calls) if call.chat in asked]
    assert len(api.calls) < 300, "the broadcast goes on"
    assert max(went_before) < 15, "what was claimed already goes first: a third of a second's broadcasts"


async def test_a_reminder_waits_for_its_hour_without_holding_up_what_is_due(
    store: Store, bot: Bot, api: BotApi
) -> None:
    later = NewOutboxItem(
        chat_id=5,
        lane=Lane.REPLY,
        kind=Kind.REMINDER,
        method="sendMessage",
        params={"chat_id": 5, "text": "tomorrow"},
        dedupe_key="reminder:5",
        not_before=now() + timedelta(seconds=0.7),
    )
    await put(store, later, reply(5))
    async with running(store, bot):
        await api.until(2)
    assert [call.params["text"] for call in api.calls] == ["answer 1", "tomorrow"]
    assert State.SENT in await states(store)
