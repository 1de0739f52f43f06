"""Owns patience with a server that does not answer: pauses that grow, with jitter, and one log line per incident."""

import asyncio
from random import Random

import structlog
from telegram.error import RetryAfter

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 25.0
"""Half a minute at most with its jitter: with the 25 s of a long poll that brings nothing, a recovery shows in a minute."""

_log = structlog.get_logger()


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait; the library is on its way from numbers to time spans."""
    pause = error.retry_after
    return float(pause) if isinstance(pause, int) else pause.total_seconds()


class Outage:
    """What one caller knows of its server's health: ``wait`` after each failure, ``over`` after each success."""

    def __init__(self, what: str, random: Random) -> None:
        self._what = what
        self._random = random
        self._failures = 0

    async def wait(self, event: str, error: Exception, at_least_s: float = 0.0) -> None:
        """Sleep before the next try: 0.5 s doubled up to ``LONGEST_PAUSE_S``, give or take a quarter."""
        pause_s = min(FIRST_PAUSE_S * 2**self._failures, LONGEST_PAUSE_S) * self._random.uniform(0.75, 1.25)
        if self._failures == 0:
            _log.warning(event, what=self._what, error=type(error).__name__)
        self._failures = min(self._failures + 1, 16)
        await asyncio.sleep(max(pause_s, at_least_s))

    def over(self) -> None:
        """The server answered."""
        if self._failures:
            _log.info("server_answered_again", what=self._what)
        self._failures = 0
