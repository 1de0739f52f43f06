"""A series of figures as text: the newest first, each value with its day, its sources, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from itertools import groupby

from bot.catalogue import Words, message
from bot.desk.ledger import Series, conflicts
from bot.desk.memory import Entry
from bot.press.figures import STATUS, as_of_text, value_text, was_text
from bot.press.message import Keyboard, Message
from bot.press.text import TextBuilder, capital, one_line, shortened
from bot.press.times import day_text
from bot.press.wording import and_more, outlet_text
from models.api import FigureKind

MAX_LINES = 12
"""Values that are shown; the chart has the others."""
_MAX_SOURCES = 3
_MAX_LABEL = 120
_KINDS = {
    # L10n: stands for what a series of numbers counts where it has no name of its own
    FigureKind.TROOPS: message("troops"),
    FigureKind.CASUALTIES: message("casualties"),
    FigureKind.MONEY: message("money"),
    FigureKind.PERCENT: message("percent"),
    # L10n: numbers of things or people
    FigureKind.COUNT: message("count"),
    # L10n: lengths, weights, speeds and so on
    FigureKind.MEASURE: message("measure"),
    # L10n: lengths of time
    FigureKind.DURATION: message("duration"),
}


def render_series(series: Series, words: Words, *, keyboard: Keyboard | None = None) -> Message:
    """Set a series.

    Args:
        series: With at least one entry. The same value of the same day is one line, whoever gave it.
        words: The reader's.
        keyboard: The buttons under it.
    """
    text = TextBuilder().bold(series_title(series, words)).line()
    told = _told(series.entries)
    disputed = {id(entry) for pair in conflicts(series.entries) for entry in pair}
    for number, entries in enumerate(told[:MAX_LINES]):
        entry = entries[0]
        text.plain(f"• {value_text(entry.figure, words)}, {when_text(entry, words)}")
        before = told[number + 1][0] if number + 1 < len(told) else None
        notes = [words(STATUS.get(entry.figure.status, ""))]
        if any(id(one) in disputed for one in entries):
            # L10n: in brackets behind a number for which another source has another one
            notes.append(words("sources disagree"))
        elif before is not None and before.figure.value != entry.figure.value:
            notes.append(was_text(value_text(before.figure, words), words))
        said = "; ".join(filter(None, notes))
        text.plain(f" ({said})" if said else "").plain(" — ").add(_sources(entries, words)).line()
    earlier = len(told) - MAX_LINES
    if earlier > 0:
        # L10n: the number of values of a figure that are not shown, at the end of a list
        text.line(words.plural("{count} earlier value", "{count} earlier values", earlier))
    return text.message(keyboard)


def series_title(series: Series, words: Words) -> str:
    """What a series counts, as a heading."""
    return capital(shortened(one_line(series.label), _MAX_LABEL) or words(_KINDS[series.kind]))


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


def when_text(entry: Entry, words: Words) -> str:
    """As in "as of January 2021"; where no such date is known, when it was published."""
    if entry.figure.as_of is not None:
        return as_of_text(entry.figure, entry.figure.as_of, words)
    # L10n: {date} is a day; stands behind a number of which it is only known when it was published
    return words("published {date}", date=day_text(entry.published.date(), words))


def _sources(entries: Sequence[Entry], words: Words) -> TextBuilder:
    by_outlet = {entry.outlet: entry for entry in reversed(entries)}
    shown = list(by_outlet.values())[:_MAX_SOURCES]
    text = TextBuilder()
    for number, entry in enumerate(shown):
        text.plain(", " if number else "").link(outlet_text(entry.outlet, words), entry.link)
    return and_more(text, len(by_outlet) - len(shown), words)
