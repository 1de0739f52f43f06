"""Scores the figure ledger on labelled pairs: ``python -m bench.gold.score_figure_pairs GOLD PRED [--json] [--errors]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

RELATIONS: Final = ("repeat", "change", "correction", "other_scope", "conflict", "other")
ANNOUNCED: Final = frozenset({"change", "conflict"})
"""The relations that a reader is told of as news."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair: what it is, and what the ledger says (None where a figure was not found in its passage)."""

    id: str
    want: str
    got: str | None


def read(gold: Path, pred: Path) -> list[Judged]:
    """Put labels and predictions side by side."""
    said = {row["id"]: row["relation"] for row in _rows(pred)}
    return [Judged(row["id"], row["relation"], said.get(row["id"])) for row in _rows(gold)]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def score(judged: Sequence[Judged]) -> dict[str, Any]:
    """Precision and recall of each relation, of those that are announced, and of the pairs whose figures were found.

    A change that is announced as a conflict, or a conflict as a change, is wrong.
    """
    summary: dict[str, Any] = {name: _rates(judged, frozenset({name})) for name in RELATIONS}
    found = [pair for pair in judged if pair.got is not None]
    summary["announced"] = _rates(judged, ANNOUNCED)
    summary["found"] = {"share": round(len(found) / len(judged), 4), "announced": _rates(found, ANNOUNCED)}
    summary["accuracy"] = round(sum(pair.want == pair.got for pair in judged) / len(judged), 4)
    return summary


def _rates(judged: Sequence[Judged], names: frozenset[str]) -> dict[str, float]:
    hits = sum(pair.want == pair.got and pair.got in names for pair in judged)
    said = sum(pair.got in names for pair in judged)
    wanted = sum(pair.want in names for pair in judged)
    return {"p": round(hits / said, 4) if said else 1.0, "r": round(hits / wanted, 4) if wanted else 1.0}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores; 0 always."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold.score_figure_pairs", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--errors", action="store_true", help="the pairs that were judged wrongly")
    chosen = parser.parse_args(arguments)
    judged = read(chosen.gold, chosen.pred)
    summary = score(judged)
    if chosen.json:
        print(json.dumps(summary))
        return 0
    if chosen.errors:
        print(*(f"{pair.id}: {pair.want}, judged {pair.got}" for pair in judged if pair.want != pair.got), sep="\n")
    counts = Counter(pair.want for pair in judged)
    for name in (*RELATIONS, "announced"):
        rates = summary[name]
        print(f"{name:12} {counts.get(name, ''):>3} P={rates['p']:.3f} R={rates['r']:.3f}")
    among = summary["found"]
    rates = among["announced"]
    print(f"found {among['share']:.3f}; of the found, announced P={rates['p']:.3f} R={rates['r']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
