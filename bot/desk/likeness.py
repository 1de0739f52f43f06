"""Says how likely two articles tell one event: by the words that they share, each weighed by its rarity, and by their vectors."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from models.api import IMPRINT_JOINED, IMPRINT_NAME, IMPRINT_NUMBER, IMPRINT_RARITY, IMPRINT_WORD, IMPRINT_YEAR

Profile = Mapping[int, float]
"""Weights of hashed words; their squares sum to 1."""

WEIGHTS: Final[Mapping[str, float]] = {
    "even": 5.313,
    "closeness": 2.255,
    "plain words": -3.188,
    "names": 2.697,
    "all names": 3.373,
    "lead": 0.817,
    "lead found": 2.487,
    "numbers found": 3.259,
    "both have numbers": -1.039,
    "other years": -0.804,
    "pairs": 0.564,
    "length": -2.065,
}
"""What each trait adds to the log odds, fitted by ``python -m bench.likeness`` on labelled pairs (ECB+, CC BY 3.0)."""

SHORT = 12
"""Content words up to which a text is little more than a headline: too few for its words to decide."""

_FADE = 45.0
"""Content words after which a word of the text counts a third of what one of its beginning does."""
_VECTOR_SHARE, _EVEN, _STEEPNESS = 0.7, 0.47, 12.0
"""Of two headlines: the share of the vectors beside the names, the sum that is an even chance, and how fast it turns."""
_BLIND_EVEN = 0.6
"""The cosine that is an even chance where one of two articles has no imprint."""
_KINDS: Final = (IMPRINT_WORD, IMPRINT_NAME, IMPRINT_NUMBER, IMPRINT_YEAR)


@dataclass(frozen=True, slots=True)
class Sketch:
    """An imprint, unfolded.

    ``words``, ``names`` and ``numbers`` (years among them) weigh what the text holds; in ``early``, ``early_names`` and
    ``early_plain`` a word counts the less the later it comes. ``pairs`` are words that stand together.
    """

    size: int
    words: Profile
    names: Profile
    numbers: Profile
    early: Profile
    early_names: Profile
    early_plain: Profile
    pairs: frozenset[tuple[int, int]]
    years: frozenset[int]


@lru_cache(maxsize=16_384)
def sketch(imprint: bytes) -> Sketch:
    """Unfold an imprint; see ``models.api.Reading``. One that is cut short or empty gives less, or nothing."""
    rows: list[list[int]] = np.frombuffer(imprint[: len(imprint) // 4 * 4], dtype="<u2").reshape(-1, 2).tolist()
    rarity: dict[int, float] = {}
    times: dict[int, dict[int, float]] = {kind: defaultdict(float) for kind in _KINDS}
    early: dict[int, dict[int, float]] = {kind: defaultdict(float) for kind in _KINDS}
    pairs = set()
    for place, (bucket, mark) in enumerate(rows):
        rarity[bucket] = (mark & 255) / IMPRINT_RARITY
        kind = mark >> 8
        times[kind % IMPRINT_JOINED][bucket] += 1
        early[kind % IMPRINT_JOINED][bucket] += math.exp(-place / _FADE)
        if kind >= IMPRINT_JOINED and place:
            pairs.add((rows[place - 1][0], bucket))
    numbers = _sum(times[IMPRINT_NUMBER], times[IMPRINT_YEAR])
    return Sketch(
        size=len(rows),
        words=_weigh(_sum(*times.values()), rarity),
        names=_weigh(times[IMPRINT_NAME], rarity),
        numbers=_weigh(numbers, rarity),
        early=_fade(_sum(*early.values()), rarity),
        early_names=_fade(early[IMPRINT_NAME], rarity),
        early_plain=_fade(early[IMPRINT_WORD], rarity),
        pairs=frozenset(pairs),
        years=frozenset(times[IMPRINT_YEAR]),
    )


def chance(one: Sketch, other: Sketch, closeness: float) -> float:
    """The chance, 0 to 1, that two articles tell one event.

    Args:
        one: The words of an article.
        other: Those of the other; the order makes no difference.
        closeness: The cosine of their vectors.
    """
    if not one.size or not other.size:
        return _chance(_STEEPNESS * (closeness - _BLIND_EVEN))
    if min(one.size, other.size) <= SHORT:
        shared = _VECTOR_SHARE * closeness + (1 - _VECTOR_SHARE) * cosine(one.names, other.names)
        return _chance(_STEEPNESS * (shared - _EVEN))
    found = traits(one, other, closeness)
    return _chance(sum(weight * found[trait] for trait, weight in WEIGHTS.items()))


def traits(one: Sketch, other: Sketch, closeness: float) -> Mapping[str, float]:
    """What two articles of more than a line have in common; the keys are those of ``WEIGHTS``."""
    return {
        "even": 1.0,
        "closeness": closeness,
        "plain words": cosine(one.early_plain, other.early_plain),
        "names": cosine(one.early_names, other.early_names),
        "all names": _overlap(one.names, other.names),
        "lead": sum(min(weight, other.early[key]) for key, weight in one.early.items() if key in other.early),
        "lead found": max(_found(one.early, other.words), _found(other.early, one.words)),
        "numbers found": max(_found(one.numbers, other.numbers), _found(other.numbers, one.numbers)),
        "both have numbers": float(bool(one.numbers and other.numbers)),
        "other years": float(bool(one.years and other.years and not one.years & other.years)),
        "pairs": math.log1p(len(one.pairs & other.pairs)),
        "length": math.log1p(max(one.size, other.size)),
    }


def cosine(one: Profile, other: Profile) -> float:
    """The cosine of two profiles, 0 to 1."""
    return sum(weight * other[key] for key, weight in one.items() if key in other)


def _overlap(one: Profile, other: Profile) -> float:
    """The shared share of the weight of both, 0 to 1."""
    shared = sum(min(weight, other[key]) for key, weight in one.items() if key in other)
    return shared / ((sum(one.values()) + sum(other.values()) - shared) or 1.0)


def _found(one: Profile, other: Profile) -> float:
    """The share of one, by weight, that is in the other."""
    return sum(weight * weight for key, weight in one.items() if key in other)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _sum(*parts: Mapping[int, float]) -> Mapping[int, float]:
    total: dict[int, float] = defaultdict(float)
    for part in parts:
        for key, weight in part.items():
            total[key] += weight
    return total


def _weigh(times: Mapping[int, float], rarity: Mapping[int, float]) -> Profile:
    return _unit({bucket: (1 + math.log(count)) * rarity[bucket] for bucket, count in times.items()})


def _fade(times: Mapping[int, float], rarity: Mapping[int, float]) -> Profile:
    return _unit({bucket: math.log1p(count) * rarity[bucket] for bucket, count in times.items()})


def _unit(weights: Mapping[int, float]) -> Profile:
    size = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {key: weight / size for key, weight in weights.items()}
