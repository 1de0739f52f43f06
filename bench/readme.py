"""Writes into the README what was measured last: a few scores beside the best of the others, and how fast reading is."""

from __future__ import annotations

from collections.abc import Sequence

from bench.findings import Finding, Run
from bench.page import number
from bench.reading import PEAK, RATE, READING, TIMES

SCORES = ("<!-- scores -->", "<!-- end of scores -->")
SPEED = ("<!-- speed -->", "<!-- end of speed -->")
_OURS = "Sitrep"
_TOLD = (
    ("quantities in sentences", "F1 of values", "quantities-dev", "value.f1"),
    ("key figures of an article", "F1 of value, kind, unit and qualifier together", "keyfigures-dev", "full.f1"),
    ("dates and times", "F1 of values", "timex-dev", "value.f1"),
    ("topics", "accuracy", "topics-iptc-dev", "accuracy"),
    ("articles that tell of one event", "F1 of pairs", "clusters-dev", "ecbplus.f1"),
    ("summaries", "ROUGE-2", "summaries-dev", "macro.r2"),
)
_HEAD = "| of news, development halves | | Sitrep | the best of the others |\n| --- | --- | ---: | --- |\n"


def brought_up(readme: str, runs: Sequence[Run]) -> str:
    """The README with what these runs found between its marks; as it is where they did not find all of it."""
    cells = [cell for run in runs for cell in run.findings if cell.value is not None]
    for (begin, end), told in ((SCORES, _scores(cells)), (SPEED, _speed(cells))):
        before, begun, rest = readme.partition(begin)
        _, ended, after = rest.partition(end)
        if told and begun and ended:
            readme = f"{before}{begin}\n{told}{end}{after}"
    return readme


def _scores(cells: Sequence[Finding]) -> str:
    lines = []
    for what, measure, table, column in _TOLD:
        found = {cell.row: cell.value or 0.0 for cell in cells if (cell.table, cell.column) == (table, column)}
        ours, others = found.pop(_OURS, None), sorted(found.items(), key=lambda one: -one[1])
        if ours is None or not others:
            return ""
        name, best = others[0]
        lines.append(f"| {what} | {measure} | {number(ours)} | {number(best)}, {name} |\n")
    return _HEAD + "".join(lines)


def _speed(cells: Sequence[Finding]) -> str:
    found = {(cell.row, cell.column): number(cell.value) for cell in cells if cell.table in {READING, "Cold start"}}
    reading, distilbart = "Sitrep, the whole reading", "distilbart-cnn-12-6's shapes"
    wanted = (
        (reading, RATE),
        (reading, PEAK),
        (distilbart, TIMES),
        (f"{distilbart}, bfloat16", TIMES),
        ("sumy TextRank", RATE),
        ("first command answered", "s"),
        ("first article read and summarised", "s"),
    )
    if any(key not in found for key in wanted):
        return ""
    rate, peak, times, times_bfloat16, textrank, command, read = (found[key] for key in wanted)
    return (
        f"On two cores it reads {rate} articles a second whole, in {peak} MB: {times} times as many as a network of "
        f"{distilbart} summarises\nin float32, {times_bfloat16} times as many as that in bfloat16 (sumy's TextRank, which "
        f"chooses sentences and nothing else, does {textrank}). The first\ncommand is answered {command} s after the start, the "
        f"first article read after {read} s.\n"
    )
