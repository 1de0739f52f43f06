"""Lets a sentence that a model wrote pass only where the source bears out its numbers, dates, names, links and negations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.api import Article, Piece, Span, Summary
from models.dates import Timex, TimexType, find_timexes
from models.encoder import Encoder
from models.figures import Quantity, find_quantities
from models.summary.agreement import NAMED_DAY, Days, Numbers
from models.summary.document import count_words
from models.summary.names import Names
from models.summary.polarity import Polarity
from models.summary.roles import Roles
from models.summary.support import Support

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_LINK = re.compile(r"(?:\w+://|www\.|t\.me/)\S+|(?<!\w)@\w{3,}|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}/\S*", re.IGNORECASE)
_LINK_END = ".,;:!?)]}\"'”’"
_SPACED = re.compile(r"([$£€]) (?=\d)")
LEAST_SUPPORT = 0.025
"""Below it a sentence is about something else: of what the rules let pass, 1 in 100 of people's sentences is."""

_DAYS = frozenset({TimexType.DATE, TimexType.TIME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """A summary that passed, and what was wrong with each of a model's sentences that were left out or replaced."""

    summary: Summary
    faults: tuple[str, ...]

    @property
    def refused(self) -> int:
        """How many sentences were."""
        return len(self.faults)


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
        self._source = source
        self._numbers = Numbers(source, sentences, quantities)
        self._days = Days(source, timexes)
        self._names = Names(source)
        self._digits = {_plain(number) for number in _DIGITS.findall(source)}
        told = [source[span.start : span.end] for span in sentences]
        self._polarity = Polarity(told)
        self._roles = Roles(told)
        self._reference = reference

    def fault(self, sentence: str) -> str | None:
        """Name what in ``sentence`` does not stand in the source, None for nothing.

        "link", "number", "date", "name" (absent), "negation" (one says what the other denies), "role" (a name in another's place).
        """
        sentence = _SPACED.sub(r"\1", sentence)
        if any(link.rstrip(_LINK_END) not in self._source for link in _LINK.findall(sentence)):
            return "link"
        return self._miscounted(sentence) or self._misnamed(sentence)

    def _miscounted(self, sentence: str) -> str | None:
        timexes = find_timexes(sentence, self._reference)
        quantities = find_quantities(sentence, timexes=timexes)
        days = [timex.span for timex in timexes if timex.type in _DAYS]
        for quantity in quantities:
            told_as_day = any(day.start <= quantity.span.start < day.end for day in days)  # "two years ago"
            if not told_as_day and not self._numbers.have(quantity, sentence[quantity.surface_span.end :]):
                return "number"
        if any(timex.type in _DAYS and not self._days.have(timex) for timex in timexes):
            return "date"
        covered = [*(one.span for one in quantities), *days]
        for match in NAMED_DAY.finditer(sentence):
            inside = any(span.start <= match.start() < span.end for span in covered)
            if not inside and match.group() not in self._source:
                return "date"
        for match in _DIGITS.finditer(sentence):
            inside = any(span.start <= match.start() < span.end for span in covered)
            if not inside and _plain(match.group()) not in self._digits:
                return "number"
        return None

    def _misnamed(self, sentence: str) -> str | None:
        if self._names.missing(sentence):
            return "name"
        if self._polarity.contradicts(sentence):
            return "negation"
        return "role" if self._roles.misplaced(sentence) else None


def gate_of(article: Article, sentences: Sequence[Span]) -> Gate:
    """The gate of an English article, cut into ``sentences``; its title counts as source, in front of the text."""
    source, spans = _with_title(article, sentences)
    timexes = find_timexes(source, article.reference)
    return Gate(
        source,
        spans,
        quantities=find_quantities(source, timexes=timexes),
        timexes=timexes,
        reference=article.reference,
    )


def support_of(article: Article, sentences: Sequence[Span], encoder: Encoder) -> Support:
    """Measure against an article as :func:`gate_of` checks against it."""
    return Support(*_with_title(article, sentences), encoder)


def _with_title(article: Article, sentences: Sequence[Span]) -> tuple[str, list[Span]]:
    title = article.title or ""
    shift = len(title) + 1
    return f"{title}\n{article.text}", [Span(span.start + shift, span.end + shift) for span in sentences]


def judge(sentences: Sequence[str], check: Gate, support: Support | None) -> list[str | None]:
    """Name the fault of each of N sentences, as :meth:`Gate.fault`, or "support" where the source tells nothing like it.

    Without ``support`` only the rules speak.

    Raises:
        ModelUnavailable: the weights behind ``support`` are missing or damaged.
    """
    faults = [check.fault(sentence) for sentence in sentences]
    if support is None:
        return faults
    scores = support.scores(sentences)
    return [
        "support" if fault is None and score < LEAST_SUPPORT else fault
        for fault, score in zip(faults, scores, strict=True)
    ]


def gate(
    sentences: Sequence[str], check: Gate, extractive: Summary, *, max_words: int, support: Support | None = None
) -> Gated:
    """Keep the sentences that pass; put an extractive one in the place of each that fails, while words are left.

    Args:
        sentences: What a model wrote.
        check: The source's gate.
        extractive: Where replacements come from, and all there is if nothing passes.
        max_words: Upper bound of the summary.
        support: Of the same source.
    """
    spare = iter(extractive.pieces)
    pieces: list[Piece] = []
    faults: list[str] = []
    left = max_words
    for sentence, fault in zip(sentences, judge(sentences, check, support), strict=True):
        if fault is None:
            piece: Piece | None = Piece(text=sentence, spans=())
        else:
            piece = next(spare, None)
            faults.append(fault)
        if piece is None or count_words(piece.text) > left:
            continue
        pieces.append(piece)
        left -= count_words(piece.text)
    return Gated(summary=Summary(pieces=tuple(pieces)) if pieces else extractive, faults=tuple(faults))


def _plain(number: str) -> str:
    return number.replace(",", "")
