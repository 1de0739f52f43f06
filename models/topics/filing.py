"""Files articles under topics: article to vector, vector to the IPTC's topics and the operator's own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from models.api import Article, OwnTopic, Topic
from models.encoder import Encoder, Vectors
from models.topics.media import MediaTopics, load_media_topics
from models.topics.nli import EntailedTopics
from models.topics.own import OwnTopics

ARTICLE_TOKENS = 256
_MOST = 3


class Filing:
    """Files articles. Topics are embedded, and heads fitted, on first use; may be shared by threads.

    Args:
        encoder: Embeds articles and descriptions.
        own_topics: The operator's own topics.
        entailed: Scores own topics instead of the vectors, where a model is configured for it.
    """

    def __init__(
        self, encoder: Encoder, own_topics: Sequence[OwnTopic] = (), *, entailed: EntailedTopics | None = None
    ) -> None:
        self._encoder = encoder
        self._own_topics = tuple(own_topics)
        self._entailed = entailed
        self._lock = threading.Lock()

    def vectors(self, articles: Sequence[Article]) -> Vectors:
        """Embed N articles by title and beginning: float32 of shape [N, 384], rows of length 1 (0 for a blank one)."""
        return self._encoder.encode([whole_text(article) for article in articles], max_tokens=ARTICLE_TOKENS)

    def media(self, vectors: Vectors, *, threshold: float, at_least: int = 0) -> list[tuple[Topic, ...]]:
        """File N articles under the IPTC topics they reach ``threshold`` for, best first, three at most.

        What is no news is filed under ``NOT_NEWS`` alone, unless a topic has to be given.

        Args:
            vectors: As :meth:`vectors` gives them.
            threshold: The least confidence, 0 to 1.
            at_least: So many are given even below the threshold.
        """
        media = self._media
        names = [(topic.code, topic.name) for topic in media.topics]
        confidences = media.confidences(vectors)
        return [
            (idle,)
            if idle is not None and not at_least
            else media.narrowed(_best(names, scores, threshold, at_least), vector)
            for vector, scores, idle in zip(vectors, confidences, media.not_news(vectors, confidences), strict=True)
        ]

    def own(
        self, articles: Sequence[Article], vectors: Vectors, *, threshold: float, at_least: int = 0
    ) -> list[tuple[Topic, ...]]:
        """File N articles under the operator's own topics; as :meth:`media`."""
        if not self._own_topics:
            return [()] * len(vectors)
        texts = [whole_text(article) for article in articles]
        names = [(topic.code, topic.name) for topic in self._own_topics]
        confidences = (
            self._own.confidences(texts, vectors)
            if self._entailed is None
            else self._entailed.confidences(texts, self._own_topics)
        )
        return [_best(names, scores, threshold, at_least) for scores in confidences]

    def warm(self) -> None:
        """Embed the topics and fit the heads now."""
        _ = self._media
        if self._own_topics and self._entailed is not None:
            self._entailed.warm()
        elif self._own_topics:
            _ = self._own

    @property
    def _media(self) -> MediaTopics:
        return load_media_topics()

    @cached_property
    def _own(self) -> OwnTopics:
        with self._lock:
            return OwnTopics(self._own_topics, self._encoder)


def whole_text(article: Article) -> str:
    """The title and the text of an article, as they are embedded."""
    return "\n".join(filter(None, (article.title, article.text)))


def _best(names: Sequence[tuple[str, str]], scores: Vectors, threshold: float, at_least: int) -> tuple[Topic, ...]:
    order = np.argsort(-scores, kind="stable")[:_MOST]
    return tuple(
        Topic(code=names[index][0], name=names[index][1], confidence=float(scores[index]))
        for rank, index in enumerate(order)
        if scores[index] >= threshold or rank < at_least
    )
