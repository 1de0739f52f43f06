"""A linear head over vectors: softmax regression, fitted in a second on a few thousand examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors

_STEPS = 400
_RATE = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Weights of shape [classes, width] and bias of shape [classes]."""

    weight: Vectors
    bias: Vectors

    def shares(self, vectors: Vectors) -> Vectors:
        """Share one out among the classes: float32 of shape [N, classes], each row summing to 1."""
        return softmax(vectors @ self.weight.T + self.bias)


def softmax(logits: Vectors) -> Vectors:
    """Softmax over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    share: Vectors = raised / raised.sum(axis=-1, keepdims=True)
    return share


def fit(
    vectors: Vectors,
    labels: npt.NDArray[np.int64],
    *,
    classes: int,
    weights: Vectors | None = None,
    decay: float = 3e-4,
) -> Head:
    """Fit a head by accelerated gradient descent from zero; the same input gives the same head.

    Args:
        vectors: Float32 of shape [N, width], of unit length.
        labels: Integers of shape [N], below ``classes``; classes count the same however many examples they have.
        classes: How many there are.
        weights: How much each example counts, shape [N]; None for all the same.
        decay: L2 penalty on the weights.
    """
    each = np.ones(len(labels), dtype=np.float32) if weights is None else weights
    total = np.bincount(labels, weights=each, minlength=classes)
    share = (each / (np.maximum(total, 1e-9)[labels] * classes))[:, None].astype(np.float32)
    target = np.eye(classes, dtype=np.float32)[labels]
    weight: Vectors = np.zeros((classes, vectors.shape[1]), dtype=np.float32)
    bias: Vectors = np.zeros(classes, dtype=np.float32)
    last_weight, last_bias = weight, bias
    for step in range(_STEPS):
        momentum = step / (step + 3)
        ahead_weight = weight + momentum * (weight - last_weight)
        ahead_bias = bias + momentum * (bias - last_bias)
        off = (softmax(vectors @ ahead_weight.T + ahead_bias) - target) * share
        last_weight, last_bias = weight, bias
        weight = (ahead_weight - _RATE * (off.T @ vectors + decay * ahead_weight)).astype(np.float32)
        bias = (ahead_bias - _RATE * off.sum(axis=0)).astype(np.float32)
    return Head(weight, bias)
