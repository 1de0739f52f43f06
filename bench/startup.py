"""How long a newcomer waits: from the start of the bot's process to its first answer, and to its first reading.

`python -m bench.startup [RUNS]` prints the medians beside that of an empty Python process that imports the same library.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SAMPLE_TOKEN, SandboxServer

TEXT = "Storm kills 12 in Ellery\n\nA storm killed 12 people in the port of Ellery on Monday, the mayor said.\n"
PATIENCE_S = 120


async def once() -> tuple[float, float]:
    """Seconds to the first answered command, and to the first article in a summary."""
    async with SandboxServer(limits=None) as server, SandboxClient(server.root_url) as people:
        await people.post(SAMPLE_CHANNEL_ID, TEXT)
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {
                "SITREP_TOKEN": SAMPLE_TOKEN,
                "SITREP_BASE_URL": server.base_url,
                "SITREP_BASE_FILE_URL": server.base_file_url,
                "SITREP_CHANNELS": str(SAMPLE_CHANNEL_ID),
                "SITREP_DATABASE_URL": f"sqlite:///{Path(folder) / 'sitrep.db'}",
                "SITREP_LOG_LEVEL": "error",
            }
            started = time.perf_counter()
            process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
            await people.ask(SAMPLE_READER, "/help", PATIENCE_S)
            answered = time.perf_counter() - started
            while "mayor" not in (await people.ask(SAMPLE_READER, "/summary", PATIENCE_S)).text:
                pass  # each answer takes its time
            read = time.perf_counter() - started
            process.send_signal(signal.SIGTERM)
            await process.wait()
    return answered, read


def library() -> float:
    """Seconds to start Python and import python-telegram-bot: what nobody can be faster than."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import telegram.ext"], check=True)
    return time.perf_counter() - started


async def main(runs: int) -> None:
    """Measure side by side, run by run."""
    rows = [(library(), *await once()) for _ in range(runs)]
    floor, answered, read = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"runs                               {runs}")
    print(f"importing python-telegram-bot      {floor:.2f} s")
    print(f"first command answered             {answered:.2f} s  ({answered / floor:.1f} x)")
    print(f"first article read and summarised  {read:.2f} s  ({read / floor:.1f} x)")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
