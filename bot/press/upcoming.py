"""Deadlines and dates to come as a list: the next thirty days, then later ones, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.catalogue import Words
from bot.desk.book import BookEntry
from bot.press.deadlines import due_text
from bot.press.message import Keyboard, Message
from bot.press.reminder import matter
from bot.press.text import TextBuilder, capital, split
from bot.press.times import period_text
from bot.press.wording import outlet_text

SOON = timedelta(days=30)


def render_upcoming(
    entries: Sequence[BookEntry], words: Words, *, today: date, omitted: int = 0, keyboard: Keyboard | None = None
) -> list[Message]:
    """Set a list of deadlines, numbered in the order given.

    Args:
        entries: What is to come, the soonest first.
        words: The reader's.
        today: The reader's day.
        omitted: How many more there are.
        keyboard: The buttons under the last message.

    Returns:
        The messages, each within Telegram's limits.
    """
    text = TextBuilder()
    soon = [entry for entry in entries if entry.due.end - today <= SOON]
    numbered = list(enumerate(entries, 1))
    # L10n: two titles over deadlines: those of the next 30 days, and those further off
    titles = words("The next 30 days"), words.within("deadlines", "Later")
    for title, part in zip(titles, (numbered[: len(soon)], numbered[len(soon) :]), strict=True):
        if part:
            text.blank().bold(title).line()
        for number, entry in part:
            due = due_text(entry.due, entry.bond, entry.qualifier, words)
            text.plain(f"{number}. {capital(due)}: {matter(entry)}")
            if entry.moved_from is not None:
                # L10n: {date} is the day or month that a deadline had before, in its basic form
                moved = words("moved, was {date}", date=period_text(entry.moved_from, words))
                text.plain(f" ({moved})")
            text.plain(" — ").link(outlet_text(entry.outlet, words), entry.link).line()
    if omitted:
        text.blank().line(
            # L10n: of deadlines
            words.plural(
                "{count} more is further off; the calendar file has it.",
                "{count} more are further off; the calendar file has them.",
                omitted,
            )
        )
    return split(text.message(keyboard))
