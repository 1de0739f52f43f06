"""What a measurement found: one number in one cell of one table, and where such numbers are kept between runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A cell: ``table`` is a heading, ``row`` a system or a size, ``column`` a measure with its unit.

    ``value`` is None where there is nothing to measure; ``note`` then says why. A note beside a value says how to take it,
    such as "cited".
    """

    table: str
    row: str
    column: str
    value: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one part: when, on what, how busy the machine was (one-minute load before and after), and what came of it."""

    part: str
    date: str
    command: str
    machine: str
    versions: str
    load_before: float
    load_after: float
    seconds: float
    failure: str
    findings: tuple[Finding, ...]


def row(table: str, name: str, cells: Iterable[tuple[str, float | None]], note: str = "") -> list[Finding]:
    """Several cells of one row, with the same note."""
    return [Finding(table=table, row=name, column=column, value=value, note=note) for column, value in cells]


def missing(table: str, name: str, column: str, why: str) -> Finding:
    """A cell that could not be measured."""
    return Finding(table=table, row=name, column=column, note=why)


def write(path: Path, runs: Sequence[Run]) -> None:
    """Keep the runs, one a line."""
    path.write_text("".join(json.dumps(asdict(run), ensure_ascii=False) + "\n" for run in runs), encoding="utf-8")


def read(path: Path) -> list[Run]:
    """The runs that were kept; none where there is no file."""
    if not path.exists():
        return []
    raws = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Run(**{**raw, "findings": tuple(Finding(**cell) for cell in raw["findings"])}) for raw in raws]


def merged(old: Iterable[Run], new: Iterable[Run]) -> list[Run]:
    """The runs with those of this time in place of older ones of the same part."""
    return list({run.part: run for run in (*old, *new)}.values())


def kept_if_failed(old: Sequence[Run], new: Run) -> Run:
    """A part that failed altogether keeps its older findings, and says so."""
    before = next((run for run in old if run.part == new.part and run.findings), None)
    if new.findings or before is None:
        return new
    why = f"the run of {new.date} failed ({new.failure}); these are the figures of {before.date}"
    return Run(**{**{name: getattr(before, name) for name in Run.__slots__}, "failure": why})
