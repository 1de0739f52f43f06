"""Key figures and deadlines in one line each: what, how much or when, as of when, and how it moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.press.numbers import PARTICIPLES, amount_text, is_vague, qualifier_text
from bot.press.text import one_line, shortened
from bot.press.times import period_text
from models.api import (
    Bond,
    Change,
    Deadline,
    FigureKind,
    KeyFigure,
    Period,
    Qualifier,
    Range,
    Status,
    Trend,
    Value,
)

__all__ = ["deadline_text", "figure_text", "label_text", "period_text", "spread_text", "value_text"]

_STATUS = {
    Status.ACTUAL: "",
    Status.PLANNED: "planned",
    Status.CLAIMED: "claimed",
    Status.CEILING: "a ceiling",
    Status.FORMER: "a former figure",
}
_TREND = {Trend.UP: "up", Trend.DOWN: "down"}
_KIND_OF_CHANGE = {Trend.UP: "an increase", Trend.DOWN: "a decrease"}
_WORDS = re.compile(r"[^\W\d_]{4,}")
_LONGEST_PHRASE = 160
_SMALL_WORDS = frozenset({"The", "A", "An", "Its", "Their", "His", "Her", "Some", "Two", "Three", "Several", "Local"})
_WITH_ARTICLE = frozenset(
    {
        "United Nations",
        "UN",
        "European Union",
        "EU",
        "United States",
        "US",
        "Red Cross",
        "White House",
        "Pentagon",
        "Kremlin",
    }
)
_STEPS = {
    "rise",
    "fall",
    "growth",
    "increase",
    "decrease",
    "jump",
    "drop",
    "decline",
    "gain",
    "loss",
    "cut",
    "reduction",
}
_DEATHS = {"deaths", "died", "drowned", "dead"}
_UNITS_SAID = {"soldier", "troop", "troops", "personnel", "person", "people"}


def _change_text(change: Change, figure: KeyFigure, locale: str) -> str:
    """As in "down from about 3,000", "up by 12%"; nothing where the source does not say from what or by how much."""
    direction = _TREND[change.trend] if change.trend else "changed"
    unit = figure.unit if figure.kind in {FigureKind.MONEY, FigureKind.PERCENT} else None
    parts = []
    if change.by == figure.value and change.origin is None:
        # The figure is the change itself: "a fall of 38%".
        said = figure.label.lower().split(maxsplit=1)[:1]
        return _KIND_OF_CHANGE[change.trend] if change.trend and not _STEPS & set(said) else ""
    if change.by is not None:
        if change.by_percent:
            by = amount_text(change.by, FigureKind.PERCENT, "percent", locale)
        elif figure.kind is FigureKind.PERCENT:
            by = amount_text(change.by, FigureKind.MEASURE, "percentage point", locale)
        else:
            by = amount_text(change.by, figure.kind, unit, locale)
        parts.append(f"by {qualifier_text(change.by_qualifier, figure.kind)}{by}")
    if change.origin is not None:
        bound = qualifier_text(change.origin_qualifier, figure.kind)
        parts.append(f"from {bound}{amount_text(change.origin, figure.kind, unit, locale)}")
    return f"{direction} {' '.join(parts)}" if parts else ""


def _label_says(unit: str, label: str) -> bool:
    """Whether the label names the unit, so that the number needs none."""
    words = {word.rstrip("s") for word in re.findall(r"[^\W\d_]+", label.lower())}
    return bool(words) and all(word.rstrip("s") in words for word in unit.lower().split()[-1:])


def _value_text(figure: KeyFigure, label: str, locale: str) -> str:
    """The value with its qualifier; a vague word stays the word it is, with the range it stands for."""
    unit = figure.unit
    unsaid = figure.kind in {FigureKind.TROOPS, FigureKind.CASUALTIES, FigureKind.COUNT}
    if unit == "magnitude" and _label_says(unit, label):
        unit = None
    if unit == "killed" and _DEATHS & set(label.lower().split()):
        unit = None
    if unsaid and unit is not None and (_label_says(unit, label) or (bool(label) and unit in _UNITS_SAID)):
        unit = None
    bound = qualifier_text(figure.qualifier, figure.kind)
    if is_vague(figure):
        counted = f" {unit}" if unit in PARTICIPLES else ""
        return f"{bound}{one_line(figure.surface).lower()}{counted} ({amount_text(figure.value, figure.kind, None, locale)})"
    return bound + amount_text(figure.value, figure.kind, unit, locale)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def label_text(figure: KeyFigure) -> str:
    """What a figure counts, as the beginning of a line; empty where nobody knows."""
    return _capital(one_line(figure.label))


def value_text(figure: KeyFigure, *, locale: str = "en") -> str:
    """As in "about 2,500", "at least 41 killed": without what the label says anyway."""
    return _value_text(figure, label_text(figure), locale)


def spread_text(figures: Sequence[KeyFigure], *, locale: str = "en") -> str:
    """As in "120 to 134 killed", from the lowest to the highest of several figures of one kind and unit."""
    low = min(_low(figure) for figure in figures)
    high = max(figure.value.high if isinstance(figure.value, Range) else figure.value for figure in figures)
    value: Value = low if low == high else Range(low=low, high=high)
    plain = replace(figures[0], value=value, qualifier=Qualifier.EXACT, surface=str(low))
    return value_text(plain, locale=locale)


def _low(figure: KeyFigure) -> Decimal:
    return figure.value.low if isinstance(figure.value, Range) else figure.value


def figure_text(figure: KeyFigure, *, was: KeyFigure | None = None, corrected: bool = False, locale: str = "en") -> str:
    """As in "US troops in Iraq: about 2,500, as of January 2021 (down from about 3,000)".

    Args:
        figure: The figure.
        was: What the reader was told before, as in "about 2,500 (was about 3,000)"; what the source says of the change
            is left out then.
        corrected: Whether the former value was wrong: "134 (corrected from 120)".
        locale: For the form of numbers and dates.
    """
    label = label_text(figure)
    # The date says of these two what the word would say.
    dated = figure.as_of is not None and figure.status in {Status.PLANNED, Status.FORMER}
    notes = ["" if dated else _STATUS[figure.status]]
    if figure.change is not None and was is None:
        notes.append(_change_text(figure.change, figure, locale))
    notes.append(_attribution_text(figure.attribution or "", label))
    noted = "; ".join(filter(None, notes))
    line = (f"{label}: " if label else "") + _value_text(figure, label, locale)
    if was is not None:
        line += f" ({'corrected from' if corrected else 'was'} {_value_text(was, label, locale)})"
    if figure.as_of is not None:
        # What is planned for a day is not the case as of that day.
        when = "planned for" if figure.status is Status.PLANNED else "as of"
        line += f", {when} {period_text(figure.as_of, locale)}"
    return f"{line} ({noted})" if noted else line


def _attribution_text(attribution: str, label: str) -> str:
    """As in "according to the ministry"; nothing where the label names who says so."""
    who = shortened(one_line(attribution), _LONGEST_PHRASE)
    told = re.sub(r"^(the|an?|its|their) ", "", who.lower())
    if not who or label.lower().startswith(who.lower()) or re.search(rf"\b{re.escape(told)}\b", label.lower()):
        return ""
    if who in _WITH_ARTICLE:
        return f"according to the {who}"
    first, _, rest = who.partition(" ")
    return f"according to {first.lower() if first in _SMALL_WORDS else first} {rest}".rstrip()


def quoted(sentence: str) -> str:
    """A source sentence on one line, in quotation marks unless it has its own."""
    line = one_line(sentence)
    return line if any(mark in line for mark in '“”"«»') else f"“{line}”"


def _adds(who: str, what: str) -> bool:
    """Whether it must be said who is bound: by name, where the matter names nobody and has no word in common."""
    told = any(word[:1].isupper() for word in who.split() if word not in _SMALL_WORDS) or what[:1].islower()
    named = any(word.lstrip("(")[:1].isupper() for word in what.split()[1:])
    words = {word.lower() for word in _WORDS.findall(who)}
    return bool(who and what) and told and not named and words.isdisjoint(word.lower() for word in _WORDS.findall(what))


def _when(deadline: Deadline, locale: str) -> str:
    """As in "By 31 December 2021", "October 2021"."""
    due = period_text(deadline.due, locale)
    if deadline.bond is Bond.EVENT or deadline.qualifier in {"on", "in", "at", ""}:
        return _capital(due)
    return f"{_capital(one_line(deadline.qualifier))} {due}"


def deadline_text(
    deadline: Deadline,
    *,
    locale: str = "en",
    today: date | None = None,
    moved_from: Period | None = None,
    withdrawn: bool = False,
) -> str:
    """As in "By 31 December 2021: US combat role in Iraq ends", "October 2021: elections in Iraq".

    Args:
        deadline: The deadline or event.
        locale: For the form of dates.
        today: Where given, a date that lies before it is said to have passed.
        moved_from: The day it was due before: "By 31 March 2026 (moved from 15 January 2026): ...".
        withdrawn: Whether it holds no more.
    """
    who, what = (shortened(one_line(part), _LONGEST_PHRASE) for part in (deadline.who or "", deadline.what))
    if _adds(who, what):
        what = f"{what} ({who})"
    moved = f" (moved from {period_text(moved_from, locale)})" if moved_from is not None else ""
    line = f"{_when(deadline, locale)}{moved}: {what or who}"
    if withdrawn:
        return f"{line} (withdrawn)"
    return f"{line} (passed)" if today is not None and deadline.due.end < today else line
