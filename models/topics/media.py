"""Scores articles for the 17 top-level IPTC Media Topics, by a head trained on the IPTC's definitions and our own ledes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from models.encoder import Vectors, verify
from models.iptc import media_topics
from models.topics.head import Head

WEIGHTS = Path(__file__).with_name("media.safetensors")
WEIGHTS_SHA256 = "3fd6210763a1b801213496b42b288ad2da396b6271249113e96a885b0653bec4"


class MediaTopics:
    """Scores vectors for the Media Topics.

    Args:
        head: One class for each of ``media_topics()``, in their order.
        slope: With ``offset``, turns the log-odds of a class's share into those of a desk accepting the topic.
        offset: See ``slope``.
    """

    def __init__(self, head: Head, *, slope: float, offset: float) -> None:
        self.topics = media_topics()
        self._head = head
        self._slope = slope
        self._offset = offset

    def confidences(self, vectors: Vectors) -> Vectors:
        """Score N articles for the 17 topics: float32 of shape [N, 17], each the chance that a desk would accept it."""
        share = np.clip(self._head.shares(vectors), 1e-6, 1 - 1e-6)
        odds = self._slope * np.log(share / (1 - share)) + self._offset
        confidence: Vectors = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return confidence


@cache
def load_media_topics() -> MediaTopics:
    """Load the trained head.

    Raises:
        ModelUnavailable: the file is missing, or is another one.
    """
    verify(WEIGHTS, WEIGHTS_SHA256)
    tensors = load_file(WEIGHTS)
    slope, offset = tensors["calibration"].tolist()
    return MediaTopics(Head(tensors["weight"], tensors["bias"]), slope=slope, offset=offset)
