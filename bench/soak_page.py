"""What a soak looked like: its samples, how they are drawn, and what they say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from bench.plots import INK, OTHERS, OURS

WARM_UP = 2 / 3
"""Of the time: caches fill, and the recent stories with which articles are compared reach the most they may be. At 20 posts a second
that takes 18 minutes."""

LONGEST_S = 60.0
"""What may wait in a queue at most: the alert rules call more an incident."""

SLOPE_MB_H = 20.0
"""Less, over half an hour, cannot be told from how memory moves anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One look: seconds since the load began, megabytes, ages of queues in seconds and their depths, and cores in use.

    ``memory_mb`` is of the bot and the process that reads together, ``p95_s`` of the answers since the last look.
    """

    at_s: float
    memory_mb: float
    reader_mb: float
    cores: float
    inbox_s: float
    articles_s: float
    outbox_s: float
    articles: float
    outbox: float
    read: float
    p95_s: float
    database_mb: float
    wal_mb: float

    def __str__(self) -> str:
        return (
            f"{self.at_s:5.0f} s  memory {self.memory_mb:.0f} MB (reader {self.reader_mb:.0f}), {self.cores:.2f} cores  "
            f"inbox {self.inbox_s:.1f} s, articles {self.articles:.0f} ({self.articles_s:.1f} s), outbox {self.outbox:.0f} "
            f"({self.outbox_s:.1f} s)  p95 {self.p95_s:.2f} s  read {self.read:.0f}  database {self.database_mb:.0f} MB, WAL "
            f"{self.wal_mb:.1f} MB"
        )


def slope(samples: Sequence[Sample]) -> tuple[float, float]:
    """Megabytes an hour by least squares, and its standard error; at least three samples."""
    hours = np.array([sample.at_s for sample in samples]) / 3600
    memory = np.array([sample.memory_mb for sample in samples])
    about = hours - hours.mean()
    rise = float(about @ memory / (about @ about))
    rest = memory - memory.mean() - rise * about
    return rise, math.sqrt(float(rest @ rest) / (len(samples) - 2) / float(about @ about))


def verdict(samples: Sequence[Sample]) -> tuple[str, bool]:
    """What is to be said, and whether it held out."""
    warm = [sample for sample in samples if sample.at_s >= WARM_UP * samples[-1].at_s]
    rise, error = slope(warm)
    ages = {
        "inbox": max(sample.inbox_s for sample in warm),
        "articles": max(sample.articles_s for sample in warm),
        "answers": max(sample.outbox_s for sample in warm),
    }
    flat, short = rise <= SLOPE_MB_H, max(ages.values()) <= LONGEST_S
    p95 = sorted(sample.p95_s for sample in warm if not math.isnan(sample.p95_s))
    moved = f"{rise:+.1f} ± {error:.1f} MB an hour: {'flat' if flat else 'it GROWS'}"
    waited = ", ".join(f"{name} {age:.1f} s" for name, age in ages.items())
    cores = sum(sample.cores for sample in warm) / len(warm)
    wal_mb = max(sample.wal_mb for sample in warm)
    lines = [
        f"after a warm-up of {warm[0].at_s / 60:.1f} of {samples[-1].at_s / 60:.1f} minutes:",
        f"memory {warm[0].memory_mb:.0f} MB, then {warm[-1].memory_mb:.0f} MB, {moved}",
        f"waited at most: {waited}: {'no queue grew' if short else 'a queue GREW'}",
        f"p95 of answers: median of the looks {p95[len(p95) // 2]:.2f} s, longest {p95[-1]:.2f} s"
        if p95
        else "no answers",
        f"database {warm[-1].database_mb:.0f} MB, WAL {wal_mb:.1f} MB at most; {cores:.2f} cores",
    ]
    return "\n".join(lines), flat and short


def draw(samples: Sequence[Sample], file: Path, load: str) -> None:
    """Memory, ages of queues, and waits for answers, over the minutes."""
    minutes = [sample.at_s / 60 for sample in samples]
    figure = Figure(figsize=(7.5, 6), layout="constrained")
    panels = figure.subplots(3, sharex=True)
    memory, queues, answers = panels
    memory.plot(minutes, [sample.memory_mb for sample in samples], color=OURS)
    memory.set_title(f"Memory of the bot and what reads for it, MB: {load}", loc="left", fontsize=11, color=INK)
    queues.plot(minutes, [sample.articles_s for sample in samples], color=OURS, label="articles")
    queues.plot(minutes, [sample.inbox_s for sample in samples], color=OTHERS, label="inbox")
    queues.plot(minutes, [sample.outbox_s for sample in samples], color=INK, linewidth=0.8, label="answers")
    queues.legend(frameon=False, fontsize=9)
    queues.set_title("How long the first of each queue had waited, s", loc="left", fontsize=11, color=INK)
    answers.plot(minutes, [sample.p95_s for sample in samples], color=OURS)
    answers.set_title("95th percentile of the wait for an answer, s", loc="left", fontsize=11, color=INK)
    answers.set_xlabel("minutes", fontsize=9)
    for panel in panels:
        panel.set_ylim(bottom=0)
        panel.axvline(WARM_UP * minutes[-1], color=OTHERS, linestyle=":")
        panel.spines[["top", "right"]].set_visible(False)
    with rc_context({"svg.hashsalt": "sitrep"}):
        figure.savefig(file, facecolor="white", metadata={"Date": None})
