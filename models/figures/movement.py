"""Reads which way a figure moved, and ties together where it stands, where it came from and by how much it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from models.api import Qualifier, Range, Trend
from models.figures.bound_table import (
    BEFORE_WORDS,
    LEVEL_LEADS,
    NOUN_TRENDS,
    OBJECT_VERBS,
    SET_UPS,
    STEP_FILLERS,
    TRANSITIVE,
    TREND_NOUNS,
    TREND_WORDS,
)
from models.figures.bounds import bound_before
from models.figures.context_table import MONTHS
from models.figures.drafts import Draft
from models.figures.lexicon import PARTICIPLES
from models.figures.linking import Pair
from models.figures.quantity import Quantity, QuantityKind, Role
from models.figures.wordlist import words
from models.tokens import Kind, Token

_WINDOW: Final = 6
_OBJECT_WINDOW: Final = 9
_LINK_WINDOW: Final = 7
_STEP_KINDS: Final = frozenset({QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.MEASURE})
_POINTS: Final = frozenset({"point", "tick", "notch", "place", "spot"})
_UNMOVED: Final = frozenset({QuantityKind.AGE, QuantityKind.DURATION})
_NO_GAP: Final = ["", ""]


class Movement(NamedTuple):
    """A word of movement that governs a number: the amount of the movement (step) or where it led (level)."""

    trend: Trend
    role: Role
    verb: int


def movement(made: Draft, tokens: Sequence[Token]) -> Movement | None:
    """How the number moved, where the words before it or its sign say so."""
    if made.kind in _UNMOVED:
        return None
    if made.kind is QuantityKind.PERCENT and tokens[made.start].text in {"+", "-", "−", "–"}:
        return Movement(Trend.DOWN if made.negative else Trend.UP, Role.STEP, made.start)
    found = movement_before(tokens, made.start)
    if found is None or found.role is Role.LEVEL or found.verb < 0:
        return found
    return found if _moves(made, tokens, found) else None


def _moves(made: Draft, tokens: Sequence[Token], found: Movement) -> bool:
    """Whether the amount is one of movement: "lost 12 men", "raised £5m" and "added a 30 metre wall" are not."""
    verb = tokens[found.verb].lower
    before = {token.lower for token in tokens[found.verb + 1 : made.start]}
    if "by" in before:
        return True
    if "of" in before and made.kind is QuantityKind.MEASURE:  # a leap of 6.43 m
        return False
    if verb in OBJECT_VERBS and made.kind is not QuantityKind.PERCENT:
        return False
    if verb in TRANSITIVE and (before & {"a", "an"} or _of_something(made, tokens)):
        return made.kind is QuantityKind.PERCENT
    if made.kind in _STEP_KINDS or (made.noun is not None and made.noun.head in _POINTS):
        return True
    return not (made.noun is not None and verb in TRANSITIVE)


def _of_something(made: Draft, tokens: Sequence[Token]) -> bool:
    """As in "adds 550 megawatts of capacity"."""
    return made.kind is QuantityKind.MEASURE and made.stop < len(tokens) and tokens[made.stop].lower == "of"


def movement_before(tokens: Sequence[Token], first: int) -> Movement | None:
    """The word of movement that governs the number beginning at token ``first``."""
    bound = bound_before(tokens, first)
    j = (bound.first if bound else first) - 1
    for _ in range(_WINDOW):
        if j < 0:
            return None
        word = tokens[j].lower
        if word in TREND_WORDS:
            return None if _other_sense(tokens, j) else Movement(TREND_WORDS[word], Role.STEP, j)
        if word in _RELATIONS:
            return _related(tokens, j)
        if word not in STEP_FILLERS and not word.endswith("ly"):
            return None
        j -= 1
    return None


_RELATIONS: Final = frozenset({"of", "by"}) | LEVEL_LEADS


def _related(tokens: Sequence[Token], j: int) -> Movement | None:
    """What the preposition at ``j`` ties the number to: "a rise of", "rose by", "rose to"."""
    word = tokens[j].lower
    if word != "of":
        return _over_an_object(tokens, j, Role.STEP if word == "by" else Role.LEVEL)
    noun = tokens[j - 1].lower if j else ""
    return Movement(NOUN_TRENDS[noun], Role.STEP, j - 1) if noun in TREND_NOUNS else None


def _over_an_object(tokens: Sequence[Token], j: int, role: Role) -> Movement | None:
    """The verb before "by" or "to" past what it moves: "cut its output by", "had dropped to"."""
    for k in range(j - 1, max(j - _OBJECT_WINDOW, -1), -1):
        token = tokens[k]
        if token.kind is not Kind.WORD and not (token.kind is Kind.SIGN and token.glued and token.text in "-'’"):
            return None
        trend = TREND_WORDS.get(token.lower)
        if trend is not None and not _other_sense(tokens, k):
            return Movement(trend, role, k)
        if token.lower in {"by", "to", "and", "that", "which", "who"}:
            return None
    return None


def _other_sense(tokens: Sequence[Token], j: int) -> bool:
    """As in "the lower 48 states", "set up 12 camps", "up to 400"."""
    word = tokens[j].lower
    before = tokens[j - 1].lower if j else ""
    after = tokens[j + 1].lower if j + 1 < len(tokens) else ""
    if word in {"higher", "lower"}:
        return before in {"the", "a", "at"} or after == "than"
    return word in {"up", "down"} and (before in SET_UPS or after == "to" == word)


def direction(origin: Quantity, target: Quantity) -> Trend | None:
    """Which way a figure went from one value to another."""
    first = origin.value.low if isinstance(origin.value, Range) else origin.value
    second = target.value.low if isinstance(target.value, Range) else target.value
    if first == second:
        return None
    return Trend.UP if second > first else Trend.DOWN


def lent(here: Quantity, lender: Quantity) -> Quantity:
    """``here`` with the unit that an earlier number of its sentence said for both."""
    unit = lender.unit
    if unit is not None and lender.kind is QuantityKind.COUNT:  # "one dead soldier and six others" were not all dead
        unit = " ".join(word for word in unit.split() if word not in PARTICIPLES) or unit
    return replace(here, unit=unit, kind=lender.kind, currency=lender.currency, noun=here.noun or lender.noun)


def gap_between(a: Draft | Pair, b: Draft | Pair, tokens: Sequence[Token]) -> list[str]:
    """The lower-case tokens between two items; two empty strings where they are far apart."""
    stop = a.high.stop if isinstance(a, Pair) else a.stop
    start = b.first if isinstance(b, Pair) else b.start
    if start - stop > _LINK_WINDOW or start < stop:
        return _NO_GAP
    return [token.lower for token in tokens[stop:start]]


def share_bounds(found: list[Quantity], items: Sequence[Draft | Pair], tokens: Sequence[Token]) -> None:
    """Bounds and steps of a number hold for its conversion: "just under 296 hp (224 kW / 300 PS)", "2 points, or 1 %"."""
    opened = False
    for k in range(1, len(found)):
        gap = gap_between(items[k - 1], items[k], tokens)
        here, there = found[k], found[k - 1]
        converted = gap == ["("] or (gap == ["/"] and opened)
        opened = converted
        if converted and here.kind is there.kind and here.unit != there.unit and here.qualifier is Qualifier.EXACT:
            role = there.role if there.role is Role.STEP else here.role
            found[k] = replace(here, qualifier=there.qualifier, trend=here.trend or there.trend, role=role)
        elif (
            gap in ([",", "or"], ["("]) and here.trend is None and there.role is Role.STEP and here.kind in _STEP_KINDS
        ):
            found[k] = replace(here, trend=there.trend, role=Role.STEP)


def link(found: list[Quantity], items: Sequence[Draft | Pair], tokens: Sequence[Token]) -> None:
    """Tie "rose 3 % to 12 %" and "to 12 % from 9 %" together."""
    for k in range(len(found) - 1):
        here, there = found[k], found[k + 1]
        gap = gap_between(items[k], items[k + 1], tokens)
        if gap == _NO_GAP or "." in gap or ";" in gap:
            continue
        if here.role is Role.STEP and there.role is Role.LEVEL and _leads_to(gap):
            level = lent(there, here) if there.unit is None and here.kind is not QuantityKind.PERCENT else there
            found[k + 1] = replace(level, by=here, trend=here.trend)
        elif here.role is Role.LEVEL and _comes_from(gap):
            target = _target(found, items, k, tokens)
            if target is not None:
                found[target] = replace(found[target], origin=there, trend=direction(there, found[target]))


def _target(found: list[Quantity], items: Sequence[Draft | Pair], k: int, tokens: Sequence[Token]) -> int | None:
    """Which level came from the number after ``k``: that at ``k``, or the one it restates ("$64 m, or 37 cents a share")."""
    if _comparable(found[k], found[k + 1]):
        return k
    restated = k > 0 and gap_between(items[k - 1], items[k], tokens) == [",", "or"]
    return k - 1 if restated and _comparable(found[k - 1], found[k + 1]) else None


def _leads_to(gap: list[str]) -> bool:
    return "to" in gap[:2] or "at" in gap[:3] or (gap[:1] == [","] and "to" in gap)


def _comes_from(gap: list[str]) -> bool:
    """Whether the gap ends in "from" (a bound may follow), and nothing before it starts another clause."""
    if "from" not in gap[-4:]:
        return False
    last = len(gap) - 1 - gap[::-1].index("from")
    lead, tail = gap[:last], gap[last + 1 :]
    if any(word not in STEP_FILLERS and word not in BEFORE_WORDS for word in tail):
        return False
    return all(word in _FROM_LEADS or word in MONTHS or word.endswith("ly") or _year_like(word) for word in lead)


def _year_like(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()


_FROM_LEADS: Final = words(
    ", up down a an reduction increase rise drop fall decline decrease compared sharp steep slight in the year quarter month week number"
)


def _comparable(here: Quantity, there: Quantity) -> bool:
    if here.kind is not there.kind or there.role is Role.MOVE:
        return False
    return here.unit == there.unit or (here.kind is QuantityKind.COUNT and None in {here.noun, there.noun})
