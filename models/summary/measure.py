"""Measures words, word pairs and sentences of an article: what the summariser's networks see of it."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors

Floats = npt.NDArray[np.float32]
Word = tuple[str, int]
"""A stem and which of its occurrences in the article it is, from 1: the second "dam" is worth less than the first."""
Pair = tuple[str, str]

MOST_OCCURRENCES = 3
RARITY_BUCKETS = 1 << 14
_EARLY = 3
_TOKEN = re.compile(r"[a-z0-9]+(?:[.,]\d+)*")
_QUOTES = re.compile(r"[\"“”]")
_SUFFIX = re.compile(r"(?:ies|ied|ing|ed|es|s|ly|e)$")
_PRONOUNS = frozenset(["he", "she", "they", "it", "his", "her", "their", "its", "this", "these", "those", "that"])
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|my)\b")
_SAYING = re.compile(r"\b(?:said|says|told|added)\b")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """The sentences of an article, cut into stems, with their vectors (float32 of shape [N, 384])."""

    sentences: Sequence[str]
    stems: Sequence[Sequence[str]]
    vectors: Vectors
    title_stems: frozenset[str]
    title_vector: Vectors
    leans: Sequence[bool]
    fragments: Sequence[bool]
    opens_paragraph: Sequence[bool]


def stems_of(sentence: str) -> list[str]:
    """Cut a sentence into lower-case stems; numbers stay whole."""
    return [word if len(word) < 4 else _SUFFIX.sub("", word) for word in _TOKEN.findall(sentence.lower())]


def pairs_of(stems: Sequence[str]) -> list[Pair]:
    """Give the neighbouring stems of a sentence."""
    return list(pairwise(stems))


def bucket(stem: str) -> int:
    """The place of a stem in the table of rarities."""
    return zlib.crc32(stem.encode()) % RARITY_BUCKETS


class Standing:
    """How each sentence stands to the rest: float32 of shape [N] each."""

    def __init__(self, measured: Measured) -> None:
        vectors = measured.vectors
        centre = vectors.mean(axis=0)
        self.central: Floats = vectors @ (centre / (np.linalg.norm(centre) + 1e-9))
        self.titled: Floats = vectors @ measured.title_vector
        self.to_lead: Floats = vectors @ vectors[0]
        alike = vectors @ vectors.T
        np.fill_diagonal(alike, 0)
        self.echoed: Floats = np.clip(alike - 0.3, 0, None).sum(axis=1) / max(1, len(vectors) - 1)
        self.alike: Floats = alike


def word_features(measured: Measured, standing: Standing, rarity: Floats, custom: Floats) -> tuple[list[Word], Floats]:
    """Describe every word of an article: float32 of shape [W, 21].

    ``rarity`` and ``custom`` are tables by hashed stem: how rare it is, and how often summaries take it over.
    """
    count: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    early: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    first: dict[str, tuple[int, float]] = {}
    central: dict[str, list[float]] = {}
    to_lead: dict[str, float] = {}
    capital = _capitals(measured)
    centrality, nearness = standing.central.tolist(), standing.to_lead.tolist()
    for index, stems in enumerate(measured.stems):
        count.update(stems)
        if index < _EARLY:
            early.update(stems)
        if _QUOTES.search(measured.sentences[index]):
            quoted.update(stems)
        for number, stem in enumerate(stems):
            first.setdefault(stem, (index, number / len(stems)))
        for stem in set(stems):
            sentences[stem] += 1
            central.setdefault(stem, []).append(centrality[index])
            to_lead[stem] = max(to_lead.get(stem, -1.0), nearness[index])
    total = sum(count.values())
    size = len(measured.stems)
    buckets = [bucket(stem) for stem in count]
    rare, taken = rarity[buckets].tolist(), custom[buckets].tolist()
    words: list[Word] = []
    rows: list[list[float]] = []
    for number, (stem, times) in enumerate(count.items()):
        where, place = first[stem]
        means = central[stem]
        row: list[float] = [
            times,
            sentences[stem],
            sentences[stem] / size,
            where,
            place,
            rare[number],
            stem in measured.title_stems,
            bool(measured.title_stems),
            max(means),
            sum(means) / len(means),
            to_lead[stem],
            capital[stem] / times,
            stem[0].isdigit(),
            len(stem),
            early[stem],
            quoted[stem] / times,
            size,
            math.log(total),
            times / total,
            taken[number],
        ]
        for occurrence in range(1, min(MOST_OCCURRENCES, times) + 1):
            words.append((stem, occurrence))
            rows.append([*row, occurrence])
    return words, np.array(rows, dtype=np.float32).reshape(len(rows), 21)


def _capitals(measured: Measured) -> Counter[str]:
    capital: Counter[str] = Counter()
    for sentence, stems in zip(measured.sentences, measured.stems, strict=True):
        starts = [match.start() for match in _TOKEN.finditer(sentence.lower())]
        capital.update(
            stem for stem, start in zip(stems, starts, strict=False) if sentence[start : start + 1].isupper()
        )
    return capital


def pair_features(
    measured: Measured, standing: Standing, rarity: Floats, likely: Mapping[Word, float]
) -> tuple[list[Pair], Floats]:
    """Describe every word pair of an article, given how likely its words are: float32 of shape [P, 12]."""
    count: Counter[Pair] = Counter()
    sentences: Counter[Pair] = Counter()
    first: dict[Pair, int] = {}
    central: dict[Pair, float] = {}
    around: dict[Pair, float] = {}
    centrality = standing.central.tolist()
    for index, stems in enumerate(measured.stems):
        pairs = pairs_of(stems)
        count.update(pairs)
        chances = [0.0, *(likely[stem, 1] for stem in stems), 0.0]
        for place, pair in enumerate(pairs):
            around[pair] = max(around.get(pair, 0.0), chances[place] + chances[place + 3])
        for pair in set(pairs):
            first.setdefault(pair, index)
            sentences[pair] += 1
            central[pair] = max(central.get(pair, -1.0), centrality[index])
    known = list({stem for pair in count for stem in pair})
    rare = dict(zip(known, rarity[[bucket(stem) for stem in known]].tolist(), strict=True))
    rows = []
    for pair, times in count.items():
        one, other = likely[pair[0], 1], likely[pair[1], 1]
        rows.append(
            [
                times,
                sentences[pair],
                first[pair],
                central[pair],
                one,
                other,
                one * other,
                around[pair],
                pair[0] in measured.title_stems and pair[1] in measured.title_stems,
                rare[pair[0]],
                rare[pair[1]],
                len(measured.stems),
            ]
        )
    return list(count), np.array(rows, dtype=np.float32).reshape(len(rows), 12)


def sentence_features(
    measured: Measured, standing: Standing, words: Mapping[Word, float], pairs: Mapping[Pair, float]
) -> Floats:
    """Describe every sentence of an article, its vector left out: float32 of shape [N, 24]."""
    size = len(measured.sentences)
    rows = []
    for index, (sentence, stems) in enumerate(zip(measured.sentences, measured.stems, strict=True)):
        length = max(1, len(stems))
        expected = expected_words(Counter(stems), words)
        expected_pairs = sum(pairs[pair] for pair in set(pairs_of(stems)))
        opening = stems[0] if stems else ""
        rows.append(
            [
                index,
                index / size,
                size,
                2 * expected / (length + 50),
                expected / length,
                2 * expected_pairs / (length + 48),
                expected_pairs / length,
                length,
                standing.central[index],
                standing.titled[index],
                standing.to_lead[index],
                standing.echoed[index],
                standing.alike[index, index - 1] if index else 0.0,
                standing.alike[index, index + 1] if index + 1 < size else 0.0,
                sum(stem[0].isdigit() for stem in stems),
                bool(_QUOTES.search(sentence)),
                measured.leans[index],
                opening in _PRONOUNS,
                sentence.count(","),
                sum(map(str.isupper, sentence)) / length,
                measured.opens_paragraph[index],
                measured.fragments[index],
                bool(_SAYING.search(sentence)),
                bool(_FIRST_PERSON.search(sentence)),
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(size, 24)


def expected_words(count: Mapping[str, int], words: Mapping[Word, float]) -> float:
    """How many of these words a reference summary is expected to share."""
    return sum(
        words.get((stem, occurrence), 0.0)
        for stem, times in count.items()
        for occurrence in range(1, min(times, MOST_OCCURRENCES) + 1)
    )
