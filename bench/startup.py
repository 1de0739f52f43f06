"""How long a newcomer waits: from the start of the bot's process to its first answer, and to its first reading.

`python -m bench.startup [RUNS]` prints the medians beside that of an empty Python process that imports the same library, and
the memory of the bot with the process that reads, idle and while it reads: the sum of both, what they share counted once.
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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.findings import Finding, row
from bench.processes import memory_mb
from bench.reading import articles
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER, SAMPLE_TOKEN, SandboxServer

_LONGEST = 4_000
TEXT = "Storm kills 12 in Ellery\n\nA storm killed 12 people in the port of Ellery on Monday, the mayor said.\n"
PATIENCE_S = 120
IDLE_S = 3.0
GOAL_ANSWER_S, GOAL_READ_S, GOAL_MB = 1.0, 5.0, 700.0
TIMES, MEMORY, GOALS = "Cold start", "Memory of the bot and its reading process", "Goals of starting"


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds to the first answered command and to the first article in a summary; megabytes idle and reading, at most.

    ``answered_s`` is of a start that makes its database, ``again_s`` of the next one.
    """

    answered_s: float
    again_s: float
    read_s: float
    idle_mb: float
    reading_mb: float


async def once(more: Sequence[str] = ()) -> Start:
    """Start a bot, ask it, have it read the first article and then so many more."""
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
            await asyncio.sleep(IDLE_S)
            idle_mb = reading_mb = memory_mb(process.pid)
            for number, text in enumerate(more):
                await people.post(SAMPLE_CHANNEL_ID, f"Report {number}\n\n{text}"[:_LONGEST])
            for _ in range(len(more) * 2):
                await asyncio.sleep(0.25)
                reading_mb = max(reading_mb, memory_mb(process.pid))
            process.send_signal(signal.SIGTERM)
            await process.wait()
            started = time.perf_counter()
            process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
            await people.ask(SAMPLE_READER, "/help", PATIENCE_S)
            again = time.perf_counter() - started
            process.send_signal(signal.SIGTERM)
            await process.wait()
    return Start(answered, again, read, idle_mb, reading_mb)


def library() -> float:
    """Seconds to start Python and import python-telegram-bot: what nobody can be faster than."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import telegram.ext"], check=True)
    return time.perf_counter() - started


def measure(*, quick: bool) -> list[Finding]:
    """Both tables of this part, and the goals."""
    runs, more = (1, 8) if quick else (5, 64)
    texts = [one.text for one in articles()[0][:more]]
    floors = [library() for _ in range(runs)]
    starts = [
        asyncio.run(asyncio.wait_for(once(texts if number == 0 else ()), 4 * PATIENCE_S)) for number in range(runs)
    ]
    floor = statistics.median(floors)
    answered = statistics.median(start.answered_s for start in starts)
    again = statistics.median(start.again_s for start in starts)
    read = statistics.median(start.read_s for start in starts)
    reading_mb = max(start.reading_mb for start in starts)
    return [
        *row(TIMES, "importing python-telegram-bot", [("s", floor), ("x of that import", 1.0)]),
        *row(TIMES, "first command answered", [("s", answered), ("x of that import", answered / floor)]),
        *row(TIMES, "the same where the database is there", [("s", again), ("x of that import", again / floor)]),
        *row(TIMES, "first article read and summarised", [("s", read), ("x of that import", read / floor)]),
        *row(MEMORY, "idle, models loaded", [("MB", statistics.median(start.idle_mb for start in starts))]),
        *row(MEMORY, f"reading {len(texts)} articles, at most", [("MB", reading_mb)]),
        *row(GOALS, "first command, s", [("goal: at most", GOAL_ANSWER_S), ("measured", answered)]),
        *row(GOALS, "first command after the first start, s", [("goal: at most", GOAL_ANSWER_S), ("measured", again)]),
        *row(GOALS, "first reading, s", [("goal: at most", GOAL_READ_S), ("measured", read)]),
        *row(GOALS, "memory while reading, MB", [("goal: at most", GOAL_MB), ("measured", reading_mb)]),
    ]


async def main(runs: int) -> None:
    """Measure side by side, run by run."""
    found = [(library(), await once()) for _ in range(runs)]
    floor = statistics.median(took for took, _ in found)
    answered = statistics.median(start.answered_s for _, start in found)
    read = statistics.median(start.read_s for _, start in found)
    print(f"runs                               {runs}")
    print(f"importing python-telegram-bot      {floor:.2f} s")
    print(f"first command answered             {answered:.2f} s  ({answered / floor:.1f} x)")
    print(f"the same, the database is there    {statistics.median(start.again_s for _, start in found):.2f} s")
    print(f"first article read and summarised  {read:.2f} s  ({read / floor:.1f} x)")
    print(f"memory, idle                       {statistics.median(start.idle_mb for _, start in found):.0f} MB")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
