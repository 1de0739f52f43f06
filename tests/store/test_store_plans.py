"""No query of a tick grows with the archive: SQLite and PostgreSQL say how they would run each of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from store_plans import conditions, plan
from store_samples import NOON, TEXT, article, message, reading, subscriber

from bot.desk.profile import Window
from bot.newsroom.ledger import enter_figures
from bot.store import LANES, Kind, Lane, Place, Reason, Store, Voice, Wishes

ALLOWED_SCANS = (
    "SCAN CONSTANT ROW",
    "SCAN inbox USING COVERING INDEX ix_inbox_received",
    "SCAN alarms",
    "SCAN complete",
    "SCAN anon_1",
    "SCAN held",
    "SCAN newest",
    "SCAN figure_series USING INDEX ix_figure_series_newest",
    "SCAN pages USING COVERING INDEX ix_pages_age",
)
"""Values given in the statement itself, the first rows of a queue that is emptied, the newest rows of an index, the few readers whose editions were just
sent, and what a search with a limit has found (a count with a limit is one)."""


async def deliver(store: Store) -> None:
    """Every query of the tick and of the sender."""
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(1))
        (due,) = await tx.subscribers.due(NOON, 10)
        await tx.subscribers.due(NOON, 10, due)
        await tx.subscribers.several([1, 2])
        await tx.subscribers.schedule({1: NOON})
        number = await tx.editions.add("{}", "en", Window(NOON, NOON), NOON)
        part = message(1, lane=Lane.BROADCAST, kind=Kind.EDITION, edition_id=number, parts=2, watermark=NOON)
        await tx.outbox.put(part, NOON)
        await tx.outbox.open_editions([1, 2])
        await tx.outbox.has_late(NOON)
        (item,) = await tx.outbox.claim(LANES, 10, NOON, without={3})
        await tx.outbox.sent(item.id, 1, NOON)
        await tx.outbox.retry(item.id, NOON, "why")
        await tx.outbox.next_due()
        await tx.outbox.next_due(after=NOON)
        await tx.editions.last_told(1)
        await tx.outbox.uncertain(item.id, "why", NOON)
        await tx.outbox.gone(item.id, 1, "why", NOON)
        await tx.outbox.supersede_edits(1, 5, NOON)
        await tx.outbox.migrate(1, 2)
        await tx.outbox.recover(NOON)
        await tx.outbox.put(replace(part, dedupe_key="late"), NOON)
        await tx.outbox.fold_late(NOON + timedelta(hours=1), NOON)


async def take_in(store: Store) -> None:
    """Every query of the inbox, of reading and of composing."""
    async with store.begin() as tx:
        await tx.articles.queue(article("a"), NOON, NOON)
        await tx.articles.waiting(10, NOON)
        await tx.articles.next_ready()
        await tx.articles.seal(NOON)
        story = await tx.articles.store_reading("a", 1, reading("a"), None, NOON)
        await tx.articles.queue(article("b"), NOON, NOON)
        await tx.articles.store_reading("b", 1, reading("b"), story, NOON)
        await tx.articles.filed_between(NOON, NOON)
        await tx.articles.exceeds(NOON, NOON, 5)
        await tx.articles.earlier([1], NOON)
        await tx.stories.recent(NOON)
        await tx.stories.card(4711)
        await tx.stories.threads([1, 2])
        await tx.ledger.newest(5)
        await tx.search.stories(("troop", "norland"), 5, NOON)
        await tx.articles.withdraw("a")
        await tx.posts.by_link("harbourwire", 1)
        await tx.posts.newest_of_channels(10)
        await tx.posts.of_article("a")
        await tx.inbox.pending(10)
        await tx.inbox.parked(10)
        await tx.inbox.last_id()


async def alert(store: Store) -> None:
    """Every query of operators' marks on a tick, of alerts, and of readers' voices."""
    async with store.begin() as tx:
        await tx.subscribers.save(replace(subscriber(5), wishes=Wishes(alerts=frozenset({"medtop:16000000"}))))
        await tx.control.source(1)
        await tx.control.held_since()
        await tx.control.withdrawn([1, 2])
        await tx.alerts.raise_("a", Reason.OPENED, NOON)
        (alarm,) = await tx.alerts.raised(5)
        await tx.alerts.wished(["medtop:16000000", "word:grain"])
        await tx.alerts.wishing("medtop:16000000", None, 5)
        await tx.alerts.wishing("medtop:16000000", 1, 5)
        await tx.alerts.counts([5], NOON)
        await tx.alerts.tell(1, [5], NOON)
        await tx.alerts.told(1, [5])
        await tx.alerts.settle(alarm.id)
        await tx.voices.say(Voice(chat_id=5, story=1, useful=True, outlet="Harbour Wire", said_at=NOON))
        await tx.voices.shares(["Harbour Wire", "Northgate Post"])
        await tx.editions.sent_to(1, 5)
        await tx.posts.newest(-100)


async def fetch(store: Store) -> None:
    """Every query of links and feeds."""
    async with store.begin() as tx:
        await tx.pages.want("https://a.example/", "a", NOON)
        await tx.pages.due(4, NOON)
        await tx.pages.of_article("a")
        await tx.pages.articles_of("https://a.example/")
        await tx.pages.try_later("https://a.example/", "why", NOON)
        await tx.pages.was_read("https://a.example/", "{}", None, None, NOON)
        await tx.pages.was_unchanged("https://a.example/", NOON)
        await tx.pages.was_refused("https://a.example/", "why", NOON)
        await tx.pages.leave("a")
        await tx.pages.forget(NOON, most=1, limit=5)
        await tx.pages.want("https://a.example/", "a", NOON)
        await tx.pages.forget(NOON + timedelta(days=1), most=1, limit=5)
        await tx.feeds.put("feed:a", "https://a.example/feed", "{}", NOON)
        await tx.feeds.put("feed:a", "https://a.example/feed", "{}", NOON)
        await tx.feeds.entry("feed:a")
        await tx.feeds.was_read("https://a.example/feed", None, None, NOON, NOON)
        await tx.feeds.failed("https://a.example/feed", "why", NOON)
        await tx.feeds.due(["https://a.example/feed"], NOON)
        await tx.feeds.reason("https://a.example/feed")


async def age(store: Store) -> None:
    """Every query of what ages out, and of what /metrics counts."""
    async with store.begin() as tx:
        await tx.articles.queue(article("old"), NOON, NOON)
        await tx.articles.store_reading("old", 1, reading("old"), None, NOON)
        await tx.gauges.waiting(NOON)
        await tx.gauges.articles()
        await tx.gauges.readers()
        number = await tx.editions.add("{}", "en", Window(NOON, NOON), NOON)
        old = message(1, 9, lane=Lane.BROADCAST, kind=Kind.EDITION, edition_id=number, watermark=NOON, dedupe_key="old")
        await tx.outbox.put(old, NOON)
        (item,) = await tx.outbox.claim((Lane.BROADCAST,), 1, NOON, without={3})
        await tx.outbox.sent(item.id, 1, NOON)
        later = NOON + timedelta(days=400)
        for sweep in (
            tx.retention.updates,
            tx.retention.articles,
            tx.retention.unread,
            tx.retention.posts,
            tx.retention.messages,
            tx.retention.editions,
        ):
            place: Place | None = Place()
            while place is not None:
                place = (await sweep(later, place, 10)).next
        await tx.search.stories(("troop", "norland"), 5, NOON)


async def follow_figures(store: Store) -> None:
    """Every query of the figure ledger."""
    async with store.begin() as tx:
        for number in range(2):
            key = f"ledger{number}"
            made = article(key, TEXT.replace("3,000", f"{number + 3},000"))
            await tx.articles.queue(made, NOON, NOON)
            story = await tx.articles.store_reading(key, 1, reading(key), None, NOON)
            assert story is not None
            await enter_figures(tx, made, reading(key), story, NOON)
        await tx.ledger.notes(["ledger0", "ledger1"])
        (series,) = await tx.ledger.find("troops norland", 3)
        await tx.ledger.series(series.id)
        await tx.articles.queue(article("ledger0", "Nothing."), NOON, NOON)
        await tx.articles.store_reading("ledger0", 2, replace(reading("ledger0"), figures=()), None, NOON)
        await tx.articles.withdraw("ledger1")


async def test_every_query_of_a_tick_is_a_search_of_an_index(store: Store) -> None:
    seen: dict[str, Any] = {}

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:  # noqa: FBT001  the event's signature
        seen.setdefault(statement, parameters[0] if many else parameters)

    event.listen(store._engine.sync_engine, "before_cursor_execute", note)
    await deliver(store)
    await take_in(store)
    await fetch(store)
    await follow_figures(store)
    await alert(store)
    await age(store)
    async with store.begin() as tx:
        await tx.outbox.put_all([message(7, number) for number in range(3000)], NOON)
        if store.is_shared:  # which would rather read a small table through than look a few rows up in it
            await tx.outbox._connection.exec_driver_sql("ANALYZE outbox")
    plans: dict[str, list[str]] = {}
    async with store.read() as tx:
        for statement, parameters in list(seen.items()):
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                plans[statement] = await plan(tx.inbox._connection, statement, parameters)
    assert len(plans) > 30
    grows = [
        f"{step}: {statement}"
        for statement, steps in plans.items()
        for step in steps
        if not step.startswith(ALLOWED_SCANS)
    ]
    assert not grows, "\n\n".join(grows)


async def test_a_page_of_who_is_due_begins_where_the_last_one_ended(store: Store) -> None:
    seen: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: bool) -> None:  # noqa: FBT001  the event's signature
        seen.append((statement, parameters))

    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(1))
        (due,) = await tx.subscribers.due(NOON, 10)
        event.listen(store._engine.sync_engine, "before_cursor_execute", note)
        await tx.subscribers.due(NOON, 10, due)
    statement, parameters = seen[0]
    async with store.read() as tx:
        ranges = await conditions(tx.inbox._connection, statement, parameters)
    assert "(next_due_at,chat_id)>" in ranges.replace(" ", "").replace("ROW", "")
