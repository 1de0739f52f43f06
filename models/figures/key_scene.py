"""Lays numbers, time expressions and sentences over the tokens of a text, so that rules can look around a number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from models.api import Span
from models.dates.timex import Timex
from models.figures.key_words import word_set
from models.figures.quantity import Quantity
from models.tokens import Kind, Token

WINDOW: Final = 60
"""Tokens a rule looks at on either side of a number, at most; it keeps the time linear in one endless sentence."""

_DATELINE: Final = re.compile(
    r"[A-Z][A-Z.'’-]{1,40}(?:[ ,/]{1,3}(?:[A-Z][\w.'’-]{0,20}|\d{1,2}|of|de|la)){0,8}"
    r"(?: {0,2}\([^)\n]{1,40}\))?(?: {0,2}[—–] {0,2}| - |: )"
    r"|\([A-Z][\w. ]{1,20}\) ?(?:[-—–]{1,2} ?)?"
)
_HEADING: Final = re.compile(r"\W{0,4}([A-Z]{4,20}(?: [A-Z]{4,20})?): ")
_HEADLINES: Final = 4
_CLAUSE_SIGNS: Final = frozenset(";:—–()[]")
_CLAUSE_WORDS: Final = word_set("while whereas although though but because")


@dataclass(slots=True)
class Scene:
    """A text with its tokens, sentences and time expressions."""

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[Span]
    timexes: Sequence[Timex]
    reference: date
    _starts: list[int] = field(init=False)
    _sentence_starts: list[int] = field(init=False)
    _timex_starts: list[int] = field(init=False)
    _timed: frozenset[int] = field(init=False)
    _lead: frozenset[str] | None = field(init=False, default=None)
    _openers: frozenset[int] | None = field(init=False, default=None)
    _common: frozenset[str] | None = field(init=False, default=None)
    _under: tuple[int, int] | None = field(init=False, default=None)
    _vocabulary: dict[str, None] | None = field(init=False, default=None)
    body: int = field(init=False)
    """Where the text begins behind its dateline."""

    origin: str = field(init=False)
    """The place the dateline names: the country where it gives one, else the city."""

    heading: str = field(init=False)
    """The place in capitals that a report is headed with; empty where there is none."""

    in_country: bool = field(init=False)
    """Whether the dateline gives the country with its city: "ORVEL, Veskar"."""

    def __post_init__(self) -> None:
        self._starts = [token.start for token in self.tokens]
        self._sentence_starts = [sentence.start for sentence in self.sentences]
        self._timex_starts = [timex.span.start for timex in self.timexes]
        spans = [timex.span for timex in self.timexes]
        self._timed = frozenset(k for span in spans for k in range(self.first(span.start), self.first(span.end)))
        dateline = _DATELINE.match(self.text)
        self.body = dateline.end() if dateline else 0
        self._under = None if dateline else self._dateline_under_a_headline()
        self.heading = self._headed_place()
        told = dateline.group() if dateline else self.text[slice(*self._under)] if self._under else ""
        self.origin, self.in_country = _origin(told) if told else ("", False)

    def _dateline_under_a_headline(self) -> tuple[int, int] | None:
        """Where the dateline begins and ends that stands below a headline: "Quake kills 34", then "ORVEL, Veskar — …"."""
        for sentence in self.sentences[1:_HEADLINES]:
            found = _DATELINE.match(self.text, sentence.start, sentence.end)
            if found is not None and found.group().rstrip()[-1:] in "—–":
                return found.start(), found.end()
        return None

    def _headed_place(self) -> str:
        """The place a report is headed with, where its text names it again: "ILMAR: drawdown of the force"."""
        found = _HEADING.match(self.text)
        if found is None:
            return ""
        name = found.group(1).title()
        told = any(token.text.startswith(name) for token in self.tokens if token.start >= found.end())
        return name if told and name.lower() not in self.common else ""

    def opening(self, sentence: Span) -> int:
        """Where a sentence begins behind its dateline."""
        if self._under is not None and self._under[0] == sentence.start:
            return self._under[1]
        return max(sentence.start, min(self.body, sentence.end))

    @property
    def vocabulary(self) -> dict[str, None]:
        """The words of the text in lower case without a possessive ending, in the order in which they first occur."""
        if self._vocabulary is None:
            stems = (token.lower.removesuffix("'s").removesuffix("’s") for token in self.tokens if is_word(token))
            self._vocabulary = dict.fromkeys(stems)
        return self._vocabulary

    @property
    def openers(self) -> frozenset[int]:
        """Indices of the first words of sentences."""
        if self._openers is None:
            under = {self.first(self._under[1])} if self._under else set()
            self._openers = frozenset({self.first(s.start) for s in self.sentences} | {self.first(self.body)} | under)
        return self._openers

    @property
    def common(self) -> frozenset[str]:
        """The words that the text writes in lower case somewhere."""
        if self._common is None:
            self._common = frozenset(token.text for token in self.tokens if is_word(token) and token.text.islower())
        return self._common

    @property
    def lead_words(self) -> frozenset[str]:
        """The words of the first sentence in lower case."""
        if self._lead is None:
            stop = min(self.first(self.sentences[0].end), WINDOW) if self.sentences else 0
            self._lead = frozenset(token.lower for token in self.tokens[:stop] if is_word(token))
        return self._lead

    def first(self, offset: int) -> int:
        """Index of the first token that begins at or behind an offset."""
        return bisect_left(self._starts, offset)

    def sentence_index(self, offset: int) -> int:
        """Index of the sentence an offset lies in."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def sentence_of(self, span: Span) -> Span:
        """The sentence a span begins in; the span itself where no sentence holds it."""
        if self.sentences:
            sentence = self.sentences[self.sentence_index(span.start)]
            if sentence.start <= span.start and span.end <= sentence.end:
                return sentence
        return span

    def timexes_in(self, start: int, end: int) -> Sequence[Timex]:
        """The time expressions that begin in ``[start, end)``."""
        return self.timexes[bisect_left(self._timex_starts, start) : bisect_left(self._timex_starts, end)]

    def timed(self, index: int) -> bool:
        """Whether a token is part of a time expression."""
        return index in self._timed

    def lower(self, index: int) -> str:
        """The token at an index in lower case; empty beyond either end."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""


def _origin(dateline: str) -> tuple[str, bool]:
    """Read "Philippines" off "MANILA, Philippines (Wire) —", "Kyiv" off "KYIV/MOSCOW —", and whether it is the country."""
    names = dateline.split("(", maxsplit=1)[0].strip(" -—–:\u00a0").split(",")
    city, rest = names[0].split("/")[0].strip(), [name.strip() for name in names[1:]]
    country = next((name for name in rest if name[:1].isupper() and not any(char.isdigit() for char in name)), "")
    return country or city.title(), bool(country)


@dataclass(slots=True)
class Place:
    """Where a quantity stands: tokens ``[start, stop)`` of it, in a sentence of tokens ``[first, last)``.

    ``first`` and ``last`` are at most ``WINDOW`` tokens off.
    """

    scene: Scene
    quantity: Quantity
    sentence: Span
    index: int
    first: int
    last: int
    start: int
    stop: int

    @classmethod
    def of(cls, scene: Scene, quantity: Quantity) -> Place:
        """Find the place of a quantity."""
        sentence = scene.sentence_of(quantity.surface_span)
        start = scene.first(quantity.surface_span.start)
        stop = max(scene.first(quantity.surface_span.end), start + 1)
        return cls(
            scene=scene,
            quantity=quantity,
            sentence=sentence,
            index=scene.sentence_index(sentence.start),
            first=max(scene.first(min(scene.opening(sentence), quantity.surface_span.start)), start - WINDOW),
            last=min(scene.first(sentence.end), stop + WINDOW),
            start=start,
            stop=stop,
        )

    def lower(self, index: int) -> str:
        """The token at an index of the text in lower case; empty outside the sentence."""
        return self.scene.tokens[index].lower if self.first <= index < self.last else ""

    def before(self) -> Iterator[int]:
        """Indices of the tokens before the quantity in its sentence, the nearest first."""
        return iter(range(self.start - 1, self.first - 1, -1))

    def after(self) -> Iterator[int]:
        """Indices of the tokens behind the quantity in its sentence, the nearest first."""
        return iter(range(self.stop, self.last))

    def breaks(self, index: int) -> bool:
        """Whether a clause ends at a token: a semicolon, a dash, a bracket, "while", "but"."""
        token = self.scene.tokens[index]
        return token.text in _CLAUSE_SIGNS or token.lower in _CLAUSE_WORDS

    def clause(self) -> tuple[int, int]:
        """The tokens ``[low, high)`` around the quantity up to the nearest break on either side."""
        low = next((k + 1 for k in self.before() if self.breaks(k)), self.first)
        high = next((k for k in self.after() if self.breaks(k)), self.last)
        return low, high

    def words_before(self, count: int) -> list[str]:
        """Up to ``count`` words before the quantity in its sentence, in the order of the text."""
        return [self.lower(k) for k in range(max(self.first, self.start - count), self.start)]

    def words_after(self, count: int) -> list[str]:
        """Up to ``count`` words behind the quantity in its sentence."""
        return [self.lower(k) for k in range(self.stop, min(self.last, self.stop + count))]

    @property
    def bracketed(self) -> bool:
        """Whether the quantity stands in brackets."""
        opened = next((k for k in self.before() if self.lower(k) in {"(", ")"}), None)
        return opened is not None and self.lower(opened) == "(" and ")" in (self.lower(k) for k in self.after())


def is_word(token: Token) -> bool:
    """Whether a token is a word."""
    return token.kind is Kind.WORD


def is_name(token: Token) -> bool:
    """Whether a token is written like a name."""
    return token.kind is Kind.WORD and token.text[:1].isupper()
