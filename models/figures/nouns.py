"""Finds the noun phrase a number counts, by word lists and the shape of plurals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from models.api import Span
from models.figures.lexicon import (
    ADVERBS_KEPT,
    ATTRIBUTIVE_PLURALS,
    COMPARATIVES,
    IRREGULAR,
    NO_PLURAL_S,
    NOT_PAST,
    NOT_PLURAL,
    NOUN_MODIFIERS,
    PARTICIPLES,
    STOP,
    VERBS,
)
from models.figures.number_table import SCALES, SMALL
from models.figures.unit_table import SYMBOLS, WORDS
from models.tokens import Kind, Token

MAX_WORDS: Final = 8
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
_CLOSING: Final = frozenset('"”’')
_NEVER_NOUNS: Final = frozenset({"says", "goes", "includes", "becomes", "remains", "seems", "appears", "knows"})
_MODIFIERS: Final = NOUN_MODIFIERS | PARTICIPLES
_DETERMINERS: Final = frozenset(
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


def singular(word: str) -> str:
    """The singular of a lower-case English noun; words that are singular already stay."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word == "s":  # six F-16s
        return ""
    if word.endswith(("women", "children")) or (word.endswith("men") and len(word) > 5):
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
    if word in NOT_PLURAL or not word.endswith("s"):
        return word.endswith(("men", "women", "children")) and len(word) > 5
    if len(word) > 3:
        return not word.endswith(("ss", "us", "is", "'s", "’s"))
    return len(text) > 1 and text[:-1].isupper()


class _Phrase(NamedTuple):
    words: list[int]
    stop: int


def read_noun(tokens: Sequence[Token], i: int, text: str, *, single: bool) -> Noun | None:
    """The noun phrase counted by the numeral that ends before token ``i`` (``single``: the number is one)."""
    n = len(tokens)
    if i < n and tokens[i].text in _HYPHENS and tokens[i].glued:
        return _tied(tokens, i + 1)
    start = _skip(tokens, i)
    if start >= n or start < i:
        return None
    phrase = _collect(tokens, start, text, single=single)
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
    if not tied and (tokens[j + 1].lower in WORDS or tokens[j + 1].text in SYMBOLS) and _modifies(tokens, j + 2):
        return j + 2
    return j + 3 if tied else j


def _plural_at(tokens: Sequence[Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].kind is Kind.WORD and is_plural(tokens[j].lower, tokens[j].text)


def _past_owner(tokens: Sequence[Token], j: int) -> int:
    """Past "al Qaeda's", "the world's": to behind a possessive in the next few words, if there is one."""
    for k in range(j, min(j + _LONGEST_OWNER, len(tokens))):
        token = tokens[k]
        if token.kind is not Kind.WORD or (token.lower in STOP and token.lower not in _DETERMINERS):
            return j
        if token.lower.endswith(("'s", "’s")):
            return k + 1
    return j


def _partitive(token: Token) -> bool:
    """What may stand between "of" and the noun of which a part is counted: determiners, owners, the whole's number."""
    if token.kind is Kind.NUMBER or token.lower in _DETERMINERS:
        return True
    return token.lower.endswith(("'s", "’s")) or token.lower in SMALL or token.lower in SCALES


def _collect(tokens: Sequence[Token], start: int, text: str, *, single: bool) -> _Phrase:
    """Indices of the words of the phrase from ``start``, ending before a verb, a stop word or a sign."""
    words: list[int] = []
    n, j = len(tokens), start
    while j < n and len(words) < MAX_WORDS:
        token = tokens[j]
        if not token.glued and token.text[:1].isupper() and "\n" in text[tokens[j - 1].end : token.start]:
            break
        if token.kind is not Kind.WORD:
            if words and token.glued and token.text in _CLOSING and not is_plural(tokens[words[-1]].lower):
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
    return _Phrase(words, j)


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
        return not (_modifies(tokens, j + 1) or (not single and _ends_in_plural(tokens, j)))
    return word.endswith("ed") and word not in NOT_PAST and _before_preposition(tokens, j)


def _cannot_lead(tokens: Sequence[Token], j: int, *, single: bool) -> bool:
    """Whether the word at ``j`` cannot begin the phrase: a finite verb, or a comparative that stands alone."""
    word = tokens[j].lower
    if word in VERBS:
        return not _may_lead(tokens, j, single=single)
    tied = j + 1 < len(tokens) and tokens[j + 1].glued
    return word in COMPARATIVES and not tied and not _modifies(tokens, j + 1)


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
    if word in _MODIFIERS or (word.endswith(("ed", "ing")) and word != "need"):
        return True
    return not single and word not in _NEVER_NOUNS and is_plural(word)


def _ends_in_plural(tokens: Sequence[Token], j: int) -> bool:
    """Whether a form in -s is the plural the number asks for ("22 vendor stands") and not a verb with an object."""
    word = tokens[j].lower
    if word in _NEVER_NOUNS or not is_plural(word):
        return False
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    return after is None or not (after.kind is Kind.NUMBER or after.lower in _DETERMINERS)


def _modifies(tokens: Sequence[Token], j: int) -> bool:
    """Whether a plural noun stands at ``j``: "12 older people"."""
    return (
        j < len(tokens)
        and tokens[j].kind is Kind.WORD
        and tokens[j].lower not in STOP
        and tokens[j].lower not in VERBS
        and is_plural(tokens[j].lower, tokens[j].text)
    )


def _choose(tokens: Sequence[Token], phrase: _Phrase, *, single: bool) -> Noun | None:
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
    return word in _MODIFIERS or (word.endswith("est") and len(word) > 5)


def _noun(tokens: Sequence[Token], kept: list[int], head: int, *, plural: bool) -> Noun:
    lemma = singular(tokens[head].lower)
    parts: list[str] = []
    for k in range(kept[0], head + 1):
        word = lemma if k == head else tokens[k].lower
        if tokens[k].text in _CLOSING:
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
