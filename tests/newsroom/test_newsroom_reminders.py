"""Reminders against the real store: at the reader's own hour, once a step, and again for the new day of what moved."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import Skip
from bot.newsroom import reminders
from bot.newsroom.deadlines import enter_deadlines
from bot.newsroom.readers import Chat, Defaults
from bot.newsroom.reminders import Reminding, follow, followed, remind_of_all, unfollow
from bot.store import LANES, OutboxItem, Store
from models.api import Article, Reading, Summary, Topic
from models.facts import read_facts
from models.sentences import split_sentences

if TYPE_CHECKING:
    from conftest import WoundClock

CHAT = Chat(chat_id=5, kind="private")
DEFAULTS = Defaults(times=(time(8),), zone="Europe/Kyiv")
WAIVER = "A waiver that lets Arvania buy gas from Norland expires on 14 January, the treasury said."
LATER = "The treasury extended until 12 March the waiver that lets Arvania buy gas from Norland."
DROPPED = "The treasury cancelled the waiver that lets Arvania buy gas from Norland and that expires on 14 January."


async def file(store: Store, key: str, text: str, published: datetime, topic: str = "medtop:04000000") -> None:
    article = Article(key=key, title=None, text=text, published=published, outlet="Harbour Wire")
    facts = read_facts(text, split_sentences(text), article.reference)
    reading = Reading(
        key=key,
        language="en",
        headline=text,
        sentences=(),
        summary=Summary(),
        topics=(Topic(code=topic, name="topic", confidence=0.9),),
        figures=(),
        deadlines=facts.deadlines,
        vector=b"",
        model="test-1",
    )
    async with store.begin() as tx:
        await tx.articles.queue(article, published, published)
        (queued,) = await tx.articles.waiting(1, published)
        story = await tx.articles.store_reading(key, queued.revision, reading, None, published)
        assert story is not None
        await enter_deadlines(tx, article, reading, story, published)


async def entry_id(store: Store) -> int:
    async with store.read() as tx:
        (entry,) = await tx.book.upcoming(
            datetime(2026, 1, 1, tzinfo=UTC).date(), datetime(2030, 1, 1, tzinfo=UTC).date(), 5
        )
    return entry.id


async def sent(store: Store, now: datetime) -> list[str]:
    """The first two lines of what goes out, which is then settled."""
    texts: list[str] = []
    while True:
        async with store.begin() as tx:
            items: list[OutboxItem] = await tx.outbox.claim(LANES, 10, now)
            await tx.outbox.sent_all([(item.id, 1) for item in items], now)
        if not items:
            return texts
        texts += ["; ".join(item.params["text"].splitlines()[:2]) for item in items]


async def days(store: Store, clock: "WoundClock", until: datetime) -> dict[str, list[str]]:
    """Tick every hour; what went out, by the local hour of Kyiv."""
    found: dict[str, list[str]] = {}
    reminding = Reminding(store, clock)
    while clock() < until:
        if await reminding():
            found[f"{clock() + timedelta(hours=2):%d %b %H:%M}"] = await sent(store, clock())
        clock.wind(hours=1)
    return found


async def test_followers_are_reminded_three_times_at_their_hour(store: Store, clock: "WoundClock") -> None:
    await file(store, "a", WAIVER, clock())
    async with store.begin() as tx:
        await follow(tx, CHAT, DEFAULTS, clock(), entry=await entry_id(store))
    told = await days(store, clock, datetime(2027, 1, 20, tzinfo=UTC))
    matter = "14 January 2027: Waiver that lets Arvania buy gas from Norland expires"
    assert told == {
        "15 Dec 08:00": [f"Reminder: in 30 days; {matter}"],
        "07 Jan 08:00": [f"Reminder: in 7 days; {matter}"],
        "13 Jan 08:00": [f"Reminder: tomorrow; {matter}"],
    }


async def test_a_moved_deadline_is_told_once_and_reminded_of_anew(store: Store, clock: "WoundClock") -> None:
    await file(store, "a", WAIVER, clock())
    async with store.begin() as tx:
        await follow(tx, CHAT, DEFAULTS, clock(), entry=await entry_id(store))
    before = await days(store, clock, datetime(2027, 1, 8, tzinfo=UTC))
    await file(store, "b", LATER, clock())
    after = await days(store, clock, datetime(2027, 3, 13, tzinfo=UTC))
    assert list(before) == ["15 Dec 08:00", "07 Jan 08:00"]
    assert list(after) == ["08 Jan 08:00", "10 Feb 08:00", "05 Mar 08:00", "11 Mar 08:00"]
    assert after["08 Jan 08:00"] == [
        "Moved; Waiver that lets Arvania buy gas from Norland expires: 12 March 2027, was 14 January 2027"
    ]
    assert after["10 Feb 08:00"][0].startswith("Reminder: in 30 days; 12 March 2027")


async def test_a_withdrawn_deadline_is_told_once_and_never_reminded_of(store: Store, clock: "WoundClock") -> None:
    await file(store, "a", WAIVER, clock())
    async with store.begin() as tx:
        await follow(tx, CHAT, DEFAULTS, clock(), entry=await entry_id(store))
    clock.wind(days=2)
    await file(store, "b", DROPPED, clock())
    told = await days(store, clock, datetime(2027, 1, 20, tzinfo=UTC))
    assert list(told.values()) == [
        ["Withdrawn; Waiver that lets Arvania buy gas from Norland expires (14 January 2027)"]
    ]


async def test_who_asked_for_all_is_reminded_of_what_is_in_their_topics(store: Store, clock: "WoundClock") -> None:
    async with store.begin() as tx:
        await remind_of_all(tx, CHAT, replace(DEFAULTS, topics=frozenset({"medtop:04000000"})), clock(), wanted=True)
    await file(store, "a", WAIVER, clock())
    await file(store, "b", "Dunmore must close its last mine by 20 January, a court ruled.", clock(), "medtop:02000000")
    told = await days(store, clock, datetime(2027, 1, 1, tzinfo=UTC))
    assert list(told) == ["15 Dec 08:00"]
    async with store.begin() as tx:
        await remind_of_all(tx, CHAT, DEFAULTS, clock(), wanted=False)
    assert await days(store, clock, datetime(2027, 1, 20, tzinfo=UTC)) == {}


async def test_a_bot_that_slept_reminds_once_and_says_the_days_that_are_left(store: Store, clock: "WoundClock") -> None:
    await file(store, "a", WAIVER, clock())
    async with store.begin() as tx:
        await follow(tx, CHAT, DEFAULTS, clock(), entry=await entry_id(store))
    clock.now = datetime(2026, 12, 20, 12, tzinfo=UTC)
    assert await Reminding(store, clock)() == 1
    assert await Reminding(store, clock)() == 0
    (text,) = await sent(store, clock())
    assert text.startswith("Reminder: in 25 days")


async def test_what_was_passed_when_the_reader_asked_is_not_told(store: Store, clock: "WoundClock") -> None:
    await file(store, "a", WAIVER, clock())
    clock.now = datetime(2027, 1, 3, 12, tzinfo=UTC)
    async with store.begin() as tx:
        await follow(tx, CHAT, DEFAULTS, clock(), entry=await entry_id(store))
    assert list(await days(store, clock, datetime(2027, 1, 14, tzinfo=UTC))) == ["07 Jan 08:00", "13 Jan 08:00"]


async def test_no_more_reminders_after_unfollowing_or_from_a_chat_that_is_gone(
    store: Store, clock: "WoundClock"
) -> None:
    await file(store, "a", WAIVER, clock())
    number = await entry_id(store)
    async with store.begin() as tx:
        await follow(tx, CHAT, DEFAULTS, clock(), entry=number)
        assert await followed(tx, CHAT) == {number}
        await unfollow(tx, CHAT, entry=number)
        assert await followed(tx, CHAT) == frozenset()
        await follow(tx, replace(CHAT, chat_id=6), DEFAULTS, clock(), entry=number)
        await tx.subscribers.deactivate(6, "blocked", clock())
    assert await days(store, clock, datetime(2026, 12, 20, tzinfo=UTC)) == {}


async def test_a_chat_that_is_forgotten_or_migrates_takes_its_follows_along(store: Store, clock: "WoundClock") -> None:
    await file(store, "a", WAIVER, clock())
    number = await entry_id(store)
    async with store.begin() as tx:
        await follow(tx, CHAT, DEFAULTS, clock(), entry=number)
        await tx.subscribers.migrate(5, -100)
        assert await followed(tx, CHAT) == frozenset()
        assert await followed(tx, replace(CHAT, chat_id=-100)) == {number}
        await tx.subscribers.forget(-100)
        assert await tx.reminders.get(-100) is None


async def test_there_is_an_end_to_following(store: Store, clock: "WoundClock", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "MAX_FOLLOWED", 0)
    await file(store, "a", WAIVER, clock())
    async with store.begin() as tx:
        assert await follow(tx, CHAT, DEFAULTS, clock(), entry=999) is None
        with pytest.raises(Skip, match="unfollow"):
            await follow(tx, CHAT, DEFAULTS, clock(), entry=await entry_id(store))
