"""Reads the heads of lists: what stands before the colon that a number follows, as in "Cases in the camps: 455"."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import Place, is_name
from models.figures.key_words import SPEECH, word_set
from models.figures.lexicon import STOP
from models.figures.plurals import is_plural
from models.tokens import Kind

_LONGEST: Final = 14
_REACH: Final = 24
_GAP: Final = word_set(
    "of by against and from about around some nearly almost over more less fewer than at least only just now the to , ( )"
)
"""What may stand between a colon and a number that it leads to, beside other numbers and days."""

_NO_HEADS: Final = word_set("plan next present target update note total phone tel code time score result price")
"""Words before a colon that name nothing by themselves."""


def head_of(place: Place) -> range | None:
    """The tokens of the head that a number belongs to; None where no colon leads to it, or where it names nothing.

    A head opens its sentence, is short, and says nothing: "He said: 40 …" has none. It may lead to several numbers:
    "Vaccinated: 78,400 of 85,000".
    """
    words = _head(place)
    return words if words is not None and not _empty(place, words) else None


def is_pointed(place: Place) -> bool:
    """Whether a number stands behind a head that names nothing: "Next: 2,400 by 15 April"."""
    words = _head(place)
    return words is not None and _empty(place, words)


def _head(place: Place) -> range | None:
    k = place.start - 1
    low = max(place.first, place.start - _REACH)
    while k >= low and place.lower(k) != ":":
        token = place.scene.tokens[k]
        if token.kind is not Kind.NUMBER and place.lower(k) not in _GAP and not place.scene.timed(k):
            return None
        k -= 1
    if k < low or k == place.first or k - place.first > _LONGEST:
        return None
    words = range(place.first, k)
    spoken = any(place.lower(j) in SPEECH - _REPORTED or place.scene.tokens[j].text in '“”"' for j in words)
    named = is_name(place.scene.tokens[words.start]) and place.scene.tokens[words.start].kind is Kind.WORD
    return words if named and not spoken else None


_REPORTED: Final = word_set("reported confirmed recorded counted estimated requested offered pledged promised")


def _empty(place: Place, words: range) -> bool:
    said = [place.lower(k) for k in words if not place.scene.timed(k)]
    return not said or all(word in _NO_HEADS | STOP or not word.isalpha() for word in said)


def head_noun(place: Place, words: range) -> str | None:
    """The plural that a head counts, "cases" of "New cases in the camps"; None where it holds none before a preposition."""
    found = None
    for k in words:
        word = place.lower(k)
        if word in STOP:
            break
        if is_plural(word):
            found = word
    return found
