"""Says how likely two texts tell one story: by their vectors, and by the rare letter groups they share."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from models.encoder import Vectors, verify

WEIGHTS = Path(__file__).with_name("likeness.safetensors")
WEIGHTS_SHA256 = "3c71ffae2a295a5be10551101ca66f6cea7f6fc885b7599a667dc4b981202ee2"
GRAM_BUCKETS = 1 << 15

_LENGTHS = (3, 4, 5)
_READ = 2_000
_SHORT = 160
_WORD = re.compile(r"\w+")

# Two headlines share few letters, so their vectors say more; two articles of one topic have like vectors, so names and
# numbers, which are rare letter groups, say more. The weights were tuned on pairs; the level of an even chance is set
# above what suits sets of pairs whose "stories" are as broad as a news site's sections.
_VECTOR_SHARE_SHORT, _EVEN_SHORT = 0.6, 0.42
_VECTOR_SHARE_LONG, _EVEN_LONG = 0.3, 0.42
_STEEPNESS = 12.0


class Likeness:
    """Compares texts that have vectors.

    Args:
        rarity: Log inverse document frequency of each hashed letter group, float32 of shape [32768].
    """

    def __init__(self, rarity: Vectors) -> None:
        self._rarity = rarity

    def chances(self, pairs: Sequence[tuple[str, str]], one: Vectors, other: Vectors) -> list[float]:
        """Give the chance (0 to 1) that each of N pairs of texts tells one story.

        Args:
            pairs: N pairs of texts, titles first.
            one: Vectors of the first texts, [N, 384].
            other: Vectors of the second.
        """
        known: dict[str, Mapping[int, float]] = {}
        for text in {text for pair in pairs for text in pair}:
            known[text] = self._profile(text)
        return [
            _chance(min(map(len, pair)), float(first @ second), _cosine(known[pair[0]], known[pair[1]]))
            for pair, first, second in zip(pairs, one, other, strict=True)
        ]

    def _profile(self, text: str) -> Mapping[int, float]:
        weights = {gram: (1 + math.log(times)) * float(self._rarity[gram]) for gram, times in grams_of(text).items()}
        size = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / size for gram, weight in weights.items()}


def grams_of(text: str) -> Counter[int]:
    """Count the hashed groups of 3 to 5 letters within the words of a text's beginning."""
    count: Counter[int] = Counter()
    for word in _WORD.findall(text[:_READ].lower()):
        framed = f" {word} ".encode()
        for length in _LENGTHS:
            for start in range(len(framed) - length + 1):
                count[zlib.crc32(framed[start : start + length]) % GRAM_BUCKETS] += 1
    return count


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    return sum(weight * other[gram] for gram, weight in one.items() if gram in other)


def _chance(length: int, vectors: float, letters: float) -> float:
    share, even = (_VECTOR_SHARE_SHORT, _EVEN_SHORT) if length <= _SHORT else (_VECTOR_SHARE_LONG, _EVEN_LONG)
    return 1 / (1 + math.exp(-_STEEPNESS * (share * vectors + (1 - share) * letters - even)))


@cache
def load_likeness() -> Likeness:
    """Load the table of rarities.

    Raises:
        ModelUnavailable: the file is missing, or is another one.
    """
    verify(WEIGHTS, WEIGHTS_SHA256)
    return Likeness(load_file(WEIGHTS)["rarity"])


def rarity_of(texts: Sequence[str]) -> Vectors:
    """Count letter groups over texts: the table a :class:`Likeness` needs."""
    seen = np.zeros(GRAM_BUCKETS, dtype=np.float32)
    for text in texts:
        seen[list(grams_of(text))] += 1
    rarity: Vectors = np.log((1 + len(texts)) / (1 + seen)).astype(np.float32)
    return rarity
