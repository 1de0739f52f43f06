"""Writes a figure's label: a short noun phrase that says who or what is counted, whose, where."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind
from models.figures.key_kind import Sort
from models.figures.key_scene import Place
from models.figures.key_topic import Topic
from models.figures.label_clause import Spot, first_phrase
from models.figures.label_harm import harm_label
from models.figures.label_measures import measure_label
from models.figures.label_money import money_label
from models.figures.label_parts import named, part_of, plural
from models.figures.label_people import count_label
from models.figures.label_places import lead_place, located
from models.figures.label_shares import share_label
from models.figures.label_table import DETERMINERS, DISTANCES, PREPOSITIONS

_LONGEST: Final = 12
_ROOMY: Final = 8
_CONTEXT: Final = 6
_LOOSE: Final = PREPOSITIONS | DETERMINERS | {"and", "or", "to", "be", "who", "that"}
_BARE: Final = frozenset({FigureKind.MONEY, FigureKind.PERCENT, FigureKind.MEASURE, FigureKind.DURATION})
_PLAIN: Final = {
    FigureKind.MONEY: "money",
    FigureKind.PERCENT: "share",
    FigureKind.CASUALTIES: "casualties",
    FigureKind.DURATION: "time",
}


def label_of(place: Place, sort: Sort, topic: Topic, before: Place | None) -> str:
    """A label of at most ``_LONGEST`` words, put together from whole phrases of the sentence.

    ``before`` is the place of the figure before this one.
    """
    del before
    spot = Spot.of(place)
    if sort.kind is FigureKind.CASUALTIES:
        label = harm_label(spot, sort, topic)
    elif sort.kind in {FigureKind.TROOPS, FigureKind.COUNT}:
        label = count_label(spot, sort, topic)
    else:
        label = located(spot, _sum(spot, sort, topic), topic)
    label = _trimmed(label) or _fallback(spot, sort, topic)
    return label if sort.kind is FigureKind.CASUALTIES else _set_among(spot, label, topic)


def _set_among(spot: Spot, label: str, topic: Topic) -> str:
    """A label without a name, with whom its text is about behind a comma: "jobs, Northmark Marine"."""
    about = topic.subject.split()
    common = spot.place.scene.common
    if named(label) or len(label.split()) > _ROOMY or not 0 < len(about) <= _CONTEXT:
        return label
    names = [word for word in about if word[:1].isupper() and word.lower() not in common]
    if len(about) == 1 and spot.place.scene.text.count(topic.subject) == 1:
        names = []  # any word has a capital once, at the beginning of a sentence
    held = {word.lower().strip(",") for word in label.split()}
    return label if not names or held & {word.lower() for word in names} else f"{label}, {topic.subject}"


def _sum(spot: Spot, sort: Sort, topic: Topic) -> str:
    part = part_of(spot)
    if sort.kind is FigureKind.MONEY:
        return money_label(spot, part)
    if sort.kind is FigureKind.PERCENT:
        return share_label(spot, part, topic)
    return measure_label(spot, sort, part)


def _fallback(spot: Spot, sort: Sort, topic: Topic) -> str:
    """The plain name of what is counted, with what the text is about."""
    words = _PLAIN.get(sort.kind) or DISTANCES.get(sort.unit or "") or plural(sort.noun or "")
    if sort.kind in _BARE:
        subject = first_phrase(spot)
        if subject:
            return subject
    return ", ".join(filter(None, (words, lead_place(spot, topic)))) or spot.place.quantity.unit or ""


def _trimmed(label: str) -> str:
    words = label.replace(", in ", " in ").split()[:_LONGEST]
    while words and (words[-1].lower() in _LOOSE or words[-1].endswith(("'s", "’s"))):
        words.pop()
    while words and words[0].lower() in {"the", "a", "an", "of", "its", "their", "and", "or"}:
        words.pop(0)
    return " ".join(words).strip(" ,")
