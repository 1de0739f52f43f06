"""Finds the noun phrase a number counts, by word lists and the shape of plurals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.api import Span
from models.figures.lexicon import (
    NOT_PAST,
    PARTICIPLES,
    STOP,
    VERBS,
)
from models.figures.number_table import SCALES, SMALL
from models.figures.phrases import CLOSING, DETERMINERS, MODIFIERS, Phrase, collect, modifies
from models.figures.plurals import is_plural, singular
from models.figures.unit_table import SYMBOLS, WORDS
from models.tokens import Kind, Token

__all__ = ["Noun", "is_plural", "read_noun", "singular"]

_LONGEST_PARTITIVE: Final = 6
_LONGEST_OWNER: Final = 4
_HYPHENS: Final = frozenset("-‐‑–")
_SKIPS: Final = frozenset(
    {
        "combined",
        "very",
        "mostly",
        "mainly",
        "largely",
        "most",
        "more",
        "other",
        "further",
        "fewer",
        "less",
        "such",
        "own",
    }
)
_TIMES: Final = frozenset({"earlier", "early", "later", "late"})
_OPENING: Final = frozenset('"“‘')


class Noun(NamedTuple):
    """A counted noun phrase.

    ``unit`` is the phrase in lower case without stop words, its head in the singular ("u.s. troop"); ``head`` the
    head's lemma ("troop"). ``span`` covers the phrase, ``head_span`` the head; ``first`` and ``stop`` are tokens.
    ``plural`` tells whether the head stands in the plural; ``tied`` whether a hyphen ties it to its number.
    """

    unit: str
    head: str
    span: Span
    head_span: Span
    first: int
    stop: int
    plural: bool
    tied: bool = False


def read_noun(tokens: Sequence[Token], i: int, text: str, *, single: bool) -> Noun | None:
    """The noun phrase counted by the numeral that ends before token ``i`` (``single``: the number is one)."""
    n = len(tokens)
    if i < n and tokens[i].text in _HYPHENS and tokens[i].glued:
        return _tied(tokens, i + 1)
    start = _skip(tokens, i)
    if start >= n or start < i:
        return None
    phrase = collect(tokens, start, text, single=single)
    if not phrase.words:
        return None
    noun = _choose(tokens, phrase, single=single)
    if noun is not None and tokens[start - 1].lower == "other":
        return noun._replace(unit=f"other {noun.unit}")
    return noun


def _tied(tokens: Sequence[Token], i: int) -> Noun | None:
    """As in "40-person", "six-cylinder"."""
    if i >= len(tokens) or tokens[i].kind is not Kind.WORD or not tokens[i].glued or tokens[i].lower in STOP:
        return None
    token = tokens[i]
    span = Span(token.start, token.end)
    lemma = singular(token.lower)
    return Noun(lemma, lemma, span, span, i, i + 1, plural=False, tied=True)


def _skip(tokens: Sequence[Token], i: int) -> int:
    """Past "of the", "of Kenya's 47", "more", "other"."""
    n = len(tokens)
    j = i
    if j < n and tokens[j].lower == "of":
        j = _past_owner(tokens, j + 1)
        end = min(j + _LONGEST_PARTITIVE, n)
        while j < end and _partitive(tokens[j]):
            j += 1
    j = _past_measure(tokens, j)
    if j + 1 < n and tokens[j].lower in {"still", "now", "already"} and tokens[j + 1].lower in PARTICIPLES:
        return j + 1
    while j < n and (tokens[j].lower in _SKIPS or (tokens[j].lower in _TIMES and _plural_at(tokens, j + 1))):
        j += 1
    return j + 1 if j < n and tokens[j].text in _OPENING and not tokens[j].glued else j


def _past_measure(tokens: Sequence[Token], j: int) -> int:
    """Past the size of the thing: "30 9-mm cartridges", "two 500-pound bombs"."""
    if j + 2 >= len(tokens) or tokens[j].kind is not Kind.NUMBER:
        return j
    tied = tokens[j + 1].text in _HYPHENS and tokens[j + 1].glued and tokens[j + 2].glued
    if not tied and (tokens[j + 1].lower in WORDS or tokens[j + 1].text in SYMBOLS) and modifies(tokens, j + 2):
        return j + 2
    return j + 3 if tied else j


def _plural_at(tokens: Sequence[Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].kind is Kind.WORD and is_plural(tokens[j].lower, tokens[j].text)


def _past_owner(tokens: Sequence[Token], j: int) -> int:
    """Past "al Qaeda's", "the world's": to behind a possessive in the next few words, if there is one."""
    for k in range(j, min(j + _LONGEST_OWNER, len(tokens))):
        token = tokens[k]
        if token.kind is not Kind.WORD or (token.lower in STOP and token.lower not in DETERMINERS):
            return j
        if token.lower.endswith(("'s", "’s")):
            return k + 1
    return j


def _partitive(token: Token) -> bool:
    """What may stand between "of" and the noun of which a part is counted: determiners, owners, the whole's number."""
    if token.kind is Kind.NUMBER or token.lower in DETERMINERS:
        return True
    return token.lower.endswith(("'s", "’s")) or token.lower in SMALL or token.lower in SCALES


def _choose(tokens: Sequence[Token], phrase: Phrase, *, single: bool) -> Noun | None:
    """The head: the last plural; for one, the last word; else the first word, which is a measure then."""
    words = [k for k in phrase.words if not tokens[k].lower.endswith(("'s", "’s"))]
    while words and _is_verb(tokens, words[-1], single=single):
        words.pop()
    if not words:
        return None
    plurals = [k for k in words if is_plural(tokens[k].lower, tokens[k].text)]
    while plurals and tokens[plurals[-1]].lower in PARTICIPLES and plurals[-1] != words[-1]:
        plurals.pop()
    if plurals:
        head = plurals[-1]
    elif single:
        head = words[-1]
    else:
        head = words[min(len(words) - 1, _leading_modifiers(tokens, words))]
    if not plurals and not _may_be_counted(tokens[head], single=single):
        return None
    kept = [k for k in words if k <= head]
    return _noun(tokens, kept, head, plural=bool(plurals))


def _may_be_counted(head: Token, *, single: bool) -> bool:
    """Whether a singular can be what a number counts: not a name, a dateline or a verb in the past."""
    past = head.lower.endswith("ed") and len(head.text) > 4 and head.lower not in NOT_PAST
    if single:
        return not (head.text.isupper() and len(head.text) > 4) and not past
    return not past and not head.text[:1].isupper()


def _is_verb(tokens: Sequence[Token], k: int, *, single: bool) -> bool:
    word = tokens[k].lower
    if single and word.endswith("ed") and len(word) > 4 and word not in NOT_PAST and word not in PARTICIPLES:
        return True
    return word in VERBS and word not in PARTICIPLES and (single or not is_plural(word))


def _leading_modifiers(tokens: Sequence[Token], words: list[int]) -> int:
    """How many adjectives known to be such begin the phrase."""
    count = 0
    while count < len(words) and _is_modifier(tokens[words[count]].lower):
        count += 1
    return count


def _is_modifier(word: str) -> bool:
    return word in MODIFIERS or (word.endswith("est") and len(word) > 5)


def _noun(tokens: Sequence[Token], kept: list[int], head: int, *, plural: bool) -> Noun:
    lemma = singular(tokens[head].lower)
    parts: list[str] = []
    for k in range(kept[0], head + 1):
        word = lemma if k == head else tokens[k].lower
        if tokens[k].text in CLOSING:
            continue
        if tokens[k].glued and parts:
            parts[-1] += word
        elif k in kept:
            parts.append(word)
    span = Span(tokens[kept[0]].start, tokens[head].end)
    lemma = lemma or parts[-1]
    first = head
    while not lemma.isalpha() and first > kept[0] and tokens[first].glued:  # six F-16s
        first -= 1
    return Noun(" ".join(parts), lemma, span, Span(tokens[first].start, tokens[head].end), kept[0], head + 1, plural)
