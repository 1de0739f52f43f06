"""Tells labels that say too little to stand in a box: bare, without a noun, or a sentence cut off."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind
from models.figures.key_words import word_set
from models.figures.label_table import ADVERBS, PREPOSITIONS, PRONOUNS

_BARE: Final = word_set("""
    money share shares time amount casualties people total up little number numbers rise fall more rate level figure figures
    instead comments percent percentage metric ton same proportion per cost price budget profit profits part offer report times
""")
"""Nouns and other words that name nothing without whose or what."""

_FINITE: Final = word_set("is are was were has have had will would could did does can should may might")
_CLAUSES: Final = word_set("who that which until after time")
_UNNAMED: Final = frozenset({FigureKind.MONEY, FigureKind.PERCENT, FigureKind.MEASURE})
_TALK: Final = word_set("it's we've they've i'm i've don't didn't can't what's there's that's our my your")


def is_weak(label: str, kind: FigureKind) -> bool:
    """Whether a reader who sees nothing but the label and the number cannot know what is meant."""
    said = _without_place(label.partition(",")[0])
    words = [word.strip("(),") for word in said.split()]
    lows = [word.lower().replace("’", "'") for word in words]
    if not lows or set(lows) <= _BARE or set(lows) & _TALK:
        return True
    if lows[0] in (PRONOUNS | ADVERBS | PREPOSITIONS) - {"all", "first", "most", "many"} and words[0] != "US":
        return True
    if lows[0] in {"same", "such", "left", "little", "planned", "key", "stays"} and len(lows) < 3:
        return True
    clause = next((k for k, word in enumerate(lows) if word in _CLAUSES), len(lows))
    if _FINITE & set(lows[:clause]):
        return True
    return kind in _UNNAMED and "," not in label and all(_name(word) for word in words)


def _without_place(label: str) -> str:
    """A label without the place at its end: "people in Sanara" says no more than "people"."""
    ahead, found, place = label.rpartition(" in ")
    return ahead if found and all(word[:1].isupper() or word == "the" for word in place.split()) else label


def _name(word: str) -> bool:
    """Whether a word is a name or a title; a label's first word is never capitalised for its place."""
    return word[:1].isupper() or word in {"of", "the", "and"}
