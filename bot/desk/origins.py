"""Tells which sources of a story speak for themselves, and which pass on what another one published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.desk.filed import FiledArticle
from bot.desk.words import content, overlap

SAME_TEXT = 0.8
"""The share of the shorter text's words from which two texts are one text, whatever was cut or added."""
_MIN_OUTLET = 4
"""An outlet with a shorter name ("AP", "Sky") is too easily another word to be read as a credit."""
_HEAD = 160
"""Code points at the start of a text in which a bare "(Harbour Wire)" credits whoever is named."""
_SAYS = r"(?:reports|reported|says|said|writes|wrote|citing|cited)"


def outlet_of(filed: FiledArticle) -> str:
    """Who published an article, by which outlets are told apart."""
    return filed.article.outlet.casefold() or filed.article.link or filed.article.key


def _words(filed: FiledArticle) -> frozenset[str]:
    return content(filed.article.text) | content(filed.reading.headline)


def _credits(text: str, folded: str, outlet: str) -> bool:
    """Whether a text says that it has its news from an outlet; ``folded`` is the text without case, to look fast."""
    if len(outlet) < _MIN_OUTLET or outlet not in folded:
        return False
    name = re.escape(outlet)
    told = rf"\b(?:according to|citing|cited|quoting|reported by|told) (?:the )?{name}\b|\b{name} {_SAYS}\b"
    return bool(re.search(told, text, re.IGNORECASE)) or bool(re.search(rf"\({name}\)", text[:_HEAD], re.IGNORECASE))


def origins(articles: Sequence[FiledArticle]) -> list[int]:
    """For each article of one story, the earliest first, the place of the one whose report it is.

    An article that speaks for itself has its own place. One that comes from an outlet that was there before, that holds
    the same text (what was cut or added left aside) or that credits that outlet has the place of that one's origin.
    """
    roots: list[int] = []
    words = [_words(one) for one in articles]
    first: dict[str, int] = {}
    for at, one in enumerate(articles):
        own = first.get(outlet_of(one), at)
        text, folded = one.article.text, one.article.text.casefold()
        credited = (place for outlet, place in first.items() if place < own and _credits(text, folded, outlet))
        own = min(own, next(credited, own))
        same = (place for place in range(own) if overlap(words[at], words[place]) >= SAME_TEXT)
        root = next(same, own)
        roots.append(root if root == at else roots[root])
        first.setdefault(outlet_of(one), at)
    return roots
