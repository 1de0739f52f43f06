"""Decides what sort of thing a number counts: troops, people harmed, money, a share, other things."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.api import FigureKind, Range
from models.figures.key_harm import harm_at, harm_word, is_people, is_person, step_back, toll_at, unit_of
from models.figures.key_head import head_noun, head_of
from models.figures.key_money import currency_of
from models.figures.key_scene import Place
from models.figures.key_words import (
    AFFECTED,
    HARM_NAMES,
    HOLDS,
    TROOPS,
    UNIT_NOUNS,
    UNSURE_TROOPS,
    word_set,
)
from models.figures.label_verbs import base_of, is_verb
from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import is_plural, singular
from models.figures.quantity import Quantity, QuantityKind

_PLAIN_KINDS: Final = {
    QuantityKind.MONEY: FigureKind.MONEY,
    QuantityKind.PERCENT: FigureKind.PERCENT,
    QuantityKind.MEASURE: FigureKind.MEASURE,
    QuantityKind.DURATION: FigureKind.DURATION,
}
_OLDEST: Final = 115
_YOUNGEST: Final = 12
_SENTENCES_BACK: Final = 2
_LEFT: Final = 7
_FAR: Final = 28
_MASSES: Final = word_set("footprint presence contingent garrison force forces army deployment")
_MILITARY: Final = word_set("military troop troops soldiers armed army forces force garrison")
_VOTING: Final = word_set("voted vote votes")
_COUNTED: Final = frozenset({FigureKind.TROOPS, FigureKind.COUNT})
_ADDED: Final = word_set("new confirmed cumulative suspected total reported so further more")
_MAKING: Final = word_set(
    "deliver cancel produce build sell make destroy buy export import send employ free launch open close supply"
)
_DRIVING: Final = word_set(
    "drives drove forces forced displaces evacuates evacuated rescues rescued leaves strands stranded"
)
_MONEYED: Final = word_set("million billion trillion bn m")
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
    """What a quantity counts; None for ages, fractions and "five years ago", which are no figures of their own.

    ``previous`` is the figure before, ``counted`` the last one that counted something by name.
    """
    quantity = place.quantity
    if quantity.kind is QuantityKind.AGE or _fraction(quantity) or _dates(place) or _tells_who(place):
        return None
    if quantity.kind is QuantityKind.COUNT:
        return _counted(place, previous, counted)
    unit = quantity.unit
    if quantity.kind is QuantityKind.MONEY:
        unit = currency_of(place)
    return Sort(_PLAIN_KINDS[quantity.kind], unit, quantity.noun)


def _dates(place: Place) -> bool:
    """Whether a length of time only says when: "five years ago"."""
    return place.quantity.kind is QuantityKind.DURATION and place.lower(place.stop) in {"ago", "earlier", "later"}


def _tells_who(place: Place) -> bool:
    """Whether a small number is an age, or tells who speaks or owns: "a man of 71", "two officials said"."""
    quantity = place.quantity
    if quantity.kind is not QuantityKind.COUNT or isinstance(quantity.value, Range) or quantity.value > _OLDEST:
        return False
    before, after = place.words_before(2), place.lower(place.stop)
    if _borrowed(place):
        aged = before[-1:] == ["of"] and before[:1] != before[-1:] and is_person(before[0])
        name = place.start - 2 >= place.first and place.scene.tokens[place.start - 2].text[:1].isupper()
        return aged or (before[-1:] == [","] and name and after in {",", "."} and quantity.value > _YOUNGEST)
    if after in {"'", "’"}:
        return True
    told = after in {"said", "say", "says", "told"} or "according" in place.words_before(3)
    return told and quantity.noun is not None and is_people(quantity.noun)


def _fraction(quantity: Quantity) -> bool:
    """Whether a number is a part of a whole in words: "half of them"."""
    if (quantity.unit or "").startswith("%"):
        return True
    low = quantity.value.low if isinstance(quantity.value, Range) else quantity.value
    return quantity.kind is QuantityKind.COUNT and low < 1


def _counted(place: Place, previous: Previous | None, counted: Previous | None) -> Sort:
    noun = None if _holds(place) else place.quantity.noun
    lever = _continues(place, previous)
    harm = harm_at(place)
    if harm is None and _borrowed(place):
        harm = toll_at(place, step_back(place, place.start))
    if harm is not None:
        return Sort(FigureKind.CASUALTIES, unit_of(place, harm), noun, harm)
    words = head_of(place) if noun is None else None
    if words is not None:
        return _headed(place, words, counted)
    driven = place.lower(place.start - 1) in _DRIVING and place.lower(place.stop) in {
        "from",
        "to",
        "in",
        "homeless",
        "stranded",
    }
    if noun is None and (driven or place.lower(place.stop) in AFFECTED):  # "two killed, 3,400 evacuated"
        return Sort(FigureKind.COUNT, "people", "people", None, inherited=True)
    if lever is not None and lever.sort.kind is FigureKind.CASUALTIES:
        if noun in {None, "other", "victim"}:
            return Sort(FigureKind.CASUALTIES, lever.sort.unit, lever.sort.noun, None, inherited=True)
        if noun is not None and is_people(noun) and _listed(place, lever):
            return Sort(FigureKind.CASUALTIES, lever.sort.unit, noun, None, inherited=True)
    return _nameless(place, lever, counted) if noun is None else _named(place, noun)


def _headed(place: Place, words: range, counted: Previous | None) -> Sort:
    """What a number counts by the head of its list: "Deaths since the outbreak began: 11", "Cases in the camps: 455"."""
    first = next((k for k in words if place.lower(k) not in STOP | _ADDED), words.start)
    if harm_word(place.lower(first)):
        return Sort(FigureKind.CASUALTIES, unit_of(place, first), None, first)
    noun = head_noun(place, words)
    if noun is not None:
        return _named(place, singular(noun))._replace(inherited=True)
    if place.lower(first).endswith("ed") and first == words.start:
        return Sort(FigureKind.COUNT, "people", "people", None, inherited=True)
    return _fallback(place, counted)


def _borrowed(place: Place) -> bool:
    """Whether the number has no noun of its own: none, or one that stands before it."""
    span = place.quantity.head_span
    return span is None or span.start < place.quantity.span.start


def _holds(place: Place) -> bool:
    """Whether the number is what something holds, and the noun it was given stands before it: "which holds 38,000"."""
    return _borrowed(place) and place.lower(step_back(place, place.start)) in HOLDS


def _named(place: Place, noun: str) -> Sort:
    if noun in HARM_NAMES:
        return Sort(FigureKind.CASUALTIES, HARM_NAMES[noun], noun)
    if _is_troops(place, noun):
        return Sort(FigureKind.TROOPS, noun, noun)
    if noun == "magnitude" or noun in UNIT_NOUNS:
        return Sort(FigureKind.MEASURE, UNIT_NOUNS.get(noun, noun), noun)
    return Sort(FigureKind.COUNT, noun, noun)


def _is_troops(place: Place, noun: str) -> bool:
    if noun not in TROOPS:
        return False
    needed = UNSURE_TROOPS.get(noun)
    if needed is None:
        return True
    span = place.quantity.noun_span
    words = set(place.scene.text[span.start : span.end].lower().split()) if span else set()
    return bool(needed & words) or (noun == "personnel" and len(words) <= 1)


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
    before = step_back(place, place.start)
    if place.lower(before) in HOLDS and _stored(place, counted):
        return _fallback(place, counted)
    if place.lower(before) in HOLDS or "capacity" in place.words_before(4):
        return Sort(FigureKind.COUNT, "people", "people", None, inherited=True)
    toll = toll_at(place, before)
    if toll is not None:
        return Sort(FigureKind.CASUALTIES, unit_of(place, toll), None, toll)
    if lever is not None and (_more_money(place, lever) or _counts_on(place, lever)):
        return Sort(lever.sort.kind, lever.sort.unit, lever.sort.noun, None, inherited=True)
    rate = place.words_after(3)[:2] == ["to", "the"] and place.lower(place.stop + 2) in {"dollar", "euro", "pound"}
    noun = None if rate else _noun_before(place)
    if noun is None:
        return _fallback(place, None if rate else counted)
    sure = noun not in UNSURE_TROOPS or noun == "personnel"
    return (_named(place, noun) if sure else Sort(FigureKind.COUNT, noun, noun))._replace(inherited=True)


def _counts_on(place: Place, lever: Previous) -> bool:
    """Whether a number goes on counting what the one before it counted; "151 to the dollar" does not."""
    return lever.sort.kind in _COUNTED and bool(lever.sort.noun) and place.words_after(2) != ["to", "the"]


def _more_money(place: Place, lever: Previous) -> bool:
    """Whether a large number goes on from a sum: "took 2.3 million crowns, was fined another 4 million"."""
    large = _MONEYED & set(place.quantity.surface.lower().split())
    return bool(large) and lever.sort.kind is FigureKind.MONEY


def _stored(place: Place, counted: Previous | None) -> bool:
    """Whether what is held are the things of the sentence before: "2,000 tents … The reserve holds 650"."""
    if counted is None or counted.sort.noun is None or is_people(counted.sort.noun):
        return False
    return place.index - counted.place.index == 1


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
        if k == place.start - 1 and is_verb(place, k):
            continue
        if k == place.start - 2 and is_verb(place, k + 1) and base_of(place.lower(k + 1)) in _MAKING:
            return None  # "the makers deliver 20 a day" counts no makers
        if word in _MASSES and _MILITARY & {place.lower(j) for j in range(max(low, k - 3), min(place.start, k + 4))}:
            return "troop"
        if word in STOP or word in VERBS or not word.isalpha():
            continue
        if word in TROOPS or (is_plural(word) and not place.scene.tokens[k].text[:1].isupper()):
            return singular(word)
    return None
