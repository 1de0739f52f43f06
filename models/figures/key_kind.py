"""Decides what sort of thing a number counts: troops, people harmed, money, a share, other things."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.api import FigureKind, Range
from models.figures.key_money import currency_of
from models.figures.key_scene import Place
from models.figures.key_words import (
    BE_VERBS,
    CAPTURED,
    DISPLACED,
    HARM_ACTIVE,
    HARM_NAMES,
    HARM_NOUNS,
    HARMED,
    HOLDS,
    INJURED,
    INTRANSITIVE,
    KILLED,
    MISSING,
    NOT_PEOPLE,
    PEOPLE,
    PEOPLE_ENDINGS,
    TOLL_NOUNS,
    TROOPS,
    UNIT_NOUNS,
    UNSURE_TROOPS,
    word_set,
)
from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import is_plural, singular
from models.figures.quantity import Quantity, QuantityKind
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
_PLAIN_KINDS: Final = {
    QuantityKind.MONEY: FigureKind.MONEY,
    QuantityKind.PERCENT: FigureKind.PERCENT,
    QuantityKind.MEASURE: FigureKind.MEASURE,
    QuantityKind.DURATION: FigureKind.DURATION,
}
_RIGHT: Final = 14
_ASIDE: Final = 12
_SENTENCES_BACK: Final = 2
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
_LEVERS: Final = word_set("to at from of below above than stood reached hit against was is were be number")
_TOLL_WORDS: Final = word_set("deaths injuries wounded injured missing displaced")
_BOUNDS: Final = word_set(
    "about around some nearly almost over roughly more than fewer less between just many a an the"
)
_BOUND_PAIRS: Final = frozenset({("at", "least"), ("at", "most"), ("up", "to"), ("as", "many"), ("many", "as")})
_OTHERS: Final = word_set("several many others another dozens hundreds scores some at more a an the his her their")
_MASSES: Final = word_set("footprint presence contingent garrison force forces army deployment")
_MILITARY: Final = word_set("military troop troops soldiers armed army forces force garrison")
_VOTING: Final = word_set("voted vote votes")
_COUNTED: Final = frozenset({FigureKind.TROOPS, FigureKind.COUNT})
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


def sort_of(place: Place, previous: Previous | None, counted: Previous | None = None) -> Sort | None:
    """What a quantity counts; None for ages and fractions, which are no figures of their own.

    ``previous`` is the figure before, ``counted`` the last one that counted something by name.
    """
    quantity = place.quantity
    if quantity.kind is QuantityKind.AGE or _fraction(quantity):
        return None
    if quantity.kind is QuantityKind.COUNT:
        return _counted(place, previous, counted)
    unit = quantity.unit
    if quantity.kind is QuantityKind.MONEY:
        unit = currency_of(place)
    return Sort(_PLAIN_KINDS[quantity.kind], unit, quantity.noun)


def _fraction(quantity: Quantity) -> bool:
    """Whether a number is a part of a whole in words: "half of them"."""
    if (quantity.unit or "").startswith("%"):
        return True
    low = quantity.value.low if isinstance(quantity.value, Range) else quantity.value
    return quantity.kind is QuantityKind.COUNT and low < 1


def _counted(place: Place, previous: Previous | None, counted: Previous | None) -> Sort:
    noun = place.quantity.noun
    lever = _continues(place, previous)
    harm = _harm(place)
    if harm is not None:
        return Sort(FigureKind.CASUALTIES, _unit_of(place, harm), noun, harm)
    if lever is not None and lever.sort.kind is FigureKind.CASUALTIES:
        if noun in {None, "other", "victim"}:
            return Sort(FigureKind.CASUALTIES, lever.sort.unit, lever.sort.noun, None, inherited=True)
        if noun is not None and is_people(noun) and _listed(place, lever):
            return Sort(FigureKind.CASUALTIES, lever.sort.unit, noun, None, inherited=True)
    return _nameless(place, lever, counted) if noun is None else _named(place, noun)


def _unit_of(place: Place, k: int) -> str:
    word = place.lower(k)
    unit = "injured" if word == "hospital" else _HARM_OF.get(word, "killed")
    if unit == "people" and any(place.lower(j) in {"dead", "death", "killed"} for j in range(k + 1, k + 4)):
        return "killed"
    return unit


def _named(place: Place, noun: str) -> Sort:
    if noun in HARM_NAMES:
        return Sort(FigureKind.CASUALTIES, HARM_NAMES[noun], noun)
    if _is_troops(place, noun):
        return Sort(FigureKind.TROOPS, noun, noun)
    if noun == "magnitude" or noun in UNIT_NOUNS:
        return Sort(FigureKind.MEASURE, UNIT_NOUNS.get(noun, noun), noun)
    return Sort(FigureKind.COUNT, noun, noun)


def is_people(noun: str) -> bool:
    """Whether a singular noun means persons."""
    return noun in PEOPLE or noun in TROOPS or (noun.endswith(PEOPLE_ENDINGS) and noun not in NOT_PEOPLE)


def _is_troops(place: Place, noun: str) -> bool:
    if noun not in TROOPS:
        return False
    needed = UNSURE_TROOPS.get(noun)
    if needed is None:
        return True
    span = place.quantity.noun_span
    words = set(place.scene.text[span.start : span.end].lower().split()) if span else set()
    return bool(needed & words) or (noun == "personnel" and len(words) <= 1)


def _harm(place: Place) -> int | None:
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
    """The harm done to others, and to the counted with them: "was killed, along with two of his bodyguards"."""
    if tuple(place.words_before(2)) not in {("along", "with"), ("together", "with"), ("well", "as")}:
        return None
    return next((k for k in place.before() if place.lower(k) in HARM_ACTIVE), None)


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


def _nameless(place: Place, lever: Previous | None, counted: Previous | None) -> Sort:
    """A number that names nothing: what its sentence counts, or what the number before it did."""
    before = _step_back(place, place.start)
    if place.lower(before) in HOLDS or "capacity" in place.words_before(4):
        return Sort(FigureKind.COUNT, "people", "people", None, inherited=True)
    toll = _toll(place, before)
    if toll is not None:
        return Sort(FigureKind.CASUALTIES, _unit_of(place, toll), None, toll)
    if lever is not None and lever.sort.kind in _COUNTED and lever.sort.noun:
        return Sort(lever.sort.kind, lever.sort.unit, lever.sort.noun, None, inherited=True)
    noun = _noun_before(place)
    if noun is None:
        return _fallback(place, counted)
    sure = noun not in UNSURE_TROOPS or noun == "personnel"
    return (_named(place, noun) if sure else Sort(FigureKind.COUNT, noun, noun))._replace(inherited=True)


def _fallback(place: Place, counted: Previous | None) -> Sort:
    """The noun of the last count, two sentences back at most."""
    if counted is not None and place.index - counted.place.index <= _SENTENCES_BACK:
        return counted.sort._replace(harm=None, inherited=True)
    return Sort(FigureKind.COUNT, None, None)


def _noun_before(place: Place) -> str | None:
    """The counted noun in front of a bare number; a vote where one was taken."""
    if _VOTING & {place.lower(k) for k in range(max(place.first, place.start - _LEFT), place.start)}:
        return "vote"
    return counted_before(place)


def _step_back(place: Place, k: int) -> int:
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


def _toll(place: Place, before: int) -> int | None:
    """The toll that a bare number tells: "the death toll rose to 217", "the number of people killed … to 375"."""
    if place.lower(before) not in _LEVERS and place.lower(place.stop) not in {"were", "was", "in", "of", ""}:
        return None
    for k in range(place.start - 1, max(place.first, place.start - _FAR) - 1, -1):
        word = place.lower(k)
        if word in TOLL_NOUNS or word in _TOLL_WORDS or (word in INTRANSITIVE and _numbered(place, k)):
            return k
        if place.scene.tokens[k].text in {";", "("}:
            return None
    return None


def _numbered(place: Place, k: int) -> bool:
    """Whether "number of" stands before token ``k``: "the number of workers who died"."""
    return any(place.lower(j) == "number" and place.lower(j + 1) == "of" for j in range(max(place.first, k - 12), k))


def counted_before(place: Place) -> str | None:
    """The noun in front of a bare number that it counts: "the number of its troops in Syria to fewer than 1,000"."""
    low = max(place.first, place.start - _FAR)
    named = next(
        (k for k in range(place.start - 1, low, -1) if place.lower(k) == "of" and place.lower(k - 1) == "number"), None
    )
    order = range(place.start - 1, low - 1, -1) if named is None else range(named + 1, place.start)
    for k in order:
        word = place.lower(k)
        if word == "magnitude":
            return word
        if word in _MASSES and _MILITARY & {place.lower(j) for j in range(max(low, k - 3), min(place.start, k + 4))}:
            return "troop"
        if word in STOP or word in VERBS or not word.isalpha():
            continue
        if word in TROOPS or (is_plural(word) and not place.scene.tokens[k].text[:1].isupper()):
            return singular(word)
    return None
