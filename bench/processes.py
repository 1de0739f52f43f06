"""What a process and all that it started have used of the processor, from /proc; and a port that is free."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family_s(pid: int) -> float:
    """Processor seconds of a process and its children, with those that have ended and were waited for; 0 where it is gone."""
    spent = 0.0
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        spent = sum(map(int, fields[11:15])) / _TICKS  # user and system, its own and of its buried children
        for thread in Path(f"/proc/{pid}/task").iterdir():  # a child belongs to the thread that started it
            spent += sum(family_s(int(child)) for child in (thread / "children").read_text(encoding="ascii").split())
    return spent


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
