"""Deadlines and dates to come in one line each: by when, what, and what became of them."""

from __future__ import annotations

import re
from datetime import date

from bot.catalogue import Words
from bot.press.figures import LONGEST_PHRASE, SMALL_WORDS
from bot.press.text import capital, one_line, shortened
from bot.press.times import period_text
from models.api import Bond, Deadline, Period

_WORDS = re.compile(r"[^\W\d_]{4,}")


def _adds(who: str, what: str) -> bool:
    """Whether it must be said who is bound: by name, where the matter names nobody and has no word in common."""
    told = any(word[:1].isupper() for word in who.split() if word not in SMALL_WORDS) or what[:1].islower()
    named = any(word.lstrip("(")[:1].isupper() for word in what.split()[1:])
    words = {word.lower() for word in _WORDS.findall(who)}
    return bool(who and what) and told and not named and words.isdisjoint(word.lower() for word in _WORDS.findall(what))


def due_text(due: Period, bond: Bond, qualifier: str, words: Words) -> str:
    """When something is due, as in "by 31 December 2021"; only "October 2021" for what happens then."""
    if bond is Bond.EVENT or qualifier in {"on", "in", "at", ""}:
        return period_text(due, words)
    date = period_text(due, words, governed=True)
    said = _by_day(qualifier, date, words) if due.start == due.end else _by_period(qualifier, date, words)
    return said or f"{one_line(qualifier)} {date}"


def _by_day(qualifier: str, date: str, words: Words) -> str | None:
    match qualifier:
        case "by":
            # L10n: {date} is one day, as in "31 December 2021": the last on which something may be done
            return words.within("a day", "by {date}", date=date)
        case "until":
            # L10n: {date} is the last day on which something holds
            return words.within("a day", "until {date}", date=date)
        case "before":
            # L10n: {date} is the day before which something is to be done
            return words.within("a day", "before {date}", date=date)
    return None


def _by_period(qualifier: str, date: str, words: Words) -> str | None:
    match qualifier:
        case "by":
            # L10n: {date} is longer than a day: "October 2021", "the 3rd quarter of 2021", "2021", "3 to 5 May 2021", with months in the
            # genitive and quarters, seasons and weeks as you translated them for behind a preposition; its last day is the last on
            # which something may be done
            return words.within("a month or longer", "by {date}", date=date)
        case "until":
            # L10n: something holds until the end of a month, quarter, season or year
            return words.within("a month or longer", "until {date}", date=date)
        case "before":
            # L10n: something is to be done before a month, quarter, season or year begins
            return words.within("a month or longer", "before {date}", date=date)
    return None


def moved_text(moved_from: Period, words: Words) -> str:
    """The day that something was due before."""
    date = period_text(moved_from, words, governed=True)
    if moved_from.start == moved_from.end:
        # L10n: {date} is the day that a deadline had before
        return words.within("a day", "moved from {date}", date=date)
    # L10n: {date} is the month, quarter, season or year that a deadline had before, in the form it has behind "from"
    return words.within("a month or longer", "moved from {date}", date=date)


def deadline_text(
    deadline: Deadline,
    words: Words,
    *,
    today: date | None = None,
    moved_from: Period | None = None,
    withdrawn: bool = False,
) -> str:
    """As in "By 31 December 2021: US combat role in Iraq ends", "October 2021: elections in Iraq".

    Args:
        deadline: The deadline or event.
        words: The reader's.
        today: Where given, a date that lies before it is said to have passed.
        moved_from: The day it was due before: "By 31 March 2026 (moved from 15 January 2026): ...".
        withdrawn: Whether it holds no more.
    """
    who, what = (shortened(one_line(part), LONGEST_PHRASE) for part in (deadline.who or "", deadline.what))
    if _adds(who, what):
        what = f"{what} ({who})"
    moved = f" ({moved_text(moved_from, words)})" if moved_from is not None else ""
    line = f"{capital(due_text(deadline.due, deadline.bond, deadline.qualifier, words))}{moved}: {what or who}"
    state = ""
    if withdrawn:
        # L10n: of a deadline that holds no more
        state = words.within("a deadline", "withdrawn")
    elif today is not None and deadline.due.end < today:
        # L10n: of a deadline or date that lies in the past
        state = words.within("a deadline", "passed")
    return f"{line} ({state})" if state else line
