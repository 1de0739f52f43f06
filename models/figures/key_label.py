"""Writes a figure's label: who or what is counted, whose, where, in the words of the text with the number left out."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind, Trend
from models.figures.key_harm import step_back
from models.figures.key_kind import Sort
from models.figures.key_line import join
from models.figures.key_scene import Place, is_name
from models.figures.key_topic import Topic, happened, modifies, phrase, words_of
from models.figures.key_words import EVENT_VERBS, EVENTS, FILLERS, HARM_ACTIVE, PLAIN_SPEECH, SPEECH, word_set
from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import singular
from models.figures.quantity import Role
from models.tokens import Kind

_ASIDE: Final = 18
_RELATIVE: Final = 4
_SHORT_LABEL: Final = 8
_LEFT: Final = 11
_RIGHT: Final = 8
_RIGHT_STOPS: Final = word_set(
    """that which who whom whose when where while as since until after before if because than said says according said
    compared against amid although but so leaving making bringing up down with about he she they it we i who"""
)
_LEFT_STOPS: Final = word_set("that which who when where while although because but as so if said says saying showed")
_OPENERS: Final = word_set(
    "in on at by under after before during as for with since from despite amid following according among of"
)
_AUXILIARIES: Final = word_set(
    """also now then
    already still it its he she they his her their this these those there not only just more than least most some
    about nearly around roughly almost over up down further another other others an a the and or as too later so far well
    currently"""
)
_PLAIN_HARM: Final = word_set("killing kills kill injuring wounding hurting")
_EDGES: Final = word_set(
    "in on at for with to by of from and or the a an its their as is was are were has had have into"
)
_TREND_NOUNS: Final = {Trend.UP: "rise", Trend.DOWN: "fall"}
_GROWTH: Final = word_set("grew grow grown growing expand expanded expands growth")
_BASE: Final = 8
_CONNECTORS: Final = word_set("and or but while with , compared up down")
_VERBS_OF_BEING: Final = word_set("is are was were has have had will would could may should")
_LEVERS: Final = word_set("to at of from by")
_STANDING: Final = word_set("stood stands stand reached been to at")
_STANDINS: Final = word_set("it they he she its their his her")
_PLACE_LEADS: Final = word_set("in at near across off outside hit struck from")
_MOVING: Final = word_set(
    "rose rise risen edged ticked went climbed jumped fell fallen dropped drop slipped grew grow grown increased decreased declined gained lost raised cut increase decrease growth"
)


def label_of(place: Place, sort: Sort, topic: Topic, before: Place | None) -> str:
    """A label of at most ``_LONGEST`` words. ``before`` is the place of the figure before this one."""
    scene = place.scene
    noun = _noun(place, sort)
    left = words_of(scene, _left(place, before))
    behind = _right(place)
    right = words_of(scene, behind or _predicate(place))
    if sort.kind is FigureKind.CASUALTIES:
        left = " ".join(word for word in left.split() if word.lower() not in HARM_ACTIVE)
        told = "" if _event_at(place) is not None and (noun and not sort.inherited) else left
        return join([*_victims(place, sort, noun), right, _incident(place)], [told, *_setting(place, topic)])
    movement = _movement(place)
    if movement:
        left = " ".join(word for word in left.split() if word.lower() not in _MOVING)
    if place.lower(step_back(place, place.start)) in _LEVERS:
        left = _settled(left)
        if sort.noun and sort.noun in {singular(word.lower()) for word in left.split()}:
            noun = ""
    parts = [movement, left, noun, right]
    return join(parts, _context(parts, topic, place))


def _settled(left: str) -> str:
    """The words in front of "to 2,500" without the movement that led there: "US troop presence in Iraq had dropped"."""
    words = left.split()
    while len(words) > 1 and words[-1].lower() in _MOVING | _VERBS_OF_BEING | _STANDING:
        words.pop()
    return " ".join(words)


def _unnamed(place: Place) -> bool:
    """Whether a clause begins with a word that stands for something named before: "It lost", "The bank said"."""
    low, _ = place.clause()
    low = _past_opening(place, max(low, place.first))
    if place.lower(low) in _STANDINS:
        return True
    return place.lower(low) == "the" and low + 1 < place.last and not is_name(place.scene.tokens[low + 1])


def _context(parts: list[str], topic: Topic, place: Place) -> list[str]:
    """What the whole text is about, where a label is too short to say it; no place where the figure has its own."""
    text = " ".join(parts)
    owner = topic.subject if _unnamed(place) or not _named(text) else ""
    own = any(place.lower(k - 1) in _PLACE_LEADS and is_name(place.scene.tokens[k]) for k in _right(place))
    wheres = () if own else (topic.place or topic.subject, topic.country)
    missing = [part for part in dict.fromkeys((owner, topic.event, *wheres)) if part and part not in text]
    if len(text.split()) <= _SHORT_LABEL:
        return missing
    return [part for part in missing if part != topic.event][-1:]


def _named(text: str) -> bool:
    return any(word[:1].isupper() for word in text.split()[1:]) or text[:2].isupper()


def _noun(place: Place, sort: Sort) -> str:
    span = place.quantity.noun_span
    if span is not None:
        return words_of(place.scene, range(place.scene.first(span.start), place.scene.first(span.end)))
    if sort.kind is FigureKind.MEASURE and sort.unit == "magnitude":
        return sort.unit
    if sort.noun:
        return sort.noun if sort.noun.endswith("s") or sort.noun in {"people", "personnel"} else f"{sort.noun}s"
    return ""


def _left(place: Place, before: Place | None) -> list[int]:
    """The content words in front of the quantity, back to the clause's start or to the figure before."""
    low, _ = place.clause()
    low = _past_opening(place, max(low, place.first))
    if before is None or before.stop <= low:
        return _gather(place, low)
    floor = _past_connector(place, before.stop)
    found = _gather(place, floor)
    if _has_subject(place, floor):
        return found
    return [*_gather(place, low, max(before.start, low))[:_BASE], *found]


def _past_connector(place: Place, floor: int) -> int:
    """Past what still belongs to the figure before: "900 troops in Syria and"."""
    return next((k + 1 for k in range(floor, place.start) if place.lower(k) in {"and", ",", "or", "while"}), floor)


def _has_subject(place: Place, floor: int) -> bool:
    """Whether the words from a figure to the next begin with a subject of their own: "and construction 34,000"."""
    k = floor
    while k < place.start and (
        place.lower(k) in _CONNECTORS or place.scene.tokens[k].kind is Kind.SIGN or place.scene.timed(k)
    ):
        k += 1
    if k >= place.start or place.lower(k) in FILLERS:
        return False
    word = place.lower(k)
    return is_name(place.scene.tokens[k]) or not (
        word in STOP or word in VERBS or word in SPEECH or word.endswith(("ing", "ed"))
    )


def _gather(place: Place, low: int, high: int | None = None) -> list[int]:
    found: list[int] = []
    for k in range((place.start if high is None else high) - 1, low - 1, -1):
        word = place.lower(k)
        if word in _LEFT_STOPS and not _as_much(place, k):
            if word == "that" and not found:
                continue
            break
        if (
            place.scene.timed(k)
            or (word in _AUXILIARIES or word in FILLERS)
            or (word in PLAIN_SPEECH and k < place.start - 1)
        ):
            continue
        found.append(k)
        if len(found) >= _LEFT:
            break
    found.reverse()
    while found and place.lower(found[-1]) in _EDGES:
        found.pop()
    return found


def _as_much(place: Place, k: int) -> bool:
    """Whether the word is half of "as much as", "as many as"."""
    return place.lower(k) == "as" and bool(
        {place.lower(k - 1), place.lower(k + 1)} & {"much", "many", "few", "early", "little"}
    )


def _past_opening(place: Place, low: int) -> int:
    """Past "As of January," and the like."""
    while low < place.start and place.scene.tokens[low].kind is Kind.SIGN:
        low += 1
    if place.lower(low) not in _OPENERS:
        return low
    return next((k + 1 for k in range(low, min(place.start, low + 12)) if place.lower(k) == ","), low)


def _right(place: Place) -> list[int]:
    """The words behind the quantity up to the end of their phrase."""
    if place.lower(place.stop) in {"who", "that", "which"} and place.lower(place.stop + 1) in VERBS | _VERBS_OF_BEING:
        return [k for k in range(place.stop, min(place.last, place.stop + _RELATIVE)) if place.lower(k).isalpha()]
    found: list[int] = []
    for k in range(place.stop, min(place.last, place.stop + _RIGHT + 4)):
        token = place.scene.tokens[k]
        word = token.lower
        if (
            word in _RIGHT_STOPS
            or token.kind is Kind.NUMBER
            or (word in PLAIN_SPEECH and not found)
            or len(found) >= _RIGHT
        ):
            break
        if token.text == "," and _enumerates(place, k):
            continue
        if token.kind is Kind.SIGN and token.text not in "-‐‑&/’'":
            break
        if place.scene.timed(k) or word in {"were", "was", "are", "is", "have", "been", "has", "had", "be"}:
            continue
        found.append(k)
    while found and place.lower(found[-1]) in _EDGES:
        found.pop()
    return found


def _enumerates(place: Place, k: int) -> bool:
    """Whether a comma stands in a list: "on barracks, ranges and housing"."""
    for j in range(k + 1, k + 5):
        word = place.lower(j)
        if word in {"and", "or"}:
            return j > k + 1
        if not word.isalpha() or word in STOP or (word in VERBS and not word.endswith("s")):
            return False
    return False


def _predicate(place: Place) -> list[int]:
    """What was done to the counted, behind an aside: "1,800 homes, nearly all of them, had been destroyed"."""
    if place.lower(place.stop) != ",":
        return []
    for k in range(place.stop, min(place.last, place.stop + _ASIDE)):
        if place.lower(k) in {"were", "was", "been", "be"} and place.lower(k + 1).endswith(("ed", "en", "lt", "wn")):
            return [k + 1]
        if place.breaks(k):
            break
    return []


def _movement(place: Place) -> str:
    quantity = place.quantity
    if quantity.role is not Role.STEP or quantity.trend is None or place.lower(place.start - 1) in {"to", "at"}:
        return ""
    noun = "growth" if any(word in _GROWTH for word in place.words_before(6)) else _TREND_NOUNS[quantity.trend]
    return f"{noun} of"


def _victims(place: Place, sort: Sort, noun: str) -> list[str]:
    """Say that people were harmed, how, and who they were, so that sources agree: "people killed (Jesuit priests)"."""
    harm = place.lower(sort.harm) if sort.harm is not None else ""
    unit = sort.unit or ""
    shown = ["people"] if unit == "people" else ["people", unit]
    who = "" if sort.inherited else noun
    if harm in HARM_ACTIVE | {"deaths", "died", "drowned", "buried"} and harm not in _PLAIN_HARM | {
        unit,
        *noun.lower().split(),
    }:
        shown.append(harm)
    if who and who.lower() not in {"people", "others"}:
        shown.append(f"({who})")
    return shown


def _event_at(place: Place) -> int | None:
    """The token of the sentence that names what happened, the nearest before the figure or else behind it."""
    return next((k for k in (*place.before(), *place.after()) if place.lower(k) in EVENTS), None)


def _incident(place: Place) -> str:
    """The event of the sentence that harmed them, with what and where it was."""
    scene = place.scene
    event = _event_at(place)
    if event is None:
        verb = next((k for k in (*place.before(), *place.after()) if place.lower(k) in EVENT_VERBS), None)
        return f"in {happened(scene, verb, place.first)}" if verb is not None else ""
    begin = event
    while begin > max(place.first, event - 3) and modifies(scene, begin - 1):
        begin -= 1
    return f"in {words_of(scene, phrase(scene, begin, event, place.last))}"


def _setting(place: Place, topic: Topic) -> list[str]:
    """Event and place of the text, each where the sentence itself names none."""
    event = "" if _event_at(place) is not None else topic.event
    placed = any(
        place.lower(k) in _PLACE_LEADS and is_name(place.scene.tokens[k + 1]) and not place.scene.timed(k + 1)
        for k in range(place.first, place.last - 1)
    )
    return [part for part in (event, *(() if placed else (topic.place or topic.subject, topic.country))) if part]
