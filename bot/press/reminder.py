"""Reminders of deadlines, and notices that one was moved or withdrawn, as messages."""

from __future__ import annotations

from datetime import date

from bot.catalogue import Words, message
from bot.desk.book import BookEntry
from bot.press.figures import was_text
from bot.press.message import Keyboard, Message
from bot.press.text import TextBuilder, one_line, quoted, shortened, split
from bot.press.times import day_text, period_text
from bot.press.wording import outlet_text
from models.api import Precision

_LONGEST_PHRASE = 200
_LONGEST_SENTENCE = 600
_SOON = {0: message("Reminder: today"), 1: message("Reminder: tomorrow")}


def render_reminder(entry: BookEntry, words: Words, *, today: date, keyboard: Keyboard | None = None) -> Message:
    """As in "In 7 days, on 14 July 2026: the waiver expires", with the sentence and its source.

    Args:
        entry: What falls due, today or later.
        words: The reader's.
        today: The reader's day.
        keyboard: The buttons under it.

    Returns:
        One message within Telegram's limits.
    """
    days = (entry.due.end - today).days
    later = words.plural("Reminder: in {count} day", "Reminder: in {count} days", days)
    text = TextBuilder().bold(words(_SOON[days]) if days in _SOON else later).line()
    text.line(f"{_day(entry, words)}: {matter(entry)}")
    return _signed(text, entry, words, keyboard)


def render_change(entry: BookEntry, words: Words, *, keyboard: Keyboard | None = None) -> Message:
    """As in "Moved: the waiver expires", with the day it was and the day it is; or "Withdrawn". Otherwise as a reminder."""
    due = period_text(entry.due, words)
    if entry.withdrawn:
        # L10n: the title of a message on one deadline, as are "Moved" and "Corrected"
        title, said = words.within("a deadline", "Withdrawn"), f"{matter(entry)} ({due})"
    elif entry.moved_from is not None:
        title = words.within("a deadline", "Moved")
        was = was_text(period_text(entry.moved_from, words), words)
        said = f"{matter(entry)}: {due}, {was}"
    else:
        title, said = words.within("a deadline", "Corrected"), f"{matter(entry)}: {due}"
    return _signed(TextBuilder().bold(title).line().line(said), entry, words, keyboard)


def matter(entry: BookEntry) -> str:
    """Who must do what, on one line."""
    who, what = (shortened(one_line(part), _LONGEST_PHRASE) for part in (entry.who or "", entry.what))
    return f"{what} ({who})" if who and who.lower() not in what.lower() else what


def _day(entry: BookEntry, words: Words) -> str:
    """The last day; where only a month or a year is known, that one."""
    last = day_text(entry.due.end, words)
    if entry.due.precision is Precision.DAY:
        return last
    # L10n: {period} is a month, quarter, season or year in its basic form, {day} its last day: "July 2026 (ends 31 July 2026)"
    return words("{period} (ends {day})", period=period_text(entry.due, words), day=last)


def _signed(text: TextBuilder, entry: BookEntry, words: Words, keyboard: Keyboard | None) -> Message:
    text.link(outlet_text(entry.outlet, words), entry.link)
    text.plain(f", {day_text(entry.published.date(), words)}")
    text.quote(quoted(shortened(one_line(entry.sentence), _LONGEST_SENTENCE), words), expandable=True)
    (whole, *_) = split(text.message())
    return Message(whole.text, whole.entities, keyboard)
