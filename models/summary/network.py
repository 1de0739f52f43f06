"""The summariser's networks: five small perceptrons in numpy, and the file they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from models.encoder import verify
from models.summary.measure import Floats

WEIGHTS = Path(__file__).with_name("weights.safetensors")
WEIGHTS_SHA256 = "314dce8feffab4782372332aa425db485a215ce8e35b908bb28a80820a7b5971"


@dataclass(frozen=True, slots=True, eq=False)
class Perceptron:
    """M perceptrons of one hidden layer on the same inputs, whose outputs are averaged.

    ``first`` is [M, inputs, hidden], ``second`` [M, hidden]; inputs are centred and scaled.
    """

    mean: Floats
    scale: Floats
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats

    @classmethod
    def named(cls, tensors: Mapping[str, Floats], name: str) -> Perceptron:
        """Take the perceptron ``name`` out of a file's tensors."""
        return cls(*(tensors[f"{name}.{part}"] for part in cls.__slots__))

    def __call__(self, inputs: Floats) -> Floats:
        """Float32 of shape [N, inputs] to float32 of shape [N]."""
        put = (inputs - self.mean) * self.scale
        hidden = np.maximum(np.einsum("ni,mih->mnh", put, self.first, optimize=True) + self.first_bias[:, None], 0)
        out: Floats = (np.einsum("mnh,mh->mn", hidden, self.second) + self.second_bias[:, None]).mean(axis=0)
        return out

    def chances(self, inputs: Floats) -> Floats:
        """As a call, squeezed to between 0 and 1."""
        chance: Floats = np.reciprocal(1 + np.exp(-np.clip(self(inputs), -30, 30)), dtype=np.float32)
        return chance


@dataclass(frozen=True, slots=True, eq=False)
class Networks:
    """Everything that was trained for the summariser.

    ``rarity`` and ``custom`` are tables by hashed stem: log inverse document frequency, and the share of articles with
    the stem whose summary has it. ``axes`` [A, 384] and ``origin`` [384]
    turn a sentence's vector into A numbers. Words and pairs are looked at again once the sentences' worth is known.
    """

    word: Perceptron
    pair: Perceptron
    sentence: Perceptron
    word_again: Perceptron
    pair_again: Perceptron
    rarity: Floats
    custom: Floats
    axes: Floats
    origin: Floats


@cache
def networks() -> Networks:
    """Load the trained networks.

    Raises:
        ModelUnavailable: the file is missing, or is another one.
    """
    verify(WEIGHTS, WEIGHTS_SHA256)
    return networks_of(load_file(WEIGHTS))


def networks_of(tensors: Mapping[str, Floats]) -> Networks:
    """Put networks together from a file's tensors."""
    return Networks(
        word=Perceptron.named(tensors, "word"),
        pair=Perceptron.named(tensors, "pair"),
        sentence=Perceptron.named(tensors, "sentence"),
        word_again=Perceptron.named(tensors, "word_again"),
        pair_again=Perceptron.named(tensors, "pair_again"),
        rarity=tensors["rarity"],
        custom=tensors["custom"],
        axes=tensors["axes"],
        origin=tensors["origin"],
    )
