"""Owns what editions are composed from: the articles of a window and what is remembered of them, loaded once for all readers."""

import asyncio
from collections.abc import Sequence

from bot.desk.edition import Budget, draw_up
from bot.desk.filed import FiledArticle
from bot.desk.memory import Memory, Thread
from bot.desk.profile import Window
from bot.store import Store, Transaction


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
    """Draws up budgets from the store, and keeps those of the last tick: windows that end at one instant."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[Window, Budget] = {}

    async def draw_up(self, window: Window) -> Budget:
        """The budget of a window as it stands now."""
        async with self._store.read() as tx:
            filed = await tx.articles.filed_between(window.start, window.end)
            memory = await memory_of(tx, filed, window)
        return await asyncio.to_thread(draw_up, window, filed, memory)

    async def sealed(self, window: Window) -> Budget:
        """The budget of a window that nothing more can be filed in, as it was drawn up when it was first asked for."""
        if window not in self._kept:
            self._kept = {kept: budget for kept, budget in self._kept.items() if kept.end == window.end}
            self._kept[window] = await self.draw_up(window)
        return self._kept[window]
