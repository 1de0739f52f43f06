"""Tells from the words around a date whether the sentence looks back or ahead."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from models.tokens import Kind, Token

_REACH_BACK = 24
_REACH_AHEAD = 14

_FUTURE = frozenset(
    "will shall won't wo 'll we'll i'll they'll he'll she'll it'll you'll we’ll i’ll they’ll he’ll she’ll it’ll would "
    "upcoming scheduled slated expected due expects plans planning forthcoming tentatively must".split(),
)
_LEANS_AHEAD = frozenset(
    "set plan plans planned planning scheduled slated expected expects expect due agreed agrees vowed vows pledged "
    "promised promises ordered asked told urged instructed required want wants wanted hopes hope hoped intends intend "
    "intended has have is are poised ready preparing likely unlikely invited needs need committed time deadline bound "
    "eligible continue continues aims aim able going supposed allowed obliged ought deal agreement forced "
    "seeking seeks looking calls called prepares "
    "decided proposes proposed offered".split(),
)
_AHEAD_WHEN_BARE = frozenset(
    "begins starts opens takes expires ends meets resumes returns votes faces kicks closes goes arrives departs "
    "visits travels heads concludes matures becomes".split(),
)
_PAST = frozenset(
    "was were had did said told came went made took began became got gave found left held met kept brought led fell "
    "rose grew won lost sent saw shot struck hit broke spoke wrote ran stood sat spent sold bought built felt flew "
    "fought chose cut drew drove heard hurt knew laid lay let paid put quit read rode sank set shook slid spread "
    "stole swept swore taught threw thought understood withdrew woke wore wasn't weren't didn't hadn't wasn’t weren’t "
    "didn’t hadn’t been died fled sought dropped".split(),
)
_NOT_VERBS = frozenset("need needed indeed hundred speed seed feed breed united unprecedented proceed exceed".split())
_STOPS = frozenset({".", "!", "?", ";"})
_BY = frozenset({"by", "until", "till", "through"})


class Tense(Enum):
    """Which way the sentence looks."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


def _ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text not in _STOPS:
        return False
    if token.text != "." or index == 0:
        return True
    before = tokens[index - 1].text
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    short = len(before) <= 4 and before[:1].isupper()  # noqa: PLR2004 - Nov. Gen. Sept.
    return follows is None or (not short and not follows.glued)


def _leaning(tokens: Sequence[Token], index: int) -> Tense:
    token = tokens[index]
    if token.kind is not Kind.WORD:
        return Tense.UNKNOWN
    word = token.lower
    before = tokens[index - 1].lower if index else ""
    if word in _FUTURE or (word == "to" and before in _LEANS_AHEAD):
        return Tense.FUTURE
    if word in _PAST:
        return Tense.PAST if before != "to" else Tense.UNKNOWN
    if word.endswith("ed") and len(word) > 4 and word not in _NOT_VERBS and token.text[0].islower():  # noqa: PLR2004
        if before in {"be", "being", "is", "are"}:
            return Tense.UNKNOWN
        return Tense.PAST
    if word in _AHEAD_WHEN_BARE:
        return Tense.FUTURE
    return Tense.UNKNOWN


def tense_at(tokens: Sequence[Token], start: int, end: int) -> Tense:
    """The tense that governs the tokens ``[start, end)``: the nearest verb before them, else the nearest after."""
    for index in range(start - 1, max(-1, start - _REACH_BACK), -1):
        if _ends_sentence(tokens, index):
            break
        leaning = _leaning(tokens, index)
        if leaning is not Tense.UNKNOWN:
            if leaning is Tense.PAST and tokens[start - 1].lower in _BY:
                return Tense.UNKNOWN
            return leaning
    if start and tokens[start - 1].lower in _BY:
        return Tense.FUTURE
    for index in range(end, min(len(tokens), end + _REACH_AHEAD)):
        if _ends_sentence(tokens, index):
            break
        leaning = _leaning(tokens, index)
        if leaning is not Tense.UNKNOWN:
            return leaning
    return Tense.UNKNOWN
