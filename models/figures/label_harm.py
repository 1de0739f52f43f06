"""Labels of people who came to harm: who, what happened to them, in what event, where."""

from __future__ import annotations

from typing import Final

from models.figures.key_kind import Sort
from models.figures.key_scene import is_name
from models.figures.key_topic import PARTS, Topic, modifies, phrase, words_of
from models.figures.key_words import EVENTS, HARM_ACTIVE, SERVICES, word_set
from models.figures.label_parts import Role, extended, noun_of, part_of, the
from models.figures.label_places import elsewhere, lead_place, set_in
from models.figures.label_spot import Spot
from models.figures.label_table import PREPOSITIONS
from models.figures.label_tails import tail_of
from models.figures.plurals import is_plural

_PEACEFUL: Final = word_set("""
    vote election elections referendum mission withdrawal drawdown deployment shutdown outage strike strikes heat rain rains
""")
_DISEASES: Final = word_set("outbreak epidemic pandemic cholera ebola measles covid covid-19 drought heatwave")
_ILLNESSES: Final = word_set("cholera ebola measles covid covid-19")
_NOBODY: Final = word_set(
    "people person other others dead death deaths fatality fatalities life lives body bodies casualty casualties"
)
_STATES: Final = word_set("injured hurt wounded dead killed missing homeless displaced injuries captive")
_DONE: Final = {
    "killed": "killed", "injured": "injured", "missing": "missing", "displaced": "displaced", "captured": "captured",
    "people": "harmed",
}  # fmt: skip
_EXACT: Final = word_set("kidnapped abducted murdered executed drowned massacred wounded shot homeless hostage")
_WHERE: Final = word_set("in at near on off outside across inside from")
_SHORT: Final = 8
_YEARS: Final = frozenset({"year", "years", "decade", "decades", "century"})
_NEAR: Final = 5
_SAID: Final = 2
_LONGEST: Final = 11


def harm_label(spot: Spot, sort: Sort, topic: Topic) -> str:
    """The label of a figure that counts the killed, injured, missing, displaced or captured."""
    told = _told(spot, sort)
    if told:
        return set_in(spot, told, topic)
    who = _who(spot, sort)
    how = _how(spot, sort)
    people = who in {"", "people"} or who in _NOBODY
    # The same words first whoever was harmed, so that sources and editions agree.
    counted = f"people {how}" if people else f"people {how} ({who})"
    event = _event(spot, topic)
    where = _where(spot, sort)
    noun = (spot.place.quantity.noun or "") if not sort.inherited else ""
    if noun in {"death", "fatality"}:
        tail = spot.text(tail_of(spot))
        counted = f"deaths {tail}" if tail.startswith("of ") else "deaths"
    if sort.unit == "killed" and _of_disease(event):
        counted = "deaths" if people else f"{who} who died"
    label = counted
    if event:
        label = f"{counted} {event}"
    if where and where not in label and len(f"{label} {where}".split()) <= _LONGEST:
        label = f"{label} {where}"
    place = lead_place(spot, topic)
    if place and place.split()[-1] in label:
        return _parted(label, place)
    if where or _placed(event) or len(label.split()) > _SHORT:
        return set_in(spot, label, topic)
    if place and not elsewhere(spot, place):
        return f"{label} in {the(place)}"
    return set_in(spot, label, topic)


def _parted(label: str, place: str) -> str:
    """A label that names a place, with the part of it that the lead names: "in eastern Spain"."""
    part, _, name = place.partition(" ")
    bare = part in PARTS and label.endswith(f" in {name}")
    return f"{label.removesuffix(name)}{place}" if bare else label


def _told(spot: Spot, sort: Sort) -> str:
    """The toll in the words of its own sentence: "the number of troops killed or wounded on both sides"."""
    part = part_of(spot)
    if part.role is not Role.AFTER or spot.lower(part.word) not in {"at", "to"} or sort.harm is None:
        return ""
    begin = next(
        (
            k + 2
            for k in range(part.word - 2, max(spot.place.first, part.word - 14) - 1, -1)
            if spot.lower(k) == "number" and spot.lower(k + 1) == "of"
        ),
        None,
    )
    if (
        begin is None
        or part.word - begin < _SAID
        or sort.harm not in range(begin, part.word)
        or part.word - begin > _LONGEST
    ):
        return ""
    return spot.text(range(begin, part.word))


def _placed(event: str) -> bool:
    words = event.split()
    return any(word in _WHERE and words[k + 1 : k + 2] != ["the"] for k, word in enumerate(words) if k)


def _of_disease(event: str) -> bool:
    return any(word.lower() in _DISEASES for word in event.split())


def _who(spot: Spot, sort: Sort) -> str:
    if sort.inherited and spot.place.quantity.noun in {None, "other", "victim"}:
        noun = sort.noun or ""
        return "" if not noun or noun in _NOBODY else noun_of(spot, sort)
    if spot.place.quantity.noun in {"death", "fatality"}:
        return ""
    noun = noun_of(spot, sort)
    words = [word for word in noun.split() if word.lower() not in _STATES]
    if not words or {word.lower() for word in words} <= _NOBODY - {"people"}:
        return ""
    return " ".join(words)


def _how(spot: Spot, sort: Sort) -> str:
    if sort.harm is not None:
        word = spot.lower(sort.harm)
        if word in _EXACT and word in HARM_ACTIVE | {"homeless", "drowned", "wounded"}:
            return "made homeless" if word == "homeless" else word
        if word == "people":
            return "harmed"
    return _DONE.get(sort.unit or "", sort.unit or "")


def _where(spot: Spot, sort: Sort) -> str:
    """The place behind the number, or behind the word for what happened."""
    begins = [extended(spot)]
    if sort.harm is not None and sort.harm >= spot.stop:
        begins.insert(0, sort.harm + 1)
    if spot.lower(spot.stop) in {"were", "was", "are"}:
        begins += [spot.stop + 1, spot.stop + 2]
    for begin in begins:
        if spot.lower(begin) not in _WHERE:
            continue
        words = tail_of(spot, begin, longest=6)
        if any(is_name(spot.place.scene.tokens[k]) for k in words) or spot.lower(begin) == "on":
            text = spot.text(words)
            text = f"in {text.removeprefix('from ')}" if text.startswith("from ") else text
            if not set(text.lower().split()) & EVENTS:
                return text
        elif words and not any(spot.lower(k) in EVENTS for k in words):
            return spot.text(words)
    return _there(spot)


def _there(spot: Spot) -> str:
    """The place that "there" near the number stands for."""
    if "there" not in spot.place.words_before(_NEAR) + spot.place.words_after(_NEAR):
        return ""
    named = (k for k in spot.place.before() if spot.lower(k - 1) == "in" and is_name(spot.place.scene.tokens[k]))
    k = next(named, None)
    return "" if k is None else spot.text(tail_of(spot, k - 1, longest=4))


def _event(spot: Spot, topic: Topic) -> str:
    """What happened, as "in the earthquake in northern Talesh"; from the sentence if it says so, else from the lead."""
    k = _nearest(spot)
    if k is None:
        bombed = _bombed(spot)
        if bombed:
            return bombed
        words = topic.event.split()
        if not words or _over_years(spot) or {word.lower() for word in words} & _PEACEFUL:
            return ""
        cut = next((j for j, word in enumerate(words) if word in PREPOSITIONS), len(words))
        head = words[cut - 1].lower() if cut else ""
        common = spot.place.scene.common
        kind = " ".join(word.lower() if word.lower() in common else word for word in words[:cut])
        return f"from {kind}" if head in _ILLNESSES else f"in {_the(kind)}"
    begin = k
    while (
        begin > max(spot.place.first, k - 2)
        and modifies(spot.place.scene, begin - 1)
        and not spot.lower(begin - 1).isdigit()
    ):
        begin -= 1
    found = list(range(begin, k + 1))
    stop = k + 1
    while stop < spot.place.last and is_name(spot.place.scene.tokens[stop]) and is_name(spot.place.scene.tokens[k]):
        found.append(stop)
        stop += 1
    tail = tail_of(spot, stop, longest=7) if spot.lower(stop) in _WHERE | {"of"} else range(stop, stop)
    text = spot.text(found + list(tail))
    if not text:
        return ""
    if spot.lower(k) in _ILLNESSES and begin == k:
        return f"from {_illness(spot, k)}"
    return f"in {_the(text) if stop == k + 1 else text}"


def _bombed(spot: Spot) -> str:
    """The event that a bomber makes, with where: "when a suicide bomber struck outside a base in Mogadishu"."""
    low, high = spot.place.first, spot.place.last
    k = next((j for j in range(low, high) if spot.lower(j) in {"bomber", "bombers"}), None)
    if k is None:
        return ""
    kind = "suicide bombing" if spot.lower(k - 1) == "suicide" else "bombing"
    tokens = spot.place.scene.tokens
    named = (j for j in range(k, high) if spot.lower(j) == "in" and j + 1 < high and is_name(tokens[j + 1]))
    j = next(named, None)
    where = spot.text(tail_of(spot, j, longest=3)) if j is not None and not spot.timed(j + 1) else ""
    return f"in the {kind} {where}".strip()


def _over_years(spot: Spot) -> bool:
    """Whether a toll is one of years, and so not of the event that its text is about."""
    low, high = spot.place.first, spot.place.last
    return any(spot.lower(k) in _YEARS and spot.timed(k) for k in range(low, high))


def _illness(spot: Spot, k: int) -> str:
    scene = spot.place.scene
    name = words_of(scene, phrase(scene, k, k, k + 1))
    return name if name == "Ebola" or name[1:] != name[1:].lower() else name.lower()


def _the(text: str) -> str:
    words = text.split()
    cut = next((j for j, word in enumerate(words) if word in PREPOSITIONS), len(words))
    head = words[cut - 1] if cut else ""
    bare = len(words[:cut]) > 1 and head[:1].isupper()
    return text if bare or words[0].endswith(("'s", "’s")) else f"the {text}"


def _nearest(spot: Spot) -> int | None:
    places = (*spot.place.before(), *spot.place.after())
    return next((k for k in places if spot.lower(k) in EVENTS - _PEACEFUL and _noun(spot, k)), None)


def _noun(spot: Spot, k: int) -> bool:
    word = spot.lower(k)
    if spot.lower(k + 1) in SERVICES or (word == "bomb" and spot.lower(k - 1) == "to"):
        return False
    if word in {"strike", "clash", "protest", "crash", "attack", "raid", "collapse"}:
        return spot.lower(k - 1) not in {"to", "will", "would"} and spot.lower(k + 1) not in {"the", "a", "an"}
    return is_plural(word) or bool(word)
