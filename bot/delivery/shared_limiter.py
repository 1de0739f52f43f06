"""The limits of one token over all processes that send with it: kept in the database, taken where messages are claimed."""

import asyncio
import time
from collections.abc import Callable, Sequence

from bot.delivery.limiter import Allowance, Rates
from bot.store import Lane, Transaction


class SharedLimiter:
    """A ``Limiter`` whose state is one row, which the claiming transaction holds: so each claim knows of all others.

    What is claimed gets its moment at once, at most the sender's horizon ahead, and waits for it in its own process. Times are
    those of the database's clock, so that machines need not agree on theirs.

    Args:
        rates: The limits.
        monotonic: Seconds, of this process.
    """

    def __init__(self, rates: Rates | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates or Rates()
        self._monotonic = monotonic
        self._allowance = Allowance(self._rates)
        self._ahead_s = 0.0
        self._paused_until = 0.0
        self._moments: dict[int, float] = {}

    async def load(self, tx: Transaction) -> None:
        """Learn what all have sent, and hold the row until the transaction ends."""
        row = await tx.paces.hold()
        self._ahead_s = row.now_s - self._monotonic()
        self._allowance = Allowance.restored(self._rates, row.state)
        self._paused_until = max(self._paused_until, row.paused_until_s)

    async def book(self, tx: Transaction, claimed: Sequence[tuple[int, int | None]]) -> None:
        """Give each claimed message, by row and chat (None: it writes to none), its moment, and let the others know."""
        for row, chat_id in claimed:
            moment = self._allowance.ready_at(chat_id, self._now())
            self._allowance.take(chat_id, moment)
            self._moments[row] = moment
        await tx.paces.keep(self._allowance.dumped(self._now()), self._paused_until)

    async def acquire(self, chat_id: int | None, lane: Lane, row: int = 0) -> bool:
        """Wait for the moment of a booked message; False where a pause is in force then."""
        del chat_id, lane
        await asyncio.sleep(max(0.0, self._moments.pop(row, 0.0) - self._now()))
        return self.paused_s == 0

    def pause(self, seconds: float) -> None:
        """Let nobody go for ``seconds``; the others hear of it when they claim next, or I do."""
        self._paused_until = max(self._paused_until, self._now() + seconds)

    @property
    def paused_s(self) -> float:
        """Seconds until the pause is over; 0 without one."""
        return max(0.0, self._paused_until - self._now())

    def room(self, horizon_s: float, lane: Lane) -> int:
        """How many messages may go within ``horizon_s``, whatever their lane: each has its moment when it is claimed."""
        del lane
        return self._allowance.room(self._now(), horizon_s)

    def blocked(self, horizon_s: float) -> dict[int, float]:
        """Chats that can take nothing within ``horizon_s``, each with the seconds until they can."""
        now = self._now()
        return {chat_id: at - now for chat_id, at in self._allowance.blocked(now + horizon_s).items()}

    def _now(self) -> float:
        return self._monotonic() + self._ahead_s
