"""Alerts: who is told at once of what, when, how often, and never twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.newsroom import reminders
from bot.newsroom.alerts import MAX_PER_HOUR, Alerting
from bot.newsroom.doubles import PlainReader
from bot.newsroom.readers import Chat, Defaults
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.store import ALERT_FOLLOWED, Lane, OutboxItem, Reason, Store, Subscriber, Wishes
from models.api import Article, Reading, Topic
from models.facts import read_facts

if TYPE_CHECKING:
    from conftest import WoundClock

WAR, POLITICS = "medtop:16000000", "medtop:11000000"
QUAKE = (
    "The quake in the Halvers valley killed 41 people, officials said. It struck before dawn on Sunday and was felt in Port "
    "Ellery. Schools are closed across the Halvers valley, and engineers of the Norland army clear the road over the pass."
)
AGAIN = QUAKE.replace("killed 41 people", "killed 57 people").replace("clear the road", "have cleared the road")


class FactReader(PlainReader):
    """The real figures and deadlines; every article is filed under one topic."""

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        return [self._with_facts(one, reading) for one, reading in zip(articles, super().read(articles), strict=True)]

    def _with_facts(self, article: Article, reading: Reading) -> Reading:
        facts = read_facts(article.text, reading.sentences, article.reference)
        topic = Topic(code=WAR, name="conflict, war and peace", confidence=0.9)
        return replace(reading, topics=(topic,), figures=tuple(facts.figures), deadlines=tuple(facts.deadlines))


@dataclass
class Wire:
    store: Store
    clock: "WoundClock"
    loop: ReadingLoop
    alerting: Alerting
    posts: int = 0

    async def reader(self, chat_id: int, wishes: Wishes, **facts: object) -> None:
        made = Subscriber(
            chat_id=chat_id,
            kind="private",
            language="en",
            subscribed=True,
            active=True,
            topics=frozenset(),
            times=(time(8),),
            zone="UTC",
            watermark=None,
            next_due_at=None,
            created_at=self.clock(),
            wishes=wishes,
        )
        async with self.store.begin() as tx:
            await tx.subscribers.save(replace(made, **facts))  # type: ignore[arg-type]  # names of fields

    async def publish(self, text: str, *, age: timedelta = timedelta(0), outlet: str = "Harbour Wire") -> None:
        self.posts += 1
        title = " ".join(text.split()[:6])
        published = self.clock() - age
        key = f"post:-100:{self.posts}"
        article = Article(key=key, title=title, text=text, published=published, outlet=outlet, link="https://x.org/1")
        async with self.store.begin() as tx:
            await tx.articles.queue(article, self.clock(), self.clock())
        await self.loop.run_once()
        await self.alerting.run_once()

    async def sent(self, *, within: timedelta = timedelta(0)) -> list[OutboxItem]:
        """What goes out up to then; settled, so that it is not given again."""
        found: list[OutboxItem] = []
        async with self.store.begin() as tx:
            while rows := await tx.outbox.claim([Lane.BROADCAST], 100, self.clock() + within):
                found += rows
                await tx.outbox.sent_all([(row.id, 1) for row in rows], self.clock())
        return found


@pytest.fixture
def wire(store: Store, clock: "WoundClock") -> Wire:
    loop = ReadingLoop(store, ThreadedReader(FactReader()), clock)
    return Wire(store, clock, loop, Alerting(store, clock))


async def test_who_asked_for_a_topic_is_told_of_a_new_story_once(wire: Wire) -> None:
    await wire.reader(1, Wishes(alerts=frozenset({WAR})))
    await wire.reader(2, Wishes(alerts=frozenset({POLITICS})))
    await wire.reader(3, Wishes())
    await wire.publish(QUAKE)
    (alert,) = await wire.sent()
    assert alert.chat_id == 1
    assert alert.params["text"].startswith(
        "Just in: The quake in the Halvers valley\nHarbour Wire, Sunday 22 November 2026"
    )
    await wire.publish(QUAKE.replace("Schools", "All schools"), outlet="Other Wire")
    await wire.alerting.run_once()
    assert await wire.sent() == []


async def test_who_follows_words_is_told_of_a_new_story_and_of_a_changed_figure(wire: Wire) -> None:
    await wire.reader(1, Wishes(alerts=frozenset({ALERT_FOLLOWED}), follow=frozenset({"Halvers valley"})))
    await wire.reader(2, Wishes(alerts=frozenset({ALERT_FOLLOWED}), follow=frozenset({"Halvers mountain"})))
    await wire.publish(QUAKE)
    assert [one.chat_id for one in await wire.sent()] == [1]
    await wire.reader(3, Wishes(alerts=frozenset({ALERT_FOLLOWED}), follow=frozenset({"quakes"})))
    await wire.reader(4, Wishes(alerts=frozenset({WAR})))
    wire.clock.wind(minutes=5)
    await wire.publish(AGAIN)
    (changed,) = await wire.sent()
    assert changed.chat_id == 3, "reader 1 knows the story, reader 4 wants new stories alone"
    assert changed.params["text"].startswith("Changed: ")
    assert "57" in changed.params["text"]
    assert "41" in changed.params["text"]


@pytest.mark.parametrize(
    ("wishes", "facts"),
    [
        (Wishes(paused_until=datetime(2026, 12, 1, tzinfo=UTC)), {}),
        (Wishes(mute=frozenset({"quake"})), {}),
        (Wishes(muted_stories=frozenset({1})), {}),
        (Wishes(sources=frozenset({"Other Wire"})), {}),
        (Wishes(), {"active": False}),
        (Wishes(), {"subscribed": False}),
    ],
)
async def test_who_does_not_want_it_or_is_gone_is_not_told(wire: Wire, wishes: Wishes, facts: dict[str, bool]) -> None:
    await wire.reader(1, replace(wishes, alerts=frozenset({WAR})), **facts)
    await wire.publish(QUAKE)
    assert await wire.sent(within=timedelta(days=2)) == []


async def test_an_alert_waits_for_the_end_of_the_quiet_hours(wire: Wire) -> None:
    await wire.reader(1, Wishes(alerts=frozenset({WAR}), quiet=(time(9), time(11))))
    await wire.publish(QUAKE)
    assert await wire.sent() == []
    assert len(await wire.sent(within=timedelta(hours=1))) == 1


async def test_nobody_gets_more_than_a_few_in_an_hour(wire: Wire) -> None:
    await wire.reader(1, Wishes(alerts=frozenset({WAR})))
    towns = ("Alder", "Birch", "Cedar", "Drake", "Elder", "Frost", "Gorse")
    events = (
        "bridge collapsed",
        "harbour burned",
        "mine flooded",
        "market closed",
        "tram stopped",
        "dam broke",
        "hall fell",
    )
    for town, event in zip(towns, events, strict=True):
        await wire.publish(f"The {event} in {town}.")
    assert len(await wire.sent()) == MAX_PER_HOUR
    wire.clock.wind(hours=2)
    await wire.publish("A lighthouse keeper of Holm rescued eleven sailors.")
    assert len(await wire.sent()) == 1


async def test_what_came_late_alerts_nobody(wire: Wire) -> None:
    await wire.reader(1, Wishes(alerts=frozenset({WAR})))
    await wire.publish(QUAKE, age=timedelta(hours=5))
    assert await wire.sent() == []


async def test_nobody_is_alerted_of_a_withdrawn_story(wire: Wire) -> None:
    await wire.publish(QUAKE)
    async with wire.store.begin() as tx:
        await tx.control.withdraw_story(1, "The quake", wire.clock())
    await wire.reader(1, Wishes(alerts=frozenset({WAR, ALERT_FOLLOWED}), follow=frozenset({"quake"})))
    wire.clock.wind(minutes=5)
    await wire.publish(AGAIN)
    assert await wire.sent() == []


async def test_a_follow_up_that_changes_a_figure_says_what_it_was(wire: Wire) -> None:
    await wire.publish(QUAKE)
    await wire.reader(1, Wishes(alerts=frozenset({WAR})))
    wire.clock.wind(hours=1)
    await wire.publish(AGAIN)
    (changed,) = await wire.sent()
    assert "57" in changed.params["text"]
    assert "41" in changed.params["text"]


async def test_killed_half_way_nobody_is_told_twice(wire: Wire) -> None:
    await wire.reader(1, Wishes(alerts=frozenset({WAR})))
    await wire.publish(QUAKE)
    async with wire.store.begin() as tx:  # as if the alarm had not been settled
        await tx.alerts.raise_("post:-100:1", Reason.OPENED, wire.clock())
    await wire.reader(2, Wishes(alerts=frozenset({WAR})))
    await wire.alerting.run_once()
    assert sorted(one.chat_id for one in await wire.sent()) == [1, 2]


async def test_wishes_given_up_are_forgotten_by_the_index(wire: Wire) -> None:
    await wire.reader(1, Wishes(alerts=frozenset({WAR})))
    await wire.reader(1, Wishes())
    async with wire.store.read() as tx:
        assert await tx.alerts.wished([WAR]) == []
    await wire.publish(QUAKE)
    assert await wire.sent() == []


async def test_who_follows_a_figure_is_told_of_each_change_of_it_at_once_and_of_nothing_twice(wire: Wire) -> None:
    await wire.publish(QUAKE)
    async with wire.store.read() as tx:
        (killed,) = [one for one in await tx.ledger.find("quake killed", 5) if one.entries[-1].figure.value == 41]
    await wire.reader(1, Wishes(figures=frozenset({killed.id}), alerts=frozenset({WAR})))
    await wire.reader(2, Wishes(figures=frozenset({killed.id}), quiet=(time(9), time(12))))
    await wire.reader(3, Wishes(figures=frozenset({killed.id}), paused_until=datetime(2026, 12, 1, tzinfo=UTC)))
    await wire.reader(4, Wishes(figures=frozenset({killed.id + 1000})))
    wire.clock.wind(minutes=5)
    await wire.publish(AGAIN)
    (told,) = await wire.sent()
    assert told.chat_id == 1
    assert told.params["text"].startswith("Changed: ")
    assert all(number in told.params["text"] for number in ("57", "41"))
    (waited,) = await wire.sent(within=timedelta(hours=3))
    assert waited.chat_id == 2
    wire.clock.wind(minutes=5)
    await wire.publish(AGAIN.replace("57", "63").replace("engineers", "the engineers"))
    assert {one.chat_id for one in await wire.sent(within=timedelta(hours=3))} == {1, 2}
    await wire.alerting.run_once()
    assert await wire.sent(within=timedelta(hours=3)) == []


async def test_who_follows_a_date_is_told_at_once_when_it_moves_and_not_again_at_their_hour(wire: Wire) -> None:
    waiver = "Norland's fuel waiver for Port Ellery expires on 20 December 2026, the trade ministry said on Sunday."
    await wire.publish(waiver)
    async with wire.store.begin() as tx:
        (entry,) = await tx.book.upcoming(wire.clock().date(), wire.clock().date() + timedelta(days=60), 5)
    await wire.reader(1, Wishes())
    chat = Chat(chat_id=1, kind="private")
    async with wire.store.begin() as tx:
        await reminders.follow(tx, chat, Defaults(), wire.clock(), entry=entry.id)
    wire.clock.wind(minutes=30)
    await wire.publish(
        "Norland's fuel waiver for Port Ellery, due to expire on 20 December 2026, now expires on 27 December 2026, the "
        "trade ministry said on Sunday."
    )
    (told,) = await wire.sent()
    assert told.params["text"].startswith("Moved")
    assert "27 December 2026, was 20 December 2026" in told.params["text"]
    wire.clock.wind(days=1)
    await reminders.Reminding(wire.store, wire.clock).run_once(wire.clock())
    assert await wire.sent() == []
