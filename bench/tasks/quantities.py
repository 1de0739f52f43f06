"""The task ``quantities``: every quantity of a sentence, in the conventions of the NewsQuant set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from bench.rows import read_rows
from models.api import Range, Value
from models.figures import find_quantities


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "quantities": [{"value", "unit", "change"}]}`` for each row."""
    del examples
    for row in read_rows(source):
        yield {"id": row.id, "quantities": found_in(row.text)}


def found_in(text: str) -> list[dict[str, object]]:
    """The quantities of a text, as the scorer wants them."""
    return [{"value": _number(one.value), "unit": one.unit, "change": one.change} for one in find_quantities(text)]


def _number(value: Value) -> float | list[float]:
    return [float(value.low), float(value.high)] if isinstance(value, Range) else float(Decimal(value))
