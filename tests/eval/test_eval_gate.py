"""The scores of the finders stay above the floors that were reached."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bench.gate import Gate, digest, failures, load, main, measure, moved, save


@pytest.mark.parametrize("gate", load(), ids=lambda gate: gate.name)
def test_scores_stay_above_their_floors(gate: Gate) -> None:
    if gate.slow and not os.environ.get("SITREP_GATE_SLOW"):
        pytest.skip(f"{gate.name} takes minutes; set SITREP_GATE_SLOW=1, or run python -m bench.gate --slow")
    if not gate.path.exists():
        pytest.skip(f"{gate.corpus} is not in {gate.path.parent}; set SITREP_EVAL_DIR to the evaluation data")
    assert digest(gate.path) == gate.sha256, "the corpus is not the one the floors were measured on"
    assert failures(gate, measure(gate)) == []


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("{}\n", encoding="utf-8")
    return Gate(
        name="some", task="figures", corpus=str(corpus), sha256=digest(corpus), score=("x",), floors={"a.b": 0.5}
    )


def test_a_floor_rises_without_being_asked_twice(gate: Gate) -> None:
    assert moved(gate, {"a.b": 0.61234}, allow_lower=False).floors == {"a.b": 0.6123}


def test_a_floor_does_not_fall_unless_that_is_allowed(gate: Gate) -> None:
    with pytest.raises(ValueError, match=r"a\.b"):
        moved(gate, {"a.b": 0.4}, allow_lower=False)
    assert moved(gate, {"a.b": 0.4}, allow_lower=True).floors == {"a.b": 0.4}


def test_another_corpus_is_not_pinned_in_passing(gate: Gate) -> None:
    with pytest.raises(ValueError, match="corpus"):
        moved(replace(gate, sha256="0" * 64), {"a.b": 0.9}, allow_lower=False)


def test_a_score_within_the_slack_passes(gate: Gate) -> None:
    assert failures(gate, {"a.b": 0.499})
    assert not failures(replace(gate, slack=0.002), {"a.b": 0.499})


def test_floors_survive_being_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("# why\n\n", encoding="utf-8")
    save(load(), path)
    assert path.read_text(encoding="utf-8").startswith("# why\n")
    assert load(path) == load()


def test_sets_that_are_absent_are_skipped_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITREP_EVAL_DIR", str(tmp_path))
    assert main(["--only", "quantities-dev"]) == 0
    assert "skipped" in capsys.readouterr().out
