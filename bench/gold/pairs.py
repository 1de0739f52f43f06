"""Scores the figure ledger on labelled pairs: ``python -m bench.gold.pairs GOLD [--json] [--errors]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.desk.memory import Entry
from bot.desk.subjects import says_correction
from bot.desk.ties import relate
from models.api import Article, Reading
from models.reader import EmbeddedReader

RELATIONS: Final = ("repeat", "change", "correction", "other_scope", "conflict", "other")
ANNOUNCED: Final = frozenset({"change", "conflict"})
"""The relations that a reader is told of as news."""
MISSED: Final = "missed"


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair: what it is, and what the ledger says; ``missed`` where a figure was not found in its passage."""

    id: str
    want: str
    got: str


def entry_of(side: Mapping[str, Any], reading: Reading, article: Article, story: int) -> Entry | None:
    """The marked figure of one passage as the desk would file it; None where the models did not find it."""
    start, end = side["start"], side["start"] + len(side["surface"])
    for place, figure in enumerate(reading.figures):
        if figure.span.start < end and start < figure.span.end:
            return Entry(
                article_key=article.key,
                story=story,
                figure=figure,
                sentence=" ".join(article.text[slice(*figure.sentence)].split()),
                outlet=article.outlet,
                link=None,
                published=article.published,
                filed_at=article.published,
                vector=reading.figure_vectors[place] if reading.figure_vectors else b"",
                corrects=says_correction(article.text),
            )
    return None


def judge(rows: Sequence[Mapping[str, Any]], reader: EmbeddedReader) -> list[Judged]:
    """Read every passage and relate the two figures of every pair."""
    articles = [
        Article(
            key=f"{row['id']}:{name}",
            title=None,
            text=row[name]["text"],
            published=datetime.fromisoformat(row[name]["published"]),
            outlet=row[name]["outlet"],
        )
        for row in rows
        for name in ("one", "other")
    ]
    readings = reader.read(articles)
    judged = []
    for place, row in enumerate(rows):
        sides = [
            entry_of(row[name], readings[at], articles[at], 1 if row["together"] else at)
            for name, at in (("one", 2 * place), ("other", 2 * place + 1))
        ]
        first, second = sides
        got = MISSED if first is None or second is None else relate(first, second).value.replace(" ", "_")
        judged.append(Judged(row["id"], row["relation"], got))
    return judged


def _rates(hits: int, said: int, wanted: int) -> dict[str, float]:
    return {"p": hits / said if said else 1.0, "r": hits / wanted if wanted else 1.0}


def score(judged: Sequence[Judged]) -> dict[str, Any]:
    """Precision and recall of each relation, of those that are announced, and of the pairs whose figures were found.

    A change that is announced as a conflict, or a conflict as a change, is wrong.
    """
    summary: dict[str, Any] = {name: _of(judged, frozenset({name})) for name in RELATIONS}
    found = [pair for pair in judged if pair.got != MISSED]
    summary["announced"] = _of(judged, ANNOUNCED)
    summary["found"] = {"share": len(found) / len(judged), "announced": _of(found, ANNOUNCED)}
    summary["accuracy"] = sum(pair.want == pair.got for pair in judged) / len(judged)
    return summary


def _of(judged: Sequence[Judged], names: frozenset[str]) -> dict[str, float]:
    return _rates(
        sum(pair.want == pair.got and pair.got in names for pair in judged),
        sum(pair.got in names for pair in judged),
        sum(pair.want in names for pair in judged),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores; 0 always."""
    parser = argparse.ArgumentParser(prog="python -m bench.gold.pairs", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--errors", action="store_true", help="the pairs that were judged wrongly")
    chosen = parser.parse_args(arguments)
    rows = [json.loads(line) for line in chosen.gold.read_text(encoding="utf-8").splitlines() if line]
    judged = judge(rows, EmbeddedReader())
    summary = score(judged)
    if chosen.json:
        print(json.dumps(summary))
        return 0
    if chosen.errors:
        for pair in judged:
            if pair.want != pair.got:
                print(f"{pair.id}: {pair.want}, judged {pair.got}")
    counts = Counter(pair.want for pair in judged)
    for name in (*RELATIONS, "announced"):
        rates = summary[name]
        print(f"{name:12} {counts.get(name, ''):>3} P={rates['p']:.3f} R={rates['r']:.3f}")
    among = summary["found"]
    print(
        f"found {among['share']:.3f}, announced of the found P={among['announced']['p']:.3f} R={among['announced']['r']:.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
