"""What a subscriber may change, against the real store."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.tick import window_of
from bot.desk.edition import Edition
from bot.desk.topics import TOPICS
from bot.newsroom import choices, readers
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk, Wish
from bot.newsroom.readers import Chat, Defaults
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.store import Store
from models.api import Article

if TYPE_CHECKING:
    from conftest import WoundClock

CHAT = Chat(chat_id=7, kind="private")
KYIV = Defaults(times=(time(8),), zone="Europe/Kyiv")


async def test_a_newcomer_is_subscribed_to_the_default_hour(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        reader = await readers.subscribe(tx, CHAT, KYIV, clock())
    assert reader.next_due_at == datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    async with store.read() as tx:
        assert await tx.subscribers.get(7) == reader


async def test_a_schedule_of_somebody_not_subscribed_is_kept_and_nothing_is_due(
    store: Store, clock: "WoundClock"
) -> None:
    async with store.begin() as tx:
        reader = await readers.change(
            tx, CHAT, KYIV, clock(), lambda known: choices.schedule(known, times=[time(9), time(7)])
        )
    assert reader.times == (time(7), time(9))
    assert reader.next_due_at is None
    async with store.begin() as tx:
        reader = await readers.subscribe(tx, CHAT, KYIV, clock())
    assert reader.next_due_at == datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


async def test_a_change_of_zone_moves_what_is_due(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        await readers.subscribe(tx, CHAT, KYIV, clock())
        reader = await readers.change(
            tx, CHAT, KYIV, clock(), lambda known: choices.schedule(known, zone="America/New_York")
        )
    assert reader.next_due_at == datetime(2026, 11, 22, 13, 0, tzinfo=UTC)


async def test_choosing_every_topic_is_choosing_all(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        reader = await readers.find(tx, CHAT, KYIV, clock())
    for code in TOPICS:
        reader = choices.switched_topic(reader, code, TOPICS)
    assert reader.topics == frozenset()
    with pytest.raises(KeyError):
        choices.switched_topic(reader, "medtop:99", TOPICS)


async def test_the_last_hour_stays(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        reader = await readers.change(tx, CHAT, KYIV, clock(), lambda known: choices.switched_time(known, time(8)))
    assert reader.times == (time(8),)


async def test_who_comes_back_is_not_told_a_month_of_news(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        await readers.subscribe(tx, CHAT, KYIV, clock())
        await tx.subscribers.told([(7, clock())])
        await readers.unsubscribe(tx, CHAT, KYIV, clock())
    clock.wind(days=30)
    async with store.begin() as tx:
        await readers.subscribe(tx, CHAT, KYIV, clock())
    async with store.read() as tx:
        reader = await tx.subscribers.get(7)
    assert reader is not None
    assert reader.watermark == clock() - readers.FIRST_WINDOW


async def test_a_first_edition_covers_all_since_the_subscription(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        await readers.subscribe(tx, CHAT, KYIV, clock())
        begun = clock()
        clock.wind(days=5)
        await readers.subscribe(tx, CHAT, KYIV, clock())
        reader = await tx.subscribers.get(7)
    assert reader is not None
    assert window_of(reader, clock()).start == begun - readers.FIRST_WINDOW


async def test_a_block_and_a_return_keep_the_subscription(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        await readers.subscribe(tx, CHAT, KYIV, clock())
        await readers.say_goodbye(tx, CHAT, "kicked", clock())
    clock.wind(days=3)
    async with store.begin() as tx:
        assert await tx.subscribers.due(clock(), 10) == []
        await readers.welcome_back(tx, CHAT, clock())
        reader = await tx.subscribers.get(7)
    assert reader is not None
    assert reader.active
    assert reader.next_due_at == datetime(2026, 11, 26, 6, 0, tzinfo=UTC)


async def test_a_change_made_while_an_edition_is_due_does_not_lose_it(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        due = (await readers.subscribe(tx, CHAT, KYIV, clock())).next_due_at
    clock.wind(hours=21)
    async with store.begin() as tx:
        await readers.greet(tx, CHAT, KYIV, clock())
        await readers.subscribe(tx, CHAT, KYIV, clock())
        await readers.change(tx, CHAT, KYIV, clock(), choices.no_topics)
        await readers.change(tx, CHAT, KYIV, clock(), lambda known: choices.schedule(known, times=[time(19)]))
        [reader] = await tx.subscribers.due(clock(), 10)
    assert reader.next_due_at == due


async def test_a_stranger_who_blocks_or_returns_stays_unknown(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        await readers.say_goodbye(tx, CHAT, "kicked", clock())
        await readers.welcome_back(tx, CHAT, clock())
        assert await tx.subscribers.get(7) is None


def headlines(edition: Edition) -> list[str]:
    return [item.headline for section in edition.sections for item in section.items]


async def test_summary_covers_what_came_since_the_last_edition(store: Store, clock: "WoundClock") -> None:
    threaded = ThreadedReader(PlainReader())
    desk = EditionDesk(store, threaded, clock)
    loop = ReadingLoop(store, threaded, clock)
    stories = ("A dam broke near Belmarsh on Sunday.", "Corvenna elected a mayor after three rounds of voting.")
    for number, text in enumerate(stories):
        async with store.begin() as tx:
            await tx.articles.queue(
                Article(key=str(number), title=None, text=text, published=clock(), outlet="Harbour Wire"),
                clock(),
                clock(),
            )
        await loop.run_once()
        clock.wind(hours=3)
    async with store.begin() as tx:
        reader = await readers.subscribe(tx, CHAT, KYIV, clock())
        everything = headlines(await desk.summary_now(reader, Wish()))
        await tx.subscribers.told([(7, clock() - timedelta(hours=4))])
        told = await tx.subscribers.get(7)
    assert told is not None
    assert len(everything) == 2
    assert len(headlines(await desk.summary_now(told, Wish()))) == 1
    assert len(headlines(await desk.summary_now(told, Wish(start=clock() - timedelta(hours=24))))) == 2
    assert len(headlines(await desk.summary_now(told, Wish(start=clock() - timedelta(hours=24), words=("DAM",))))) == 1
    threaded.close()
