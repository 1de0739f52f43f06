"""Finds the day a text gives as its own: in a line that is nothing but a date, or before the dash of a wire's first line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?=\D|$)",
        rf"\b{_MONTH}\s+{_DAY}\b(?:,?\s+{_YEAR}\b)?",
        rf"\b{_DAY}(?:\s+of)?[\s-]+{_MONTH}(?:,?[\s-]+{_YEAR}\b)?",
        rf"(?<!\d)(?P<first>[0-3]?\d)(?P<sign>[-/.])(?P<second>[0-3]?\d)(?P=sign){_YEAR}\b",
    )
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_ZONE = r"(?:[ECMP][SD]?T|UTC|GMT|BST|CES?T|EES?T|MSK|IST|JST|AES?T|Z|Eastern|Central|Pacific|local time|(?:UTC|GMT)?\s?[+-]\d{1,2}:?\d{0,2})"
_CLOCK = r"(?:T|at\s+)?\d{1,2}(?:[:.h]\d\d){1,2}(?:\.\d+)?(?:\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?"
_LABEL = r"(?:first\s+|last\s+|originally\s+)?(?:published|updated|posted|modified|created|released|filed|issued|printed|date)(?:\s+(?:on|at))?"
_FILLING = re.compile(
    rf"\b{_LABEL}\b\s*:?|\b{_WEEKDAY}\b\.?|(?<![\w.]){_CLOCK}(?:\s*\(?{_ZONE}\b\)?)?(?!\w)|\b{_ZONE}\b|\b\d+\s*[- ]?\s*min(?:ute)?s?(?:\s+read)?\b|\bfor immediate release\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:by|from|author|written by|reported by)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:staff|writer|reporter|correspondent|editor|bureau|desk|news|agency|press|contributor|service|office|affairs)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SMALL = frozenset({"of", "the", "and", "by", "for", "in", "on", "at", "de", "al", "el", "von", "van", "bin"})
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_APART = re.compile(r"[^\W\d]\W*[,|•·:–—]|\s-\s")
_HOUR_STOP = re.compile(r"[ap]\.m\.$", re.IGNORECASE)
_MAX_LINE = 120
_MAX_PLACE_WORDS = 3
_MAX_BYLINE_WORDS = 9
_NOT_PLACES = frozenset(
    [
        "NATO",
        "NASA",
        "UNICEF",
        "UNHCR",
        "OPEC",
        "IAEA",
        "FBI",
        "CIA",
        "WHO",
        "IMF",
        "OCHA",
        "ASEAN",
        "OSCE",
        "FEMA",
        "NOAA",
        "USAID",
        "FIFA",
        "UEFA",
        "COVID",
    ]
)
_INLINE = re.compile(
    r"""
    (?P<place>[^\W\d_][^\W\d_.'’-]*(?:[ .'’/-]{1,2}[^\W\d_]+){0,4}\.?)     # KYIV   WASHINGTON   UNITED NATIONS   Beirut
    (?P<region>,\s(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})?  # , Ukraine
    (?:,?\s(?P<date>[^—–()-]{3,30}?))??
    (?:\s\((?P<agency>[A-Z][^()\n]{1,40})\))?
    \s?(?:—|–|--|\s-)\s?
    (?=["“‘'(]?[^\W_])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that gives a date: the day, and whether the line says nothing else worth keeping."""

    day: date | None
    bare: bool


def _day_of(match: re.Match[str], published: date) -> date | None:
    """The day a match names: the year of publication where it has none; None for a day after tomorrow, or no day at all."""
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        orders = [(second, first)] if parts["sign"] == "." else [(first, second), (second, first)]
    else:
        month = parts["month"].lower()
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
        orders = [(number, int(parts["day"]))]
    latest = published + timedelta(days=1)
    years = [year] if year is not None else [published.year + 1, published.year, published.year - 1]
    days = []
    for candidate in years:
        for month_number, day in orders:
            try:
                found = date(candidate, month_number, day)
            except ValueError:
                continue
            if found <= latest:
                days.append(found)
    return max(days, default=None)


def read_date_line(line: str, published: date) -> DateLine | None:
    """Read a line that stands for a date, with or without a label, a weekday, a time, an author or a place.

    Args:
        line: One line.
        published: The day of publication, for a date without a year and to refuse what lies after the day after it.

    Returns:
        None where the line is something else; ``day`` is None where the date cannot be the text's own.
    """
    if len(line) > _MAX_LINE or not any(char.isdigit() for char in line):
        return None
    days: list[date | None] = []
    rest = line
    for pattern in _DATES:
        found = list(pattern.finditer(rest))
        days += [_day_of(match, published) for match in found]
        rest = pattern.sub(" ", rest)
    stamped = bool(days)
    rest = _FILLING.sub(" ", rest)
    if any(char.isdigit() for char in rest):
        return None
    words = [word for word in _WORD.findall(rest) if word.lower() not in _SMALL]
    if not stamped:
        return DateLine(None, bare=True) if not words else None
    day = next((day for day in days if day is not None), None)
    if not words:
        return DateLine(day, bare=not line.endswith(".") or bool(_HOUR_STOP.search(line)))
    return DateLine(day, bare=True) if _dated_in_full(line) and _names_alone(line, rest, words) else None


def _dated_in_full(line: str) -> bool:
    """Whether a date among other words has a year, or stands apart from them: "Record April 10" is no dateline."""
    return bool(_ANY_YEAR.search(line)) or bool(_APART.search(line))


def _names_alone(line: str, rest: str, words: Sequence[str]) -> bool:
    """Whether the words beside a date name a place, an agency or an author, and say nothing."""
    if line.endswith((".", "!", "?")) or any(not word[0].isupper() for word in words if not _ROLE.fullmatch(word)):
        return False
    author = _BYLINE.match(line.strip(" |•·-–—(")) or _ROLE.search(rest)
    return len(words) <= (_MAX_BYLINE_WORDS if author else _MAX_PLACE_WORDS)


def cut_dateline(text: str, published: date) -> tuple[str, date | None]:
    """Leave out the place, date and agency with which a wire's first line begins ("KYIV, July 26 (Wire) —").

    Returns:
        The text from its first word on, and the day the dateline names, where it names one.
    """
    match = _INLINE.match(text, 0, _MAX_LINE)
    if match is None:
        return text, None
    place, agency, when = match["place"], match["agency"], match["date"]
    day = None
    dated = False
    if when is not None:
        found = next((hit for hit in (pattern.search(when) for pattern in _DATES) if hit is not None), None)
        rest = _FILLING.sub(" ", when.replace(found.group(), " ")) if found else when
        if _WORD.search(rest):
            return text, None
        dated = found is not None
        day = _day_of(found, published) if found else None
    following = text[match.end() :].lstrip("\"“‘'(")[:1]
    capitals = place.isupper() and len(place) > 2 and place.strip(".") not in _NOT_PLACES and not following.islower()
    titled = place[0].isupper() and (dated or agency is not None)
    return (text[match.end() :], day) if capitals or titled else (text, None)
