"""The pairs of figures keep to their own rules, and their scorer counts as it says."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bench.gold.score_figure_pairs import RELATIONS, Judged, score

FOLDER = Path(__file__).parents[2] / "bench" / "gold"


def rows(half: str) -> list[dict[str, Any]]:
    with (FOLDER / f"figure-pairs-{half}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


ROWS = [pytest.param(row, id=row["id"]) for half in ("tune", "test") for row in rows(half)]


def test_the_halves_are_large_enough_and_share_nothing() -> None:
    tune, test = ({row["id"] for row in rows(half)} for half in ("tune", "test"))
    assert len(tune) >= 80
    assert len(test) >= 80
    assert not tune & test


@pytest.mark.parametrize("row", ROWS)
def test_the_marked_figures_stand_in_their_passages(row: dict[str, Any]) -> None:
    assert row["relation"] in RELATIONS
    for side in (row["one"], row["other"]):
        assert side["text"][side["start"] :].startswith(side["surface"])
        assert datetime.fromisoformat(side["published"]).tzinfo is not None
    assert row["one"]["published"] != row["other"]["published"]


def test_a_change_that_is_told_as_a_conflict_is_wrong_and_a_missed_figure_is_told_apart() -> None:
    summary = score([
        Judged("a", "change", "change"),
        Judged("b", "conflict", "change"),
        Judged("c", "conflict", None),
        Judged("d", "other", "other"),
    ])  # fmt: skip
    assert summary["announced"] == {"p": 0.5, "r": 0.3333}
    assert summary["found"] == {"share": 0.75, "announced": {"p": 0.5, "r": 0.5}}
    assert summary["accuracy"] == 0.5
