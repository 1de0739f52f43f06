"""Cuts the sentence around a number into whole phrases: the subject, the verb, what follows the number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from models.figures.country_table import COUNTRIES
from models.figures.key_scene import Place, is_name
from models.figures.key_topic import words_of
from models.figures.label_table import (
    ADVERBS,
    AUXILIARIES,
    BOUNDS,
    COMMON_OPENERS,
    DETERMINERS,
    HARD,
    ORDINALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    SPEECH,
    TAIL_STARTS,
    TAIL_STOPS,
    TIME_WORDS,
)
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
_SETTLEMENTS: Final = frozenset(
    {"town", "city", "village", "island", "district", "province", "port", "suburb", "state"}
)
_QUOTES: Final = frozenset("“”\"'‘’")
_LONGEST_NOUN: Final = 7
_LONGEST_TAIL: Final = 7
_REACH: Final = 40
_READY: Final = frozenset({"due", "ready", "likely", "set", "able"})
_LONGEST_NAME: Final = 4
_ASIDE: Final = 16
_CONVERSION: Final = 12
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
        for bound in BOUNDS:
            begin = k - len(bound) + 1
            if begin >= place.first and all(place.lower(begin + j) == word for j, word in enumerate(bound)):
                k = begin - 1
                moved = True
                break
    return k


def verb_before(spot: Spot, k: int) -> int | None:
    """The nearest verb, or form of "be" and "have" that stands alone, at or before token ``k`` in its clause."""
    for j in range(k, max(spot.place.first, k - _REACH) - 1, -1):
        if spot.lower(j) in SAYING:
            return None
        if is_verb(spot.place, j):
            return j
        word = spot.lower(j)
        if word in AUXILIARIES:
            return j
        if spot.place.breaks(j) or word in HARD or word in SPEECH:
            return None
    return None


def subject_of(spot: Spot, verb: int) -> range | None:
    """The phrase that is the subject of the verb at a token; None where it is a pronoun or not to be found."""
    k = _past_helpers(spot, verb - 1)
    word = spot.lower(k)
    if k < spot.place.first:
        return None
    if word in {"and", "or", "before", "after", "while"}:
        earlier = _verb_left(spot, k - 1)
        return None if earlier is None else subject_of(spot, earlier)
    if word in RELATIVES:
        return _antecedent(spot, k - 2 if spot.lower(k - 1) == "," else k - 1)
    return _past_aside(spot, k) if word == "," else noun_back(spot, k)


def _past_helpers(spot: Spot, k: int) -> int:
    """The last token before a verb that is no auxiliary, no adverb, no "plans to"."""
    while k >= spot.place.first:
        word = spot.lower(k)
        adverb = word.endswith("ly") and not is_name(spot.place.scene.tokens[k])
        if word == "to":
            k -= 2 if is_verb(spot.place, k - 1) or spot.lower(k - 1) in _READY else 1
        elif word in AUXILIARIES or word in ADVERBS or adverb or spot.timed(k):
            k -= 1
        else:
            break
    return k


def _past_aside(spot: Spot, k: int) -> range | None:
    """The subject before an aside that ends at token ``k``; a name in apposition stands for it."""
    low = max(spot.place.first, k - _ASIDE)
    opened = next((j for j in range(k - 1, low - 1, -1) if spot.lower(j) == ","), None)
    if opened is None or opened <= spot.place.first:
        earlier = _verb_left(spot, k - 1)
        return None if earlier is None else subject_of(spot, earlier)
    name = range(opened + 1, k)
    if 2 <= len(name) <= _LONGEST_NAME and all(is_name(spot.place.scene.tokens[j]) for j in name):
        return name
    return noun_back(spot, opened - 1)


def _antecedent(spot: Spot, end: int) -> range | None:
    """What "which" stands for: "the stadium in Malang, which"."""
    core = core_back(spot, end)
    if core is None or spot.lower(core.start - 1) != "in" or not is_name(spot.place.scene.tokens[core.start]):
        return core
    longer = core_back(spot, core.start - 2)
    return core if longer is None else range(longer.start, core.stop)


def _verb_left(spot: Spot, k: int) -> int | None:
    for j in range(k, max(spot.place.first, k - _REACH) - 1, -1):
        if is_verb(spot.place, j) or spot.lower(j) in AUXILIARIES:
            return j
        if spot.place.breaks(j) or spot.lower(j) in HARD:
            return None
    return None


def first_phrase(spot: Spot) -> str:
    """The subject that the sentence begins with, as text; empty where it is a pronoun."""
    low = spot.place.first
    verb = next(
        (k for k in range(low + 1, spot.head + 1) if spot.lower(k) in AUXILIARIES or is_verb(spot.place, k)), None
    )
    if verb is None or spot.lower(verb) in SAYING:
        return ""
    words = subject_of(spot, verb)
    return spot.text(words) if words is not None else ""


def noun_back(spot: Spot, end: int) -> range | None:
    """The noun phrase, with what depends on it, that ends at token ``end``; None for a pronoun."""
    low = spot.place.first
    begin = end + 1
    while begin > low:
        k = begin - 1
        word = spot.lower(k)
        if (
            spot.sign(k)
            or word in HARD
            or (word in SPEECH and spot.lower(k - 1) not in PREPOSITIONS | DETERMINERS)
            or word in RELATIVES
            or word in AUXILIARIES
            or (spot.timed(k) and not _tied(spot, k))
            or (is_verb(spot.place, k) and not (word.endswith("ed") and spot.lower(k + 1) == "by"))
        ):
            break
        begin = k
    begin = _past_opening(spot, begin, end + 1)
    while begin <= end and spot.lower(begin) in DETERMINERS | {"and", "or", "both", "about", "some", "more"} | ADVERBS:
        if spot.place.scene.tokens[min(begin + 1, end)].text in "-‐‑":
            break
        begin += 1
    words = range(begin, end + 1)
    if not words or (len(words) == 1 and spot.pronoun(begin)):
        return None
    return shortened(spot, words, _LONGEST_NOUN)


def core_back(spot: Spot, end: int) -> range | None:
    """The noun phrase that ends at token ``end``, back to its determiner or to a preposition other than "of"."""
    begin = end + 1
    while begin > spot.place.first:
        word = spot.lower(begin - 1)
        stops = word in DETERMINERS | HARD | SPEECH | AUXILIARIES | {"and", "or"} or word in PREPOSITIONS - {"of"}
        if stops or spot.sign(begin - 1) or spot.timed(begin - 1) or is_verb(spot.place, begin - 1):
            break
        begin -= 1
    while begin <= end and spot.lower(begin) == "of":
        begin += 1
    words = range(begin, end + 1)
    return words if words and not spot.pronoun(end) else None


def _tied(spot: Spot, k: int) -> bool:
    """Whether a token is part of a compound before its noun, or an adjective of time: "two-year", "hourly"."""
    tokens = spot.place.scene.tokens
    near = (tokens[k], tokens[k - 1], tokens[min(k + 1, len(tokens) - 1)])
    return any(token.text in "-‐‑" for token in near) or tokens[k].lower.endswith("ly")


def _past_opening(spot: Spot, begin: int, stop: int) -> int:
    """Past "In the last election" before "the governing party"."""
    if spot.lower(begin) not in PREPOSITIONS:
        return begin
    inner = [k for k in range(begin + 2, stop) if spot.lower(k) in DETERMINERS]
    if inner:
        return inner[0]
    return min(begin + 3, stop) if spot.lower(begin + 1) in DETERMINERS else stop


def shortened(spot: Spot, words: range, longest: int) -> range:
    """A phrase cut where one of its complements begins, if it is too long."""
    while len(words) > longest:
        ends = (k for k in range(words[-1], words[0], -1) if spot.lower(k) in PREPOSITIONS)
        cut = next((k for k in ends if spot.lower(k - 1) not in _SETTLEMENTS), None)
        if cut is None:
            return words[-longest:]
        words = range(words[0], cut)
    return words


def tail_of(spot: Spot, begin: int | None = None, *, longest: int = _LONGEST_TAIL) -> range:
    """The complements behind a number: "in Iraq", "of households"; empty where none follow."""
    begin = spot.stop if begin is None else begin
    if spot.lower(begin) not in TAIL_STARTS:
        return range(begin, begin)
    k = begin
    stop = begin + longest + 3
    while k < min(spot.place.last, stop):
        stop += spot.compound(k)
        word = spot.lower(k)
        token = spot.place.scene.tokens[k]
        if (
            (spot.sign(k) and not _enumerates(spot, k))
            or (spot.timed(k) and not spot.compound(k))
            or (token.kind is Kind.NUMBER and not spot.compound(k))
            or (word in NUMBER_WORDS and word != "one")
            or word in PRONOUNS - {"one", "all", "other"}
            or (word in TAIL_STOPS and not (word == "and" and _joins_nouns(spot, k)))
            or (is_verb(spot.place, k) and k > begin + 1)
        ):
            break
        k += 1
    while k > begin and spot.lower(k - 1) in PREPOSITIONS | DETERMINERS | ORDINALS | {"and", "or", "“", '"', "'"}:
        k -= 1
    words = range(begin, k)
    words = shortened(spot, words, longest + sum(spot.compound(j) for j in words))
    last = next((j for j in reversed(words) if spot.lower(j) in PREPOSITIONS), begin)
    if any(spot.lower(j) in TIME_WORDS and not spot.compound(j) for j in range(last, words.stop)):
        words = range(begin, last)
    return words if len(words) > 1 else range(begin, begin)


def _enumerates(spot: Spot, k: int) -> bool:
    """Whether a comma stands in a list of nouns: "on barracks, ranges and housing"."""
    if spot.lower(k) != "," or not spot.lower(k - 1).isalpha():
        return False
    return spot.lower(k + 1).isalpha() and spot.lower(k + 2) == "and" and _joins_nouns(spot, k + 2)


def _joins_nouns(spot: Spot, k: int) -> bool:
    """Whether "and" at a token joins two nouns of one phrase."""
    following, after = spot.lower(k + 1), spot.lower(k + 2)
    if following in DETERMINERS | PREPOSITIONS | AUXILIARIES | PRONOUNS | TAIL_STOPS or is_verb(spot.place, k + 1):
        return False
    if not following.isalpha() or spot.timed(k + 1) or following in NUMBER_WORDS:
        return False
    return after not in AUXILIARIES and not (k + 2 < spot.place.last and is_verb(spot.place, k + 2))
