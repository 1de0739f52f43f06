"""What happened in the sandbox, in order, for those who watch it: the page, tests, the demo."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from bot.sandbox.refusal import JsonObject

KEPT_CHANGES = 20_000


class Signal:
    """Wakes everyone who waits for it, each time it is given."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def give(self) -> None:
        """Wake those who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, timeout_s: float) -> bool:
        """Wait for the next signal; False where the time ran out first."""
        try:
            async with asyncio.timeout(timeout_s):  # wait_for loses a cancellation that comes with the event
                await self._event.wait()
        except TimeoutError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened.

    ``kind`` is ``message`` (new or edited), ``deleted``, ``chat``, ``typing``, ``draft``, ``commands``, ``answer`` (to a
    press), ``inline`` (what is offered to who typed the bot's name) and others.
    """

    seq: int
    kind: str
    chat_id: int
    bot_id: int | None
    data: JsonObject

    def to_json(self) -> JsonObject:
        """As the control API gives it."""
        return {"seq": self.seq, "kind": self.kind, "chat_id": self.chat_id, "bot_id": self.bot_id, "data": self.data}


class ChangeStream:
    """The last ``KEPT_CHANGES`` changes, numbered from 1; a gap says that the world began anew."""

    def __init__(self) -> None:
        self.seq = 0
        self._kept: deque[Change] = deque(maxlen=KEPT_CHANGES)
        self._signal = Signal()
        self._closed = False

    def add(self, kind: str, chat_id: int, data: JsonObject, *, bot_id: int | None = None) -> None:
        """Record a change and wake those who wait for one."""
        self.seq += 1
        self._kept.append(Change(self.seq, kind, chat_id, bot_id, data))
        self._signal.give()

    def restart(self) -> None:
        """Have everyone who watches read the whole state again: a number is left out, and all before it is forgotten."""
        self.seq += 1
        self._kept.clear()
        self.add("restart", 0, {})

    def close(self) -> None:
        """Let go of everyone who waits."""
        self._closed = True
        self._signal.give()

    async def since(self, seq: int, timeout_s: float, chat_id: int | None = None) -> list[Change] | None:
        """Changes after number ``seq``, waiting for the first; empty where none came in time.

        Returns:
            None where changes after ``seq`` are no longer kept: the caller reads the whole state again.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while True:
            if seq > self.seq or (self._kept and seq < self._kept[0].seq - 1):
                return None
            skipped = len(self._kept) - (self.seq - seq)
            fresh = [self._kept[at] for at in range(skipped, len(self._kept))]
            found = [change for change in fresh if chat_id is None or change.chat_id == chat_id]
            left = deadline - loop.time()
            if found or self._closed or left <= 0:
                return found
            seq = self.seq
            await self._signal.wait(left)
