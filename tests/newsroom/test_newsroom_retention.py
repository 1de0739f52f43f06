"""What is too old goes, a little at a time; what a later edition, correction, /why, search or withdrawal needs stays."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from daily import Daily, FactReader, subscriber
from sqlalchemy import event, func, select
from structlog.testing import capture_logs

from bot.desk.search import wished
from bot.newsroom.archive import last_edition
from bot.newsroom.operators import withdraw
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.retention import Ageing, Keep
from bot.store import Kind, OutboxItem, Store
from bot.store.tables import articles, corrected, editions, figures, inbox, metadata, outbox, posts, readings, stories
from models.api import Article

CHANNEL_ID = -1001234567890
START = datetime(2026, 1, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
KEEP = Keep(updates=30 * DAY, articles=100 * DAY, editions=60 * DAY)
QUAKE = "Quake hits Halvers\n\nThe quake killed 41 people in Halvers, officials said. Norland must hand over the harbour by 1 June 2027."
HALVERS = "https://t.me/harbour_wire/1"
FERRY = "Ferries stop in Northhaven\n\nSome 3,200 ferry workers went on strike in Northhaven, their union said."


class Paper(Daily):
    """A newspaper that is made for a year and more, with a clock that is wound."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, START)
        self.posted = 0
        self.posts = PostDesk(Channels([CHANNEL_ID]), self.clock, remembers=KEEP.articles)
        self.ageing = Ageing(store, self.clock, KEEP, batch=3, steps=10_000)

    async def post(self, text: str, number: int | None = None, *, written: datetime | None = None, **more: Any) -> int:
        """A post; with the number of an earlier one, its edit."""
        self.posted += number is None
        chat = {"id": CHANNEL_ID, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
        date = int((written or self.now).timestamp())
        message = {"message_id": number or self.posted, "chat": chat, "date": date, "text": text, **more}
        async with self.store.begin() as tx:
            update_id = 1000 + int((self.now - START).total_seconds()) + self.posted
            await tx.inbox.add(update_id, CHANNEL_ID, json.dumps(message), self.now)
            await self.posts.receive(tx, message, edited=number is not None)
            await tx.inbox.done(update_id, self.now)
        self.now += timedelta(seconds=3)
        await self.loop.run_once()
        return number or self.posted

    async def fill(self, first: int, count: int) -> None:
        """Long articles on many things, read in one go."""
        async with self.store.begin() as tx:
            for number in range(first, first + count):
                text = f"The council of Port {number} agreed on {number + 100} new homes. " + "x" * 6000
                made = Article(key=f"a{number}", title=f"Item {number}", text=text, published=self.now, outlet="Wire")
                await tx.articles.queue(made, self.now, self.now)
        assert await self.loop.run_once() == count

    async def subscribe(self, chat: int) -> None:
        due = self.now.replace(hour=9, minute=0, second=0)
        await self.save(subscriber(chat, due, watermark=None, created_at=self.now))

    async def unsubscribe(self, chat: int) -> None:
        async with self.store.begin() as tx:
            reader = await tx.subscribers.get(chat)
            assert reader is not None
            await tx.subscribers.save(replace(reader, subscribed=False, next_due_at=None))

    async def deliver(self, **later: float) -> list[OutboxItem]:
        """What goes out at a later moment."""
        self.now += timedelta(**later)
        return await self.delivered()

    async def age(self, days: float) -> int:
        self.now += days * DAY
        return await self.ageing()

    async def count(self, table: Any) -> int:
        async with self.store.read() as tx:
            return int(await tx.inbox._connection.scalar(select(func.count()).select_from(table)) or 0)

    async def found(self, words: str) -> list[tuple[str, str, str | None]]:
        async with self.store.read() as tx:
            stories_ = await tx.search.stories(wished(words.split()), 5, self.now)
        return [(one.headline, one.outlet, one.link) for one in stories_]


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """On SQLite, and once more on PostgreSQL."""
    opened = await Store.open(url)
    yield opened
    await opened.close()


@pytest.fixture
def paper(store: Store) -> Paper:
    return Paper(store)


async def test_raw_news_goes_and_figures_dates_and_the_search_stay(paper: Paper) -> None:
    await paper.post(QUAKE)
    await paper.post(FERRY)
    before = await paper.found("quake halvers")
    assert before == [("Quake hits Halvers", "Harbour Wire", HALVERS)]
    assert await paper.age(31) == 1, "of two raw updates the last stays"
    assert (await paper.count(inbox), await paper.count(readings)) == (1, 2)
    await paper.age(70)
    assert (await paper.count(articles), await paper.count(readings)) == (0, 0)
    assert await paper.count(posts) == 1, "the newest post of a channel stays: by it the channel is known"
    assert await paper.count(stories) == 2
    assert await paper.found("quake halvers") == before
    async with paper.store.read() as tx:
        (series, *_) = await tx.ledger.find("killed halvers", 3)
        kept = await tx.ledger.series(series.id)
        assert kept is not None
        assert [entry.sentence for entry in kept.entries] == ["The quake killed 41 people in Halvers, officials said."]
        (deadline,) = await tx.book.upcoming(paper.now.date(), paper.now.date() + 900 * DAY, 5)
        assert deadline.sentence == "Norland must hand over the harbour by 1 June 2027."


async def test_a_story_goes_whole_or_not_at_all(paper: Paper) -> None:
    await paper.post(QUAKE)
    story: int | None = None
    for number in range(4):
        made = Article(key=f"a{number}", title="Quake", text="A quake.", published=paper.now, outlet=f"Wire {number}")
        (reading,) = FactReader().read([made])
        async with paper.store.begin() as tx:
            await tx.articles.queue(made, paper.now, paper.now)
            story = await tx.articles.store_reading(made.key, 1, reading, story, paper.now)
        paper.now += 30 * DAY
    await paper.age(0)  # 120 days after its first article, 30 after its last
    assert await paper.count(readings) == 4
    await paper.age(71)
    assert await paper.count(readings) == 0
    assert await paper.found("quake") == [("Quake", "Wire 3", None), ("Quake hits Halvers", "Harbour Wire", HALVERS)]


async def test_a_correction_reaches_its_readers_as_long_as_what_they_were_told_is_kept(paper: Paper) -> None:
    await paper.subscribe(7)
    number = await paper.post(QUAKE)
    written = START
    assert len(await paper.deliver(hours=1)) == 1
    await paper.unsubscribe(7)
    await paper.age(59)
    await paper.post(QUAKE.replace("41", "14"), number, written=written)
    (correction,) = await paper.deliver(minutes=5)
    assert (correction.kind, correction.article) == (Kind.CORRECTION, f"post:{CHANNEL_ID}:{number}")
    assert "14 (we said 41)" in correction.params["text"]


async def test_an_edit_of_what_is_forgotten_is_no_news(paper: Paper) -> None:
    await paper.subscribe(7)
    number = await paper.post(QUAKE)
    await paper.post(FERRY)
    await paper.age(120)
    await paper.deliver(minutes=1)
    with capture_logs() as logs:
        await paper.post(QUAKE.replace("41", "14"), number, written=START)
    assert [one["reason"] for one in logs if one["event"] == "post_skipped"] == ["post_forgotten"]
    assert await paper.count(articles) == 0
    paper.now = (paper.now + DAY).replace(hour=9, minute=0, second=0)
    (edition,) = await paper.deliver(minutes=1)
    assert "Halvers" not in edition.params["text"]


async def test_the_last_edition_of_a_reader_can_be_asked_about_for_ever_and_earlier_ones_go(paper: Paper) -> None:
    await paper.subscribe(7)
    await paper.subscribe(8)
    await paper.post(QUAKE)
    await paper.deliver(hours=1)
    await paper.unsubscribe(7)
    paper.now = START + 1 * DAY
    await paper.post(FERRY)
    await paper.deliver(hours=1)
    await paper.unsubscribe(8)
    assert (await paper.count(editions), await paper.count(outbox)) == (2, 3)
    await paper.age(400)
    async with paper.store.read() as tx:
        first, second = await last_edition(tx, 7), await last_edition(tx, 8)
    assert first is not None
    assert second is not None
    assert first.figures[0].sentence == "The quake killed 41 people in Halvers, officials said."
    assert "3,200" in second.figures[0].sentence
    assert (await paper.count(editions), await paper.count(outbox)) == (2, 2)
    await paper.subscribe(7)
    await paper.post(FERRY.replace("3,200", "4,100"))
    await paper.deliver(hours=2)
    await paper.age(0.1)
    assert (await paper.count(editions), await paper.count(outbox)) == (2, 2), "the new one took the place of the old"


async def test_a_story_can_be_withdrawn_after_its_articles_are_gone(paper: Paper) -> None:
    await paper.post(QUAKE)
    await paper.post(FERRY)
    await paper.age(120)
    async with paper.store.begin() as tx:
        story = await tx.inbox._connection.scalar(
            select(stories.c.id).where(stories.c.headline == "Quake hits Halvers")
        )
        assert await withdraw(tx, story, paper.now) == 0
    assert await paper.found("quake halvers") == []
    async with paper.store.read() as tx:
        assert [one for one in await tx.ledger.find("killed halvers", 3) if "kill" in one.label] == []
        assert await tx.book.upcoming(paper.now.date(), paper.now.date() + 900 * DAY, 5) == []
        assert await tx.inbox._connection.scalar(select(func.count()).select_from(figures)) == 1


async def test_an_album_that_is_kept_is_kept_with_all_its_parts(paper: Paper) -> None:
    album = {"media_group_id": "77", "photo": []}
    first = await paper.post("", caption=QUAKE, **album)
    await paper.post("", **album)
    await paper.post(FERRY)
    paper.now += 80 * DAY
    await paper.post("", first + 1, written=START, caption="Photo: Harbour Wire", **album)
    await paper.age(15)
    async with paper.store.read() as tx:
        assert len(await tx.posts.of_article(f"album:{CHANNEL_ID}:77")) == 2


async def test_a_post_of_several_articles_stays_until_the_last_of_them_is_gone(paper: Paper) -> None:
    await paper.post(QUAKE)
    key = f"post:{CHANNEL_ID}:1"
    async with paper.store.begin() as tx:
        made = Article(key=f"{key}#1", title="Item", text="An item.", published=START + 50 * DAY, outlet="Wire")
        (reading,) = FactReader().read([made])
        await tx.articles.queue(made, START, START)
        await tx.articles.store_reading(made.key, 1, reading, None, START)
    await paper.post(FERRY)
    await paper.age(110)
    assert (await paper.count(readings), await paper.count(posts)) == (1, 2)
    await paper.age(60)
    assert (await paper.count(readings), await paper.count(posts)) == (0, 1)


async def test_each_step_changes_few_rows_and_lets_others_in(paper: Paper) -> None:
    await paper.fill(0, 30)
    paper.ageing = Ageing(paper.store, lambda: paper.now, KEEP, batch=5, steps=2)
    changed: list[int] = []
    engine = paper.store._engine.sync_engine

    def note(_: Any, cursor: Any, statement: str, *__: Any) -> None:
        if statement.startswith("DELETE"):
            changed.append(cursor.rowcount)

    event.listen(engine, "after_cursor_execute", note)
    paper.now += 200 * DAY
    looks = 0
    while await paper.count(readings):
        await paper.ageing()
        looks += 1
        assert looks < 200
    assert looks >= 3
    assert max(changed) <= 5


async def test_when_all_is_done_it_rests_for_an_hour(paper: Paper) -> None:
    await paper.post(QUAKE)
    await paper.age(200)
    asked = 0

    def count(*_: Any) -> None:
        nonlocal asked
        asked += 1

    event.listen(paper.store._engine.sync_engine, "before_cursor_execute", count)
    assert await paper.age(0.01) == 0
    assert asked == 0
    await paper.age(0.04)
    assert asked > 0


async def test_the_room_that_becomes_free_is_used_again(paper: Paper) -> None:
    if paper.store.is_shared:
        pytest.skip("PostgreSQL's autovacuum does it, in its own time")

    async def pragma(name: str) -> int:
        async with paper.store.read() as tx:
            found: int = (await tx.inbox._connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            return found

    empty = await pragma("page_count")
    await paper.fill(0, 25)
    full = await pragma("page_count")
    await paper.age(200)
    free = await pragma("freelist_count")
    assert free > 0.3 * (full - empty), (empty, full, free)
    await paper.fill(100, 25)
    left, grown = await pragma("freelist_count"), await pragma("page_count") - full
    assert left < 0.5 * free, (empty, full, free, left, grown)
    assert grown < 0.75 * (full - empty), (empty, full, free, left, grown)


async def test_notes_on_corrections_go_with_their_article(paper: Paper) -> None:
    for chat in range(1, 12):
        await paper.subscribe(chat)
    number = await paper.post(QUAKE)
    await paper.deliver(hours=1)
    await paper.post(QUAKE.replace("41", "14"), number, written=START)
    await paper.post(FERRY)
    assert await paper.count(corrected) == 11
    await paper.age(200)
    assert await paper.count(corrected) == 0
    assert await paper.count(readings) == 0


def test_every_table_is_accounted_for() -> None:
    """Who adds a table says here whether it ages: with what, or why it may stay."""
    ages = {
        "inbox",
        "posts",
        "articles",
        "readings",
        "editions",
        "drawn",
        "outbox",
        "corrected",
        "alerts",
        "page_articles",
    }
    ages |= {"feed_entries"}
    bounded = {"pages", "feeds", "sources", "marks", "alarms", "announcements", "withdrawn_stories", "outlet_voices"}
    bounded |= {"asks", "senders", "paces"}
    readers = {"subscribers", "reminder_readers", "deadline_follows", "voices", "alert_wishes"}
    stays = {"stories", "story_words", "figures", "figure_series", "figure_terms", "figure_disputes", "deadlines"}
    stays |= {"deadline_entries", "deadline_terms"}
    assert {table.name for table in metadata.sorted_tables} == ages | bounded | readers | stays
