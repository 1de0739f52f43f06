"""Finds the words and phrases a reader follows or mutes in a text, whatever their inflection."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

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


class Wordbook:
    """Which of some texts hold a phrase. Built once; a phrase costs a look at the texts that hold its first word."""

    def __init__(self, texts: Mapping[int, Iterable[str]]) -> None:
        self._texts = {number: " | ".join(map(folded, parts)) for number, parts in texts.items()}
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, text in self._texts.items():
            for word in set(text.split()):
                self._holders[word].append(number)
        self._known: dict[str, frozenset[int]] = {}

    def holding(self, phrase: str) -> frozenset[int]:
        """The texts that hold all words of a phrase, one behind the other; none for a phrase without words."""
        if phrase not in self._known:
            wanted = folded(phrase)
            first = wanted.split()[:1]
            near: Sequence[int] = self._holders.get(first[0], ()) if first else ()
            self._known[phrase] = frozenset(number for number in near if wanted in self._texts[number])
        return self._known[phrase]
