"""The default summariser: chooses the sentences a careful editor would, and trims them without touching their sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.api import Piece, Span, Summary
from models.summary.document import Document, count_words, join_spans
from models.summary.openings import is_fragment, leans_back

_READ = 40
_MOST_SENTENCES = 4
_DATELINE = re.compile(
    r"(?:[A-Z][\w.'’,/ -]{1,50})?\((?:[A-Z][\w.&' -]{1,30})\)\s*(?:--|[-–—:])?\s*|[A-Z][A-Z.'’ -]{2,30}(?:,[\w.'’ ]{2,25})?\s+(?:--|[–—])\s+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be chosen, as it would be printed."""

    index: int
    spans: tuple[Span, ...]
    text: str
    words: int
    leans: bool


class ExtractiveSummariser:
    """Chooses and trims an article's own sentences; needs no weights of its own."""

    def summarise(self, document: Document, *, max_words: int) -> Summary:
        """Summarise one article.

        Args:
            document: The article; any language, any length.
            max_words: Upper bound, 1 to 120.

        Returns:
            Pieces in the order of the text, each a sentence with its spans; empty only where the text has no sentence.
        """
        candidates = _candidates(document)
        chosen = _choose(document, candidates, max_words) if candidates else ()
        if not chosen:
            return _first_words(document, max_words)
        return Summary(pieces=tuple(Piece(text=one.text, spans=one.spans) for one in chosen))


def _candidates(document: Document) -> list[Candidate]:
    found = []
    for index in range(min(_READ, len(document.vectors))):
        span = document.sentences[index]
        sentence = document.sentence(index)
        if index == 0:
            match = _DATELINE.match(sentence)
            if match and match.end() < len(sentence):
                span = Span(span.start + match.end(), span.end)
                sentence = document.text[span.start : span.end]
        if is_fragment(sentence):
            continue
        found.append(
            Candidate(
                index=index,
                spans=(span,),
                text=join_spans(document.text, (span,)),
                words=count_words(sentence),
                leans=leans_back(sentence),
            )
        )
    return found


def _choose(document: Document, candidates: Sequence[Candidate], max_words: int) -> list[Candidate]:
    scores = _scores(document, candidates)
    vectors = document.vectors
    chosen: list[int] = []
    left = max_words
    while len(chosen) < _MOST_SENTENCES:
        best, best_score = -1, 0.0
        for place, candidate in enumerate(candidates):
            if place in chosen or candidate.words > left:
                continue
            if candidate.leans and not any(candidates[other].index == candidate.index - 1 for other in chosen):
                continue
            seen = max(
                (float(vectors[candidate.index] @ vectors[candidates[other].index]) for other in chosen), default=0.0
            )
            score = scores[place] - 0.5 * max(0.0, seen - 0.4)
            if score > best_score:
                best, best_score = place, score
        if best < 0:
            break
        chosen.append(best)
        left -= candidates[best].words
    return [candidates[place] for place in sorted(chosen)]


def _scores(document: Document, candidates: Sequence[Candidate]) -> list[float]:
    vectors = document.vectors
    centre = vectors.mean(axis=0)
    size = float(np.linalg.norm(centre)) or 1.0
    scores = []
    for candidate in candidates:
        position = 1.0 / (1.0 + candidate.index)
        central = float(vectors[candidate.index] @ centre) / size
        titled = float(vectors[candidate.index] @ document.title_vector)
        span = document.sentences[candidate.index]
        told = max(
            (weight for figure, weight in document.figures if span.start <= figure.start < span.end), default=0.0
        )
        scores.append(1.0 * position + 0.5 * central + 0.2 * titled + 0.15 * told)
    return scores


def _first_words(document: Document, max_words: int) -> Summary:
    """Fall back on the first sentence, cut at a space where it is too long."""
    if not document.sentences:
        return Summary()
    span = document.sentences[0]
    sentence = document.text[span.start : span.end]
    if count_words(sentence) > max_words:
        sentence = _cut(sentence, max_words)
        span = Span(span.start, span.start + len(sentence))
    return Summary(pieces=(Piece(text=sentence, spans=(span,)),))


def _cut(sentence: str, max_words: int) -> str:
    """Keep the first words of ``sentence``: by bisection over its spaces, or over its characters if it has none."""
    ends = [match.start() for match in re.finditer(r"\s+", sentence)]
    if not ends or count_words(sentence[: ends[0]]) > max_words:
        ends = list(range(1, min(len(sentence), 16 * max_words) + 1))
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if count_words(sentence[: ends[middle]]) <= max_words:
            low = middle
        else:
            high = middle - 1
    return sentence[: ends[low]].rstrip()
