"""Reads off the lead of a text what it is about: the event, the place, the subject."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from models.figures.country_table import COUNTRIES, PAIRS
from models.figures.key_scene import Scene, is_name, is_word
from models.figures.key_words import EVENT_VERBS, EVENTS, FILLERS, SERVICES, word_set
from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import is_plural
from models.figures.number_table import STARTERS
from models.tokens import Kind

_EDGES: Final = word_set(
    "in on at for with to by of from and or the a an its their as is was are were has had have into"
)
_PLACE_LEADS: Final = word_set("in at near across off outside hit struck")
_PLACE_FILLERS: Final = word_set(
    "the eastern western northern southern central a village town city state province region of capital port country"
)
PARTS: Final = word_set("eastern western northern southern central northeastern northwestern southeastern southwestern")
_SHORT: Final = {"u.s.": "US", "u.k.": "UK", "u.n.": "UN", "u.a.e.": "UAE", "u.s": "US", "u.n": "UN", "u.s.'s": "US"}
_SHORT_NAMES: Final = (
    ("United States", "US"),
    ("United Nations", "UN"),
    ("United Kingdom", "UK"),
    ("European Union", "EU"),
)
_LEADS: Final = 2
_EVENT_WORDS: Final = 9
_PHRASE_STARTS: Final = word_set("of in on at near off")
_PHRASE_STOPS: Final = word_set(
    "that which who when where while after before as and by for to from with since until because but said on"
)
_ENDING: Final = word_set("ends begins expires starts opens closes runs starts resumes")
_ORDINALS: Final = word_set(
    "first second third fourth own new latest last biggest worst deadliest permanent former early"
)


_HEAD_WORDS: Final = 200
_OFTEN: Final = 2
_AHEAD: Final = 1.5


class Topic(NamedTuple):
    """What a whole text is about: event, place and subject of its lead, the country it is set in; each may be empty."""

    event: str
    place: str
    subject: str
    country: str


def topic_of(scene: Scene) -> Topic:
    """Read the topic off the first sentences of a text."""
    event = place = subject = ""
    for k, sentence in enumerate(scene.sentences[:3]):
        low = scene.first(scene.opening(sentence))
        high = min(scene.first(sentence.end), low + 70)
        event = event or (_event(scene, low, high) if k < _LEADS else "")
        place = place or _place(scene, low, high)
        subject = subject or _subject(scene, low, high)
    return Topic(event, place or scene.origin, subject, _country(scene))


def _country(scene: Scene) -> str:
    """The country a text is set in: the one its head names most, by name or by an adjective; empty where two vie."""
    told: Counter[str] = Counter()
    lead = min((scene.first(s.end) for s in scene.sentences if s.end > scene.body), default=0)
    for k in range(min(len(scene.tokens), _HEAD_WORDS)):
        found = country_at(scene, k)
        if found:
            told[found] += 2 if k < lead else 1
    ranked = told.most_common(2)
    if not ranked or ranked[0][1] < max(_OFTEN, _AHEAD * sum(times for _, times in ranked[1:])):
        return ""
    return ranked[0][0]


def country_at(scene: Scene, k: int) -> str:
    """The country that the name at a token stands for, by itself or by an adjective; empty for anything else."""
    if not is_name(scene.tokens[k]):
        return ""
    word, following = (scene.lower(j).removesuffix("'s").removesuffix("’s") for j in (k, k + 1))
    return PAIRS.get((word, following)) or COUNTRIES.get(word, "")


def _event(scene: Scene, low: int, high: int) -> str:
    """The first event named, with up to two words before it: "coal mine collapse"."""
    for k in range(low, high):
        if scene.lower(k) in EVENTS and scene.lower(k + 1) not in SERVICES:
            begin = k
            while begin > max(low, k - 2) and modifies(scene, begin - 1):
                begin -= 1
            return words_of(scene, phrase(scene, begin, k, high))
    verbs = (k for k in range(low, high) if scene.lower(k) in EVENT_VERBS)
    return next((happened(scene, k, low) for k in verbs if not _did(scene, k)), "")


def _did(scene: Scene, k: int) -> bool:
    """Whether somebody did something to others by a verb that tells an accident elsewhere: "crashed 8 million computers"."""
    following = scene.tokens[k + 1] if k + 1 < len(scene.tokens) else None
    done = following is not None and (
        following.kind is Kind.NUMBER or following.lower in {"about", "some", "the", "a", "its"}
    )
    return done and scene.lower(k) in {"crashed", "collapsed", "sank", "exploded"}


def happened(scene: Scene, k: int, low: int) -> str:
    """The event that a verb tells of, with the nouns before it: "a coal mine collapsed" is a coal mine collapse."""
    begin = k
    aboard = scene.lower(k - 1) == "board" and scene.lower(k - 2) == "on"
    while not aboard and begin > max(low, k - 2) and (modifies(scene, begin - 1) or scene.lower(begin - 1) == "mine"):
        begin -= 1
    return f"{words_of(scene, range(begin, k))} {EVENT_VERBS[scene.lower(k)]}".strip()


def phrase(scene: Scene, begin: int, event: int, high: int) -> list[int]:
    """An event with the words behind it that say of what and where: "collapse of a footbridge in Morbi"."""
    k = event + 1
    if scene.lower(k) in {"-", "‐", "‑"} and _designates(scene, k + 1):
        k += 2
    found = list(range(begin, k))
    while k < high and is_name(scene.tokens[k]) and not scene.timed(k) and is_name(scene.tokens[event]):
        found.append(k)
        k += 1
    if scene.lower(k) not in _PHRASE_STARTS:
        return found
    while k < min(high, event + _EVENT_WORDS):
        token = scene.tokens[k]
        if (
            token.lower in _PHRASE_STOPS | _ENDING
            or token.lower in VERBS
            or (token.kind is Kind.SIGN and token.text not in "-‐‑")
        ):
            break
        if token.kind is not Kind.NUMBER and not scene.timed(k):
            found.append(k)
        k += 1
    while found and scene.lower(found[-1]) in _EDGES:
        found.pop()
    return found


def modifies(scene: Scene, k: int) -> bool:
    """Whether a token may stand before the noun of an event: "coal mine collapse"."""
    token = scene.tokens[k]
    return is_word(token) and token.lower not in STOP | _ORDINALS and token.lower not in VERBS and not scene.timed(k)


def _place(scene: Scene, low: int, high: int) -> str:
    for k in range(low, high - 1):
        if scene.lower(k) not in _PLACE_LEADS:
            continue
        j = k + 1
        while j < min(high, k + 5) and scene.lower(j) in _PLACE_FILLERS and not is_name(scene.tokens[j]):
            j += 1
        if j < high and is_name(scene.tokens[j]) and not scene.timed(j):
            part = f"{scene.lower(j - 1)} " if scene.lower(j - 1) in PARTS else ""
            return f"{part}{_names(scene, j, high)}"
    return ""


def _names(scene: Scene, start: int, high: int) -> str:
    stop = start
    while stop < min(high, start + 5) and (
        (is_name(scene.tokens[stop]) and not scene.timed(stop)) or scene.tokens[stop].text in {"-", "of", "de", "la"}
    ):
        stop += 1
    while stop > start and not is_name(scene.tokens[stop - 1]):
        stop -= 1
    return words_of(scene, range(start, stop))


def _subject(scene: Scene, low: int, high: int) -> str:
    for k in range(low, high):
        if (
            is_name(scene.tokens[k])
            and scene.lower(k) not in STOP
            and not scene.timed(k)
            and (k > low or _proper(scene, k))
        ):
            return _names(scene, k, high).removesuffix("'s").removesuffix("’s")
    return ""


def _proper(scene: Scene, k: int) -> bool:
    """Whether the first word of a sentence is a name: "Poland has", but not "Consumer prices", "Rents in", "Two people"."""
    word, following = scene.lower(k), scene.lower(k + 1)
    if word.endswith(("'s", "’s")):
        return True
    if word in FILLERS or word in STARTERS or is_plural(word):
        return False
    return (
        is_name(scene.tokens[k + 1])
        if k + 1 < len(scene.tokens) and is_name(scene.tokens[k + 1])
        else following in STOP | VERBS
    )


def words_of(scene: Scene, indices: range | list[int]) -> str:
    """The words of some tokens without numbers, in their order, compounds kept together."""
    pieces: list[str] = []
    last = -2
    for k in indices:
        token = scene.tokens[k]
        if token.kind is Kind.NUMBER and not (pieces and token.glued and last == k - 1 and _designates(scene, k)):
            continue
        joint = k == last + 1 and token.glued and bool(pieces)
        if joint and (token.text in "-‐‑&/" or scene.tokens[k - 1].text in "-‐‑&/"):
            pieces[-1] += token.text
        elif is_word(token) and not (token.glued and token.lower == "s"):
            pieces.append(_SHORT.get(token.lower, token.text))
        else:
            continue
        last = k
    text = " ".join(piece.strip("-‐‑&/") for piece in pieces if piece.strip("-‐‑&/"))
    for long, short in _SHORT_NAMES:
        text = text.replace(long, short)
    return text


def _designates(scene: Scene, k: int) -> bool:
    """Whether a number is tied to a name by a hyphen: "Covid-19", "F-16"."""
    tied = 1 < k < len(scene.tokens) and scene.tokens[k].kind is Kind.NUMBER and scene.tokens[k].glued
    return tied and scene.tokens[k - 1].text in "-‐‑" and is_name(scene.tokens[k - 2])
