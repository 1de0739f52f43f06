"""The default summariser: chooses the sentences a careful editor would, and trims them without touching their sense."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.api import Piece, Span, Summary
from models.summary.choose import Candidate, choose
from models.summary.document import Document, count_words, join_spans
from models.summary.expect import expect
from models.summary.measure import Floats, Measured, stems_of
from models.summary.network import Networks, networks
from models.summary.openings import is_fragment, leans_back
from models.summary.trim import trimmed, without_dateline

_LEAD_BONUS = 0.15
_DATELINES = 3
_SENTENCE_BONUS = 0.2
_FIGURE_BONUS = 0.05


class ExtractiveSummariser:
    """Chooses and trims an article's own sentences. Its networks are loaded on first use.

    Args:
        trained: The networks; None takes those that come with the project.
    """

    def __init__(self, trained: Networks | None = None) -> None:
        self._trained = trained

    def summarise(self, document: Document, *, max_words: int) -> Summary:
        """Summarise one article.

        Args:
            document: The article; any language, any length.
            max_words: Upper bound, 1 to 120.

        Returns:
            Pieces in the order of the text, each a sentence with its spans; empty only where the text has no sentence.

        Raises:
            ModelUnavailable: the networks are missing or damaged.
        """
        if not len(document.vectors):
            return lead(document, max_words=max_words)
        measured = measure(document)
        expected = expect(measured, self._trained or networks())
        candidates = _candidates(document, measured, expected.worth)
        chosen = choose(candidates, expected.words, expected.pairs, max_words=max_words)
        if not chosen:
            return lead(document, max_words=max_words)
        return Summary(pieces=tuple(Piece(text=one.text, spans=one.spans) for one in chosen))


def measure(document: Document) -> Measured:
    """Cut the sentences that have vectors into stems, and look at how each stands."""
    spans = [_span(document, index) for index in range(len(document.vectors))]
    sentences = [document.text[span.start : span.end] for span in spans]
    return Measured(
        sentences=sentences,
        stems=[stems_of(sentence) for sentence in sentences],
        vectors=document.vectors,
        title_stems=frozenset(stems_of(document.title or "")),
        title_vector=document.title_vector,
        leans=[leans_back(sentence) for sentence in sentences],
        fragments=[is_fragment(sentence) for sentence in sentences],
        opens_paragraph=[
            "\n" in document.text[max(0, span.start - 2) : span.start] or not span.start for span in spans
        ],
    )


def _span(document: Document, index: int) -> Span:
    span = document.sentences[index]
    return without_dateline(document.text, span) if index < _DATELINES else span


def _candidates(document: Document, measured: Measured, worth: Floats) -> list[Candidate]:
    found: list[Candidate] = []
    for index, sentence in enumerate(measured.sentences):
        if measured.fragments[index]:
            continue
        spans = trimmed(document.text, _span(document, index))
        text = join_spans(document.text, spans)
        told = max(
            (weight for figure, weight in document.figures if spans[0].start <= figure.start < spans[-1].end),
            default=0.0,
        )
        found.append(
            Candidate(
                index=index,
                spans=spans,
                text=text,
                words=count_words(text),
                leans=leans_back(text) or (measured.leans[index] and text == sentence),
                bonus=_SENTENCE_BONUS * float(worth[index]) + _FIGURE_BONUS * told + (0.0 if found else _LEAD_BONUS),
            )
        )
    return found


def lead(document: Document, *, max_words: int) -> Summary:
    """Take the first sentences, two at most; where the first is too long by itself, its first words."""
    taken: list[Span] = []
    left = max_words
    for span in document.sentences[:2]:
        words = count_words(document.text[span.start : span.end])
        if words > left:
            break
        taken.append(span)
        left -= words
    if not taken and document.sentences:
        start, end = document.sentences[0]
        taken = [Span(start, start + len(_first_words(document.text[start:end], max_words)))]
    return Summary(pieces=tuple(Piece(text=document.text[span.start : span.end], spans=(span,)) for span in taken))


def _first_words(sentence: str, max_words: int) -> str:
    """Keep the first words of a sentence: by bisection over its spaces, or over its characters if it has none."""
    ends: Sequence[int] = [match.start() for match in re.finditer(r"\s+", sentence)]
    if not ends or count_words(sentence[: ends[0]]) > max_words:
        ends = range(1, min(len(sentence), 16 * max_words) + 1)
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if count_words(sentence[: ends[middle]]) <= max_words:
            low = middle
        else:
            high = middle - 1
    return sentence[: ends[low]].rstrip()
