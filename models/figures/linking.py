"""Joins two drafts into one quantity: a range, or a movement from one value to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from models.figures.bound_table import MOVERS, SPREADS, STEP_FILLERS, TREND_NOUNS, TREND_WORDS
from models.figures.bounds import bound_before
from models.figures.drafts import Draft
from models.figures.numeral import Form, times
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
_MOVER_REACH: Final = 14
_CLAUSE_ENDS: Final = frozenset({".", ";", "!", "?", "\u201d"})


@dataclass(slots=True)
class Pair:
    """Two drafts that make one quantity; ``move`` when it leads from the one to the other."""

    low: Draft
    high: Draft
    first: int
    move: bool


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
        return _joined(a, b, first) if set(gap[1:]) <= _BOUND_WORDS else None
    if _spans(a, b, gap, tokens):
        return _joined(a, b, first)
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
    return _joined(a, b, first, move=not _is_spread(tokens, first))


def _is_spread(tokens: Sequence[Token], first: int) -> bool:
    """Whether "from A to B" is a spread ("ranging from", "on a scale from"): no word of movement stands before it."""
    for j in range(first - 1, max(first - _MOVER_REACH, -1), -1):
        word = tokens[j].lower
        if word in SPREADS or tokens[j].text in _CLAUSE_ENDS:
            return True
        if word in MOVERS or word in TREND_NOUNS:
            return False
    return True


def _spans(a: Draft, b: Draft, gap: list[str], tokens: Sequence[Token]) -> bool:
    """Whether "A to B", "A-B" or "A or B" is a range."""
    ordered = a.low < b.high or (a.explicit and b.explicit) or _inherits_scale(a, b)
    if not ordered or not gap or (a.kind is QuantityKind.PERCENT and a.low > b.low):  # 52 % to 48 %
        return False
    if a.explicit and not b.explicit and a.kind is not QuantityKind.MONEY:  # 1.2 % to 452.76
        return False
    shared = b.explicit or b.noun is not None
    own_unit = (a.explicit and not (a.kind is QuantityKind.MONEY and not b.explicit)) or not shared
    if gap == ["to"] or gap in (["to", "-"], ["-", "to", "-"]):
        return not (own_unit and after_movement(tokens, a.start)) and not (
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


def after_movement(tokens: Sequence[Token], start: int) -> bool:
    """Whether a word of movement stands right before: "rose 3 % to 12 %" is a step and a level, no range."""
    bound = bound_before(tokens, start)
    j = (bound.first if bound else start) - 1
    while j >= 0 and start - j <= _LONGEST_GAP and tokens[j].lower in STEP_FILLERS:
        j -= 1
    return j >= 0 and tokens[j].lower in TREND_WORDS


def _inherits_scale(a: Draft, b: Draft, *, move: bool = False) -> bool:
    """Whether a scale said once counts for both: "2 to 3 million", and of a move downwards "from 1.9 to 1.5 billion"."""
    below = Decimal(1000) if move and not a.explicit and a.noun is None else min(b.numeral.base, Decimal(1000))
    return (
        a.numeral.scale == 1 and b.numeral.scale > 1 and a.numeral.low < below and a.numeral.form is not Form.FRACTION
    )


def _joined(a: Draft, b: Draft, first: int, *, move: bool = False) -> Pair:
    """The pair, each end completed by what only the other says."""
    if _inherits_scale(a, b, move=move):
        scale = b.numeral.scale
        low = times(a.numeral.low, scale)
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
