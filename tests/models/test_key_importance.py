"""The weights of importance and what they are trained with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.figures.key_importance import WEIGHTS
from models.train.figures import fit, loss, main, probability, read_examples


def test_the_regression_learns_what_tells_two_kinds_apart() -> None:
    examples = [({"bias": 1.0, "lead": 1.0}, 1.0, 1.0), ({"bias": 1.0}, 0.0, 1.0)] * 10
    weights = fit(examples, 0.002)
    assert probability(weights, {"bias": 1.0, "lead": 1.0}) > 0.8
    assert probability(weights, {"bias": 1.0}) < 0.2
    assert loss(weights, examples) < loss({}, examples)


def test_the_shipped_weights_are_for_features_there_are() -> None:
    known = {name for passage in read_examples() for features, _, _ in passage for name in features}
    shipped = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert set(shipped) <= known
    assert all(abs(weight) < 20 for weight in shipped.values())


def test_the_script_writes_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.train.figures._ROUNDS", 3)
    out = tmp_path / "weights.json"
    assert main(["--out", str(out)]) == 0
    assert "bias" in json.loads(out.read_text(encoding="utf-8"))
