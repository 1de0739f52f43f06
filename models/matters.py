"""Says what a deadline is about when its own sentence does not: "the mission" in full, and the country it is set in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from models.api import Deadline
from models.figures.key_scene import Scene
from models.figures.key_topic import Topic, country_at, topic_of
from models.figures.label_context import first_named, sure_subject

_LONGEST: Final = 24
_FAR: Final = 400
"""Tokens of a text in which a name is looked for."""

_POINTING: Final = frozenset({"the", "this", "its", "their"})


def told_in_full(deadlines: Sequence[Deadline], scene: Scene) -> list[Deadline]:
    """The deadlines of a text, each to be understood without the rest of it.

    A noun that points back ("the outbreak") takes the words it was first named with; a matter without any name gets in
    brackets the country, or the party, that the text is about, unless its sentence names another country.
    """
    if not deadlines:
        return []
    topic = topic_of(scene)
    return [replace(one, what=_set(one, _in_full(one, scene), scene, topic)) for one in deadlines]


def _in_full(deadline: Deadline, scene: Scene) -> str:
    words = deadline.what.split()
    stop = scene.first(deadline.sentence.start)
    for k in range(1, len(words)):
        if not words[k].islower() or words[k - 1].lower() not in _POINTING:
            continue
        full = first_named(scene, words[k], stop).split()
        others = {word.lower() for word in words[:k] + words[k + 1 :]}
        if (
            full
            and len(words) + len(full) <= _LONGEST
            and not others & {word.lower() for word in full[:-1]} - {"of", "in", "on"}
        ):
            owned = full[0].endswith(("'s", "’s"))
            return " ".join([*words[: k - owned], *full, *words[k + 1 :]])
    return deadline.what


def _set(deadline: Deadline, what: str, scene: Scene, topic: Topic) -> str:
    who = deadline.who or ""
    if _named(what, scene) or _named(who, scene):
        return what
    first, last = scene.first(deadline.sentence.start), scene.first(deadline.sentence.end)
    if any(country_at(scene, k) not in {"", topic.country} for k in range(first, min(last, first + 60))):
        return what
    about = topic.country or (topic.subject if sure_subject(scene, topic) else "")
    return f"{what} ({about})" if about and about not in what else what


def _named(phrase: str, scene: Scene) -> bool:
    """Whether a phrase holds a name; its first word is one if the text has it with a capital inside a sentence too."""
    words = phrase.split()
    if any(word[:1].isupper() for word in words[1:]):
        return True
    first = words[0].removesuffix("'s").removesuffix("’s") if words else ""
    inside = (token for k, token in enumerate(scene.tokens[:_FAR]) if k not in scene.openers)
    return first[:1].isupper() and any(token.text.removesuffix("'s").removesuffix("’s") == first for token in inside)
