from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.encoder import Encoder, Vectors
from models.summary.measure import Floats
from models.train.kept import Kept
from models.train.summary import train

PAIRS = [
    (
        (
            f"The council of Halvers voted on the {what} on Monday. It will cost {cost} million crowns. Residents had asked "
            "for it for years. The mayor said that work begins in May. Shops will stay open."
        ),
        f"Halvers to get a {what}",
        f"Halvers will build a {what} for {cost} million crowns.",
    )
    for cost, what in enumerate(["bridge", "school", "tram", "harbour", "hospital", "market", "dam", "park"], 4)
]


class Interrupted(Exception):
    pass


class Breaking(Encoder):
    """The real encoder, which is interrupted after so many calls."""

    def __init__(self, calls: int) -> None:
        super().__init__(threads=1)
        self.left = calls
        self.made = 0

    def encode(self, texts: Sequence[str], *, max_tokens: int = 256) -> Vectors:
        if not self.left:
            raise Interrupted
        self.left -= 1
        self.made += 1
        return super().encode(texts, max_tokens=max_tokens)


def test_an_interrupted_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        train(PAIRS, Breaking(5), Kept(tmp_path / "half"), seed=3)
    going_on = Breaking(99)
    resumed = train(PAIRS, going_on, Kept(tmp_path / "half"), seed=3)
    assert going_on.made == len(PAIRS) - 5
    whole = train(PAIRS, Breaking(99), Kept(tmp_path / "whole"), seed=3)
    assert resumed.keys() == whole.keys()
    for name, tensor in whole.items():
        np.testing.assert_array_equal(resumed[name], tensor, err_msg=name)


def test_another_input_is_another_result(tmp_path: Path) -> None:
    kept = Kept(tmp_path)

    def one(value: float) -> dict[str, Floats]:
        return {"x": np.array([value], dtype=np.float32)}

    assert kept.step("a", [b"1"], lambda: one(1))["x"] == 1
    assert kept.step("a", [b"1"], lambda: one(2))["x"] == 1
    assert kept.step("a", [b"2"], lambda: one(2))["x"] == 2
    assert kept.step("a", [b"1", b"2"], lambda: one(3))["x"] == 3
    assert kept.step("a", [b"12"], lambda: one(4))["x"] == 4


def test_what_is_done_is_forgotten(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "work")
    kept.step("a", [b""], lambda: {"x": np.zeros(1, dtype=np.float32)})
    kept.forget()
    assert not (tmp_path / "work").exists()
    kept.forget()
