"""Turns drafts and pairs of drafts into quantities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from models.api import Qualifier, Range, Span, Value
from models.figures.bound_table import LONGER_OVERS
from models.figures.bounds import Bound, bound_after, bound_before, denied
from models.figures.drafts import Draft
from models.figures.lexicon import CASUALTY_VERBS, PERSONS
from models.figures.linking import Pair
from models.figures.movement import direction, lent, movement, movement_before
from models.figures.numeral import Form
from models.figures.quantity import Quantity, QuantityKind, Role
from models.figures.setting import HYPHENS
from models.tokens import Token

_REACH: Final = 40
_LEAST_SUM: Final = 1000
_LENDERS: Final = frozenset({QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.COUNT})
_PLACES: Final = frozenset({"near", "over", "under", "below", "above", "beyond"})
_SENTENCE_ENDS: Final = frozenset(".!?;")


def assemble(item: Draft | Pair, tokens: Sequence[Token], text: str) -> Quantity:
    """The quantity a draft or a pair of drafts stands for."""
    return _pair(item, tokens, text) if isinstance(item, Pair) else _one(item, tokens, text)


def _value(*made: Draft) -> Value:
    ends = [end for each in made for end in (each.low, each.high)]
    return ends[0] if min(ends) == max(ends) else Range(low=min(ends), high=max(ends))


def _one(made: Draft, tokens: Sequence[Token], text: str) -> Quantity:
    moved = movement(made, tokens)
    span = Span(tokens[made.number_first].start, tokens[made.number_stop - 1].end)
    unit_span = _unit_span(made, tokens)
    surface_span = _surface_span(made, tokens, span, unit_span)
    noun = made.noun
    return Quantity(
        value=_value(made),
        unit=made.unit,
        kind=made.kind,
        currency=made.currency,
        qualifier=_qualifier(made, tokens),
        trend=moved.trend if moved and not denied(tokens, moved.verb) else None,
        role=moved.role if moved else Role.LEVEL,
        span=span,
        surface_span=surface_span,
        unit_span=unit_span,
        noun=noun.head if noun else None,
        noun_span=noun.span if noun else None,
        head_span=noun.head_span if noun else None,
        surface=text[surface_span.start : surface_span.end],
        vague=made.numeral.form is Form.VAGUE,
    )


def _pair(pair: Pair, tokens: Sequence[Token], text: str) -> Quantity:
    low, high = _one(pair.low, tokens, text), _one(pair.high, tokens, text)
    bound = bound_before(tokens, pair.first)
    span = Span(min(low.span.start, high.span.start), max(low.span.end, high.span.end))
    surface_span = Span(min(low.surface_span.start, span.start), max(high.surface_span.end, span.end))
    led = movement_before(tokens, pair.first) if pair.first != pair.low.start else movement(pair.low, tokens)
    qualifier = bound.qualifier if bound else low.qualifier
    if qualifier is Qualifier.EXACT and not pair.move:
        qualifier = high.qualifier
    whole = replace(
        high,
        value=_value(pair.low, pair.high),
        unit=low.unit or high.unit,
        kind=low.kind if low.unit else high.kind,
        currency=low.currency or high.currency,
        qualifier=qualifier,
        trend=led.trend if led else None,
        role=_role(pair, tokens) if led and led.role is Role.STEP else Role.LEVEL,
        span=span,
        surface_span=surface_span,
        surface=text[surface_span.start : surface_span.end],
        vague=low.vague or high.vague,
    )
    if not pair.move:
        return whole
    trend = direction(low, high)
    start = replace(low, trend=None, role=Role.LEVEL)
    end = replace(high, origin=start, trend=trend, role=Role.LEVEL)
    return replace(whole, trend=trend, role=Role.MOVE, ends=(start, end))


def _role(pair: Pair, tokens: Sequence[Token]) -> Role:
    """An amount "between A and B" is left a level, as in NewsQuant; a range right after the verb is a step."""
    return Role.LEVEL if tokens[pair.first].lower == "between" else Role.STEP


def _qualifier(made: Draft, tokens: Sequence[Token]) -> Qualifier:
    before = bound_before(tokens, made.start)
    if before is not None:
        if (
            made.kind is QuantityKind.DURATION
            and tokens[before.stop - 1].lower == "over"
            and _during(tokens, before.first)
        ):
            return Qualifier.EXACT
        return Qualifier.EXACT if _of_a_compound(made, before, tokens) else before.qualifier
    after = bound_after(tokens, made.numeral.stop) or bound_after(tokens, made.stop)
    return after.qualifier if after else Qualifier.EXACT


def _of_a_compound(made: Draft, bound: Bound, tokens: Sequence[Token]) -> bool:
    """As in "near a two-week low", "over a £15m deal": what is bounded is not the number."""
    if bound.stop == made.start or tokens[made.start - 2].lower in {"age", "ages"}:  # under the age of 5
        return False
    if tokens[bound.stop - 1].lower not in _PLACES:
        return False
    article = tokens[bound.stop].lower
    stop = made.numeral.stop
    tied = stop < len(tokens) and tokens[stop].text in HYPHENS and tokens[stop].glued
    return article in {"a", "an"} or (article == "the" and tied)


def _during(tokens: Sequence[Token], over: int) -> bool:
    """Whether "over" before a length of time means "during": "€50 billion over four years"."""
    return over > 0 and tokens[over - 1].lower not in LONGER_OVERS


def _unit_span(made: Draft, tokens: Sequence[Token]) -> Span | None:
    if made.unit_tokens is None:
        return None
    first, stop = made.unit_tokens
    return Span(tokens[first].start, tokens[max(stop, first + 1) - 1].end)


def _surface_span(made: Draft, tokens: Sequence[Token], span: Span, unit: Span | None) -> Span:
    start = min(span.start, tokens[made.start].start)
    end = max(span.end, tokens[made.stop - 1].end)
    return Span(min(start, unit.start) if unit else start, max(end, unit.end) if unit else end)


def lend_units(found: list[Quantity], items: Sequence[Draft | Pair], tokens: Sequence[Token], text: str) -> None:
    """A number without a unit has that of the one before it in its sentence: "rose 64 points to 4,577"."""
    lender: Quantity | None = None
    step: Quantity | None = None
    last = 0
    for k, item in enumerate(items):
        here = found[k]
        start = item.first if isinstance(item, Pair) else item.start
        if last and (start - last > _REACH or _sentence_between(tokens, last, start, text)):
            lender = step = None
        if here.unit is None and lender is not None and _lends(lender, here, start, tokens):
            found[k] = here = _borrowed(here, lender, share=_is_share(item))
        tied = not isinstance(item, Pair) and item.noun is not None and item.noun.tied
        lead = {token.lower for token in tokens[max(start - 3, 0) : start]}
        converted = "(" in lead or (lender is not None and "including" in lead)
        if here.unit is None and here.role is Role.STEP and step is not None and step.kind is QuantityKind.PERCENT:
            found[k] = here = replace(here, unit=step.unit, kind=step.kind)
        step = here if here.role is Role.STEP else step
        if here.unit is not None and here.kind in _LENDERS and here.unit[:1] != "%" and not (tied or converted):
            lender = here
        last = item.high.stop if isinstance(item, Pair) else item.stop


def _lends(lender: Quantity, here: Quantity, start: int, tokens: Sequence[Token]) -> bool:
    """Whether the unit of one number may be that of a later one: levels and sums need the look of one."""
    if lender.kind is QuantityKind.COUNT:
        if any(token.lower == "others" for token in tokens[start + 1 : start + 3]):
            return True
        if {token.lower for token in tokens[max(start - 4, 0) : start]} & CASUALTY_VERBS:
            return lender.noun in PERSONS
        return True
    low = here.value.low if isinstance(here.value, Range) else here.value
    return low != low.to_integral_value() or (lender.kind is QuantityKind.MONEY and low >= _LEAST_SUM)


def _is_share(item: Draft | Pair) -> bool:
    return not isinstance(item, Pair) and item.numeral.form is Form.FRACTION


def _borrowed(here: Quantity, lender: Quantity, *, share: bool) -> Quantity:
    ends = here.ends
    if ends is not None:
        start, end = (lent(each, lender) for each in ends)
        ends = (start, replace(end, origin=start))
    whole = replace(lent(here, lender), ends=ends)
    return replace(whole, unit=f"% {whole.unit}", kind=QuantityKind.COUNT, currency=None) if share else whole


def _sentence_between(tokens: Sequence[Token], first: int, stop: int, text: str) -> bool:
    """Whether a sentence or a paragraph ends between two tokens."""
    for j in range(first, stop):
        if tokens[j].text in _SENTENCE_ENDS and (j + 1 >= len(tokens) or not tokens[j + 1].glued):
            return True
    return "\n" in text[tokens[first - 1].end : tokens[stop].start] if first else False
