"""The task ``consistency``: how far an article bears out a summary that some system wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.rows import read_claims
from models.encoder import Encoder
from models.sentences import split_sentences
from models.summary.support import Support


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "score"}`` for each row: the mean of the sentences of its summary."""
    del examples
    encoder = Encoder()
    known: tuple[str, Support] | None = None
    for row in read_claims(source):
        if known is None or known[0] != row.text:
            known = row.text, Support(row.text, split_sentences(row.text), encoder)
        scores = known[1].scores([row.claim[slice(*span)] for span in split_sentences(row.claim)])
        yield {"id": row.id, "score": sum(scores) / len(scores) if scores else 0.0}
