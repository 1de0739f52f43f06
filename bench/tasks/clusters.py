"""The task ``clusters``: the chance that two texts tell one story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.rows import Row, read_pairs
from models.likeness import load_likeness
from models.reader import EmbeddedReader


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "score"}`` for each pair."""
    del examples
    pairs = read_pairs(source)
    rows = {row.id: row for pair in pairs for row in (pair.one, pair.other)}
    filed = EmbeddedReader().filing.vectors([row.article() for row in rows.values()])
    places = {key: place for place, key in enumerate(rows)}
    chances = load_likeness().chances(
        [(_text(pair.one), _text(pair.other)) for pair in pairs],
        filed[[places[pair.one.id] for pair in pairs]],
        filed[[places[pair.other.id] for pair in pairs]],
    )
    for pair, chance in zip(pairs, chances, strict=True):
        yield {"id": pair.id, "score": chance}


def _text(row: Row) -> str:
    return "\n".join(filter(None, (row.title, row.text)))
