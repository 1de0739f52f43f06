"""Completes a label from the rest of its text: what "the mission" was when it was first named, whose, in what event."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind
from models.figures.country_table import ADJECTIVES, COUNTRIES, COUNTRY_NAMES
from models.figures.key_kind import Sort
from models.figures.key_scene import Scene, is_name
from models.figures.key_topic import Topic, country_at, modifies, phrase, words_of
from models.figures.key_words import EVENTS, word_set
from models.figures.label_parts import named, the
from models.figures.label_places import elsewhere
from models.figures.label_spot import NUMBER_WORDS, Spot
from models.figures.label_table import COMMON_OPENERS, DETERMINERS, PREPOSITIONS, TIME_WORDS
from models.figures.lexicon import STOP

LONGEST: Final = 12
_ROOMY: Final = 8
_CONTEXT: Final = 6
_LONGEST_REFERENT: Final = 8
_TWICE: Final = 2
_FAR: Final = 400
"""Tokens of a text in which things are looked for by their first names."""

_POINTING: Final = frozenset({"the", "this", "its", "their"})
_PLACES: Final = word_set("country kingdom nation")
_PLAIN: Final = word_set(
    """number total government people country company year end group rest region area world time state city day side
    police army public minister ministry president officials workers one others same other army authorities capital bank"""
)
_OPINIONS: Final = word_set(
    "th st nd rd romantic new latest hefty big huge major former extreme current recent last next other same full"
)
_OUTLETS: Final = word_set("cnn reuters ap afp bbc")
_TITLES: Final = word_set(
    "minister president governor mayor chancellor judge general spokesman spokeswoman captain commander dr"
)
_RUINED: Final = word_set("destroyed damaged evacuated flooded burned burnt cancelled closed rescued trapped collapsed")
_GUESTS: Final = word_set("peacekeepers personnel mercenaries fighters")
_OWN_TROOPS: Final = word_set(
    "stationed sent deployed withdrawn called mobilised mobilized kept pulled moved dispatched committed contributed massed"
)
_BALLOTS: Final = word_set("turnout")


def completed(spot: Spot, label: str, sort: Sort, topic: Topic) -> str:
    """A label with its pointing nouns named in full, and with the event and the party its text is about.

    Nothing is added that would make it longer than ``LONGEST`` words.
    """
    label = _named_in_full(spot, label, topic)
    if sort.kind is FigureKind.TROOPS:
        label = _nationals(spot, label)
    if sort.kind is FigureKind.CASUALTIES:
        return label
    return _set_among(spot, _set_in_event(spot, label, topic), topic)


def _fits(label: str) -> bool:
    return len(label.split()) <= LONGEST


def _named_in_full(spot: Spot, label: str, topic: Topic) -> str:
    """Put for "the mission" what it was called where it was first named, and its name for "the country"."""
    scene = spot.place.scene
    for word in label.split():
        bare = word.strip(",()")
        stem = bare.removesuffix("'s").removesuffix("’s")
        if stem != bare and stem in _PLACES and topic.country and _pointed_at(spot, bare):
            label = label.replace(f"the {bare}", bare).replace(bare, f"{topic.country}{bare[len(stem) :]}")
            continue
        k = next((j for j in range(spot.place.first, spot.place.last) if scene.tokens[j].text == bare), None)
        if k is None or not bare.islower() or spot.lower(k - 1) not in _POINTING:
            continue
        if bare in _PLACES and topic.country and spot.lower(k - 2) == "in" and f"in the {bare}" in label:
            label = label.replace(f"in the {bare}, {topic.country}", f"in {the(topic.country)}")
            label = label.replace(f"in the {bare}", f"in {the(topic.country)}")
            continue
        full = first_named(scene, bare, spot.place.first)
        longer = _replaced(label, bare, full) if full else label
        if _fits(longer):
            label = longer
    return label


def _pointed_at(spot: Spot, word: str) -> bool:
    sentence = range(spot.place.first, spot.place.last)
    return any(spot.lower(k) == word.lower() and spot.lower(k - 1) == "the" for k in sentence)


def _replaced(label: str, word: str, full: str) -> str:
    """Put a longer phrase for a word of a label, unless that says a word twice."""
    words = label.split()
    at = next(k for k, one in enumerate(words) if one.strip(",()") == word)
    rest = {one.strip(",()").lower() for one in words[:at] + words[at + 1 :]}
    if rest & {one.lower() for one in full.split()} - PREPOSITIONS - DETERMINERS:
        return label
    behind = words[at + 1] if at + 1 < len(words) else ""
    if behind in PREPOSITIONS and any(one in PREPOSITIONS for one in full.split()):
        return label
    possessive = full.split(maxsplit=1)[0].endswith(("'s", "’s"))
    ahead = words[:at]
    if ahead and ahead[-1] == "the" and possessive:
        ahead.pop()
    return " ".join([*ahead, words[at].replace(word, full), *words[at + 1 :]])


def first_named(scene: Scene, noun: str, stop: int) -> str:
    """How a text named before token ``stop`` what it calls by one noun later: "cholera outbreak", "footbridge in Morbi".

    Empty where it was never named more fully, and for nouns like "people" that stand for something else each time.
    """
    if noun in _PLAIN or noun in TIME_WORDS or noun in STOP:
        return ""
    for k in range(scene.first(scene.body), min(stop, _FAR)):
        if scene.lower(k) != noun or scene.timed(k) or scene.lower(k - 1) in STOP - DETERMINERS - PREPOSITIONS:
            continue
        begin = k
        while begin > k - 2 and _qualifies(scene, begin - 1, sole=begin == k):
            begin -= 1
        high = next((j for j in range(k + 1, min(k + 9, len(scene.tokens))) if scene.tokens[j].text in ".,;:"), k + 9)
        words = phrase(scene, begin, k, min(high, len(scene.tokens)))
        text = words_of(scene, words)
        short = words_of(scene, words[: k - begin + 1])
        found = text if len(text.split()) <= _LONGEST_REFERENT else short
        return found if len(found.split()) > 1 else ""
    return ""


def _qualifies(scene: Scene, k: int, *, sole: bool) -> bool:
    """Whether a token says of what kind, or whose, the noun behind it is: one common word at most, and names."""
    token = scene.tokens[k]
    told = modifies(scene, k) and k not in scene.openers and token.lower not in STOP | NUMBER_WORDS | _OPINIONS
    return told and (is_name(token) or (sole and not token.lower.endswith("ly")))


def _nationals(spot: Spot, label: str) -> str:
    """Call troops by their country: "soldiers to be stationed by Germany" are "German soldiers to be stationed"."""
    words = label.split()
    for mark in (" by ", ", "):
        ahead, found, country = label.rpartition(mark)
        if (
            not found
            or country not in ADJECTIVES
            or any(COUNTRIES.get(word.lower()) == country for word in ahead.split())
        ):
            continue
        own = _OWN_TROOPS & set(words) if mark == " by " else _sender(spot, country)
        if own and not _GUESTS & set(words):
            return f"{ADJECTIVES[country]} {ahead}"
    owner = words[0].removesuffix("'s").removesuffix("’s")
    return " ".join([ADJECTIVES[owner], *words[1:]]) if owner != words[0] and owner in ADJECTIVES else label


def _sender(spot: Spot, country: str) -> bool:
    """Whether a sentence begins with a country, which does something with the troops it counts."""
    return country_at(spot.place.scene, spot.place.first) == country and spot.place.start > spot.place.first + 1


def _set_in_event(spot: Spot, label: str, topic: Topic) -> str:
    """What an event did, with the event: "houses destroyed in the landslide in Papua New Guinea", "turnout in the election"."""
    words = label.replace(",", "").split()
    head = _head(topic.event)
    lows = {word.lower() for word in words}
    if not words or not head or head in lows or lows & EVENTS or "by" in lows:
        return label
    if head in {"election", "elections", "referendum", "vote"}:
        if words[0] not in _BALLOTS:
            return label
    elif not lows & _RUINED or head not in EVENTS:
        return label
    event = topic.event.split()
    kind = event[: next((k for k, word in enumerate(event) if word in PREPOSITIONS), len(event))]
    told = f"in {' '.join(kind)}" if kind[0].endswith(("'s", "’s")) else f"in the {' '.join(kind)}"
    split = next((mark for mark in (" in ", ", ") if mark in label), "")
    if split:
        ahead, behind = label.split(split, 1)
        longer = f"{ahead} {told}{split}{behind}"
        if split == ", " and behind in COUNTRY_NAMES and kind[0].islower():
            longer = f"{ahead} in {behind}'s {' '.join(kind)}"
        elif behind in " ".join(kind):
            longer = f"{ahead} {told}"
    else:
        longer = f"{label} {told}"
    return longer if _fits(longer) and not elsewhere(spot, topic.country or "") else label


def _head(event: str) -> str:
    words = event.lower().split()
    cut = next((k for k, word in enumerate(words) if word in PREPOSITIONS), len(words))
    return words[cut - 1] if cut else ""


def sure_subject(scene: Scene, topic: Topic) -> bool:
    """Whether the subject of a text is a name that comes again, and no outlet: any word may have a capital once."""
    about = topic.subject.split()
    if not about or about[0].lower() in COMMON_OPENERS | _OUTLETS or about[0].lower() in scene.common:
        return False
    if {word.lower() for word in about} & _TITLES:
        return False
    named_so = any(word[:1].isupper() and word.lower() not in scene.common for word in about)
    near = scene.tokens[:_FAR]
    return named_so and sum(token.text.startswith(about[-1]) and is_name(token) for token in near) >= _TWICE


def _set_among(spot: Spot, label: str, topic: Topic) -> str:
    """A label without a name, with whom its text is about behind a comma: "jobs, Northmark Marine"."""
    scene = spot.place.scene
    about = topic.subject.split()
    if named(label) or len(label.split()) > _ROOMY or not 0 < len(about) <= _CONTEXT:
        return label
    if not sure_subject(scene, topic):
        return label
    names = [word for word in about if word[:1].isupper() and word.lower() not in scene.common]
    held = {word.lower().strip(",") for word in label.split()}
    return label if held & {word.lower() for word in names} else f"{label}, {topic.subject}"
