"""Lets a sentence that a model wrote pass only where its numbers, dates, names and negations stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.api import Article, Piece, Span, Summary
from models.dates import Timex, TimexType, find_timexes
from models.figures import Quantity, find_quantities
from models.summary.agreement import Days, Numbers
from models.summary.document import count_words
from models.summary.names import Names
from models.summary.polarity import Polarity
from models.summary.roles import Roles

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_SPACED = re.compile(r"([$£€]) (?=\d)")
_DAYS = frozenset({TimexType.DATE, TimexType.TIME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """A summary that passed, and how many of a model's sentences were left out or replaced."""

    summary: Summary
    refused: int


class Gate:
    """Checks sentences against one source.

    Numbers are compared as quantities, not as strings: "2.5 thousand troops" is 2,500 troops, and 2,500 contractors are
    not. A date must be a date of the source; every word of a name must stand in it.

    Args:
        source: The text a summary must follow, the title included.
        sentences: Spans of its sentences.
        quantities: Of the source.
        timexes: Of the source.
        reference: The day the source speaks on.
    """

    def __init__(
        self,
        source: str,
        sentences: Sequence[Span],
        *,
        quantities: Sequence[Quantity],
        timexes: Sequence[Timex],
        reference: date,
    ) -> None:
        self._numbers = Numbers(source, sentences, quantities)
        self._days = Days(source, timexes)
        self._names = Names(source)
        self._digits = {_plain(number) for number in _DIGITS.findall(source)}
        told = [source[span.start : span.end] for span in sentences]
        self._polarity = Polarity(told)
        self._roles = Roles(told)
        self._reference = reference

    def fault(self, sentence: str) -> str | None:
        """Name what in ``sentence`` does not stand in the source: "number", "date", "name", "negation"; None for nothing."""
        sentence = _SPACED.sub(r"\1", sentence)
        timexes = find_timexes(sentence, self._reference)
        quantities = find_quantities(sentence, timexes=timexes)
        days = [timex.span for timex in timexes if timex.type in _DAYS]
        for quantity in quantities:
            told_as_day = any(day.start <= quantity.span.start < day.end for day in days)  # "two years ago"
            if not told_as_day and not self._numbers.have(quantity, sentence[quantity.surface_span.end :]):
                return "number"
        if any(timex.type in _DAYS and not self._days.have(timex) for timex in timexes):
            return "date"
        covered = [*(one.span for one in quantities), *(one.span for one in timexes)]
        for match in _DIGITS.finditer(sentence):
            inside = any(span.start <= match.start() < span.end for span in covered)
            if not inside and _plain(match.group()) not in self._digits:
                return "number"
        if self._names.missing(sentence):
            return "name"
        if self._polarity.contradicts(sentence):
            return "negation"
        return "role" if self._roles.misplaced(sentence) else None


def gate_of(article: Article, sentences: Sequence[Span]) -> Gate:
    """The gate of an English article, cut into ``sentences``; its title counts as source, in front of the text."""
    title = article.title or ""
    source = f"{title}\n{article.text}"
    timexes = find_timexes(source, article.reference)
    return Gate(
        source,
        [Span(span.start + len(title) + 1, span.end + len(title) + 1) for span in sentences],
        quantities=find_quantities(source, timexes=timexes),
        timexes=timexes,
        reference=article.reference,
    )


def gate(sentences: Iterable[str], check: Gate, extractive: Summary, *, max_words: int) -> Gated:
    """Keep the sentences that pass; put an extractive one in the place of each that fails, while words are left.

    Args:
        sentences: What a model wrote.
        check: The source's gate.
        extractive: Where replacements come from, and all there is if nothing passes.
        max_words: Upper bound of the summary.
    """
    spare = iter(extractive.pieces)
    pieces: list[Piece] = []
    refused = 0
    left = max_words
    for sentence in sentences:
        passed = check.fault(sentence) is None
        piece = Piece(text=sentence, spans=()) if passed else next(spare, None)
        refused += not passed
        if piece is None or count_words(piece.text) > left:
            continue
        pieces.append(piece)
        left -= count_words(piece.text)
    return Gated(summary=Summary(pieces=tuple(pieces)) if pieces else extractive, refused=refused)


def _plain(number: str) -> str:
    return number.replace(",", "")
