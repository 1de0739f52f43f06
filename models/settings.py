"""What a reader of articles can be told: sizes, threads, which summariser, which topics of the operator's own."""

from __future__ import annotations

from dataclasses import dataclass

from models.api import OwnTopic

EXTRACTIVE = "extractive"
"""The default summariser: it chooses and trims the article's own sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettings:
    """Settings of an ``EmbeddedReader``.

    ``max_words`` bounds a summary (1 to 120); whole sentences fill 75 to about 57 on average. ``threads`` is for the whole process; None leaves torch's choice.
    ``summariser`` is ``extractive``, or the name or local folder of a hub model, at ``summariser_revision``.
    ``topics_model`` is None (own topics are filed by vectors and examples), or the name or local folder of a hub model for
    natural language inference, at ``topics_revision``.
    ``topic_threshold`` is the least confidence (0 to 1) a topic is given with. ``device`` is a torch device.
    ``batch_size`` is the number of articles a hub model writes about at once.
    """

    max_words: int = 75
    threads: int | None = None
    summariser: str = EXTRACTIVE
    summariser_revision: str | None = None
    own_topics: tuple[OwnTopic, ...] = ()
    topics_model: str | None = None
    topics_revision: str | None = None
    topic_threshold: float = 0.3
    device: str = "cpu"
    batch_size: int = 8
