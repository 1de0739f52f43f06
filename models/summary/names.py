"""Whether a name stands in a source, however the writer inflects, shortens or spells it out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from models.figures.country_table import COUNTRIES
from models.figures.lexicon import PERSONS, STOP
from models.figures.wordlist import words

_NAME: Final = re.compile(r"\b[A-Z][\w’'.&-]*\w|\b[A-Z]\b")
_WORD: Final = re.compile(r"[^\W_]+")
_SMALL_WORD: Final = re.compile(r"\b[a-z]")
_OPENING: Final = "\"'“‘(• -"
_POSSESSIVE: Final = re.compile(r"[’'](?:s|re|ve|ll|d)?$")
_LONGEST_ACRONYM: Final = 6
_SHORTEST_STEM: Final = 4
_ENDINGS: Final = frozenset({"n", "an", "ian", "ese", "ish", "i", "s", "es"})
_LINKS: Final = words("of the and for in on de la & to")
_MORE_COUNTRIES: Final = {
    "english": "england", "scottish": "scotland", "scots": "scotland", "scot": "scotland", "welsh": "wales",
    "briton": "britain", "britons": "britain", "european": "europe", "eu": "europe", "african": "africa", "asian": "asia", "usa": "us",
}  # fmt: skip
_ROLES: Final = words("""
    president vice prime minister premier secretary foreign home chancellor senator sen sens rep governor mayor mp mps
    judge justice chief king queen prince princess pope sir lord lady dame mr mrs ms miss dr prof professor general gen
    colonel col captain capt sergeant sgt private pte officer director chairman chairwoman chair head leader manager
    boss coach actor actress singer striker midfielder defender goalkeeper winger forward substitute co-star star
    author writer comedian broadcaster journalist reporter analyst expert investigator detective police dad mom mother
    father former ex old new young more most many some few other another top best last first second next late early
    police people men women man woman boy girl god tv monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december reacting speaking writing although
    while when where why how what who after before during since because if not with without rs co intl one two three four five six
    seven eight nine ten spring summer autumn winter ceo ceos coo cfo cm cms ipo
    several all both each every only also now then here there yes no but and or so
""")


def names_of(sentence: str) -> Iterator[str]:
    """Capitalised words, the first of the sentence only where it is part of a longer name, or no word in small letters follows it."""
    for match in _NAME.finditer(sentence):
        opens = not sentence[: match.start()].strip(_OPENING) or sentence[: match.start()].rstrip()[-1:] in {
            ":",
            "“",
            '"',
        }
        rest = sentence[match.end() :]
        alone = re.match(r"\s[A-Z]", rest) or _SMALL_WORD.search(rest) is None
        if not opens or (alone and not is_ordinary(match.group())):
            yield match.group()


class Names:
    """The words of a source, as names are looked up in them."""

    def __init__(self, source: str) -> None:
        found = _WORD.findall(_folded(source))
        self._words = {word.lower() for word in found}
        self._words |= {word.lower() for word in re.findall(r"[^\W_]+(?:[-’'.][^\W_]+)+", _folded(source))}
        self._countries = {country for word in self._words if (country := country_of(word))}
        if re.search(r"\bUnited States\b|\bU\.S\.", source):
            self._countries.add("us")
        if re.search(r"\bUnited Kingdom\b|\bU\.K\.", source):
            self._countries.add("britain")
        self._acronyms = set(_initials(found))
        self._capitals = {word for word in found if word.isupper()}
        self._stems = {stem for word in self._words for stem in _stems(word)}

    def missing(self, sentence: str) -> list[str]:
        """The names of ``sentence`` that do not stand in the source."""
        absent = [name for name in names_of(sentence) if not self.have(name)]
        if not absent:
            return []
        spelt = self._spelt_out(sentence)
        return [name for name in absent if not all(word in spelt for word in _capital_parts(name))]

    def have(self, name: str) -> bool:
        """Whether a name of one word, or each part of a compound, stands in the source."""
        plain = _POSSESSIVE.sub("", _folded(name))
        short = plain.replace(".", "")
        if plain.lower() in self._words or short.lower() in self._words:
            return True
        if short[:2].isupper():
            letters = short.removesuffix("s").lower()
            if letters in self._acronyms | self._words or country_of(short.lower()) in self._countries:
                return True
        return all(self._has(word) for word in _capital_parts(name))

    def _has(self, word: str) -> bool:
        if word in self._words or is_ordinary(word) or country_of(word) in self._countries:
            return True
        return any(stem in self._stems for stem in _stems(word))

    def _spelt_out(self, sentence: str) -> frozenset[str]:
        """Words of a name of the sentence whose initials stand in the source: "World Health Organization" for "WHO"."""
        tokens = [word for word in _WORD.findall(_folded(sentence)) if word.lower() not in _LINKS | STOP]
        spelt: set[str] = set()
        for start in range(len(tokens)):
            for stop in range(start + 2, min(start + _LONGEST_ACRONYM, len(tokens)) + 1):
                run = tokens[start:stop]
                if all(word[0].isupper() for word in run) and "".join(word[0] for word in run) in self._capitals:
                    spelt.update(word.lower() for word in run)
        return frozenset(spelt)


def _initials(found: Sequence[str]) -> Iterator[str]:
    """The initials of 2 to 6 neighbouring capitalised words, the small words between left out."""
    run: list[str] = []
    for word in found:
        if word[0].isupper():
            run = [*run[1 - _LONGEST_ACRONYM :], word[0].lower()]
            yield from ("".join(run[start:]) for start in range(len(run) - 1))
        elif word not in _LINKS:
            run = []


def _capital_parts(name: str) -> list[str]:
    """The parts of a compound that name something: "ISIS" of "ISIS-related"."""
    parts = _WORD.findall(_POSSESSIVE.sub("", _folded(name)))
    return [part.lower() for part in parts if not part.islower()]


def _stems(word: str) -> Iterator[str]:
    yield word
    for size in range(_SHORTEST_STEM, len(word)):
        if word[size:] in _ENDINGS:
            yield word[:size]


def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is a title, a role or a word of the language, rather than a name."""
    plain = _POSSESSIVE.sub("", word).lower()
    return plain not in COUNTRIES and (plain in STOP or plain in _ROLES or plain in PERSONS)


def country_of(word: str) -> str | None:
    """The country that a word in lower case names or describes ("german": "germany"), if it does."""
    known = COUNTRIES.get(word) or COUNTRIES.get(".".join(word) + "." if len(word) == len("us") else word)
    if known:
        return known.lower()
    return word if word in _MORE_COUNTRIES.values() else _MORE_COUNTRIES.get(word)


def _folded(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
