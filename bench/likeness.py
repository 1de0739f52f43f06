"""Fits the weights of ``bot.desk.likeness``: ``python -m bench.likeness`` prints the table, and what it scores unseen.

Logistic regression on all pairs of ECB+ documents of a topic and as many of different topics, weighed so that same
event, other event of the topic and other topic have the shares that the pairs of the evaluation have.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.gate import data_folder
from bench.rows import Row
from bot.desk.likeness import Sketch, sketch, traits
from models.imprint import load_imprinter
from models.reader import EmbeddedReader
from models.topics.filing import whole_text

Table = npt.NDArray[np.float64]

_RIDGE = 10.0
"""What the square of a weight costs, traits at unit variance; chosen by the folds."""
_TRAINING_PAIRS = 1_835
_FOLDS = 6
_SHARES = {"same event": 0.32, "other event": 0.27, "other topic": 0.41}


@dataclass(frozen=True, slots=True)
class _Document:
    topic: str
    event: str
    sketch: Sketch
    vector: npt.NDArray[np.float32]


def _documents() -> list[_Document]:
    with (data_folder() / "clusters-docs-train.jsonl").open(encoding="utf-8") as lines:
        raw = [row for row in map(json.loads, lines) if row["source"] == "ecbplus"]
    articles = [Row.of(row).article() for row in raw]
    vectors = EmbeddedReader().filing.vectors(articles)
    imprinter = load_imprinter()
    return [
        _Document(row["topic"], row["story"], sketch(imprinter.imprint(whole_text(article))), vector)
        for row, article, vector in zip(raw, articles, vectors, strict=True)
    ]


def _pairs(documents: Sequence[_Document], chosen: random.Random) -> Iterator[tuple[_Document, _Document]]:
    near = [pair for pair in itertools.combinations(documents, 2) if pair[0].topic == pair[1].topic]
    yield from near
    for _ in near:
        one, other = chosen.sample(documents, 2)
        if one.topic != other.topic:
            yield one, other


def _kind(one: _Document, other: _Document) -> str:
    if one.topic != other.topic:
        return "other topic"
    return "same event" if one.event == other.event else "other event"


def _fit(found: Table, same: Table, weight: Table) -> Table:
    """Newton's method; the first column is constant and costs nothing."""
    mean, spread = found.mean(0), found.std(0)
    mean[0], spread[spread == 0] = 0, 1
    scaled = (found - mean) / spread
    cost = np.full(found.shape[1], _RIDGE)
    cost[0] = 0
    betas = np.zeros(found.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-scaled @ betas))
        slope = scaled.T @ (weight * (same - chances)) - cost * betas
        curve = (scaled.T * (weight * chances * (1 - chances))) @ scaled + np.diag(cost)
        betas += np.linalg.solve(curve, slope)
    weights: Table = betas / spread
    weights[0] -= float(weights[1:] @ mean[1:])
    return weights


def _best_f1(chances: Table, same: Table, weight: Table) -> float:
    order = np.argsort(-chances)
    hits = np.cumsum(same[order] * weight[order])
    return float(np.max(2 * hits / (np.cumsum(weight[order]) + (same * weight).sum())))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.likeness", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    seed: int = parser.parse_args().seed
    pairs = list(_pairs(_documents(), random.Random(seed)))
    rows: list[Mapping[str, float]] = [traits(a.sketch, b.sketch, float(a.vector @ b.vector)) for a, b in pairs]
    found = np.array([list(row.values()) for row in rows])
    kinds = [_kind(*pair) for pair in pairs]
    counts = Counter(kinds)
    same = np.array([kind == "same event" for kind in kinds], dtype=np.float64)
    weight = np.array([_SHARES[kind] / counts[kind] for kind in kinds]) * _TRAINING_PAIRS
    topics = sorted({document.topic for pair in pairs for document in pair})
    random.Random(seed).shuffle(topics)
    fold = {topic: place % _FOLDS for place, topic in enumerate(topics)}
    folds = np.array([(fold[one.topic], fold[other.topic]) for one, other in pairs])
    unseen = np.zeros(len(pairs))
    for held in range(_FOLDS):
        seen = (folds != held).all(1)
        odds = found @ _fit(found[seen], same[seen], weight[seen])
        unseen[folds[:, 0] == held] = odds[folds[:, 0] == held]
    print(f"{len(pairs)} pairs of {len(topics)} topics; F1 on topics left out: {_best_f1(unseen, same, weight):.3f}")
    for trait, value in zip(rows[0], _fit(found, same, weight), strict=True):
        print(f'    "{trait}": {value:.3f},')


if __name__ == "__main__":
    main()
