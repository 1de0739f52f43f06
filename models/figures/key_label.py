"""Writes a figure's label: what is counted, whose, where, in words of the text."""

from __future__ import annotations

from typing import Final, NamedTuple

from models.api import FigureKind, Trend
from models.figures.key_kind import Sort
from models.figures.key_scene import Place, Scene, is_name, is_word
from models.figures.key_words import EVENTS, SPEECH, word_set
from models.figures.lexicon import STOP, VERBS
from models.figures.quantity import Role
from models.tokens import Kind

_LONGEST: Final = 16
_POST: Final = 9
_SUBJECT: Final = 10
_POST_STARTS: Final = word_set(
    "of in at on for from with to among between near across against aboard around behind per throughout worth along outside inside"
)
_POST_STOPS: Final = word_set(
    "that which who whom whose when where while as by since until after before if because than said according including said compared"
)
_LEVERS: Final = word_set("to at of from by above below than")
_SHORT: Final = {"u.s.": "US", "u.k.": "UK", "u.n.": "UN", "u.a.e.": "UAE", "u.s": "US", "u.n": "UN"}
_OPENERS: Final = word_set(
    "in on at by under after before during as for with since from despite amid following according among of about around some nearly at"
)
_DAYS: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december"
)
_TREND_NOUNS: Final = {Trend.UP: "rise", Trend.DOWN: "fall"}
_GROWTH: Final = word_set("grew grow grown growing expand expanded expands growth")
_PLACE_LEADS: Final = word_set("in at near across off outside hit struck on")
_PRONOUNS: Final = word_set("it they he she we i you this these those there that which who its their")


class Topic(NamedTuple):
    """What a whole text is about: the event its lead names, the place, and the lead's subject; each may be empty."""

    event: str
    place: str
    subject: str


def topic_of(scene: Scene) -> Topic:
    """Read the topic off the first sentences of a text."""
    event = place = subject = ""
    for sentence in scene.sentences[:3]:
        low, high = scene.first(sentence.start), scene.first(sentence.end)
        high = min(high, low + 70)
        event = event or next((scene.lower(k) for k in range(low, high) if scene.lower(k) in EVENTS), "")
        place = place or _place(scene, low, high)
        subject = subject or _lead_subject(scene, low, high)
    return Topic(event, place, subject)


def _place(scene: Scene, low: int, high: int) -> str:
    for k in range(low, high - 1):
        if scene.lower(k) not in _PLACE_LEADS:
            continue
        j = k + 1
        while (
            j < high
            and j < k + 3
            and scene.lower(j)
            in {"the", "eastern", "western", "northern", "southern", "central", "a", "village", "town", "city"}
        ):
            j += 1
        if (
            j < high
            and is_name(scene.tokens[j])
            and scene.lower(j) not in _DAYS
            and scene.lower(j).rstrip(".") not in _DAYS
        ):
            return _names(scene, j, high)
    return ""


def _names(scene: Scene, start: int, high: int) -> str:
    stop = start
    while (
        stop < high
        and stop < start + 5
        and (is_name(scene.tokens[stop]) or scene.tokens[stop].text in {"-", "of", "de", "la"})
    ):
        stop += 1
    while stop > start and not is_name(scene.tokens[stop - 1]):
        stop -= 1
    return words_of(scene, start, stop)


def _lead_subject(scene: Scene, low: int, high: int) -> str:
    for k in range(low, high):
        if is_name(scene.tokens[k]) and scene.lower(k) not in STOP and scene.lower(k) not in _DAYS:
            return _names(scene, k, high)
    return ""


def words_of(scene: Scene, start: int, stop: int) -> str:
    """The words of tokens ``[start, stop)`` without numbers, in their order."""
    pieces: list[str] = []
    for k in range(start, stop):
        token = scene.tokens[k]
        if token.kind is Kind.NUMBER:
            continue
        word = _SHORT.get(token.lower, token.text)
        if token.glued and pieces and (token.text in "-‐‑&/" or scene.tokens[k - 1].text in "-‐‑&/"):
            pieces[-1] += word
        elif is_word(token) or (token.text in "-‐‑&/" and token.glued):
            pieces.append(word)
    return " ".join(pieces)


def label_of(place: Place, sort: Sort, topic: Topic) -> str:
    """A label of at most ``_LONGEST`` words, with the figure's noun, its owner, and where."""
    parts = [_head(place, sort), _after(place)]
    subject = _owner(place)
    if sort.kind is FigureKind.CASUALTIES:
        parts = [_victims(place, sort), *parts[1:], _incident(place, topic)]
        if topic.place and topic.place not in " ".join(parts):
            parts.append(f"in {topic.place}")
    else:
        movement = _movement(place, sort)
        if subject and movement:
            parts = [f"{movement} of {subject}", *parts]
        elif subject:
            parts = [*parts, subject] if parts[0] and not _leverage(place) else [subject, *parts]
        if not any(part[:1].isupper() for part in " ".join(parts).split()):
            parts += [topic.place or topic.subject]
    return _join(parts)


def _join(parts: list[str]) -> str:
    words: list[str] = []
    seen: set[str] = set()
    for part in parts:
        for word in part.split():
            low = word.lower()
            if low in seen and low not in STOP:
                continue
            seen.add(low)
            words.append(word)
        if words and part and words[-1][-1] != "," and part is not parts[-1]:
            words[-1] += ""
    while words and words[-1].lower() in _OPENERS | {"and", "or", "the", "a", "to", "its", "their"}:
        words.pop()
    return " ".join(words[:_LONGEST])


def _head(place: Place, sort: Sort) -> str:
    span = place.quantity.noun_span
    if span is not None:
        return words_of(place.scene, place.scene.first(span.start), place.scene.first(span.end))
    if sort.kind is FigureKind.MEASURE:
        return sort.unit or ""
    if sort.kind is FigureKind.PERCENT or sort.kind is FigureKind.MONEY:
        return ""
    return f"{sort.noun}s" if sort.noun and not sort.noun.endswith("s") else (sort.noun or "")


def _after(place: Place) -> str:
    """The prepositional phrases right behind the quantity: "of the vote", "in Europe"."""
    start = place.stop
    if start >= place.last or place.lower(start) not in _POST_STARTS:
        return ""
    stop = start
    names = False
    while stop < min(place.last, start + _POST):
        token = place.scene.tokens[stop]
        word = token.lower
        if (
            word in _POST_STOPS
            or (not is_word(token) and token.text not in "-‐‑&/")
            or word in _DAYS
            or word.rstrip(".") in _DAYS
        ):
            break
        if stop > start and word in VERBS and not names and word.endswith(("ed", "ing")) is False:
            break
        names = is_name(token)
        stop += 1
    return words_of(place.scene, start, stop)


def _leverage(place: Place) -> bool:
    return any(word in _LEVERS for word in place.words_before(4)[-3:])


def _owner(place: Place) -> str:
    """The subject of the quantity's clause, and its verb."""
    low, _ = place.clause()
    start = low
    while start < place.start and (
        place.lower(start) in {",", "“", '"', "and", "but", "that"} or place.scene.tokens[start].kind is Kind.SIGN
    ):
        start += 1
    start = _past_opening(place, start)
    start = _past_speaker(place, start)
    stop = start
    while stop < place.start and stop < start + _SUBJECT and not _ends_subject(place, stop, start):
        stop += 1
    if stop == start or (place.lower(start) in _PRONOUNS and stop - start == 1):
        return _nearby_verb(place)
    return " ".join(filter(None, (words_of(place.scene, start, stop), _nearby_verb(place))))


def _past_opening(place: Place, start: int) -> int:
    """Past "As of January," and the like."""
    if place.lower(start) not in _OPENERS:
        return start
    for k in range(start, min(place.start, start + 14)):
        if place.lower(k) == ",":
            return k + 1
    return start + 1 if place.lower(start) in {"about", "some", "around", "nearly", "at"} else start


def _past_speaker(place: Place, start: int) -> int:
    """Past "Officials said that", so that the subject of what they said is taken."""
    for k in range(place.start - 1, start, -1):
        if (
            place.lower(k) in {"said", "says", "estimates", "estimated", "that", "showed", "reported"}
            and place.start - k > 2
        ):
            return k + 1 if place.lower(k + 1) != "that" else k + 2
        if place.lower(k) == "," and place.start - k > 12:
            break
    return start


def _ends_subject(place: Place, k: int, start: int) -> bool:
    token = place.scene.tokens[k]
    word = token.lower
    if token.kind is Kind.NUMBER or token.text in {",", ";", "."}:
        return True
    if word in VERBS or word in {
        "will",
        "would",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "could",
        "may",
        "should",
        "can",
        "might",
        "must",
    }:
        return k > start
    return word in {"that", "which", "who", "whose", "when", "where"} and k > start


def _nearby_verb(place: Place) -> str:
    for k in range(place.start - 1, max(place.first, place.start - 8) - 1, -1):
        word = place.lower(k)
        if word in SPEECH:
            return ""
        if word in VERBS and word.endswith(("ed", "en", "sold", "built", "lost", "spent", "ing", "paid", "won")):
            return place.scene.tokens[k].text
        if place.scene.tokens[k].text in {",", ";"}:
            return ""
    return ""


def _movement(place: Place, sort: Sort) -> str:
    quantity = place.quantity
    if sort.kind is not FigureKind.PERCENT and quantity.role is not Role.STEP:
        return ""
    if quantity.role is not Role.STEP or quantity.trend is None:
        return ""
    if any(word in _GROWTH for word in place.words_before(6)):
        return "growth"
    return _TREND_NOUNS[quantity.trend]


def _victims(place: Place, sort: Sort) -> str:
    span = place.quantity.noun_span
    noun = words_of(place.scene, place.scene.first(span.start), place.scene.first(span.end)) if span else ""
    harm = place.lower(sort.harm) if sort.harm is not None else ""
    unit = sort.unit or ""
    words = noun.lower().split()
    shown = [noun] if noun else []
    if unit not in words:
        shown.append(unit)
    if harm and harm not in {unit, *words} and harm not in {"dead", "killing", "killed"}:
        shown.append(harm)
    return " ".join(shown)


def _incident(place: Place, topic: Topic) -> str:
    """The event that harmed them, from the sentence if it names one, else from the lead."""
    scene = place.scene
    for k in (*range(place.start - 1, place.first - 1, -1), *range(place.stop, place.last)):
        if scene.lower(k) in EVENTS:
            stop = k + 1
            while (
                stop < place.last
                and stop < k + 6
                and (scene.lower(stop) in {"in", "on", "of", "at", "the", "a"} or is_name(scene.tokens[stop]))
                and scene.lower(stop) not in _DAYS
            ):
                stop += 1
            begin = (
                k - 1
                if k > place.first and is_word(scene.tokens[k - 1]) and scene.lower(k - 1) not in STOP | VERBS
                else k
            )
            return f"in {words_of(scene, begin, stop)}"
    return f"in {topic.event}" if topic.event else ""
