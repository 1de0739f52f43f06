"""Deadlines and dates to come as a list: the next thirty days, then later ones, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.desk.book import BookEntry
from bot.press.message import Keyboard, Message
from bot.press.reminder import matter
from bot.press.text import TextBuilder, one_line, split
from bot.press.times import period_text
from models.api import Bond

SOON = timedelta(days=30)


def render_upcoming(
    entries: Sequence[BookEntry], *, today: date, omitted: int = 0, locale: str = "en", keyboard: Keyboard | None = None
) -> list[Message]:
    """Set a list of deadlines, numbered in the order given.

    Args:
        entries: What is to come, the soonest first.
        today: The reader's day.
        omitted: How many more there are.
        locale: For the form of dates.
        keyboard: The buttons under the last message.

    Returns:
        The messages, each within Telegram's limits.
    """
    text = TextBuilder()
    soon = [entry for entry in entries if entry.due.end - today <= SOON]
    numbered = list(enumerate(entries, 1))
    for heading, part in (("The next 30 days", numbered[: len(soon)]), ("Later", numbered[len(soon) :])):
        if part:
            text.blank().bold(heading).line()
        for number, entry in part:
            text.plain(f"{number}. {_when(entry, locale)}: {matter(entry)}")
            if entry.moved_from is not None:
                text.plain(f" (moved, was {period_text(entry.moved_from, locale)})")
            text.plain(" — ").link(one_line(entry.outlet) or "source", entry.link).line()
    if omitted:
        text.blank().line(f"{omitted} more are further off; the calendar file has them.")
    return split(text.message(keyboard))


def _when(entry: BookEntry, locale: str) -> str:
    """As in "By 31 December 2026" for what is bound by a day, "31 December 2026" for what happens on one."""
    due = period_text(entry.due, locale)
    if entry.bond is Bond.EVENT or entry.qualifier in {"on", "in", "at", ""}:
        return due[:1].upper() + due[1:]
    return f"{entry.qualifier[:1].upper()}{one_line(entry.qualifier)[1:]} {due}"
