"""Pages that posts link to: which are to be fetched, what was found in them, and which article waits for which."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.store.codec import storable
from bot.store.intake_tables import page_articles, pages
from bot.store.sql import Repository

FRESH = timedelta(hours=1)
"""So long a page is not asked for again, however many posts link to it."""
GIVEN_UP = timedelta(days=1)
"""So long one that could not be read is left alone."""


class PageState(StrEnum):
    """Whether a page is to be fetched, was read, or is not to be read."""

    WANTED = "wanted"
    READ = "read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page as it is known: ``body`` is what was extracted, as JSON, from its last reading; ``reason`` why there is none."""

    url: str
    state: PageState
    attempts: int
    etag: str | None
    modified: str | None
    body: str | None
    reason: str | None


_COLUMNS = (
    pages.c.url,
    pages.c.state,
    pages.c.attempts,
    pages.c.etag,
    pages.c.modified,
    pages.c.body,
    pages.c.reason,
)


class Pages(Repository):
    """The errands of the one who follows links, and the cache of what came home."""

    async def want(self, url: str, article_key: str, now: datetime) -> PageRow:
        """Have a page fetched for an article, unless it was lately; returns what is known of it already."""
        link = self._insert(page_articles).values(article_key=article_key, url=url)
        await self._connection.execute(
            link.on_conflict_do_update(index_elements=["article_key"], set_={"url": link.excluded.url})
        )
        fresh = {"state": PageState.WANTED.value, "due_at": now, "attempts": 0}
        await self._connection.execute(
            self._insert(pages).values(url=url, **fresh).on_conflict_do_nothing(index_elements=["url"])
        )
        stale = (pages.c.state == PageState.READ.value) & (pages.c.fetched_at < now - FRESH)
        forgotten = (pages.c.state == PageState.REFUSED.value) & (pages.c.fetched_at < now - GIVEN_UP)
        await self._connection.execute(update(pages).where(pages.c.url == url, stale | forgotten).values(**fresh))
        row = (await self._connection.execute(select(*_COLUMNS).where(pages.c.url == url))).one()
        return _row(row)

    async def of_article(self, article_key: str) -> PageRow | None:
        """The page that an article links to; None where it links to none."""
        query = (
            select(*_COLUMNS)
            .join(page_articles, page_articles.c.url == pages.c.url)
            .where(page_articles.c.article_key == article_key)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _row(row)

    async def leave(self, article_key: str) -> None:
        """Forget that an article links anywhere."""
        await self._connection.execute(delete(page_articles).where(page_articles.c.article_key == article_key))

    async def due(self, limit: int, now: datetime) -> list[PageRow]:
        """Up to ``limit`` pages to be fetched, those that waited longest first."""
        query = (
            select(*_COLUMNS)
            .where(pages.c.state == PageState.WANTED.value, pages.c.due_at <= now)
            .order_by(pages.c.due_at)
            .limit(limit)
        )
        return [_row(row) for row in await self._connection.execute(query)]

    async def articles_of(self, url: str) -> list[str]:
        """The keys of the articles that link to a page."""
        return list(
            (
                await self._connection.scalars(select(page_articles.c.article_key).where(page_articles.c.url == url))
            ).all()
        )

    async def was_read(self, url: str, body: str, etag: str | None, modified: str | None, now: datetime) -> None:
        """Keep what was found in a page."""
        values = {"body": storable(body), "etag": etag, "modified": modified, "reason": None}
        await self._settle(url, PageState.READ, now, **values)

    async def was_unchanged(self, url: str, now: datetime) -> None:
        """Keep that a page is still as it was read."""
        await self._settle(url, PageState.READ, now)

    async def was_refused(self, url: str, reason: str, now: datetime) -> None:
        """Keep why a page is not read; what was read of it before is forgotten."""
        await self._settle(url, PageState.REFUSED, now, body=None, etag=None, modified=None, reason=storable(reason))

    async def try_later(self, url: str, reason: str, due_at: datetime) -> None:
        """Have a page that could not be had asked for again."""
        values = {"attempts": pages.c.attempts + 1, "reason": storable(reason), "due_at": due_at}
        await self._connection.execute(update(pages).where(pages.c.url == url).values(**values))

    async def forget(self, before: datetime, *, most: int, limit: int) -> int:
        """Forget up to ``limit`` pages: those last due before a moment, and the oldest beyond ``most``; returns how many.

        A page that is linked to again is due again, and so stays.
        """
        spared = select(pages.c.due_at).order_by(pages.c.due_at.desc()).offset(most).limit(1)
        over: datetime | None = await self._connection.scalar(spared)
        old = pages.c.due_at < before if over is None else pages.c.due_at <= max(over, before)
        urls = list(
            await self._connection.scalars(select(pages.c.url).where(old).order_by(pages.c.due_at).limit(limit))
        )
        if urls:
            await self._connection.execute(delete(page_articles).where(page_articles.c.url.in_(urls)))
            await self._connection.execute(delete(pages).where(pages.c.url.in_(urls)))
        return len(urls)

    async def _settle(self, url: str, state: PageState, now: datetime, **values: str | None) -> None:
        settled = {"state": state.value, "attempts": 0, "fetched_at": now, **values}
        await self._connection.execute(update(pages).where(pages.c.url == url).values(**settled))


def _row(row: Row[Any, Any, Any, Any, Any, Any, Any]) -> PageRow:
    return PageRow(
        url=row.url,
        state=PageState(row.state),
        attempts=row.attempts,
        etag=row.etag,
        modified=row.modified,
        body=row.body,
        reason=row.reason,
    )
