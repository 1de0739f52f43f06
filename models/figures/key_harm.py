"""Finds the word that says what happened to the people a number counts: killed, injured, missing, displaced, captured."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import Place
from models.figures.key_words import (
    BE_VERBS,
    CAPTURED,
    DISPLACED,
    HARM_ACTIVE,
    HARM_NOUNS,
    HARMED,
    INJURED,
    INTRANSITIVE,
    KILLED,
    MISSING,
    NOT_PEOPLE,
    PEOPLE,
    PEOPLE_ENDINGS,
    TOLL_NOUNS,
    TROOPS,
    word_set,
)
from models.figures.lexicon import STOP, VERBS
from models.tokens import Kind

_HARMS: Final = (
    ("killed", KILLED),
    ("injured", INJURED),
    ("missing", MISSING),
    ("displaced", DISPLACED),
    ("captured", CAPTURED),
    ("people", HARMED),
)
_HARM_OF: Final = {word: unit for unit, words in reversed(_HARMS) for word in words} | {"unaccounted": "missing"}
_RIGHT: Final = 14
_ASIDE: Final = 12
_BE: Final = word_set("were was are is been be being remain remained remains")
_LEFT: Final = 7
_FAR: Final = 28
_QUOTES: Final = frozenset("“”\"'‘’[(")
_FILLERS: Final = word_set("""at least more than about around some nearly almost roughly approximately up to over under the an a another other
    its their his as many no fewer less only just all of estimated further than our these those additional or well
    total and""")
_END_OF_CLAUSE: Final = word_set(
    ". , ; : ) and in by when after on during at since so from or as while near over this last but amid"
) | {""}
_LEVERS: Final = word_set(
    "to at from of below above than stood reached reaches hit hits tops passes against was is were be number"
)
_LIST: Final = 12
_BY: Final = word_set("by in on at when after during and")
_IN_LISTS: Final = word_set("a an the his her their its of and another as well")
_DETERMINERS: Final = word_set("its their his her the a an our")
_TOLL_WORDS: Final = word_set("deaths injuries wounded injured missing displaced")
_BOUNDS: Final = word_set(
    "about around some nearly almost over roughly more than fewer less between just many a an the now already"
)
_BOUND_PAIRS: Final = frozenset({("at", "least"), ("at", "most"), ("up", "to"), ("as", "many"), ("many", "as")})
_OTHERS: Final = word_set("several many others another dozens hundreds scores some at more a an the his her their")


def unit_of(place: Place, k: int) -> str:
    """The unit of casualties that the harm word at token ``k`` gives."""
    word = place.lower(k)
    unit = "injured" if word == "hospital" else _HARM_OF.get(word, "killed")
    if unit == "people" and any(place.lower(j) in {"dead", "death", "killed"} for j in range(k + 1, k + 4)):
        return "killed"
    return unit


def harm_word(word: str) -> bool:
    """Whether a word says that people were killed, hurt and so on: "deaths", "injured"."""
    return word in _HARM_OF and word not in HARMED


def is_people(noun: str) -> bool:
    """Whether a singular noun means persons."""
    return noun in PEOPLE or noun in TROOPS or (noun.endswith(PEOPLE_ENDINGS) and noun not in NOT_PEOPLE)


def is_person(word: str) -> bool:
    """Whether a word names one person: "man", "boy"."""
    return word in {"man", "woman", "boy", "girl", "person"}


def harm_at(place: Place) -> int | None:
    """The index of the word that says that the counted people were killed, hurt and so on."""
    noun = place.quantity.noun
    if noun is not None and not is_people(noun) and noun not in {"dead", "other"} | set(_HARM_OF):
        return None
    inner = next((k for k in range(place.start, place.stop) if _inner(place, k)), None)
    if inner is not None:
        return inner
    for look in (_harm_owned, _harm_right, _harm_left, _harm_along):
        found = look(place)
        if found is not None:
            return found
    return None


def _harm_owned(place: Place) -> int | None:
    """The harm that belongs to the counted: "the six priests' murder"."""
    if place.lower(place.stop) in {"'", "’"} and place.lower(place.stop + 1) in HARM_NOUNS:
        return place.stop + 1
    owned = place.lower(place.stop - 1).endswith(("'s", "’s"))
    return place.stop if owned and place.lower(place.stop) in HARM_NOUNS else None


def _harm_along(place: Place) -> int | None:
    """The harm done to others, and to the counted with them: "killed a guard and two soldiers", "along with two aides"."""
    if tuple(place.words_before(2)) in {("along", "with"), ("together", "with"), ("well", "as")}:
        return next((k for k in place.before() if place.lower(k) in HARM_ACTIVE), None)
    if place.lower(place.start - 1) != "and" or place.quantity.noun is None:
        return None
    for k in range(place.start - 2, max(place.first, place.start - _LIST) - 1, -1):
        word = place.lower(k)
        if word in HARM_ACTIVE and word in _HARM_OF:
            return None if place.lower(k - 1) in _BE or place.lower(k + 1) in _BY else k
        if word in VERBS or place.breaks(k) or place.scene.tokens[k].kind is Kind.NUMBER or word in STOP - _IN_LISTS:
            return None
    return None


def _inner(place: Place, k: int) -> bool:
    """A harm word in the counted phrase itself: "40 deaths", "12 wounded soldiers"."""
    word = place.lower(k)
    return word in _HARM_OF and word not in {"hostage", "hostages"}


def _harm_right(place: Place) -> int | None:
    seen_be = place.lower(place.stop - 1) in BE_VERBS
    aside = False
    reach = _RIGHT
    k = place.stop
    while k < min(place.last, place.stop + reach):
        word = place.lower(k)
        if word in {",", "[", "]"}:
            aside, reach = not aside, _RIGHT + _ASIDE
        elif word in _HARM_OF and not aside:
            return k if _befalls(place, k, seen_be=seen_be) else None
        elif place.breaks(k) or (place.scene.tokens[k].kind is Kind.NUMBER and not aside):
            return None
        elif word in _BE:
            seen_be = True
        elif (word == "and" and place.lower(k + 1) in _OTHERS) or (not aside and _other_verb(word, seen_be=seen_be)):
            return None
        k += 1
    return _in_hospital(place)


def _other_verb(word: str, *, seen_be: bool) -> bool:
    """Whether a verb shows that the counted did something else: "were holding", "attacked"."""
    if word not in VERBS or word in BE_VERBS:
        return False
    return not (seen_be and word.endswith(("ed", "en")))


def _in_hospital(place: Place) -> int | None:
    """The word "hospital" where the number names nothing: "Seventeen were in hospital"."""
    if place.quantity.noun is not None:
        return None
    ahead = place.words_after(4)
    return place.stop + ahead.index("hospital") if "hospital" in ahead and ahead[:1] in (["were"], ["are"]) else None


def _befalls(place: Place, k: int, *, seen_be: bool) -> bool:
    """Whether the harm word at ``k`` is said of the counted, and not what they did to others."""
    word = place.lower(k)
    if place.lower(k - 1) == "no":  # "11 incidents, no dead"
        return False
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
        if word in _QUOTES:
            continue
        if word not in _FILLERS and word != "dead":
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
    return k if word in _HARM_OF and word != "shot" else _killing_verb(place, k)


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


def step_back(place: Place, k: int) -> int:
    """The index of the last word before token ``k`` that is neither a bound nor a quotation mark."""
    k -= 1
    while k > place.first:
        if (place.lower(k - 1), place.lower(k)) in _BOUND_PAIRS:
            k -= 2
        elif place.lower(k) in _BOUNDS or place.lower(k) in _QUOTES:
            k -= 1
        else:
            break
    return k


def toll_at(place: Place, before: int) -> int | None:
    """The toll that a bare number tells: "the death toll rose to 217", "the number of people killed … to 375"."""
    if place.lower(before) not in _LEVERS and place.lower(place.stop) not in {"were", "was", "in", "of", ""}:
        return None
    for k in range(place.start - 1, max(place.first, place.start - _FAR) - 1, -1):
        word = place.lower(k)
        if place.lower(k + 1) in _DETERMINERS and word not in TOLL_NOUNS:
            continue
        if word in TOLL_NOUNS or word in _TOLL_WORDS or (word in INTRANSITIVE and _numbered(place, k)):
            return k
        if place.scene.tokens[k].text in {";", "("}:
            return None
    return None


def _numbered(place: Place, k: int) -> bool:
    """Whether "number of" stands before token ``k``: "the number of workers who died"."""
    return any(place.lower(j) == "number" and place.lower(j + 1) == "of" for j in range(max(place.first, k - 12), k))
