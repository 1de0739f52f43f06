import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import daily
import pytest

from bot.catalogue import Words
from bot.delivery.schedule import next_due
from bot.delivery.tick import PAGE, Tick, window_of
from bot.desk.edition import Edition, Highlight, Section
from bot.desk.profile import Profile, Window
from bot.press.message import Button, Keyboard, Message
from bot.store import LANES, Kind, OutboxItem, Store, Subscriber, Wishes
from models.api import Article, Reading, Summary

MORNING = datetime(2026, 7, 1, 6, tzinfo=UTC)
"""08:00 in Berlin."""

DAYS = timedelta(days=4)


def subscriber(chat: int, **changes: object) -> Subscriber:
    berlin = {
        "times": (time(8),),
        "zone": "Europe/Berlin",
        "watermark": None,
        "created_at": MORNING - timedelta(days=30),
    }
    return daily.subscriber(chat, MORNING, **{**berlin, **changes})


class Desk:
    """Composes an edition that lists what was filed, and remembers what it was asked for."""

    def __init__(self, store: Store, parts: int = 1) -> None:
        self.store = store
        self.parts = parts
        self.asked: list[tuple[Profile, Window, datetime, bool]] = []
        self.broken: set[str] = set()
        self.deadly: set[str] = set()
        self.unspeakable: set[str] = set()
        self.printed: list[str] = []
        self.meanwhile: Subscriber | None = None
        self.tick = Tick(store, self.compose, self.render, lambda: MORNING)

    async def compose(self, profile: Profile, window: Window, following: datetime, uncertain: bool) -> Edition:  # noqa: FBT001  the tick's signature
        self.asked.append((profile, window, following, uncertain))
        if profile.topics & self.deadly:
            raise asyncio.CancelledError
        if profile.topics & self.broken:
            raise RuntimeError("nothing can be said")
        async with self.store.read() as tx:
            filed = await tx.articles.filed_between(window.start, window.end)
        if self.meanwhile is not None:
            async with self.store.begin() as tx:
                await tx.subscribers.save(self.meanwhile)
        heads = tuple(Highlight(story=one.story, text=one.reading.headline) for one in filed)
        return Edition(
            as_of=window.end,
            window=window,
            zone=profile.zone,
            next_edition=following,
            highlights=heads,
            uncertain=uncertain,
        )

    def render(self, edition: Edition, words: Words) -> Sequence[Message]:
        locale = str(words.locale)
        if locale in self.unspeakable:
            raise RuntimeError("there are no words")
        self.printed.append(locale)
        text = f"{locale}: {', '.join(one.text for one in edition.highlights) or 'nothing new'}"
        return [Message(f"{text} {part}/{self.parts}") for part in range(1, self.parts + 1)]

    async def save(self, *subscribers: Subscriber) -> None:
        async with self.store.begin() as tx:
            for one in subscribers:
                await tx.subscribers.save(one)

    async def reader(self, chat: int) -> Subscriber:
        async with self.store.read() as tx:
            found = await tx.subscribers.get(chat)
        assert found is not None
        return found

    async def claim(self, at: datetime) -> list[OutboxItem]:
        async with self.store.begin() as tx:
            return await tx.outbox.claim(LANES, 1000, at)

    async def send(self, at: datetime) -> list[OutboxItem]:
        """Everything that is due goes out and arrives."""
        return await daily.all_sent(self.store, at)

    async def file(self, key: str, at: datetime) -> None:
        """An article is posted, read and filed."""
        article = Article(key=key, title=key, text="Text.", published=at)
        reading = Reading(
            key=key,
            language="en",
            headline=key,
            sentences=(),
            summary=Summary(),
            topics=(),
            figures=(),
            deadlines=(),
            vector=b"",
            model="none",
        )
        async with self.store.begin() as tx:
            await tx.articles.queue(article, at, at)
            await tx.articles.store_reading(key, 1, reading, None, at)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def texts(items: Sequence[OutboxItem]) -> list[str]:
    return [item.params["text"] for item in items]


async def test_the_edition_comes_at_the_readers_hour_and_the_next_one_is_set(desk: Desk) -> None:
    await desk.save(subscriber(1), subscriber(2, next_due_at=MORNING + timedelta(minutes=1)))
    assert await desk.tick.run_once(MORNING - timedelta(seconds=1)) == 0
    assert await desk.tick.run_once(MORNING) == 1
    (item,) = await desk.send(MORNING)
    assert (item.chat_id, item.kind, item.method) == (1, Kind.EDITION, "sendMessage")
    assert item.params["chat_id"] == 1
    assert (await desk.reader(1)).next_due_at == MORNING + timedelta(days=1)
    assert (await desk.reader(1)).watermark == MORNING
    assert await desk.tick.run_once(MORNING) == 0


async def test_readers_with_one_profile_share_one_edition(desk: Desk) -> None:
    conflict = frozenset({"medtop:16000000"})
    await desk.save(*(subscriber(chat) for chat in range(1, 301)))
    await desk.save(*(subscriber(chat, topics=conflict) for chat in range(301, 401)))
    assert await desk.tick.run_once(MORNING) == 400
    assert len(desk.asked) == 2
    items = await desk.send(MORNING)
    assert len({item.edition_id for item in items}) == 2
    assert len({item.chat_id for item in items}) == 400


async def test_after_hours_asleep_a_reader_gets_one_edition(desk: Desk) -> None:
    hours = (time(8), time(9), time(10))
    await desk.save(subscriber(1, times=hours))
    late = MORNING + timedelta(hours=3, minutes=5)
    await desk.tick.run_once(late)
    await desk.tick.run_once(late + timedelta(minutes=1))
    assert len(await desk.send(late)) == 1
    assert (await desk.reader(1)).next_due_at == MORNING + timedelta(days=1)


async def test_a_window_begins_where_the_last_edition_that_arrived_ended(desk: Desk) -> None:
    await desk.save(subscriber(1))
    await desk.file("first", MORNING - timedelta(hours=1))
    await desk.tick.run_once(MORNING)
    assert texts(await desk.send(MORNING)) == ["en: first 1/1"]
    await desk.file("second", MORNING + timedelta(hours=5))
    tomorrow = MORNING + timedelta(days=1)
    await desk.tick.run_once(tomorrow)
    assert texts(await desk.send(tomorrow)) == ["en: second 1/1"]


async def test_what_is_filed_while_an_edition_is_made_comes_in_the_next(desk: Desk) -> None:
    await desk.save(subscriber(1))
    await desk.tick.run_once(MORNING)
    await desk.file("late", MORNING - timedelta(seconds=2))  # began before the hour, done after it
    assert texts(await desk.send(MORNING)) == ["en: nothing new 1/1"]
    tomorrow = MORNING + timedelta(days=1)
    await desk.tick.run_once(tomorrow)
    assert texts(await desk.send(tomorrow)) == ["en: late 1/1"]


async def test_what_an_uncertain_edition_held_comes_again_and_is_said_to(desk: Desk) -> None:
    await desk.save(subscriber(1))
    await desk.file("news", MORNING - timedelta(hours=1))
    await desk.tick.run_once(MORNING)
    (item,) = await desk.claim(MORNING)
    async with desk.store.begin() as tx:
        await tx.outbox.uncertain(item.id, "ReadTimeout", MORNING)
    tomorrow = MORNING + timedelta(days=1)
    await desk.tick.run_once(tomorrow)
    assert texts(await desk.send(tomorrow)) == ["en: news 1/1"]
    assert [uncertain for *_, uncertain in desk.asked] == [False, True]
    assert not (await desk.reader(1)).uncertain
    await desk.tick.run_once(tomorrow + timedelta(days=1))
    assert desk.asked[-1][3] is False


async def test_an_edition_that_still_waits_is_folded_into_the_next(store: Store) -> None:
    desk = Desk(store, parts=2)
    await desk.save(subscriber(1))
    await desk.file("news", MORNING - timedelta(hours=1))
    await desk.tick.run_once(MORNING)
    tomorrow = MORNING + timedelta(days=1)
    await desk.tick.run_once(tomorrow)
    assert texts(await desk.send(tomorrow)) == ["en: news 1/2", "en: news 2/2"]
    assert (await desk.reader(1)).watermark == tomorrow


async def test_a_reader_whose_edition_is_on_the_wire_is_left_for_the_next_tick(desk: Desk) -> None:
    await desk.save(subscriber(1), subscriber(2))
    await desk.tick.run_once(MORNING)
    items = await desk.claim(MORNING)
    tomorrow = MORNING + timedelta(days=1)
    assert await desk.tick.run_once(tomorrow) == 0
    async with desk.store.begin() as tx:
        await tx.outbox.sent_all([(item.id, 1) for item in items], tomorrow)
    assert await desk.tick.run_once(tomorrow) == 2
    assert desk.asked[-1][1] == Window(MORNING, tomorrow)


async def test_a_reader_who_leaves_or_changes_hours_while_the_edition_is_made_is_not_overruled(desk: Desk) -> None:
    await desk.save(subscriber(1))
    desk.meanwhile = subscriber(1, subscribed=False, next_due_at=None)
    assert await desk.tick.run_once(MORNING) == 0
    assert await desk.send(MORNING) == []
    assert (await desk.reader(1)).next_due_at is None


async def test_one_profile_that_fails_costs_the_others_nothing(desk: Desk) -> None:
    await desk.save(subscriber(1, topics=frozenset({"own:rare"})), subscriber(2))
    desk.broken = {"own:rare"}
    assert await desk.tick.run_once(MORNING) == 1
    assert [item.chat_id for item in await desk.send(MORNING)] == [2]
    desk.broken = set()
    assert await desk.tick.run_once(MORNING + timedelta(minutes=1)) == 1
    assert [item.chat_id for item in await desk.send(MORNING + timedelta(minutes=1))] == [1]


async def test_an_edition_is_composed_once_and_worded_in_the_language_of_each_reader(desk: Desk) -> None:
    spoken = {1: "en", 2: "uk", 3: "de-AT", 4: "fr", 5: "uk", 6: "zh-hans"}
    await desk.save(*(subscriber(chat, language=language) for chat, language in spoken.items()))
    assert await desk.tick.run_once(MORNING) == 6
    assert len(desk.asked) == 1
    told = {item.chat_id: item.params["text"].partition(":")[0] for item in await desk.send(MORNING)}
    assert told == {1: "en", 2: "uk", 3: "de_AT", 4: "en", 5: "uk", 6: "en"}
    assert sorted(desk.printed) == ["de_AT", "en", "uk"]


async def test_a_language_that_cannot_be_printed_costs_the_others_nothing(desk: Desk) -> None:
    await desk.save(subscriber(1, language="de"), subscriber(2, language="uk"))
    desk.unspeakable = {"de"}
    assert await desk.tick.run_once(MORNING) == 1
    assert [item.chat_id for item in await desk.send(MORNING)] == [2]
    desk.unspeakable = set()
    assert await desk.tick.run_once(MORNING + timedelta(minutes=1)) == 1


async def test_a_schedule_that_cannot_be_used_stops_nobody_else(desk: Desk) -> None:
    await desk.save(subscriber(1, times=()), subscriber(2, zone="Mars/Olympus"), subscriber(3))
    assert await desk.tick.run_once(MORNING) == 1
    assert [item.chat_id for item in await desk.send(MORNING)] == [3]
    assert (await desk.reader(1)).next_due_at is None
    assert await desk.tick.run_once(MORNING + timedelta(minutes=1)) == 0


async def test_those_who_left_or_are_gone_are_not_served(desk: Desk) -> None:
    await desk.save(subscriber(1, subscribed=False), subscriber(2, active=False), subscriber(3, next_due_at=None))
    assert await desk.tick.run_once(MORNING) == 0


async def test_the_same_hour_of_the_same_day_is_never_told_twice(desk: Desk) -> None:
    await desk.save(subscriber(1))
    await desk.tick.run_once(MORNING)
    await desk.send(MORNING)
    await desk.save(subscriber(1))  # due again at the same instant: a change of hours and back
    await desk.tick.run_once(MORNING + timedelta(minutes=1))
    assert await desk.send(MORNING + timedelta(minutes=1)) == []
    assert (await desk.reader(1)).next_due_at == MORNING + timedelta(days=1)


async def test_the_night_the_clocks_go_back_brings_one_edition(desk: Desk) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    await desk.save(subscriber(1, times=(time(2, 30),), next_due_at=first))
    for minutes in range(0, 180, 30):
        await desk.tick.run_once(first + timedelta(minutes=minutes))
    assert len(await desk.send(first + timedelta(hours=3))) == 1
    assert (await desk.reader(1)).next_due_at == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


async def test_a_tick_that_dies_between_two_pages_goes_on_where_it_stopped(desk: Desk) -> None:
    await desk.save(*(subscriber(chat) for chat in range(1, PAGE + 1)))
    later = MORNING + timedelta(seconds=1)
    rare = frozenset({"own:rare"})
    await desk.save(*(subscriber(chat, topics=rare, next_due_at=later) for chat in range(PAGE + 1, PAGE + 51)))
    desk.deadly = {"own:rare"}
    with pytest.raises(asyncio.CancelledError):
        await desk.tick.run_once(later)
    desk.deadly = set()
    assert await desk.tick.run_once(later) == 50
    assert sorted(item.chat_id for item in await desk.send(later)) == list(range(1, PAGE + 51))


@pytest.mark.parametrize("start", [date(2026, 3, 27), date(2026, 10, 23)])
async def test_four_days_around_the_change_of_clocks_bring_four_editions_even_after_hours_asleep(
    desk: Desk, start: date
) -> None:
    zones = ["Europe/Berlin", "Europe/London", "Atlantic/Azores", "Asia/Beirut", "Asia/Tokyo", "America/New_York"]
    hours = (time(2, 30),)
    first = datetime.combine(start, time(0), tzinfo=UTC)
    end = {chat: datetime.combine(start, time(0), tzinfo=ZoneInfo(zone)) for chat, zone in enumerate(zones, 1)}
    for chat, zone in enumerate(zones, 1):
        due = next_due(hours, zone, end[chat])
        await desk.save(subscriber(chat, zone=zone, times=hours, next_due_at=due))
    moment, got = first - timedelta(days=1), Counter[int]()
    while moment < first + timedelta(days=4, hours=12):
        asleep = moment.hour in {0, 1, 2}  # every night the machine sleeps for three hours
        if not asleep:
            await desk.tick.run_once(moment)
            got.update(item.chat_id for item in await desk.send(moment) if moment < end[item.chat_id] + DAYS)
        moment += timedelta(minutes=30)
    assert got == Counter(dict.fromkeys(end, 4))


@pytest.mark.parametrize(
    ("watermark", "hours"),
    [
        (None, 24),
        (MORNING - timedelta(hours=3), 3),
        (MORNING - timedelta(days=7, hours=1), 169),
        (MORNING - timedelta(days=9), 24),
        (MORNING + timedelta(hours=1), 24),
    ],
)
def test_the_window_of_a_reader(watermark: datetime | None, hours: int) -> None:
    found = window_of(subscriber(1, watermark=watermark), MORNING)
    assert found == Window(MORNING - timedelta(hours=hours), MORNING)


async def test_an_edition_with_nothing_in_it_is_not_sent_to_those_who_want_none(desk: Desk) -> None:
    await desk.save(subscriber(1, wishes=Wishes(sends_empty=False)), subscriber(2))
    assert await desk.tick.run_once(MORNING) == 2
    assert [item.chat_id for item in await desk.send(MORNING)] == [2]
    silent = await desk.reader(1)
    assert (silent.watermark, silent.next_due_at) == (MORNING, MORNING + timedelta(days=1))


async def test_days_of_the_week_are_kept_and_a_forum_topic_gets_the_edition(desk: Desk) -> None:
    wednesday = frozenset({MORNING.weekday()})
    await desk.save(subscriber(-5, wishes=Wishes(days=wednesday), thread_id=9))
    await desk.tick.run_once(MORNING)
    (item,) = await desk.send(MORNING)
    assert item.params["message_thread_id"] == 9
    assert (await desk.reader(-5)).next_due_at == MORNING + timedelta(days=7)


async def test_two_readers_who_mute_different_words_get_two_editions(desk: Desk) -> None:
    await desk.save(
        subscriber(1, wishes=Wishes(mute=frozenset({"football"}))),
        subscriber(2, wishes=Wishes(mute=frozenset({"polo"}))),
    )
    await desk.tick.run_once(MORNING)
    assert {profile.mute for profile, *_ in desk.asked} == {frozenset({"football"}), frozenset({"polo"})}
    async with desk.store.read() as tx:
        first, second = await tx.editions.get(1), await tx.editions.get(2)
    assert first is not None
    assert second is not None
    assert first.profile_key != second.profile_key


async def test_buttons_stand_under_the_last_part_and_know_the_number_of_the_edition(store: Store) -> None:
    desk = Desk(store, parts=2)

    async def compose(profile: Profile, window: Window, following: datetime, uncertain: bool) -> Edition:  # noqa: FBT001  the tick's signature
        found = await desk.compose(profile, window, following, uncertain)
        return replace(found, sections=(Section(topic_code="x", topic_name="x", items=()),))

    def buttons(number: int, _: Words) -> Keyboard:
        return ((Button("Why", f"why/{number}"),),)

    desk.tick = Tick(store, compose, desk.render, lambda: MORNING, keyboard=buttons)
    await desk.save(subscriber(1), subscriber(2))
    await desk.file("Ferries stop", MORNING - timedelta(hours=1))
    await desk.tick.run_once(MORNING)
    sent = await desk.send(MORNING)
    assert [(item.chat_id, "reply_markup" in item.params) for item in sorted(sent, key=lambda item: item.id)] == [
        (1, False),
        (1, True),
        (2, False),
        (2, True),
    ]
    wanted = {"inline_keyboard": [[{"text": "Why", "callback_data": f"why/{sent[0].edition_id}"}]]}
    assert all(item.params["reply_markup"] == wanted for item in sent if item.part == 2)
