"""Compares short texts by the words that carry their meaning."""

from __future__ import annotations

import re
from functools import lru_cache

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Ranges of a regular expression: the letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese, whose words have no space
between them. Each counts as a word of its own, so that a word is found as its letters in a row."""

_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:[.,]\d+)*(?:['’][^\W\d_{UNSPACED}]+)?")
_FUNCTION_WORDS = """
    a an the of in on at to for from by with and or as is are was were be been has have had its it their his her this that
    will would could may might not no after before over under into about amid more than up out new says say said tells told
    breaking update live just watch video us
    """
_SMALL = frozenset(_FUNCTION_WORDS.split())
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
_MIN_STEM = 4


def stem(word: str) -> str:
    """The word in lower case without a common English ending, so that "talks" meets "talk"."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning; numbers count."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.lower() not in _SMALL)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that is in the larger, 0 to 1; 0 where one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def names(headline: str) -> frozenset[str]:
    """The capitalised words of a headline beyond its first; none where nearly every word is capitalised."""
    found = [word for word in _WORD.findall(headline) if word[0].isalpha()]
    capitals = [word for word in found[1:] if word[0].isupper()]
    return frozenset(map(stem, capitals)) if len(capitals) * 5 <= max(1, len(found) - 1) * 3 else frozenset()
