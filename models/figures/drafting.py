"""Gives each numeral its sign, currency, unit or counted noun: a draft of a quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from models.figures.context import Setting, is_date, is_embedded, is_name, is_noise
from models.figures.context_table import AGE_VERBS, PERSONS
from models.figures.lexicon import STOP, VERBS
from models.figures.money import currency_after, currency_before
from models.figures.nouns import Noun, is_plural, read_noun, singular
from models.figures.number_table import MONEY_ONLY_SCALES, SCALES
from models.figures.numerals import ONE, Form, Numeral
from models.figures.quantity import QuantityKind
from models.figures.units import read_rate, read_unit
from models.figures.wordlist import words
from models.tokens import Kind, Token

_HYPHENS: Final = frozenset("-‐‑–")
_MINUS: Final = frozenset("-−–")
_SINGLE_LETTERS: Final = frozenset({"P", "R", "N", "K"})
_SORTS: Final = {
    "measure": QuantityKind.MEASURE,
    "duration": QuantityKind.DURATION,
    "percent": QuantityKind.PERCENT,
    "age": QuantityKind.AGE,
}
_PARTITIVE: Final = frozenset({"of", "the", "its", "their", "his", "her", "our", "a", "an", "those", "these", "all"})
_NOT_HALF_AFTER: Final = frozenset(
    {
        "first",
        "second",
        "other",
        "better",
        "top",
        "bottom",
        "upper",
        "lower",
        "opening",
        "latter",
        "in",
        "early",
        "late",
        "this",
        "last",
        "next",
        "northern",
        "southern",
        "each",
    }
)
_RANKS: Final = frozenset({"top", "bottom", "last", "final", "under", "big", "all-time"})
_RANK_ADJECTIVES: Final = frozenset({"top", "record"})
_MEASURE_NOUNS: Final = words("""
member seat page person bed room point unit home job vote vehicle seat word man woman player team nation country state
city mile yard foot lap game match case car ship strong odd plus million billion thousand bedroom passenger
""")
AGE: Final = "year of age"


@dataclass(slots=True)
class Draft:
    """A numeral with what was found beside it.

    ``tokens[start:stop]`` is number, currency, unit and noun; ``number_first`` the number with its sign. ``explicit``
    tells whether a currency or unit stands beside this very number. ``dropped`` numbers are no quantities, but their
    neighbours may need to know why (``"date"``, ``"name"``).
    """

    numeral: Numeral
    number_first: int
    start: int
    stop: int
    negative: bool = False
    unit: str | None = None
    kind: QuantityKind = QuantityKind.COUNT
    currency: str | None = None
    unit_tokens: tuple[int, int] | None = None
    noun: Noun | None = None
    explicit: bool = False
    dropped: str = ""

    @property
    def number_stop(self) -> int:
        """The token after the number."""
        return self.numeral.stop

    @property
    def low(self) -> Decimal:
        """The lower end of the number, with its sign."""
        return -self.numeral.low if self.negative else self.numeral.low

    @property
    def high(self) -> Decimal:
        """The higher end of the number, with its sign."""
        return -self.numeral.high if self.negative else self.numeral.high


def draft(tokens: Sequence[Token], numeral: Numeral, text: str) -> Draft:
    """Everything that stands beside one numeral."""
    made = Draft(numeral, numeral.first, numeral.first, numeral.stop)
    at = Setting(tokens, numeral, text)
    _leading_point(made, tokens)
    _money_before(made, tokens)
    _sign(made, tokens)
    if made.currency is None and is_embedded(at):
        made.dropped = "name"
        return made
    _scale_or_unit(made, tokens)
    _unit(made, tokens, text)
    at = Setting(tokens, made.numeral, text)
    _judge(made, at)
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
    prefix = currency_before(tokens, first, glued=tokens[first].glued)
    if prefix is None:
        return
    symbol = tokens[prefix.first].text
    if symbol in _SINGLE_LETTERS and (made.numeral.low < 100 or tokens[prefix.first].glued):
        return
    made.currency, made.unit, made.kind = prefix.currency.code, prefix.currency.name, QuantityKind.MONEY
    made.unit_tokens = (prefix.first, first)
    made.start, made.explicit = prefix.first, True


def _sign(made: Draft, tokens: Sequence[Token]) -> None:
    """As in "-1.3 %", "minus 5", "-$20"."""
    i = made.start - 1
    if i < 0:
        return
    token = tokens[i]
    if token.lower == "minus" or (token.text in _HYPHENS and i and tokens[i - 1].lower == "minus"):
        made.negative, made.start = True, i - (token.lower != "minus")
    elif token.text in _MINUS and tokens[made.start].glued and not token.glued:
        made.negative, made.start = True, i
    elif token.text == "+" and tokens[made.start].glued and not token.glued:
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
    if numeral.glued_scale in {"M", "MM"}:
        return True
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
    if made.start and made.currency is None and _magnitude(made, tokens):
        return
    after = currency_after(tokens, stop, made.numeral)
    if after is not None:
        _set_unit(made, after.name, QuantityKind.MONEY, (stop, after.stop))
        made.currency = after.currency.code if after.currency else None
    elif made.currency is None:
        hit = read_unit(tokens, stop)
        if hit is not None and not _pounds_sterling(made):
            _set_unit(made, hit.unit.name, _SORTS[hit.unit.sort], (hit.first, hit.stop))
    else:
        made.stop = made.numeral.stop
    if made.explicit:
        if made.kind is QuantityKind.MONEY:
            _money_rate(made, tokens)
        _age(made, tokens)
        return
    _count(made, tokens, text)


def _pounds_sterling(made: Draft) -> bool:
    return made.kind is QuantityKind.MONEY


def _magnitude(made: Draft, tokens: Sequence[Token]) -> bool:
    """As in "a magnitude 6.1 aftershock", "magnitude-6.1"."""
    i = made.start - 1
    i -= tokens[i].text in _HYPHENS and i > 0
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
        made.unit, made.stop = f"{made.unit} per {rate[0]}", rate[1]


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
    noun = read_noun(tokens, stop, text, single=single)
    if noun is None or (noun.tied and numeral.form is Form.FRACTION):
        _or_two(made, tokens)
        return
    made.noun, made.unit, made.stop = noun, noun.unit, noun.stop
    made.unit_tokens = (noun.first, noun.stop)
    if made.start and tokens[made.start - 1].lower in _RANK_ADJECTIVES:
        made.unit = f"{tokens[made.start - 1].lower} {noun.unit}"
    if numeral.form is Form.FRACTION:
        made.unit = f"% {noun.unit}"
        return
    rate = read_rate(tokens, noun.stop)
    if rate is not None and not noun.tied:
        made.unit, made.stop = f"{noun.unit} per {rate[0]}", rate[1]


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


# --- is it a quantity at all?


def _judge(made: Draft, at: Setting) -> None:
    """Drop dates, names and noise; make ages of what only the context shows to be one."""
    strong = made.explicit and made.kind is not QuantityKind.DURATION
    if is_noise(at):
        made.dropped = "noise"
    elif not strong and is_date(at):
        made.dropped = "date"
    elif made.numeral.form is Form.FRACTION:
        made.dropped = "" if _is_fraction(made, at) else "idiom"
    elif _is_age(made, at):
        made.unit, made.kind, made.noun, made.stop, made.unit_tokens = AGE, QuantityKind.AGE, None, at.stop, None
    elif not made.explicit and (is_name(at) or _is_model(made, at)):
        made.dropped = "name"
    elif not made.explicit and _is_idiom(made, at):
        made.dropped = "idiom"


def _is_fraction(made: Draft, at: Setting) -> bool:
    """Whether "half", "a third" and the like are a share of something here."""
    before, after = at.before(), at.after()
    word = at.tokens[at.stop - 1].lower
    if word != "half":
        return True
    if before.lower in _NOT_HALF_AFTER or after.lower == "past" or (before.text in _HYPHENS and before.glued):
        return False
    return (
        after.lower in _PARTITIVE
        or made.explicit
        or before.lower in {"by", "than", "nearly", "almost", "about", "one"}
        or made.noun is not None
    )


def _is_age(made: Draft, at: Setting) -> bool:
    if made.explicit or not (at.bare or at.numeral.form is Form.WORDS) or not 1 <= at.whole <= 115:
        return False
    before, earlier, after = at.before(), at.before(2), at.after()
    if before.lower in {"aged", "ages"} or (
        before.lower in {"age", "turned", "turning", "turns"} and made.noun is None
    ):
        return True
    if before.lower == "of" and earlier.lower == "age":
        return True
    if made.noun is not None:
        return False
    if before.text == "," and earlier.kind is Kind.WORD and at.bare and at.whole > 2 and earlier.lower not in STOP:
        return after.text == "," and not _month_like(earlier) and earlier.lower not in SCALES
    if before.lower in AGE_VERBS:
        persons = {earlier.lower, at.before(3).lower}
        return bool(persons & PERSONS) and after.lower not in {"of", "to", "for", "percent", "-"}
    return False


def _month_like(token: Token) -> bool:
    return token.lower in {"may", "june", "july"} or token.lower.endswith(("ber", "uary", "april", "march", "august"))


def _is_model(made: Draft, at: Setting) -> bool:
    """As in "the 80486 microprocessor", "a 757 jet": bare digits after an article, before a singular."""
    noun = made.noun
    if noun is None or noun.tied or noun.plural or not at.bare or at.whole < 100:
        return False
    return at.before().lower in {"the", "a", "an"} and noun.head not in _MEASURE_NOUNS


def _is_idiom(made: Draft, at: Setting) -> bool:
    """As in "the top 10", "split in two", "4K video", "twenty-something", "fifty-fifty"."""
    before, after = at.before(), at.after()
    if made.numeral.form is Form.VAGUE:
        return at.tokens[at.stop - 1].lower == "scores" and after.lower not in {"of", "more"} and made.noun is None
    if before.lower in _RANKS and made.noun is None:
        return True
    if made.numeral.glued_scale == "K" and made.numeral.base in {Decimal(4), Decimal(8)}:
        return True
    if (
        after.text in _HYPHENS
        and after.glued
        and at.after(1).lower
        in {
            "something",
            "odd",
            "on",
            "off",
            "way",
            "sided",
            "fifty",
            "time",
            "dimensional",
            "under",
            "over",
            "all",
            "nil",
        }
    ):
        return at.after(1).lower != "odd"
    if before.text in _HYPHENS and before.glued and at.tokens[at.first].glued:
        return (
            at.before(2).kind is Kind.WORD
            and at.before(2).lower not in {"minus", "to", "mid", "plus", "the"}
            and at.numeral.form is Form.WORDS
        )
    return before.lower == "in" and at.whole == 2 and made.noun is None and not at.bare
