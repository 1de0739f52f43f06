"""Feeds that are polled, and their entries as they were last seen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.store.codec import storable
from bot.store.intake_tables import feed_entries, feeds
from bot.store.sql import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed that is due; ``failures`` in a row so far."""

    url: str
    failures: int
    etag: str | None
    modified: str | None


class Feeds(Repository):
    """The rounds of the one who reads feeds."""

    async def due(self, urls: Collection[str], now: datetime) -> list[FeedRow]:
        """Those of ``urls`` that are to be polled; one that is not known yet is due at once."""
        query = select(feeds.c.url, feeds.c.failures, feeds.c.etag, feeds.c.modified, feeds.c.due_at)
        rows = {
            url: (await self._connection.execute(query.where(feeds.c.url == url))).one_or_none()
            for url in dict.fromkeys(urls)
        }
        return [
            FeedRow(url=url, failures=0, etag=None, modified=None)
            if row is None
            else FeedRow(url=url, failures=row.failures, etag=row.etag, modified=row.modified)
            for url, row in rows.items()
            if row is None or row.due_at <= now
        ]

    async def was_read(self, url: str, etag: str | None, modified: str | None, due_at: datetime, now: datetime) -> None:
        """Keep that a feed was read, or is unchanged, and when it is due again."""
        values = {"due_at": due_at, "failures": 0, "etag": etag, "modified": modified, "reason": None, "read_at": now}
        insert = self._insert(feeds).values(url=url, **values)
        await self._connection.execute(insert.on_conflict_do_update(index_elements=["url"], set_=values))

    async def failed(self, url: str, reason: str, due_at: datetime) -> None:
        """Keep why a feed could not be read, and when it is tried again."""
        insert = self._insert(feeds).values(url=url, due_at=due_at, failures=1, reason=storable(reason))
        again = {"due_at": due_at, "failures": feeds.c.failures + 1, "reason": storable(reason)}
        await self._connection.execute(insert.on_conflict_do_update(index_elements=["url"], set_=again))

    async def reason(self, url: str) -> str | None:
        """Why a feed could not be read the last time; None where it could."""
        found: str | None = await self._connection.scalar(select(feeds.c.reason).where(feeds.c.url == url))
        return found

    async def put(self, article_key: str, feed: str, body: str, now: datetime) -> bool:
        """Keep an entry, as JSON; False where it is known and unchanged."""
        kept = storable(body)
        query = select(feed_entries.c.body).where(feed_entries.c.article_key == article_key)
        if (await self._connection.scalar(query)) == kept:
            return False
        values = {"feed": feed, "body": kept, "seen_at": now}
        insert = self._insert(feed_entries).values(article_key=article_key, **values)
        await self._connection.execute(insert.on_conflict_do_update(index_elements=["article_key"], set_=values))
        return True

    async def entry(self, article_key: str) -> str | None:
        """An entry as it was kept; None where there is none of that key."""
        query = select(feed_entries.c.body).where(feed_entries.c.article_key == article_key)
        found: str | None = await self._connection.scalar(query)
        return found
