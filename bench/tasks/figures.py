"""The task ``figures``: the key figures and deadlines an editor would list, most important first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bench.rows import read_rows
from models.api import Bond, Deadline, FigureKind, KeyFigure, Period, Range, Value
from models.facts import read_facts
from models.figures.key_harm import is_people
from models.sentences import split_sentences

_THRESHOLD: Final = 0.05
"""Chosen on the tune half of the gold set: below it there is little but noise."""

_THRESHOLD_OF_PEOPLE: Final = 0.01
"""Numbers of people are worth more: a long report may count its victims late and in passing."""


def predict(source: Path, *, examples: Path | None = None) -> Iterator[Mapping[str, object]]:
    """Give ``{"id", "figures": [{"label", "kind", "value", "unit", "qualifier", "as_of"}]}`` for each row."""
    del examples
    for row in read_rows(source):
        facts = read_facts(row.text, split_sentences(row.text), row.reference)
        yield {
            "id": row.id,
            "figures": [*map(_figure, filter(_matters, facts.figures)), *map(_deadline, facts.deadlines)],
        }


def _matters(figure: KeyFigure) -> bool:
    """Whether a figure is worth listing."""
    people = figure.kind in {FigureKind.CASUALTIES, FigureKind.TROOPS} or is_people(figure.unit or "")
    return figure.importance >= (_THRESHOLD_OF_PEOPLE if people else _THRESHOLD)


def _figure(figure: KeyFigure) -> dict[str, object]:
    displaced = figure.unit == "displaced"  # the labelled sets count them as people
    return {
        "label": figure.label,
        "kind": FigureKind.COUNT.value if displaced else figure.kind.value,
        "value": _number(figure.value),
        "unit": "people" if displaced else _unit(figure),
        "qualifier": figure.qualifier.value,
        "as_of": _period(figure.as_of) if figure.as_of else None,
        "status": figure.status.value,
        "attribution": figure.attribution,
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    due = deadline.bond is Bond.DEADLINE
    who = deadline.who or ""
    return {
        "label": deadline.what if deadline.what.lower().startswith(who.lower()) else f"{who} {deadline.what}",
        "kind": "deadline" if due else "date",
        "value": _period(deadline.due),
        "unit": None,
        "qualifier": "by" if due else "exact",
        "as_of": None,
    }


def _unit(figure: KeyFigure) -> str | None:
    """The unit as the sets have it: counted nouns as printed, in the plural."""
    last = figure.surface.split()[-1].lower()
    if figure.kind in {FigureKind.COUNT, FigureKind.TROOPS} and figure.unit and last[:2] == figure.unit[:2]:
        return last
    return figure.unit


def _number(value: Value) -> float | list[float]:
    return [float(value.low), float(value.high)] if isinstance(value, Range) else float(value)


def _period(period: Period) -> str:
    return period.start.isoformat() if period.start == period.end else f"{period.start}/{period.end}"
