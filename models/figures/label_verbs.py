"""Knows the forms of verbs: what a form comes from, its past participle, and whether a word is a verb where it stands."""

from __future__ import annotations

from typing import Final, Protocol

from models.figures.key_scene import Place, is_name
from models.figures.key_words import word_set
from models.figures.label_table import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS
from models.figures.label_verb_table import (
    AMBIGUOUS,
    COMMON_VERBS,
    DOWN,
    IRREGULAR,
    LEVEL_VERBS,
    MORE_VERBS,
    MOVING,
    NOMINAL,
    OWNING,
    PARTICIPLES,
    SHIFTING,
    UNDERGONE,
    UP,
)
from models.figures.lexicon import NOT_PAST, STOP, VERBS
from models.figures.number_table import SMALL
from models.figures.plurals import is_plural
from models.tokens import Kind

_BASES: Final = (
    COMMON_VERBS | LEVEL_VERBS | OWNING | UP | DOWN | SHIFTING | MOVING | frozenset(NOMINAL) | frozenset(PARTICIPLES)
)
_VOWELS: Final = frozenset("aeiou")


def _regular(base: str) -> tuple[str, ...]:
    """The forms of a regular verb."""
    if base.endswith("e"):
        return base, f"{base}s", f"{base}d", f"{base[:-1]}ing"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"
    ending = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return base, f"{base}{ending}", f"{base}ed", f"{base}ing"


_FORMS: Final = (
    VERBS
    | MORE_VERBS
    | frozenset(IRREGULAR)
    | {
        form
        for base in _BASES
        - {
            "ease",
            "number",
            "total",
            "weigh",
            "account",
            "amount",
            "contract",
            "house",
            "rise",
            "top",
            "near",
            "cross",
            "average",
            "tick",
            "edge",
            "double",
            "triple",
        }
        for form in _regular(base)
    }
) - {"should", "would", "living", "depending", "account", "back", "affairs", "means", "across", "later", "earlier"}
_MODALS: Final = AUXILIARIES | ADVERBS | {"to"}
_BEING: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_OPENS: Final = DETERMINERS | {"about", "nearly", "more", "some", "aside", "over", "fewer"}
_LEVERS: Final = frozenset({"to", "at", "by", "from", "up", "as", "below"})
_TURNS: Final = word_set(
    """cut cuts rise rises fall falls drop drops gain gains increase increases decrease jump jumps surge surges advance advances
    decline declines set hit put hits hold holds estimate estimates forecast lay lead leads close start starts shot trade fell"""
)
_HEADLINE_VERBS: Final = word_set("cuts raises lifts sets orders offers demands buys grants")
_MEANT: Final = word_set("plan plans aim aims need needs offer offers promise promises pledge pledges appeal vow vows")
_SHORT: Final = 4
_AFTER_PARTICIPLES: Final = frozenset(
    {"out", "up", "off", "down", "away", "home", "alive", "as", "after", "amid", "and", "but"}
)
_SLOW: Final = frozenset({"lower", "higher", "slow", "double"})
_SURE: Final = frozenset({"will", "would", "could", "may", "might", "can", "should", "must"})
_LEADING: Final = frozenset({"of", "for", "by", "after", "without", "with"})
_NOUN_ENDS: Final = frozenset(PREPOSITIONS - {"to"})


def base_of(form: str) -> str:
    """The base of a lower-case verb form: "lost" and "loses" come from "lose"."""
    if form in IRREGULAR:
        return IRREGULAR[form]
    if form in _BASES:
        return form
    guesses = _guesses(form)
    return next((guess for guess in guesses if guess in _BASES), guesses[0] if guesses else form)


def _guesses(form: str) -> list[str]:
    for ending in ("ing", "ed"):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            doubled = [stem[:-1]] if stem[-1:] == stem[-2:-1] else []
            return [f"{stem[:-1]}y" if stem.endswith("i") else stem, f"{stem}e", *doubled]
    if form.endswith("ies"):
        return [f"{form[:-3]}y"]
    if form.endswith("s") and not form.endswith("ss"):
        return [form[:-1], *([form[:-2]] if form.endswith("es") else [])]
    return [form]


def participle(form: str) -> str:
    """The past participle that belongs to a form: "sends" gives "sent", "vaccinate" gives "vaccinated"."""
    base = base_of(form)
    if base in PARTICIPLES:
        return PARTICIPLES[base]
    if form.endswith("ed"):
        return form
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}ed"


def is_verb(place: Place, k: int) -> bool:
    """Whether the word at token ``k`` is a verb, by its form and its neighbours; auxiliaries are none."""
    word, before = place.lower(k), place.lower(k - 1)
    if not word or place.scene.tokens[k].kind is not Kind.WORD or word in AUXILIARIES:
        return False
    capital = is_name(place.scene.tokens[k])
    if capital and k != place.first:
        return False
    if before in _SURE and not capital and word not in STOP:
        return True
    if word in _SLOW:
        return before == "to"
    if word in AMBIGUOUS or (before in _BEING and word.endswith("ing")):
        return _acts(place, k) or word.endswith("ing")
    owned = before in DETERMINERS or before.endswith(("'s", "’s"))
    return not owned and (_known(word, before) if word in _FORMS else not capital and _past(place, k))


def is_gerund(place: Place, k: int) -> bool:
    """Whether a form in -ing stands behind a preposition, and takes what follows it: "accused of taking"."""
    word = place.lower(k)
    return word.endswith("ing") and place.lower(k - 1) in _LEADING and base_of(word) in _BASES and word not in AMBIGUOUS


def _known(word: str, before: str) -> bool:
    """Whether a form that is a verb's is one here, by the word before it."""
    return not (before in _NOUN_ENDS and (word.endswith(("ed", "ing")) or word == "hurt"))


def _past(place: Place, k: int) -> bool:
    """Whether an unknown word in -ed is a past tense or a passive, and no adjective before its noun."""
    word, before = place.lower(k), place.lower(k - 1)
    if len(word) <= _SHORT or not word.endswith("ed") or word in NOT_PAST:
        return False
    if before in _MODALS:
        return True
    if before in _NOUN_ENDS or place.scene.tokens[k - 1].kind is Kind.NUMBER:
        return False
    following = place.lower(k + 1)
    opens = following in DETERMINERS | PREPOSITIONS | {"", ",", ".", "that", "about", "more", "nearly", "some", "and"}
    return opens or k + 1 >= len(place.scene.tokens) or place.scene.tokens[k + 1].kind is not Kind.WORD


def _acts(place: Place, k: int) -> bool:
    """Whether a word that may be a noun is the verb of its clause."""
    word, before, following = place.lower(k), place.lower(k - 1), place.lower(k + 1)
    if before in {"to", "will", "would", "could", "may", "might", "can", "should", "must", "not"}:
        return True
    if before in {"has", "have", "had", "be", "been", "was", "were", "is", "are"}:
        return not is_plural(word) or before in {"be", "been"}
    if before in DETERMINERS or before in PREPOSITIONS or before.endswith(("'s", "’s")) or not before.isalpha():
        return before in {",", "and"} and _takes_object(place, k)
    plain = following.isalpha() and following not in PREPOSITIONS | STOP and before.isalpha() and not is_plural(before)
    if place.index == 0 and word in _HEADLINE_VERBS and plain:
        return True
    if following in {"of", "in", "for"} and word != "rose":
        return word in {"set", "lay"} and following == "in"
    return _takes_object(place, k) or (before in {"which", "that", "who", "they", "it", "he"})


def _takes_object(place: Place, k: int) -> bool:
    following = place.lower(k + 1)
    if (k + 1 < place.last and place.scene.tokens[k + 1].kind is Kind.NUMBER) or following in SMALL:
        return True
    ahead = _OPENS | _LEVERS if place.lower(k) in _TURNS else _OPENS
    if following == "to" and place.lower(k) in _MEANT:
        return True
    return following in ahead or (k + 1 < place.last and place.scene.tokens[k + 1].text in "$€£¥₹₱")


def undergone(spot: _Spoken, k: int) -> bool:
    """Whether a bare participle says what was done to its subject, as headlines have it: "16 miners trapped in a mine"."""
    following = spot.lower(k + 1)
    open_end = (
        following in PREPOSITIONS | _AFTER_PARTICIPLES or not following.isalpha() or spot.place.scene.timed(k + 1)
    )
    return spot.lower(k) in UNDERGONE and open_end


class _Spoken(Protocol):
    """A number in its sentence, as far as its words go."""

    place: Place

    def lower(self, k: int) -> str:
        """The token at an index in lower case."""
        ...
