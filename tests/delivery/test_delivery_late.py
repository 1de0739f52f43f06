"""An edition that is too late to be useful comes with the next one, and nothing of it is lost."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from botapi_double import BotApi, reply
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot

from bot.catalogue import Words
from bot.delivery.limiter import Limiter
from bot.delivery.schedule import LATEST, last_due, next_due
from bot.delivery.sender import Sender
from bot.delivery.tick import Tick
from bot.desk.edition import Edition
from bot.desk.profile import Profile, Window
from bot.press.message import Message
from bot.store import LANES, Lane, OutboxItem, State, Store, Subscriber

MORNING = datetime(2026, 7, 1, 6, tzinfo=UTC)
"""08:00 in Berlin."""

HOUR = timedelta(hours=1)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC")


class Office:
    """A tick whose editions say what they cover, and an outbox that is emptied when the network is there."""

    def __init__(self, store: Store, *, parts: int = 1, latest: timedelta = LATEST) -> None:
        self.store = store
        self.parts = parts
        self.latest = latest
        self.tick = Tick(store, self.compose, self.render, lambda: MORNING, latest=latest)

    async def compose(self, profile: Profile, window: Window, following: datetime, uncertain: bool) -> Edition:  # noqa: FBT001  the tick's signature
        return Edition(
            as_of=window.end,
            window=window,
            zone=profile.zone,
            next_edition=following,
            highlights=(),
            uncertain=uncertain,
        )

    def render(self, edition: Edition, words: Words) -> Sequence[Message]:
        del words
        text = f"{edition.window.start.isoformat()}/{edition.window.end.isoformat()}"
        return [Message(f"{text}/{edition.uncertain}")] * self.parts

    async def reader(self, **changes: object) -> None:
        plain = Subscriber(
            chat_id=1,
            kind="private",
            language="en",
            subscribed=True,
            active=True,
            topics=frozenset(),
            times=(time(8),),
            zone="Europe/Berlin",
            watermark=None,
            next_due_at=MORNING,
            created_at=MORNING - timedelta(days=30),
        )
        async with self.store.begin() as tx:
            await tx.subscribers.save(replace(plain, **changes))  # type: ignore[arg-type]  # names of fields

    async def known(self) -> Subscriber:
        async with self.store.read() as tx:
            found = await tx.subscribers.get(1)
        assert found is not None
        return found

    async def counts(self) -> dict[str, int]:
        async with self.store.read() as tx:
            return await tx.outbox.counts()

    async def claim(self, at: datetime) -> list[OutboxItem]:
        async with self.store.begin() as tx:
            return await tx.outbox.claim(LANES, 100, at, late_before=at - self.latest)

    async def arrived(self, item: OutboxItem, at: datetime) -> None:
        async with self.store.begin() as tx:
            await tx.outbox.sent(item.id, item.id, at)

    async def send(self, at: datetime) -> list[tuple[Window, bool]]:
        """Everything that may go goes and arrives; what it covered, and whether it said to be uncertain."""
        told: list[tuple[Window, bool]] = []
        while claimed := await self.claim(at):
            for item in claimed:
                await self.arrived(item, at)
                start, end, uncertain = str(item.params["text"]).split("/")
                told.append((Window(datetime.fromisoformat(start), datetime.fromisoformat(end)), uncertain == "True"))
        return told


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


async def test_an_edition_missed_by_less_than_the_limit_is_caught_up_once(office: Office) -> None:
    await office.reader()
    late = MORNING + LATEST
    await office.tick.run_once(late)
    await office.tick.run_once(late)
    assert await office.send(late) == [(Window(late - timedelta(hours=24), late), False)]
    assert (await office.known()).next_due_at == MORNING + timedelta(days=1)


async def test_an_edition_missed_by_more_is_told_with_the_next(office: Office) -> None:
    told_up_to = MORNING - timedelta(days=1)
    await office.reader(watermark=told_up_to)
    late = MORNING + LATEST + timedelta(seconds=1)
    assert await office.tick.run_once(late) == 0
    assert await office.send(late) == []
    assert (await office.known()).watermark == told_up_to
    tomorrow = MORNING + timedelta(days=1)
    assert (await office.known()).next_due_at == tomorrow
    assert await office.tick.run_once(tomorrow) == 1
    assert await office.send(tomorrow) == [(Window(told_up_to, tomorrow), False)]


async def test_a_first_edition_that_was_missed_is_owed_like_any_other(office: Office) -> None:
    await office.reader()
    await office.tick.run_once(MORNING + timedelta(hours=9))
    tomorrow = MORNING + timedelta(days=1)
    await office.tick.run_once(tomorrow)
    assert await office.send(tomorrow) == [(Window(MORNING - timedelta(days=1), tomorrow), False)]


async def test_of_several_missed_hours_the_last_decides(office: Office) -> None:
    await office.reader(times=(time(8), time(18)), watermark=MORNING - 14 * HOUR)
    evening = MORNING + 11 * HOUR  # 19:00: eleven hours after the first, one after the second
    assert await office.tick.run_once(evening) == 1
    assert await office.send(evening) == [(Window(MORNING - 14 * HOUR, evening), False)]
    assert (await office.known()).next_due_at == MORNING + timedelta(days=1)


async def test_a_change_of_hours_does_not_make_an_owed_edition_late(office: Office) -> None:
    await office.reader(times=(time(20),))  # due at 08:00, by the hours there were before
    assert await office.tick.run_once(MORNING + HOUR) == 1
    assert len(await office.send(MORNING + HOUR)) == 1


async def test_a_queued_edition_that_waited_out_a_long_outage_is_not_sent(office: Office) -> None:
    await office.reader(watermark=MORNING - timedelta(days=1))
    await office.tick.run_once(MORNING + 5 * HOUR)  # late already when it was queued
    over = MORNING + LATEST + timedelta(seconds=1)
    assert await office.claim(over) == []
    assert (await office.counts())[State.QUEUED] == 1
    assert await office.tick.run_once(over) == 0
    counts = await office.counts()
    assert (counts[State.QUEUED], counts[State.DROPPED]) == (0, 1)
    assert (await office.known()).watermark == MORNING - timedelta(days=1)
    tomorrow = MORNING + timedelta(days=1)
    await office.tick.run_once(tomorrow)
    assert await office.send(tomorrow) == [(Window(MORNING - timedelta(days=1), tomorrow), False)]


async def test_the_rest_of_an_edition_that_began_is_folded_and_the_next_says_so(store: Store) -> None:
    office = Office(store, parts=3)
    await office.reader(watermark=MORNING - timedelta(days=1))
    await office.tick.run_once(MORNING)
    (first,) = await office.claim(MORNING)
    await office.arrived(first, MORNING)
    over = MORNING + LATEST + HOUR
    assert await office.send(over) == []
    await office.tick.run_once(over)
    tomorrow = MORNING + timedelta(days=1)
    await office.tick.run_once(tomorrow)
    assert await office.send(tomorrow) == [(Window(MORNING - timedelta(days=1), tomorrow), True)] * 3
    assert (await office.known()).watermark == tomorrow


async def test_one_on_the_wire_is_left_to_arrive(office: Office) -> None:
    await office.reader()
    await office.tick.run_once(MORNING)
    (item,) = await office.claim(MORNING + LATEST)
    over = MORNING + LATEST + timedelta(minutes=1)
    await office.tick.run_once(over)
    await office.arrived(item, over)
    assert (await office.counts())[State.SENT] == 1
    assert (await office.known()).watermark == MORNING


async def test_a_reader_who_leaves_at_that_moment_stays_gone(office: Office) -> None:
    await office.reader()
    page = office.tick._page

    async def left_meanwhile(now: datetime, after: Subscriber | None) -> list[Subscriber]:
        found = await page(now, after)
        await office.reader(subscribed=False, next_due_at=None)
        return found

    office.tick._page = left_meanwhile  # type: ignore[method-assign]  # between reading the page and queueing
    await office.tick.run_once(MORNING + 9 * HOUR)
    assert (await office.known()).next_due_at is None


async def test_the_sender_lets_late_editions_lie_and_sends_the_answers(store: Store, bot: Bot, api: BotApi) -> None:
    office = Office(store)
    await office.reader()
    await office.tick.run_once(MORNING)
    later = MORNING + LATEST + HOUR
    async with store.begin() as tx:
        await tx.outbox.put(reply(1), later)
        await tx.outbox.put(replace(reply(2), lane=Lane.BROADCAST), MORNING)  # late, and no edition
    sender = asyncio.create_task(Sender(store, bot, Limiter(), lambda: later).run())
    await api.until(2, delivered=True)
    await office.tick.run_once(later)
    sender.cancel()
    await asyncio.gather(sender, return_exceptions=True)
    assert sorted(call.chat for call in api.delivered) == [1, 2]
    counts = await office.counts()
    assert (counts[State.SENT], counts[State.DROPPED], counts[State.QUEUED]) == (2, 1, 0)


STEP = timedelta(minutes=30)
STEPS = 48 * 3

spells = st.lists(
    st.tuples(st.sampled_from(["asleep", "offline"]), st.integers(0, STEPS), st.integers(1, 60)), max_size=5
)


@settings(max_examples=15, deadline=None)
@given(
    times=st.lists(st.integers(0, 47), min_size=1, max_size=3, unique=True),
    zone=st.sampled_from(ZONES),
    latest_h=st.sampled_from([1, 3, 6, 12]),
    spells=spells,
)
def test_whatever_sleeps_or_fails_an_hour_is_told_in_time_and_once_or_with_the_next(
    times: list[int], zone: str, latest_h: int, spells: list[tuple[str, int, int]]
) -> None:
    hours = tuple(time(half // 2, half % 2 * 30) for half in sorted(times))
    asyncio.run(_live_through(hours, zone, timedelta(hours=latest_h), spells))


async def _live_through(
    hours: tuple[time, ...], zone: str, latest: timedelta, spells: list[tuple[str, int, int]]
) -> None:
    """Three days in virtual time, in which the bot sleeps or is cut off now and then."""
    begin = datetime(2026, 10, 24, tzinfo=UTC)  # the clocks of Europe change on the 25th
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/news.db")
        office = Office(store, latest=latest)
        told_up_to = begin - timedelta(days=1)
        await office.reader(times=hours, zone=zone, watermark=told_up_to, next_due_at=next_due(hours, zone, begin))
        served: set[datetime] = set()
        for step in range(STEPS):
            moment = begin + step * STEP
            trouble = {kind for kind, first, length in spells if first <= step < first + length}
            if "asleep" in trouble:
                continue
            await office.tick.run_once(moment)
            if trouble:
                continue
            hour = last_due(hours, zone, moment)
            told = await office.send(moment)
            assert (await office.known()).watermark == (told[-1][0].end if told else told_up_to)
            if told:
                [(window, uncertain)] = told
                assert window.start == told_up_to, "something was left out, or told twice"
                assert moment - hour <= latest, "it came at the wrong hour"
                assert hour not in served, "one hour, two editions"
                assert not uncertain
                served.add(hour)
                told_up_to = window.end
            if begin < hour and moment - hour <= latest:
                assert hour in served, "an hour that could be caught up was not"
        await store.close()
