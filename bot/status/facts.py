"""Gathers what the status page shows, in one look at the database: counts, times, names of sources, figures of the news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError

from bot.desk.ledger import Series
from bot.newsroom.operators import Headcount, Listed, Traffic, headcount, sources, traffic
from bot.store import State, Store, StoredEdition, Transaction, load_edition

EDITIONS, FIGURES, FAILURES = 12, 12, 8
"""So many of each are listed."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An edition as numbers: what is in it (None: an older version wrote it), and to how many chats it went, by state."""

    created_at: datetime
    start: datetime
    end: datetime
    stories: int | None
    figures: int | None
    deadlines: int | None
    chats: Mapping[State, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed, and why it could not be read last time, if it could not."""

    url: str
    trouble: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is shown."""

    now: datetime
    traffic: Traffic
    articles: Mapping[str, int]
    read_today: int
    updates_waiting: int
    readers: Headcount
    channels: Sequence[Listed]
    feeds: Sequence[FeedState]
    editions: Sequence[Told]
    figures: Sequence[Series]


async def gather(store: Store, channels: Sequence[int | str], feeds: Sequence[str], now: datetime) -> Facts:
    """Look once."""
    async with store.read() as tx:
        return Facts(
            now=now,
            traffic=await traffic(tx, FAILURES),
            articles=await tx.articles.counts(),
            read_today=await tx.articles.filed_since(now - _DAY),
            updates_waiting=await tx.inbox.waiting(),
            readers=await headcount(tx),
            channels=await sources(tx, channels),
            feeds=[FeedState(url=url, trouble=await tx.feeds.reason(url)) for url in feeds],
            editions=[await _told(tx, stored) for stored in await tx.editions.newest(EDITIONS)],
            figures=await tx.ledger.newest(FIGURES),
        )


async def _told(tx: Transaction, stored: StoredEdition) -> Told:
    try:
        edition = load_edition(stored.body)
    except ValidationError:
        edition = None
    return Told(
        created_at=stored.created_at,
        start=stored.window.start,
        end=stored.window.end,
        stories=None if edition is None else len(edition.stories),
        figures=None if edition is None else len(edition.figures),
        deadlines=None if edition is None else len(edition.deadlines),
        chats=await tx.outbox.chats_of(stored.id),
    )
