"""Fetches addresses of this machine through the gate, one by one, and prints what came of each, how long and how large it got.

Run as a process of its own, so that nothing but the gate's memory is measured.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from bot.errors import Retryable, Skip
from bot.intake.gate import Gate


def memory_kib(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def forget_peak() -> None:
    """Have the peak counted from here."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


async def main(port: int, timeout_s: float, paths: list[str]) -> None:
    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    gate = Gate(resolve=here, denied=lambda _: False, ports={port}, timeout_s=timeout_s)
    await gate.fetch(f"http://bomb.example:{port}/harmless")
    for path in paths:
        forget_peak()
        before, began = memory_kib("VmRSS"), time.monotonic()
        try:
            code = f"{len((await gate.fetch(f'http://bomb.example:{port}/{path}')).body)} bytes"
        except (Skip, Retryable) as error:
            code = error.code
        grown = memory_kib("VmHWM") - before
        took = time.monotonic() - began
        print(json.dumps({"bomb": path, "code": code, "grown_kib": grown, "seconds": took}), flush=True)  # noqa: T201  its answer


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]))
