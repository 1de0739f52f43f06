"""The task ``timex``: every time expression of an article, in TIMEX3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bench.rows import read_rows
from models.dates import find_timexes


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "timexes": [{"start", "end", "type", "value"}]}`` for each row."""
    del examples
    for row in read_rows(source):
        yield {"id": row.id, "timexes": found_in(row.text, row.reference)}


def found_in(text: str, reference: date) -> list[dict[str, object]]:
    """The time expressions of a text, as the scorer wants them."""
    return [
        {"start": one.span.start, "end": one.span.end, "type": str(one.type), "value": one.value}
        for one in find_timexes(text, reference)
    ]
