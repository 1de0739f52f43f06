"""Faults made on purpose, by a script or at a rate, so that what a bot does about them can be seen."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase


class FaultKind(StrEnum):
    """What goes wrong."""

    FLOOD = "flood"
    SERVER_ERROR = "server_error"
    DROP = "drop"
    SLOW = "slow"
    FORBIDDEN = "forbidden"
    MIGRATE = "migrate"


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault and when it strikes.

    ``method`` is a pattern such as ``send*``. It strikes ``times`` matching calls (None: all), each with the
    probability ``rate``. With ``after``, what was asked is done first: ``drop`` and ``server_error`` then leave the bot
    in doubt. ``delay_s`` belongs to ``slow``, ``retry_after_s`` to ``flood``, ``to_chat_id`` to ``migrate``.
    """

    kind: FaultKind
    method: str = "*"
    chat_id: int | None = None
    times: int | None = 1
    rate: float = 1.0
    after: bool = False
    delay_s: float = 0.0
    retry_after_s: int = 1
    to_chat_id: int = 0
    struck: int = 0


class Faults:
    """The faults that are set, in order; the first that strikes a call is the one it gets."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - faults have to come again with the same seed
        self._set: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Set a fault; the returned object counts how often it struck."""
        self._set.append(fault)
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        self._set.clear()

    def strike(self, method: str, chat_id: object) -> Fault | None:
        """The fault this call gets, if any."""
        for fault in self._set:
            if fault.times is not None and fault.struck >= fault.times:
                continue
            if fault.chat_id is not None and fault.chat_id != chat_id:
                continue
            if fnmatchcase(method, fault.method) and self._random.random() < fault.rate:
                fault.struck += 1
                return fault
        return None
