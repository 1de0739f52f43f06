"""A series of figures as text: the newest first, each value with its day, its sources, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from itertools import groupby

from bot.desk.ledger import Series, conflicts
from bot.desk.memory import Entry
from bot.press.figures import value_text
from bot.press.message import Keyboard, Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.press.times import day_text, period_text
from models.api import Status

MAX_LINES = 12
"""Values that are shown; the chart has the others."""
_MAX_SOURCES = 3
_MAX_LABEL = 120
_STATUS = {
    Status.ACTUAL: "",
    Status.PLANNED: "planned",
    Status.CLAIMED: "claimed",
    Status.CEILING: "a ceiling",
    Status.FORMER: "a former figure",
}


def render_series(series: Series, *, locale: str = "en", keyboard: Keyboard | None = None) -> Message:
    """Set a series.

    Args:
        series: With at least one entry. The same value of the same day is one line, whoever gave it.
        locale: For the form of numbers and dates.
        keyboard: The buttons under it.
    """
    text = TextBuilder().bold(series_title(series)).line()
    told = _told(series.entries)
    disputed = {id(entry) for pair in conflicts(series.entries) for entry in pair}
    for number, entries in enumerate(told[:MAX_LINES]):
        entry = entries[0]
        text.plain(f"• {value_text(entry.figure, locale=locale)}, {_when(entry, locale)}")
        before = told[number + 1][0] if number + 1 < len(told) else None
        notes = [_STATUS[entry.figure.status]]
        if any(id(one) in disputed for one in entries):
            notes.append("sources disagree")
        elif before is not None and before.figure.value != entry.figure.value:
            notes.append(f"was {value_text(before.figure, locale=locale)}")
        said = "; ".join(filter(None, notes))
        text.plain(f" ({said})" if said else "").plain(" — ")
        _sources(text, entries)
    earlier = len(told) - MAX_LINES
    if earlier > 0:
        text.line(f"{earlier} earlier {'value' if earlier == 1 else 'values'}")
    return text.message(keyboard)


def series_title(series: Series) -> str:
    """What a series counts, as a heading."""
    label = shortened(one_line(series.label), _MAX_LABEL) or series.kind.value
    return label[:1].upper() + label[1:]


def _told(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries by value and day, the newest first."""
    ordered = sorted(entries, key=_age, reverse=True)
    groups = groupby(
        ordered, key=lambda one: (one.figure.as_of or one.published.date(), one.figure.value, one.figure.qualifier)
    )
    return [list(group) for _, group in groups]


def _age(entry: Entry) -> tuple[object, ...]:
    day = entry.figure.as_of.end if entry.figure.as_of else entry.published.astimezone(UTC).date()
    return day, str(entry.figure.value), entry.figure.qualifier.value, entry.published


def _when(entry: Entry, locale: str) -> str:
    if entry.figure.as_of is not None:
        word = "planned for" if entry.figure.status is Status.PLANNED else "as of"
        return f"{word} {period_text(entry.figure.as_of, locale)}"
    return f"published {day_text(entry.published.date(), locale)}"


def _sources(text: TextBuilder, entries: Sequence[Entry]) -> None:
    by_outlet = {entry.outlet: entry for entry in reversed(entries)}
    shown = list(by_outlet.values())[:_MAX_SOURCES]
    for number, entry in enumerate(shown):
        text.plain(", " if number else "").link(one_line(entry.outlet) or "source", entry.link)
    more = len(by_outlet) - len(shown)
    text.line(f" and {more} more" if more else "")
