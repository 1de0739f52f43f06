"""Joins drafts that belong together: ranges, movements from one value to another, shares such as "one in five"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from models.figures.bound_table import MOVERS, SPREADS, STEP_FILLERS, TREND_WORDS
from models.figures.bounds import bound_before
from models.figures.context_table import FORMATION_AFTER, SCORE_AFTER, SCORE_BEFORE
from models.figures.drafts import Draft
from models.figures.numeral import Form
from models.figures.quantity import QuantityKind
from models.tokens import Token

_DASHES: Final = frozenset("-‐‑–—−")
_BOUND_WORDS: Final = frozenset(
    [
        "about",
        "around",
        "roughly",
        "approximately",
        "nearly",
        "almost",
        "some",
        "just",
        "over",
        "under",
        "more",
        "than",
        "at",
        "least",
        "as",
        "much",
        "as",
        "many",
        "a",
        "an",
        "the",
        "only",
        "record",
        "up",
        "current",
    ]
)
_LONGEST_GAP: Final = 9
_WHOLE: Final = 100
_LISTED: Final = frozenset({QuantityKind.PERCENT, QuantityKind.MEASURE, QuantityKind.AGE})
_CLAUSE_ENDS: Final = frozenset({".", ";", "!", "?", "\u201d"})
_RATIO_BASES: Final = frozenset(
    Decimal(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000)
)


@dataclass(slots=True)
class Pair:
    """Two drafts that make one quantity; ``move`` when it leads from the one to the other."""

    low: Draft
    high: Draft
    first: int
    move: bool


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


def pair_up(drafts: Sequence[Draft], tokens: Sequence[Token]) -> list[Draft | Pair]:
    """Ranges and movements as pairs, everything else as it is; dropped drafts are left out."""
    alive = [d for d in drafts if not d.dropped]
    items: list[Draft | Pair] = []
    k = 0
    while k < len(alive):
        pair = _pair(alive[k], alive[k + 1], tokens) if k + 1 < len(alive) else None
        if pair is not None and pair.move and items and _end(items[-1]) == pair.first:  # to 3-4 % from 5 % to 6 %
            pair = Pair(pair.low, pair.high, pair.low.start, move=False)
        if pair is None:
            items.append(alive[k])
            k += 1
        else:
            items.append(pair)
            k += 2
    return items


def _unequal_forms(a: Draft, b: Draft) -> bool:
    """Whether one is a multiple or a share and the other a plain number."""
    forms = {a.numeral.form, b.numeral.form}
    return Form.FOLD in forms or (Form.FRACTION in forms and len(forms) == 2)


def _end(item: Draft | Pair) -> int:
    return item.high.stop if isinstance(item, Pair) else item.stop


def _pair(a: Draft, b: Draft, tokens: Sequence[Token]) -> Pair | None:
    if b.start - a.stop > _LONGEST_GAP or not _alike(a, b) or _unequal_forms(a, b):
        return None
    lead, first = _lead(tokens, a.start)
    gap = [token.lower for token in tokens[a.stop : b.start]]
    if lead == "from" and "to" in gap:
        return _from_to(a, b, gap, first, tokens)
    if lead == "between" and gap[:1] == ["and"]:
        return _joined(a, b, first, tokens) if set(gap[1:]) <= _BOUND_WORDS else None
    if _spans(a, b, gap, tokens):
        return _joined(a, b, first, tokens)
    return None


def _lead(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    """As in "from" or "between" before the number, past a bound; and where that word stands."""
    j = start - 1
    while j >= 0 and start - j <= 4 and tokens[j].lower in _BOUND_WORDS:
        j -= 1
    if j >= 0 and tokens[j].lower in {"from", "between"}:
        return tokens[j].lower, j
    return "", start


def _alike(a: Draft, b: Draft) -> bool:
    """Whether the two can be ends of one thing: same kind and unit where both say it."""
    if a.explicit and b.explicit:
        return a.kind is b.kind and (a.unit == b.unit or _same_money(a, b))
    if a.explicit:
        return a.kind is QuantityKind.MONEY or b.noun is None or a.kind is QuantityKind.PERCENT
    if a.noun is not None and b.noun is not None:
        return a.noun.head == b.noun.head
    return not (a.noun is not None and b.explicit)


def _same_money(a: Draft, b: Draft) -> bool:
    bare = (a.unit or "").split(" per ")[0], (b.unit or "").split(" per ")[0]
    return a.kind is QuantityKind.MONEY and bare[0] == bare[1]


def _from_to(a: Draft, b: Draft, gap: list[str], first: int, tokens: Sequence[Token]) -> Pair | None:
    if "to" not in gap or any(token in _CLAUSE_ENDS for token in gap):
        return None
    tail = gap[len(gap) - gap[::-1].index("to") :]
    if not set(tail) <= _BOUND_WORDS and tail != ["-"]:
        return None
    if gap[0] != "to" and ("," in gap or len(gap) > _LONGEST_GAP):
        return None
    return _joined(a, b, first, tokens, move=not _is_spread(tokens, first))


def _is_spread(tokens: Sequence[Token], first: int) -> bool:
    """Whether "from A to B" is a spread ("ranging from") and not a movement."""
    for j in range(first - 1, max(first - 4, -1), -1):
        if tokens[j].lower in SPREADS:
            return True
        if tokens[j].lower in MOVERS:
            return False
    return False


def _spans(a: Draft, b: Draft, gap: list[str], tokens: Sequence[Token]) -> bool:
    """Whether "A to B", "A-B" or "A or B" is a range."""
    ordered = a.low < b.high or (a.explicit and b.explicit) or _inherits_scale(a, b)
    if not ordered or not gap or (a.kind is QuantityKind.PERCENT and a.low > b.low):  # 52 % to 48 %
        return False
    shared = b.explicit or b.noun is not None
    own_unit = (a.explicit and not (a.kind is QuantityKind.MONEY and not b.explicit)) or not shared
    if gap == ["to"] or gap in (["to", "-"], ["-", "to", "-"]):
        return not (own_unit and _after_movement(tokens, a.start)) and not (
            a.noun is not None and a.noun.stop == a.stop and not a.explicit and not a.noun.tied
        )
    if len(gap) == 1 and gap[0] in _DASHES:
        return (tokens[a.stop].glued and tokens[b.start].glued) or (
            not tokens[a.stop].glued and not tokens[b.start].glued and gap[0] != "-" and not a.noun
        )
    if gap == ["or"] and not a.explicit and a.noun is None and b.currency is None:
        near = b.low == a.low + 1 or a.low < b.low <= 2 * a.low
        return near and a.numeral.form is Form.WORDS
    return False


def _after_movement(tokens: Sequence[Token], start: int) -> bool:
    """Whether a word of movement stands right before: "rose 3 % to 12 %" is a step and a level, no range."""
    bound = bound_before(tokens, start)
    j = (bound.first if bound else start) - 1
    while j >= 0 and start - j <= _LONGEST_GAP and tokens[j].lower in STEP_FILLERS:
        j -= 1
    return j >= 0 and tokens[j].lower in TREND_WORDS


def _inherits_scale(a: Draft, b: Draft) -> bool:
    return (
        a.numeral.scale == 1
        and b.numeral.scale > 1
        and a.numeral.low < min(b.numeral.base, Decimal(1000))
        and a.numeral.form is not Form.FRACTION
    )


def _joined(a: Draft, b: Draft, first: int, tokens: Sequence[Token], *, move: bool = False) -> Pair:
    """The pair, each end completed by what only the other says."""
    del tokens
    if _inherits_scale(a, b):
        scale = b.numeral.scale
        low = a.numeral.low * scale
        a.numeral = a.numeral._replace(low=low, high=low, scale=scale)
    _share(a, b)
    return Pair(a, b, first, move)


def _share(a: Draft, b: Draft) -> None:
    """Units go both ways; a rate written once counts for both."""
    for one, other in ((a, b), (b, a)):
        if one.explicit and other.explicit:
            if one.kind is QuantityKind.MONEY and " per " in (one.unit or "") and " per " not in (other.unit or ""):
                other.unit = one.unit
        elif other.explicit and not one.explicit:
            one.unit, one.kind, one.currency = other.unit, other.kind, other.currency
        elif one.noun is None and other.noun is not None and not one.explicit:
            one.noun, one.unit, one.kind = other.noun, other.unit, other.kind


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
        against = against and b.high <= _WHOLE and not _after_movement(tokens, a.start)
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
