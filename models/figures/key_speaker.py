"""Finds who says so: the subject of the verb of speaking nearest to a figure."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import Place, is_name
from models.figures.key_topic import modifies
from models.figures.key_words import SPEECH, WEAK_SPEECH, word_set
from models.figures.lexicon import STOP
from models.figures.plurals import is_plural
from models.tokens import Kind

_REACH: Final = 45
_LONGEST: Final = 9
_WEAKER: Final = 25
_STOPS: Final = frozenset(
    [
        ",",
        ";",
        ":",
        "—",
        "–",
        "(",
        ")",
        "“",
        "”",
        '"',
        "and",
        "but",
        "while",
        "that",
        "which",
        "who",
        "as",
        "because",
        "where",
        "when",
        "after",
    ]
)
_PRONOUNS: Final = word_set("he she it they we i you who which that this there these those")
_NO_SUBJECT: Final = word_set("will would to be been being was were is are has have had not also and or")
_NOUNS_AFTER: Final = word_set("a an the of from than as its their this latest new")
_AFTER_VERB: Final = frozenset({"said", "says"})
_PAPERS: Final = word_set(
    "estimate estimates figures data count counts tally statement report reports statistics survey study poll list"
)
"""What a source publishes: "according to a first estimate of the statistics office"."""

_OF: Final = frozenset({"of", "by", "from"})
_NO_NAMES: Final = word_set("""
    is are was were than days day weeks percent per-cent percentage million billion published raised twice compared rejecting
    cutting raising whom separate reckon raises lifts cuts puts done
""")
"""A subject with one of these was read wrongly: it says more than who speaks."""

_GROUPS: Final = word_set(
    """service office ministry agency company bank union department commission centre center operator institute authority
    council committee group fund mission regulator airline railway shipyard organisation organization court administration
    hospital association federation board"""
)
"""Those who speak, and are called by this one word once they were named in full."""

_PREMODIFIERS: Final = 4
_QUALIFYING: Final = word_set(
    "higher lower better bigger overall initial european latest first second improved final official's annual"
)
"""Adjectives before a word of speaking: it is a noun then, "rejecting a higher offer"."""

_LEADS: Final = word_set("to of so ruling")
_ENDINGS: Final = word_set("could would may might should will had has have previously in at on of to with initial also")


def speaker_of(place: Place) -> str | None:
    """Who the sentence names as the source of a figure, in its words; None where it names nobody.

    "The ministry" is given as the text first named it: "the health ministry".
    """
    best: tuple[int, str] | None = None
    low, high = max(place.first, place.start - _REACH), min(place.last, place.stop + _REACH)
    for k in range(low, high):
        word = place.lower(k)
        if place.start <= k < place.stop or word not in SPEECH or _capital(place, k):
            continue
        name = _according(place, k) if word == "according" else _subject(place, k)
        if name is None:
            continue
        distance = place.start - k if k < place.start else k - place.stop + 2
        distance += _WEAKER * (word in WEAK_SPEECH)
        if best is None or distance < best[0]:
            best = (distance, name)
    return _in_full(place, best[1]) if best else None


def _in_full(place: Place, name: str) -> str:
    """The name of a group as it was first given: "the service" is "the civil protection service"."""
    mark, _, noun = name.partition(" ")
    if mark.lower() != "the" or noun not in _GROUPS:
        return name
    scene = place.scene
    for k in range(scene.first(scene.body), place.first):
        if scene.lower(k) != noun:
            continue
        begin = k
        while begin > max(k - _PREMODIFIERS, 0) and _premodifies(place, begin - 1):
            begin -= 1
        if begin == k or (is_name(scene.tokens[begin]) and scene.lower(begin - 1) in {"and", "of", "for"}):
            continue
        words = scene.text[scene.tokens[begin].start : scene.tokens[k].end]
        if begin in scene.openers and scene.tokens[begin + 1].text.islower():
            words = f"{words[:1].lower()}{words[1:]}"
        owned = scene.tokens[begin].text.endswith(("'s", "’s"))
        return words if owned else f"the {words}"
    return name


def _premodifies(place: Place, k: int) -> bool:
    token = place.scene.tokens[k]
    return token.kind is Kind.WORD and token.lower not in STOP and (is_name(token) or modifies(place.scene, k))


def _capital(place: Place, k: int) -> bool:
    """Whether the word is part of a name: "United States"."""
    return k > place.first and place.scene.tokens[k].text[0].isupper() and place.lower(k) != "according"


def _according(place: Place, k: int) -> str | None:
    if place.lower(k + 1) != "to":
        return None
    paper = next((j for j in range(k + 2, k + 7) if place.lower(j) in _PAPERS), None)
    if paper is not None and place.lower(paper + 1) in _OF:
        return _take(place, paper + 2)
    return _take(place, k + 2)


def _take(place: Place, start: int) -> str | None:
    stop = start
    while stop < min(place.last, start + _LONGEST):
        token = place.scene.tokens[stop]
        if token.lower in _STOPS or token.text in {".", ","} or token.kind is Kind.NUMBER or token.lower in SPEECH:
            break
        if token.lower in {"on", "in"} and place.lower(stop + 1) in _WEEKDAYS:
            break
        stop += 1
    return _text(place, start, stop)


_WEEKDAYS: Final = word_set("monday tuesday wednesday thursday friday saturday sunday")
_MOVABLE: Final = word_set("has have had also now then already on late early earlier later") | _WEEKDAYS


def _subject(place: Place, k: int) -> str | None:
    word = place.lower(k)
    if place.lower(k - 1) in _NOUNS_AFTER | _QUALIFYING or (
        word == "added" and place.scene.tokens[min(k + 1, place.last - 1)].kind is Kind.NUMBER
    ):
        return None
    stop = k
    while stop > place.first and place.lower(stop - 1) in _MOVABLE:
        stop -= 1
    if place.lower(stop - 1) in _NO_SUBJECT:
        return None
    start = stop
    while start > max(place.first, stop - _LONGEST - 3) and not _bounds(place, start - 1):
        start -= 1
    if start > place.first and place.scene.tokens[start - 1].kind is Kind.NUMBER:  # "the 2,000 tents asked for"
        return None
    name = _text(place, start, stop)
    if name is not None and stop - start <= _LONGEST:
        return name
    if word in _AFTER_VERB and (start == stop or place.lower(k - 1) in {",", "”", '"'}):
        return _take(place, k + 1)
    return None


def _bounds(place: Place, k: int) -> bool:
    token = place.scene.tokens[k]
    if (
        token.lower in _STOPS
        and not _acronym(token.text)
        and not (token.lower == "and" and place.scene.tokens[k - 1].text[:1].isupper())
    ):
        return True
    return token.kind is Kind.NUMBER or token.text in {".", "’", "%", "$", "€", "£"} or token.lower in SPEECH


def _acronym(text: str) -> bool:
    """Whether a word such as "WHO" is written as initials."""
    return len(text) > 1 and text.isalpha() and text.isupper()


def _text(place: Place, start: int, stop: int) -> str | None:
    while start < stop and place.lower(start) in {"and", "but", "the", "a", "as", "by"} and place.lower(start) != "the":
        start += 1
    while stop > start and place.lower(stop - 1) in _ENDINGS:
        stop -= 1
    if stop <= start or place.lower(start) in _PRONOUNS or not _names(place, start, stop):
        return None
    tokens = place.scene.tokens
    text = " ".join(place.scene.text[tokens[start].start : tokens[stop - 1].end].split())
    plain = (
        start in place.scene.openers and is_plural(tokens[start].lower) and not is_name(tokens[min(start + 1, stop)])
    )
    return f"{text[:1].lower()}{text[1:]}" if plain else text


def _names(place: Place, start: int, stop: int) -> bool:
    """Whether some tokens name somebody: nothing but a noun phrase, and no single common noun without its article."""
    words = [place.lower(k) for k in range(start, stop)]
    if set(words) & _NO_NAMES:
        return False
    token = place.scene.tokens[start]
    if words[0] in _LEADS or token.kind is not Kind.WORD:
        return False
    lone = stop - start == 1 and token.text.islower() and not is_plural(token.lower)
    return not lone or token.lower in {"police", "government", "management", "parliament"}
