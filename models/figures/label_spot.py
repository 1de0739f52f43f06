"""A number in its sentence: where it stands with its bounds, and how the words around it are written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.figures.country_table import COUNTRIES
from models.figures.key_scene import Place, is_name
from models.figures.key_topic import words_of
from models.figures.label_table import ADVERBS, BOUNDS, COMMON_OPENERS, DETERMINERS, PREPOSITIONS, PRONOUNS
from models.figures.label_verbs import is_verb
from models.figures.lexicon import NO_PLURAL_S
from models.figures.number_table import COLLECTIVES, SCALES, SMALL, VAGUE
from models.figures.plurals import is_plural
from models.figures.quantity import QuantityKind
from models.tokens import Kind

NUMBER_WORDS: Final = (
    frozenset(SMALL) | frozenset(SCALES) | frozenset(VAGUE) | frozenset(COLLECTIVES) | {"half", "third", "quarter"}
)
_JOINTS: Final = frozenset("-‐‑&/'’“”\"‘+")
_QUOTES: Final = frozenset("“”\"'‘’")
_CONVERSION: Final = 12
_BOUNDS_BY_LAST: Final = {
    last: tuple(bound for bound in BOUNDS if bound[-1] == last) for last in {bound[-1] for bound in BOUNDS}
}
_BRACKETED: Final = frozenset("([")


@dataclass(slots=True)
class Spot:
    """A number in its sentence: tokens ``[start, stop)``, with what bounds it left outside.

    ``head`` is the index of the token before the number and its bounds.
    """

    place: Place
    start: int
    stop: int
    head: int

    @classmethod
    def of(cls, place: Place) -> Spot:
        """Find the spot of a place; a sum in brackets stands where the sum before the brackets does."""
        start, stop = place.start, place.stop
        bracket = _conversion_around(place)
        before = _amount_before(place, bracket.start - 1) if bracket is not None else None
        if bracket is not None and before is not None:
            start, stop = before, bracket.stop
        return cls(place, start, _past_conversion(place, stop), _past_bounds(place, start - 1))

    def lower(self, k: int) -> str:
        """The token at an index in lower case; empty outside the sentence."""
        return self.place.lower(k)

    def text(self, words: range | list[int]) -> str:
        """The words of some tokens as a label has them: no number, no bound, no determiner in front."""
        kept = [k for k in words if not self.numeral(k)]
        while kept and self.lower(kept[0]) in DETERMINERS | ADVERBS and not self._hyphened(kept[0]):
            if self.lower(kept[0]) == "first" and len(kept) > 1 and not is_verb(self.place, kept[1]):
                break
            kept.pop(0)
        while kept and self.lower(kept[-1]) in PREPOSITIONS | DETERMINERS | {"and", "or"}:
            kept.pop()
        tokens = self.place.scene.tokens
        comma = next((k for k in kept[1:-1] if tokens[k].text == ","), None)
        if comma is not None:
            at = kept.index(comma)
            return f"{self.text(kept[:at])}, {self.text(kept[at + 1 :])}"
        owners = [
            k for k in kept[1:-1] if tokens[k].text in "'’" and tokens[k].glued and tokens[k - 1].lower.endswith("s")
        ]
        if owners:
            at = kept.index(owners[0])
            return f"{self.text(kept[:at])}' {self.text(kept[at + 1 :])}"
        text = words_of(self.place.scene, kept)
        return text if not kept or not self._common(kept[0]) else f"{text[:1].lower()}{text[1:]}"

    def _hyphened(self, k: int) -> bool:
        return k + 1 < self.place.last and self.place.scene.tokens[k + 1].text in "-‐‑"

    def numeral(self, k: int) -> bool:
        """Whether a token is a number, or tied to one by a hyphen: "143-year-old"."""
        tokens = self.place.scene.tokens
        while k > self.place.first and tokens[k].glued and tokens[k].text not in _QUOTES:
            if tokens[k - 1].kind is Kind.NUMBER and not (k > 1 and tokens[k - 2].text in "-‐‑"):
                return tokens[k].text in "-‐‑"
            if tokens[k - 1].text not in "-‐‑" and tokens[k].text not in "-‐‑":
                break
            k -= 1
        word = tokens[k].lower
        if word not in NUMBER_WORDS or word in {"first", "second"}:
            return False
        tied = k + 2 < self.place.last and tokens[k + 1].text in "-‐‑" and tokens[k + 1].glued
        return not (tied and tokens[k + 2].lower in {"off", "way", "time", "sided"})

    def numeral_at(self, k: int) -> bool:
        """Whether a token of the sentence is a number in digits or in words."""
        inside = self.place.first <= k < self.place.last
        return inside and (self.place.scene.tokens[k].kind is Kind.NUMBER or self.lower(k) in NUMBER_WORDS)

    def compound(self, k: int) -> bool:
        """Whether a token is of an adjective with a number: "143-year-old"."""
        tokens = self.place.scene.tokens
        low = next((j for j in range(k, max(self.place.first, k - 5), -1) if tokens[j].kind is Kind.NUMBER), k)
        glued = all(tokens[j].glued for j in range(low + 1, k + 1))
        return glued and low + 1 < self.place.last and tokens[low + 1].text in "-‐‑" and tokens[low + 1].glued

    def _common(self, k: int) -> bool:
        """Whether a word is capitalised for beginning its sentence, and no name."""
        if k not in self.place.scene.openers or k + 1 >= len(self.place.scene.tokens):
            return False
        token, following = self.place.scene.tokens[k], self.place.scene.tokens[k + 1]
        word = token.lower
        if not token.text[1:].islower() or token.lower in COUNTRIES or word.endswith(("'s", "’s")):
            return False
        if is_name(following) and not following.text.isupper():
            return word.endswith("ing")
        counts = is_plural(word) and (word not in NO_PLURAL_S or word in {"people", "police", "troops"})
        return word in self.place.scene.common or word in COMMON_OPENERS or counts

    def sign(self, k: int) -> bool:
        """Whether a token is a sign that ends a phrase."""
        token = self.place.scene.tokens[k]
        return token.kind is Kind.SIGN and token.text not in _JOINTS

    def pronoun(self, k: int) -> bool:
        """Whether a token is a pronoun; "US" is none."""
        return self.lower(k) in PRONOUNS and self.place.scene.tokens[k].text != "US"

    def timed(self, k: int) -> bool:
        """Whether a token is part of a time expression."""
        return self.place.scene.timed(k)


def _conversion_around(place: Place) -> range | None:
    """The bracket that a sum stands in, if other sums at most stand beside it: "(£73m)", "($9bn; £4.8bn)"."""
    low = max(place.first, place.start - _CONVERSION)
    opened = next((k for k in range(place.start - 1, low - 1, -1) if place.lower(k) in _BRACKETED), None)
    ahead = range(place.stop, min(place.last, place.stop + _CONVERSION))
    closed = next((k for k in ahead if place.lower(k) in {")", "]"}), None)
    if opened is None or closed is None:
        return None
    words = [k for k in range(opened, closed) if place.scene.tokens[k].kind is Kind.WORD]
    sums = sum(place.scene.tokens[k].kind is Kind.NUMBER for k in range(opened, closed))
    return range(opened, closed + 1) if len(words) <= 2 * sums + 1 else None


def is_conversion(place: Place) -> bool:
    """Whether a sum in brackets says a sum before them again in other money: "$140m (£73m)"."""
    if place.quantity.kind is not QuantityKind.MONEY:
        return False
    bracket = _conversion_around(place)
    return bracket is not None and _amount_before(place, bracket.start - 1) is not None


def _past_conversion(place: Place, k: int) -> int:
    """Past a sum's value in other money: "$140m (£73m)"; where it stands if no such bracket follows."""
    if place.quantity.kind is not QuantityKind.MONEY or place.lower(k) != "(":
        return k
    ahead = range(k + 1, min(place.last, k + _CONVERSION))
    closed = next((j for j in ahead if place.lower(j) == ")"), None)
    if closed is None or not any(place.scene.tokens[j].kind is Kind.NUMBER for j in range(k, closed)):
        return k
    return closed + 1


def _amount_before(place: Place, k: int) -> int | None:
    """Where the amount begins that ends at token ``k``: "1.8 billion lorna" before its value in dollars."""
    low = max(place.first, k - 4)
    numbers = [j for j in range(low, k + 1) if place.scene.tokens[j].kind is Kind.NUMBER]
    if not numbers:
        return None
    first = numbers[0]
    return first - 1 if place.scene.tokens[first - 1].kind is Kind.SIGN and first - 1 >= place.first else first


def _past_bounds(place: Place, k: int) -> int:
    """The last token before a number that is no bound of it."""
    moved = True
    while moved and k >= place.first:
        moved = False
        if place.scene.tokens[k].text in _QUOTES or place.scene.tokens[k].text in "$€£¥₹₱":
            k -= 1
            moved = True
            continue
        for bound in _BOUNDS_BY_LAST.get(place.lower(k), ()):
            begin = k - len(bound) + 1
            if begin >= place.first and all(place.lower(begin + j) == word for j, word in enumerate(bound)):
                k = begin - 1
                moved = True
                break
    return k
