"""An operator's own topics: by the vector of name and description, and by a small head once there are examples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.api import OwnTopic
from models.encoder import Encoder, Vectors
from models.topics.head import Head, fit

# Cosine between an article and a one-line description: below 0.28 the two have nothing to do with each other
# (fifteen topics on eleven articles), at 0.5 nobody doubts.
_COSINE_CENTRE = 0.33
_COSINE_SCALE = 16.0
_LEAST_EXAMPLES = 2


class OwnTopics:
    """Scores articles for topics an operator defined.

    A topic without examples is scored by the cosine to its description alone. Where two topics or more have at least
    two examples each, a head is fitted on those and decides among them.
    """

    def __init__(self, topics: Sequence[OwnTopic], encoder: Encoder) -> None:
        self._topics = tuple(topics)
        self._descriptions = encoder.encode([f"{topic.name}. {topic.description}" for topic in topics])
        taught = [index for index, topic in enumerate(topics) if len(topic.examples) >= _LEAST_EXAMPLES]
        self._taught = taught if len(taught) > 1 else []
        self._head = self._fit(encoder) if self._taught else None

    def _fit(self, encoder: Encoder) -> Head:
        texts = [text for index in self._taught for text in self._topics[index].examples]
        labels = [place for place, index in enumerate(self._taught) for _ in self._topics[index].examples]
        return fit(encoder.encode(texts), np.array(labels), classes=len(self._taught))

    def confidences(self, vectors: Vectors) -> Vectors:
        """Score N articles for T topics: float32 of shape [N, T], 0 to 1."""
        cosine = vectors @ self._descriptions.T
        scores: Vectors = (1 / (1 + np.exp(-_COSINE_SCALE * (cosine - _COSINE_CENTRE)))).astype(np.float32)
        if self._head is not None:
            scores[:, self._taught] = self._head.shares(vectors)
        return scores
