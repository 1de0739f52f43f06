"""Owns what editions are composed from: the articles of a window and what is remembered of them, loaded once for all readers."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.desk.edition import Budget, draw_up
from bot.desk.filed import FiledArticle
from bot.desk.memory import Memory, Thread
from bot.desk.profile import Window
from bot.store import Store, Transaction

MOST_ARTICLES = 5_000
"""What an edition is drawn up from at most: as it is, that takes seconds of the processor and about 100 MB."""

SLOW_S = 1.0
"""What takes longer to draw up is shared by those who ask for it soon after."""

SHARED_TIMES, SHARED_MOST_S = 10, 30.0
"""It is shared so many times as long as it took, so that a tenth of the processor goes into it; but no longer than this."""

_ALIKE = timedelta(minutes=1)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Shared:
    """A budget for those who ask for much the same window, until a moment of the monotonic clock."""

    asked: Window
    budget: Budget
    until_s: float


async def memory_of(tx: Transaction, filed: Sequence[FiledArticle], window: Window) -> Memory:
    """What the store remembers of some articles of a window."""
    keys = [one.article.key for one in filed]
    threads = await tx.stories.threads({one.story for one in filed})
    begun = [story for story in sorted({one.story for one in filed}) if _is_old(threads.get(story), window)]
    return Memory(
        threads=threads,
        figures=await tx.ledger.notes(keys),
        deadlines=await tx.book.notes(keys),
        earlier=await tx.articles.earlier(begun, window.start),
        voices=await tx.voices.shares({one.article.outlet for one in filed}),
    )


def _is_old(thread: Thread | None, window: Window) -> bool:
    return thread is None or thread.opened <= window.start


class BudgetDesk:
    """Draws up budgets from the store, and keeps those of the last tick: windows that end at one instant.

    Args:
        store: What is asked.
        most: Articles of one budget at most.
        monotonic: Seconds.
    """

    def __init__(
        self, store: Store, *, most: int = MOST_ARTICLES, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._most = most
        self._monotonic = monotonic
        self._kept: dict[Window, Budget] = {}
        self._shared: list[_Shared] = []
        self._turn = asyncio.Lock()

    async def draw_up(self, window: Window) -> Budget:
        """The budget of a window as it stands now; of one with too many articles, of the stories with the most of them."""
        async with self._store.read() as tx:
            if await tx.articles.exceeds(window.start, window.end, self._most):
                _log.warning("window_thinned", since=window.start.isoformat(), articles=self._most)
                filed = await tx.articles.of_largest_stories(window.start, window.end, self._most)
            else:
                filed = await tx.articles.filed_between(window.start, window.end)
            memory = await memory_of(tx, filed, window)
        return await asyncio.to_thread(draw_up, window, filed, memory)

    async def current(self, window: Window) -> Budget:
        """What somebody who asks now is told of: as ``draw_up``, or what another was told a little while ago.

        One at a time: several at once would hold as many times the articles, and take as long together.
        """
        async with self._turn:
            begun = self._monotonic()
            self._shared = [one for one in self._shared if one.until_s > begun]
            for one in self._shared:
                if abs(one.asked.start - window.start) <= _ALIKE:
                    return one.budget
            budget = await self.draw_up(window)
            ended = self._monotonic()
            if ended - begun > SLOW_S:
                until_s = ended + min(SHARED_TIMES * (ended - begun), SHARED_MOST_S)
                self._shared.append(_Shared(window, budget, until_s))
            return budget

    async def sealed(self, window: Window) -> Budget:
        """The budget of a window that nothing more can be filed in, as it was drawn up when it was first asked for."""
        if window not in self._kept:
            self._kept = {kept: budget for kept, budget in self._kept.items() if kept.end == window.end}
            self._kept[window] = await self.draw_up(window)
        return self._kept[window]
