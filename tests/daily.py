"""A newspaper that is made day by day on a clock that is wound, and readers who get it: what tests of weeks and months share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.delivery.tick import Tick
from bot.newsroom.editions import EditionDesk
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.press.edition import render_edition
from bot.store import LANES, OutboxItem, Store, Subscriber
from models.api import Article, Piece, Reading, Summary
from models.facts import read_facts
from models.sentences import split_sentences


def subscriber(chat_id: int, due: datetime, **changes: object) -> Subscriber:
    """A reader who gets an edition at ``due`` and every day after at that hour (UTC)."""
    plain = Subscriber(
        chat_id=chat_id,
        kind="private" if chat_id > 0 else "supergroup",
        language="en",
        subscribed=True,
        active=True,
        topics=frozenset(),
        times=(time(due.hour, due.minute),),
        zone="UTC",
        watermark=due - timedelta(days=1),
        next_due_at=due,
        created_at=due - timedelta(days=9),
    )
    return replace(plain, **changes)


async def all_sent(store: Store, at: datetime, **claimed: datetime) -> list[OutboxItem]:
    """Everything that is due goes out and arrives."""
    gone: list[OutboxItem] = []
    while True:
        async with store.begin() as tx:
            items = await tx.outbox.claim(LANES, 100, at, **claimed)
            await tx.outbox.sent_all([(item.id, item.id) for item in items], at)
        if not items:
            return gone
        gone += items


class FactReader:
    """The real figures and deadlines, and the first sentence as summary."""

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        return [self._read(article) for article in articles]

    def _read(self, article: Article) -> Reading:
        sentences = tuple(split_sentences(article.text))
        facts = read_facts(article.text, sentences, article.reference)
        pieces = tuple(Piece(text=article.text[one.start : one.end], spans=(one,)) for one in sentences[:1])
        return Reading(
            key=article.key,
            language="en",
            headline=article.title or "",
            sentences=sentences,
            summary=Summary(pieces=pieces),
            topics=(),
            figures=tuple(facts.figures),
            deadlines=tuple(facts.deadlines),
            vector=b"",
            model="facts",
        )


class Daily:
    """What is queued is read, what is due is composed and sent, at the moment ``now``."""

    def __init__(self, store: Store, now: datetime, room: ThreadedReader | None = None) -> None:
        self.store = store
        self.now = now
        room = room or ThreadedReader(FactReader())
        self.editions = EditionDesk(store, room, self.clock)
        self.tick = Tick(store, self.editions.compose_for, render_edition, self.clock)
        self.loop = ReadingLoop(store, room, self.clock)

    def clock(self) -> datetime:
        return self.now

    async def save(self, *readers: Subscriber) -> None:
        async with self.store.begin() as tx:
            for one in readers:
                await tx.subscribers.save(one)

    async def delivered(self) -> list[OutboxItem]:
        """What goes out now."""
        await self.tick.run_once(self.now)
        return await all_sent(self.store, self.now)
