"""Decides what sort of thing a number counts: troops, people harmed, money, a share, other things."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.api import FigureKind
from models.figures.key_scene import Place
from models.figures.key_words import (
    BE_VERBS,
    CAPTURED,
    DISPLACED,
    HARM_ACTIVE,
    HARM_NOUNS,
    INJURED,
    INTRANSITIVE,
    KILLED,
    MISSING,
    PEOPLE,
    PEOPLE_ENDINGS,
    TOLL_NOUNS,
    TROOPS,
    UNSURE_TROOPS,
    word_set,
)
from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import is_plural, singular
from models.figures.quantity import QuantityKind
from models.tokens import Kind

_HARMS: Final = (
    ("killed", KILLED),
    ("injured", INJURED),
    ("missing", MISSING),
    ("displaced", DISPLACED),
    ("captured", CAPTURED),
)
_HARM_OF: Final = {word: unit for unit, words in reversed(_HARMS) for word in words} | {"unaccounted": "missing"}
_PLAIN_KINDS: Final = {
    QuantityKind.MONEY: FigureKind.MONEY,
    QuantityKind.PERCENT: FigureKind.PERCENT,
    QuantityKind.MEASURE: FigureKind.MEASURE,
    QuantityKind.DURATION: FigureKind.DURATION,
}
_RIGHT: Final = 14
_LEFT: Final = 7
_FAR: Final = 28
_FILLERS: Final = word_set("""at least more than about around some nearly almost roughly approximately up to over under the an a another other
    its their his as many no fewer less only just all of estimated further than our these those additional or well
    total and""")
_END_OF_CLAUSE: Final = word_set(
    ". , ; : ) and in by when after on during at since so from or as while near over this last but amid"
) | {""}
_LEVERS: Final = word_set(
    "to at from of below above than stood reached hit against around about over nearly some least almost roughly was is were be number"
)
_LINKS: Final = word_set(
    "and or , ; a an the at least about some as well another other more than nearly to from down up with against"
)


class Sort(NamedTuple):
    """What a figure counts. ``harm`` is the index of the word that says what happened to people, ``noun`` a lemma.

    ``inherited`` tells that the noun, or the harm, was said with an earlier number.
    """

    kind: FigureKind
    unit: str | None
    noun: str | None
    harm: int | None = None
    inherited: bool = False


class Previous(NamedTuple):
    """The figure read before this one in the text."""

    place: Place
    sort: Sort


def sort_of(place: Place, previous: Previous | None) -> Sort | None:
    """What a quantity counts; None for ages and fractions, which are no figures of their own."""
    quantity = place.quantity
    if quantity.kind is QuantityKind.AGE:
        return None
    if quantity.kind is QuantityKind.MONEY:
        return Sort(FigureKind.MONEY, quantity.currency or quantity.unit, None)
    if quantity.kind is QuantityKind.PERCENT:
        if quantity.unit is None or quantity.unit.startswith("%"):
            return None
        return Sort(FigureKind.PERCENT, quantity.unit, quantity.noun)
    plain = _PLAIN_KINDS.get(quantity.kind)
    if plain is not None:
        return Sort(plain, quantity.unit, quantity.noun)
    return _counted(place, previous)


def _counted(place: Place, previous: Previous | None) -> Sort:
    noun = place.quantity.noun
    lever = _continues(place, previous)
    harm = _harm(place)
    if harm is not None:
        return Sort(FigureKind.CASUALTIES, _HARM_OF.get(place.lower(harm), "killed"), noun, harm)
    if lever is not None and lever.sort.kind is FigureKind.CASUALTIES:
        if noun in {None, "other", "victim"}:
            return Sort(FigureKind.CASUALTIES, lever.sort.unit, lever.sort.noun, None, inherited=True)
        if noun is not None and _is_people(noun) and _listed(place, lever):
            return Sort(FigureKind.CASUALTIES, lever.sort.unit, noun, None, inherited=True)
    return _nameless(place, lever) if noun is None else _named(place, noun)


def _named(place: Place, noun: str) -> Sort:
    if _is_troops(place, noun):
        return Sort(FigureKind.TROOPS, noun, noun)
    if noun == "magnitude":
        return Sort(FigureKind.MEASURE, "magnitude", noun)
    return Sort(FigureKind.COUNT, noun, noun)


def _is_people(noun: str) -> bool:
    return noun in PEOPLE or noun.endswith(PEOPLE_ENDINGS) or noun in TROOPS


def _is_troops(place: Place, noun: str) -> bool:
    if noun not in TROOPS:
        return False
    needed = UNSURE_TROOPS.get(noun)
    if needed is None:
        return True
    span = place.quantity.noun_span
    words = set(place.scene.text[span.start : span.end].lower().split()) if span else set()
    return bool(needed & words) or (noun == "personnel" and len(words) == 1)


def _harm(place: Place) -> int | None:
    """The index of the word that says that the counted people were killed, hurt and so on."""
    noun = place.quantity.noun
    if noun is not None and not _is_people(noun) and noun not in {"dead", "other"} | set(_HARM_OF):
        return None
    inner = next((k for k in range(place.start, place.stop) if _inner(place, k)), None)
    if inner is not None:
        return inner
    right = _harm_right(place)
    return right if right is not None else _harm_left(place)


def _inner(place: Place, k: int) -> bool:
    """A harm word in the counted phrase itself: "40 deaths", "12 wounded soldiers"."""
    word = place.lower(k)
    return word in _HARM_OF and word != "hostage"


def _harm_right(place: Place) -> int | None:
    seen_be = place.lower(place.stop - 1) in BE_VERBS
    commas = 0
    for k in range(place.stop, min(place.last, place.stop + _RIGHT + 10 * commas)):
        word = place.lower(k)
        if word in _HARM_OF:
            return k if _befalls(place, k, seen_be=seen_be) else None
        if word == ",":
            commas += 1
            continue
        token = place.scene.tokens[k]
        if place.breaks(k) or token.kind is Kind.NUMBER:
            return None
        if word in {"were", "was", "are", "is", "been", "be", "being", "remain", "remained", "remains"}:
            seen_be = True
        elif (seen_be and word in VERBS and word not in BE_VERBS and not word.endswith(("ed", "en"))) or (
            not seen_be and word in VERBS and word not in BE_VERBS
        ):
            return None
    return None


def _befalls(place: Place, k: int, *, seen_be: bool) -> bool:
    """Whether the harm word at ``k`` is said of the counted, and not what they did to others."""
    word = place.lower(k)
    if seen_be or word in INTRANSITIVE:
        return True
    if word in HARM_NOUNS or word == "toll":
        return False
    if k - place.stop > 3 and word not in {"dead", "missing"}:
        return False
    following = place.lower(k + 1)
    return word in {"dead", "missing"} or following in _END_OF_CLAUSE or following == ""


def _harm_left(place: Place) -> int | None:
    low = max(place.first, place.start - _LEFT)
    of = False
    for k in range(place.start - 1, low - 1, -1):
        word = place.lower(k)
        if of and word in HARM_NOUNS:
            return k
        if word in HARM_ACTIVE:
            return _active(place, k)
        if word not in _FILLERS:
            return None
        of = word == "of" or (
            of and word in {"the", "an", "a", "at", "least", "about", "more", "than", "some", "nearly", "its", "their"}
        )
    return None


def _active(place: Place, k: int) -> int | None:
    word = place.lower(k)
    if word in {"claimed", "claiming", "claims"}:
        return None if place.quantity.noun not in {"life", "people", "victim"} else _life(place, k)
    passive = any(place.lower(j) in {"was", "were", "been", "is", "are"} for j in range(k - 2, k))
    if passive and place.lower(k + 1) not in {"", "and"}:
        return None
    return k if word in _HARM_OF else _killing_verb(place, k)


def _life(place: Place, k: int) -> int | None:
    return next(
        (j for j in range(place.start, place.stop) if place.lower(j) == "lives"),
        k if place.lower(k) in _HARM_OF else None,
    )


def _killing_verb(place: Place, k: int) -> int | None:
    """Read "shot 16 peasants": a killing where it is done to people; the word itself is given as harm."""
    return (
        k
        if place.lower(k) in {"shot", "slew", "slaughtered", "slaughtering"} and place.quantity.noun is not None
        else None
    )


def _continues(place: Place, previous: Previous | None) -> Previous | None:
    """The earlier figure of the same sentence that a number without a noun goes on from."""
    if previous is None or previous.place.sentence != place.sentence:
        return None
    return previous


def _listed(place: Place, previous: Previous) -> bool:
    """Whether the quantity is the next member of a list of the harmed: "killed two soldiers and three civilians"."""
    gap = [place.lower(k) for k in range(previous.place.stop, place.start)]
    verb_led = previous.sort.harm is not None and previous.sort.harm < previous.place.start
    return verb_led and len(gap) <= 4 and all(word in _LINKS for word in gap)


def _nameless(place: Place, lever: Previous | None) -> Sort:
    """A number that names nothing: what its sentence counts, or what the number before it did."""
    toll = _toll(place)
    if toll is not None:
        return Sort(FigureKind.CASUALTIES, _HARM_OF.get(place.lower(toll), "killed"), None, toll)
    if lever is not None and lever.sort.kind in {FigureKind.TROOPS, FigureKind.COUNT} and lever.sort.noun:
        return Sort(lever.sort.kind, lever.sort.unit, lever.sort.noun, None, inherited=True)
    noun = counted_before(place)
    if noun is None:
        return Sort(FigureKind.COUNT, None, None)
    if noun == "magnitude":
        return Sort(FigureKind.MEASURE, "magnitude", noun)
    if noun in TROOPS and (noun not in UNSURE_TROOPS or noun == "personnel"):
        return Sort(FigureKind.TROOPS, noun, noun, None, inherited=True)
    return Sort(FigureKind.COUNT, noun, noun, None, inherited=True)


def _toll(place: Place) -> int | None:
    """The toll that a bare number tells: "the death toll rose to 217", "the number of people killed … to 375"."""
    following = place.lower(place.stop)
    if place.lower(place.start - 1) not in _LEVERS and following not in {"were", "was", "in", "of", ""}:
        return None
    for k in range(place.start - 1, max(place.first, place.start - _FAR) - 1, -1):
        word = place.lower(k)
        if word in TOLL_NOUNS or (
            word in _HARM_OF and word in {"deaths", "injuries", "wounded", "injured", "missing", "displaced"}
        ):
            return k
        if place.scene.tokens[k].text in {";", "("}:
            return None
    return None


def counted_before(place: Place) -> str | None:
    """The noun in front of a bare number that it counts: "the number of its troops in Syria to fewer than 1,000"."""
    for k in range(place.start - 1, max(place.first, place.start - _FAR) - 1, -1):
        word = place.lower(k)
        if word == "magnitude":
            return word
        if word in STOP or word in VERBS or not word.isalpha():
            continue
        if word in TROOPS or (is_plural(word) and not place.scene.tokens[k].text[:1].isupper()):
            return singular(word)
    return None
