"""Reminders of deadlines, and notices that one was moved or withdrawn, as messages."""

from __future__ import annotations

from datetime import date

from bot.desk.book import BookEntry
from bot.press.figures import quoted
from bot.press.message import Keyboard, Message
from bot.press.text import TextBuilder, one_line, shortened, split
from bot.press.times import day_text, period_text
from models.api import Precision

_LONGEST_PHRASE = 200
_LONGEST_SENTENCE = 600
_SOON = {0: "today", 1: "tomorrow"}


def render_reminder(entry: BookEntry, *, today: date, locale: str = "en", keyboard: Keyboard | None = None) -> Message:
    """As in "In 7 days, on 14 July 2026: the waiver expires", with the sentence and its source.

    Args:
        entry: What falls due, today or later.
        today: The reader's day.
        locale: For the form of dates.
        keyboard: The buttons under it.

    Returns:
        One message within Telegram's limits.
    """
    days = (entry.due.end - today).days
    when = _SOON.get(days, f"in {days} days")
    text = TextBuilder().bold(f"Reminder: {when}").line()
    text.line(f"{_day(entry, locale)}: {matter(entry)}")
    return _signed(text, entry, locale, keyboard)


def render_change(entry: BookEntry, *, locale: str = "en", keyboard: Keyboard | None = None) -> Message:
    """As in "Moved: the waiver expires", with the day it was and the day it is; or "Withdrawn". Otherwise as a reminder."""
    text = TextBuilder()
    if entry.withdrawn:
        text.bold("Withdrawn").line()
        text.line(f"{matter(entry)} ({period_text(entry.due, locale)})")
    elif entry.moved_from is not None:
        text.bold("Moved").line()
        text.line(f"{matter(entry)}: {period_text(entry.due, locale)}, was {period_text(entry.moved_from, locale)}")
    else:
        text.bold("Corrected").line()
        text.line(f"{matter(entry)}: {period_text(entry.due, locale)}")
    return _signed(text, entry, locale, keyboard)


def matter(entry: BookEntry) -> str:
    """Who must do what, on one line."""
    who, what = (shortened(one_line(part), _LONGEST_PHRASE) for part in (entry.who or "", entry.what))
    return f"{what} ({who})" if who and who.lower() not in what.lower() else what


def _day(entry: BookEntry, locale: str) -> str:
    """The last day; where only a month or a year is known, that one."""
    if entry.due.precision is Precision.DAY:
        return day_text(entry.due.end, locale)
    return f"{period_text(entry.due, locale)} (ends {day_text(entry.due.end, locale)})"


def _signed(text: TextBuilder, entry: BookEntry, locale: str, keyboard: Keyboard | None) -> Message:
    text.link(one_line(entry.outlet) or "source", entry.link)
    text.plain(f", {day_text(entry.published.date(), locale)}")
    text.quote(quoted(shortened(one_line(entry.sentence), _LONGEST_SENTENCE)), expandable=True)
    message = text.message()
    (whole, *_) = split(message)
    return Message(whole.text, whole.entities, keyboard)
