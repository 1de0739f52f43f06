"""Scores articles for the IPTC Media Topics, and says what is no news, by heads trained on definitions and our own ledes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from models.api import NOT_NEWS, Topic
from models.encoder import Vectors, verify
from models.iptc import media_topics, narrow_topics
from models.topics.head import Head

WEIGHTS = Path(__file__).with_name("media.safetensors")
WEIGHTS_SHA256 = "e8308f4f646549b2d01d55ebeae3eab62717a1ef948bf9ddd9033655816e394b"


NARROW_SHARE = 0.55
"""Share among its siblings from which a topic of the second level is given: right for nine ledes of ten."""

_NOT_NEWS_SHARE = 0.728
_NOT_NEWS_PLAINLY = 0.95
_HARD_CONFIDENCE = 0.5
_SOFT = frozenset({"medtop:01000000", "medtop:08000000", "medtop:10000000"})
"""Arts, human interest, lifestyle: what tips, quizzes and adverts look like. Another topic's news is never doubted lightly."""


class MediaTopics:
    """Scores vectors for the Media Topics.

    Args:
        head: One class for each of ``media_topics()``, in their order.
        narrow: One class for each of ``narrow_topics()``, in their order.
        news: Two classes: news, not news.
        slope: With ``offset``, turns the log-odds of a class's share into those of a desk accepting the topic.
        offset: See ``slope``.
    """

    def __init__(self, head: Head, narrow: Head, news: Head, *, slope: float, offset: float) -> None:
        self.topics = media_topics()
        self._head = head
        self._narrow = narrow
        self._news = news
        self._slope = slope
        self._offset = offset
        self._below = {
            topic.code: [place for place, lower in enumerate(narrow_topics()) if lower.top == topic.code]
            for topic in self.topics
        }

    def confidences(self, vectors: Vectors) -> Vectors:
        """Score N articles for the 17 topics: float32 of shape [N, 17], each the chance that a desk would accept it."""
        share = np.clip(self._head.shares(vectors), 1e-6, 1 - 1e-6)
        odds = self._slope * np.log(share / (1 - share)) + self._offset
        confidence: Vectors = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return confidence

    def narrowed(self, topics: Sequence[Topic], vector: Vectors) -> tuple[Topic, ...]:
        """Give each Media Topic of an article its topic of the second level where that is sure.

        Args:
            topics: Of the first level, as an article was filed under them.
            vector: The article's, of shape [384].
        """
        shares = self._narrow.shares(vector[None])[0]
        return tuple(replace(topic, narrower=self._narrower(topic, shares)) for topic in topics)

    def not_news(self, vectors: Vectors, confidences: Vectors) -> list[Topic | None]:
        """Say which of N articles report nothing: the topic ``NOT_NEWS`` with its confidence, or None.

        Args:
            vectors: Of shape [N, 384].
            confidences: Theirs for the 17 topics; what is surely crime or politics needs more to be no news.
        """
        hard = [place for place, topic in enumerate(self.topics) if topic.code not in _SOFT]
        bounds = np.where(confidences[:, hard].max(axis=1) >= _HARD_CONFIDENCE, _NOT_NEWS_PLAINLY, _NOT_NEWS_SHARE)
        return [
            Topic(code=NOT_NEWS, name="not news", confidence=float(share)) if share >= bound else None
            for share, bound in zip(self._news.shares(vectors)[:, 1], bounds, strict=True)
        ]

    def _narrower(self, topic: Topic, shares: Vectors) -> Topic | None:
        below = self._below[topic.code]
        best = max(below, key=lambda place: float(shares[place]))
        share = float(shares[best] / shares[below].sum())
        lower = narrow_topics()[best]
        return Topic(code=lower.code, name=lower.name, confidence=share) if share >= NARROW_SHARE else None


@cache
def load_media_topics() -> MediaTopics:
    """Load the trained heads.

    Raises:
        ModelUnavailable: the file is missing, or is another one.
    """
    verify(WEIGHTS, WEIGHTS_SHA256)
    tensors = load_file(WEIGHTS)
    slope, offset = tensors["calibration"].tolist()
    head, narrow, news = (
        Head(tensors[f"{name}weight"].astype(np.float32), tensors[f"{name}bias"]) for name in ("", "narrow.", "news.")
    )
    return MediaTopics(head, narrow, news, slope=slope, offset=offset)
