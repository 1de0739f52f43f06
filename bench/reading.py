"""Articles a second and peak memory, side by side: ``python -m bench.reading [--quick]``.

In turns, on the same articles: the whole reading (everything), summaries alone by networks of the shapes of
distilbart-cnn-12-6 and bart-large-cnn (random weights), and by sumy's TextRank and LexRank; then figures and dates alone
beside the libraries that find those.

The wall clock says what a user waits, on a machine with nothing else to do; the processor's seconds an article hold better on
a busy one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence

from bench.findings import Finding, missing, row
from bench.gate import PROJECT, data_folder
from bench.rows import Row, read_rows
from bench.turns import Account, System, take_turns

BATCH = 32
_OURS = System(name="Sitrep, the whole reading", function="bench.ours:reading")
_DISTILBART = System(name="distilbart-cnn-12-6's shapes", function="bench.ours:distilbart", share=1 / 8)
SUMMARISERS = (
    _OURS,
    _DISTILBART,
    System(name="distilbart-cnn-12-6's shapes, bfloat16", function="bench.ours:distilbart_bfloat16", share=1 / 8),
    System(name="bart-large-cnn's shapes", function="bench.ours:bart_large", share=1 / 8),
    System(name="sumy TextRank", function="bench.rivals:textrank", is_rival=True),
    System(name="sumy LexRank", function="bench.rivals:lexrank", is_rival=True),
)
FINDERS = {
    "Quantities alone": (
        System(name="Sitrep", function="bench.ours:quantities"),
        System(name="quantulum3", function="bench.rivals:quantulum3", is_rival=True),
        System(name="recognizers-text", function="bench.rivals:recognizers", is_rival=True, share=1 / 4),
        System(name="CQE", function="bench.rivals:cqe", is_rival=True, share=1 / 4),
    ),
    "Dates alone": (
        System(name="Sitrep", function="bench.ours:timexes"),
        System(
            name="recognizers-text-date-time", function="bench.rivals:recognizers_dates", is_rival=True, share=1 / 4
        ),
        System(name="dateparser", function="bench.rivals:dateparser", is_rival=True),
    ),
}
GOAL_TIMES = 100
GOAL_RATE = 12
READING, GOALS = "The whole reading, beside summaries alone", "Goals of speed"
COLUMNS = (RATE, TIMES, CPU, CPU_TIMES, PEAK) = (
    "articles/s",
    "Sitrep is faster by (x)",
    "processor s an article",
    "Sitrep needs less by (x)",
    "peak MB",
)


def articles() -> tuple[list[Row], str]:
    """The articles that are read, and where they are from: the evaluation folder, else the project's own gold set."""
    given = data_folder() / "summaries-dev.jsonl"
    path = given if given.exists() else PROJECT / "bench" / "gold" / "keyfigures-tune.jsonl"
    return read_rows(path), path.name


def measure(*, quick: bool) -> Iterator[Finding]:
    """All tables of this part."""
    rows, _ = articles()
    turns, size = (1, 8) if quick else (4, BATCH)
    batches = _batches(rows, turns, size)
    warm = rows[-1:]
    accounts = take_turns(SUMMARISERS, [warm, *batches])
    yield from _table(READING, accounts, _OURS.name)
    yield from _goals(accounts)
    for table, systems in FINDERS.items():
        yield from _table(table, take_turns(systems, [warm, *batches]), "Sitrep")


def _batches(rows: Sequence[Row], turns: int, size: int) -> list[list[Row]]:
    """Batches from all over the file, no article twice, so that every batch is as mixed as the file."""
    turns = min(turns, max(1, len(rows) // size))
    step = len(rows) // (turns * size) or 1
    chosen = rows[: turns * size * step : step]
    return [list(chosen[start::turns]) for start in range(turns)]


def _table(table: str, accounts: Mapping[str, Account], ours: str) -> list[Finding]:
    found: list[Finding] = []
    for account in accounts.values():
        del account.turns[:1]  # the first warmed it up
    base = accounts[ours]
    for name, account in accounts.items():
        if not account.turns:
            found.append(missing(table, name, RATE, account.failure or "it read nothing"))
            continue
        cells: list[tuple[str, float | None]] = [(RATE, account.rate), (CPU, account.cpu_s), (PEAK, account.peak_mb)]
        if base.turns and account is not base:
            cells += [(TIMES, base.rate / account.rate), (CPU_TIMES, account.cpu_s / base.cpu_s)]
        found += row(table, name, sorted(cells, key=lambda cell: COLUMNS.index(cell[0])), account.failure)
    return found


def _goals(accounts: Mapping[str, Account]) -> list[Finding]:
    ours, theirs = accounts[_OURS.name], accounts[_DISTILBART.name]
    found: list[Finding] = []
    if ours.turns:
        found += row(GOALS, "articles/s", [("goal: at least", GOAL_RATE), ("measured", ours.rate)])
    if ours.turns and theirs.turns:
        times = ours.rate / theirs.rate
        found += row(GOALS, "times distilbart-sized", [("goal: at least", GOAL_TIMES), ("measured", times)])
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one turn of eight articles")
    for cell in measure(quick=parser.parse_args().quick):
        print(f"{cell.table} | {cell.row} | {cell.column} | {cell.value} {cell.note}")
