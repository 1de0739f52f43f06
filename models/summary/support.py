"""How far a source bears out a sentence, from 0 to 1: what the gate's rules, which look for single faults, do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from safetensors.numpy import load_file

from models.api import Span
from models.encoder import Encoder, Vectors, verify
from models.figures.lexicon import STOP
from models.summary.measure import Floats, bucket, pairs_of, stems_of
from models.summary.names import Names, names_of
from models.summary.network import networks

WEIGHTS: Final = Path(__file__).with_name("support.safetensors")
WEIGHTS_SHA256: Final = "647000524c784115d38d430b8b2469b9f15cec17c563f7e1895091be645f547b"
FEATURES: Final = ("words", "pairs", "runs", "skips", "rarest absent", "names", "numbers", "tokens", "tokens nearby")
"""What is measured of a sentence: the shares of its words, pairs of neighbours, pairs of words with content that are near
each other in the source, names, and numbers; how long the runs of the source are that it is made of; how rare the rarest
word is that the source has not; how close its tokens come to tokens of the source, and of the sentences nearest to it."""

_READ: Final = 40
"""Sentences of the source whose tokens are compared: the head of all but the longest articles."""

_TOKENS: Final = 64
_NEARBY: Final = 3
_SKIP: Final = 4
_LONG: Final = 20
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_APART: Final = re.compile(r"(?<=\d)(,(?= \d{3}\b)|\.(?= \d)) ")
_SMALL: Final = frozenset(stem for word in STOP for stem in stems_of(word))


class Support:
    """Measures sentences against one source; embeds the source once.

    Args:
        source: The text that must bear the sentences out, the title included.
        sentences: Spans of its sentences.
        encoder: Embeds their tokens.
    """

    def __init__(self, source: str, sentences: Sequence[Span], encoder: Encoder) -> None:
        told = [source[slice(*span)] for span in sentences]
        self._encoder = encoder
        whole = stems_of(_whole(source))
        self._words = frozenset([*whole, *stems_of(source)])
        self._runs = {
            tuple(whole[at : at + size]) for size in range(2, _LONG + 1) for at in range(len(whole) - size + 1)
        }
        self._skips = {pair for sentence in told for pair in _skips(stems_of(_whole(sentence)))}
        self._names = Names(source)
        self._digits = frozenset([*_numbers(source), *_numbers(_whole(source))])
        self._tokens = [one for one in encoder.token_vectors(told[:_READ], max_tokens=_TOKENS) if len(one)]
        self._centres = _centres(self._tokens)

    def scores(self, claims: Sequence[str]) -> list[float]:
        """Say of each of N sentences how likely it is that the source bears it out: 0 to 1.

        Raises:
            ModelUnavailable: weights are missing or damaged.
        """
        return [float(score) for score in _judge().chances(self.features(claims))] if claims else []

    def features(self, claims: Sequence[str]) -> Floats:
        """Describe N sentences: float32 of shape [N, 9], in the order of :data:`FEATURES`."""
        tokens = self._encoder.token_vectors(claims, max_tokens=_TOKENS)
        rows = [[*self._by_words(claim), *self._by_tokens(one)] for claim, one in zip(claims, tokens, strict=True)]
        return np.array(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))

    def _by_words(self, claim: str) -> Iterator[float]:
        stems = stems_of(claim)
        content = [stem for stem in stems if stem not in _SMALL]
        absent = [stem for stem in content if stem not in self._words]
        rarity = networks().rarity
        names = list(names_of(claim))
        missing = self._names.missing(claim)
        yield _share([stem in self._words for stem in stems])
        yield _share([pair in self._runs for pair in pairs_of(stems)])
        yield len(stems) / max(1, sum(1 for _ in self._pieces(stems)))
        yield _share([pair in self._skips for pair in pairwise(content)])
        yield -max((float(rarity[bucket(stem)]) for stem in absent), default=0.0)
        yield _share([name not in missing for name in names])
        yield _share([number in self._digits for number in _numbers(claim)])

    def _pieces(self, stems: Sequence[str]) -> Iterator[int]:
        """The lengths of the longest runs of the source that a sentence can be put together from."""
        at = 0
        while at < len(stems):
            size = 1
            while at + size < len(stems) and size < _LONG and tuple(stems[at : at + size + 1]) in self._runs:
                size += 1
            yield size
            at += size

    def _by_tokens(self, tokens: Vectors) -> Iterator[float]:
        if not len(tokens) or not self._tokens:
            yield from (0.0, 0.0)
            return
        near = self._centres @ _unit(tokens.mean(axis=0))
        nearby = [self._tokens[index] for index in np.argsort(-near)[:_NEARBY]]
        for held in (self._tokens, nearby):
            yield float((tokens @ np.concatenate(held).T).max(axis=1).mean())


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Adds up what speaks for a sentence, each thing alike; ``scale`` and ``mean`` are [features], ``odds`` [2].

    Weights fitted to corruptions of one's own making do worse on what models write than equal ones do.
    """

    mean: Floats
    scale: Floats
    odds: Floats

    def chances(self, features: Floats) -> Floats:
        """Float32 of shape [N, features] to chances of shape [N]."""
        evidence = ((features - self.mean) * self.scale).mean(axis=1)
        chance: Floats = np.reciprocal(1 + np.exp(-(self.odds[0] * evidence + self.odds[1])), dtype=np.float32)
        return chance


@cache
def _judge() -> Judge:
    verify(WEIGHTS, WEIGHTS_SHA256)
    return Judge(**load_file(WEIGHTS))


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 1.0


def _whole(text: str) -> str:
    """Close up numbers that were pulled apart where text was cut into words: "13, 000", "31. 8"."""
    return _APART.sub(r"\1", text)


def _numbers(text: str) -> list[str]:
    return [number.replace(",", "") for number in _DIGITS.findall(text)]


def _skips(stems: Sequence[str]) -> Iterator[tuple[str, str]]:
    content = [stem for stem in stems if stem not in _SMALL]
    for at, stem in enumerate(content):
        yield from ((stem, other) for other in content[at + 1 : at + _SKIP])


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = vector / max(1e-9, float(np.linalg.norm(vector)))
    return unit


def _centres(tokens: Sequence[Vectors]) -> Vectors:
    return np.stack([_unit(one.mean(axis=0)) for one in tokens]) if tokens else np.zeros((0, 1), dtype=np.float32)
