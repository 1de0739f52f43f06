"""What a reader of articles can be told: sizes, threads, which summariser, which topics of the operator's own."""

from __future__ import annotations

from dataclasses import dataclass

from models.api import OwnTopic
from models.hub import Dtype, HubModel, Quantisation

EXTRACTIVE = "extractive"
"""The default summariser: it chooses and trims the article's own sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSettings:
    """Settings of an ``EmbeddedReader``.

    ``max_words`` bounds a summary (1 to 120); whole sentences fill 75 to about 57 on average. ``threads`` is for the whole process; None leaves torch's choice.
    ``summariser`` is ``extractive``, or the name or local folder of a hub model, at ``summariser_revision``.
    ``topics_model`` is None (own topics are filed by vectors and examples), or the name or local folder of a hub model for
    natural language inference, at ``topics_revision``.
    ``topic_threshold`` is the least confidence (0 to 1) a topic is given with. ``device`` is a torch device. ``dtype`` and
    ``quantisation`` are of the hub models alone.
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
    dtype: Dtype = "float32"
    quantisation: Quantisation = "none"
    batch_size: int = 8

    @property
    def hub_summariser(self) -> HubModel | None:
        """The summariser of the hub, where one is configured."""
        return None if self.summariser == EXTRACTIVE else self._hub(self.summariser, self.summariser_revision)

    @property
    def hub_topics(self) -> HubModel | None:
        """The model of the hub for own topics, where one is configured."""
        return None if self.topics_model is None else self._hub(self.topics_model, self.topics_revision)

    def _hub(self, name: str, revision: str | None) -> HubModel:
        return HubModel(
            name=name, revision=revision, device=self.device, dtype=self.dtype, quantisation=self.quantisation
        )
