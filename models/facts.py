"""Reads all figures and deadlines off a text in one pass over one list of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.api import Deadline, KeyFigure, Span
from models.dates import Timex, find_deadlines, find_timexes
from models.figures import Quantity, find_quantities
from models.figures.key import find_figures
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
    return Facts(
        figures=tuple(find_figures(text, sentences, quantities, timexes, reference, tokens=tokens)),
        deadlines=tuple(find_deadlines(text, sentences, timexes, reference, tokens=tokens)),
        quantities=tuple(quantities),
        timexes=tuple(timexes),
    )
