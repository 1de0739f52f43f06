"""Owns stand-ins for the models, for tests and trials: one that reads plainly and alike each time, one that fails."""

import hashlib
import re
from array import array
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.desk.topics import TOPICS
from models.api import (
    VECTOR_SIZE,
    Article,
    Bond,
    Deadline,
    FigureKind,
    KeyFigure,
    Period,
    Piece,
    Precision,
    Qualifier,
    Reading,
    Span,
    Status,
    Summary,
    Topic,
)

_SENTENCE = re.compile(r"[^.!?\s][^.!?]*[.!?]?")
_NUMBER = re.compile(r"(?<![\d-])\b\d[\d,]*\b(?!-)")
_ISO_DAY = re.compile(r"\bby (\d{4}-\d{2}-\d{2})\b")
_CUES = {"troops": "medtop:16000000", "election": "medtop:11000000", "storm": "medtop:17000000"}


class PlainReader:
    """Reads without any model: sentences at full stops, the first as summary, topics by a cue word.

    Every number is a key figure, ``by 2031-05-01`` a deadline, and the vector a sum of hashed words, so that equal
    texts are near each other. ``batches`` holds the sizes of what was read.
    """

    def __init__(self) -> None:
        self.batches: list[int] = []

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch; never fails."""
        self.batches.append(len(articles))
        return [_read(article) for article in articles]


class BrokenReader(PlainReader):
    """Fails on every batch that holds an article with ``poison`` in its text."""

    def __init__(self, poison: str, error: Exception) -> None:
        super().__init__()
        self._poison = poison
        self._error = error

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch, or raise the error given."""
        if any(self._poison in article.text for article in articles):
            raise self._error
        return super().read(articles)


def _read(article: Article) -> Reading:
    sentences = tuple(Span(*found.span()) for found in _SENTENCE.finditer(article.text))
    first = sentences[:1]
    pieces = tuple(Piece(text=article.text[span.start : span.end], spans=(span,)) for span in first)
    return Reading(
        key=article.key,
        language="en",
        headline=article.title or " ".join(article.text.split()[:10]),
        sentences=sentences,
        summary=Summary(pieces=pieces),
        topics=tuple(
            Topic(code=code, name=TOPICS[code], confidence=0.9)
            for cue, code in _CUES.items()
            if cue in article.text.casefold()
        ),
        figures=tuple(_figure(article.text, sentence, found) for sentence, found in _found(article, _NUMBER)),
        deadlines=tuple(_deadline(article.text, sentence, found) for sentence, found in _found(article, _ISO_DAY)),
        vector=_vector(article.text),
        model="plain",
    )


def _found(article: Article, pattern: re.Pattern[str]) -> list[tuple[Span, re.Match[str]]]:
    spans = [Span(*found.span()) for found in _SENTENCE.finditer(article.text)]
    return [(span, found) for span in spans for found in pattern.finditer(article.text, span.start, span.end)]


def _figure(text: str, sentence: Span, found: re.Match[str]) -> KeyFigure:
    return KeyFigure(
        kind=FigureKind.COUNT,
        value=Decimal(found[0].replace(",", "")),
        unit=None,
        qualifier=Qualifier.EXACT,
        label=" ".join(text[found.end() : sentence.end].split()[:3]).rstrip("."),
        status=Status.ACTUAL,
        as_of=None,
        change=None,
        attribution=None,
        importance=0.8,
        surface=found[0],
        span=Span(*found.span()),
        sentence=sentence,
    )


def _deadline(text: str, sentence: Span, found: re.Match[str]) -> Deadline:
    day = date.fromisoformat(found[1])
    return Deadline(
        due=Period(start=day, end=day, precision=Precision.DAY),
        bond=Bond.DEADLINE,
        qualifier="by",
        who=None,
        what=text[sentence.start : found.start()].strip(),
        importance=0.8,
        surface=found[0],
        span=Span(*found.span()),
        sentence=sentence,
    )


def _vector(text: str) -> bytes:
    """A unit vector of hashed words, little-endian float32; empty for a text without words."""
    counts = [0.0] * VECTOR_SIZE
    for word in re.findall(r"\w+", text.casefold()):
        counts[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "little") % VECTOR_SIZE] += 1.0
    length = sum(count * count for count in counts) ** 0.5
    return array("f", [count / length for count in counts]).tobytes() if length else b""
