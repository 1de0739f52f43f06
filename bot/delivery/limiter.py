"""How fast Telegram lets us send: to all, to one chat, to one group; and not at all while it says so."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from bot.store import LANES, Lane, Transaction

GUARD = 1.01
"""Windows are kept this much longer than Telegram's, whose clock sees our messages with a delay of its own."""

_SWEEP_EVERY = 64
_MINUTE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Telegram's limits (Bots FAQ): messages a second over all, a second in a chat after a burst, a minute in a group."""

    overall_per_s: float = 30.0
    chat_per_s: float = 1.0
    chat_burst: int = 3
    group_per_min: float = 20.0


class Allowance:
    """The limits as arithmetic on a monotonic clock: when may the next message go, and what has gone.

    Over all a sliding window, and within it a steady pace, so that a server that counts a little differently sees no
    burst. For chats and groups only what still matters is remembered.
    """

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._count = max(1, int(rates.overall_per_s))
        self._window_s = self._count / rates.overall_per_s * GUARD
        self._step_s = 1 / rates.overall_per_s
        self._slack_s = min(4, self._count - 1) * self._step_s
        self._gone: deque[float] = deque(maxlen=self._count)
        self._paced_to = 0.0
        self._chat_step_s = 1 / rates.chat_per_s * GUARD
        self._chats: dict[int, float] = {}
        self._group_count = max(1, int(rates.group_per_min))
        self._group_window_s = self._group_count / rates.group_per_min * _MINUTE_S * GUARD
        self._groups: dict[int, deque[float]] = {}
        self._taken = 0

    def ready_at(self, chat_id: int | None, now: float) -> float:
        """When a message to the chat may go; ``now`` where it may already. None: a call that writes to no chat."""
        overall = self.overall_ready_at(now)
        return overall if chat_id is None else max(overall, self.chat_ready_at(chat_id))

    def overall_ready_at(self, now: float) -> float:
        """When any message may go."""
        window = self._gone[0] + self._window_s if len(self._gone) == self._count else now
        return max(now, window, self._paced_to - self._slack_s)

    def chat_ready_at(self, chat_id: int) -> float:
        """When the chat can take one more; in the past where it can now."""
        at = self._chats.get(chat_id, 0.0) - (self._rates.chat_burst - 1) * self._chat_step_s
        gone = self._groups.get(chat_id)
        return max(at, gone[0] + self._group_window_s) if gone and len(gone) == self._group_count else at

    def take(self, chat_id: int | None, now: float) -> None:
        """A message goes now."""
        self._gone.append(now)
        self._paced_to = max(self._paced_to, now) + self._step_s
        if chat_id is None:
            return
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), now) + self._chat_step_s
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=self._group_count)).append(now)
        self._taken += 1
        if self._taken % _SWEEP_EVERY == 0:
            self._sweep(now)

    def room(self, now: float, horizon_s: float) -> int:
        """How many messages the limit over all lets go by ``now + horizon_s``."""
        end = now + horizon_s
        paced = int((end - max(self._paced_to, now) + self._slack_s) / self._step_s) + 1
        still = sum(1 for gone in self._gone if gone > end - self._window_s)
        return max(0, min(paced, self._count - still))

    def blocked(self, until: float) -> dict[int, float]:
        """The chats that can take nothing before ``until``, each with the time from which it can."""
        chats = {chat_id: self.chat_ready_at(chat_id) for chat_id in self._chats.keys() | self._groups.keys()}
        return {chat_id: at for chat_id, at in chats.items() if at > until}

    def dumped(self, now: float) -> str:
        """All of it but the rates, as JSON; of chats and groups what matters still."""
        self._sweep(now)
        state = {
            "gone": list(self._gone),
            "paced_to": self._paced_to,
            "chats": self._chats,
            "groups": {chat_id: list(gone) for chat_id, gone in self._groups.items()},
        }
        return json.dumps(state, separators=(",", ":"))

    @classmethod
    def restored(cls, rates: Rates, state: str) -> Self:
        """An allowance as ``dumped`` gave it; a new one of nothing."""
        made = cls(rates)
        if state:
            known = json.loads(state)
            made._gone.extend(known["gone"])
            made._paced_to = known["paced_to"]
            made._chats = {int(chat_id): at for chat_id, at in known["chats"].items()}
            made._groups = {
                int(chat_id): deque(gone, maxlen=made._group_count) for chat_id, gone in known["groups"].items()
            }
        return made

    def _sweep(self, now: float) -> None:
        self._chats = {chat_id: at for chat_id, at in self._chats.items() if at > now}
        self._groups = {
            chat_id: gone for chat_id, gone in self._groups.items() if gone[-1] + self._group_window_s > now
        }


@dataclass(slots=True)
class _Waiter:
    chat_id: int | None
    turn: asyncio.Future[bool] = field(repr=False)


class Limiter:
    """Lets callers go as the allowance permits, replies before broadcasts, nobody during a pause.

    Args:
        rates: The limits.
        clock: Seconds on a monotonic clock.
    """

    def __init__(self, rates: Rates | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowance = Allowance(rates or Rates())
        self._clock = clock
        self._paused_until = 0.0
        self._waiting: dict[Lane, deque[_Waiter]] = {lane: deque() for lane in LANES}
        self._timer: asyncio.TimerHandle | None = None

    async def load(self, tx: Transaction) -> None:
        """Nothing to learn: all is known here."""

    async def book(self, tx: Transaction, claimed: Sequence[tuple[int, int | None]]) -> None:
        """Nothing to book: each waits for its turn."""

    async def acquire(self, chat_id: int | None, lane: Lane, row: int = 0) -> bool:  # noqa: ARG002  for who books
        """Wait for a turn.

        Returns:
            True: send now. False: a pause is in force or has begun meanwhile, and nothing may be sent.
        """
        if self.paused_s > 0:
            return False
        waiter = _Waiter(chat_id, asyncio.get_running_loop().create_future())
        self._waiting[lane].append(waiter)
        self._serve()
        return await waiter.turn

    def pause(self, seconds: float) -> None:
        """Let nobody go for ``seconds``; a longer pause in force stays."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)
        for queue in self._waiting.values():
            for waiter in queue:
                if not waiter.turn.done():
                    waiter.turn.set_result(False)
            queue.clear()

    @property
    def paused_s(self) -> float:
        """Seconds until the pause is over; 0 without one."""
        return max(0.0, self._paused_until - self._clock())

    def room(self, horizon_s: float, lane: Lane) -> int:
        """How many more callers of a lane will be let go within ``horizon_s``, after those that go before them."""
        ahead = LANES[: LANES.index(lane) + 1]
        waiting = sum(len(self._waiting[one]) for one in ahead)
        return max(0, self._allowance.room(self._clock(), horizon_s) - waiting)

    def blocked(self, horizon_s: float) -> dict[int, float]:
        """Chats that can take nothing within ``horizon_s``, each with the seconds until they can."""
        now = self._clock()
        return {chat_id: at - now for chat_id, at in self._allowance.blocked(now + horizon_s).items()}

    def _serve(self) -> None:
        """Let go whoever may, lane by lane, and come back when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        now = self._clock()
        next_at: float | None = None
        for lane in LANES:
            queue = self._waiting[lane]
            passed_over: deque[_Waiter] = deque()
            while queue and (at := self._allowance.overall_ready_at(now)) <= now:
                waiter = queue.popleft()
                if waiter.turn.done():
                    continue
                at = self._allowance.ready_at(waiter.chat_id, now)
                if at <= now:
                    self._allowance.take(waiter.chat_id, now)
                    waiter.turn.set_result(True)
                else:
                    passed_over.append(waiter)
                    next_at = at if next_at is None else min(next_at, at)
            if queue:
                next_at = at if next_at is None else min(next_at, at)
            self._waiting[lane] = passed_over + queue
        if next_at is not None:
            self._timer = asyncio.get_running_loop().call_later(next_at - now, self._serve)
