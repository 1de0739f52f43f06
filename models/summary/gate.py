"""Lets a sentence that a model wrote pass only where its numbers, dates, names and negations stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.api import Piece, Range, Span, Summary
from models.dates import Timex, TimexType, find_timexes
from models.figures import Quantity, find_quantities
from models.figures.quantity import SYMBOLS
from models.summary.document import count_words
from models.summary.measure import stems_of

_NAME = re.compile(r"\b[A-Z][\w’'.-]*\w|\b[A-Z]\b")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W_]+")
_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|nobody|nothing|without|cannot)\b|n[’']t\b", re.IGNORECASE)
_SAME_SENTENCE = 0.6
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
        self._quantities = list(_with_parts(quantities))
        self._values = {timex.value for timex in timexes}
        self._periods = {timex.period for timex in timexes if timex.period}
        self._words = {word.lower() for word in _WORD.findall(source)}
        self._digits = {_plain(number) for number in _DIGITS.findall(source)}
        self._sentences = [source[span.start : span.end] for span in sentences]
        self._stems = [frozenset(stems_of(sentence)) for sentence in self._sentences]
        self._reference = reference

    def fault(self, sentence: str) -> str | None:
        """Name what in ``sentence`` does not stand in the source: "number", "date", "name", "negation"; None for nothing."""
        timexes = find_timexes(sentence, self._reference)
        quantities = find_quantities(sentence, timexes=timexes)
        if any(not self._has(quantity) for quantity in quantities):
            return "number"
        if any(timex.type in _DAYS and not self._has_day(timex) for timex in timexes):
            return "date"
        covered = [*(one.span for one in quantities), *(one.span for one in timexes)]
        for match in _DIGITS.finditer(sentence):
            inside = any(span.start <= match.start() < span.end for span in covered)
            if not inside and _plain(match.group()) not in self._digits:
                return "number"
        if any(not self._names(name) for name in _names_of(sentence)):
            return "name"
        return "negation" if self._negated_otherwise(sentence) else None

    def _has(self, quantity: Quantity) -> bool:
        return any(_agree(quantity, known) for known in self._quantities)

    def _has_day(self, timex: Timex) -> bool:
        return timex.value in self._values or (timex.period is not None and timex.period in self._periods)

    def _names(self, name: str) -> bool:
        return all(word.lower() in self._words for word in _WORD.findall(re.sub(r"[’']s$", "", name)))

    def _negated_otherwise(self, sentence: str) -> bool:
        stems = frozenset(stems_of(sentence))
        if not stems or not self._stems:
            return False
        shared, place = max((len(stems & known), -place) for place, known in enumerate(self._stems))
        if shared < _SAME_SENTENCE * len(stems):
            return False
        told = self._sentences[-place]
        return bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(told)) and shared >= 0.5 * len(
            self._stems[-place]
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


def _agree(one: Quantity, other: Quantity) -> bool:
    if not _equal(one.value, other.value) or one.kind != other.kind or one.currency != other.currency:
        return False
    if one.noun and other.noun and one.noun != other.noun:
        return False
    return _bound(one) == _bound(other)


def _bound(quantity: Quantity) -> str:
    """Take bounds together that editors take together: none and "about", "at least" and "more than"."""
    return {"=": "about", "~": "about", ">": "at least", "<": "up to"}.get(SYMBOLS[quantity.qualifier], "about")


def _equal(one: Decimal | Range, other: Decimal | Range) -> bool:
    if isinstance(one, Range) and isinstance(other, Range):
        return (one.low, one.high) == (other.low, other.high)
    return one == other


def _with_parts(quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    for quantity in quantities:
        yield quantity
        if quantity.ends:
            yield from quantity.ends
        yield from filter(None, (quantity.origin, quantity.by))


def _names_of(sentence: str) -> Iterator[str]:
    """Capitalised words, the first of the sentence only where it is part of a longer name."""
    for match in _NAME.finditer(sentence):
        first = not sentence[: match.start()].strip("\"'“‘( ")
        if not first or re.match(r"\s[A-Z]", sentence[match.end() :]):
            yield match.group()


def _plain(number: str) -> str:
    return number.replace(",", "")
