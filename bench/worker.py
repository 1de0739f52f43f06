"""Runs one system in a process of its own: ``python -m bench.worker MODULE:SYSTEM``, JSON lines in, JSON lines out.

Needs the standard library alone, so that it runs in the environment of the rivals, too. The first line out says that the
system is ready. Then each line in is ``{"texts": [{"id", "text", "title", "day"}]}`` and is answered by ``{"answers", "wall_s",
"cpu_s", "peak_mb"}``, with one answer a text.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import time
import warnings
from typing import TextIO

from bench.processes import peak_mb


def main(name: str) -> None:
    """Make the system ready, then answer until the input ends."""
    warnings.filterwarnings("ignore")
    out = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # what a library prints must not come between the answers
        module, _, system = name.partition(":")
        answer = getattr(importlib.import_module(module), system)()
        _say(out, {"ready": True, "peak_mb": peak_mb()})
        for line in sys.stdin:
            texts = json.loads(line)["texts"]
            wall, cpu = time.perf_counter(), time.process_time()
            answers = answer(texts)
            took = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
            _say(out, {"answers": answers, **took, "peak_mb": peak_mb()})


def _say(out: TextIO, what: object) -> None:
    print(json.dumps(what), file=out, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
