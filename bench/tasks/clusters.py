"""The task ``clusters``: the chance that two texts tell one story, as the desk works it out from their readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.rows import read_pairs
from bot.desk.likeness import chance, sketch
from models.imprint import load_imprinter
from models.reader import EmbeddedReader
from models.topics.filing import whole_text


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "score"}`` for each pair."""
    del examples
    pairs = read_pairs(source)
    articles = {row.id: row.article() for pair in pairs for row in (pair.one, pair.other)}
    filed = EmbeddedReader().filing.vectors(list(articles.values()))
    vectors = dict(zip(articles, filed, strict=True))
    imprinter = load_imprinter()
    sketches = {key: sketch(imprinter.imprint(whole_text(article))) for key, article in articles.items()}
    for pair in pairs:
        one, other = pair.one.id, pair.other.id
        yield {"id": pair.id, "score": chance(sketches[one], sketches[other], float(vectors[one] @ vectors[other]))}
