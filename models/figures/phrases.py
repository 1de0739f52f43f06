"""Finds how far a noun phrase reaches, without a part-of-speech tagger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.figures.lexicon import (
    ADVERBS_KEPT,
    ATTRIBUTIVE_PLURALS,
    COMPARATIVES,
    NOT_PAST,
    NOUN_MODIFIERS,
    PARTICIPLES,
    STOP,
    VERBS,
)
from models.figures.plurals import is_plural
from models.tokens import Kind, Token

MAX_WORDS: Final = 8
_NEVER_NOUNS: Final = frozenset({"says", "goes", "includes", "becomes", "remains", "seems", "appears", "knows"})
MODIFIERS: Final = NOUN_MODIFIERS | PARTICIPLES
CLOSING: Final = frozenset('"”’')
DETERMINERS: Final = frozenset(
    {
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "my",
        "your",
        "these",
        "those",
        "all",
        "a",
        "an",
        "this",
        "that",
        "such",
    }
)


class Phrase(NamedTuple):
    """The tokens of a phrase that count, and the token after its last."""

    words: list[int]
    stop: int


def collect(tokens: Sequence[Token], start: int, text: str, *, single: bool) -> Phrase:
    """Indices of the words of the phrase from ``start``, ending before a verb, a stop word or a sign."""
    words: list[int] = []
    n, j = len(tokens), start
    while j < n and len(words) < MAX_WORDS:
        token = tokens[j]
        if not token.glued and token.text[:1].isupper() and "\n" in text[tokens[j - 1].end : token.start]:
            break
        if token.kind is not Kind.WORD:
            if words and token.glued and token.text in CLOSING and not is_plural(tokens[words[-1]].lower):
                j += 1  # 10 "serious" flaws
                continue
            if not _inside_compound(tokens, j):
                break
            j += 1
            continue
        if token.lower in STOP and not (token.glued and words) and not _joins(tokens, j, words):
            break
        if _ends(tokens, j, words, single=single):
            break
        if token.lower not in {"and", "or"} and not _is_adverb(token.lower):
            words.append(j)
        j += 1
    return Phrase(words, j)


def _inside_compound(tokens: Sequence[Token], j: int) -> bool:
    """A hyphen, ampersand or number tied into a compound: "first-team", "R&D", "Covid-19 cases"."""
    token = tokens[j]
    if not token.glued:
        return False
    if token.kind is Kind.NUMBER:
        return True
    return token.text in "-‐‑–&/" and j + 1 < len(tokens) and tokens[j + 1].glued


def _joins(tokens: Sequence[Token], j: int, words: list[int]) -> bool:
    """Whether "and" joins two modifiers of a plural still to come: "Kia and Hyundai vehicles"."""
    if tokens[j].lower not in {"and", "or"} or not words or is_plural(tokens[words[-1]].lower, tokens[words[-1]].text):
        return False
    for k in range(j + 1, min(j + 4, len(tokens))):
        token = tokens[k]
        if (
            token.kind is not Kind.WORD
            or token.lower in STOP
            or (token.lower in VERBS and token.lower not in NOUN_MODIFIERS)
        ):
            return False
        if is_plural(token.lower, token.text):
            return True
    return False


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in ADVERBS_KEPT


def _ends(tokens: Sequence[Token], j: int, words: list[int], *, single: bool) -> bool:
    """Whether the word at ``j`` cannot continue the phrase."""
    token = tokens[j]
    word = token.lower
    if (token.glued and words) or word in {"and", "or"}:
        return False
    if not words:
        return _cannot_lead(tokens, j, single=single)
    last = tokens[words[-1]]
    if last.lower not in PARTICIPLES and is_plural(last.lower, last.text):
        return word in VERBS or word in PARTICIPLES or not _leads_on(last, token)
    if word in VERBS:
        return not (modifies(tokens, j + 1) or (not single and _ends_in_plural(tokens, j)))
    return word.endswith("ed") and word not in NOT_PAST and _before_preposition(tokens, j)


def _cannot_lead(tokens: Sequence[Token], j: int, *, single: bool) -> bool:
    """Whether the word at ``j`` cannot begin the phrase: a finite verb, or a comparative that stands alone."""
    word = tokens[j].lower
    if word in VERBS:
        return not _may_lead(tokens, j, single=single)
    tied = j + 1 < len(tokens) and tokens[j + 1].glued
    return word in COMPARATIVES and not tied and not modifies(tokens, j + 1)


def _leads_on(last: Token, token: Token) -> bool:
    """Whether a plural may stand before this one: "weapons systems", "Abrams tanks"."""
    if not is_plural(token.lower, token.text):
        return False
    lower = token.text.islower()
    if last.lower in ATTRIBUTIVE_PLURALS and lower == last.text.islower():
        return True
    return lower and last.text[:1].isupper()


def _before_preposition(tokens: Sequence[Token], j: int) -> bool:
    """Whether a function word or a sign follows, so that a form in -ed ends the phrase: "one official involved in"."""
    return j + 1 >= len(tokens) or tokens[j + 1].kind is not Kind.WORD or tokens[j + 1].lower in STOP


def _may_lead(tokens: Sequence[Token], j: int, *, single: bool) -> bool:
    """Whether a verb form can begin the phrase: as a participle, or as a plural ("217 lives", "12 attacks")."""
    word = tokens[j].lower
    if word in MODIFIERS or (word.endswith(("ed", "ing")) and word != "need"):
        return True
    return not single and word not in _NEVER_NOUNS and is_plural(word)


def _ends_in_plural(tokens: Sequence[Token], j: int) -> bool:
    """Whether a form in -s is the plural the number asks for ("22 vendor stands") and not a verb with an object."""
    word = tokens[j].lower
    if word in _NEVER_NOUNS or not is_plural(word):
        return False
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    return after is None or not (after.kind is Kind.NUMBER or after.lower in DETERMINERS)


def modifies(tokens: Sequence[Token], j: int) -> bool:
    """Whether a plural noun stands at ``j``: "12 older people"."""
    return (
        j < len(tokens)
        and tokens[j].kind is Kind.WORD
        and tokens[j].lower not in STOP
        and tokens[j].lower not in VERBS
        and is_plural(tokens[j].lower, tokens[j].text)
    )
