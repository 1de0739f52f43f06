"""Finds every quantity of an English text: the way from numerals to quantities with unit, bound and movement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from models.api import Qualifier, Range, Span, Trend, Value
from models.figures.bounds import Bound, bound_after, bound_before, trend_before
from models.figures.drafting import Draft, draft
from models.figures.linking import Pair, drop_neighbours, drop_scores, merge_ratios, pair_up, share_lists
from models.figures.number_table import STARTERS
from models.figures.numerals import Form, read_numeral
from models.figures.quantity import Quantity, QuantityKind, Role
from models.tokens import Kind, Token, tokenize

_TRANSITIVE: Final = frozenset(
    ["add", "adds", "added", "adding", "lose", "loses", "lost", "losing", "cut", "cuts", "cutting", "shed", "sheds", "shedding", "gain", "gains", "gained", "gaining", "raise", "raised", "raises", "raising", "lowered", "lower"]
)
_LINK_WINDOW: Final = 7
_STEP_KINDS: Final = frozenset({QuantityKind.PERCENT, QuantityKind.MONEY, QuantityKind.MEASURE})
_POINTS: Final = frozenset({"point", "tick", "notch", "place", "spot"})


class Timed(Protocol):
    """A time expression: what the dates' finder returns."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...

    @property
    def type(self) -> str:
        """DATE, TIME, DURATION or SET."""
        ...


def find_quantities(
    text: str, *, tokens: Sequence[Token] | None = None, timexes: Iterable[Timed] = ()
) -> list[Quantity]:
    """Every quantity of a text, in the order it is written. Linear in the length of the text.

    Args:
        text: English text of any length; other languages give little.
        tokens: ``tokenize(text)`` where it is at hand.
        timexes: Time expressions of the text; numbers inside dates and clock times are no quantities, unless a length
            of time is said with them ("two years ago").

    Returns:
        Quantities by the conventions of NewsQuant (Almasian et al. 2023), each with the spans it was read from.
    """
    tokens = tokenize(text) if tokens is None else tokens
    drafts = _drafts(tokens, text)
    if not drafts:
        return []
    _drop_timed(drafts, tokens, timexes)
    drop_neighbours(drafts, tokens)
    drop_scores(drafts, tokens)
    drafts = merge_ratios(drafts, tokens)
    share_lists(drafts, tokens)
    items = pair_up(drafts, tokens)
    found = [_finish(item, tokens, text) for item in items]
    _inherit_in_brackets(found, items, tokens)
    _link(found, items, tokens)
    return found


def _drafts(tokens: Sequence[Token], text: str) -> list[Draft]:
    drafts: list[Draft] = []
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        if token.kind is not Kind.NUMBER and token.lower not in STARTERS:
            i += 1
            continue
        numeral = read_numeral(tokens, i, text)
        if numeral is None:
            i += 1
            continue
        made = draft(tokens, numeral, text)
        drafts.append(made)
        i = made.numeral.stop
    return drafts


def _drop_timed(drafts: Sequence[Draft], tokens: Sequence[Token], timexes: Iterable[Timed]) -> None:
    """Drop numbers inside dates and clock times."""
    spans = sorted((t.span for t in timexes if t.type in {"DATE", "TIME"}), key=lambda span: span[0])
    k = 0
    for made in drafts:
        start = tokens[made.numeral.first].start
        while k < len(spans) and spans[k][1] <= start:
            k += 1
        if k < len(spans) and spans[k][0] <= start and not made.explicit and made.noun is None:
            made.dropped = made.dropped or "date"


def _value(item: Draft | Pair) -> Value:
    if isinstance(item, Pair):
        ends = (item.low.low, item.low.high, item.high.low, item.high.high)
        return Range(low=min(ends), high=max(ends))
    if item.low == item.high:
        return item.low
    return Range(low=min(item.low, item.high), high=max(item.low, item.high))


def _finish(item: Draft | Pair, tokens: Sequence[Token], text: str) -> Quantity:
    if isinstance(item, Pair):
        return _finish_pair(item, tokens, text)
    return _one(item, tokens, text)


def _one(made: Draft, tokens: Sequence[Token], text: str) -> Quantity:
    bound = _bound(made, tokens)
    trend = _trend(made, tokens)
    span = Span(tokens[made.number_first].start, tokens[made.number_stop - 1].end)
    unit_span = _unit_span(made, tokens)
    surface_span = _surface_span(made, tokens, span, unit_span)
    noun = made.noun
    return Quantity(
        value=_value(made),
        unit=made.unit,
        kind=made.kind,
        currency=made.currency,
        qualifier=bound.qualifier if bound else Qualifier.EXACT,
        trend=trend,
        role=Role.STEP if trend is not None else Role.LEVEL,
        span=span,
        surface_span=surface_span,
        unit_span=unit_span,
        noun=noun.head if noun else None,
        noun_span=noun.span if noun else None,
        head_span=noun.head_span if noun else None,
        surface=text[surface_span.start : surface_span.end],
        vague=made.numeral.form is Form.VAGUE,
    )


def _finish_pair(pair: Pair, tokens: Sequence[Token], text: str) -> Quantity:
    low, high = _one(pair.low, tokens, text), _one(pair.high, tokens, text)
    bound = bound_before(tokens, pair.first) or bound_before(tokens, pair.low.start)
    trend = trend_before(tokens, pair.first)
    ends = None
    if pair.move:
        trend = _direction(low, high)
        ends = (low, replace(high, origin=low, trend=trend, role=Role.LEVEL))
    span = Span(min(low.span.start, high.span.start), max(low.span.end, high.span.end))
    surface_span = Span(min(low.surface_span.start, span.start), max(high.surface_span.end, span.end))
    qualifier = bound.qualifier if bound else high.qualifier if not pair.move else Qualifier.EXACT
    whole = replace(
        high, value=_value(pair), unit=low.unit or high.unit, trend=trend, span=span, surface_span=surface_span
    )
    return replace(
        whole,
        surface=text[surface_span.start : surface_span.end],
        qualifier=qualifier,
        role=Role.MOVE if pair.move else (Role.STEP if trend else Role.LEVEL),
        ends=ends,
        currency=low.currency or high.currency,
        kind=low.kind if low.unit else high.kind,
    )


def _direction(low: Quantity, high: Quantity) -> Trend | None:
    a, b = low.value, high.value
    first = a.low if isinstance(a, Range) else a
    second = b.low if isinstance(b, Range) else b
    if first == second:
        return None
    return Trend.UP if second > first else Trend.DOWN


def _unit_span(made: Draft, tokens: Sequence[Token]) -> Span | None:
    if made.unit_tokens is None:
        return None
    first, stop = made.unit_tokens
    return Span(tokens[first].start, tokens[max(stop, first + 1) - 1].end)


def _surface_span(made: Draft, tokens: Sequence[Token], span: Span, unit: Span | None) -> Span:
    start = min(span.start, tokens[made.start].start)
    end = max(span.end, tokens[made.stop - 1].end)
    return Span(min(start, unit.start) if unit else start, max(end, unit.end) if unit else end)


def _bound(made: Draft, tokens: Sequence[Token]) -> Bound | None:
    before = bound_before(tokens, made.start)
    if before is not None:
        return before
    return bound_after(tokens, made.numeral.stop) or bound_after(tokens, made.stop)


def _trend(made: Draft, tokens: Sequence[Token]) -> Trend | None:
    if made.kind in {QuantityKind.AGE, QuantityKind.DURATION}:
        return None
    if made.kind is QuantityKind.PERCENT and tokens[made.start].text in {"+", "-", "−", "–"}:
        return Trend.DOWN if made.negative else Trend.UP
    trend = trend_before(tokens, made.start)
    if trend is None or made.kind in _STEP_KINDS:
        return trend
    if made.noun is not None and made.noun.head in _POINTS:
        return trend
    before = {token.lower for token in tokens[max(made.start - 3, 0) : made.start]}
    return None if made.noun is not None and before & _TRANSITIVE and "by" not in before else trend


def _inherit_in_brackets(found: list[Quantity], items: Sequence[Draft | Pair], tokens: Sequence[Token]) -> None:
    """A conversion in brackets is bounded as what it converts: "just under 296 hp (224 kW / 300 PS)"."""
    for k in range(1, len(found)):
        gap = _gap(items[k - 1], items[k], tokens)
        if gap not in (["("], ["/"], [",", "or"]) or found[k].qualifier is not Qualifier.EXACT:
            continue
        here, there = found[k], found[k - 1]
        if gap == ["/"] and not (k >= 2 and _gap(items[k - 2], items[k - 1], tokens) == ["("]):
            continue
        if (here.kind is there.kind and (here.unit != there.unit)) or gap == [",", "or"]:
            found[k] = replace(
                here,
                qualifier=there.qualifier if gap != [",", "or"] else here.qualifier,
                trend=here.trend or there.trend,
                role=there.role if there.role is Role.STEP else here.role,
            )


def _gap(a: Draft | Pair, b: Draft | Pair, tokens: Sequence[Token]) -> list[str]:
    stop = a.high.stop if isinstance(a, Pair) else a.stop
    start = b.first if isinstance(b, Pair) else b.start
    if start - stop > _LINK_WINDOW or start < stop:
        return ["", ""]
    return [token.lower for token in tokens[stop:start]]


def _link(found: list[Quantity], items: Sequence[Draft | Pair], tokens: Sequence[Token]) -> None:
    """Tie "rose 3 % to 12 %" and "to 12 % from 9 %" together."""
    for k in range(len(found) - 1):
        here, there = found[k], found[k + 1]
        gap = _gap(items[k], items[k + 1], tokens)
        if gap == ["", ""] or any(word in {".", ";"} for word in gap):
            continue
        if here.role is Role.STEP and there.role is Role.LEVEL and _leads_to(gap):
            found[k + 1] = replace(there, by=here, trend=here.trend)
        elif (
            here.role is Role.LEVEL and "from" in gap and _comparable(here, there) and _moved_to(items[k], tokens, gap)
        ):
            found[k] = replace(here, origin=there, trend=_direction(there, here))


def _leads_to(gap: list[str]) -> bool:
    return "to" in gap[:2] or ("at" in gap and gap.index("at") <= 2) or (gap[:1] == [","] and "to" in gap)


def _comparable(here: Quantity, there: Quantity) -> bool:
    return here.kind is there.kind and (
        here.unit == there.unit or here.kind is QuantityKind.COUNT or there.unit is None
    )


def _moved_to(item: Draft | Pair, tokens: Sequence[Token], gap: list[str]) -> bool:
    """Whether "to" leads to the number, or a word of movement stands before the "from" that follows."""
    start = item.first if isinstance(item, Pair) else item.start
    lead = {token.lower for token in tokens[max(start - 4, 0) : start]}
    return (
        bool(lead & {"to", "at"})
        or gap[0] == "from"
        or bool(set(gap) & {"up", "down", "reduction", "increase", "rise", "drop", "decline"})
    )
