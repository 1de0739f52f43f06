"""Scores the task ``consistency``: the area under the curve of each data set, as JSON (``score_consistency.py`` prints it)."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


def area(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance, in percent, that a supported summary scores above one that is not; a tie counts half."""
    good = np.array([score for score, label in zip(scores, labels, strict=True) if label])
    bad = np.sort([score for score, label in zip(scores, labels, strict=True) if not label])
    if not len(good) or not len(bad):
        raise ValueError("an area needs supported summaries and others")
    below, upto = np.searchsorted(bad, good, "left"), np.searchsorted(bad, good, "right")
    return float(100 * (below + upto).mean() / (2 * len(bad)))


def _read(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print ``{"data set": {"auc": ...}}``; 0 always."""
    parser = argparse.ArgumentParser(prog="python -m bench.auc", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    chosen = parser.parse_args(arguments)
    scores = {row["id"]: float(row["score"]) for row in _read(chosen.pred)}
    sets: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for row in _read(chosen.gold):
        sets[row["dataset"]].append((scores[row["id"]], bool(row["label"])))
    found = {name: {"auc": round(area(*zip(*rows, strict=True)), 4)} for name, rows in sets.items()}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
