"""Learns topics from examples in seconds: a head, the nearest examples, and the words each topic uses."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from models.topics.head import fit, softmax

_BUCKETS = 1 << 18
_READ = 1_500
_WORD = re.compile(r"\w+")
_SMOOTHING = 0.1
# Words are not independent of each other, as naive Bayes has it: a twelfth of its log-odds is about right.
_WORDS_SHARE = 1 / 12
_NEIGHBOURS = 15
_NEIGHBOURS_SHARE = 1 / 8
_NEIGHBOURS_WEIGHT = 1.5
_SHARPNESS = 10.0
_UNSEEN = 1e-2
_CHUNK = 512


class Taught:
    """Tells C topics apart by labelled examples.

    Args:
        texts: N texts.
        vectors: Theirs, of shape [N, 384].
        labels: Integers of shape [N], below ``classes``; each class has an example at least.
        classes: How many topics there are.
    """

    def __init__(self, texts: Sequence[str], vectors: Vectors, labels: npt.NDArray[np.int64], *, classes: int) -> None:
        self._vectors = vectors
        self._labels = labels
        self._sizes = np.bincount(labels, minlength=classes).astype(np.float32)
        self._head = fit(vectors, labels, classes=classes)
        self._neighbours = max(1, min(_NEIGHBOURS, int(len(labels) * _NEIGHBOURS_SHARE)))
        count = np.full((classes, _BUCKETS), _SMOOTHING, dtype=np.float32)
        for text, label in zip(texts, labels, strict=True):
            count[label, _buckets(text)] += 1
        self._words = np.log(count / count.sum(axis=1, keepdims=True))

    def shares(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """Share each of M texts out among the topics: float32 of shape [M, C], each row summing to 1."""
        chunks = range(0, len(texts), _CHUNK)
        parts = [self._chunk(texts[at : at + _CHUNK], vectors[at : at + _CHUNK]) for at in chunks]
        return np.concatenate(parts) if parts else np.zeros((0, len(self._sizes)), dtype=np.float32)

    def nearness(self, vectors: Vectors) -> Vectors:
        """The cosine of each of M texts to its nearest example: float32 of shape [M]."""
        nearest: Vectors = (vectors @ self._vectors.T).max(axis=1)
        return nearest

    def _chunk(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        by_head = np.log(self._head.shares(vectors) + 1e-9)
        words = np.stack([self._words[:, _buckets(text)].sum(axis=1) for text in texts])
        by_words = np.log(softmax((words * _WORDS_SHARE).astype(np.float32)) + 1e-9)
        return softmax((by_head + by_words + _NEIGHBOURS_WEIGHT * self._by_neighbours(vectors)).astype(np.float32))

    def _by_neighbours(self, vectors: Vectors) -> Vectors:
        close = vectors @ self._vectors.T
        places = np.argpartition(-close, self._neighbours - 1, axis=1)[:, : self._neighbours]
        weights = np.exp(_SHARPNESS * np.take_along_axis(close, places, axis=1))
        near = np.stack(
            [(weights * (self._labels[places] == label)).sum(axis=1) for label in range(len(self._sizes))], axis=1
        )
        near /= self._sizes
        share: Vectors = np.log(near / near.sum(axis=1, keepdims=True) + _UNSEEN).astype(np.float32)
        return share


def _buckets(text: str) -> list[int]:
    words = _WORD.findall(text[:_READ].lower())
    found = {*words, *(f"{one} {other}" for one, other in pairwise(words))}
    return sorted({zlib.crc32(word.encode()) % _BUCKETS for word in found})
