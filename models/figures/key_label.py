"""Writes a figure's label: a short noun phrase that says who or what is counted, whose, where."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind
from models.figures.key_kind import Sort
from models.figures.key_scene import Place
from models.figures.key_topic import Topic
from models.figures.label_clause import first_phrase
from models.figures.label_context import LONGEST, completed
from models.figures.label_harm import harm_label
from models.figures.label_heads import head_label
from models.figures.label_measures import measure_label
from models.figures.label_money import money_label
from models.figures.label_parts import part_of, plural
from models.figures.label_people import count_label
from models.figures.label_places import lead_place, located
from models.figures.label_shares import share_label
from models.figures.label_spot import Spot
from models.figures.label_table import DETERMINERS, DISTANCES, PREPOSITIONS, PRONOUNS
from models.figures.label_ties import tied_label

_LOOSE: Final = PREPOSITIONS | DETERMINERS | {"and", "or", "to", "be", "who", "that", "during"}
_BARE: Final = frozenset({FigureKind.MONEY, FigureKind.PERCENT, FigureKind.MEASURE, FigureKind.DURATION})
_PLAIN: Final = {
    FigureKind.MONEY: "money",
    FigureKind.PERCENT: "share",
    FigureKind.CASUALTIES: "casualties",
    FigureKind.DURATION: "time",
}


def label_of(place: Place, sort: Sort, topic: Topic, earlier: str) -> str:
    """A label of at most ``LONGEST`` words, put together from whole phrases of the sentence.

    ``earlier`` is the label of the figure before this one in its sentence; empty where there is none.
    """
    spot = Spot.of(place)
    tied = tied_label(spot, earlier)
    if tied:
        return tied
    headed = head_label(spot, sort)
    if headed:
        label = located(spot, headed, topic)
    elif sort.kind is FigureKind.CASUALTIES:
        label = harm_label(spot, sort, topic)
    elif sort.kind in {FigureKind.TROOPS, FigureKind.COUNT}:
        label = count_label(spot, sort, topic)
    else:
        label = located(spot, _sum(spot, sort, topic), topic)
    label = _trimmed(label)
    if not label or _pronoun(label.split()[0]):
        label = _fallback(spot, sort, topic)
    return completed(spot, label, sort, topic)


def _pronoun(word: str) -> bool:
    """Whether a label would begin with a pronoun; "US" is none."""
    return word != "US" and word.lower().split("'")[0].split("’")[0] in PRONOUNS - DETERMINERS


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
        if subject and not _pronoun(subject) and len(subject) > 1:
            return subject
    return ", ".join(filter(None, (words, lead_place(spot, topic)))) or spot.place.quantity.unit or ""


def _trimmed(label: str) -> str:
    words = label.replace(", in ", " in ").split()[:LONGEST]
    while words and (words[-1].lower() in _LOOSE or words[-1].endswith(("'s", "’s"))):
        words.pop()
    while words and words[0].lower() in {"the", "a", "an", "of", "its", "their", "and", "or"}:
        words.pop(0)
    return " ".join(words).strip(" ,")
