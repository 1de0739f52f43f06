"""Trains the networks of the extractive summariser on pairs of article and summary."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.progress import track

from models.encoder import Encoder
from models.sentences import split_sentences
from models.summary.document import Document
from models.summary.expect import pairs_again, with_vectors, words_again
from models.summary.extractive import measure
from models.summary.measure import (
    RARITY_BUCKETS,
    Floats,
    Measured,
    Pair,
    Standing,
    Word,
    bucket,
    pair_features,
    pairs_of,
    sentence_features,
    stems_of,
    word_features,
)
from models.summary.network import Perceptron
from models.train.kept import Kept
from models.train.perceptron import fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

SOURCES = ("cnndm", "xsum", "inshorts")
_READ_SENTENCES = 30
_SENTENCE_TOKENS = 64
_FOLDS = 3
_AXES = 24
_PARTS = 6
_DOUBT = 20.0
_USUAL = 0.1
_MEMBERS = 3
_UNSEEN = "unseen"


@dataclass(slots=True, kw_only=True, eq=False)
class _Lesson:
    measured: Measured
    standing: Standing
    reference: list[str]


def read_pairs(path: Path, *, limit: int | None = None) -> list[tuple[str, str | None, str]]:
    """Read (text, title, summary) of the sources that may be trained on."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    kept = [(row["text"], row.get("title"), row["summary"]) for row in rows if row["source"] in SOURCES]
    return kept[:limit]


def train(
    pairs: Sequence[tuple[str, str | None, str]], encoder: Encoder, kept: Kept, *, seed: int
) -> dict[str, Floats]:
    """Train on pairs of article and summary.

    Chances that one network reads from another are made by folds, so that none is trained on what it has seen. What is
    embedded and fitted is ``kept``, and not worked out again by the next call with the same pairs and seed.

    Returns:
        The tensors of ``models/summary/weights.safetensors``.
    """
    lessons = [_lesson(*pair, encoder, kept) for pair in track(pairs, "Reading articles")]
    rarity = _rarity(lessons)
    every = np.concatenate([lesson.measured.vectors for lesson in lessons])
    origin = every.mean(axis=0)
    axes = np.linalg.svd(every[::3] - origin, full_matrices=False)[2][:_AXES].copy()
    tensors: dict[str, Floats] = {"rarity": rarity, "custom": _custom(lessons), "axes": axes, "origin": origin}
    customs = [
        _custom([lesson for place, lesson in enumerate(lessons) if place % _PARTS != part]) for part in range(_PARTS)
    ]

    words: list[list[Word]] = []
    of_words, in_summary = [], []
    for place, lesson in enumerate(lessons):
        found, features = word_features(lesson.measured, lesson.standing, rarity, customs[place % _PARTS])
        count = Counter(lesson.reference)
        words.append(found)
        of_words.append(features)
        in_summary.append(np.array([count[stem] >= times for stem, times in found], dtype=np.float32))
    chances, fitted = _folded(kept, "word", of_words, in_summary, chances=True, epochs=8, seed=seed)
    tensors.update(fitted)
    likely = [dict(zip(found, of.tolist(), strict=True)) for found, of in zip(words, chances, strict=True)]

    pairs_found: list[list[Pair]] = []
    of_pairs, pairs_in_summary = [], []
    for lesson, of in zip(lessons, likely, strict=True):
        pairs_here, features = pair_features(lesson.measured, lesson.standing, rarity, of)
        wanted = set(pairs_of(lesson.reference))
        pairs_found.append(pairs_here)
        of_pairs.append(features)
        pairs_in_summary.append(np.array([pair in wanted for pair in pairs_here], dtype=np.float32))
    chances, fitted = _folded(kept, "pair", of_pairs, pairs_in_summary, chances=True, epochs=8, seed=seed)
    tensors.update(fitted)
    likely_pairs = [dict(zip(found, of.tolist(), strict=True)) for found, of in zip(pairs_found, chances, strict=True)]

    of_sentences = [
        with_vectors(sentence_features(lesson.measured, lesson.standing, some, others), lesson.measured, origin, axes)
        for lesson, some, others in zip(lessons, likely, likely_pairs, strict=True)
    ]
    worth, fitted = _folded(
        kept, "sentence", of_sentences, list(map(_worth, lessons)), chances=False, epochs=20, seed=seed
    )
    tensors.update(fitted)

    again = [
        words_again(features, found, lesson.measured, of)
        for features, found, lesson, of in zip(of_words, words, lessons, worth, strict=True)
    ]
    tensors.update(_folded(kept, "word_again", again, in_summary, chances=True, epochs=8, seed=seed)[1])
    again = [
        pairs_again(features, found, lesson.measured, of)
        for features, found, lesson, of in zip(of_pairs, pairs_found, lessons, worth, strict=True)
    ]
    tensors.update(_folded(kept, "pair_again", again, pairs_in_summary, chances=True, epochs=8, seed=seed)[1])
    return {name: np.ascontiguousarray(tensor, dtype=np.float32) for name, tensor in tensors.items()}


def _lesson(text: str, title: str | None, summary: str, encoder: Encoder, kept: Kept) -> _Lesson:
    spans = split_sentences(text)
    texts = [title or "", *(text[slice(*span)] for span in spans[:_READ_SENTENCES])]
    of = [encoder.revision.encode(), str(_SENTENCE_TOKENS).encode(), *(one.encode(errors="replace") for one in texts)]
    vectors = kept.step("vectors", of, lambda: {"v": encoder.encode(texts, max_tokens=_SENTENCE_TOKENS)})["v"]
    document = Document(text=text, title=title, sentences=spans, vectors=vectors[1:], title_vector=vectors[0])
    measured = measure(document)
    return _Lesson(measured=measured, standing=Standing(measured), reference=stems_of(summary))


def _rarity(lessons: Sequence[_Lesson]) -> Floats:
    seen = np.zeros(RARITY_BUCKETS, dtype=np.float32)
    for lesson in lessons:
        seen[list({bucket(stem) for stems in lesson.measured.stems for stem in stems})] += 1
    rarity: Floats = np.log(len(lessons) / (1 + seen)).astype(np.float32)
    return rarity


def _custom(lessons: Sequence[_Lesson]) -> Floats:
    there = np.zeros(RARITY_BUCKETS, dtype=np.float32)
    taken = np.zeros(RARITY_BUCKETS, dtype=np.float32)
    for lesson in lessons:
        places = {bucket(stem) for stems in lesson.measured.stems for stem in stems}
        there[list(places)] += 1
        taken[list(places & {bucket(stem) for stem in lesson.reference})] += 1
    custom: Floats = ((taken + _DOUBT * _USUAL) / (there + _DOUBT)).astype(np.float32)
    return custom


def _folded(
    kept: Kept,
    name: str,
    inputs: Sequence[Floats],
    targets: Sequence[Floats],
    *,
    chances: bool,
    epochs: int,
    seed: int,
) -> tuple[list[Floats], Mapping[str, Floats]]:
    """Fit on everything; and for each article, say what a network that has not seen it would."""
    article: NDArray[np.int64] = np.repeat(np.arange(len(inputs)), [len(one) for one in inputs])
    put, want = np.concatenate(inputs), np.concatenate(targets)

    def fitted() -> Mapping[str, Floats]:
        unseen = np.zeros(len(want), dtype=np.float32)
        for fold in track(range(_FOLDS), f"Fitting {name}"):
            held = article % _FOLDS == fold
            part = fit(name, put[~held], want[~held], chances=chances, members=1, epochs=epochs, seed=seed)
            network = Perceptron.named(part, name)
            unseen[held] = network.chances(put[held]) if chances else network(put[held])
        whole = fit(name, put, want, chances=chances, members=_MEMBERS, epochs=epochs, seed=seed)
        return {**whole, _UNSEEN: unseen}

    settings = f"{chances} {epochs} {seed}".encode()
    found = dict(kept.step(name, [settings, put.tobytes(), want.tobytes(), article.tobytes()], fitted))
    ends = np.cumsum([len(one) for one in inputs])[:-1]
    return np.split(found.pop(_UNSEEN), ends), found


def _worth(lesson: _Lesson) -> Floats:
    """How much more each sentence alone shares with the reference than the article's sentences do on average."""
    reference = Counter(lesson.reference)
    wanted = Counter(pairs_of(lesson.reference))
    worth = np.array(
        [
            _f_score(Counter(stems), reference) + 2 * _f_score(Counter(pairs_of(stems)), wanted)
            for stems in lesson.measured.stems
        ],
        dtype=np.float32,
    )
    above: Floats = worth - worth.mean()
    return above


def _f_score(one: Counter[str] | Counter[Pair], other: Counter[str] | Counter[Pair]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0  # type: ignore[operator] # both count the same things
