"""Whether a name stands where the source has another one: who did what, read from the words around names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from models.figures.lexicon import STOP
from models.summary.measure import stems_of
from models.summary.names import country_of, is_ordinary, names_of

_TOKEN: Final = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[.’'-][^\W_]+)*|[^\w\s]")
_POSSESSIVE: Final = re.compile(r"[’'](?:s|re|ve|ll|d)?$")
_SMALL: Final = frozenset(stem for word in STOP for stem in stems_of(word)) - frozenset({"by"})
_SIDE: Final = 3
"""Words with content that are compared on either side of a name."""

_LEAST: Final = {2: 2, 1: 3}
"""How many of them must be alike, by how many of the two tokens right beside the name are the same."""

_LEAD: Final = 2
"""How many more than beside the name itself."""

_BOTH: Final = 2
_NEVER: Final = 2 * _SIDE + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A name of one or more words; the tokens beside it; the stems with content on either side, the nearest first."""

    words: frozenset[str]
    spelt: tuple[str, ...]
    initials: str
    before: str
    after: str
    left: frozenset[str]
    right: frozenset[str]

    def names_same(self, other: _Mention) -> bool:
        """Whether two mentions may be of one bearer: a word in common, or initials."""
        return bool(
            self.words & other.words
            or (len(self.initials) > 1 and self.initials in other.words)
            or (len(other.initials) > 1 and other.initials in self.words)
        )


class Roles:
    """The names of a source with what stands around them.

    Args:
        sentences: Of the source.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._known = {name for sentence in sentences for name in names_of(sentence)}
        self._mentions = [mention for sentence in sentences for mention in _mentions(sentence, self._known)]
        self._words = frozenset(word for mention in self._mentions for word in mention.spelt)
        self._followers: dict[str, set[str]] = {}
        ends = {mention.spelt[-1] for mention in self._mentions}
        for mention in self._mentions:
            for word, following in pairwise(mention.spelt):
                if word not in ends:
                    self._followers.setdefault(word, set()).add(following)

    def misplaced(self, sentence: str) -> bool:
        """Whether a name of ``sentence`` stands among words that the source has around another name only."""
        mentions = list(_mentions(sentence, self._known))
        return any(self._mixed(one) or self._misplaced(one, mentions) for one in mentions)

    def _misplaced(self, one: _Mention, beside: Sequence[_Mention]) -> bool:
        own = max((_likeness(one, known) for known in self._mentions if one.names_same(known)), default=0)
        stems = frozenset(stem for word in one.words for stem in stems_of(word))
        for known in self._mentions:
            score = _likeness(one, known)
            same = (one.before == known.before != "") + (one.after == known.after)
            lead = _LEAD + (not stems.isdisjoint(known.left | known.right))  # both names stand there
            if score < own + lead or score < _LEAST.get(same, _NEVER) or one.names_same(known):
                continue
            named_too = any(known.names_same(other) for other in beside if other is not one)
            if not named_too or (same == _BOTH and score >= own + lead + 1):
                return True
        return False

    def _mixed(self, one: _Mention) -> bool:
        """Whether a name goes on in another way than the source ever does: "Ana Strand" of Ana Loring, Pavel Strand."""
        return any(
            word in self._followers and following not in self._followers[word]
            for word, following in pairwise(one.spelt)
            if following in self._words
        )


def _mentions(sentence: str, known: Iterable[str]) -> Iterator[_Mention]:
    names = {name for name in names_of(sentence) if not is_ordinary(name)}
    tokens = [match.group() for match in _TOKEN.finditer(sentence)]
    if tokens and tokens[0] in known and not is_ordinary(tokens[0]):
        names.add(tokens[0])
    at = 0
    while at < len(tokens):
        if tokens[at] not in names:
            at += 1
            continue
        stop = at + 1
        while stop < len(tokens) and tokens[stop] in names and not _POSSESSIVE.search(tokens[stop - 1]):
            stop += 1
        bare = [_POSSESSIVE.sub("", token) for token in tokens[at:stop]]
        yield _Mention(
            words=frozenset(_canonical(token) for token in bare),
            spelt=tuple(token.lower() for token in bare),
            initials="".join(token[0] for token in bare if token).lower(),
            before=tokens[at - 1].lower() if at else "",
            after=tokens[stop].lower() if stop < len(tokens) else "",
            left=_content(reversed(tokens[:at])),
            right=_content(tokens[stop:]),
        )
        at = stop


def _canonical(word: str) -> str:
    plain = word.lower().replace(".", "")
    return country_of(plain) or plain


def _content(tokens: Iterable[str]) -> frozenset[str]:
    found: list[str] = []
    for token in tokens:
        found.extend(stem for stem in stems_of(token) if stem not in _SMALL and not is_ordinary(token))
        if len(found) >= _SIDE:
            break
    return frozenset(found[:_SIDE])


def _likeness(one: _Mention, known: _Mention) -> int:
    return len(one.left & known.left) + len(one.right & known.right)
