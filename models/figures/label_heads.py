"""Labels of numbers that a colon leads to: the words before it, without their days."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind
from models.figures.key_harm import step_back
from models.figures.key_head import head_noun, head_of
from models.figures.key_kind import Sort
from models.figures.key_scene import is_name
from models.figures.label_parts import plural
from models.figures.label_spot import Spot
from models.figures.label_table import DETERMINERS, PREPOSITIONS

_SO_FAR: Final = frozenset({"so", "far", "now", "yet"})


def head_label(spot: Spot, sort: Sort) -> str:
    """The head of a list as a label: "cumulative cases in the camps"; empty for what names its counted itself.

    Of "5 of 14" the second number is the whole: it is called by what is counted alone.
    """
    words = head_of(spot.place) if spot.place.quantity.noun is None else None
    if words is None or sort.kind is FigureKind.CASUALTIES:
        return ""
    noun = head_noun(spot.place, words)
    if spot.lower(step_back(spot.place, spot.place.start)) == "of":
        stop = next((k + 1 for k in words if spot.lower(k) == noun), words.start)
        return _plain(spot, range(words.start, stop)) or plural(sort.noun or "")
    text = _plain(spot, words)
    held = set(text.lower().split())
    counted = plural(sort.noun or "")
    return text if not counted or noun is not None or counted in held or sort.noun == "people" else f"{counted}, {text}"


def _plain(spot: Spot, words: range) -> str:
    """The words of a head without its days, and without the prepositions that led to them."""
    kept: list[int] = []
    for k in words:
        if spot.timed(k):
            while kept and spot.lower(kept[-1]) in PREPOSITIONS | DETERMINERS:
                kept.pop()
        elif spot.lower(k) not in _SO_FAR:
            kept.append(k)
    text = spot.text(kept)
    named = [k for k in words[1:] if is_name(spot.place.scene.tokens[k])]
    name = spot.place.scene.tokens[words.start].text.isupper() or (named and named[0] == words.start + 1)
    return text if name else f"{text[:1].lower()}{text[1:]}"
