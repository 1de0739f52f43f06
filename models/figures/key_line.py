"""Joins the parts of a label into one line: each word once, the context behind commas."""

from __future__ import annotations

from typing import Final

from models.figures.key_words import FILLERS, word_set

_LONGEST: Final = 16
_EDGES: Final = word_set(
    "in on at for with to by of from and or the a an its their as is was are were has had have into"
)


def join(parts: list[str], context: list[str]) -> str:
    """One line of the parts, each word once, and behind a comma what else the text is about."""
    seen: set[str] = set()
    words = _once(" ".join(filter(None, parts)).split(), seen)[:_LONGEST]
    pieces = [" ".join(_trimmed(words))]
    for part in context:
        room = _LONGEST - sum(len(piece.split()) for piece in pieces)
        pieces.append(" ".join(_trimmed(_once(part.split(), seen)[: max(room, 0)])))
    return ", ".join(filter(None, pieces))


def _once(words: list[str], seen: set[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        low = word.lower().removesuffix("'s").removesuffix("’s")
        if low in seen and low not in _EDGES:
            continue
        if low in _EDGES and kept and kept[-1].lower() in _EDGES and low in {kept[-1].lower(), "and", "or", "of"}:
            continue
        seen.add(low)
        kept.append(word)
    return kept


def _trimmed(words: list[str]) -> list[str]:
    while words and words[-1].lower() in _EDGES | FILLERS:
        words = words[:-1]
    while words and words[0].lower() in _EDGES - {"the", "in"}:
        words = words[1:]
    return words
