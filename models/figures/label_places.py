"""Says where: the place a text is about, as far as it is safe to name it in a label."""

from __future__ import annotations

from typing import Final

from models.figures.country_table import COUNTRIES
from models.figures.key_scene import Scene
from models.figures.key_topic import Topic
from models.figures.label_parts import named, the
from models.figures.label_spot import Spot
from models.figures.label_table import SPEECH
from models.figures.quantity import QuantityKind

_LEAD: Final = 1500
_NEARBY: Final = frozenset({"near", "at", "off", "outside"})
_TIES: Final = frozenset({"of", "by", "from", "to"})
_SHORT: Final = 6
_ROOMY: Final = 9
_OWNED_SOMEWHERE: Final = frozenset({QuantityKind.MONEY, QuantityKind.MEASURE})
_NAMES: Final = frozenset(COUNTRIES.values())


def located(spot: Spot, label: str, topic: Topic) -> str:
    """A label with the place the text is about, where it names none itself: "in" it if that is sure, else behind a comma."""
    lows = label.lower()
    if not label or named(label) or any(_country(word) for word in label.split()):
        return label
    place = lead_place(spot, topic)
    tied = spot.place.quantity.kind in _OWNED_SOMEWHERE and spot.place.quantity.unit != "magnitude"
    if tied and _TIES & set(lows.split()) and place not in _NAMES:
        return set_in(spot, label, topic)  # whose it is was said; where the text is set is another matter
    if place and place.lower() not in lows and " in " not in f" {lows} " and len(lows.split()) <= _SHORT:
        return label if elsewhere(spot, place) else f"{label} in {the(place)}"
    return set_in(spot, label, topic)


def set_in(spot: Spot, label: str, topic: Topic) -> str:
    """A label with the country of its text behind a comma, where neither it nor its sentence names one."""
    country = topic.country
    if not country or country in label or len(label.split()) > _ROOMY or elsewhere(spot, country):
        return label
    return label if any(_country(word) for word in label.split()) else f"{label}, {country}"


def lead_place(spot: Spot, topic: Topic) -> str:
    """The place of the lead; where it names none, the place that the report is headed with."""
    return _lead_place(spot, topic) or spot.place.scene.heading


def _lead_place(spot: Spot, topic: Topic) -> str:
    """The place that the lead says something happened in; empty for the city of a dateline, and for where somebody spoke."""
    scene = spot.place.scene
    place = _bare(topic.place)
    city = (
        place == scene.origin
        and place not in _NAMES
        and not scene.in_country
        and f", {place}" not in scene.text[: min(scene.body, _LEAD)]
    )
    if not place or city:
        return ""
    lead = _lead(scene)
    found = lead.find(place)
    if found < 0:
        return scene.origin if scene.origin in _NAMES or scene.in_country else ""
    words = lead[max(0, found - 40) : found].split()[-3:]
    ahead = [word.lower() for word in words]
    left = ahead[-1:] == ["from"] or (
        ahead[:1] == ["from"] and words[1][:1].isupper()
    )  # "launched from Kourou in Guiana"
    behind = lead[found + len(place) : found + len(place) + 12].split()[:1]
    unsure = left or _NEARBY & set(ahead) or (behind and behind[0].strip(",.") in SPEECH)
    return "" if unsure else place


def _lead(scene: Scene) -> str:
    """The first sentence of a text behind its dateline, with the headline above it."""
    stop = scene.body + _LEAD
    for sentence in scene.sentences[:3]:
        headline = scene.text[sentence.end : sentence.end + 1] == "\n" and scene.text[sentence.end - 1] not in '.”"'
        if sentence.end > scene.body and not headline:
            stop = min(stop, sentence.end)
            break
    return scene.text[scene.body : stop]


def elsewhere(spot: Spot, place: str) -> bool:
    """Whether the number's own sentence names a country other than the place the text is about."""
    tokens = spot.place.scene.tokens
    here = {_country(word) for word in place.split()} | {place}
    there = {_country(tokens[k].text) for k in range(spot.place.first, spot.place.last) if tokens[k].text[:1].isupper()}
    return bool(there - here - {""})


def _country(word: str) -> str:
    """The country that a word names, or that its adjective is of; empty for another word."""
    return COUNTRIES.get(_bare(word).lower().strip(","), "") if word[:1].isupper() else ""


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")
