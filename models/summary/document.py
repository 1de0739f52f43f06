"""What a summariser is given: one article, cut and measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.api import Span
from models.encoder import Vectors


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Document:
    """An article to be summarised.

    ``vectors`` is float32 of shape [K, 384] for the first K of the ``sentences``, K at most their number.
    ``title_vector`` is float32 of shape [384], all 0 where there is no title. ``figures`` are the spans of the numbers
    that matter, with their importance.
    """

    text: str
    title: str | None
    sentences: Sequence[Span]
    vectors: Vectors
    title_vector: Vectors
    figures: Sequence[tuple[Span, float]] = ()

    def sentence(self, index: int) -> str:
        """The words of a sentence as they stand in the text."""
        return self.text[slice(*self.sentences[index])]


def join_spans(text: str, spans: Sequence[Span]) -> str:
    """Put the kept pieces of a sentence together: a space between, but none before a closing mark."""
    joined = ""
    for span in spans:
        piece = text[span.start : span.end]
        gap = "" if not joined or piece[:1] in ".,;:!?’”)" else " "
        joined += gap + piece
    return joined


def count_words(text: str) -> int:
    """Count words as a reader would; where a script sets no spaces, six characters count as a word."""
    return max(len(text.split()), len(text) // 16 if text.isascii() else _wide(text) // 2)


def _wide(text: str) -> int:
    return sum(1 for letter in text if letter >= "\u2e80")
