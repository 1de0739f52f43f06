"""Singular and plural of English nouns, by shape and by lists."""

from __future__ import annotations

from models.figures.lexicon import (
    IRREGULAR,
    NO_PLURAL_S,
    NOT_PLURAL,
)


def singular(word: str) -> str:
    """The singular of a lower-case English noun; words that are singular already stay."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word == "s":  # six F-16s
        return ""
    if word.endswith(("women", "children", "men")) and is_plural(word):
        stem = word.removesuffix("children")
        return f"{stem}child" if stem != word else f"{word[:-2]}an"
    if not is_plural(word) or (word in NO_PLURAL_S and word not in {"troops", "casualties"}):
        return word
    return _strip_s(word)


def _strip_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def is_plural(word: str, text: str = "") -> bool:
    """Whether a lower-case word has the shape of a plural noun (``text``: as written, to know "MPs")."""
    if word in NO_PLURAL_S or word in IRREGULAR or word == "s":
        return True
    if word in NOT_PLURAL:
        return False
    if not word.endswith("s"):
        return word.endswith(("men", "women", "children")) and len(word) > 5
    if len(word) > 3:
        return not word.endswith(("ss", "us", "is", "'s", "’s"))
    return len(text) > 1 and text[:-1].isupper()
