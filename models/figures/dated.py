"""Tells days of the month, years and clock times from quantities."""

from __future__ import annotations

from models.figures.context_table import CLOCK_AFTER, MONTHS
from models.figures.nouns import is_plural
from models.figures.numeral import Form
from models.figures.setting import Setting, countable
from models.tokens import Kind, Token

_AFTER_HOURS = frozenset(
    {"on", "this", "today", "yesterday", "last", "local", "hours", "hrs", "when", "and", "by", "as"}
)
_YEARS = range(1900, 2100)
_OLD_YEARS = range(1100, 1900)


def is_date(at: Setting) -> bool:
    """Whether the numeral is a day of a month, a year, or a clock time."""
    if at.numeral.form is Form.WORDS:
        return at.after().lower in {"a.m.", "p.m.", "o'clock", "o’clock"}
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
    if before.lower in {"the", "of"} and after.lower == "of" and _month(later):
        return True
    return _month(after) and after.text not in {"may", "march"}


def _month(token: Token) -> bool:
    return token.lower in MONTHS


def _is_clock(at: Setting) -> bool:
    after = at.after()
    if after.lower in CLOCK_AFTER and at.numeral.low < 2400:
        return not (after.lower in {"am", "pm", "ist", "et", "est"} and after.text.istitle())
    if _is_military(at):
        return True
    if at.bare and at.whole <= 12 and at.before().lower == "at":
        return after.kind is not Kind.WORD and after.text not in {"%", "°", "-", "–"}
    return False


def _is_military(at: Setting) -> bool:
    """As in "at 2100 on 15 January", "at approximately 1845 (local time)": hours and minutes without a colon."""
    lead = at.before(2) if at.before().lower in {"about", "approximately", "around", "exactly"} else at.before()
    if not at.bare or len(at.tokens[at.first].text) != 4 or lead.lower != "at":
        return False
    hours, minutes = divmod(at.whole, 100)
    after = at.after()
    ends = after.kind is not Kind.WORD or after.lower in _AFTER_HOURS
    return hours < 24 and minutes < 60 and minutes % 5 == 0 and ends and after.text not in {"%", "°", "-"}


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
        or not later.text.isdecimal()
        or later.text == at.tokens[at.first].text
    ):
        return False
    return countable(at.after(2)) and not _decade(later)


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
