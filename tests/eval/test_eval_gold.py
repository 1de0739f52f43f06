"""The gold set keeps to its own rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bench.gold.score import main, score
from bench.gold.words import content_words, days, same_unit
from models.api import FigureKind, Qualifier, Status
from models.sentences import split_sentences

FOLDER = Path(__file__).parents[2] / "bench" / "gold"
HALVES = ("tune", "test")
DATES = {"deadline", "date"}


def rows(half: str) -> list[dict[str, Any]]:
    with (FOLDER / f"keyfigures-{half}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


ROWS = [pytest.param(row, id=row["id"]) for half in HALVES for row in rows(half)]


def test_the_halves_are_of_a_size_and_share_nothing() -> None:
    tune, test = ({row["id"] for row in rows(half)} for half in HALVES)
    assert len(tune) + len(test) >= 64
    assert abs(len(tune) - len(test)) <= 1
    assert not tune & test


@pytest.mark.parametrize("row", ROWS)
def test_texts_are_passages(row: dict[str, Any]) -> None:
    assert 80 <= len(row["text"].split()) <= 200
    assert days(row["published"]) is not None
    assert 1 <= sum(figure["key"] for figure in row["figures"]) <= 7


@pytest.mark.parametrize("row", ROWS)
def test_every_figure_stands_in_its_sentence(row: dict[str, Any]) -> None:
    sentences = {row["text"][start:end] for start, end in split_sentences(row["text"])}
    for figure in row["figures"]:
        assert figure["sentence"] in sentences
        assert figure["surface"] in figure["sentence"]
        if figure.get("attribution"):
            assert figure["attribution"].lower() in row["text"].lower()


@pytest.mark.parametrize("row", ROWS)
def test_attributes_are_of_the_vocabulary(row: dict[str, Any]) -> None:
    for figure in row["figures"]:
        assert content_words(figure["label"])
        if figure["kind"] in DATES:
            assert figure["qualifier"] in {"by", "exact"}
            assert all(days(value) for value in (figure["value"], *figure.get("also", [])))
        else:
            FigureKind(figure["kind"])
            Qualifier(figure["qualifier"])
            Status(figure["status"])
            assert figure["unit"]
            assert figure["as_of"] is None or days(figure["as_of"])


@pytest.mark.parametrize("row", ROWS)
def test_printed_digits_are_the_value(row: dict[str, Any]) -> None:
    scales = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
    for figure in row["figures"]:
        printed = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", figure["surface"])
        if figure["kind"] in DATES or isinstance(figure["value"], list) or not printed:
            continue
        scale = next((size for word, size in scales.items() if word in figure["surface"]), 1.0)
        values = {float(text.replace(",", "")) * factor for text in printed for factor in (1.0, scale, 0.01)}
        assert any(abs(value - figure["value"]) <= 1e-6 * value for value in values) or figure["unit"] == "seconds"


@pytest.mark.parametrize("row", ROWS)
def test_no_figure_is_listed_twice(row: dict[str, Any]) -> None:
    seen = [(figure["label"], figure["kind"]) for figure in row["figures"]]
    assert len(seen) == len(set(seen))


def test_the_gold_finds_itself_in_full() -> None:
    golds = {row["id"]: row["figures"] for row in rows("tune")}
    summary = score(golds, golds).summary()
    assert summary["value"] == summary["full"] == {"p": 1.0, "r": 1.0, "f1": 1.0}
    assert summary["label"] == summary["as_of"] == summary["status"] == 1.0


def test_secondary_figures_are_neither_rewarded_nor_punished() -> None:
    gold = rows("tune")[0]["figures"]
    keys = [figure for figure in gold if figure["key"]]
    assert score({"a": gold}, {"a": keys}).summary()["value"] == score({"a": gold}, {"a": gold}).summary()["value"]


def test_what_finds_nothing_is_spurious() -> None:
    gold = [{"label": "x", "kind": "count", "value": 3, "unit": "jets", "qualifier": "exact", "key": True}]
    wrong = [{"label": "x", "kind": "count", "value": 4, "unit": "jets", "qualifier": "exact"}]
    assert score({"a": gold}, {"a": [*gold, *wrong]}).summary()["value"] == {"p": 0.5, "r": 1.0, "f1": 0.6667}


def test_units_are_compared_by_their_last_noun() -> None:
    assert same_unit("soldiers", "troop")
    assert same_unit("EUR", "EUR")
    assert not same_unit("EUR", "USD")
    assert same_unit("housing units", "unit")


def test_the_scorer_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(FOLDER / "keyfigures-tune.jsonl")
    assert main([path, path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"]["f1"] == 1.0
