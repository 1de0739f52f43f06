"""Labels of sums of money: what was paid, pledged or lost, by whom and for what."""

from __future__ import annotations

from typing import Final

from models.figures.key_words import word_set
from models.figures.label_clause import core_back, subject_of, verb_before
from models.figures.label_moves import moved, noun_ahead
from models.figures.label_parts import Part, Role, agent, done, measured, named, owned, predicate, the, thing_text
from models.figures.label_spot import Spot
from models.figures.label_table import AUXILIARIES, DETERMINERS, NATURES, PREPOSITIONS, TAIL_STOPS, VIEWING
from models.figures.label_tails import tail_of
from models.figures.label_verb_table import LEVEL_VERBS, MOVING, NOMINAL, OWNING, PASSIVES
from models.figures.label_verbs import base_of, is_gerund, is_verb, participle
from models.figures.lexicon import STOP
from models.figures.quantity import QuantityKind

_TRADING: Final = frozenset({"sell", "buy", "go", "trade"})
_PRICED: Final = word_set("price prices cost costs pay wage wages rent rents fee fees salary rate futures tariff")
_RANGES: Final = frozenset({"range", "level", "band"})
_BEING: Final = frozenset({"was", "were", "been", "be", "is", "are"})
_LEADS: Final = frozenset({"for", "to", "on", "in"})
_WHOLES: Final = frozenset({"average", "total", "record"})
_AWAY: Final = frozenset(
    {"more", "less", "each", "apiece", "today", "down", "up", "annually", "higher", "lower", "ago", "yesterday"}
)
_JOINED: Final = 9
_FIXING: Final = frozenset({"set", "put", "fixed", "valued"})
_IMPOSING: Final = frozenset({"put", "impose", "levy", "set", "introduce", "place", "lift", "drop", "propose", "plan"})
_SHORT_OWNER: Final = 2
_SHORT_RECEIVER: Final = 5
_GIVING: Final = {
    "cost": "cost to", "fine": "fine for", "pay": "payment to", "give": "money given to", "grant": "money granted to",
    "award": "money awarded to", "lend": "money lent to", "owe": "debt to", "save": "money saved by",
}  # fmt: skip
"""Verbs that take a receiver before the sum, and what the sum is called then."""

_LONG_AGENT: Final = 7
_LONGEST: Final = 10


def money_label(spot: Spot, part: Part) -> str:
    """The label of a sum of money."""
    label = _label(spot, part)
    average = any(spot.lower(k) == "average" for k in range(spot.head + 1, spot.start))
    return f"average {label}" if average and label and "average" not in label else label


def _label(spot: Spot, part: Part) -> str:
    step = moved(spot, part)
    if step:
        return step
    tail = spot.text(tail_of(spot))
    noun = noun_ahead(spot) or _qualified(spot)
    nature = _nature(spot)
    if nature is not None:
        noun, tail = spot.text(nature), spot.text(tail_of(spot, nature.stop))
    qualified = _qualified(spot) if part.role is Role.AFTER else ""
    if qualified and nature is None:
        return _named_sum(spot, part, qualified)
    if part.role is Role.AFTER:
        return after_preposition(spot, part, tail)
    if part.role in {Role.OBJECT, Role.OWNED}:
        tail = "" if spot.lower(spot.stop) == "to" and is_verb(spot.place, spot.stop + 1) else tail
        return _paid(spot, part, noun, tail)
    return _told(spot, part, noun, tail)


def _named_sum(spot: Spot, part: Part, noun: str) -> str:
    """A sum inside a noun phrase: "in a $47bn merger", "its $16bn takeover of a rival"."""
    k = next(k for k in range(spot.stop, spot.stop + 5) if not spot.lower(k).isalpha() or spot.lower(k) in STOP)
    tail = spot.text(tail_of(spot, k))
    label = f"{noun} {tail}".strip()
    verb = verb_before(spot, part.word - 1)
    mine = {"its", "their", "his", "her"} & {spot.lower(j) for j in range(spot.start - 3, spot.start)}
    owner = agent(spot, verb, 3) if mine and verb is not None else ""
    return owned(owner, label) if owner and not tail.startswith("of ") else label


def _told(spot: Spot, part: Part, noun: str, tail: str) -> str:
    """A sum that no verb takes: it is something, or something is said of it."""
    if part.role is Role.BESIDE and not noun:
        words = subject_of(spot, part.word)
        return spot.text(words) if words is not None else tail
    given = _given(spot, part)
    if given:
        return given
    begin = predicate(spot)
    if begin is not None:
        return _said(spot, begin, noun or "money", tail)
    words = measured(spot, part) if part.role is Role.ALONE and not noun else None
    if words is not None:
        return spot.text(words)
    return f"{noun or 'money'} {tail}".strip() if noun or tail else ""


def _given(spot: Spot, part: Part) -> str:
    """A sum behind whom it was given to, or taken from: "fined the firm 3 million", "costs the company 6 million"."""
    thing = core_back(spot, part.word) if part.role is Role.ALONE else None
    if thing is None or len(thing) > _SHORT_RECEIVER:
        return ""
    verb = thing.start - 1 - (spot.lower(thing.start - 1) in DETERMINERS)
    base = base_of(spot.lower(verb))
    if base not in _GIVING or verb < spot.place.first:
        return ""
    mark = "the " if verb < thing.start - 1 else ""
    if base == "cost":
        by = agent(spot, verb, _LONG_AGENT)
        return f"cost of {by}" if by else f"cost to {mark}{spot.text(thing)}"
    return f"{_GIVING[base]} {mark}{spot.text(thing)}"


def _nature(spot: Spot) -> range | None:
    """What a sum is: "in emergency funding", "worth of aid"."""
    begin = spot.stop + 1
    if spot.lower(spot.stop) == "worth" and spot.lower(begin) == "of":
        begin += 1
    elif spot.lower(spot.stop) != "in":
        return None
    reach = range(begin, min(spot.place.last, begin + 4))
    end = next((k for k in reach if spot.lower(k) in NATURES and spot.lower(k + 1) not in NATURES), None)
    if end is None or any(spot.sign(k) or spot.lower(k) in PREPOSITIONS | DETERMINERS for k in range(begin, end)):
        return None
    return range(begin, end + 1)


def _qualified(spot: Spot) -> str:
    """The noun phrase that a sum stands in: "a massive $1.3 trillion spending bill"."""
    if not any(spot.lower(k) in DETERMINERS for k in range(spot.start - 1, spot.start - 4, -1)):
        closed = spot.lower(spot.stop + 1) in {",", ".", "and", ""} and not is_verb(spot.place, spot.stop)
        plain = spot.lower(spot.stop).isalpha() and spot.lower(spot.stop) not in STOP | PREPOSITIONS
        return (
            spot.text(range(spot.stop, spot.stop + 1))
            if closed and plain and spot.lower(spot.stop) not in _AWAY
            else ""
        )
    k = spot.stop
    while k < min(spot.place.last, spot.stop + 4) and spot.lower(k).isalpha() and spot.lower(k) not in STOP:
        k += 1
    return spot.text(range(spot.stop, k))


def _paid(spot: Spot, part: Part, noun: str, tail: str) -> str:
    """The object of a verb: "pledge of the government in Madrid", "money set aside for relief by the government"."""
    verb = part.verb if part.verb is not None else part.word
    base = base_of(spot.lower(verb))
    by = agent(spot, verb, _LONG_AGENT)
    plain = base == "fine" and spot.lower(verb - 1) not in _BEING
    if plain or (base == "cost" and not noun and not by):
        return base
    joined = spot.lower(verb - 1) == "and" and any(spot.lower(k) in _BEING for k in range(verb - _JOINED, verb))
    passive = spot.lower(verb - 1) in _BEING or (joined and base in PASSIVES)
    if passive and not spot.lower(verb).endswith("ing"):
        return f"{PASSIVES[base]} {by}" if base in PASSIVES and by else by
    if base in NOMINAL and not noun and by:
        return _nominal(base, by, tail or _on_counted(spot))
    if base in LEVEL_VERBS or base in MOVING:
        return f"price of {by}" if by and _quoted(spot) and not _PRICED & set(by.lower().split()) else by
    if base in OWNING or part.role is Role.OWNED:
        return owned(by, noun) if noun else by
    label = " ".join(filter(None, (noun or "money", done(spot, part), tail)))
    purpose = "" if tail else _purpose(spot)
    fits = len(label.split()) + len(by.split()) < _LONGEST
    return " ".join(filter(None, (label, f"by {by}" if by and (purpose or fits) else "", purpose)))


def _nominal(base: str, by: str, tail: str) -> str:
    """A verb told by its noun: "Qatar's spending on stadiums", "loss of the company"."""
    if base == "spend" and tail:
        return f"{owned(by, 'spending')} {tail}" if len(by.split()) <= 2 else f"spending {tail} by {by}"
    label = f"{NOMINAL[base]} {by}"
    fits = (
        len(label.split()) + len(tail.split()) <= _LONGEST and tail.split()[:1] and tail.split(maxsplit=1)[0] in _LEADS
    )
    return f"{label} {tail}" if fits else label


def _on_counted(spot: Spot) -> str:
    """What a sum is spent on where that is counted: "on 24 training jets"."""
    k = spot.stop + 1
    if spot.lower(spot.stop) not in {"on", "for"} or not spot.numeral_at(k):
        return ""
    words = range(k, min(spot.place.last, k + 5))
    stop = next((j for j in words if spot.sign(j) or (j > k and spot.lower(j) in STOP | PREPOSITIONS)), words.stop)
    text = spot.text(range(k, stop))
    return f"{spot.lower(spot.stop)} {text}" if text else ""


def _purpose(spot: Spot) -> str:
    """What a sum is to do: "to fight the outbreak"."""
    if spot.lower(spot.stop) != "to" or not is_verb(spot.place, spot.stop + 1):
        return ""
    k = spot.stop + 2
    while k < min(spot.place.last, spot.stop + 6) and not (
        spot.sign(k) or spot.timed(k) or spot.lower(k) in TAIL_STOPS or is_verb(spot.place, k)
    ):
        k += 1
    return spot.text(range(spot.stop, k))


def _said(spot: Spot, begin: int, noun: str, tail: str) -> str:
    """A sum that is the subject: "10.5 million have been paid out"."""
    k = begin
    while spot.lower(k) in AUXILIARIES or spot.lower(k) in {"so", "far", "now", "already"}:
        k += 1
    word = spot.lower(k)
    action = participle(word) if is_verb(spot.place, k) else ""
    if spot.lower(k + 1) in {"out", "aside", "up", "back", "off"}:
        action = f"{action} {spot.lower(k + 1)}"
    behind = spot.text(tail_of(spot, k + 1))
    return " ".join(filter(None, (noun, tail if tail.startswith("of ") else "", action, behind)))


def after_preposition(spot: Spot, part: Part, tail: str) -> str:
    """A number behind a preposition: "a bonus of", "a package worth", "sold at", "rose to"."""
    word = spot.lower(part.word)
    if word in {"of", "worth", "with", "in"}:
        return _of(spot, part, tail)
    price = _price(spot, part, word) if word in {"at", "for"} else ""
    if price:
        return price
    words = measured(spot, part)
    text = spot.text(words) if words is not None else ""
    traded = _quoted(spot) and word in {"at", "to", "above", "below"}
    return f"price of {text}" if text and traded and not _PRICED & set(text.lower().split()) else text


def _quoted(spot: Spot) -> bool:
    """Whether a sum is one for a unit of something: "76 dollars a barrel"."""
    unit = spot.place.quantity.unit or ""
    return spot.place.quantity.kind is QuantityKind.MONEY and ("/" in unit or " per " in unit)


def _price(spot: Spot, part: Part, word: str) -> str:
    verb = verb_before(spot, part.word - 1)
    if word == "for":
        if verb is None or base_of(spot.lower(verb)) not in _TRADING:
            return ""
        thing = range(verb + 1, part.word)
        text = spot.text(thing) or agent(spot, verb, _LONG_AGENT)
        text = "" if thing and spot.pronoun(thing[0]) else text
        return f"price of {the(text)}" if text else ""
    sold = core_back(spot, part.word - 1)
    fixed = [k for k in sold or () if spot.lower(k) in _FIXING and k > (sold or [0])[0]]
    if sold is not None and fixed:
        return spot.text(range(fixed[-1] + 1, sold.stop))
    told = sold is not None and verb is None and spot.place.quantity.kind is QuantityKind.MONEY
    return f"price of {spot.text(sold)}" if told and sold is not None else ""


def _of(spot: Spot, part: Part, tail: str) -> str:
    """The thing that is so much, with whose it is: "profit of the company", "hole in the public finances"."""
    thing = core_back(spot, part.word - 1 - (spot.lower(part.word - 1) == ","))
    if thing is not None and len(thing) > 1 and is_gerund(spot.place, thing.start):  # "for taking bribes of"
        return f"{spot.text(thing[1:])} {participle(spot.lower(thing.start))}"
    text = spot.text(thing) if thing is not None else ""
    ranged = _ranged(spot, thing) if thing is not None and text.split()[-1:] and text.split()[-1] in _RANGES else ""
    if ranged:
        return ranged
    verb = verb_before(spot, thing.start - 1 if thing is not None else part.word - 1)
    if not text or text.split()[-1] in _WHOLES:
        return agent(spot, verb, _LONG_AGENT) if verb is not None else text
    if verb is None and spot.lower(part.word) == "worth" and thing is not None and thing.start == spot.place.first:
        return f"value of {text}"
    return _of_somebody(spot, verb, text, tail)


def _ranged(spot: Spot, thing: range) -> str:
    """What was moved to the range that a number bounds: "cut its rate to a range of"."""
    lever = thing.start - 1 - (spot.lower(thing.start - 1) in DETERMINERS)
    moved_thing = measured(spot, Part(Role.AFTER, lever)) if spot.lower(lever) in {"to", "in", "at"} else None
    return thing_text(spot, Part(Role.AFTER, lever), moved_thing) if moved_thing is not None else ""


def _of_somebody(spot: Spot, verb: int | None, text: str, tail: str) -> str:
    """A thing that is so much with whose it is, by the verb of its clause."""
    owner = agent(spot, verb)
    base = base_of(spot.lower(verb)) if verb is not None else ""
    if base == "speak":
        return f"{text} {tail}".strip()
    if tail.startswith(("on ", "for ")) and base in _IMPOSING:
        whose = owned(owner, f"{text} {tail}") if owner[:1].isupper() and len(owner.split()) <= _SHORT_OWNER else ""
        return whose if whose and len(whose.split()) <= _LONGEST else f"{text} {tail}"
    if verb is not None and base in VIEWING:
        action = participle(spot.lower(verb))
        return f"{text} {action} by {owner}" if 0 < len(owner.split()) < 6 and action != "given" else text
    if owner and not named(text) and len(text.split()) + len(owner.split()) <= _LONGEST - 2:
        nested = {"of", "for"} & set(text.split())
        return f"{text}, {owner.removeprefix('the ')}" if nested else owned(owner, text)
    return f"{text} {tail}".strip() if tail.startswith("for ") else text
