"""Gives each numeral its sign, currency, unit or counted noun: a draft of a quantity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models.figures.bounds import bound_after
from models.figures.drafts import Draft
from models.figures.embedded import is_clock_like, is_embedded
from models.figures.judging import AGE, judge
from models.figures.lexicon import STOP, VERBS
from models.figures.money import currency_after, currency_before
from models.figures.nouns import is_plural, read_noun, singular
from models.figures.number_table import MONEY_ONLY_SCALES
from models.figures.numeral import ONE, Form, Numeral
from models.figures.quantity import QuantityKind
from models.figures.setting import Setting
from models.figures.units import fahrenheit, read_rate, read_unit
from models.tokens import Kind, Token

_HYPHENS: Final = frozenset("-‐‑–")
_OPENINGS: Final = frozenset("([{|:")
_MINUS: Final = frozenset("-−–")
_SINGLE_LETTERS: Final = frozenset({"P", "R", "N", "K", "PS"})
_SORTS: Final = {
    "measure": QuantityKind.MEASURE,
    "duration": QuantityKind.DURATION,
    "percent": QuantityKind.PERCENT,
    "age": QuantityKind.AGE,
}
_PARTITIVE: Final = frozenset({"of", "the", "its", "their", "his", "her", "our", "a", "an", "those", "these", "all"})
_RANK_ADJECTIVES: Final = frozenset({"top", "record"})


def draft(tokens: Sequence[Token], numeral: Numeral, text: str, *, millions: bool = False) -> Draft:
    """Everything that stands beside one numeral (``millions``: an "m" shortly before stood for a million)."""
    made = Draft(numeral, numeral.first, numeral.first, numeral.stop)
    at = Setting(tokens, numeral, text)
    _leading_point(made, tokens)
    _money_before(made, tokens)
    _sign(made, tokens)
    if is_clock_like(at) or (made.currency is None and is_embedded(at)):
        made.dropped = "name"
        return made
    if not (millions and numeral.glued_scale == "m"):
        _scale_or_unit(made, tokens)
    _unit(made, tokens, text)
    at = Setting(tokens, made.numeral, text)
    judge(made, at)
    return made


def _leading_point(made: Draft, tokens: Sequence[Token]) -> None:
    i = made.numeral.first
    if (
        i
        and tokens[i].glued
        and tokens[i - 1].text == "."
        and not tokens[i - 1].glued
        and tokens[i].kind is Kind.NUMBER
    ):
        made.number_first = made.start = i - 1


def _money_before(made: Draft, tokens: Sequence[Token]) -> None:
    first = made.number_first
    if first >= 2 and tokens[first].glued and tokens[first - 1].glued and tokens[first - 1].text in _MINUS:  # $-50.8bn
        first -= 1
    prefix = currency_before(tokens, first, glued=tokens[first].glued)
    if prefix is None:
        return
    symbol = tokens[prefix.first].text
    if symbol in _SINGLE_LETTERS and (made.numeral.low < 100 or tokens[prefix.first].glued):
        return
    made.currency, made.unit, made.kind = prefix.currency.code, prefix.currency.name, QuantityKind.MONEY
    made.unit_tokens = (prefix.first, first)
    made.start, made.explicit = prefix.first, True
    made.negative = first != made.number_first
    made.number_first = first


def _sign(made: Draft, tokens: Sequence[Token]) -> None:
    """As in "-1.3 %", "minus 5", "-$20"."""
    i = made.start - 1
    if i < 0:
        return
    token = tokens[i]
    free = not token.glued or (i > 0 and tokens[i - 1].text in _OPENINGS)
    if token.lower == "minus" and i and tokens[i - 1].lower == "or":  # plus or minus 3 points
        return
    if token.lower == "minus" or (token.text in _HYPHENS and i and tokens[i - 1].lower == "minus"):
        made.negative, made.start = True, i - (token.lower != "minus")
    elif token.text in _MINUS and tokens[made.start].glued and free:
        made.negative, made.start = True, i
    elif token.text == "+" and tokens[made.start].glued and free:
        made.start = i
    else:
        return
    if made.currency is None:
        made.number_first = made.start


def _scale_or_unit(made: Draft, tokens: Sequence[Token]) -> None:
    """Undo a glued "m", "b", "T" that is a unit here: "the 100m race" against "2.7m sales"."""
    numeral = made.numeral
    if numeral.glued_scale not in MONEY_ONLY_SCALES or made.currency is not None:
        return
    if currency_after(tokens, numeral.stop, numeral) is not None or _sales_like(tokens, numeral):
        return
    base = numeral._replace(low=numeral.base, high=numeral.base, scale=ONE, stop=numeral.stop - 1, glued_scale="")
    if read_unit(tokens, base.stop) is not None:
        made.numeral, made.stop = base, base.stop


def _sales_like(tokens: Sequence[Token], numeral: Numeral) -> bool:
    """Whether a counted plural follows a glued scale letter."""
    if numeral.glued_scale == "mm":
        return False
    if numeral.glued_scale in {"M", "MM"}:
        return True
    if numeral.base >= 1000:  # 10,000m
        return False
    for j in range(numeral.stop, min(numeral.stop + 6, len(tokens))):
        token = tokens[j]
        if (
            token.kind is not Kind.WORD
            or (token.lower in STOP and token.lower not in {"of", "and", "more", "combined"})
            or token.lower in VERBS
        ):
            return False
        if is_plural(token.lower, token.text):
            return token.lower not in {"hurdles", "runners", "races", "finals"}
    return False


def _unit(made: Draft, tokens: Sequence[Token], text: str) -> None:
    stop = made.numeral.stop
    if made.numeral.form is Form.FRACTION:
        stop = _past_partitive(tokens, stop)
    elif made.numeral.form is Form.VAGUE and stop < len(tokens) and tokens[stop].lower == "of":
        stop += 1  # thousands of dollars
    if made.start and made.currency is None and _magnitude(made, tokens):
        return
    after = currency_after(tokens, stop, made.numeral)
    if after is not None:
        _set_unit(made, after.name, QuantityKind.MONEY, (stop, after.stop))
        made.currency = after.currency.code if after.currency else None
    elif made.currency is None:
        hit = read_unit(tokens, stop)
        if hit is not None:
            unit = fahrenheit(hit.unit, made.numeral.low)
            _set_unit(made, unit.name, _SORTS[unit.sort], (hit.first, hit.stop))
    else:
        made.stop = made.numeral.stop
    if made.explicit:
        if made.kind is QuantityKind.MONEY:
            _money_rate(made, tokens)
        _age(made, tokens)
        return
    _count(made, tokens, text)


def _magnitude(made: Draft, tokens: Sequence[Token]) -> bool:
    """As in "a magnitude 6.1 aftershock", "magnitude-6.1"."""
    i = made.start - 1
    i -= i > 0 and (tokens[i].text in _HYPHENS or tokens[i].lower == "of")
    if tokens[i].lower != "magnitude" or made.numeral.low > 10:
        return False
    made.unit, made.kind, made.explicit = "magnitude", QuantityKind.MEASURE, True
    made.unit_tokens, made.start = (i, i + 1), i
    return True


def _set_unit(made: Draft, name: str, kind: QuantityKind, where: tuple[int, int]) -> None:
    made.unit, made.kind, made.explicit = name, kind, True
    made.unit_tokens, made.stop = where, where[1]


def _past_partitive(tokens: Sequence[Token], stop: int, skipped: frozenset[str] = frozenset({"of", "a", "an"})) -> int:
    """Past "of a" in "a quarter of a mile", "half an hour"."""
    j = stop
    while j < len(tokens) and j < stop + 3 and tokens[j].lower in skipped:
        j += 1
    return j


def _money_rate(made: Draft, tokens: Sequence[Token]) -> None:
    rate = read_rate(tokens, made.stop)
    if rate is not None:
        made.unit, made.stop, made.consumed = f"{made.unit} per {rate[0]}", rate[1], rate[1]


def _age(made: Draft, tokens: Sequence[Token]) -> None:
    """As in "the age of 5 years"."""
    i = made.start
    if made.kind is not QuantityKind.DURATION or made.unit != "year" or i < 2:
        return
    if tokens[i - 1].lower == "aged" or (tokens[i - 1].lower == "of" and tokens[i - 2].lower in {"age", "ages"}):
        made.unit, made.kind = AGE, QuantityKind.AGE


def _count(made: Draft, tokens: Sequence[Token], text: str) -> None:
    numeral = made.numeral
    if numeral.form is Form.FOLD:
        made.unit = "time"
        return
    single = numeral.low == numeral.high == 1 or (numeral.form is Form.FRACTION)
    stop = numeral.stop
    if numeral.form is Form.FRACTION and stop < len(tokens) and tokens[stop].lower != "of":
        stop = _past_partitive(tokens, stop, _PARTITIVE)
    bound = bound_after(tokens, stop)
    noun = read_noun(tokens, bound.stop if bound else stop, text, single=single)
    if noun is None or (noun.tied and numeral.form is Form.FRACTION):
        _or_two(made, tokens)
        _bare_rate(made, tokens)
        return
    made.noun, made.unit, made.stop = noun, noun.unit, noun.stop
    made.unit_tokens = (noun.first, noun.stop)
    if made.start and tokens[made.start - 1].lower in _RANK_ADJECTIVES:
        made.unit = f"{tokens[made.start - 1].lower} {noun.unit}"
    if numeral.form is Form.FRACTION:
        made.unit = f"% {noun.unit}"
        return
    measure = read_unit(tokens, noun.first)
    if measure is not None and measure.stop == noun.stop:  # 2,300 of 4,500 hectares
        made.unit, made.kind = measure.unit.name, _SORTS[measure.unit.sort]
        return
    rate = read_rate(tokens, noun.stop)
    if rate is not None and not noun.tied:
        made.unit, made.stop = f"{noun.unit} per {rate[0]}", rate[1]
        made.consumed = rate[1]


def _bare_rate(made: Draft, tokens: Sequence[Token]) -> None:
    """As in "1.5 per 100,000 people", "151.9 per dollar"."""
    if made.unit is not None or made.stop >= len(tokens) or tokens[made.stop].lower != "per":
        return
    rate = read_rate(tokens, made.stop)
    if rate is not None:
        made.unit, made.stop, made.consumed = f"per {rate[0]}", rate[1], rate[1]


def _or_two(made: Draft, tokens: Sequence[Token]) -> None:
    """As in "another pick or two", "a month or two"."""
    i = made.start
    if (
        i < 3
        or tokens[i - 1].lower != "or"
        or tokens[i - 3].lower not in {"a", "an", "another"}
        or made.numeral.low > 3
    ):
        return
    hit = read_unit(tokens, i - 2)
    made.unit, made.unit_tokens = singular(tokens[i - 2].lower), (i - 2, i - 1)
    if hit is not None and hit.stop == i - 1:
        made.unit, made.kind = hit.unit.name, _SORTS[hit.unit.sort]
