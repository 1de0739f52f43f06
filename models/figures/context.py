"""Decides which numbers of a text are no quantities: dates, clock times, names, ordinals, scores, telephone numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from models.figures.context_table import (
    ALWAYS_NAMES,
    CLOCK_AFTER,
    DESIGNATORS,
    MONTHS,
    ONE_AFTER,
    ONE_BEFORE,
    STREETS,
)
from models.figures.lexicon import STOP, VERBS
from models.figures.nouns import is_plural
from models.figures.number_table import SMALL
from models.figures.numerals import Form, Numeral
from models.tokens import Kind, Token

_HYPHENS: Final = frozenset("-‐‑–")
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th", "s", "ers", "’s", "'s", "x", "am", "pm", "nds", "ths"})
_NAME_SUFFIX: Final = frozenset({"g", "d", "p", "e", "fa", "h"})
_QUOTES: Final = frozenset("'’‘")
_NONE = Token("", "", 0, 0, Kind.SIGN, glued=False)
_YEARS = range(1900, 2100)
_OLD_YEARS = range(1100, 1900)


class Setting:
    """The tokens around one numeral."""

    __slots__ = ("first", "numeral", "stop", "text", "tokens")

    def __init__(self, tokens: Sequence[Token], numeral: Numeral, text: str) -> None:
        self.tokens = tokens
        self.numeral = numeral
        self.first = numeral.first
        self.stop = numeral.stop
        self.text = text

    def before(self, back: int = 1) -> Token:
        """The ``back``-th token before the numeral; an empty one at the text's start."""
        j = self.first - back
        return self.tokens[j] if j >= 0 else _NONE

    def after(self, ahead: int = 0) -> Token:
        """The token ``ahead`` of the numeral's end; an empty one at the text's end."""
        j = self.stop + ahead
        return self.tokens[j] if j < len(self.tokens) else _NONE

    @property
    def bare(self) -> bool:
        """Whether the numeral is a single token of digits without point, comma or scale."""
        return self.stop == self.first + 1 and self.tokens[self.first].text.isdecimal()

    @property
    def whole(self) -> int:
        """The value as an integer, -1 where it is none."""
        low = self.numeral.low
        return int(low) if low < Decimal(10**9) and low == low.to_integral_value() else -1


def is_embedded(at: Setting) -> bool:
    """Whether the digits are part of a longer token: a name, an ordinal, an identifier, a date with slashes, a time."""
    if at.numeral.form is not Form.DIGITS:
        return False
    return _glued_before(at) or _glued_after(at)


def is_clock_like(at: Setting) -> bool:
    """Whether a colon and digits are written against the number, which no currency before it excuses."""
    after, later = at.after(), at.after(1)
    return (
        at.numeral.form is Form.DIGITS
        and after.text == ":"
        and after.glued
        and later.glued
        and later.kind is Kind.NUMBER
    )


def _glued_before(at: Setting) -> bool:
    if not at.tokens[at.first].glued:
        return _split_covid(at)
    before, earlier = at.before(), at.before(2)
    if before.kind is Kind.WORD:
        return True
    if before.text in _HYPHENS:
        return (
            before.glued
            and earlier.kind is Kind.WORD
            and earlier.lower not in {"minus", "to", "magnitude", "m", "plus"}
        )
    if before.text in {":", "/", "."}:
        return before.glued and (earlier.kind is not Kind.SIGN or before.text == "/")
    return before.text in {"#", "@", "_", "№", "\\", "=", "&"} and not (before.text == "=" and earlier.text == "Y")


def _split_covid(at: Setting) -> bool:
    return False if not at.bare else at.before().lower in {"covid", "sars-cov"}


def _glued_after(at: Setting) -> bool:
    after, later = at.after(), at.after(1)
    if not after.glued:
        return after.kind is Kind.WORD and after.lower in CLOCK_AFTER and at.numeral.low < 2400
    if after.kind is Kind.WORD:
        lower = after.lower
        return lower in _ORDINALS or (
            after.text in {"G", "D", "p", "K", "x", "X", "A", "B", "Q", "H"} and at.bare and at.stop == at.first + 1
        )
    if after.text in {":", "/", "_", "@"}:
        return later.glued and (later.kind is Kind.NUMBER or after.text in "_@")
    if after.text in _QUOTES:
        return later.glued and later.lower == "s"
    return False


def is_date(at: Setting) -> bool:
    """Whether the numeral is a day of a month, a year, or a clock time."""
    if at.numeral.form is not Form.DIGITS or at.numeral.scale != 1:
        return False
    return _is_day(at) or _is_clock(at) or _is_year(at)


def _is_day(at: Setting) -> bool:
    if not at.bare or not 1 <= at.whole <= 31:
        return False
    before, earlier, after, later = at.before(), at.before(2), at.after(), at.after(1)
    if _month(before) and not at.tokens[at.first].glued and before.text not in {"may", "march"}:
        return True
    if before.text == "." and before.glued and _month(earlier):
        return True
    if before.lower in {"the", "of"} and after.lower in {"of"} and _month(later):
        return True
    return _month(after) and after.text not in {"may", "march"}


def _month(token: Token) -> bool:
    return token.lower in MONTHS


def _is_clock(at: Setting) -> bool:
    after = at.after()
    if after.lower in CLOCK_AFTER and at.numeral.low < 2400:
        return not (after.lower in {"am", "pm", "ist", "et", "est"} and after.text.istitle())
    if at.bare and at.whole <= 12 and at.before().lower == "at":
        return after.kind is not Kind.WORD and after.text not in {"%", "°", "-", "–"}
    return False


def _is_year(at: Setting) -> bool:
    """Four bare digits that stand where years stand."""
    if not at.bare or at.tokens[at.first].end - at.tokens[at.first].start != 4:
        return False
    year, before, after = at.whole, at.before(), at.after()
    if _first_of_a_count(at):
        return False
    if year in _YEARS:
        return not _counted_like(at, year)
    if year in _OLD_YEARS or year in {2100, 2150, 2200}:
        return (
            before.lower in {"in", "since", "until", "between", "circa", "from", "by", "year"} or _month(before)
        ) and not is_plural(after.lower, after.text)
    return False


def _first_of_a_count(at: Setting) -> bool:
    """As in "from 1200 to 1500 jobs": the plural after the second number is counted by both."""
    after, later = at.after(), at.after(1)
    if (
        after.lower not in {"to", "and", "-", "–"}
        or later.kind is not Kind.NUMBER
        or later.text == at.tokens[at.first].text
    ):
        return False
    return _countable(at.after(2)) and not _decade(later)


def _decade(token: Token) -> bool:
    return token.text.isdecimal() and len(token.text) == 4 and int(token.text) in _YEARS and token.text != "2000"


def _counted_like(at: Setting, year: int) -> bool:
    """Whether a number like a year is a count: a bound stands before it and a plural after ("more than 2000 homes")."""
    before, after = at.before(), at.after()
    plural = after.kind is Kind.WORD and after.text.islower() and is_plural(after.lower, after.text)
    if before.text and before.kind is Kind.SIGN and before.glued is False and before.text in "$€£":
        return True
    if year == 2000 or before.lower in {"than", "least", "to", "about", "some", "nearly", "almost", "over"}:
        return plural and before.lower not in {"in", "since", "the"}
    return after.lower in {"people", "troops", "soldiers", "homes", "houses"} and before.lower not in {
        "in",
        "since",
        "the",
        "of",
    }


def is_name(at: Setting) -> bool:
    """Whether the number belongs to a name: "Resolution 1701", "Boeing 737", "S&P 500", "10 Downing Street"."""
    if at.numeral.form is Form.DIGITS:
        if not at.bare:
            return _versioned(at)
        return _designated(at) or _after_capital(at) or _address(at)
    return at.numeral.form is Form.WORDS and _worded_name(at)


def _versioned(at: Setting) -> bool:
    """As in "Windows 3.1", "iOS 17.2", "Section 4.2"."""
    return (
        at.stop == at.first + 1
        and "," not in at.tokens[at.first].text
        and at.before().lower in ALWAYS_NAMES
        and at.before().text != "no"
    )


def _designated(at: Setting) -> bool:
    before, after = at.before(), at.after()
    word = before.lower
    if before.text == "." and before.glued:
        word = at.before(2).lower + "."
    if word in ALWAYS_NAMES and before.text != "no":
        return not (word == "note" and before.text == "note")
    if word in DESIGNATORS and (before.text != word or not _countable(after)):
        return not (_countable(after) and before.text[:1].isupper() and at.first == 1)
    if (before.text == "&" and before.glued) or (at.whole == 911 and not _countable(after)):
        return True
    return word == "p" and at.before(2).text in {"S", "&"}


def _countable(after: Token) -> bool:
    """Whether a word may be what a number counts: a plural in lower case or a percent sign."""
    if after.kind is Kind.SIGN:
        return after.text in "%°" and after.text != ""
    return after.text.islower() and (
        is_plural(after.lower, after.text) or after.lower in {"percent", "per", "million", "billion"}
    )


def _after_capital(at: Setting) -> bool:
    """A bare number right after a capitalised word that neither begins the sentence nor is a verb or function word."""
    before, after = at.before(), at.after()
    if before.kind is not Kind.WORD or not before.text[:1].isupper() or at.whole > 9999:
        return False
    if before.lower in STOP or before.lower in VERBS or before.lower.endswith(("ly", "ing")):
        return False
    if at.first >= 2 and not before.glued and "\n" in at.text[before.end : at.tokens[at.first].start]:
        return False
    if _opens(at, 1) and not _opens(at, 2) and before.lower in _OPENERS:
        return False
    return not _countable(after) and after.lower not in STOP_AFTER_NAME


_OPENERS: Final = frozenset(
    {"another", "nearly", "only", "just", "total", "estimated", "killing", "roughly", "approximately", "exactly"}
)
STOP_AFTER_NAME: Final = frozenset(
    {
        "dead",
        "killed",
        "injured",
        "wounded",
        "missing",
        "people",
        "men",
        "women",
        "children",
        "percent",
        "million",
        "billion",
    }
)


def _opens(at: Setting, back: int) -> bool:
    """Whether the token ``back`` before opens a sentence."""
    j = at.first - back
    return j <= 0 or at.tokens[j - 1].text in {".", "!", "?", ":", ";", "“", '"'}


def _address(at: Setting) -> bool:
    if not at.after().text.istitle():
        return False
    return any(at.after(k).lower in STREETS and at.after(k).text.istitle() for k in range(1, 3))


_WORD_NAMES: Final = frozenset(
    [
        "formula",
        "force",
        "day",
        "number",
        "phase",
        "group",
        "channel",
        "chapter",
        "part",
        "category",
        "article",
        "world",
        "war",
        "type",
        "act",
        "square",
        "stage",
        "bbc",
        "radio",
        "one’s",
        "level",
        "game",
        "week",
        "round",
        "division",
        "league",
        "tier",
        "no",
    ]
)


def _worded_name(at: Setting) -> bool:
    """As in "Formula One", "number one", "day two", "Air Force One", and "one" as a pronoun."""
    before, after = at.before(), at.after()
    if before.lower in _WORD_NAMES and not is_plural(after.lower, after.text):
        return True
    first = at.tokens[at.first]
    if (
        first.text.istitle()
        and not _opens(at, 0)
        and after.text[:1].isupper()
        and before.text[:1].isupper() is False
        and at.numeral.low == 1
    ):
        return True
    if at.stop - at.first == 1 and at.numeral.low == 1:
        return _pronoun_one(at)
    if first.text.istitle() and not _opens(at, 0) and after.text.istitle() and not is_plural(after.lower, after.text):
        return True
    return before.lower == "group" or (before.lower == "of" and at.before(2).text == "Group")


def _pronoun_one(at: Setting) -> bool:
    before, after, later = at.before(), at.after(), at.after(1)
    if after.lower in {"to", "or", "and"} and (later.kind is Kind.NUMBER or later.lower in SMALL):
        return False
    if after.lower == "of":
        return before.lower in {"no", "any", "every", "the", "each", "which", "this", "only"} and before.lower != "only"
    if before.lower in ONE_BEFORE and not (before.lower in {"only", "the", "every"} and _noun_like(after)):
        return True
    if before.lower == "the" and after.lower in {"that", "who", "hand"}:
        return True
    if after.lower in ONE_AFTER:
        return not (after.lower == "day" and later.lower in {"of", "after", "before", "later"})
    if after.text in _HYPHENS and after.glued:
        return later.lower not in {
            "day",
            "week",
            "month",
            "year",
            "hour",
            "minute",
            "third",
            "quarter",
            "fifth",
            "half",
            "person",
            "man",
            "bedroom",
        }
    return not _noun_like(after) and not _casualty(at)


def _casualty(at: Setting) -> bool:
    """As in "one was killed", "leaving one dead", "one dead", "killed one and"."""
    ahead = {at.after(k).lower for k in range(3)}
    return bool(ahead & {"killed", "injured", "wounded", "dead", "died", "missing", "dies", "hurt", "arrested", "from"}) or at.before().lower in {
        "killed", "killing", "kills", "injured", "injuring", "wounding", "wounded", "least", "leaving",
    }  # fmt: skip


def _noun_like(token: Token) -> bool:
    return (
        token.kind is Kind.WORD
        and token.lower not in STOP
        and (token.lower not in VERBS or token.lower.endswith(("ed", "ing")))
    )


def is_noise(at: Setting) -> bool:
    """Telephone numbers, list markers, footnote marks, chains of hyphens."""
    if at.numeral.form is not Form.DIGITS:
        return False
    return _chain(at) or _list_marker(at)


def _chain(at: Setting) -> bool:
    """As in "555-0134", "1-800-555-0100", "2019-09-01", "+44 20 7946 0958"."""
    tokens, i = at.tokens, at.first
    digits = tokens[i].text
    if (
        digits.isdecimal()
        and digits[0] == "0"
        and len(digits) > 1
        and not (i and tokens[i].glued and tokens[i - 1].text == ".")
    ):
        return True  # 0134, 007
    if at.before().text == "+" and (at.after().kind is Kind.NUMBER or at.stop > i + 1):
        return True
    if not at.bare:
        return False
    parts, j = 1, i
    while (
        j + 2 < len(tokens)
        and parts < 4
        and tokens[j + 1].text in _HYPHENS
        and tokens[j + 1].glued
        and _digits(tokens[j + 2])
    ):
        parts, j = parts + 1, j + 2
    back = i
    while (
        back >= 2
        and parts < 4
        and tokens[back - 1].text in _HYPHENS
        and tokens[back].glued
        and tokens[back - 1].glued
        and _digits(tokens[back - 2])
    ):
        parts, back = parts + 1, back - 2
    if parts >= 3:
        return True
    return parts == 2 and len(tokens[back].text) == 3 and len(tokens[back + 2].text) == 4


def _digits(token: Token) -> bool:
    return token.kind is Kind.NUMBER and token.text.isdecimal()


def _list_marker(at: Setting) -> bool:
    """As in "1. Wash", "2) Rinse" at the start of a line; "[3]"."""
    before, after = at.before(), at.after()
    if before.text == "[" and after.text == "]":
        return True
    if not at.bare or len(at.tokens[at.first].text) > 2 or after.text not in {".", ")"} or not after.glued:
        return False
    start = at.tokens[at.first].start
    opens = at.first == 0 or "\n" in at.text[before.end : start]
    return opens and at.after(1).text != "" and not at.after(1).glued
