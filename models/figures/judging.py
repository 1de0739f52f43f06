"""Decides which drafts are no quantities, and which are ages although nothing says "years"."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from models.figures.context_table import AGE_VERBS, PERSONS
from models.figures.dated import is_date
from models.figures.drafts import Draft
from models.figures.embedded import is_noise
from models.figures.lexicon import STOP, VERBS
from models.figures.named import is_name
from models.figures.number_table import SCALES
from models.figures.numeral import Form
from models.figures.quantity import QuantityKind
from models.figures.setting import Setting
from models.figures.wordlist import words
from models.tokens import Kind, Token

_HYPHENS: Final = frozenset("-‐‑–")
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
_DEATHS: Final = frozenset({"dies", "died", "dead", "death"})
_RANKS: Final = frozenset({"top", "bottom", "last", "final", "under", "big", "all-time"})
AGE: Final = "year of age"
_AIRLINERS: Final = frozenset(range(707, 788, 10))
_AIRLINER_NOUNS: Final = frozenset({"max", "jet", "jets", "plane", "planes", "aircraft", "airliner", "airliners"})
_MEASURE_NOUNS: Final = words("""
member seat page person bed room point unit home job vote vehicle seat word man woman player team nation country state
city mile yard foot lap game match case car ship strong odd plus million billion thousand bedroom passenger
""")


def judge(made: Draft, at: Setting) -> None:
    """Drop dates, names and noise; make ages of what only the context shows to be one."""
    strong = made.explicit and made.kind is not QuantityKind.DURATION
    if is_noise(at):
        made.dropped = "noise"
    elif not strong and is_date(at) and not _is_age(made, at):
        made.dropped = "date"
    elif made.numeral.form is Form.FRACTION:
        made.dropped = "" if _is_fraction(made, at) else "idiom"
    elif _is_age(made, at):
        made.unit, made.kind, made.noun, made.stop, made.unit_tokens = AGE, QuantityKind.AGE, None, at.stop, None
    elif not made.explicit and (is_name(at, counted=_counts(made)) or _is_model(made, at)):
        made.dropped = "name"
    elif not made.explicit and _is_idiom(made, at):
        made.dropped = "idiom"


def _counts(made: Draft) -> bool:
    return made.noun is not None and (made.noun.plural or made.noun.tied)


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
    lead = earlier if before.lower in {"between", "of"} else before
    if lead.lower in {"aged", "ages"} or (lead.lower == "age" and before.lower == "of"):
        return True
    if made.noun is not None:
        return False
    if before.lower in {"age", "turned", "turning", "turns"}:
        return True
    if before.text == "," and earlier.kind is Kind.WORD and at.bare and at.whole > 2 and earlier.lower not in STOP:
        closed = after.text == "," or (after.text in {".", ")"} and earlier.text[:1].isupper())
        return closed and not _month_like(earlier) and earlier.lower not in SCALES
    return _said_of_a_person(at)


def _said_of_a_person(at: Setting) -> bool:
    """As in "she will be 35 by then", "who is 14", "was just 17 when", ", now 34,", "dies at 71"."""
    back = 2 if at.before().lower in {"just", "only", "now", "still", "already"} else 1
    verb, after = at.before(back), at.after()
    if (back == 2 and verb.text == after.text == ",") or (verb.lower == "at" and at.before(2).lower in _DEATHS):
        return True
    if verb.lower not in AGE_VERBS or (after.text in _HYPHENS and after.glued):
        return False
    if after.lower == "when" or (after.lower == "at" and at.after(2).lower == "time"):
        return True
    persons = {at.before(back + 1).lower, at.before(back + 2).lower}
    return bool(persons & PERSONS) and after.lower not in {"of", "to", "for", "percent", "at", "in"}


def _month_like(token: Token) -> bool:
    return token.lower in {"may", "june", "july"} or token.lower.endswith(("ber", "uary", "april", "march", "august"))


def _is_the_model(at: Setting) -> bool:
    """As in "the 486 is": a verb in the singular shows that one thing of that name is meant."""
    return at.whole >= 100 and at.before().lower == "the" and at.after().lower in {"is", "was", "has", "will"}


def _leads_a_name(at: Setting) -> bool:
    """As in "the 12 Pro Max": bare digits between an article or "and" and a capitalised word that nothing counts."""
    after = at.after()
    return (
        at.before().lower in {"the", "a", "an", "and", "or", "new", "its"}
        and after.kind is Kind.WORD
        and after.text.istitle()
        and not after.glued
        and after.lower not in STOP
        and after.lower not in VERBS
    )


def _is_model(made: Draft, at: Setting) -> bool:
    """As in "the 80486 microprocessor", "a 757 jet": bare digits after an article, before a singular."""
    noun = made.noun
    if at.bare and at.whole in _AIRLINERS and at.after().lower in _AIRLINER_NOUNS:
        return True
    if noun is None and at.bare and (_leads_a_name(at) or _is_the_model(at)):
        return True
    if noun is None or noun.tied or noun.plural or not at.bare or at.whole < 100:
        return False
    return at.before().lower in {"the", "a", "an"} and noun.head not in _MEASURE_NOUNS


def _is_idiom(made: Draft, at: Setting) -> bool:
    """As in "the top 10", "split in two", "4K video", "twenty-something", "fifty-fifty"."""
    before, after = at.before(), at.after()
    if made.numeral.form is Form.VAGUE:
        return at.tokens[at.stop - 1].lower == "scores" and after.lower not in {"of", "more"} and made.noun is None
    if before.lower in _RANKS and (made.noun is None or not (made.noun.plural or made.noun.tied)):
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
        return at.after(1).lower not in {"odd", "time"} or at.numeral.low == 1
    if before.text in _HYPHENS and before.glued and at.tokens[at.first].glued:
        return (
            at.before(2).kind is Kind.WORD
            and at.before(2).lower not in {"minus", "to", "mid", "plus", "the"}
            and at.numeral.form is Form.WORDS
        )
    return before.lower == "in" and at.whole == 2 and made.noun is None and not at.bare
