"""Scores articles for an operator's own topics with a zero-shot model of the hub: does the text entail "this is about ..."?"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from models.api import ModelUnavailable, OwnTopic
from models.encoder import Vectors
from models.hub import HubModel, fetch, load
from models.topics.head import softmax

_HYPOTHESIS = "This text is about {name}: {description}"
_MOST_TOKENS = 512


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    tokenizer: Any  # transformers types neither tokenizers nor models usefully
    model: Any
    entailment: int
    contradiction: int | None
    max_tokens: int


class EntailedTopics:
    """Scores articles by natural language inference (Yin et al. 2019, "Benchmarking Zero-shot Text Classification").

    Loads the model on first use; one thread at a time. Weights are read from safetensors alone, and no code that comes
    with a model is run.

    Args:
        model: A model such as "facebook/bart-large-mnli", and how it is run.
        batch_size: Pairs of text and topic read at once.
    """

    def __init__(self, model: HubModel, *, batch_size: int = 8) -> None:
        self._model = model
        self._batch_size = batch_size
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    @property
    def revision(self) -> str:
        """Names the model and its revision."""
        return self._model.called

    def warm(self) -> None:
        """Load the model now.

        Raises:
            ModelUnavailable: it cannot be had, has no safetensors, wants to run its own code, or tells no entailment.
        """
        with self._lock:
            self._parts()

    def confidences(self, texts: Sequence[str], topics: Sequence[OwnTopic]) -> Vectors:
        """Score N texts for T topics: float32 of shape [N, T], each the chance that the text entails the topic.

        Where the model knows contradiction, the chance is that of entailment against it alone, as is usual.
        """
        import torch  # noqa: PLC0415 - needed only where a model is configured

        claims = [_HYPOTHESIS.format(name=topic.name, description=topic.description) for topic in topics]
        pairs = [(text, claim) for text in texts for claim in claims]
        chances = np.zeros(len(pairs), dtype=np.float32)
        order = sorted(range(len(pairs)), key=lambda place: len(pairs[place][0]))
        with self._lock, torch.inference_mode():
            loaded = self._parts()
            for start in range(0, len(order), self._batch_size):
                batch = order[start : start + self._batch_size]
                encoded = loaded.tokenizer(
                    [pairs[place][0] for place in batch],
                    [pairs[place][1] for place in batch],
                    truncation="only_first",
                    max_length=loaded.max_tokens,
                    padding=True,
                    return_tensors="pt",
                ).to(loaded.model.device)
                chances[batch] = _chances(loaded, loaded.model(**encoded).logits.float().cpu().numpy())
        return chances.reshape(len(texts), len(topics))

    def _parts(self) -> _Loaded:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> _Loaded:
        import transformers  # noqa: PLC0415 - slow to import, and needed only where a model is configured

        folder = fetch(self._model.name, self._model.revision, progress=sys.stderr.isatty())
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder), trust_remote_code=False)
            model = load(self._model, transformers.AutoModelForSequenceClassification, folder)
        except (OSError, ValueError, ImportError, KeyError, RuntimeError) as error:
            raise self._unavailable(str(error)) from error
        labels = {str(label).casefold(): int(place) for place, label in model.config.id2label.items()}
        entailment = next((place for label, place in labels.items() if label.startswith("entail")), None)
        if entailment is None:
            raise self._unavailable(f"none of its labels is entailment: {', '.join(sorted(labels))}")
        return _Loaded(
            tokenizer=tokenizer,
            model=model,
            entailment=entailment,
            contradiction=next((place for label, place in labels.items() if label.startswith("contra")), None),
            max_tokens=min(int(tokenizer.model_max_length), _MOST_TOKENS),
        )

    def _unavailable(self, reason: str) -> ModelUnavailable:
        return ModelUnavailable(
            "topics_model_unavailable",
            f"The topics model {self._model.name} cannot be loaded: {reason}. It must be a model for natural language inference "
            "with safetensors. Leave topics_model out to file own topics by vectors.",
            topics_model=self._model.name,
            revision=self._model.revision,
        )


def _chances(loaded: _Loaded, logits: Vectors) -> Vectors:
    others = [place for place in range(logits.shape[1]) if place != loaded.entailment]
    against = others if loaded.contradiction is None else [loaded.contradiction]
    return softmax(logits[:, [loaded.entailment, *against]])[:, 0]
