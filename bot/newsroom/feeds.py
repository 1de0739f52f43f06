"""Owns the rounds of the feeds: each polled politely, its new and changed entries made into articles like any post."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import structlog

from bot.errors import Retryable, Skip
from bot.intake.feed import Feed
from bot.intake.feed_article import entry_key
from bot.intake.gate import FEEDS, Gate, Page, Validators
from bot.intake.manners import Manners
from bot.intake.page import host_of
from bot.intake.parser import Parser
from bot.newsroom.sources import dump_entry, follow_link, matter_of_entry, reassemble
from bot.newsroom.unbroken import unbroken
from bot.store import FeedRow, Store, Transaction, Turn

EVERY = timedelta(minutes=15)
SELDOM = timedelta(hours=24)
"""So seldom is a feed asked for that keeps failing."""
OLD = timedelta(days=2)
"""What was published longer ago than this when it is first seen is no news: a new feed brings its whole past."""
LOOK_S = 10.0

_log = structlog.get_logger()


class FeedLoop:
    """Polls feeds until cancelled.

    Args:
        store: Where their entries are kept.
        urls: Their addresses.
        gate: The way out.
        parser: What reads them.
        clock: Aware UTC.
        wake: Called after an article was queued to be read.
        follows_links: Whether the pages that entries link to are fetched too.
        manners: At other people's doors.
    """

    def __init__(
        self,
        store: Store,
        urls: Collection[str],
        gate: Gate,
        parser: Parser,
        *,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        follows_links: bool,
        manners: Manners | None = None,
    ) -> None:
        self._store = store
        self._urls = tuple(urls)
        self._gate = gate.polite((manners or Manners(gate, clock)).visit)
        self._parser = parser
        self._clock = clock
        self._wake = wake
        self._follows_links = follows_links

    async def run(self) -> None:
        """Poll until cancelled; a failure is logged and tried again."""
        while self._urls:
            try:
                await self.run_once()
            except Exception as error:  # noqa: BLE001  the loop outlives a locked or full database
                _log.exception("feeds_interrupted", error=type(error).__name__)
            await asyncio.sleep(LOOK_S)

    async def run_once(self) -> int:
        """Poll the feeds that are due; returns how many."""
        async with self._store.read() as tx:
            due = await tx.feeds.due(self._urls, self._clock())
        for feed in due:
            await self._poll(feed)
        return len(due)

    async def _poll(self, feed: FeedRow) -> None:
        try:
            page = await self._gate.fetch(feed.url, kinds=FEEDS, known=Validators(feed.etag, feed.modified))
            found = None if page.unchanged else await self._parser.feed(page.body, page.url)
        except (Skip, Retryable) as error:
            _log.warning("feed_failed", reason=error.code, host=host_of(feed.url), failures=feed.failures + 1)
            await unbroken(self._failed(feed, error.code))
        else:
            await unbroken(self._file(feed, page, found))

    async def _failed(self, feed: FeedRow, reason: str) -> None:
        pause = min(EVERY * 2 ** min(feed.failures, 10), SELDOM)
        async with self._store.begin(Turn.DESK) as tx:
            await tx.feeds.failed(feed.url, reason, self._clock() + pause)

    async def _file(self, feed: FeedRow, page: Page, found: Feed | None) -> None:
        now = self._clock()
        told = page.validators if found is not None else Validators(feed.etag, feed.modified)
        queued = 0
        async with self._store.begin(Turn.DESK) as tx:
            if found is not None:
                queued = await self._enter(tx, feed.url, found, now)
            await tx.feeds.was_read(feed.url, told.etag, told.modified, now + EVERY, now)
        if queued:
            _log.info("feed_read", host=host_of(feed.url), articles=queued)
            self._wake()

    async def _enter(self, tx: Transaction, url: str, found: Feed, now: datetime) -> int:
        """Keep the entries, and have those read that are new or changed; how many."""
        name = found.title or host_of(url)
        queued = 0
        for entry in found.entries:
            key = entry_key(url, entry)
            if not await tx.feeds.put(key, url, dump_entry(entry, name), now):
                continue
            matter = matter_of_entry(entry, feed=name, key=key, now=now)
            if matter.published < now - OLD and await tx.articles.get(key) is None:
                continue
            if self._follows_links:
                await follow_link(tx, matter, now)
            queued += await reassemble(tx, key, now)
        return queued
