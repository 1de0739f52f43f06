"""Finds who says so: the subject of the verb of speaking nearest to a figure."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import Place
from models.figures.key_words import SPEECH, WEAK_SPEECH, word_set
from models.tokens import Kind

_REACH: Final = 45
_LONGEST: Final = 9
_WEAKER: Final = 25
_STOPS: Final = frozenset(
    [
        ",",
        ";",
        ":",
        "—",
        "–",
        "(",
        ")",
        "“",
        "”",
        '"',
        "and",
        "but",
        "while",
        "that",
        "which",
        "who",
        "as",
        "because",
        "where",
        "when",
        "after",
    ]
)
_PRONOUNS: Final = word_set("he she it they we i you who which that this there these those")
_NO_SUBJECT: Final = word_set("will would to be been being was were is are has have had not also and or")
_NOUNS_AFTER: Final = word_set("a an the of from than as its their this latest new")
_AFTER_VERB: Final = frozenset({"said", "says"})


def speaker_of(place: Place) -> str | None:
    """Who the sentence names as the source of a figure, in its words; None where it names nobody."""
    best: tuple[int, str] | None = None
    low, high = max(place.first, place.start - _REACH), min(place.last, place.stop + _REACH)
    for k in range(low, high):
        word = place.lower(k)
        if place.start <= k < place.stop or word not in SPEECH or _capital(place, k):
            continue
        name = _according(place, k) if word == "according" else _subject(place, k)
        if name is None:
            continue
        distance = place.start - k if k < place.start else k - place.stop + 2
        distance += _WEAKER * (word in WEAK_SPEECH)
        if best is None or distance < best[0]:
            best = (distance, name)
    return best[1] if best else None


def _capital(place: Place, k: int) -> bool:
    """Whether the word is part of a name: "United States"."""
    return k > place.first and place.scene.tokens[k].text[0].isupper() and place.lower(k) != "according"


def _according(place: Place, k: int) -> str | None:
    if place.lower(k + 1) != "to":
        return None
    return _take(place, k + 2)


def _take(place: Place, start: int) -> str | None:
    stop = start
    while stop < min(place.last, start + _LONGEST):
        token = place.scene.tokens[stop]
        if token.lower in _STOPS or token.text in {".", ","} or token.kind is Kind.NUMBER or token.lower in SPEECH:
            break
        if token.lower in {"on", "in"} and place.lower(stop + 1) in _WEEKDAYS:
            break
        stop += 1
    return _text(place, start, stop)


_WEEKDAYS: Final = word_set("monday tuesday wednesday thursday friday saturday sunday")
_MOVABLE: Final = word_set("has have had also now then already on late early earlier later") | _WEEKDAYS


def _subject(place: Place, k: int) -> str | None:
    word = place.lower(k)
    if place.lower(k - 1) in _NOUNS_AFTER or (
        word == "added" and place.scene.tokens[min(k + 1, place.last - 1)].kind is Kind.NUMBER
    ):
        return None
    stop = k
    while stop > place.first and place.lower(stop - 1) in _MOVABLE:
        stop -= 1
    if place.lower(stop - 1) in _NO_SUBJECT:
        return None
    start = stop
    while start > max(place.first, stop - _LONGEST - 3) and not _bounds(place, start - 1):
        start -= 1
    name = _text(place, start, stop)
    if name is not None and stop - start <= _LONGEST:
        return name
    if word in _AFTER_VERB and (start == stop or place.lower(k - 1) in {",", "”", '"'}):
        return _take(place, k + 1)
    return None


def _bounds(place: Place, k: int) -> bool:
    token = place.scene.tokens[k]
    if (
        token.lower in _STOPS
        and not _acronym(token.text)
        and not (token.lower == "and" and place.scene.tokens[k - 1].text[:1].isupper())
    ):
        return True
    return token.kind is Kind.NUMBER or token.text in {".", "’", "%", "$", "€", "£"} or token.lower in SPEECH


def _acronym(text: str) -> bool:
    """Whether a word such as "WHO" is written as initials."""
    return len(text) > 1 and text.isalpha() and text.isupper()


def _text(place: Place, start: int, stop: int) -> str | None:
    while start < stop and place.lower(start) in {"and", "but", "the", "a", "as"} and place.lower(start) != "the":
        start += 1
    if stop <= start or place.lower(start) in _PRONOUNS:
        return None
    tokens = place.scene.tokens
    text = place.scene.text[tokens[start].start : tokens[stop - 1].end]
    return " ".join(text.split())
