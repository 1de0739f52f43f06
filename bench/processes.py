"""What a process and all that it started use of the processor and of memory, from /proc; and a port that is free."""

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
        spent += sum(family_s(child) for child in _children(pid))
    return spent


def memory_mb(pid: int) -> float:
    """What a process and its children hold, each page that several share counted once (the kernel's PSS)."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        own = next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        return own + sum(memory_mb(child) for child in _children(pid))
    return 0.0


def peak_mb() -> float:
    """The most that this process ever held. That of ``getrusage`` would count the process it was started from, before it was this one."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0) / 1024


def _children(pid: int) -> list[int]:
    """Those of every thread: a child belongs to the one that started it."""
    listed = [thread.read_text(encoding="ascii") for thread in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for line in listed for child in line.split()]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
