"""Lays out what was found as a page of tables: pure, from runs to Markdown."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bench.findings import Finding, Run

_TITLES = {
    "startup": "From nothing to the first answer",
    "reading": "Reading",
    "workers": "Workers",
    "delivery": "Delivery",
    "placing": "Filing into an archive",
    "growth": "Growth with the archive",
    "compose": "A morning's editions",
    "answers": "Answers",
    "quality": "Quality",
}
_HEAD = """# How fast, how good

Written by `make bench`, part by part on one machine, the systems of a table in one run and in turns on the same texts, medians of
the turns. *Cited* figures are those of the notes that come with the evaluation data, for systems that cannot be installed by
pip. What ran on a busy machine says little about seconds (the load stands with each part); ratios and processor time hold
better.
"""
_NOTES = {
    "reading": """The whole reading is everything a post costs: summary, topics, figures, deadlines, language, and what tells stories
apart; the others only summarise, or only find. *distilbart-cnn-12-6's shapes* and *bart-large-cnn's shapes* are networks of those dimensions with
**random weights**, since how long a network takes depends on its shapes, not on what it learned. They write 80 tokens each, greedily
(no beams, which would take longer), on two threads as ours, in float32 as they are published unless it says bfloat16. The other libraries use one thread. sumy gets its sentences
from a plain rule, because the data of nltk's cutter cannot be installed by pip. The peak is that of the process, Python and libraries
included.""",
    "workers": """`sitrep worker` processes of one thread each with the real models, and a PostgreSQL as its makers set it, on the same machine:
with as many workers as cores they and the database share them. Filing is from wanting the turn to its end: of one worker alone that is
how long the turn is held, and 1000 ms divided by it is what all workers of one database can read a second.""",
    "startup": "Seconds from the start of `sitrep run` to the answer in the chat, against the sandbox's server.",
    "delivery": "A whole bot and a server as strict as Telegram's documentation, with 60 readers who say /help meanwhile.",
    "placing": "At the same number of articles a day: what is timed is finding the story and storing the reading, in the best batch.",
    "growth": """Archives of the same number of articles a day, so that a larger one is an older one; five figures to an article and as many
readers as articles, 50 of them due in a minute. What grows as the logarithm does is up to *log* times the smallest. What is compared is the time of
the processors, PostgreSQL's among them; it runs on the same machine and does not wait for the disk.""",
    "compose": "Everybody is due at once; 200 different profiles. One core.",
    "answers": "A bot whose store holds a month of much news, asked over HTTP: the wait until the first sign of an answer, a draft or the "
    "answer itself.",
    "quality": """F1 and the like in percent, with the code the bot runs; the names are those of the scorers. Sets of `bench/gold` come with
the project; the others are given by `SITREP_EVAL_DIR`. CQE runs with a model of spaCy that a third party put on PyPI, not with that of its authors' figures.""",
}


def page(runs: Sequence[Run], plots: Mapping[str, Sequence[str]]) -> str:
    """The whole page; ``plots`` names the files that go with each part."""
    goals = [cell for run in runs for cell in run.findings if _is_goal(cell)]
    parts = [_HEAD, *([f"## Against the goals\n\n{_goals(goals)}"] if goals else [])]
    parts += [_part(run, plots.get(run.part, ())) for run in runs]
    return "\n".join(parts)


def _is_goal(cell: Finding) -> bool:
    return cell.table.startswith("Goals of")


def _goals(cells: Sequence[Finding]) -> str:
    lines = ["| | goal | measured | |", "| --- | ---: | ---: | --- |"]
    for name in dict.fromkeys(cell.row for cell in cells):
        found = {cell.column.partition(":")[0]: cell for cell in cells if cell.row == name}
        goal, measured = found["goal"], found["measured"]
        if goal.value is None or measured.value is None:
            continue
        at_least = goal.column.endswith("least")
        reached = measured.value >= goal.value if at_least else measured.value <= goal.value
        bound = f"{'≥' if at_least else '≤'} {number(goal.value)}"
        lines.append(f"| {name} | {bound} | {number(measured.value)} | {'reached' if reached else '**not reached**'} |")
    return "\n".join(lines) + "\n"


def _part(run: Run, plots: Sequence[str]) -> str:
    lines = [f"## {_TITLES.get(run.part, run.part)}", ""]
    if run.part in _NOTES:
        lines += [_NOTES[run.part], ""]
    if run.command.endswith("--quick"):
        lines += ["*A quick run, of sizes too small for figures: it shows that the measurement works.*", ""]
    if run.failure:
        lines += [f"**Failed**: {run.failure}", ""]
    for table in dict.fromkeys(cell.table for cell in run.findings if not _is_goal(cell)):
        lines += [f"### {table}", "", *_table([cell for cell in run.findings if cell.table == table]), ""]
    lines += [f"![{name.removesuffix('.svg')}]({name})\n" for name in plots]
    when = f"{run.date}, took {run.seconds:.0f} s, load {run.load_before} before and {run.load_after} after"
    lines += [f"`{run.command}`: {when}; {run.machine}; {run.versions}.", ""]
    return "\n".join(lines)


def _table(cells: Sequence[Finding]) -> list[str]:
    columns = list(dict.fromkeys(cell.column for cell in cells if cell.value is not None))
    noted = any(cell.note for cell in cells)
    heads = ["", *columns, *([""] if noted else [])]
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * len(columns) + (" --- |" if noted else "")]
    for name, note in dict.fromkeys((cell.row, cell.note) for cell in cells):
        values = {cell.column: cell.value for cell in cells if (cell.row, cell.note) == (name, note)}
        told = [number(values.get(column)) for column in columns]
        lines.append("| " + " | ".join([name, *told, *([note.replace("|", "/")] if noted else [])]) + " |")
    return lines


def number(value: float | None) -> str:
    """A number to three digits, all of those before the point."""
    if value is None:
        return ""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"
