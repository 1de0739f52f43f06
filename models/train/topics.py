"""Trains the head of the Media Topics on the IPTC's definitions (CC BY 4.0) and ledes written for this project."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.encoder import Encoder, Vectors
from models.iptc import media_topics
from models.topics.filing import ARTICLE_TOKENS
from models.topics.head import Head, fit

LEDES = Path(__file__).with_name("ledes.tsv")
_LEDE_WEIGHT = 8.0
_DECAY = 3e-4
_STEPS = 2000


def read_definitions(path: Path) -> list[tuple[int, str]]:
    """Read (class, text) of every Media Topic in use, of all levels, filed under its topic of the first level."""
    places = _places()
    topics = json.loads(path.read_text(encoding="utf-8"))["topics"]
    return [
        (places[f"medtop:{topic['top']}"], f"{topic['label']}. {topic.get('definition') or ''}")
        for topic in topics
        if not topic.get("retired") and f"medtop:{topic['top']}" in places
    ]


def read_ledes(path: Path = LEDES) -> list[tuple[int, str]]:
    """Read (class, text) of the ledes; a line gives the first two digits of the topic's code, a tab, a lede."""
    places = _places()
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(places[f"medtop:{code}000000"], text) for code, text in rows]


def train_head(definitions: Sequence[tuple[int, str]], ledes: Sequence[tuple[int, str]], encoder: Encoder) -> Head:
    """Fit the head; a lede counts as eight definitions, because articles are read and not definitions."""
    rows = [*definitions, *ledes]
    weights = np.array([1.0] * len(definitions) + [_LEDE_WEIGHT] * len(ledes), dtype=np.float32)
    labels = np.array([label for label, _ in rows])
    vectors = encoder.encode([text for _, text in rows])
    return fit(vectors, labels, classes=len(_places()), weights=weights, decay=_DECAY)


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


def train(data: Path, encoder: Encoder) -> dict[str, Vectors]:
    """Train on the definitions in the folder ``data`` and the ledes here.

    Returns:
        The tensors of ``models/topics/media.safetensors``.
    """
    head = train_head(read_definitions(data / "iptc-mediatopics.json"), read_ledes(), encoder)
    calibration = calibrate(head, data / "topics-iptc-dev.jsonl", encoder)
    return {"weight": head.weight, "bias": head.bias, "calibration": calibration}


def _places() -> dict[str, int]:
    return {topic.code: place for place, topic in enumerate(media_topics())}
