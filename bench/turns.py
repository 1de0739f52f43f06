"""Takes systems in turns: each in a process of its own, on the same texts, one at work at a time."""

from __future__ import annotations

import json
import os
import queue
import statistics
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.rows import Row

PROJECT = Path(__file__).resolve().parents[1]
RIVALS_PYTHON = Path(os.environ.get("SITREP_RIVALS", PROJECT / ".venv-bench")) / "bin" / "python"
READY_S = 180.0
TURN_S = 240.0


class Failed(Exception):
    """A system could not be started, broke down, or took too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system: its name in the tables, where its function is, and whether it lives in the rivals' environment."""

    name: str
    function: str
    is_rival: bool = False
    share: float = 1.0
    """The share of a turn's texts it is given: one that is far slower would keep all others waiting."""

    @property
    def python(self) -> str:
        """The Python that runs it."""
        return str(RIVALS_PYTHON) if self.is_rival else sys.executable


@dataclass(frozen=True, slots=True)
class Turn:
    """What some texts took."""

    texts: int
    wall_s: float
    cpu_s: float


@dataclass(slots=True)
class Account:
    """What a system did in all its turns; ``failure`` says why there are no more of them."""

    turns: list[Turn] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    peak_mb: float = 0.0
    failure: str = ""

    @property
    def rate(self) -> float:
        """Texts a second, the median of the turns."""
        return statistics.median(turn.texts / turn.wall_s for turn in self.turns)

    @property
    def cpu_s(self) -> float:
        """Processor seconds a text, the median of the turns."""
        return statistics.median(turn.cpu_s / turn.texts for turn in self.turns)


class Worker:
    """A system at work."""

    def __init__(self, system: System) -> None:
        if not Path(system.python).exists():
            raise Failed("its environment is not there: run make bench")
        self._process = subprocess.Popen(
            [system.python, "-m", "bench.worker", system.function],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def answer(self, timeout_s: float) -> Mapping[str, Any]:
        """The next line the system says.

        Raises:
            Failed: it ended, or did not say anything in time.
        """
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            self.end()
            raise Failed(f"no answer within {timeout_s:.0f} s") from None
        if not line:
            raise Failed("it could not be started, or broke down")
        answer: Mapping[str, Any] = json.loads(line)
        return answer

    def ask(self, rows: Sequence[Row], timeout_s: float) -> Mapping[str, Any]:
        """Give it texts and wait for its answers.

        Raises:
            Failed: see :meth:`answer`.
        """
        texts = [{"id": row.id, "text": row.text, "title": row.title, "day": row.reference.isoformat()} for row in rows]
        try:
            print(json.dumps({"texts": texts}), file=self._process.stdin, flush=True)
        except OSError:
            raise Failed("it broke down") from None
        return self.answer(timeout_s)

    def end(self) -> None:
        """End its process."""
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self._lines.put(line)
        self._lines.put("")


def take_turns(
    systems: Sequence[System], batches: Sequence[Sequence[Row]], *, ready_s: float = READY_S, turn_s: float = TURN_S
) -> dict[str, Account]:
    """Give each batch to every system, one after the other; who fails drops out and the others go on."""
    accounts = {system.name: Account() for system in systems}
    workers: dict[str, Worker] = {}
    try:
        for system in systems:
            try:
                workers[system.name] = Worker(system)
                workers[system.name].answer(ready_s)
            except Failed as failure:
                accounts[system.name].failure = str(failure)
        for batch in batches:
            for system in systems:
                account = accounts[system.name]
                if not account.failure:
                    _turn(workers[system.name], account, batch[: max(1, round(len(batch) * system.share))], turn_s)
    finally:
        for worker in workers.values():
            worker.end()
    return accounts


def _turn(worker: Worker, account: Account, rows: Sequence[Row], turn_s: float) -> None:
    try:
        said = worker.ask(rows, turn_s)
    except Failed as failure:
        account.failure = str(failure)
        return
    account.turns.append(Turn(len(rows), said["wall_s"], said["cpu_s"]))
    account.answers |= {row.id: answer for row, answer in zip(rows, said["answers"], strict=True)}
    account.peak_mb = said["peak_mb"]
