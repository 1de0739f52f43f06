"""Labels of percentages: what has this rate, whose share it is, who won it."""

from __future__ import annotations

from typing import Final

from models.figures.key_scene import is_name
from models.figures.key_topic import Topic
from models.figures.label_clause import core_back, noun_back, verb_before
from models.figures.label_money import after_preposition
from models.figures.label_moves import demanded, moved, noun_ahead, whole
from models.figures.label_parts import Part, Role, agent, done, measured, moving
from models.figures.label_spot import Spot
from models.figures.label_table import ADVERBS, DETERMINERS, PREPOSITIONS, VOTING
from models.figures.label_tails import tail_of
from models.figures.label_verb_table import LEVEL_VERBS, MOVING
from models.figures.label_verbs import base_of, is_verb, undergone
from models.figures.lexicon import STOP

_COMPARED: Final = frozenset({"higher", "lower", "more", "less", "up", "down", "cheaper", "fewer"})
_MOVES: Final = {"more": "rise in", "less": "fall in", "higher": "rise in", "lower": "fall in", "fewer": "fall in"}
_DEARER: Final = {"dearer": "rise in", "costlier": "rise in", "cheaper": "fall in"}
_PLACED: Final = frozenset({"ahead", "followed"})
_LEADING: Final = frozenset({"lead", "follow", "trail", "finish", "come", "top"})
_LEADERS: Final = frozenset({"leads", "follows", "trails", "led", "followed", "trailed"})
_GIVING_SHARES: Final = frozenset({"give", "put", "see", "show", "have"})
_WINNING: Final = frozenset(
    {"have", "win", "take", "draw", "get", "poll", "receive", "secure", "garner", "score", "fall", "rise"}
)
_NO_WINNERS: Final = ("planned", "expected", "turnout", "participation", "share", "people", "those")
_SAID: Final = {
    "demand": "demand of",
    "want": "demand of",
    "offer": "offer of",
    "recommend": "level recommended by",
    "expect": "level expected by",
    "forecast": "level forecast by",
    "predict": "level predicted by",
}
_ASKED: Final = {"demand": "demanded", "want": "wanted", "offer": "offered", "seek": "sought"}
_OF_OUTPUT: Final = frozenset(
    {"of gdp", "of gross domestic product", "of economic output", "of national income", "of output"}
)
"""What a deficit or a debt is measured by: such a share is not one of it."""

_PAY: Final = frozenset({"pay", "wages", "salaries"})
_LONG_AGENT: Final = 7
_LONGEST: Final = 10


def share_label(spot: Spot, part: Part, topic: Topic) -> str:
    """The label of a percentage."""
    tail = spot.text(tail_of(spot))
    if part.role is Role.AFTER and tail.lower() in _OF_OUTPUT:
        owed = after_preposition(spot, part, "")
        return f"{owed}, share {tail}" if owed and len(owed.split()) + len(tail.split()) < _LONGEST + 1 else owed
    lever = part.role is Role.AFTER and spot.lower(part.word) == "to"
    label = (
        ("" if lever else _more(spot, part) or moved(spot, part)) or _led(spot, part) or _vote(spot, part, tail, topic)
    )
    if label:
        return label
    inside = _ahead(spot) if part.role is Role.AFTER and not tail.startswith("of ") else ""
    if inside:
        return inside
    if part.role is Role.AFTER:
        shared = tail.startswith("of ") and (lever or not moving(spot, part))
        bearing = tail if tail.startswith(("on ", "for ")) else ""
        return f"share {tail}{_state(spot)}" if shared else after_preposition(spot, part, bearing)
    if tail.startswith("of "):
        return _share(spot, part, tail)
    return _noun(spot, part, tail) or _held(spot, part) or tail


def _more(spot: Spot, part: Part) -> str:
    """By how much there is to be more of something: "8 percent more wages", "6 percent dearer"."""
    word = spot.lower(spot.stop)
    if word in _DEARER:
        by = agent(spot, verb_before(spot, spot.head), _LONG_AGENT)
        return f"{_DEARER[word]} price of {by}" if by else ""
    if word not in _MOVES:
        return ""
    k = spot.stop + 1
    if spot.lower(k) == "than":  # "women earn 19 percent less than men"
        by = agent(spot, verb_before(spot, spot.head), _LONG_AGENT)
        other = _compared(spot, k + 1)
        return f"{by}, {word} than {other}" if by and other else ""
    plain = spot.lower(k).isalpha() and spot.lower(k) not in STOP | PREPOSITIONS and not is_verb(spot.place, k)
    if plain:
        return demanded(spot, f"{_MOVES[word]} {spot.text(range(k, k + 1))}")
    paid = part.role is Role.OBJECT and part.verb is not None and base_of(spot.lower(part.verb)) == "pay"
    return demanded(spot, f"{_MOVES[word]} pay") if paid else ""


def _compared(spot: Spot, begin: int) -> str:
    """The short noun phrase that begins at a token."""
    k = begin
    while k < min(spot.place.last, begin + 5) and not (spot.sign(k) or spot.timed(k) or spot.lower(k) in PREPOSITIONS):
        k += 1
    return spot.text(range(begin, k))


def _led(spot: Spot, part: Part) -> str:
    """Whose share it is in a race or a poll: "leads the race with 41 percent", "gives Hart 45 percent"."""
    polled = bool({"poll", "survey"} & set(spot.place.scene.vocabulary))
    voting = not polled and bool(VOTING & set(spot.place.scene.vocabulary))
    if part.role is Role.AFTER and spot.lower(part.word) in {"with", "at"}:
        name = core_back(spot, part.word - 1)
        ahead = next((k for k in name or () if spot.lower(k) in _PLACED), None)
        if ahead is not None:
            return _voted(
                spot.text(range(ahead + 1 + (spot.lower(ahead + 1) in {"of", "by"}), part.word)),
                voting=voting,
                polled=polled,
            )
        verb = part.word - 1 if spot.lower(part.word - 1) in _LEADERS else verb_before(spot, part.word - 1)
        leading = verb is not None and base_of(spot.lower(verb)) in _LEADING
        by = agent(spot, verb, _LONG_AGENT) if leading else ""
        return _voted(by, voting=voting, polled=polled) if by and not by.lower().endswith(_NO_WINNERS) else ""
    if part.role is Role.ALONE and is_name(spot.place.scene.tokens[part.word]):
        name = core_back(spot, part.word)
        if name is not None and base_of(spot.lower(name.start - 1)) in _GIVING_SHARES:
            return _voted(spot.text(name), voting=voting, polled=polled)
    return ""


def _voted(by: str, *, voting: bool, polled: bool) -> str:
    return f"{by}, share of the vote" if voting else f"{by}, poll" if polled else by


def _noun(spot: Spot, part: Part, tail: str) -> str:
    """A percentage before its noun: "the central bank's 2% target"."""
    noun = noun_ahead(spot) or _ahead(spot)
    if not noun or part.role is Role.BESIDE:
        return ""
    owner = noun_back(spot, part.word) if spot.lower(part.word).endswith(("'s", "’s")) else None
    return " ".join(filter(None, (spot.text(owner) if owner is not None else "", noun, tail)))


def _held(spot: Spot, part: Part) -> str:
    """A percentage that something stands at, or that somebody wants."""
    if part.role in {Role.OBJECT, Role.OWNED} and part.verb is not None:
        base = base_of(spot.lower(part.verb))
        by = agent(spot, part.verb, _LONG_AGENT)
        pay = _PAY & set(spot.place.scene.vocabulary)
        if base in _ASKED and by and pay:
            return f"rise in {'pay' if 'pay' in pay else min(pay)} {_ASKED[base]} by {by}"
        if base in _SAID:
            return f"{_SAID[base]} {by}" if by else _SAID[base].removesuffix(" of").removesuffix(" by")
        return by
    words = measured(spot, part) if part.role in {Role.ALONE, Role.BESIDE} else None
    if words is None:
        return ""
    state = spot.lower(spot.stop)
    done_so = part.role is Role.BESIDE and state.endswith(("ed", "built", "lost")) and len(words) < _LONG_AGENT
    return f"share of {whole(spot, words)} {state}" if done_so else spot.text(words)


def _ahead(spot: Spot) -> str:
    """The noun behind a percentage that stands before it: "a 57% chance"."""
    word = spot.lower(spot.stop)
    before = spot.lower(spot.start - 1)
    closed = spot.lower(spot.stop + 1) in {",", ".", "and", "in", "on", "for", ""}
    if (
        before not in DETERMINERS
        and not before.endswith(("'s", "’s"))
        and (not closed or word in ADVERBS | PREPOSITIONS)
    ):
        return ""
    plain = word.isalpha() and word not in STOP and word not in _COMPARED and not is_verb(spot.place, spot.stop)
    if not plain:
        return ""
    return f"{word} {spot.text(tail_of(spot, spot.stop + 1))}".strip()


def _vote(spot: Spot, part: Part, tail: str, topic: Topic) -> str:
    """A share of the vote: "Antonio Freire, share of the vote"."""
    words = set(tail.lower().split())
    voted = words & {"vote", "votes"} if tail else VOTING & {*topic.event.lower().split(), *spot.place.scene.lead_words}
    if not voted or (tail and not tail.startswith("of ")):
        return ""
    word = spot.lower(part.word) if part.role is Role.AFTER else ""
    if part.role in {Role.SUBJECT, Role.BESIDE} or (word and word != "with" and (tail or word != "to")):
        return ""
    by = _winner(spot, part)
    winning = part.verb is None or (part.word == part.verb and base_of(spot.lower(part.verb)) in _WINNING)
    if not by or by.lower().endswith(_NO_WINNERS) or (not tail and not winning):
        return "" if by or not tail else f"share {tail}"
    return f"{by}, share of the vote"


def _winner(spot: Spot, part: Part) -> str:
    if part.role is Role.ALONE:
        found = measured(spot, part)
        return spot.text(found) if found is not None else ""
    verb = part.verb if part.verb is not None else verb_before(spot, spot.head - 1)
    by = agent(spot, verb, _LONG_AGENT)
    if by or part.role is not Role.AFTER:
        return by
    found = noun_back(spot, part.word - 1 - (spot.lower(part.word - 1) == ","))
    return spot.text(found) if found is not None else ""


def _state(spot: Spot) -> str:
    """What was done with the part of a whole: "92 percent of the ballots counted"."""
    k = tail_of(spot).stop
    k += spot.lower(k) in {"were", "was", "are", "is", "have"}
    k += spot.lower(k) == "been"
    word = spot.lower(k)
    return f" {word}" if word.endswith("ed") and undergone(spot, k) else ""


def _share(spot: Spot, part: Part, tail: str) -> str:
    """A part of a whole: "shares held by the government", "share of households"."""
    if part.role is not Role.OBJECT or part.verb is None:
        return f"share {tail}{_state(spot)}"
    by = agent(spot, part.verb)
    if base_of(spot.lower(part.verb)) in MOVING | LEVEL_VERBS:
        return by or f"share {tail}"
    whole = f"share {tail}"
    if tail.rsplit(maxsplit=1)[-1].startswith("share"):
        whole = tail.removeprefix("of ").removeprefix("the ").removeprefix("its ")
    action = done(spot, part)
    label = f"{whole} {action}".strip()
    return f"{label} by {by}" if by and action and len(label.split()) + len(by.split()) < _LONGEST else label
