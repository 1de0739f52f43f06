"""Reads all figures and deadlines off a text in one pass over one list of tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.api import Deadline, FigureKind, KeyFigure, Span
from models.dates import Timex, find_deadlines, find_timexes
from models.figures import Quantity, find_quantities
from models.figures.key import find_figures
from models.figures.key_scene import Scene
from models.matters import told_in_full
from models.tokens import tokenize


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a text says in numbers and days: the figures and deadlines, and what they were made of."""

    figures: tuple[KeyFigure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    timexes: tuple[Timex, ...] = ()


def read_facts(text: str, sentences: Sequence[Span], reference: date) -> Facts:
    """Read the facts of an English text.

    Args:
        text: The article's text, any text; nothing in it raises.
        sentences: ``split_sentences(text)``.
        reference: The day the text speaks on.

    Returns:
        Figures and deadlines in the order of the text; sort by ``importance`` for a box. Linear in its length.
    """
    tokens = tokenize(text)
    timexes = find_timexes(text, reference, tokens=tokens)
    quantities = find_quantities(text, tokens=tokens, timexes=timexes)
    figures = find_figures(text, sentences, quantities, timexes, reference, tokens=tokens)
    deadlines = find_deadlines(text, sentences, timexes, reference, tokens=tokens)
    named = told_in_full(deadlines, Scene(text, tokens, sentences, timexes, reference))
    return Facts(
        figures=tuple(_without_terms(figures, deadlines)),
        deadlines=tuple(named),
        quantities=tuple(quantities),
        timexes=tuple(timexes),
    )


def _without_terms(figures: Sequence[KeyFigure], deadlines: Sequence[Deadline]) -> list[KeyFigure]:
    """The figures without the lengths of time that are told as deadlines already: "within 72 hours"."""
    terms = sorted(deadline.span for deadline in deadlines)
    return [figure for figure in figures if figure.kind is not FigureKind.DURATION or not _inside(figure.span, terms)]


def _inside(span: Span, terms: Sequence[Span]) -> bool:
    k = bisect_right(terms, span.end, key=lambda term: term.start) - 1
    return k >= 0 and terms[k].start < span.end and span.start < terms[k].end
