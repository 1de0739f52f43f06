"""Owns the reading of brought texts where the models are elsewhere: a worker reads them, before all else it has to read."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.store import Bell, Store, Turn
from models.api import Article, ModelUnavailable, Reading

PATIENCE_S = 120.0
LOOK_AGAIN_S = 2.0


class AskedReader:
    """A ``ReadingRoom`` that asks the workers."""

    def __init__(self, store: Store, clock: Callable[[], datetime], *, patience_s: float = PATIENCE_S) -> None:
        self._store = store
        self._clock = clock
        self._patience_s = patience_s
        self._rung = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        store.on(Bell.ANSWERED, self._hear)

    async def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Have texts read one after another.

        Raises:
            ModelUnavailable: no worker has answered in time, or one could not read it.
        """
        return [await self._read(article) for article in articles]

    def _hear(self) -> None:
        task = asyncio.ensure_future(self._ring())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ring(self) -> None:
        async with self._rung:
            self._rung.notify_all()

    async def _read(self, article: Article) -> Reading:
        async with self._store.begin(Turn.NONE) as tx:
            number = await tx.asks.ask(article, self._clock())
        try:
            async with asyncio.timeout(self._patience_s):
                while (found := await self._answered(number)) is None:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_AGAIN_S), self._rung:
                            await self._rung.wait()
        except TimeoutError as error:
            raise ModelUnavailable("no_worker_answered", "no worker has read the text in time") from error
        finally:
            async with self._store.begin(Turn.NONE) as tx:
                await tx.asks.forget(number)
        reading, why = found
        if reading is None:
            raise ModelUnavailable("text_not_read", why or "the text could not be read")
        return reading

    async def _answered(self, number: int) -> tuple[Reading | None, str | None] | None:
        async with self._store.read() as tx:
            return await tx.asks.answered(number)
