"""Sets the scales of the judge of support, on sentences of editors and articles and corruptions of them (as FactCC)."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from rich.progress import track

from models.encoder import Encoder
from models.sentences import split_sentences
from models.summary.measure import Floats
from models.summary.names import Names
from models.summary.support import Support
from models.train.corruptions import corrupted, shortened

_SOURCES: Final = frozenset({"cnndm", "xsum", "inshorts"})
_EXTRACTED: Final = 3
_KINDS: Final = 3
_ARTICLES: Final = 300
"""Scales need no more of them."""

_STEPS: Final = 2000
_RATE: Final = 1.0
_LOWERED: Final = 0.5
"""The share of sentences put in lower case: some models write no capitals, and a name must be missed all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    source: str
    text: str
    told: list[str]
    written: list[str]


def _read(path: Path, limit: int, rng: random.Random) -> list[_Pair]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["source"] in _SOURCES]
    return [
        _Pair(
            source=row["source"],
            text=row["text"],
            told=[row["text"][slice(*span)] for span in split_sentences(row["text"])],
            written=[row["summary"][slice(*span)] for span in split_sentences(row["summary"])],
        )
        for row in rng.sample(rows, min(limit, len(rows)))
    ]


def examples(pair: _Pair, other: _Pair, rng: random.Random) -> Iterator[tuple[str, bool]]:
    """Give sentences, and whether the article of ``pair`` bears them out."""
    names = Names(pair.text)
    extracted = rng.sample(pair.told, min(_EXTRACTED, len(pair.told)))
    written = []
    for sentence in pair.written:
        if not names.missing(sentence) and _numbers(sentence) <= _numbers(pair.text):
            written.append(sentence)
        elif pair.source == "xsum":
            yield sentence, False  # told in the sentence that was cut from the text
    short = [made for one in extracted if (made := shortened(one, rng))]
    for sentence in [*extracted, *short, *written]:
        yield sentence, True
        for made in corrupted(sentence, pair.told, other.told, rng, kinds=_KINDS):
            yield made, False
    yield from ((sentence, False) for sentence in other.written[:1])


def _numbers(text: str) -> set[str]:
    return {word.strip(".,$£€%") for word in text.split() if any(letter.isdigit() for letter in word)}


def collect(data: Path, encoder: Encoder, *, seed: int, limit: int) -> tuple[Floats, Floats]:
    """Describe the examples of all articles: float32 of shape [N, features] and [N], 1 for a sentence borne out."""
    rng = random.Random(seed)  # noqa: S311 - draws examples, guards nothing
    pairs = _read(data / "summaries-train.jsonl.gz", limit, rng)
    rows: list[Floats] = []
    labels: list[bool] = []
    for place, pair in enumerate(track(pairs, description="support")):
        made = list(examples(pair, pairs[place - 1], rng))
        claims = [one.capitalize() if rng.random() < _LOWERED else one for one, _ in made]
        rows.append(Support(pair.text, split_sentences(pair.text), encoder).features(claims))
        labels.extend(label for _, label in made)
    return np.concatenate(rows), np.array(labels, dtype=np.float32)


def train(data: Path, encoder: Encoder, *, seed: int, limit: int | None = None) -> Mapping[str, Floats]:
    """Train on the articles in the folder ``data``.

    Returns:
        The tensors of ``models/summary/support.safetensors``.
    """
    inputs, target = collect(data, encoder, seed=seed, limit=limit or _ARTICLES)
    mean, scale = inputs.mean(axis=0), 1 / (inputs.std(axis=0) + 1e-6)
    evidence = ((inputs - mean) * scale).mean(axis=1)
    slope, offset = 1.0, 0.0
    for _ in range(_STEPS):
        off = 1 / (1 + np.exp(-(slope * evidence + offset))) - target
        slope -= _RATE * float((off * evidence).mean())
        offset -= _RATE * float(off.mean())
    return {"mean": mean, "scale": scale, "odds": np.array([slope, offset], dtype=np.float32)}
