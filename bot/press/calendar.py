"""Deadlines as a calendar file (RFC 5545) that common calendars take in, and update when a day moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDatetime

from bot.catalogue import Words
from bot.desk.book import BookEntry
from bot.press.deadlines import due_text, moved_text
from bot.press.text import capital, one_line, quoted, shortened
from bot.press.times import day_text
from bot.press.wording import outlet_text
from models.api import Precision

PRODUCT = "-//Sitrep//Deadlines//"
"""Behind it stands the language, in capitals (ISO 9070)."""
_MAX_SUMMARY = 200
_MAX_SENTENCE = 1000
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Control characters, which RFC 5545 forbids in text; line breaks are made by this module alone."""

_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+")
_EXACT = frozenset({Precision.DAY})


def render_calendar(entries: Sequence[BookEntry], words: Words, *, stamp: datetime) -> bytes:
    """Set deadlines as an iCalendar file.

    Each is an event of a whole day, its last one; where only a month, a quarter or a year is known, the summary says so.
    The identity of an event never changes, and its sequence goes up when the day moves or the deadline is withdrawn, so
    that a calendar which took in an earlier file shows the new state. No event rings an alarm.

    Args:
        entries: What is to be in the calendar, in order; withdrawn ones are marked as cancelled.
        words: The reader's.
        stamp: When the file is made (aware).

    Returns:
        UTF-8 text with CRLF line ends, lines folded at 75 octets.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT + words.language.upper())
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # L10n: the name of a calendar, as programs for calendars show it
    calendar.add("x-wr-calname", words("Sitrep deadlines"))
    for entry in entries:
        calendar.add_component(_event(entry, stamp, words))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: BookEntry, stamp: datetime, words: Words) -> Event:
    event = Event()
    event.add("uid", f"deadline-{entry.id}-{entry.first_told:%Y%m%dT%H%M%SZ}@sitrep")
    event.add("dtstamp", vDatetime(stamp))
    event.add("dtstart", entry.due.end)
    event.add("dtend", entry.due.end + timedelta(days=1))
    event.add("summary", _summary(entry, words))
    event.add("description", _description(entry, words))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("last-modified", vDatetime(entry.changed_at))
    if entry.link and _ADDRESS.fullmatch(entry.link) and not _UNPRINTABLE.search(entry.link):
        event.add("url", entry.link)
    return event


def _summary(entry: BookEntry, words: Words) -> str:
    who, what = _clean(entry.who or ""), _clean(entry.what)
    if who and who.lower() not in what.lower():
        what = f"{what} ({who})"
    text = shortened(what or who, _MAX_SUMMARY)
    if entry.due.precision not in _EXACT and entry.due.start != entry.due.end:
        text = f"{text} ({_clean(due_text(entry.due, entry.bond, entry.qualifier, words))})"
    # L10n: of a deadline that holds no more; {what} is what was to be done
    return words("Withdrawn: {what}", what=text) if entry.withdrawn else text


def _description(entry: BookEntry, words: Words) -> str:
    told = day_text(entry.published.date(), words)
    outlet = outlet_text(_clean(entry.outlet), words)
    lines = [quoted(shortened(_clean(entry.sentence), _MAX_SENTENCE), words), f"{outlet}, {told}"]
    if entry.moved_from is not None:
        lines.append(capital(moved_text(entry.moved_from, words)))
    if entry.link:
        lines.append(_clean(entry.link))
    return "\n".join(lines)


def _clean(text: str) -> str:
    return one_line(_UNPRINTABLE.sub(" ", text))
