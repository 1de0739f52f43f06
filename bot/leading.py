"""What one process of all does: it handles updates in turn, looks at who is due, and tells at once what cannot wait."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.health import Part, Pulse
from bot.newsroom.unbroken import unbroken
from bot.store.line import Line

Work = Callable[[], Coroutine[Any, Any, None]]
"""Something done until cancelled."""

Look = Callable[[], Coroutine[None, None, int]]
"""Something done at intervals."""


class Leading:
    """The parts of the bot that must run once, whatever the number of its copies.

    Args:
        works: What runs until cancelled, by name. Polling, where it is one of them, is the sign of life of Telegram.
        looks: What is done each ``tick_s``.
        pulse: Where the parts owe signs of life while they run, and none while another process has them.
        tick_s: Seconds.
    """

    def __init__(
        self,
        works: Mapping[str, Work],
        looks: Sequence[Look],
        pulse: Pulse,
        *,
        tick_s: float,
    ) -> None:
        self._works = works
        self._looks = looks
        self._pulse = pulse
        self._tick_s = tick_s
        self._parts = [Part.TICK, *([Part.TELEGRAM] if "inbox" in works else [])]

    async def run(self) -> None:
        """Lead until cancelled; may be called again.

        Raises:
            ExceptionGroup: a part failed beyond its own remedies.
        """
        for part in self._parts:
            self._pulse.asked(part)
        try:
            async with asyncio.TaskGroup() as tasks:
                for name, work in self._works.items():
                    tasks.create_task(work(), name=name)
                tasks.create_task(_keep_looking(self._looks, self._tick_s, self._pulse), name="looks")
        finally:
            self.rest()

    async def stand_by(self, line: Line) -> None:
        """Lead whenever no other process does, until cancelled."""
        self.rest()
        await line.run(self.run)

    def rest(self) -> None:
        """Owe nothing: another process leads."""
        for part in self._parts:
            self._pulse.rests(part)


async def _keep_looking(looks: Sequence[Look], tick_s: float, pulse: Pulse) -> None:
    """One look at who is due each ``tick_s``, until cancelled; a late look is made once, and never two at a time.

    When this has ended, a look that was under way is over too, for what it works with is closed next.
    """
    under_way = asyncio.Lock()

    async def look() -> None:
        with contextlib.suppress(asyncio.CancelledError):  # at the end; the scheduler would log it as a failure
            async with under_way:
                try:
                    for one in looks:
                        await unbroken(one())
                except Exception as error:
                    pulse.failed(Part.TICK, error)
                    raise
                pulse.well(Part.TICK)

    scheduler = AsyncIOScheduler()
    scheduler.add_job(
        look,
        IntervalTrigger(seconds=tick_s),
        next_run_time=datetime.now().astimezone(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        scheduler.shutdown(wait=False)  # it lets go of a look, and does not wait for it
        await unbroken(under_way.acquire())
