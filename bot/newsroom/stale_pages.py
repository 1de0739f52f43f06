"""Owns how long a fetched page is kept: as long as its post may be edited or linked to again, and no longer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.store import Store, Turn

EVERY = timedelta(hours=1)
MOST_PAGES = 20_000
"""Pages kept at most, however young they are: at the usual 5,000 characters each some 100 MB."""
BATCH = 500
"""Pages forgotten in one transaction, so that nobody waits long for the database."""

_log = structlog.get_logger()


class StalePages:
    """Forgets pages on the tick, once an hour.

    Args:
        store: Where they are kept.
        clock: Aware UTC.
        keep: How long a page stays after it was last asked for.
        most: How many stay at most, those asked for last.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime], *, keep: timedelta, most: int = MOST_PAGES) -> None:
        self._store = store
        self._clock = clock
        self._keep = keep
        self._most = most
        self._next: datetime | None = None

    async def __call__(self) -> int:
        """Forget what is too old or too much, if an hour has passed; returns how many pages went."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return 0
        self._next = now + EVERY
        gone = 0
        while batch := await self._forget(now):
            gone += batch
        if gone:
            _log.info("pages_forgotten", count=gone)
        return gone

    async def _forget(self, now: datetime) -> int:
        async with self._store.begin(Turn.DESK) as tx:
            return await tx.pages.forget(now - self._keep, most=self._most, limit=BATCH)
