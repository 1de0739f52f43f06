"""Owns how long things are kept: on each tick a few short steps through what has become too old."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.store import Place, Store, Swept, Transaction

BATCH = 200
"""Rows looked at in one transaction: some milliseconds, for which nobody waits."""
STEPS = 20
"""Transactions on one tick: 4,000 rows a minute at the usual tick, some six million a day."""
EVERY = timedelta(hours=1)
"""After everything was gone through it rests so long."""

_log = structlog.get_logger()

Step = Callable[[Transaction, datetime, Place, int], Awaitable[Swept]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long what is kept. ``articles`` is more than the 31 days that /summary looks back and a story stays open."""

    updates: timedelta
    articles: timedelta
    editions: timedelta


class Ageing:
    """Takes away what is too old, on the tick.

    Goes through the tables in an order in which what refers to others goes first. Where it is in them is not kept: after
    a restart it begins again, which finds what is left.
    """

    def __init__(
        self, store: Store, clock: Callable[[], datetime], keep: Keep, *, batch: int = BATCH, steps: int = STEPS
    ) -> None:
        self._store = store
        self._clock = clock
        self._batch = batch
        self._steps = steps
        self._sweeps: tuple[tuple[str, timedelta, Step], ...] = (
            ("updates", keep.updates, lambda tx, *rest: tx.retention.updates(*rest)),
            ("articles", keep.articles, lambda tx, *rest: tx.retention.articles(*rest)),
            ("unread", keep.articles, lambda tx, *rest: tx.retention.unread(*rest)),
            ("posts", keep.articles, lambda tx, *rest: tx.retention.posts(*rest)),
            ("messages", keep.editions, lambda tx, *rest: tx.retention.messages(*rest)),
            ("editions", keep.editions, lambda tx, *rest: tx.retention.editions(*rest)),
        )
        self._at, self._place = 0, Place()
        self._rests_until: datetime | None = None
        self._gone: Counter[str] = Counter()

    async def __call__(self) -> int:
        """A few steps, unless everything was gone through lately; returns how many rows went."""
        now = self._clock()
        if self._rests_until is not None and now < self._rests_until:
            return 0
        self._rests_until = None
        before = self._gone.total()
        for _ in range(self._steps):
            await self._step(now)
            if self._at == len(self._sweeps):
                return self._finish(now) - before
        return self._gone.total() - before

    async def _step(self, now: datetime) -> None:
        name, keep, step = self._sweeps[self._at]
        async with self._store.begin() as tx:
            swept = await step(tx, now - keep, self._place, self._batch)
        self._gone[name] += swept.gone
        if swept.next is None:
            self._at += 1
        self._place = swept.next or Place()

    def _finish(self, now: datetime) -> int:
        """Rest, and say what went since the last rest."""
        gone = self._gone.total()
        if gone:
            _log.info("aged_out", **+self._gone)
        self._at, self._rests_until = 0, now + EVERY
        self._gone.clear()
        return gone
