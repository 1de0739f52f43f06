"""Deadlines as a calendar file (RFC 5545) that common calendars take in, and update when a day moves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDatetime

from bot.desk.book import BookEntry
from bot.press.figures import quoted
from bot.press.text import one_line, shortened
from bot.press.times import day_text, period_text
from models.api import Bond, Precision

PRODUCT = "-//Sitrep//Deadlines//EN"
_MAX_SUMMARY = 200
_MAX_SENTENCE = 1000
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Control characters, which RFC 5545 forbids in text; line breaks are made by this module alone."""

_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+")
_EXACT = frozenset({Precision.DAY})


def render_calendar(entries: Sequence[BookEntry], *, stamp: datetime, name: str = "Sitrep deadlines") -> bytes:
    """Set deadlines as an iCalendar file.

    Each is an event of a whole day, its last one; where only a month, a quarter or a year is known, the summary says so.
    The identity of an event never changes, and its sequence goes up when the day moves or the deadline is withdrawn, so
    that a calendar which took in an earlier file shows the new state. No event rings an alarm.

    Args:
        entries: What is to be in the calendar, in order; withdrawn ones are marked as cancelled.
        stamp: When the file is made (aware).
        name: What calendars call it.

    Returns:
        UTF-8 text with CRLF line ends, lines folded at 75 octets.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _clean(name))
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: BookEntry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"deadline-{entry.id}-{entry.first_told:%Y%m%dT%H%M%SZ}@sitrep")
    event.add("dtstamp", vDatetime(stamp))
    event.add("dtstart", entry.due.end)
    event.add("dtend", entry.due.end + timedelta(days=1))
    event.add("summary", _summary(entry))
    event.add("description", _description(entry))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("last-modified", vDatetime(entry.changed_at))
    if entry.link and _ADDRESS.fullmatch(entry.link) and not _UNPRINTABLE.search(entry.link):
        event.add("url", entry.link)
    return event


def _summary(entry: BookEntry) -> str:
    who, what = _clean(entry.who or ""), _clean(entry.what)
    if who and who.lower() not in what.lower():
        what = f"{what} ({who})"
    text = shortened(what or who, _MAX_SUMMARY)
    if entry.due.precision not in _EXACT:
        when = period_text(entry.due)
        text = f"{text} ({_bound(entry)}{when})" if entry.due.start != entry.due.end else text
    return f"Withdrawn: {text}" if entry.withdrawn else text


def _bound(entry: BookEntry) -> str:
    """As in "by " before a month; nothing where something happens in it."""
    return f"{_clean(entry.qualifier)} " if entry.bond is Bond.DEADLINE and entry.qualifier else ""


def _description(entry: BookEntry) -> str:
    told = day_text(entry.published.date())
    lines = [quoted(shortened(_clean(entry.sentence), _MAX_SENTENCE)), f"{_clean(entry.outlet) or 'Source'}, {told}"]
    if entry.moved_from is not None:
        lines.append(f"Moved from {period_text(entry.moved_from)}")
    if entry.link:
        lines.append(_clean(entry.link))
    return "\n".join(lines)


def _clean(text: str) -> str:
    return one_line(_UNPRINTABLE.sub(" ", text))
