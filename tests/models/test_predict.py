from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bench.auc import area
from bench.predict import main
from bench.rows import Row, read_examples, read_pairs, read_rows

ROWS = [
    {
        "id": "r-1",
        "title": "Flood in Halvers",
        "text": "The Tarn flooded Halvers on Monday, killing 14 people. The ministry sent soldiers to the town.",
        "published": "2024-03-14",
        "labels": ["disaster"],
        "summary": "a label nobody may read",
    },
    {"id": "r-2", "text": "The striker scored twice and Halvers United won the cup.", "labels": ["sport"]},
]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_a_row_holds_no_label(source: Path) -> None:
    [row, _] = read_rows(source)
    assert row == Row.of({"id": "r-1", "title": ROWS[0]["title"], "text": ROWS[0]["text"], "published": "2024-03-14"})
    assert not {"labels", "summary"} & set(Row.__slots__)


def test_packed_files_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"id": "p", "a": ROWS[0], "b": ROWS[1]}) + "\n")
    [pair] = read_pairs(path)
    assert (pair.one.id, pair.other.id) == ("r-1", "r-2")


def test_summaries_are_written(source: Path, tmp_path: Path) -> None:
    assert main(["summaries", str(source), str(tmp_path / "out.jsonl")]) == 0
    first, second = lines(tmp_path / "out.jsonl")
    assert (first["id"], second["id"]) == ("r-1", "r-2")
    assert "14 people" in first["summary"]


def test_topics_are_written_and_taught_by_examples(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["topics", str(source), str(out)]) == 0
    assert [line["labels"][0] for line in lines(out)] == ["disaster, accident and emergency incident", "sport"]
    examples = tmp_path / "examples.jsonl"
    rows = [
        *ROWS,
        {"text": "The dam broke.", "labels": ["disaster"]},
        {"text": "The keeper fell.", "labels": ["sport"]},
    ]
    examples.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert {example.label for example in read_examples(examples)} == {"disaster", "sport"}
    assert main(["topics", str(source), str(out), "--examples", str(examples)]) == 0
    assert [line["labels"][0] for line in lines(out)] == ["disaster", "sport"]


def test_pairs_get_a_score(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps({"id": "p", "a": ROWS[0], "b": ROWS[1], "same_story": False}) + "\n", encoding="utf-8")
    assert main(["clusters", str(path), str(tmp_path / "out.jsonl")]) == 0
    [line] = lines(tmp_path / "out.jsonl")
    assert 0 <= line["score"] < 0.5


def test_consistency_scores_a_summary_by_its_sentences_and_sees_no_verdict(tmp_path: Path) -> None:
    text = ROWS[0]["text"]
    claims = [
        "The Tarn flooded Halvers on Monday, killing 14 people.",
        "The Tarn flooded Halvers. Striker Joe Vance won the cup.",
        "Striker Joe Vance won the cup.",
        "",
    ]
    rows = [{"id": str(number), "text": text, "summary": claim} for number, claim in enumerate(claims)]
    source, out = tmp_path / "claims.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert main(["consistency", str(source), str(out)]) == 0
    scores = [row["score"] for row in lines(out)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0


def test_an_area_counts_pairs_in_the_right_order() -> None:
    assert area([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == 87.5
