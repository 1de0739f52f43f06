"""Scores articles for an operator's own topics: by name and description, and by examples where there are any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.api import OwnTopic
from models.encoder import Encoder, Vectors
from models.topics.taught import Taught

# Cosine between an article and a one-line description: below 0.28 the two have nothing to do with each other
# (fifteen topics on eleven articles), at 0.5 nobody doubts. Between two articles of one topic it is higher.
_DESCRIBED_CENTRE = 0.33
_EXAMPLE_CENTRE = 0.4
_STEEPNESS = 16.0
_LEAST_EXAMPLES = 2


class OwnTopics:
    """Scores articles for the topics an operator defined.

    A topic without examples is scored by the cosine to its description. Where two topics or more have two examples
    each at least, these are told apart by what the examples teach; how near the nearest example is says whether the
    article belongs to any of them.
    """

    def __init__(self, topics: Sequence[OwnTopic], encoder: Encoder) -> None:
        self._descriptions = encoder.encode([f"{topic.name}. {topic.description}" for topic in topics])
        places = [place for place, topic in enumerate(topics) if len(topic.examples) >= _LEAST_EXAMPLES]
        self._places = places if len(places) > 1 else []
        self._taught: Taught | None = None
        if self._places:
            texts = [text for place in self._places for text in topics[place].examples]
            labels = [label for label, place in enumerate(self._places) for _ in topics[place].examples]
            self._taught = Taught(texts, encoder.encode(texts), np.array(labels), classes=len(self._places))

    def confidences(self, texts: Sequence[str], vectors: Vectors) -> Vectors:
        """Score N articles, given as text and vector, for T topics: float32 of shape [N, T], 0 to 1."""
        scores = _rising(vectors @ self._descriptions.T, _DESCRIBED_CENTRE)
        if self._taught is not None:
            belongs = _rising(self._taught.nearness(vectors), _EXAMPLE_CENTRE)
            scores[:, self._places] = self._taught.shares(texts, vectors) * belongs[:, None]
        return scores


def _rising(cosine: Vectors, centre: float) -> Vectors:
    risen: Vectors = (1 / (1 + np.exp(-_STEEPNESS * (cosine - centre)))).astype(np.float32)
    return risen
