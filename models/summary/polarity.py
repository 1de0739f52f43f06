"""Whether a sentence denies what its source says, or says what its source denies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from models.figures.lexicon import STOP
from models.summary.measure import stems_of

_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|nobody|nothing|without|cannot)\b|n[’']t\b", re.IGNORECASE
)
_DENIAL: Final = re.compile(
    r"\b(?:refus\w+|den(?:y|ies|ied|ying)|fail\w*|reject\w*|lack\w*|unable|unlikely|hardly|barely|stop\w*|prevent\w*"
    r"|ban(?:s|ned|ning)?|end(?:s|ed|ing)?|avoid\w*|rul\w+ out|illegal|few|little|rather|instead|yet|block\w*|impossible"
    r"|un(?!der|it|iv|ion|til|iq)\w{3,}|in(?:eligible|capable|sufficient)\w*|only|free|loses?|lost|miss\w*|quit\w*|cancel\w*|against|drop\w*)\b",
    re.IGNORECASE,
)
"""Words that deny what follows them in other words than "not"."""

_NEGATIONS: Final = frozenset(stems_of("not no never none neither nor nobody nothing without cannot n t"))
_SMALL: Final = frozenset(stem for word in STOP for stem in stems_of(word)) | frozenset(
    stems_of("will would has have had could should can may might must be been being is are was were do does did")
)
_WORDS: Final = frozenset({"not", "no", "never", "none", "neither", "nor", "nobody", "nothing", "without"})
_WORD: Final = re.compile(r"[^\W_]+")
_SHORT: Final = re.compile(r"n[’']t\b|(?<=can)not\b")
_COPIED: Final = 0.85
_LEAST: Final = 4
_CLOSE: Final = 0.5
_REACH: Final = 3
"""Words with content that a negation denies: those right behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A sentence: its stems with content, and what each "not", and each other word of denial, stands before.

    ``neighbours`` are pairs of words as written; ``around`` each "not" with the words on either side.
    """

    stems: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    around: tuple[tuple[str, str, str], ...]
    denied: tuple[tuple[str, ...], ...]
    doubted: tuple[tuple[str, ...], ...]

    def keeps(self, other: _Told, *, cut: bool = False) -> bool:
        """Whether every "not" stands in ``other`` beside one of its words; where ``cut``, or its words do not meet there."""
        for before, negation, after in self.around:
            if (before, negation) in other.neighbours or (negation, after) in other.neighbours:
                continue
            if not cut or (before, after) in other.neighbours:
                return False
        return True

    def doubts(self, other: _Told) -> bool:
        """Whether it denies in other words something that ``other`` denies with "not"."""
        return any(one == scope for one in self.doubted for scope in other.denied)

    def affirms(self, scope: Collection[str]) -> bool:
        """Whether it has words of ``scope``, and denies none of them."""
        held = self.stems.intersection(scope)
        return bool(held) and not any(held.intersection(other) for other in (*self.denied, *self.doubted))


class Polarity:
    """What a source affirms and denies.

    Args:
        sentences: Of the source.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._told = [_told(sentence) for sentence in sentences]

    def contradicts(self, sentence: str) -> bool:
        """Whether the sentences of the source that tell the same all deny what this one says, or say what it denies."""
        claim = _told(sentence)
        if not claim.stems:
            return False
        shares = [len(claim.stems & told.stems) for told in self._told]
        most = max(shares, default=0)
        if most < _CLOSE * len(claim.stems):
            return False
        close = [told for told, share in zip(self._told, shares, strict=True) if share >= most - 1]
        copied = most >= _COPIED * len(claim.stems) and len(claim.stems) >= _LEAST
        alike = [told for told in close if copied and not told.doubts(claim)]
        if alike and (not any(map(claim.keeps, alike)) or not any(told.keeps(claim, cut=True) for told in alike)):
            return True
        return any(_says_otherwise(scope, close) for scope in claim.denied) or any(
            _left_out(scope, claim, close) for told in close for scope in told.denied
        )


def _told(sentence: str) -> _Told:
    words = [word.lower() for word in _WORD.findall(_SHORT.sub(" not", sentence))]
    return _Told(
        neighbours=frozenset(pairwise(words)),
        around=tuple(
            (before, word, after)
            for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False)
            if word in _WORDS
        ),
        stems=frozenset(stem for stem in stems_of(sentence) if stem not in _NEGATIONS and stem not in _SMALL),
        denied=tuple(_scopes(_NEGATION, sentence)),
        doubted=tuple(_scopes(_DENIAL, sentence)),
    )


def _scopes(pattern: re.Pattern[str], sentence: str) -> Iterator[tuple[str, ...]]:
    """The content words right behind each match, the nearest first."""
    for match in pattern.finditer(sentence):
        after = [stem for stem in stems_of(sentence[match.end() :]) if stem not in _SMALL and stem not in _NEGATIONS]
        yield tuple(after[:_REACH])


def _says_otherwise(scope: Sequence[str], close: Sequence[_Told]) -> bool:
    """Whether all that comes close to a claim affirms what the claim denies."""
    holding = [told for told in close if told.stems.intersection(scope)]
    return bool(holding) and all(told.affirms(scope) for told in holding)


def _left_out(scope: Sequence[str], claim: _Told, close: Sequence[_Told]) -> bool:
    """Whether a claim affirms what the source denies, and nothing close to it affirms that."""
    held = claim.stems.intersection(scope)
    if len(held) < min(2, len(scope)) or not scope or scope[0] not in held or not claim.affirms(scope):
        return False
    return not any(told.affirms(held) for told in close)
