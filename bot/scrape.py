"""Answers /metrics: asks the database what waits, no more often than every few seconds, and says it all."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.health import Health
from bot.metrics import AGE, ARTICLES, COUNTED, DEPTH, MEDIA_TYPE, MEMORY, READERS, WELL, Metrics
from bot.store import Store

QUEUES_FRESH_S = 5.0
"""So long the counts of what waits are good for."""
STOCK_FRESH_S = 60.0
"""The same of what there is: articles and readers, of which there are more."""
PATIENCE_S = 3.0
"""A database that does not answer within this is left; the old counts stand."""

_log = structlog.get_logger()


class Scrape:
    """Measures what is not counted where it happens.

    Args:
        metrics: Where it is kept.
        store: What is asked.
        clock: Aware UTC.
        health: Which parts are well.
        memory: What the models hold, in bytes.
        monotonic: Seconds.
    """

    def __init__(
        self,
        metrics: Metrics,
        store: Store,
        clock: Callable[[], datetime],
        health: Health,
        *,
        memory: Callable[[], int],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._metrics = metrics
        self._store = store
        self._clock = clock
        self._health = health
        self._memory = memory
        self._monotonic = monotonic
        self._turn = asyncio.Lock()
        self._queues_at = self._stock_at = float("-inf")

    @property
    def routes(self) -> list[BaseRoute]:
        """``GET /metrics``."""
        return [Route("/metrics", self._answer)]

    async def look(self) -> None:
        """Measure what is not fresh."""
        ill = self._health.ill
        self._metrics.set_all(WELL, {str(part): float(part not in ill) for part in self._health.parts})
        self._metrics.set(MEMORY, self._memory())
        async with self._turn:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._count()
            except Exception as error:  # noqa: BLE001  whatever it is: the rest is worth saying
                _log.warning("counts_not_made", error=type(error).__name__)
                self._metrics.set(COUNTED, 0)
            else:
                self._metrics.set(COUNTED, 1)

    async def _count(self) -> None:
        now_s = self._monotonic()
        if now_s - self._queues_at >= QUEUES_FRESH_S:
            async with self._store.read() as tx:
                waiting = await tx.gauges.waiting(self._clock())
            self._metrics.set_all(DEPTH, {queue: one.depth for queue, one in waiting.items()})
            self._metrics.set_all(AGE, {queue: one.age_s for queue, one in waiting.items()})
            self._queues_at = now_s
        if now_s - self._stock_at >= STOCK_FRESH_S:
            async with self._store.read() as tx:
                self._metrics.set_all(ARTICLES, await tx.gauges.articles())
                self._metrics.set_all(READERS, await tx.gauges.readers())
            self._stock_at = now_s

    async def _answer(self, _: Request) -> Response:
        await self.look()
        return Response(self._metrics.exposition(), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
