"""Says what a deadline is about when its own words do not: whom "they" are, "the mission" in full, and where it is set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from models.api import Deadline
from models.dates.cues import AUXILIARIES, ENDING_VERBS, EVENT_NOUNS, EVENT_VERBS, TRUCE_NOUNS
from models.dates.tables import words
from models.dates.wording import edited, head_of, subject_of
from models.figures.country_table import ADJECTIVES
from models.figures.key_scene import Scene
from models.figures.key_topic import Topic, country_at, topic_of
from models.figures.label_context import first_named, sure_subject

_LONGEST: Final = 16
_LONGEST_OWNER: Final = 6
_FAR: Final = 400
"""Tokens of a text in which a name is looked for."""

_HEAD: Final = 3
_LINKS: Final = frozenset({"of", "in", "on", "at", "for", "from", "with", "by", "against"})
_OFTEN: Final = 3
_BACK: Final = 3
"""Sentences in which a pronoun's noun is looked for."""

_LONG_SENTENCE: Final = 600
_VERBS: Final = AUXILIARIES | {"that", "which", "who", "to"}
_POINTING: Final = frozenset({"the", "this", "its", "their"})
_MANY: Final = frozenset({"they", "their"})
_TITLES: Final = words(
    "former president minister prime transport finance foreign interior mayor governor general judge chief prosecutor coach captain"
)
_PEOPLE: Final = frozenset({"he", "she", "his", "her"})
_OWNERS: Final = {"its": "it", "their": "they", "his": "he", "her": "she"}
_SUBJECTS: Final = frozenset({"it", "they", "he", "she"})
_THINGS: Final = "|".join(
    sorted(
        EVENT_NOUNS
        | TRUCE_NOUNS
        | words(
            "bill law deal agreement offer plan treaty accord resolution measure contract draft proposal order ban bridge"
        )
    )
)
_THING: Final = re.compile(rf"\b(?:the|a|an|its|their|this)\s((?:[\w’'-]+\s){{0,2}}?(?:{_THINGS}))\b", re.IGNORECASE)
_DECIDED: Final = re.compile(
    r"\b(?:pass|passes|approve|adopt|sign|ratify|reject|veto|vote on|endorse|amend|extend|accept|answer) (it|them)\b"
)
_PLEONASTIC: Final = re.compile(
    r"^it (?:is|was|will be|would be) (?:likely|possible|expected|unclear|clear|time|too|not)\b"
)
_SEVERAL: Final = re.compile(
    r"^(?:the )?(?P<which>first|other|next|last|remaining) (?P<many>two|three|four|five|six|seven|eight|nine|ten|\d+)(?= (?:to|will|must|are|is|would|should)\b)",
    re.IGNORECASE,
)
_COUNTABLE: Final = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ((?:(?!days|weeks|months|years|hours|percent|per|euros|million|billion|of|people)[a-z]+ )?(?!days|weeks|months|years|hours|minutes|euros|crowns|dollars|pounds|kilomet|met|tonnes|points)[a-z]+s)\b"
)
_EACH: Final = re.compile(r"^(?:all|both|most|some|many) of (?:them|these)\b", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\b(?:the )?(\d[\d,.]* (?:[a-z]+ )?[a-z]+s)\b")


def told_in_full(deadlines: Sequence[Deadline], scene: Scene) -> list[Deadline]:
    """The deadlines of a text, each to be understood without the rest of it, and edited as for a calendar.

    A pronoun gives way to its noun where the sentences before leave no doubt; a noun that points back ("the outbreak")
    takes the words it was first named with; a matter without any name gets the country, or in brackets the party, that
    the text is about, unless its sentence names another country.
    """
    if not deadlines:
        return []
    topic = topic_of(scene)
    return [replace(one, what=_told(one, scene, topic)) for one in deadlines]


def _told(deadline: Deadline, scene: Scene, topic: Topic) -> str:
    named = replace(deadline, what=_without_pronoun(deadline, scene))
    what = edited(_in_full(named, scene), deadline.bond)
    return _set(replace(deadline, what=what), what, scene, topic)


def _without_pronoun(deadline: Deadline, scene: Scene) -> str:
    what = deadline.what
    opening, _, rest = what.partition(" ")
    low = opening.lower()
    if not rest or _PLEONASTIC.match(what.lower()):
        return what
    if counted := _with_noun(deadline, scene):
        return counted
    if low in _SUBJECTS and (noun := _antecedent(deadline, scene, low)):
        others = _COUNTABLE.findall(_earlier(deadline, scene)) if noun.lower() == "the others" else []
        return f"Other {others[-1]} {rest}" if others else f"{noun} {rest}"
    if low in _OWNERS and (noun := _antecedent(deadline, scene, _OWNERS[low])) and len(noun.split()) <= _LONGEST_OWNER:
        owned = "'" if noun.endswith("s") else "'s"
        return f"{noun}{owned} {rest}"
    thing = _thing_before(deadline, scene) if (decided := _DECIDED.search(what)) else ""
    if decided and thing and thing.split()[-1] not in what.lower():
        return f"{what[: decided.start(1)]}the {thing}{what[decided.end(1) :]}"
    return what


def _with_noun(deadline: Deadline, scene: Scene) -> str:
    """A matter that begins with a number of them, with their noun: "All 120 observers", "Other three hospitals"."""
    what = deadline.what
    if each := _EACH.match(what):
        inside = _COUNTED.findall(
            scene.text[max(deadline.sentence.start, deadline.span.start - _LONG_SENTENCE) : deadline.span.start]
        )
        return f"All {inside[-1]}{what[each.end() :]}" if inside else ""
    several = _SEVERAL.match(what)
    counted = _COUNTABLE.findall(_earlier(deadline, scene)) if several else []
    return f"{what[: several.end()]} {counted[-1]}{what[several.end() :]}" if several and counted else ""


def _antecedent(deadline: Deadline, scene: Scene, pronoun: str) -> str:
    """The subject that a pronoun stands for: of its own sentence where that has one before it, else of those before."""
    text, here = scene.text, scene.sentence_index(deadline.sentence.start)
    own = text[max(deadline.sentence.start, deadline.span.start - _LONG_SENTENCE) : deadline.span.start]
    if re.search(rf"\w\s+{pronoun}\b", own) and (found := _fitting(own, pronoun)):
        return found
    far = 2 * _BACK if pronoun in _PEOPLE else _BACK
    for index in range(here - 1, max(-1, here - 1 - far), -1):
        sentence = scene.sentences[index]
        start = max(sentence.start, scene.body)
        told = text[start : min(sentence.end, start + _LONG_SENTENCE)]
        if found := _fitting(told, pronoun):
            return found
        if pronoun == "it" and (things := _THING.findall(told)):
            return f"the {things[-1]}"
    return ""


def _fitting(sentence: str, pronoun: str) -> str:
    """The subject of a sentence, if a pronoun may stand for it."""
    subject = subject_of(sentence)
    head = head_of(subject)
    if (
        not head
        or head.lower() in _SUBJECTS
        or subject.split()[0].lower() in {"its", "their", "his", "her", "this", "there"}
    ):
        return ""
    many = " and " in subject or (head.endswith("s") and not head.endswith("ss") and not head[:1].isupper())
    if pronoun in _PEOPLE:
        names = [word for word in subject.split() if word[:1].isupper()]
        whole = len(names) > 1 and subject[:1].isupper() and subject.split()[-1][:1].isupper()
        plain = {word for word in subject.split() if word[:1].islower()}
        return subject if whole and not many and plain <= _TITLES and names[0] not in {"The", "A", "An", "One"} else ""
    person = subject.split()[0][:1].isupper() and not subject.startswith(("The ", "A ", "An ")) and pronoun == "it"
    if person and len(subject.split()) > 1 and head[:1].isupper():
        return ""
    return subject if many == (pronoun in _MANY) else ""


def _thing_before(deadline: Deadline, scene: Scene) -> str:
    things = _THING.findall(_earlier(deadline, scene))
    return str(things[-1]) if things else ""


def _earlier(deadline: Deadline, scene: Scene) -> str:
    """The text right before a date, up to ``_BACK`` sentences of it."""
    here = scene.sentence_index(deadline.sentence.start)
    first = scene.sentences[max(0, here - _BACK)].start if scene.sentences else 0
    return scene.text[max(first, deadline.span.start - 2 * _LONG_SENTENCE) : deadline.span.start]


def _in_full(deadline: Deadline, scene: Scene) -> str:
    found = deadline.what.split()
    stop = scene.first(deadline.sentence.start)
    for k in range(1, len(found)):
        if not found[k].islower() or found[k - 1].lower() not in _POINTING:
            continue
        full = _noun_of(first_named(scene, found[k], stop).split())
        others = {word.lower() for word in found[:k] + found[k + 1 :]}
        if (
            len(full) > 1
            and (len(found) + len(full) <= _LONGEST or k < _HEAD)
            and _ends_noun(found, k)
            and not any(one in _LINKS and other in _LINKS for one, other in pairwise(full))
            and not others & {word.lower() for word in full[:-1]} - {"of", "in", "on"}
        ):
            owned = full[0].endswith(("'s", "’s"))
            return " ".join([*found[: k - owned], *full, *found[k + 1 :]])
    return deadline.what


def _ends_noun(found: Sequence[str], k: int) -> bool:
    """Whether the word at ``k`` is the last of its noun: not "launch" in "the launch window"."""
    following = found[k + 1].lower() if k + 1 < len(found) else ""
    return not following or following in AUXILIARIES | ENDING_VERBS | EVENT_VERBS | _LINKS | {
        "to",
        "and",
        "that",
        "which",
        "who",
        "once",
    }


def _noun_of(phrase: list[str]) -> list[str]:
    return phrase[: next((k for k, word in enumerate(phrase) if word in _VERBS), len(phrase))]


def _set(deadline: Deadline, what: str, scene: Scene, topic: Topic) -> str:
    who = deadline.who or ""
    if _named(what, scene) or _named(who, scene):
        return what
    first, last = scene.first(deadline.sentence.start), scene.first(deadline.sentence.end)
    if any(country_at(scene, k) not in {"", topic.country} for k in range(first, min(last, first + 60))):
        return what
    if topic.country in ADJECTIVES and what.lower() in {
        "election",
        "elections",
        "budget",
        "parliament",
        "referendum",
        "vote",
    }:
        return f"{ADJECTIVES[topic.country]} {what.lower()}"
    about = topic.country or (topic.subject if _sure(scene, topic) else "")
    return f"{what} ({about})" if about and about not in what else what


def _sure(scene: Scene, topic: Topic) -> bool:
    """Whether a text is about its subject: a name that comes again and again near its head."""
    name = topic.subject.split()[-1] if topic.subject else ""
    return sure_subject(scene, topic) and sum(token.text == name for token in scene.tokens[:_FAR]) >= _OFTEN


def _named(phrase: str, scene: Scene) -> bool:
    """Whether a phrase holds a name; its first word is one if the text has it with a capital inside a sentence too."""
    found = phrase.split()
    if any(word[:1].isupper() for word in found[1:]):
        return True
    first = found[0].removesuffix("'s").removesuffix("’s") if found else ""
    inside = (token for k, token in enumerate(scene.tokens[:_FAR]) if k not in scene.openers)
    return first[:1].isupper() and any(token.text.removesuffix("'s").removesuffix("’s") == first for token in inside)
