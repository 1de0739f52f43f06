"""Time that passes only when nobody has anything to do, so that a rate is proved exactly, on however busy a machine."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiosqlite
import pytest

from bot.telegram.request import DirectRequest

_Result = TypeVar("_Result")


class VirtualTime(asyncio.SelectorEventLoop):
    """A loop whose clock stands still while something is under way, and jumps to the next timer when nobody has anything to do."""

    def __init__(self) -> None:
        super().__init__()
        self._virtual_s = 0.0
        self.under_way = 0
        """Statements, requests and work in threads that have begun and not ended."""
        self.is_awaited: Callable[[], bool] = lambda: False
        """Whether something else is on its way."""

    def time(self) -> float:
        """Seconds since the loop was made."""
        return self._virtual_s

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        """Work in a thread takes no time."""
        self.under_way += 1
        work = super().run_in_executor(executor, func, *args)
        work.add_done_callback(lambda _: self._back())
        return work

    def _back(self) -> None:
        self.under_way -= 1

    def _run_once(self) -> None:
        if not self._ready and not self.under_way and not self.is_awaited():
            while self._scheduled and self._scheduled[0]._cancelled:
                self._timer_cancelled_count -= 1
                heapq.heappop(self._scheduled)._scheduled = False
            if self._scheduled:
                self._virtual_s = max(self._virtual_s, self._scheduled[0]._when)
        super()._run_once()


def _counted(
    loop: VirtualTime, work: Callable[..., Coroutine[Any, Any, Any]]
) -> Callable[..., Coroutine[Any, Any, Any]]:
    """``work``, under way while it runs; a long poll is none, which waits for time to pass."""

    async def counted(self: object, *args: Any, **kwargs: Any) -> Any:
        if any(isinstance(one, str) and one.endswith("/getUpdates") for one in (*args, kwargs.get("url"))):
            return await work(self, *args, **kwargs)
        loop.under_way += 1
        try:
            return await work(self, *args, **kwargs)
        finally:
            loop.under_way -= 1

    return counted


def run_in_virtual_time(monkeypatch: pytest.MonkeyPatch, main: Callable[[], Coroutine[Any, Any, _Result]]) -> _Result:
    """Run a coroutine to its end; statements of the database and requests of the bot take no time."""
    loop = VirtualTime()
    monkeypatch.setattr(aiosqlite.Connection, "_execute", _counted(loop, aiosqlite.Connection._execute))
    monkeypatch.setattr(DirectRequest, "do_request", _counted(loop, DirectRequest.do_request))
    try:
        return loop.run_until_complete(main())
    finally:
        loop.close()


def clock_from(begin: datetime) -> Callable[[], datetime]:
    """The time of day, which is ``begin`` where the running loop's own time is 0."""
    loop = asyncio.get_running_loop()
    return lambda: begin + timedelta(seconds=loop.time())


def stand_still_while(is_awaited: Callable[[], bool]) -> None:
    """Let no virtual time pass while something is on its way that the loop does not know of."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualTime)
    loop.is_awaited = is_awaited
