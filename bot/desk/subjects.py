"""What a figure speaks of: the words and names of its label and of its sentence, and the marks of its scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from bot.desk.memory import Entry
from bot.desk.scope_table import (
    ALIASES,
    CORRECTION,
    EVENTS,
    FIXED,
    FIXED_UNITS,
    FLOWS,
    GENERIC,
    MOVEMENT,
    ONE_OFF,
    PARTS,
    PARTS_OF_LABELS_ONLY,
    SPANS,
    STAGES,
    STEPS,
    UNITS,
    USUAL_RATE,
    WHOLES,
)
from bot.desk.words import content, stem
from models.api import FigureKind

_WORD: Final = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*(?:['’]s\b)?")
MOST_TERMS: Final = 6
"""How many words of a label, or names beside it, a series is found by."""
_NEAR_WORDS: Final = 16
"""How many words on either side of a figure its sentence lends to its subject."""
_PREFIX: Final = 5
_HEAD_WORDS: Final = 3
_CALENDAR: Final = frozenset(
    map(
        stem,
        [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
    )
)
_NOTHING: Final = frozenset(map(stem, GENERIC)) | _CALENDAR
_OWNER: Final = re.compile(r"([A-Z]\w+)'s\b")
_BY: Final = re.compile(r"\bby\b")
_CORRECTS: Final = re.compile("|".join(CORRECTION), re.IGNORECASE)


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split()}


_STAGE_OF: Final = _by_word(STAGES)
_PART_OF: Final = _by_word(PARTS)
_EVENT_OF: Final = _by_word(EVENTS)
_SPAN_PHRASES: Final = {
    name: re.compile(r"\b(?:" + "|".join(re.escape(phrase.strip()) for phrase in phrases.split(",")) + r")\b")
    for name, phrases in SPANS.items()
}


_WHOLES: Final = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in WHOLES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is counted, as far as words tell.

    ``words`` are the telling stems of the label, ``names`` those of them that are proper names, ``named`` the names near the
    figure, ``context`` the stems
    of label and sentence near the figure. ``parts``, ``stages``, ``spans`` and ``events`` are keys of the tables of
    scope. ``moves``: the sentence says that the number has moved.
    """

    words: frozenset[str]
    names: frozenset[str]
    named: frozenset[str]
    context: frozenset[str]
    source: frozenset[str]
    owner: frozenset[str]
    parts: frozenset[str]
    stages: frozenset[str]
    spans: frozenset[str]
    events: frozenset[str]
    unit: str
    moves: bool
    corrects: bool
    one_off: bool
    fixed: bool
    is_step: bool


def subject_of(entry: Entry) -> Subject:
    """The subject of an entry."""
    figure = entry.figure
    return _subject(
        label=figure.label,
        unit=figure.unit or "",
        kind=figure.kind,
        surface=figure.surface,
        attribution=figure.attribution or "",
        sentence=entry.sentence,
        daily=figure.as_of is not None and figure.as_of.start == figure.as_of.end,
    )


def terms_of(entry: Entry) -> tuple[str, ...]:
    """What a series is found by: telling words of the label, names near the figure, and every two of the best of them."""
    subject = subject_of(entry)
    label = sorted(subject.words | subject.names, key=_telling)[:MOST_TERMS]
    named = sorted(subject.named - set(label) - subject.source, key=_telling)[: MOST_TERMS - len(label)]
    return (*label, *pairs_of([*label, *named]))


def terms_asked(words: str) -> tuple[str, ...]:
    """The terms of what somebody asks for, in the order given."""
    plain = re.sub(r"\bus\b", "US", words)
    return tuple(dict.fromkeys(stem for stem in map(stem_of, _WORD.findall(_plain(plain))) if stem))


def pairs_of(terms: Iterable[str]) -> list[str]:
    """Every two terms as one, which few series share where many share either."""
    return [f"{one}+{other}" for one, other in combinations(sorted(terms), 2)]


def _telling(term: str) -> tuple[int, str]:
    return -len(term), term


def stem_of(word: str) -> str:
    """The stem of a single word as terms have it; empty where it tells nothing."""
    return next(iter(content(word)), "")


def says_correction(text: str) -> bool:
    """Whether a text says that it corrects what was told before."""
    return _CORRECTS.search(text) is not None


@lru_cache(maxsize=16384)
def _subject(
    *, label: str, unit: str, kind: FigureKind, surface: str, attribution: str, sentence: str, daily: bool
) -> Subject:
    label, sentence, speaker = _plain(label), _plain(sentence), _plain(attribution)
    before, after = _around(sentence, surface)
    clause = f"{before} {after}"
    told = [word.lower() for word in _WORD.findall(f"{label} {clause}")]
    labelled = [word.lower().removesuffix("'s") for word in _WORD.findall(label)]
    source = content(speaker)
    words = frozenset(_stems(labelled)) - _NOTHING - content(unit)
    names = frozenset(stem(word) for word in _WORD.findall(label) if word[0].isupper() and stem(word) not in _NOTHING)
    spans = set() if kind is FigureKind.TROOPS else _spans_of(label, sentence, surface)
    if daily and not spans and kind is FigureKind.COUNT and FLOWS & set(told) and not MOVEMENT & set(told):
        spans = {"day"}
    spans |= {rate for phrase, rate in USUAL_RATE.items() if phrase in label.lower() and not spans & {"month"}}
    head = _first(_BY.split(label)[0], _NEAR_WORDS)
    counted = [word for word in _first(after) if _PART_OF.get(word) not in PARTS_OF_LABELS_ONLY]
    tellers = set(_first(speaker, _NEAR_WORDS))
    parts = _marks([word for word in (*head, *counted) if word not in tellers], _PART_OF)
    parts |= {name for name, phrases in _WHOLES.items() if phrases.search(f"{label} {clause}")}
    return Subject(
        words=words,
        names=names - source or names,
        named=frozenset(stem(word) for word in _names_in(clause)) - _NOTHING,
        context=frozenset(_stems(told)),
        source=source,
        owner=content(owner[1]) if (owner := _OWNER.match(label)) else frozenset(),
        parts=parts,
        stages=_marks(labelled, _STAGE_OF) or _marks(_last(before) + _first(after), _STAGE_OF),
        spans=frozenset(spans),
        events=_marks(labelled, _EVENT_OF) or _marks(told, _EVENT_OF),
        unit="" if kind is FigureKind.CASUALTIES else UNITS.get(unit, unit),
        moves=bool(MOVEMENT & set(told)),
        corrects=says_correction(sentence),
        one_off=bool(ONE_OFF & {stem(word) for word in labelled} or ONE_OFF & set(labelled)),
        fixed=unit in FIXED_UNITS or bool(FIXED & {*labelled, *map(stem, labelled), unit}),
        is_step=bool(STEPS & {*labelled[:_HEAD_WORDS], *labelled[-1:]}),
    )


def _spans_of(label: str, sentence: str, surface: str) -> set[str]:
    """Over which spans a figure is counted; of a day's and a total in one sentence the one that stands nearer."""
    lower = f"{label} | {sentence}".lower()
    at = lower.find(surface.lower(), len(label))
    found = {
        name: min(max(place.start() - at - len(surface), at - place.end()) for place in phrases.finditer(lower))
        for name, phrases in _SPAN_PHRASES.items()
        if phrases.search(lower)
    }
    if at >= 0 and "total" in found and found.keys() & {"day", "week"}:
        nearest = min(found, key=lambda name: (found[name], name))
        return {name for name in found if name == nearest or name not in {"total", "day", "week"}}
    return set(found)


def _names_in(clause: str) -> list[str]:
    """Capitalised words, but for one that a sentence begins with."""
    return [word for word in _WORD.findall(clause)[1:] if word[0].isupper()]


def _plain(text: str) -> str:
    text = text.replace("’", "'")
    for pattern, name in ALIASES:
        text = re.sub(pattern, name, text)
    return text


def _around(sentence: str, surface: str) -> tuple[str, str]:
    """The words before and after the figure, as many as belong to it."""
    at = sentence.find(_plain(" ".join(surface.split())))
    if at < 0:
        return "", sentence
    before, after = sentence[:at].split(), sentence[at + len(surface) :].split()
    return " ".join(before[-_NEAR_WORDS:]), " ".join([surface, *after[:_NEAR_WORDS]])


def _first(text: str, count: int = 4) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)[:count]]


def _last(text: str, count: int = 4) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)[-count:]]


def _stems(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield from content(word)


def _marks(words: Iterable[str], table: Mapping[str, str]) -> frozenset[str]:
    return frozenset(table[word] for word in words if word in table)


def missing(words: frozenset[str], among: frozenset[str]) -> frozenset[str]:
    """Those words that are not among the others, in whatever form: "kastoria" and "kastorian" may be one name."""
    rest = words - among
    if not rest:
        return rest
    begun = _beginnings(among)
    return frozenset(word for word in rest if word[:_PREFIX] not in begun)


@lru_cache(maxsize=4096)
def _beginnings(words: frozenset[str]) -> frozenset[str]:
    """How the words begin that are long enough to be known by it; a shorter one is no beginning of any."""
    return frozenset(word[:_PREFIX] for word in words if len(word) >= _PREFIX)


def covers(one: Subject, other: Subject) -> tuple[float, float]:
    """How much of either label stands in the label or the sentence of the other, 0 to 1; the lesser first.

    A label without telling words is covered by anything.
    """
    shares = sorted(
        1 - len(missing(words, context)) / len(words) if words else 1.0
        for words, context in ((one.words, other.context), (other.words, one.context))
    )
    return shares[0], shares[1]
