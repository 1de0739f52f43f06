"""Key figures in one line each: what, how much, as of when, and how it moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.catalogue import Words, message
from bot.press.numbers import amount_text, is_vague, qualified
from bot.press.text import capital, in_marks, one_line, shortened
from bot.press.times import period_text
from bot.press.units import PARTICIPLES, measured
from models.api import (
    Change,
    FigureKind,
    KeyFigure,
    Period,
    Qualifier,
    Range,
    Status,
    Trend,
    Value,
)

STATUS = {
    # L10n: what a figure is, in brackets behind it: not yet so, but planned
    Status.PLANNED: message("planned"),
    # L10n: somebody says so, and nobody else confirms it
    Status.CLAIMED: message("claimed"),
    # L10n: the most that is allowed or meant, not the number there is
    Status.CEILING: message("a ceiling"),
    # L10n: the number there was before, not the one there is
    Status.FORMER: message("a former figure"),
}
"""What is said of a figure that is not simply so."""
_BY_FROM = {
    # L10n: how a figure moved, in brackets behind it; {amount} and {before} are numbers, often with a qualifier and a unit: "about 12%",
    # "at least 3 kilometres". Choose words that leave them as they are, such as "growth: {amount}; was {before}".
    Trend.UP: message("up by {amount} from {before}"),
    Trend.DOWN: message("down by {amount} from {before}"),
    None: message("changed by {amount} from {before}"),
}
_BY = {
    Trend.UP: message("up by {amount}"),
    Trend.DOWN: message("down by {amount}"),
    None: message("changed by {amount}"),
}
_FROM = {
    # L10n: {before} is the number before, as it stands by itself
    Trend.UP: message("up from {before}"),
    Trend.DOWN: message("down from {before}"),
    None: message("changed from {before}"),
}
_KIND_OF_CHANGE = {
    # L10n: in brackets behind a figure that is itself the change: "Orders: 38% (a decrease)"
    Trend.UP: message("an increase"),
    Trend.DOWN: message("a decrease"),
}
LONGEST_PHRASE = 160
SMALL_WORDS = frozenset({"The", "A", "An", "Its", "Their", "His", "Her", "Some", "Two", "Three", "Several", "Local"})
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


def _change_text(change: Change, figure: KeyFigure, words: Words) -> str:
    """As in "down from about 3,000", "up by 12%"; nothing where the source does not say from what or by how much."""
    if change.by == figure.value and change.origin is None:
        # The figure is the change itself: "a fall of 38%".
        said = figure.label.lower().split(maxsplit=1)[:1]
        return words(_KIND_OF_CHANGE[change.trend]) if change.trend and not _STEPS & set(said) else ""
    unit = figure.unit if figure.kind in {FigureKind.MONEY, FigureKind.PERCENT} else None
    amount = before = ""
    if change.by is not None:
        if change.by_percent:
            amount = amount_text(change.by, FigureKind.PERCENT, "percent", words)
        elif figure.kind is FigureKind.PERCENT:
            amount = amount_text(change.by, FigureKind.MEASURE, "percentage point", words)
        else:
            amount = amount_text(change.by, figure.kind, unit, words)
        amount = qualified(amount, change.by_qualifier, figure.kind, words)
    if change.origin is not None:
        before = amount_text(change.origin, figure.kind, unit, words)
        before = qualified(before, change.origin_qualifier, figure.kind, words)
    if not amount and not before:
        return ""
    phrases = _BY_FROM if amount and before else _BY if amount else _FROM
    return words(phrases[change.trend], amount=amount, before=before)


def _label_says(unit: str, label: str) -> bool:
    """Whether the label names the unit, so that the number needs none."""
    words = {word.rstrip("s") for word in re.findall(r"[^\W\d_]+", label.lower())}
    return bool(words) and all(word.rstrip("s") in words for word in unit.lower().split()[-1:])


def _value_text(figure: KeyFigure, label: str, words: Words) -> str:
    """The value with its qualifier; a vague word stays the word it is, with the range it stands for."""
    unit = figure.unit
    unsaid = figure.kind in {FigureKind.TROOPS, FigureKind.CASUALTIES, FigureKind.COUNT}
    if unit == "magnitude" and _label_says(unit, label):
        unit = None
    if unit == "killed" and _DEATHS & set(label.lower().split()):
        unit = None
    if unsaid and unit is not None and (_label_says(unit, label) or (bool(label) and unit in _UNITS_SAID)):
        unit = None
    if not is_vague(figure):
        return qualified(amount_text(figure.value, figure.kind, unit, words), figure.qualifier, figure.kind, words)
    said = one_line(figure.surface).lower()
    said = said if words.language == "en" else in_marks(said, words)
    counted = measured(said, figure.value, unit, words) if unit in PARTICIPLES else said
    amount = f"{counted} ({amount_text(figure.value, figure.kind, None, words)})"
    return qualified(amount, figure.qualifier, figure.kind, words)


def label_text(figure: KeyFigure) -> str:
    """What a figure counts, as the beginning of a line; empty where nobody knows."""
    return capital(one_line(figure.label))


def value_text(figure: KeyFigure, words: Words) -> str:
    """As in "about 2,500", "at least 41 killed": without what the label says anyway."""
    return _value_text(figure, label_text(figure), words)


def spread_text(figures: Sequence[KeyFigure], words: Words) -> str:
    """As in "120 to 134 killed", from the lowest to the highest of several figures of one kind and unit."""
    low = min(_low(figure) for figure in figures)
    high = max(figure.value.high if isinstance(figure.value, Range) else figure.value for figure in figures)
    value: Value = low if low == high else Range(low=low, high=high)
    plain = replace(figures[0], value=value, qualifier=Qualifier.EXACT, surface=str(low))
    return value_text(plain, words)


def _low(figure: KeyFigure) -> Decimal:
    return figure.value.low if isinstance(figure.value, Range) else figure.value


def figure_text(figure: KeyFigure, words: Words, *, was: KeyFigure | None = None, corrected: bool = False) -> str:
    """As in "US troops in Iraq: about 2,500, as of January 2021 (down from about 3,000)".

    Args:
        figure: The figure.
        words: The reader's.
        was: What the reader was told before, as in "about 2,500 (was about 3,000)"; what the source says of the change
            is left out then.
        corrected: Whether the former value was wrong: "134 (corrected from 120)".
    """
    label = label_text(figure)
    line = (f"{label}: " if label else "") + _value_text(figure, label, words)
    if was is not None:
        before = _value_text(was, label, words)
        line += f" ({_corrected_text(before, words) if corrected else was_text(before, words)})"
    if figure.as_of is not None:
        line += f", {as_of_text(figure, figure.as_of, words)}"
    notes = _notes(figure, label, words, changed=was is not None)
    return f"{line} ({notes})" if notes else line


def _notes(figure: KeyFigure, label: str, words: Words, *, changed: bool) -> str:
    # The date says of these two what the word would say.
    dated = figure.as_of is not None and figure.status in {Status.PLANNED, Status.FORMER}
    notes = ["" if dated else words(STATUS.get(figure.status, ""))]
    if figure.change is not None and not changed:
        notes.append(_change_text(figure.change, figure, words))
    notes.append(_attribution_text(figure.attribution or "", label, words))
    return "; ".join(filter(None, notes))


def was_text(before: str, words: Words) -> str:
    """What a figure was before."""
    # L10n: {value} is the number that was told before, as it stands by itself, or a date: "134 (was 120)"
    return words("was {value}", value=before)


def _corrected_text(before: str, words: Words) -> str:
    # L10n: {value} is the wrong number that was told before, as it stands by itself: "134 (corrected from 120)"
    return words("corrected from {value}", value=before)


def as_of_text(figure: KeyFigure, as_of: Period, words: Words) -> str:
    """Of when a figure speaks, as in "as of January 2021"; what is planned for a day is not the case as of that day."""
    when = period_text(as_of, words)
    if figure.status is Status.PLANNED:
        # L10n: {date} is a day, month, quarter, season, year or week in its basic form; choose words that leave it so
        return words("planned for {date}", date=when)
    # L10n: {date} is a day, month, quarter, season, year or week in its basic form: "2,500, as of January 2021", "as of summer 2021";
    # choose words that leave it so
    return words("as of {date}", date=when)


def _attribution_text(attribution: str, label: str, words: Words) -> str:
    """As in "according to the ministry"; nothing where the label names who says so."""
    who = shortened(one_line(attribution), LONGEST_PHRASE)
    told = re.sub(r"^(the|an?|its|their) ", "", who.lower())
    if not who or label.lower().startswith(who.lower()) or re.search(rf"\b{re.escape(told)}\b", label.lower()):
        return ""
    first, _, rest = who.partition(" ")
    if who in _WITH_ARTICLE:
        who = f"the {who}"
    elif first in SMALL_WORDS:
        who = f"{first.lower()} {rest}".rstrip()
    # L10n: {who} is as the article has it, in the article's language
    return words("according to {who}", who=who)
