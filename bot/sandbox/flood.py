"""Telegram's flood limits, as strict as its documentation words them (https://core.telegram.org/bots/faq#broadcasting)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

KEPT_BUCKETS = 50_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages in so many seconds, of which ``burst`` may come at once."""

    messages: float
    seconds: float
    burst: int

    @property
    def per_second(self) -> float:
        """Messages a second in the long run."""
        return self.messages / self.seconds


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """30 a second in all, 1 a second to one chat with short bursts, 20 a minute to one group or channel."""

    overall: Rate = Rate(30, 1, 30)
    per_chat: Rate = Rate(1, 1, 5)
    per_group: Rate = Rate(20, 60, 20)


@dataclass(slots=True)
class _Bucket:
    level: float
    at_s: float


class FloodGate:
    """Lets a send pass, or says after how many seconds it may be tried again; a leaky bucket for each limit.

    After any 429 the bot is in a pause: what it sends before the pause is over is refused too.
    """

    def __init__(self, limits: FloodLimits | None, monotonic: Callable[[], float]) -> None:
        self.limits = limits
        self._monotonic = monotonic
        self._buckets: dict[tuple[int, int | None], _Bucket] = {}
        self._paused_until: dict[int, float] = {}

    def pause(self, bot_id: int, seconds: float) -> None:
        """Refuse everything this bot sends for so long."""
        self._paused_until[bot_id] = max(self._paused_until.get(bot_id, 0.0), self._monotonic() + seconds)

    def retry_after(self, bot_id: int, chat_id: int) -> int | None:
        """None where a message may be sent now, and it is counted; else the whole seconds to wait."""
        now = self._monotonic()
        left = self._paused_until.get(bot_id, 0.0) - now
        if left > 0:
            return math.ceil(left)
        if self.limits is None:
            return None
        chat_rate = self.limits.per_group if chat_id < 0 else self.limits.per_chat
        wanted = [
            (self._bucket(bot_id, None, now), self.limits.overall),
            (self._bucket(bot_id, chat_id, now), chat_rate),
        ]
        wait_s = 0.0
        for bucket, rate in wanted:
            bucket.level = max(0.0, bucket.level - (now - bucket.at_s) * rate.per_second)
            bucket.at_s = now
            wait_s = max(wait_s, (bucket.level + 1 - rate.burst) / rate.per_second)
        if wait_s > 1e-9:
            self.pause(bot_id, math.ceil(wait_s))
            return math.ceil(wait_s)
        for bucket, _ in wanted:
            bucket.level += 1
        return None

    def _bucket(self, bot_id: int, chat_id: int | None, now: float) -> _Bucket:
        if len(self._buckets) > KEPT_BUCKETS:
            self._buckets = {key: bucket for key, bucket in self._buckets.items() if now - bucket.at_s < 60}
        return self._buckets.setdefault((bot_id, chat_id), _Bucket(0.0, now))
