"""What reading costs and what the summary gate refuses, counted where it happens and taken by whoever asks."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Since it was last asked for: seconds by step, and how many sentences were refused for what."""

    seconds: Mapping[str, float] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)


class Meter:
    """Adds up. May be shared by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seconds: dict[str, float] = {}
        self._refused: Counter[str] = Counter()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time that the block takes."""
        began = time.perf_counter()
        try:
            yield
        finally:
            with self._lock:
                self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - began

    def refuse(self, reasons: Iterable[str]) -> None:
        """Count sentences that were refused, each for a reason."""
        with self._lock:
            self._refused.update(reasons)

    def take(self) -> Usage:
        """What was counted since this was last called."""
        with self._lock:
            usage = Usage(seconds=dict(self._seconds), refused=dict(self._refused))
            self._seconds.clear()
            self._refused.clear()
        return usage
