"""Measures everything side by side and writes docs/bench: ``make bench``, or ``python -m bench.report [--quick] [--only PART]``.

Each part runs in a process of its own with a time limit: one that fails is reported in the tables, and the others go on. Parts
that are not run keep what was found before. A quick run goes to var/bench: its figures are for nobody. What docs/bench is brought up
to, the README's few figures are as well.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.findings import Finding, Run, kept_if_failed, merged, read, write
from bench.page import page
from bench.plots import plot
from bench.readme import brought_up

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "docs" / "bench"
RESULTS = "results.jsonl"
README = PROJECT / "README.md"
LIMITS_S = {
    "startup": 420,
    "reading": 900,
    "workers": 600,
    "delivery": 300,
    "placing": 240,
    "compose": 900,
    "answers": 1800,
    "growth": 900,
    "quality": 900,
}
"""Seconds that each part may take, in the order they run."""

_LIBRARIES = ("torch", "transformers", "python-telegram-bot", "numpy", "sqlalchemy")


def main(arguments: Sequence[str] | None = None, folder: Path = FOLDER) -> int:
    """Run the parts chosen; 0, or 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(LIMITS_S), help="this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="small sizes: to see that it works, not for figures")
    parser.add_argument("--into", type=Path, help="where the page goes; docs/bench by default, var/bench if quick")
    parser.add_argument("--child", nargs=2, metavar=("PART", "FILE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.child:
        part, file = chosen.child
        found: list[Finding] = []
        for cell in _measured(part, quick=chosen.quick):
            found.append(cell)  # written each time: what was found before a failure stays
            write(Path(file), [replace(_blank(part), findings=tuple(found))])
        return 0
    into: Path = chosen.into or (PROJECT / "var" / "bench" if chosen.quick else folder)
    into.mkdir(parents=True, exist_ok=True)
    failed = False
    for part in LIMITS_S:
        if not chosen.only or part in chosen.only:
            run = run_part(part, quick=chosen.quick)
            failed |= bool(run.failure)
            publish([run], into)
    if into == FOLDER:
        told = README.read_text(encoding="utf-8")
        README.write_text(brought_up(told, read(FOLDER / RESULTS)), encoding="utf-8")
    return int(failed)


def publish(new: Sequence[Run], folder: Path) -> None:
    """Write the page, its plots and the findings; parts that were not run keep theirs."""
    old = read(folder / RESULTS)
    runs = merged(old, (kept_if_failed(old, run) for run in new))
    runs.sort(key=lambda run: list(LIMITS_S).index(run.part) if run.part in LIMITS_S else len(LIMITS_S))
    write(folder / RESULTS, runs)
    plots = plot(runs, folder)
    (folder / "README.md").write_text(page(runs, plots), encoding="utf-8")


def run_part(part: str, *, quick: bool, limit_s: float | None = None) -> Run:
    """Measure a part in a process of its own, within its limit of time."""
    print(f"{part} ...", file=sys.stderr, flush=True)
    began, before = time.perf_counter(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "findings.jsonl"
        arguments = ["--child", part, str(file), *(["--quick"] if quick else [])]
        failure = _failure(
            [sys.executable, "-m", "bench.report", *arguments], LIMITS_S[part] if limit_s is None else limit_s
        )
        found = [cell for run in read(file) for cell in run.findings]
    took = time.perf_counter() - began
    print(f"{part}: {failure or 'measured'}, {took:.0f} s", file=sys.stderr, flush=True)
    return replace(
        _blank(part),
        command=f"python -m bench.report --only {part}{' --quick' if quick else ''}",
        load_before=round(before, 1),
        load_after=round(os.getloadavg()[0], 1),
        seconds=round(took),
        failure=failure,
        findings=tuple(found),
    )


def _failure(command: Sequence[str], limit_s: float) -> str:
    """Run a command in a group of its own, whose rest ends with it; say what went wrong, or nothing."""
    process = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        _, said = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        return f"did not end within {limit_s:.0f} s"
    finally:
        _end_group(process)
    if process.returncode == 0:
        return ""
    lines = said.strip().splitlines()
    return lines[-1][:200] if lines else f"ended with code {process.returncode}"


def _end_group(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _measured(part: str, *, quick: bool) -> Iterable[Finding]:
    found: Iterable[Finding] = importlib.import_module(f"bench.{part}").measure(quick=quick)
    return found


def _blank(part: str) -> Run:
    return Run(
        part=part,
        date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        command="",
        machine=f"{os.cpu_count()} cores ({_processor()}), {platform.system()}",
        versions=", ".join(
            [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in _LIBRARIES)]
        ),
        load_before=0.0,
        load_after=0.0,
        seconds=0.0,
        failure="",
        findings=(),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
