"""Draws what was found: bars of systems side by side, and lines over sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.findings import Finding, Run
from bench.page import number

OURS, OTHERS, INK = "#1f6f8b", "#b9c4cc", "#222222"
_STEEP = 50
"""Values that differ by more are drawn on a logarithmic scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """One drawing: a file, and the cells it shows."""

    file: str
    part: str
    table: str
    column: str
    title: str
    over_sizes: bool = False


_PLOTS = (
    _Plot(
        file="articles-a-second.svg",
        part="reading",
        table="The whole reading, beside summaries alone",
        column="articles/s",
        title="Articles a second (logarithmic)",
    ),
    _Plot(
        file="memory.svg",
        part="reading",
        table="The whole reading, beside summaries alone",
        column="peak MB",
        title="Peak memory, MB (logarithmic)",
    ),
    _Plot(
        file="quantities.svg",
        part="quality",
        table="quantities-dev",
        column="value.f1",
        title="Quantities: F1 of values",
    ),
    _Plot(file="dates.svg", part="quality", table="timex-dev", column="value.f1", title="Dates: F1 of values"),
    _Plot(file="summaries.svg", part="quality", table="summaries-dev", column="macro.r2", title="Summaries: ROUGE-2"),
    _Plot(
        file="compose.svg",
        part="compose",
        table="One tick that composes and queues for everybody",
        column="s of one core",
        title="Seconds of one core for a morning's editions",
        over_sizes=True,
    ),
    _Plot(
        file="archive.svg",
        part="placing",
        table="Filing an article into an archive",
        column="ms an article",
        title="Milliseconds to file an article, by the size of the archive",
        over_sizes=True,
    ),
)


_GROWTH = "growth.svg"
_GROWTH_TIMES = ", times of the smallest"
_BOUND = "log"
_TONES = ("#1f6f8b", "#d1793f", "#5b8c5a", "#8a5a9e", "#b23a48", "#7a7a3a", "#3d5a80", "#c2a83e", "#555555")


def plot(runs: Sequence[Run], folder: Path) -> Mapping[str, Sequence[str]]:
    """Draw all there are figures for.

    Returns:
        The files of each part.
    """
    files: dict[str, list[str]] = {}
    for wanted in _PLOTS:
        cells = [cell for run in runs if run.part == wanted.part for cell in run.findings if _fits(cell, wanted)]
        if len(cells) > 1:
            _draw(wanted, cells, folder / wanted.file)
            files.setdefault(wanted.part, []).append(wanted.file)
    grown = [
        cell for run in runs if run.part == "growth" for cell in run.findings if cell.table.endswith(_GROWTH_TIMES)
    ]
    if grown:
        _draw_growth(grown, folder / _GROWTH)
        files.setdefault("growth", []).append(_GROWTH)
    return files


def _draw_growth(cells: Sequence[Finding], file: Path) -> None:
    """How many times longer each thing takes, a panel for each database, beside the logarithm of the archive."""
    tables = list(dict.fromkeys(cell.table for cell in cells))
    figure = Figure(figsize=(7.5, 3.6), layout="constrained")
    panels = figure.subplots(1, len(tables), sharey=True, squeeze=False)[0]
    things = [name for name in dict.fromkeys(cell.column for cell in cells) if name != _BOUND]
    tones = {name: _TONES[place % len(_TONES)] for place, name in enumerate(things)}
    for axes, table in zip(panels, tables, strict=True):
        for name in (*things, _BOUND):
            mine = [cell for cell in cells if (cell.table, cell.column) == (table, name) and cell.value is not None]
            values = [cell.value or 0.0 for cell in mine]
            style = {"color": INK, "linestyle": "--"} if name == _BOUND else {"color": tones[name], "marker": "."}
            axes.plot([_size(cell) for cell in mine], values, label=name, linewidth=1.3, **style)
        axes.set_title(table.removesuffix(_GROWTH_TIMES).rpartition(": ")[2], loc="left", fontsize=11, color=INK)
        axes.set_xscale("log")
        axes.set_ylim(bottom=0)
        axes.set_xlabel("articles", fontsize=9)
        axes.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("times the smallest archive", fontsize=9)
    figure.legend(
        *panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=5, fontsize=8, frameon=False
    )
    with rc_context({"svg.hashsalt": "sitrep"}):
        figure.savefig(file, facecolor="white", metadata={"Date": None})


def _size(cell: Finding) -> float:
    return float(cell.row.split()[0].replace(",", ""))


def _fits(cell: Finding, wanted: _Plot) -> bool:
    return cell.table == wanted.table and cell.column == wanted.column and cell.value is not None


def _draw(wanted: _Plot, cells: Sequence[Finding], file: Path) -> None:
    height = 3.2 if wanted.over_sizes else 0.9 + 0.36 * len(cells)
    figure = Figure(figsize=(7.5, height), layout="constrained")
    axes = figure.add_subplot()
    (_line if wanted.over_sizes else _bars)(axes, cells, logarithmic="logarithmic" in wanted.title)
    axes.set_title(wanted.title, loc="left", fontsize=11, color=INK)
    axes.spines[["top", "right"]].set_visible(False)
    with rc_context({"svg.hashsalt": "sitrep"}):  # the same figures give the same file
        figure.savefig(file, facecolor="white", metadata={"Date": None})


def _bars(axes: Axes, cells: Sequence[Finding], *, logarithmic: bool) -> None:
    cells = list(reversed(cells))
    names = [f"{cell.row} ({cell.note})" if cell.note else cell.row for cell in cells]
    values = [cell.value or 0.0 for cell in cells]
    colours = [OURS if cell.row.startswith("Sitrep") else OTHERS for cell in cells]
    if logarithmic:  # a bar has no true length where the scale has no zero
        axes.scatter(values, range(len(cells)), color=colours, s=70, zorder=2)
        axes.set_xscale("log")
        axes.grid(axis="y", color="#e8ecef", zorder=0)
        for place, value in enumerate(values):
            axes.annotate(number(value), (value, place), xytext=(8, -3), textcoords="offset points", fontsize=9)
    else:
        bars = axes.barh(range(len(cells)), values, color=colours, height=0.7)
        axes.bar_label(bars, [number(value) for value in values], padding=3, fontsize=9, color=INK)
    axes.set_yticks(range(len(cells)), names, fontsize=9)
    axes.margins(x=0.12)


def _line(axes: Axes, cells: Sequence[Finding], *, logarithmic: bool) -> None:
    del logarithmic
    sizes = [_size(cell) for cell in cells]
    values = [cell.value or 0.0 for cell in cells]
    axes.plot(sizes, values, color=OURS, marker="o")
    for size, value in zip(sizes, values, strict=True):
        axes.annotate(number(value), (size, value), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9)
    axes.set_xscale("log")
    if max(values) > _STEEP * min(values):
        axes.set_yscale("log")
    else:
        axes.set_ylim(0, 1.2 * max(values) or 1)  # room for what is written over the highest
    axes.margins(x=0.08, y=0.2)
    axes.set_xlabel(cells[0].row.split(maxsplit=1)[1], fontsize=9)
