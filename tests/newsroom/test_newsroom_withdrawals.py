"""A story is withdrawn while editions and alerts with it still wait to go out."""

from datetime import UTC, datetime, time, timedelta

from bot.delivery.tick import Tick
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.operators import withdraw
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.press.edition import render_edition
from bot.store import LANES, Kind, Lane, NewOutboxItem, OutboxItem, Store, Subscriber
from models.api import Article

MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def claimed(store: Store, at: datetime) -> list[OutboxItem]:
    async with store.begin() as tx:
        return await tx.outbox.claim(LANES, 10, at)


async def test_what_waits_is_recalled_and_made_again_without_the_story(store: Store) -> None:
    now = MORNING - timedelta(hours=1)
    reader = ThreadedReader(PlainReader())
    loop = ReadingLoop(store, reader, lambda: now)
    tick = Tick(store, EditionDesk(store, reader, lambda: now).compose_for, render_edition, lambda: now)
    made = Subscriber(
        chat_id=7,
        kind="private",
        language="en",
        subscribed=True,
        active=True,
        topics=frozenset(),
        times=(time(8),),
        zone="UTC",
        watermark=now - timedelta(hours=10),
        next_due_at=MORNING,
        created_at=now,
    )
    texts = (
        "Flood in Port Ellery\n\nThe river rose.",
        "Ferries stop in Northhaven\n\nCrews struck over pay on Sunday.",
    )
    async with store.begin() as tx:
        await tx.subscribers.save(made)
        for number, text in enumerate(texts):
            article = Article(key=f"a{number}", title=text.partition("\n")[0], text=text, published=now, outlet="Wire")
            await tx.articles.queue(article, now, now)
    await loop.run_once()
    now = MORNING
    assert await tick.run_once(now) == 1
    async with store.begin() as tx:
        filed = await tx.articles.get("a0")
        assert filed is not None
        await tx.alerts.tell(filed.story, [7], now)
        alert = NewOutboxItem(
            chat_id=7,
            lane=Lane.BROADCAST,
            kind=Kind.ALERT,
            method="sendMessage",
            params={"chat_id": 7, "text": "Just in"},
            dedupe_key=f"alert:7:{filed.story}",
            not_before=MORNING + timedelta(hours=1),
        )
        await tx.outbox.put(alert, now)
        assert await withdraw(tx, filed.story, now) == 0, "nobody was told it"
    now = MORNING + timedelta(minutes=2)
    assert await tick.run_once(now) == 1
    (edition,) = await claimed(store, now + timedelta(hours=2))
    assert "Ferries stop" in edition.params["text"]
    assert "Flood" not in edition.params["text"]
    async with store.begin() as tx:
        await tx.outbox.sent(edition.id, 1, now)
        assert await tx.outbox.claim(LANES, 10, now + timedelta(hours=2)) == []
