"""Scores how pairs of articles are placed: ``python -m bench.gold.stories bench/gold/stories-tune.jsonl [--errors]``."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.desk.outline import dump_outline, outline
from bot.desk.shelf import Shelf, StoryCard
from bot.desk.stories import place
from models.api import Article, Reading
from models.reader import EmbeddedReader

RELATIONS = ("same", "follow", "other")
_START = datetime(2026, 10, 5, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """Two articles, and what the second is to the first: the same event, a development of it, or something else."""

    key: str
    relation: str
    one: Article
    other: Article


def read_cases(path: Path) -> list[Case]:
    """Read labelled pairs."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Case(
            row["id"],
            row["relation"],
            _article(row["id"] + "/1", row["one"], _START),
            _article(row["id"] + "/2", row["other"], _START + timedelta(hours=row["hours"])),
        )
        for row in rows
    ]


def _article(key: str, row: dict[str, str], published: datetime) -> Article:
    return Article(key=key, title=row["title"], text=row["text"], published=published, outlet=row["outlet"])


def placed(one: Article, first: Reading, other: Article, second: Reading) -> str:
    """What the desk takes the second article for, knowing the first and nothing else."""
    told = dump_outline(outline(one, first))
    card = StoryCard(1, first.vector, one.published, first.headline, imprint=first.imprint, told=told)
    found = place(other, second, Shelf([card]))
    return "same" if found.story else "follow" if found.follows else "other"


def main() -> None:
    """Print precision and recall of each relation."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold.stories", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    cases = read_cases(chosen.gold)
    readings = iter(EmbeddedReader().read([article for case in cases for article in (case.one, case.other)]))
    found = [placed(case.one, next(readings), case.other, next(readings)) for case in cases]
    counts = Counter((case.relation, label) for case, label in zip(cases, found, strict=True))
    for relation in RELATIONS:
        said = sum(counts[truth, relation] for truth in RELATIONS)
        true = sum(counts[relation, label] for label in RELATIONS)
        right = counts[relation, relation]
        print(f"{relation:7} {true:3} pairs  precision {right / (said or 1):.3f}  recall {right / (true or 1):.3f}")
    if chosen.errors:
        for case, label in zip(cases, found, strict=True):
            if label != case.relation:
                print(f"{case.key}: taken for {label}: {case.one.title} -> {case.other.title}")


if __name__ == "__main__":
    main()
