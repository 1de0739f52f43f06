"""The pairs of deadlines keep to their own rules, and their scorer counts what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench.gold.score_deadlines import RELATIONS, read, score

FOLDER = Path(__file__).parents[2] / "bench" / "gold"
HALVES = {half: read(FOLDER / f"deadline-pairs-{half}.jsonl") for half in ("tune", "test")}


def test_the_halves_share_no_pair_and_no_passage() -> None:
    tune, test = ({row[side]["text"] for row in rows.values() for side in "ab"} for rows in HALVES.values())
    assert not set(HALVES["tune"]) & set(HALVES["test"])
    assert not tune & test
    assert min(map(len, HALVES.values())) >= 50


@pytest.mark.parametrize("half", HALVES)
def test_days_are_days_and_moves_go_somewhere(half: str) -> None:
    for row in HALVES[half].values():
        earlier, later = row["a"], row["b"]
        assert row["relation"] in RELATIONS
        assert date.fromisoformat(earlier["published"]) <= date.fromisoformat(later["published"])
        assert date.fromisoformat(earlier["published"]) <= date.fromisoformat(earlier["due"])
        assert row["relation"] != "moved" or earlier["due"] != later["due"]


def test_a_move_to_another_day_is_wrong() -> None:
    gold = {"x": next(row for row in HALVES["tune"].values() if row["relation"] == "moved")}
    days = {"from": gold["x"]["a"]["due"], "to": gold["x"]["b"]["due"]}
    right, _ = score(gold, {"x": {"ties": [{"tie": "moved", **days}]}})
    wrong, errors = score(gold, {"x": {"ties": [{"tie": "moved", **days, "to": "2031-01-01"}]}})
    assert (right["moved"]["p"], right["moved"]["r"]) == (1.0, 1.0)
    assert (wrong["moved"]["p"], wrong["moved"]["r"]) == (0.0, 0.0)
    assert len(errors) == 2
