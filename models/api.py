"""What goes into the models and what comes out: the types and protocols every other room shares.

Standard library only, so that importing it costs nothing and pulls in no model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

VECTOR_SIZE = 384
"""Length of an article vector; the embedded encoder (all-MiniLM-L6-v2) fixes it."""

IMPRINT_WORDS = 160
"""Words of an article that its imprint holds at most."""
IMPRINT_RARITY = 25
"""What the rarity of a word (log inverse document frequency) is multiplied by in an imprint."""
IMPRINT_WORD, IMPRINT_NAME, IMPRINT_NUMBER, IMPRINT_YEAR = range(4)
"""What a word of an imprint is."""
IMPRINT_JOINED = 4
"""Added to a word's kind where it stands next to the word before."""


class Span(NamedTuple):
    """Code points ``[start, end)`` of ``Article.text``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A value known only between two bounds, both included: "dozens", "2,000 to 3,000"."""

    low: Decimal
    high: Decimal


Value = Decimal | Range


class FigureKind(StrEnum):
    """What sort of thing a figure counts."""

    TROOPS = "troops"
    CASUALTIES = "casualties"
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    MEASURE = "measure"
    DURATION = "duration"


class Qualifier(StrEnum):
    """How the source bounds the number it prints."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    UP_TO = "up to"
    MORE_THAN = "more than"
    LESS_THAN = "less than"


class Status(StrEnum):
    """Whether the figure describes what is, what is meant to be, what is said, or what was."""

    ACTUAL = "actual"
    PLANNED = "planned"
    CLAIMED = "claimed"
    CEILING = "ceiling"
    FORMER = "former"


class Trend(StrEnum):
    """Which way the counted thing moved."""

    UP = "up"
    DOWN = "down"


class Precision(StrEnum):
    """The calendar unit a date is known to."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """An interval of days, both ends included, and the precision it was given with."""

    start: date
    end: date
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a figure moved: from which value, by how much, which way; each only where the source says so.

    ``origin_qualifier`` bounds ``origin``: "a reduction from about 3,000"; ``by_qualifier`` bounds ``by``.
    """

    trend: Trend | None = None
    origin: Value | None = None
    origin_qualifier: Qualifier = Qualifier.EXACT
    by: Value | None = None
    by_percent: bool = False
    by_qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A number as printed, never recomputed.

    ``article.text[span.start:span.end] == surface``; ``sentence`` is the span of the source sentence.
    ``unit`` is an ISO 4217 code for money, ``killed``, ``injured``, ``missing``, ``displaced``, ``captured`` for
    casualties, ``percent`` or ``percentage point``, a canonical English singular otherwise.
    ``as_of`` is the time the figure speaks of where the text gives one; it is never the publication date by default.
    ``importance`` runs from 0 (background) to 1 (belongs in the box).
    """

    kind: FigureKind
    value: Value
    unit: str | None
    qualifier: Qualifier
    label: str
    status: Status
    as_of: Period | None
    change: Change | None
    attribution: str | None
    importance: float
    surface: str
    span: Span
    sentence: Span


class Bond(StrEnum):
    """What ties a date to the future: something must be done by it, or something happens on it."""

    DEADLINE = "deadline"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day or interval by which something is to be done or ends, or on which something is to happen.

    ``due.end`` is the last day that still keeps a deadline. ``who`` is bound by it, where the text says; ``what`` is
    a short phrase of the source ("US combat role in Iraq ends").
    ``article.text[span.start:span.end] == surface``.
    """

    due: Period
    bond: Bond
    qualifier: str
    who: str | None
    what: str
    importance: float
    surface: str
    span: Span
    sentence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic an article is filed under: an IPTC ``medtop:`` code, an operator's own ``own:`` code, or ``NOT_NEWS``.

    ``narrower`` is the IPTC topic of the second level, where that is sure.
    """

    code: str
    name: str
    confidence: float
    narrower: Topic | None = None


NOT_NEWS = "sitrep:not-news"
"""The only topic of a text that reports nothing: an advert, a greeting, a recipe, a horoscope, a quiz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One sentence of a summary: its text and the spans of the article it was made of, in order.

    For an extractive summary ``text`` is those spans joined; ``spans`` is empty where a model wrote the sentence.
    """

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What happened, in sentences whose every number is in the source."""

    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The sentences joined by a space; empty where nothing could be said."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPage:
    """The page that a post links to, whose article stands in ``Article.text`` from the code point ``start`` on.

    ``published`` is in the zone that the page writes it in, where it tells one. ``language`` is as the page names it.
    """

    address: str
    outlet: str
    start: int
    byline: str | None = None
    published: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The cleaned text of a post, or of the page it links to, ready to be read.

    ``published`` is timezone-aware UTC. ``dateline`` is the day the text itself gives as its own, where it does; it
    wins over ``published`` when relative dates are worked out. ``title`` is None where the post has no headline; a
    title is not repeated in ``text``. ``continues``: it says of itself that it adds to an earlier one; ``adds_to`` is the
    key of that one, where it points to it.
    """

    key: str
    title: str | None
    text: str
    published: datetime
    dateline: date | None = None
    outlet: str = ""
    link: str | None = None
    page: LinkedPage | None = None
    continues: bool = False
    adds_to: str | None = None

    def source_of(self, span: Span) -> tuple[str, str | None]:
        """Outlet and address of what stands in a span: those of the linked page where it stands in the page's part."""
        if self.page is not None and span.start >= self.page.start:
            return self.page.outlet, self.page.address
        return self.outlet, self.link

    @property
    def reference(self) -> date:
        """The day on which the text speaks: its dateline, else the day it was published (UTC)."""
        return self.dateline or self.published.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the models found in one article.

    Spans are into the article's ``text``. ``vector`` is ``VECTOR_SIZE`` little-endian float32 of unit length, or
    empty where the text held nothing to embed. ``imprint`` is a sketch of the words that texts of one story share: of
    title and beginning the content words in order, at most ``IMPRINT_WORDS``, four bytes each: the hash of its stem (two,
    little-endian), its rarity and its kind. ``figure_vectors`` and ``deadline_vectors`` embed what is counted and what is
    due, one a figure or deadline in order, as little-endian float16 of unit length; empty tuples where they were not
    asked for.
    ``headline`` is the article's title, or a line made from its text.
    ``model`` names the revisions that made the reading.
    """

    key: str
    language: str
    headline: str
    sentences: tuple[Span, ...]
    summary: Summary
    topics: tuple[Topic, ...]
    figures: tuple[KeyFigure, ...]
    deadlines: tuple[Deadline, ...]
    vector: bytes
    model: str
    imprint: bytes = b""
    figure_vectors: tuple[bytes, ...] = ()
    deadline_vectors: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What a reader of an edition may want to know about the model that wrote it."""

    name: str
    revision: str
    licence: str
    max_chars: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTopic:
    """A topic the operator defined: a code beginning ``own:``, a name, a description, and examples if there are any."""

    code: str
    name: str
    description: str
    examples: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads articles: the one verb of the models."""

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch.

        Args:
            articles: N articles of any length and language.

        Returns:
            N readings in input order. A text nothing can be said of gives a reading with empty fields.

        Raises:
            ModelUnavailable: weights are missing or damaged. A bad text never raises.
        """
        ...


class SitrepError(Exception):
    """The root of every error the project raises on purpose.

    Args:
        code: A stable snake_case name, for logs and tests; nobody parses the message.
        message: What went wrong and what to do about it, for a person.
        facts: The values that matter, for logs.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries whole."""
        return _rebuild, (type(self), self.code, self.message, self.facts)


def _rebuild(kind: type[SitrepError], code: str, message: str, facts: dict[str, object]) -> SitrepError:
    return kind(code, message, **facts)


class ModelUnavailable(SitrepError):
    """Weights are missing, damaged, or of a revision this version does not know."""
