"""A linear head over vectors: softmax regression, fitted in a second on a few thousand examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors

_STEPS = 300
_RATE = 0.5


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of shape [classes, width] and bias of shape [classes]."""

    weight: Vectors
    bias: Vectors

    def confidences(self, vectors: Vectors) -> Vectors:
        """Score N vectors: float32 of shape [N, classes], each row summing to 1."""
        return softmax(vectors @ self.weight.T + self.bias)


def softmax(logits: Vectors) -> Vectors:
    """Softmax over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    share: Vectors = raised / raised.sum(axis=-1, keepdims=True)
    return share


def fit(vectors: Vectors, labels: npt.NDArray[np.int64], *, classes: int, decay: float = 1e-4) -> Head:
    """Fit a head by accelerated gradient descent from zero; the same input gives the same head.

    Args:
        vectors: Float32 of shape [N, width].
        labels: Integers of shape [N], below ``classes``; classes count the same however many examples they have.
        classes: How many there are.
        decay: L2 penalty on the weights.
    """
    width = vectors.shape[1]
    counts = np.bincount(labels, minlength=classes)
    share = (1 / (np.maximum(counts, 1) * classes))[labels, None].astype(np.float32)
    target = np.eye(classes, dtype=np.float32)[labels]
    weight: Vectors = np.zeros((classes, width), dtype=np.float32)
    bias: Vectors = np.zeros(classes, dtype=np.float32)
    last_weight, last_bias = weight, bias
    rate = _RATE * classes
    for step in range(_STEPS):
        momentum = step / (step + 3)
        ahead_weight = weight + momentum * (weight - last_weight)
        ahead_bias = bias + momentum * (bias - last_bias)
        off = (softmax(vectors @ ahead_weight.T + ahead_bias) - target) * share
        last_weight, last_bias = weight, bias
        weight = (ahead_weight - rate * (off.T @ vectors + decay * ahead_weight)).astype(np.float32)
        bias = (ahead_bias - rate * off.sum(axis=0)).astype(np.float32)
    return Head(weight, bias)
