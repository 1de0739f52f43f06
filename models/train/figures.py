"""Trains the weights of a figure's importance on the tune half of the project's gold set: ``python -m models.train figures``."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from models.api import KeyFigure, Range
from models.dates import find_timexes
from models.figures import find_quantities
from models.figures.key import weigh
from models.figures.key_importance import WEIGHTS
from models.figures.key_scene import Scene
from models.sentences import split_sentences
from models.tokens import tokenize

_GOLD: Final = Path(__file__).parents[2] / "bench" / "gold" / "keyfigures-tune.jsonl"
_FOLDS: Final = 6
_PENALTIES: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
_ROUNDS: Final = 300
_RATE: Final = 1.5
_SECONDARY_WEIGHT: Final = 0.5

Features = dict[str, float]
Example = tuple[Features, float, float]
"""Features, 1 for a key figure and 0 for another, and how much the example counts."""


def read_examples(path: Path = _GOLD) -> list[list[Example]]:
    """The figures found in each passage of the tune half, with whether an editor wants them."""
    with path.open(encoding="utf-8") as lines:
        return [_examples(json.loads(line)) for line in lines]


def _examples(row: dict[str, Any]) -> list[Example]:
    text, reference = row["text"], date.fromisoformat(row["published"])
    tokens = tokenize(text)
    timexes = find_timexes(text, reference, tokens=tokens)
    quantities = find_quantities(text, tokens=tokens, timexes=timexes)
    scene = Scene(text, tokens, split_sentences(text), timexes, reference)
    examples: list[Example] = []
    for figure, features in weigh(scene, quantities):
        gold = next((one for one in row["figures"] if _same(figure, one, text)), None)
        key = gold is not None and bool(gold["key"])
        examples.append((features, float(key), _SECONDARY_WEIGHT if gold is not None and not key else 1.0))
    return examples


def _same(figure: KeyFigure, gold: dict[str, Any], text: str) -> bool:
    sentence = text[figure.sentence.start : figure.sentence.end]
    if gold["sentence"] != sentence or isinstance(gold["value"], str):
        return False
    value = figure.value
    found = [value.low, value.high] if isinstance(value, Range) else [value]
    wanted = gold["value"] if isinstance(gold["value"], list) else [gold["value"]]
    return found == [Decimal(str(one)) for one in wanted]


def fit(examples: Sequence[Example], penalty: float) -> Features:
    """Logistic regression by gradient descent with an L2 penalty on all weights but the bias."""
    names = sorted({name for features, _, _ in examples for name in features})
    weights = dict.fromkeys(names, 0.0)
    total = sum(weight for _, _, weight in examples)
    for _ in range(_ROUNDS):
        slopes = {name: penalty * weight * (name != "bias") for name, weight in weights.items()}
        for features, target, weight in examples:
            error = weight * (probability(weights, features) - target) / total
            for name, value in features.items():
                slopes[name] += error * value
        for name, slope in slopes.items():
            weights[name] -= _RATE * slope
    return weights


def probability(weights: Features, features: Features) -> float:
    """How likely a figure is a key figure."""
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in features.items())))


def loss(weights: Features, examples: Sequence[Example]) -> float:
    """The mean log loss."""
    total = 0.0
    for features, target, weight in examples:
        found = probability(weights, features)
        total -= weight * math.log(found if target else 1 - found)
    return total / sum(weight for _, _, weight in examples)


def choose(passages: Sequence[Sequence[Example]]) -> tuple[float, dict[float, float]]:
    """The penalty with the least loss on passages left out, and the loss of each."""
    losses: dict[float, float] = {}
    for penalty in _PENALTIES:
        parts = []
        for fold in range(_FOLDS):
            seen = [one for k, passage in enumerate(passages) if k % _FOLDS != fold for one in passage]
            unseen = [one for k, passage in enumerate(passages) if k % _FOLDS == fold for one in passage]
            parts.append(loss(fit(seen, penalty), unseen))
        losses[penalty] = sum(parts) / _FOLDS
    return min(losses, key=losses.__getitem__), losses


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write the weights, say the losses; 0 always."""
    parser = argparse.ArgumentParser(prog="python -m models.train figures", description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = parser.parse_args(arguments)
    passages = read_examples()
    penalty, losses = choose(passages)
    examples = [one for passage in passages for one in passage]
    weights = fit(examples, penalty)
    rounded = {name: round(weight, 3) for name, weight in sorted(weights.items())}
    chosen.out.write_text(json.dumps(rounded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(examples)} figures, penalty {penalty}, losses on passages left out {losses}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
