"""Compares units, qualifiers, labels and dates as the gold set means them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

DATE_KINDS: Final = frozenset({"deadline", "date"})
_STOP: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "from",
        "and",
        "or",
        "with",
        "as",
        "is",
        "are",
        "be",
        "was",
        "were",
        "its",
        "their",
    ]
)

_UNITS: Final = {
    "troops": "troop soldier personnel service-member force peacekeeper marine fighter serviceman reservist",
    "killed": "killed dead death fatality",
    "injured": "injured wounded injury hurt",
    "missing": "missing unaccounted",
    "people": "people person individual resident inhabitant civilian",
    "percent": "percent percentage",
    "votes": "vote ballot",
    "workers": "worker employee staff",
    "jobs": "job post",
    "tonne": "tonne ton",
}
_UNIT_OF: Final = {word: name for name, words in _UNITS.items() for word in words.split()}

_BOUNDS: Final = {"at least": "lower", "more than": "lower", "up to": "upper", "less than": "upper"}
_INCLUSIVE_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")

Days = tuple[date, date]


_IRREGULAR: Final = {"children": "child", "women": "woman", "men": "man"}


def singular(word: str) -> str:
    """The singular of a lower-case word, by its ending alone."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > len("ies") and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > len("gas") and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def content_words(text: str | None) -> frozenset[str]:
    """The words of a label that carry meaning, in the singular."""
    found = re.findall(r"[a-z0-9]+", (text or "").lower().replace("u.s.", "us").replace("u.n.", "un"))
    return frozenset(singular(word) for word in found if word not in _STOP)


def share(want: str | None, got: str | None) -> float:
    """The share of the content words of ``want`` that ``got`` has; 1 where there are none."""
    words = content_words(want)
    return len(words & content_words(got)) / len(words) if words else 1.0


def unit_name(unit: str | None) -> str:
    """A unit in the form in which two are compared: an ISO 4217 code, or the group of its last noun."""
    text = (unit or "").strip()
    if re.fullmatch(r"[A-Z]{3}", text):
        return text
    text = "-".join(text.lower().split())
    for word in (text, singular(text), singular(text.split("-")[-1])):
        if word in _UNIT_OF or word in _UNITS:
            return _UNIT_OF.get(word, word)
    return singular(text.split("-")[-1])


def same_unit(want: str | None, got: str | None) -> bool:
    """Whether the units agree; where the gold has none, any will do."""
    return want is None or unit_name(want) == unit_name(got)


def same_qualifier(want: str | None, got: str | None) -> bool:
    """Whether the bounds agree: "at least" and "more than" are one, "up to" and "less than" another."""
    return _BOUNDS.get(want or "exact", want or "exact") == _BOUNDS.get(got or "exact", got or "exact")


def days(text: str | None) -> Days | None:
    """First and last day of an ISO 8601 day, week, month, quarter, year or interval; None where it is none."""
    text = (text or "").split("T")[0]
    if "/" in text:
        first, last = (days(part) for part in text.split("/", 1))
        return (first[0], last[1]) if first and last else None
    try:
        return _plain_days(text)
    except ValueError:
        return None


def _plain_days(text: str) -> Days | None:
    if _INCLUSIVE_YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if match := _MONTH.fullmatch(text):
        return _months(int(match[1]), int(match[2]), int(match[2]))
    if match := _QUARTER.fullmatch(text):
        last = 3 * int(match[2])
        return _months(int(match[1]), last - 2, last)
    if match := _WEEK.fullmatch(text):
        year, week = int(match[1]), int(match[2])
        return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
    if match := _DAY.fullmatch(text):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    return None


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
