"""The task ``topics``: Media Topics by name, or own topics made from labelled examples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from bench.rows import read_examples, read_rows
from models.api import OwnTopic
from models.reader import EmbeddedReader
from models.settings import ReaderSettings

_BATCH = 128
_THRESHOLD = ReaderSettings().topic_threshold


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "labels"}`` for each row, the best label first; never none."""
    own = _own_topics(examples) if examples else ()
    filing = EmbeddedReader(ReaderSettings(own_topics=own)).filing
    rows = iter(read_rows(source))
    while batch := list(islice(rows, _BATCH)):
        articles = [row.article() for row in batch]
        vectors = filing.vectors(articles)
        filed = (
            filing.own(articles, vectors, threshold=_THRESHOLD, at_least=1)
            if own
            else filing.media(vectors, threshold=_THRESHOLD, at_least=1)
        )
        for row, topics in zip(batch, filed, strict=True):
            yield {"id": row.id, "labels": [topic.name for topic in topics]}


def _own_topics(examples: Path) -> tuple[OwnTopic, ...]:
    texts = defaultdict(list)
    for example in read_examples(examples):
        texts[example.label].append(example.text)
    return tuple(
        OwnTopic(code=f"own:{number}", name=label, description=label, examples=tuple(given))
        for number, (label, given) in enumerate(sorted(texts.items()))
    )
