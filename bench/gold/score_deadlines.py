"""Scores the deadline book against pairs of passages: ``python -m bench.gold.score_deadlines GOLD PRED [--json] [--errors N]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

RELATIONS = ("same", "moved", "withdrawn", "other")


def read(path: Path) -> dict[str, Row]:
    """Rows by their id."""
    with path.open(encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}


def is_right(gold: Row, announced: Row) -> bool:
    """Whether an announcement is the pair's relation, from the one day to the other."""
    days = (announced["from"], announced["to"]) == (gold["a"]["due"], gold["b"]["due"])
    return announced["tie"] == gold["relation"] and (days or gold["relation"] != "moved")


def score(golds: Mapping[str, Row], preds: Mapping[str, Row]) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Precision and recall of each relation that the desk announces, and a line for each error.

    Every tie that the desk makes between the deadlines of a pair is an announcement. It is right where it is the pair's
    relation, and for a move from and to the pair's days; a pair's relation is found where one announcement is right.
    """
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    errors: list[str] = []
    for name, gold in golds.items():
        ties = preds.get(name, {}).get("ties", [])
        hits = [tie for tie in ties if is_right(gold, tie)]
        made.update(tie["tie"] for tie in ties)
        right.update(tie["tie"] for tie in hits)
        found[gold["relation"]] += bool(hits) if gold["relation"] != "other" else not ties
        errors += _errors(gold, ties, hits)
    wanted = Counter(gold["relation"] for gold in golds.values())
    made["other"] = right["other"] = 0
    return {name: _prf(right[name], made[name], found[name], wanted[name]) for name in RELATIONS}, errors


def _errors(gold: Row, ties: Sequence[Row], hits: Sequence[Row]) -> Iterable[str]:
    for tie in ties:
        if tie not in hits:
            yield f"{gold['id']} ({gold['relation']}): announced {tie['tie']} {tie['from']} > {tie['to']}"
    if not hits and gold["relation"] != "other":
        yield f"{gold['id']}: missed {gold['relation']} {gold['a']['due']} > {gold['b']['due']}"


def _prf(right: int, made: int, found: int, wanted: int) -> dict[str, float]:
    return {
        "p": round(right / made, 4) if made else 1.0,
        "r": round(found / wanted, 4) if wanted else 1.0,
        "n": float(wanted),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores; 0 always."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold.score_deadlines", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="the first N errors")
    chosen = parser.parse_args(arguments)
    scores, errors = score(read(chosen.gold), read(chosen.pred))
    if chosen.json:
        print(json.dumps(scores))
        return 0
    for error in errors[: chosen.errors]:
        print(error)
    print(
        " | ".join(f"{name} P={value['p']:.3f} R={value['r']:.3f} n={value['n']:.0f}" for name, value in scores.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
