"""Files articles under the 17 top-level IPTC Media Topics."""

from __future__ import annotations

import numpy as np

from models.encoder import Encoder, Vectors
from models.iptc import media_topics

_COSINE_CENTRE = 0.2
_COSINE_SCALE = 16.0


class MediaTopics:
    """Scores articles for the Media Topics by the cosine to their definitions."""

    def __init__(self, encoder: Encoder) -> None:
        self.topics = media_topics()
        self._definitions = encoder.encode([f"{topic.name}. {topic.definition}" for topic in self.topics])

    def confidences(self, vectors: Vectors) -> Vectors:
        """Score N articles for the 17 topics: float32 of shape [N, 17], 0 to 1."""
        cosine = vectors @ self._definitions.T
        scores: Vectors = (1 / (1 + np.exp(-_COSINE_SCALE * (cosine - _COSINE_CENTRE)))).astype(np.float32)
        return scores
