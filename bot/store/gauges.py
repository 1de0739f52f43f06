"""How much waits and how long, counted along indexes and up to a bound, for whoever watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, literal, select

from bot.store.articles import PARKED, QUEUED, READ
from bot.store.inbox import PENDING
from bot.store.records import Lane, State
from bot.store.sql import Repository
from bot.store.tables import articles, inbox, outbox, subscribers

COUNTED = 100_000
"""Rows counted at most of one thing: what is more is as bad, and would cost more to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much of a queue could be dealt with now, and how long the first of it has been waiting."""

    depth: int
    age_s: float


class Gauges(Repository):
    """Counts of at most ``COUNTED`` rows each, every one along an index that covers it."""

    async def waiting(self, now: datetime) -> Mapping[str, Waiting]:
        """The queues by name: ``inbox``, ``articles``, ``outbox_reply``, ``outbox_broadcast``."""
        pending = inbox.c.state == PENDING
        first = select(inbox.c.received_at).where(pending).order_by(inbox.c.update_id).limit(1)
        ready = and_(articles.c.state == QUEUED, articles.c.ready_at <= now)
        found = {
            "inbox": await self._waiting(pending, first, now),
            "articles": await self._waiting(ready, select(func.min(articles.c.ready_at)).where(ready), now),
        }
        for lane in Lane:
            due = and_(outbox.c.state == State.QUEUED, outbox.c.lane == lane, outbox.c.not_before <= now)
            found[f"outbox_{lane}"] = await self._waiting(due, select(func.min(outbox.c.not_before)).where(due), now)
        return found

    async def articles(self) -> Mapping[str, int]:
        """The articles by state."""
        return {state: await self._count(articles.c.state == state) for state in (QUEUED, READ, PARKED)}

    async def readers(self) -> Mapping[str, int]:
        """The readers by state: ``subscribed``, ``unsubscribed``, and ``gone``, whose chats take no messages."""
        return {
            "subscribed": await self._count(and_(subscribers.c.active, subscribers.c.subscribed)),
            "unsubscribed": await self._count(and_(subscribers.c.active, ~subscribers.c.subscribed)),
            "gone": await self._count(~subscribers.c.active),
        }

    async def _waiting(
        self, which: ColumnElement[bool], first: Select[tuple[datetime]] | Select[tuple[datetime | None]], now: datetime
    ) -> Waiting:
        depth = await self._count(which)
        since: datetime | None = await self._connection.scalar(first) if depth else None
        return Waiting(depth=depth, age_s=0.0 if since is None else max(0.0, (now - since).total_seconds()))

    async def _count(self, which: ColumnElement[bool]) -> int:
        some = select(literal(1)).where(which).limit(COUNTED).subquery()
        return int(await self._connection.scalar(select(func.count()).select_from(some)) or 0)
