"""Runs one task over a file of rows: ``python -m bench.predict TASK IN OUT [--examples FILE]``."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bench.rows import write

TASKS = ("quantities", "timex", "figures", "summaries", "topics", "clusters", "deadlines", "consistency", "ledger")
MISSING_TASK = 2


class Task(Protocol):
    """A module of ``bench.tasks``."""

    def predict(self, source: Path, *, examples: Path | None) -> Iterable[Mapping[str, object]]:
        """Read the rows of ``source`` and give one prediction for each, with the row's ``id``."""
        ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a task.

    Returns:
        0 when the predictions are written, 2 when the task is not there yet.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.predict", description=__doc__)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("source", type=Path, metavar="IN", help="rows, .jsonl or .jsonl.gz")
    parser.add_argument("out", type=Path, metavar="OUT", help="where the predictions go, .jsonl")
    parser.add_argument("--examples", type=Path, help="labelled rows that own topics are made of (topics only)")
    chosen = parser.parse_args(arguments)
    try:
        task: Task = importlib.import_module(f"bench.tasks.{chosen.task}")
        count = write(chosen.out, task.predict(chosen.source, examples=chosen.examples))
    except ImportError as error:
        if error.name is None or not error.name.startswith(("bench.", "models.")):
            raise
        print(f"the task {chosen.task} is not there yet: {error}", file=sys.stderr)
        return MISSING_TASK
    print(f"{count} predictions written to {chosen.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
