"""Scores key figures and deadlines against the gold set: ``python -m bench.gold.score GOLD PRED [--json] [--errors N]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.gold.words import DATE_KINDS, days, same_qualifier, same_unit, share

Figure = Mapping[str, Any]
Rows = Mapping[str, Sequence[Figure]]

_PARTS: Final = ("value", "numbers", "dates", "full")
_TOLERANCE: Final = 1e-6


def read(path: Path) -> dict[str, list[Figure]]:
    """Read the figures of each row, by the row's id."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return {row["id"]: row.get("figures", []) for row in rows}


def is_date(figure: Figure) -> bool:
    """Whether a figure is a day rather than a number."""
    return figure.get("kind") in DATE_KINDS


def finds(gold: Figure, pred: Figure) -> bool:
    """Whether ``pred`` says the value of ``gold``: for a deadline the last days need only agree."""
    if is_date(gold) != is_date(pred):
        return False
    values = [gold["value"], *gold.get("also", [])]
    if not is_date(gold):
        return any(_same_number(value, pred["value"]) for value in values)
    got = days(pred["value"])
    wanted = [days(value) for value in values]
    return got is not None and any(
        want is not None and (want == got or (gold["kind"] == "deadline" and want[1] == got[1])) for want in wanted
    )


def _same_number(one: float | list[float], other: float | list[float]) -> bool:
    first = sorted(one) if isinstance(one, list) else [one]
    second = sorted(other) if isinstance(other, list) else [other]
    return len(first) == len(second) and all(
        abs(a - b) <= _TOLERANCE * max(abs(a), abs(b)) for a, b in zip(first, second, strict=True)
    )


def judge(gold: Figure, pred: Figure) -> dict[str, float]:
    """How right each attribute of a figure that was found is, from 0 to 1; those the gold does not give are left out."""
    date_like = is_date(gold)
    marks: dict[str, float] = {
        "kind": gold["kind"] == pred.get("kind"),
        "unit": date_like or same_unit(gold.get("unit"), pred.get("unit")),
        "qualifier": same_qualifier(gold.get("qualifier"), pred.get("qualifier")),
        "label": share(gold["label"], pred.get("label")),
    }
    if gold.get("as_of"):
        wanted = [days(value) for value in (gold["as_of"], *gold.get("also_as_of", []))]
        got = days(pred.get("as_of"))
        marks["as_of"] = got is not None and got in wanted
    if gold.get("status"):
        marks["status"] = gold["status"] == pred.get("status")
    if gold.get("attribution"):
        marks["attribution"] = share(gold["attribution"], pred.get("attribution"))
    return marks


@dataclass(slots=True)
class Tally:
    """What has been counted so far: hits, predictions and gold figures of each part, and marks of the found."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0] for name in _PARTS})
    marks: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, key: str, golds: Sequence[Figure], preds: Sequence[Figure]) -> None:
        """Count one row. Secondary figures are neither rewarded nor punished."""
        pairs = _pairs(golds, preds)
        free = {p for g, p in pairs if not golds[g]["key"]}
        for name in _PARTS:
            self.counts[name][1] += sum(_belongs(name, one) for p, one in enumerate(preds) if p not in free)
            self.counts[name][2] += sum(_belongs(name, one) for one in golds if one["key"])
        for g, p in pairs:
            if golds[g]["key"]:
                self._found(golds[g], preds[p])
        found_golds, found_preds = {g for g, _ in pairs}, {p for _, p in pairs}
        self.errors += [
            f"{key}: missed {_line(one)}" for g, one in enumerate(golds) if g not in found_golds and one["key"]
        ]
        self.errors += [f"{key}: spurious {_line(one)}" for p, one in enumerate(preds) if p not in found_preds]

    def _found(self, gold: Figure, pred: Figure) -> None:
        marks = judge(gold, pred)
        self.counts["value"][0] += 1
        self.counts["dates" if is_date(gold) else "numbers"][0] += 1
        self.counts["full"][0] += bool(marks["kind"] and marks["unit"] and marks["qualifier"])
        for name, mark in marks.items():
            self.marks.setdefault(name, []).append(float(mark))

    def summary(self) -> dict[str, Any]:
        """Precision, recall and F1 of each part, and the mean mark of each attribute."""
        parts = {name: _prf(*count) for name, count in self.counts.items()}
        return parts | {name: round(sum(marks) / len(marks), 4) for name, marks in self.marks.items()}


def _belongs(part: str, figure: Figure) -> bool:
    return part in {"value", "full"} or (part == "dates") == is_date(figure)


def _line(figure: Figure) -> str:
    return f"{figure['kind']}: {figure['label']} = {figure['value']} {figure.get('unit')} ({figure.get('qualifier')})"


def _pairs(golds: Sequence[Figure], preds: Sequence[Figure]) -> list[tuple[int, int]]:
    """Pair one to one, the pair that agrees most first."""
    options = []
    for g, gold in enumerate(golds):
        for p, pred in enumerate(preds):
            if finds(gold, pred):
                marks = judge(gold, pred)
                agree = marks["kind"] + marks["unit"] + marks["qualifier"] + 2 * marks["label"]
                options.append((-agree, not gold["key"], g, p))
    taken_golds: set[int] = set()
    taken_preds: set[int] = set()
    pairs = []
    for _, _, g, p in sorted(options):
        if g not in taken_golds and p not in taken_preds:
            taken_golds.add(g)
            taken_preds.add(p)
            pairs.append((g, p))
    return pairs


def _prf(hits: int, predicted: int, wanted: int) -> dict[str, float]:
    precision = hits / predicted if predicted else 0.0
    recall = hits / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}


def score(golds: Rows, preds: Rows) -> Tally:
    """Count all rows of the gold set; rows without a prediction count as empty."""
    tally = Tally()
    for key, figures in golds.items():
        tally.add(key, figures, preds.get(key, []))
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores; 0 always."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold.score", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pred", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="the first N missed or spurious figures")
    chosen = parser.parse_args(arguments)
    tally = score(read(chosen.gold), read(chosen.pred))
    for error in tally.errors[: chosen.errors]:
        print(error)
    summary = tally.summary()
    if chosen.json:
        print(json.dumps(summary))
    else:
        parts = " | ".join(
            f"{name} P={value['p']:.3f} R={value['r']:.3f} F1={value['f1']:.3f}"
            for name, value in summary.items()
            if isinstance(value, dict)
        )
        rest = " ".join(f"{name}={value:.3f}" for name, value in summary.items() if not isinstance(value, dict))
        print(f"{parts} | of the found: {rest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
