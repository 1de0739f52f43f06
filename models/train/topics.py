"""Trains the heads of the Media Topics on the IPTC's definitions (CC BY 4.0) and texts written for this project."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rich.console import Console

from models.encoder import Encoder, Vectors
from models.iptc import media_topics, narrow_topics
from models.topics.filing import ARTICLE_TOKENS
from models.topics.head import Head, fit
from models.topics.media import NARROW_SHARE

LEDES = Path(__file__).with_name("ledes.tsv")
NOT_NEWS = Path(__file__).with_name("not_news.txt")
_LEDE_WEIGHT = 8.0
_NARROW_LEDE_WEIGHT = 4.0
_DECAY = 3e-4
_STEPS = 2000
_FOLDS = 5
_LEISURE = "medtop:10000000"


class Example(NamedTuple):
    """A text and its class: its place among the topics it is told apart from."""

    place: int
    text: str


def read_definitions(path: Path) -> tuple[list[Example], list[Example]]:
    """Read every Media Topic in use, of all levels: under its topic of the first level, and of the second."""
    first, second = _places()
    topics = json.loads(path.read_text(encoding="utf-8"))["topics"]
    known = {topic["code"]: topic for topic in topics}
    wide, narrow = [], []
    for topic in topics:
        if topic.get("retired"):
            continue
        text = f"{topic['label']}. {topic.get('definition') or ''}"
        if f"medtop:{topic['top']}" in first:
            wide.append(Example(first[f"medtop:{topic['top']}"], text))
        while topic["level"] > 2:
            topic = known[topic["parent"]]  # noqa: PLW2901  up the tree
        if f"medtop:{topic['code']}" in second:
            narrow.append(Example(second[f"medtop:{topic['code']}"], text))
    return wide, narrow


def read_ledes(path: Path = LEDES) -> tuple[list[Example], list[Example]]:
    """Read the ledes: under their topics of the first level, and of the second where one is given.

    A line holds the first two digits of the topic's code, a tab, a lede, and where it has one a tab and the eight digits
    of the code of the second level.
    """
    first, second = _places()
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    wide = [Example(first[f"medtop:{row[0]}000000"], row[1]) for row in rows]
    narrow = [Example(second[f"medtop:{row[2]}"], row[1]) for row in rows if len(row) > 2]
    return wide, narrow


def train_head(
    definitions: Sequence[Example], ledes: Sequence[Example], encoder: Encoder, *, classes: int, lede_weight: float
) -> Head:
    """Fit a head; a lede counts as several definitions, because articles are read and not definitions."""
    rows = [*definitions, *ledes]
    weights = np.array([1.0] * len(definitions) + [lede_weight] * len(ledes), dtype=np.float32)
    labels = np.array([row.place for row in rows])
    vectors = encoder.encode([row.text for row in rows])
    return fit(vectors, labels, classes=classes, weights=weights, decay=_DECAY)


def narrow_precision(
    definitions: Sequence[Example], ledes: Sequence[Example], encoder: Encoder, *, seed: int
) -> tuple[float, float]:
    """Cross-validate the second level over the ledes, each with its first level known.

    Returns:
        The share of ledes that are given one, and the share of these for which it is right.
    """
    topics = narrow_topics()
    folds = np.random.default_rng(seed).integers(0, _FOLDS, len(ledes))
    given = right = 0
    for fold in range(_FOLDS):
        taught = [lede for lede, its in zip(ledes, folds, strict=True) if its != fold]
        asked = [lede for lede, its in zip(ledes, folds, strict=True) if its == fold]
        head = train_head(definitions, taught, encoder, classes=len(topics), lede_weight=_NARROW_LEDE_WEIGHT)
        for lede, shares in zip(asked, head.shares(encoder.encode([lede.text for lede in asked])), strict=True):
            siblings = [place for place, topic in enumerate(topics) if topic.top == topics[lede.place].top]
            best = max(siblings, key=lambda place: float(shares[place]))
            if shares[best] / shares[siblings].sum() >= NARROW_SHARE:
                given += 1
                right += best == lede.place
    return given / len(ledes), right / max(given, 1)


def train_news(encoder: Encoder) -> Head:
    """Fit the head that tells news (the ledes, but for leisure, which has recipes) from what is none."""
    news = [lede.text for lede in read_ledes()[0] if media_topics()[lede.place].code != _LEISURE]
    idle = NOT_NEWS.read_text(encoding="utf-8").splitlines()
    labels: npt.NDArray[np.int64] = np.array([0] * len(news) + [1] * len(idle))
    return fit(encoder.encode([*news, *idle]), labels, classes=2, decay=_DECAY)


def calibrate(head: Head, path: Path, encoder: Encoder) -> Vectors:
    """Fit two numbers (slope, offset) that turn a class's log-odds into those of the topic being accepted.

    Nothing of the texts in ``path`` is kept but these two numbers.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    names = [topic.name for topic in media_topics()]
    texts = ["\n".join(filter(None, (row.get("title"), row["text"]))) for row in rows]
    share = np.clip(head.shares(encoder.encode(texts, max_tokens=ARTICLE_TOKENS)), 1e-6, 1 - 1e-6)
    odds = np.log(share / (1 - share)).ravel()
    accepted = np.array([[name in row["labels"] for name in names] for row in rows], dtype=np.float64).ravel()
    slope, offset = 1.0, 0.0
    for _ in range(_STEPS):
        off = 1 / (1 + np.exp(-(slope * odds + offset))) - accepted
        slope -= 0.2 * float((off * odds).mean())
        offset -= 0.2 * float(off.mean())
    return np.array([slope, offset], dtype=np.float32)


def train(data: Path, encoder: Encoder, *, seed: int) -> dict[str, npt.NDArray[np.floating]]:
    """Train on the definitions in the folder ``data`` and the texts here; print what cross-validation says.

    Returns:
        The tensors of ``models/topics/media.safetensors``.
    """
    wide, narrow = read_definitions(data / "iptc-mediatopics.json")
    wide_ledes, narrow_ledes = read_ledes()
    head = train_head(wide, wide_ledes, encoder, classes=len(media_topics()), lede_weight=_LEDE_WEIGHT)
    given, right = narrow_precision(narrow, narrow_ledes, encoder, seed=seed)
    Console().print(
        f"second level, cross-validated over {len(narrow_ledes)} ledes: given {given:.0%}, right {right:.0%}"
    )
    lower = train_head(narrow, narrow_ledes, encoder, classes=len(narrow_topics()), lede_weight=_NARROW_LEDE_WEIGHT)
    news = train_news(encoder)
    return {
        "weight": head.weight,
        "bias": head.bias,
        "calibration": calibrate(head, data / "topics-iptc-dev.jsonl", encoder),
        "narrow.weight": lower.weight.astype(np.float16),
        "narrow.bias": lower.bias,
        "news.weight": news.weight,
        "news.bias": news.bias,
    }


def _places() -> tuple[dict[str, int], dict[str, int]]:
    """The place of each code of the first level, and of the second."""
    return (
        {topic.code: place for place, topic in enumerate(media_topics())},
        {topic.code: place for place, topic in enumerate(narrow_topics())},
    )
