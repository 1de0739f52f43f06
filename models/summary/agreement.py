"""Whether a number or a day of a summary agrees with one of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from models.api import Qualifier, Range, Span
from models.dates import Timex
from models.figures import Quantity
from models.figures.quantity import SYMBOLS, QuantityKind
from models.figures.wordlist import words
from models.summary.measure import stems_of

_UNITLESS: Final = frozenset({QuantityKind.COUNT, QuantityKind.MONEY, QuantityKind.PERCENT, QuantityKind.AGE})
_SHORT_AGE: Final = (QuantityKind.COUNT, QuantityKind.AGE)
_POUNDS: Final = frozenset({QuantityKind.MEASURE, QuantityKind.MONEY})
_ANYBODY: Final = words("people person man woman")
_SYNONYMS: Final = {
    noun: group
    for group in map(
        words,
        (
            "film movie picture", "nod nomination", "home house property", "job post position role", "car vehicle",
            "plane aircraft jet airliner", "child kid youngster", "pupil student schoolchild", "soldier troop serviceman",
            "officer policeman cop", "tourist visitor holidaymaker", "goal strike", "game match fixture",
            "firm company business", "country nation state", "club team side", "win victory triumph", "loss defeat",
            "store shop outlet", "employee worker staff", "title trophy", "fan supporter", "ship boat vessel",
            "passenger traveller", "lawmaker mp legislator", "body corpse", "death fatality", "blast explosion",
        ),
    )
    for noun in group
}  # fmt: skip
"""Counted nouns that editors put for each other."""

_BESIDE: Final = 4
_WEEKDAY: Final = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_CALENDAR: Final = re.compile(r"[A-Z]\w+(?:day|y|ch|ril|e|st|er)\b|\d")
NAMED_DAY: Final = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)
_ONE: Final = re.compile(r"one(?:$| of\b)", re.IGNORECASE)
_CLAUSE_END: Final = re.compile(r"[,;:]|\band\b|\d")
_CLOCK: Final = re.compile(
    r"\b(\d{1,2})(?:[:.](\d\d))?\s?[ap]\.?m\b|\b(\d{1,2})[:.](\d\d)\b|\b(\d\d)(\d\d)(?= (?:GMT|BST|ET|local)\b)",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b\d{4}\b")
_DIGIT: Final = re.compile(r"\d")
_OWN_YEAR: Final = re.compile(
    r"\d|\b(?:jan|feb|march|apr|may|june|july|aug|sep|oct|nov|dec)\w*|\b(?:spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)
"""A time that is not counted from the day of the article alone ("two weeks ago" is)."""


class Numbers:
    """The quantities of a source.

    Args:
        source: The text.
        sentences: Spans of its sentences.
        quantities: Found in it, their spans are of ``source``.
    """

    def __init__(self, source: str, sentences: Sequence[Span], quantities: Iterable[Quantity]) -> None:
        self._stems = frozenset(stems_of(source))
        self._known: list[tuple[Quantity, frozenset[str]]] = []
        for quantity in _with_parts(quantities):
            around = next((one for one in sentences if one.start <= quantity.span.start < one.end), quantity.span)
            self._known.append((quantity, frozenset(stems_of(source[slice(*around)]))))

    def have(self, quantity: Quantity, after: str = "") -> bool:
        """Whether a number stands in the source: same value, unit and bound, and nothing else counted by it.

        A counted noun may be another than the source's ("15 suspects": "15 people") if it is a synonym, or stands beside
        the number in the source or means anybody, and the source counts nothing else by that noun; or if the source's
        comes right after it ("15 people were arrested": "15 arrests"). ``after`` is the rest of the sentence.
        """
        if quantity.value == 1 and quantity.kind is QuantityKind.COUNT and _ONE.match(quantity.surface):
            return True  # "one of them"
        alike = [(known, near) for known, near in self._known if _same_amount(quantity, known)]
        alike = alike if any(_as_bounded(quantity, known) for known, _ in alike) else []
        if not alike or quantity.noun is None:
            return bool(alike)
        if any(known.noun in _SYNONYMS.get(quantity.noun, (quantity.noun,)) for known, _ in alike):
            return True
        if quantity.noun in _ANYBODY:
            following = stems_of(_CLAUSE_END.split(after, maxsplit=1)[0])[:_BESIDE]
            if any(known.noun and set(stems_of(known.noun)) & set(following) for known, _ in alike):
                return True
        if any(known.noun == quantity.noun and known.kind == quantity.kind for known, _ in self._known):
            return False
        stems = stems_of(quantity.noun)
        return any(
            known.noun is None
            or quantity.noun in _ANYBODY
            or any(stem in (self._stems if known.noun in _ANYBODY else near) for stem in stems)
            for known, near in alike
        )


class Days:
    """The times of a source."""

    def __init__(self, source: str, timexes: Iterable[Timex]) -> None:
        self._source = " ".join(source.split())
        self._values = set()
        self._periods = set()
        self._parts = set()
        self._exact = set()
        self._near = set()
        for timex in timexes:
            self._values.add(timex.value)
            if timex.period and timex.type == "DATE":
                self._near.add(timex.period)
            if _DIGIT.search(timex.surface) and not timex.surface.endswith("ago"):
                self._exact.add(timex.value)
            if timex.period:
                self._periods.add(timex.period)
                if _OWN_YEAR.search(timex.surface):
                    self._parts.add(timex.period)
        self._clocks = {_clock(match) for match in _CLOCK.finditer(source)}

    def have(self, timex: Timex) -> bool:
        """Whether a DATE or TIME stands in the source: as it is, in the same words, or as a day within it."""
        if any(_clock(match) not in self._clocks for match in _CLOCK.finditer(timex.surface)):
            return False
        named = [match.group()[:3] for match in NAMED_DAY.finditer(timex.surface)]
        if any(not re.search(rf"\b{name}", self._source) for name in named):
            return timex.value in self._exact
        if timex.value.endswith("_REF") or timex.value in self._values or timex.period in self._periods:
            return True
        surface = " ".join(timex.surface.split())
        if re.search(_as_written(surface), self._source):
            return True
        if day := _WEEKDAY.search(timex.surface):
            return day.group() in self._source and not _DIGIT.search(timex.surface)
        period = timex.period
        years_told = all(year in self._source for year in _YEAR.findall(surface))
        known_periods = self._near if surface.islower() and not _DIGIT.search(surface) else self._parts
        return (
            years_told
            and period is not None
            and any(period.start <= known.start and known.end <= period.end for known in known_periods)
        )


def _as_written(surface: str) -> str:
    """A pattern for the words of a time; what opens a sentence may stand inside one, a month ("May") never in lower case."""
    opens = surface[:1] if _CALENDAR.match(surface) else f"(?i:{re.escape(surface[:1])})"
    return rf"\b{opens}{re.escape(surface[1:])}\b"


def _clock(match: re.Match[str]) -> tuple[int, int]:
    """Hour and minute; "9 pm" and "21:00" are one."""
    spoken, of_spoken, hour, minute, short, of_short = match.groups()
    return int(spoken or hour or short) % 12, int(of_spoken or minute or of_short or 0)


def _same_amount(one: Quantity, other: Quantity) -> bool:
    if not _equal(one.value, other.value) or _bound(one) != _bound(other):
        return False
    if one.kind != other.kind:
        return _told_shorter(one, other)
    if one.currency != other.currency:
        return False
    return one.kind in _UNITLESS or not one.unit or not other.unit or _unit(one) == _unit(other)


def _told_shorter(one: Quantity, other: Quantity) -> bool:
    """Whether two kinds are one amount all the same: an age told as a bare number, pounds that may be money."""
    if (one.kind, other.kind) == _SHORT_AGE:
        return one.noun is None
    return {one.kind, other.kind} == _POUNDS and all("pound" in (quantity.unit or "") for quantity in (one, other))


def _as_bounded(one: Quantity, known: Quantity) -> bool:
    """Whether a number is told no more exactly than the source does: "about" may be added, not dropped."""
    if one.qualifier is not Qualifier.EXACT or known.qualifier is Qualifier.EXACT:
        return True
    return one.kind is QuantityKind.AGE and "-" in known.surface  # "asked about the 19-year-old"


def _unit(quantity: Quantity) -> str:
    return (quantity.unit or "").split(" per ")[0].split(" of ")[0]


def _bound(quantity: Quantity) -> str:
    """Take bounds together that editors take together: none and "about", "at least" and "more than"."""
    return {">": "at least", "<": "up to"}.get(SYMBOLS[quantity.qualifier], "about")


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
