"""Lets numbers that stand side by side judge and complete each other: dates, scores, shares, lists."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from models.figures.context_table import FORMATION_AFTER, SCORE_AFTER, SCORE_BEFORE
from models.figures.drafts import Draft
from models.figures.linking import after_movement
from models.figures.numeral import Form
from models.figures.quantity import QuantityKind
from models.tokens import Token

_DASHES: Final = frozenset("-‐‑–—−")
_WHOLE: Final = 100
_LISTED: Final = frozenset({QuantityKind.PERCENT, QuantityKind.MEASURE, QuantityKind.AGE})
_RATIO_BASES: Final = frozenset(
    Decimal(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000)
)


def drop_neighbours(drafts: Sequence[Draft], tokens: Sequence[Token]) -> None:
    """What continues a date or a name is one too: "2019-20", "May 3 to 5", "Resolutions 1701 and 1559"."""
    for a, b in pairwise(drafts):
        if b.dropped or not a.dropped or a.dropped == "idiom" or b.explicit:
            continue
        gap = [token.text for token in tokens[a.stop : b.start]] if b.start - a.stop <= 2 else None
        if gap is None or b.numeral.form is not Form.DIGITS or b.numeral.stop != b.numeral.first + 1:
            continue
        dashed = len(gap) == 1 and gap[0] in _DASHES and tokens[b.numeral.first].glued
        listed = gap in (["to"], ["and"], ["or"], [","], [",", "and"], ["-"]) and b.noun is None
        alike = a.dropped == "date" and len(tokens[a.numeral.first].text) == 4
        if dashed or (listed and (not alike or len(tokens[b.numeral.first].text) == 4) and a.dropped != "noise"):
            b.dropped = a.dropped


def drop_leaders(drafts: Sequence[Draft], tokens: Sequence[Token]) -> None:
    """The days before a date that is said once: "20 and 21 November", "20-21 November"."""
    for a, b in pairwise(reversed(drafts)):
        if a.dropped != "date" or b.dropped or b.explicit or b.noun is not None or a.start - b.stop != 1:
            continue
        first = tokens[b.numeral.first].text
        if len(first) <= 2 and first.isdecimal() and tokens[b.stop].text in {"and", "to", "or", ",", *_DASHES}:
            b.dropped = "date"


def drop_scores(drafts: Sequence[Draft], tokens: Sequence[Token]) -> None:
    """As in "a 2-1 win", "tied at 2-2", "a 6-3 ruling", "in a 4-4-2"."""
    for a, b in pairwise(drafts):
        if a.dropped or b.dropped or a.explicit or b.explicit or b.start != a.numeral.stop + 1:
            continue
        sign = tokens[a.numeral.stop]
        if sign.text not in _DASHES or not sign.glued or not tokens[b.start].glued or sign.text == "—":
            continue
        if _is_score(a, b, tokens):
            a.dropped = b.dropped = "score"


def _is_score(a: Draft, b: Draft, tokens: Sequence[Token]) -> bool:
    if a.numeral.scale != 1 or b.numeral.scale != 1 or max(a.numeral.low, b.numeral.low) > 250:
        return False
    before = tokens[a.start - 1].lower if a.start else ""
    after = tokens[b.numeral.stop] if b.numeral.stop < len(tokens) else None
    if after is not None and after.text in _DASHES and after.glued:
        return not (b.noun is not None and b.noun.tied)
    word = after.lower if after is not None else ""
    if word in SCORE_AFTER or word in FORMATION_AFTER or before in SCORE_BEFORE:
        return True
    return a.numeral.low >= b.numeral.low or b.noun is None


def merge_ratios(drafts: list[Draft], tokens: Sequence[Token]) -> list[Draft]:
    """As in "one in five women", "nine out of 10" as shares."""
    merged: list[Draft] = []
    for b in drafts:
        a = merged[-1] if merged else None
        if a is not None and _is_ratio(a, b, tokens):
            share = a.numeral.low / b.numeral.low
            a.numeral = a.numeral._replace(low=share, high=share, stop=b.numeral.stop, form=Form.FRACTION)
            a.noun, a.stop, a.unit_tokens, a.dropped = b.noun, b.stop, b.unit_tokens, ""
            a.unit = f"% {b.noun.unit}" if b.noun else None
            continue
        merged.append(b)
    return merged


def _is_ratio(a: Draft, b: Draft, tokens: Sequence[Token]) -> bool:
    if b.dropped or a.explicit or b.explicit or a.dropped in {"date", "score", "noise"} or a.numeral.scale != 1:
        return False
    words = [token.lower for token in tokens[a.numeral.stop : b.start]] if b.start - a.numeral.stop <= 3 else []
    if words not in (["in"], ["out", "of"], ["in", "every"], ["out", "of", "every"], ["of", "every"]):
        return False
    if a.noun is not None and words != ["out", "of"] and a.noun.first < b.start:
        return False
    return (
        a.numeral.low < b.numeral.low
        and b.numeral.low in _RATIO_BASES
        and a.numeral.low <= 999
        and a.numeral.low == a.numeral.high
    )


def share_ages(drafts: Sequence[Draft], tokens: Sequence[Token]) -> None:
    """Who is listed after an age has one too: "two boys aged 7 and 9"."""
    for a, b in pairwise(drafts):
        gap = [token.text for token in tokens[a.stop : b.start]] if 0 < b.start - a.stop <= 2 else None
        listed = gap in (["and"], [","], ["or"], [",", "and"])
        if listed and a.kind is QuantityKind.AGE and not (a.explicit or b.explicit or b.noun or a.dropped):
            b.unit, b.kind, b.dropped = a.unit, a.kind, ""


def share_votes(drafts: Sequence[Draft], tokens: Sequence[Token]) -> None:
    """The loser's share may leave out the sign: "52.1 per cent to 47.9"."""
    for a, b in pairwise(drafts):
        against = b.start == a.stop + 1 and tokens[a.stop].lower == "to"
        against = against and b.high <= _WHOLE and not after_movement(tokens, a.start)
        if against and a.explicit and a.kind is QuantityKind.PERCENT and not (b.explicit or b.noun or a.dropped):
            b.unit, b.kind = a.unit, a.kind


def share_lists(drafts: Sequence[Draft], tokens: Sequence[Token]) -> None:
    """The unit said last counts for the list before it: "four-, five- and six-cylinder", "2.1 and 3 percent"."""
    for k in range(len(drafts) - 2, -1, -1):
        a, b = drafts[k], drafts[k + 1]
        if a.dropped or b.dropped or a.explicit or a.noun is not None or b.start - a.stop > 3:
            continue
        gap = [token.text for token in tokens[a.stop : b.start]]
        tied = b.noun is not None and b.noun.tied
        if gap[:1] and gap[0] in _DASHES and gap[1:] in ([","], ["and"], ["or"], ["to"], [",", "and"], [",", "or"]):
            if tied or b.explicit:
                a.unit, a.kind, a.noun, a.explicit = b.unit, b.kind, b.noun, b.explicit
        elif (
            gap in (["and"], ["or"], [",", "and"])
            and b.explicit
            and (b.kind in _LISTED or (gap == ["or"] and b.kind in {QuantityKind.DURATION, QuantityKind.MONEY}))
            and b.numeral.form is a.numeral.form is Form.DIGITS
        ):
            a.unit, a.kind, a.currency, a.explicit = b.unit, b.kind, b.currency, True
