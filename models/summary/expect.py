"""Expects what an editor's summary of an article would hold: its words, its word pairs, and what each sentence is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from models.summary.measure import (
    Floats,
    Measured,
    Pair,
    Standing,
    Word,
    pair_features,
    pairs_of,
    sentence_features,
    word_features,
)
from models.summary.network import Networks

_Key = TypeVar("_Key", Word, Pair, str)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expected:
    """The chance (0 to 1) of each word and word pair to be in the summary, and the worth of each sentence."""

    words: Mapping[Word, float]
    pairs: Mapping[Pair, float]
    worth: Floats


def expect(measured: Measured, trained: Networks) -> Expected:
    """Look at an article twice: at words, pairs and sentences; then at words and pairs again, with the sentences' worth."""
    standing = Standing(measured)
    words, of_words = word_features(measured, standing, trained.rarity, trained.custom)
    pairs, of_pairs, likely = _pairs(measured, standing, trained, words, trained.word.chances(of_words))
    likely_pairs = _named(pairs, trained.pair.chances(of_pairs))
    worth = trained.sentence(
        with_vectors(
            sentence_features(measured, standing, likely, likely_pairs), measured, trained.origin, trained.axes
        )
    )
    again = trained.word_again.chances(words_again(of_words, words, measured, worth))
    pairs_too = trained.pair_again.chances(pairs_again(of_pairs, pairs, measured, worth))
    return Expected(words=_named(words, again), pairs=_named(pairs, pairs_too), worth=worth)


def with_vectors(features: Floats, measured: Measured, origin: Floats, axes: Floats) -> Floats:
    """Put the sentences' vectors, seen from ``origin`` along ``axes``, beside their features."""
    return np.hstack([features, (measured.vectors - origin) @ axes.T])


def words_again(features: Floats, words: Sequence[Word], measured: Measured, worth: Floats) -> Floats:
    """Put the worth of the sentences a word stands in beside its features: the best, the first, the sum."""
    found = _worths([set(stems) for stems in measured.stems], worth)
    return _beside(features, [found[stem] for stem, _ in words])


def pairs_again(features: Floats, pairs: Sequence[Pair], measured: Measured, worth: Floats) -> Floats:
    """As :func:`words_again`, for word pairs."""
    found = _worths([set(pairs_of(stems)) for stems in measured.stems], worth)
    return _beside(features, [found[pair] for pair in pairs])


def _pairs(
    measured: Measured, standing: Standing, trained: Networks, words: Sequence[Word], chances: Floats
) -> tuple[list[Pair], Floats, Mapping[Word, float]]:
    likely = _named(words, chances)
    pairs, features = pair_features(measured, standing, trained.rarity, likely)
    return pairs, features, likely


def _named(keys: Sequence[_Key], chances: Floats) -> dict[_Key, float]:
    return dict(zip(keys, chances.tolist(), strict=True))


def _worths(sentences: Sequence[set[_Key]], worth: Floats) -> dict[_Key, tuple[float, float, float]]:
    found: dict[_Key, tuple[float, float, float]] = {}
    for keys, value in zip(sentences, worth.tolist(), strict=True):
        for key in keys:
            best, first, total = found.get(key, (value, value, 0.0))
            found[key] = max(best, value), first, total + value
    return found


def _beside(features: Floats, worths: Sequence[tuple[float, float, float]]) -> Floats:
    return np.hstack([features, np.array(worths, dtype=np.float32).reshape(len(worths), 3)])
