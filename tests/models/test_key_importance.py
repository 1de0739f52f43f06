"""The weights of importance and what they are trained with."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.api import FigureKind
from models.facts import read_facts
from models.figures.key_importance import WEIGHTS
from models.figures.label_weak import is_weak
from models.sentences import split_sentences
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


def importances(text: str) -> dict[Decimal, float]:
    figures = read_facts(text, split_sentences(text), date(2026, 3, 12)).figures
    return {figure.value: figure.importance for figure in figures if isinstance(figure.value, Decimal)}


def test_a_sum_told_again_in_other_money_is_not_for_the_box() -> None:
    found = importances("The firm agreed to buy its rival for $6.75bn (£3.6bn) on Monday.")
    assert found[Decimal(3600000000)] < 0.5 * found[Decimal(6750000000)]


@pytest.mark.parametrize(
    "text",
    [
        "Today in Tarn: rain, 6 degrees, wind from the west.",
        "ADVERTISEMENT: Learn a language in 30 days! Only 200 places, save 70% with the code SPEAK.",
    ],
)
def test_weather_in_a_line_and_adverts_have_no_key_figures(text: str) -> None:
    assert all(importance < 0.2 for importance in importances(text).values())


def test_what_only_describes_comes_after_the_news() -> None:
    text = (
        "Rail unions called a strike on Thursday for 8 percent more wages.\n\n"
        "The railway employs 31,000 people and carries 400,000 passengers a day."
    )
    found = importances(text)
    assert found[Decimal(8)] > max(found[Decimal(31000)], found[Decimal(400000)])


WEAK = [
    ("share", FigureKind.PERCENT),
    ("share, Corvany", FigureKind.PERCENT),
    ("people in Kesh", FigureKind.COUNT),
    ("money, US", FigureKind.MONEY),
    ("it recently forecast economic growth", FigureKind.PERCENT),
    ("we reckon it's going", FigureKind.MONEY),
    ("in June", FigureKind.MONEY),
    ("Corvany", FigureKind.PERCENT),
    ("miners trapped in a coal mine were brought", FigureKind.COUNT),
]
STRONG = [
    ("people killed in the flood in Kesh", FigureKind.CASUALTIES),
    ("inflation in Corvany", FigureKind.PERCENT),
    ("US troops in Iraq", FigureKind.TROOPS),
    ("people who have left their homes", FigureKind.COUNT),
    ("Lena Hart, share of the vote", FigureKind.PERCENT),
    ("time until the truce is due", FigureKind.DURATION),
    ("US trade deficit", FigureKind.MONEY),
]


@pytest.mark.parametrize(("label", "kind"), WEAK)
def test_a_label_that_says_too_little_is_weak(label: str, kind: FigureKind) -> None:
    assert is_weak(label, kind)


@pytest.mark.parametrize(("label", "kind"), STRONG)
def test_a_label_that_says_what_is_meant_is_not_weak(label: str, kind: FigureKind) -> None:
    assert not is_weak(label, kind)
