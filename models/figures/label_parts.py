"""Finds what a number is to its clause, and puts labels together from whole phrases."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final, NamedTuple

from models.figures.key_kind import Sort
from models.figures.key_scene import is_name
from models.figures.label_clause import core_back, noun_back, subject_of, verb_before
from models.figures.label_spot import Spot
from models.figures.label_table import (
    ACRONYMS,
    AUXILIARIES,
    DETERMINERS,
    HARD,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYING,
    SPEECH,
)
from models.figures.label_tails import tail_of
from models.figures.label_verb_table import MOVING, SHIFTING
from models.figures.label_verbs import base_of, is_gerund, is_verb, participle
from models.tokens import Kind

_PARTICLES: Final = frozenset({"up", "in", "down", "out", "off", "aside", "away", "back", "over"})
_RECEIVERS: Final = frozenset({"him", "her", "them", "us", "me", "it"})
_ASKED: Final = 5
_ASKING: Final = frozenset({"ask", "appeal", "call"})
_AHEAD: Final = frozenset({"to", "will", "would", "may", "could", "might", "should", "must"})
_MASS: Final = frozenset({"people", "personnel", "police", "staff"})
_SUBJECT_WORDS: Final = 5
_LONGEST_OWNED: Final = 9
_ILLNESSES: Final = frozenset({"COVID-19", "Covid-19", "Covid", "Ebola"})
_AIMS: Final = frozenset({"aim", "goal", "plan", "target", "deal", "agreement", "report", "number", "figure"})
_THE_COUNTRIES: Final = frozenset(
    {"Philippines", "Netherlands", "Maldives", "Gambia", "Czech Republic", "Dominican Republic", "Vatican"}
)
_MARKED: Final = DETERMINERS - {"some", "all", "any", "another", "such", "every"}
_BEING: Final = frozenset({"is", "are", "was", "were", "been", "be"})


class Role(Enum):
    """What a number is to its clause."""

    SUBJECT = auto()
    OBJECT = auto()
    OWNED = auto()
    AFTER = auto()
    BESIDE = auto()
    ALONE = auto()


class Part(NamedTuple):
    """The role of a number, and the verb or the preposition at token ``word`` that gives it."""

    role: Role
    word: int
    verb: int | None = None


def part_of(spot: Spot) -> Part:
    """Read the role of a number off the token before it."""
    head = spot.head
    word = spot.lower(head)
    if word in {"up", "down"} and spot.lower(head - 1) in _BEING:
        return Part(Role.BESIDE, head - 1, head - 1)
    verb = _verb_of(spot, head)
    if verb is not None and (word not in SPEECH or predicate(spot) is None):
        return Part(Role.OBJECT, verb if word == "for" else head, verb)
    if head < spot.place.first or word in HARD | SPEECH | RELATIVES or spot.place.breaks(head):
        return Part(Role.SUBJECT, head)
    if word in AUXILIARIES:
        return Part(Role.OWNED if word.startswith("ha") else Role.BESIDE, head, head)
    if word in {",", "and", "or", "plus"}:
        return _listed(spot, head)
    return Part(Role.AFTER if word in PREPOSITIONS | {"worth"} else Role.ALONE, head)


def _verb_of(spot: Spot, head: int) -> int | None:
    """The verb whose object the number is: "cut", "set aside", "asked donors for"."""
    word = spot.lower(head)
    if head < spot.place.first or word in SAYING | HARD | RELATIVES:
        return None
    if is_verb(spot.place, head) or is_gerund(spot.place, head):
        return head
    if word in _RECEIVERS and is_verb(spot.place, head - 1):  # "fined him 4 million"
        return head - 1
    if word in _PARTICLES and is_verb(spot.place, head - 1):
        return head - 1
    if word != "for":
        return None
    asked = next((k for k in range(head - 1, head - _ASKED, -1) if is_verb(spot.place, k)), None)
    return asked if asked is not None and base_of(spot.lower(asked)) in _ASKING else None


def _listed(spot: Spot, head: int) -> Part:
    if predicate(spot) is not None:
        return Part(Role.SUBJECT, head)
    if spot.stop < spot.place.last and spot.place.scene.tokens[spot.stop].text in "'’":
        return Part(Role.ALONE, head)
    if spot.lower(head) == "," and is_name(spot.place.scene.tokens[head - 1]):
        return Part(Role.ALONE, head)  # the number is that of the name: "the president, Marcos Vidal, 43.2%"
    verb = verb_before(spot, head - 1)
    numbered = any(spot.place.scene.tokens[k].kind is Kind.NUMBER for k in range(max(verb or 0, head - 12), head))
    if verb is not None and is_verb(spot.place, verb) and numbered:
        return Part(Role.OBJECT, verb, verb)
    if verb is not None and numbered and spot.lower(verb).startswith("ha") and spot.lower(head) != ",":
        return Part(Role.OWNED, verb, verb)
    return Part(Role.ALONE, head)


def predicate(spot: Spot) -> int | None:
    """The token where what is said of the number begins, behind its complements and an aside."""
    tail = tail_of(spot, extended(spot))
    k = tail.stop
    if spot.lower(k) in PREPOSITIONS:
        ahead = range(k, min(spot.place.last, k + 7))
        k = next((j for j in ahead if spot.lower(j) in AUXILIARIES or spot.sign(j) or is_verb(spot.place, j)), k)
    if spot.lower(k) == ",":
        closed = next((j for j in range(k + 1, min(spot.place.last, k + 16)) if spot.lower(j) == ","), None)
        if closed is None:
            return None
        k = closed + 1
    if spot.lower(k) == "and":
        return _shared(spot, k)
    word = spot.lower(k)
    if word in AUXILIARIES or (word and is_verb(spot.place, k)):
        return k
    return k + 1 if word in {"also", "still", "now"} and is_verb(spot.place, k + 1) else None


def _shared(spot: Spot, k: int) -> int | None:
    """The predicate that a number shares with the next one: "45,000 police and 10,000 soldiers guarded"."""
    ahead = range(k + 1, min(spot.place.last, k + 7))
    if not any(spot.place.scene.tokens[j].kind is Kind.NUMBER for j in ahead[:3]):
        return None
    for j in ahead:
        if spot.lower(j) in AUXILIARIES or is_verb(spot.place, j):
            return j
        if spot.sign(j):
            return None
    return None


def extended(spot: Spot) -> int:
    """Where the counted ends if a second noun is tied to it: "13 women and children"."""
    k = spot.stop
    if spot.lower(k) in {"more", "others", "other"}:
        return k + 1
    if spot.lower(k) != "and" or k + 1 >= spot.place.last:
        return k
    following, after = spot.place.scene.tokens[k + 1], spot.lower(k + 2)
    plain = (
        following.kind is Kind.WORD and not is_name(following) and following.lower.endswith(("s", "ren", "ce", "en"))
    )
    if not plain or is_verb(spot.place, k + 1) or following.lower in DETERMINERS | PREPOSITIONS | AUXILIARIES:
        return k
    return k + 2 if after in PREPOSITIONS | AUXILIARIES | {",", ".", ""} or is_verb(spot.place, k + 2) else k


def noun_of(spot: Spot, sort: Sort) -> str:
    """The counted noun phrase, with an owner that stands before its number; empty where it has none."""
    span = spot.place.quantity.noun_span
    if span is None:
        if not (sort.noun and sort.inherited):
            return ""
        return plural(sort.noun)
    scene = spot.place.scene
    words = list(range(scene.first(span.start), scene.first(span.end)))
    if extended(spot) > spot.stop:
        words += range(spot.stop, extended(spot))
    return spot.text(words)


def plural(noun: str) -> str:
    """The plural of a counted noun's lemma."""
    if not noun or noun.endswith("s") or noun in _MASS:
        return noun
    if noun == "child":
        return "children"
    if noun.endswith("man"):
        return f"{noun[:-2]}en"
    if noun == "person":
        return "people"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in set("aeiou") else f"{noun}s"


def done(spot: Spot, part: Part) -> str:
    """What is done to the object of a verb: "destroyed", "to be cut", "set aside"."""
    if part.verb is None:
        return ""
    word = spot.lower(part.verb)
    text = participle(word)
    if part.word == part.verb + 1 and spot.lower(part.word) in _PARTICLES:
        text = f"{text} {spot.lower(part.word)}"
    before = spot.lower(part.verb - 1)
    if before in _BEING and not word.endswith("ing"):
        return ""
    return f"to be {text}" if before in _AHEAD and word == base_of(word) else text


def agent(spot: Spot, verb: int | None, longest: int = _SUBJECT_WORDS) -> str:
    """The subject of a verb, if it is a short phrase that can stand for itself."""
    if verb is None or is_gerund(spot.place, verb):
        return ""
    words = subject_of(spot, verb)
    if words is None:
        return ""
    text = spot.text(words)
    if not 0 < len(text.split()) <= longest:
        return ""
    if text in _AIMS:
        return ""
    marked = {spot.lower(words.start - 1), spot.lower(words.start)} & _MARKED
    return f"the {text}" if marked and not text.endswith(("'s", "’s")) else text


def owned(owner: str, thing: str) -> str:
    """Join owner and owned: "Germany's soldiers", "customers of Cordant"."""
    if not owner or not thing:
        return thing or owner
    words = owner.split()
    if owner.endswith(("'s", "’s")):
        return f"{owner} {thing}"
    if owner.removeprefix("the ") in ACRONYMS:
        return f"{owner.removeprefix('the ')} {thing}"
    if len(words) <= 3 and words[-1][:1].isupper():
        return f"{owner}' {thing}" if owner.endswith("s") else f"{owner}'s {thing}"
    return f"{thing} of {the(owner)}"


def the(phrase: str) -> str:
    """A phrase with "the" before it if it is a name like "UN"."""
    words = phrase.split()
    return f"the {phrase}" if (len(words) == 1 and words[0] in ACRONYMS) or phrase in _THE_COUNTRIES else phrase


def measured(spot: Spot, part: Part) -> range | None:
    """What a level or a movement is one of: the object of "cut … to", else the subject of the verb."""
    head = part.word
    before = head - 1 if part.role is Role.AFTER else head
    if part.role is Role.ALONE:
        return _apposed(spot, head)
    verb = part.verb if part.verb is not None else verb_before(spot, before)
    if verb is None and spot.lower(head) == "from":
        verb = next(
            (
                k
                for k in range(before, spot.place.first - 1, -1)
                if is_verb(spot.place, k) and base_of(spot.lower(k)) in MOVING | SHIFTING
            ),
            None,
        )
    if verb is None:
        end = next((k for k in range(before, spot.place.first - 1, -1) if spot.lower(k) not in {",", "up", "down"}), -1)
        return noun_back(spot, end) if end >= spot.place.first else None
    if base_of(spot.lower(verb)) in SHIFTING and spot.lower(verb - 1) not in _BEING:
        found = _object(spot, verb + 1, head)
        if found is not None:
            return found
    return subject_of(spot, verb)


def _apposed(spot: Spot, end: int) -> range | None:
    """What a number without a verb tells of: "Turnout, at", "construction 34,000"; behind a number, the same as before."""
    while end > spot.place.first and (spot.lower(end) in {",", "up", "down"} or spot.lower(end).endswith("ly")):
        end -= 1
    token = spot.place.scene.tokens[end]
    if any(spot.place.scene.tokens[k].kind is Kind.NUMBER for k in range(max(spot.place.first, end - 2), end)):
        token = spot.place.scene.tokens[
            next(k for k in range(end - 1, -1, -1) if spot.place.scene.tokens[k].kind is Kind.NUMBER)
        ]
    if token.kind is Kind.NUMBER or token.text in "%$€£" or spot.lower(end) in {"percent", "cent"} or spot.timed(end):
        verb = verb_before(spot, end)
        return subject_of(spot, verb) if verb is not None else None
    return core_back(spot, end)


def _object(spot: Spot, begin: int, stop: int) -> range | None:
    """The noun phrase behind a verb, up to the preposition that leads to the number."""
    for k in range(begin, min(stop, begin + 14)):
        token = spot.place.scene.tokens[k]
        if spot.lower(k) in {"to", "at", "by", "from"} or spot.sign(k) or token.kind is Kind.NUMBER or spot.timed(k):
            stop = k
            break
    else:
        stop = min(stop, begin + 14)
    while begin < stop and spot.lower(begin) in DETERMINERS:
        begin += 1
    if begin < stop and spot.lower(begin) == "number" and spot.lower(begin + 1) == "of":
        begin += 2
        while begin < stop and spot.lower(begin) in DETERMINERS:
            begin += 1
    plain = stop - begin == 1 and spot.lower(begin) in PRONOUNS | {"up", "down", "back"}
    return range(begin, stop) if stop > begin and not plain else None


def moving(spot: Spot, part: Part) -> bool:
    """Whether the number stands behind a verb of movement."""
    if part.role is Role.OBJECT and part.verb is not None:
        return base_of(spot.lower(part.verb)) in MOVING | SHIFTING
    return part.role is Role.AFTER and spot.lower(part.word) in {"to", "at", "by", "from", "below", "above"}


def named(text: str) -> bool:
    """Whether a label holds a name; that of an illness says of nobody whose it is."""
    words = [word for word in text.split() if word.strip(",()") not in _ILLNESSES]
    return any(word[:1].isupper() for word in words[1:]) or text[:2].isupper() or "'s " in text


def shared_tail(spot: Spot) -> range:
    """The complements a number shares with the next one: "4,800 soldiers and 200 civilians in Lithuania"."""
    k = extended(spot)
    if spot.lower(k) == "and":
        for j in range(k + 1, min(spot.place.last, k + 8)):
            if spot.lower(j) in {"in", "at", "from", "near"}:
                return tail_of(spot, j)
            if spot.sign(j) or is_verb(spot.place, j) or spot.lower(j) in AUXILIARIES:
                break
    return range(k, k)


def thing_text(spot: Spot, part: Part, words: range) -> str:
    """A phrase with its owner in place of "its": "Saudi Arabia's oil output"."""
    text = spot.text(words)
    verb = part.verb if part.verb is not None else verb_before(spot, part.word - 1)
    marks = {spot.lower(words.start - 1), spot.lower(words.start)}
    if "the" in marks and text.split()[:1] and text.split()[0].endswith(("'s", "’s")):
        return f"the {text}"
    if verb is None or not marks & {"its", "their", "his", "her"}:
        return text
    owner = agent(spot, verb)
    fits = len(owner.split()) + len(text.split()) <= _LONGEST_OWNED
    return owned(owner, text) if owner and fits else text
