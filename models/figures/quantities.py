"""Finds every quantity of an English text: the way from numerals to quantities with unit, bound and movement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from models.api import Span
from models.figures.assembly import assemble, lend_units
from models.figures.drafting import draft
from models.figures.drafts import Draft
from models.figures.linking import pair_up
from models.figures.movement import link, share_bounds
from models.figures.neighbours import (
    drop_leaders,
    drop_neighbours,
    drop_scores,
    merge_ratios,
    share_ages,
    share_lists,
    share_votes,
)
from models.figures.number_table import STARTERS
from models.figures.numerals import read_numeral
from models.figures.quantity import Quantity
from models.tokens import Kind, Token, tokenize

_MILLIONS_REACH = 20


class Timed(Protocol):
    """A time expression: what the dates' finder returns."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...

    @property
    def type(self) -> str:
        """DATE, TIME, DURATION or SET."""
        ...


def find_quantities(
    text: str, *, tokens: Sequence[Token] | None = None, timexes: Iterable[Timed] = ()
) -> list[Quantity]:
    """Every quantity of a text, in the order it is written. Linear in the length of the text.

    Args:
        text: English text of any length; other languages give little.
        tokens: ``tokenize(text)`` where it is at hand.
        timexes: Time expressions of the text; numbers inside dates and clock times are no quantities, unless a length
            of time is said with them ("two years ago").

    Returns:
        Quantities by the conventions of NewsQuant (Almasian et al. 2023), each with the spans it was read from.
    """
    tokens = tokenize(text) if tokens is None else tokens
    drafts = _drafts(tokens, text)
    if not drafts:
        return []
    _drop_timed(drafts, tokens, timexes)
    drop_neighbours(drafts, tokens)
    drop_leaders(drafts, tokens)
    drop_scores(drafts, tokens)
    drafts = merge_ratios(drafts, tokens)
    share_lists(drafts, tokens)
    share_ages(drafts, tokens)
    share_votes(drafts, tokens)
    items = pair_up(drafts, tokens)
    found = [assemble(item, tokens, text) for item in items]
    lend_units(found, items, tokens, text)
    share_bounds(found, items, tokens)
    link(found, items, tokens)
    return found


def _drafts(tokens: Sequence[Token], text: str) -> list[Draft]:
    drafts: list[Draft] = []
    i, n, millions = 0, len(tokens), 0
    while i < n:
        token = tokens[i]
        if token.kind is not Kind.NUMBER and token.lower not in STARTERS:
            i += 1
            continue
        numeral = read_numeral(tokens, i, text)
        if numeral is None:
            i += 1
            continue
        made = draft(tokens, numeral, text, millions=i < millions)
        drafts.append(made)
        if made.numeral.glued_scale == "m" and not made.dropped:
            millions = made.stop + _MILLIONS_REACH
        i = max(made.numeral.stop, made.consumed)
    return drafts


def _drop_timed(drafts: Sequence[Draft], tokens: Sequence[Token], timexes: Iterable[Timed]) -> None:
    """Drop numbers inside dates and clock times."""
    spans = sorted((t.span for t in timexes if t.type in {"DATE", "TIME"}), key=lambda span: span[0])
    k = 0
    for made in drafts:
        start = tokens[made.numeral.first].start
        while k < len(spans) and spans[k][1] <= start:
            k += 1
        if k < len(spans) and spans[k][0] <= start and not made.explicit and made.noun is None:
            made.dropped = made.dropped or "date"
