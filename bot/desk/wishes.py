"""Finds the words and phrases a reader follows or mutes in a text, whatever their inflection."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from bot.desk.words import UNSPACED, stem

_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:['’][^\W\d_{UNSPACED}]+)?")
_MIN_PLURAL = 4
_MIN_E = 5
_NO_PLURAL = ("ss", "us", "is")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word as it is compared: case folded, without its inflection ("Armies" meets "army", "strikes" "striking")."""
    word = word.casefold()
    if word.endswith("ies") and len(word) >= _MIN_E:
        word = f"{word[:-3]}y"
    found = stem(word)
    if found == word and len(word) >= _MIN_PLURAL and word.endswith("s") and not word.endswith(_NO_PLURAL):
        found = word[:-1]
    return found[:-1] if len(found) >= _MIN_E and found.endswith("e") else found


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """A text as its folded words, a space around each, so that a phrase is found as a part of it."""
    return f" {' '.join(map(fold, _WORD.findall(text)))} "


_FEW = 60
"""Phrases that are cheaper to look for in each text than in an index, whose making folds every word of every text."""


class Wordbook:
    """Which of some texts hold a phrase.

    The first few phrases cost a look at each text, and the folding of those that may hold it. Many make it worth to have an
    index, after which a phrase costs a look at the texts that hold its first word.
    """

    def __init__(self, texts: Mapping[int, Iterable[str]]) -> None:
        self._parts = {number: tuple(parts) for number, parts in texts.items()}
        self._folded: dict[int, str] = {}
        self._known: dict[str, frozenset[int]] = {}

    def holding(self, phrase: str) -> frozenset[int]:
        """The texts that hold all words of a phrase, one behind the other; none for a phrase without words."""
        if phrase not in self._known:
            wanted = folded(phrase)
            first = wanted.split()[:1]
            near = self._near(first[0]) if first else ()
            self._known[phrase] = frozenset(number for number in near if wanted in self._text(number))
        return self._known[phrase]

    def _near(self, word: str) -> Sequence[int]:
        """The texts that may hold a folded word."""
        if len(self._known) > _FEW:
            return self._holders.get(word, ())
        begins = word.removesuffix("y")  # a word begins as it does when it is folded, but for "ies" that became "y"
        return [number for number, text in self._plain.items() if begins in text]

    @cached_property
    def _plain(self) -> dict[int, str]:
        return {number: " | ".join(parts).casefold().lower().replace("’", "'") for number, parts in self._parts.items()}

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[int]]:
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for number in self._parts:
            for word in set(self._text(number).split()):
                holders[word].append(number)
        return holders

    def _text(self, number: int) -> str:
        if number not in self._folded:
            self._folded[number] = " | ".join(map(folded, self._parts[number]))
        return self._folded[number]
