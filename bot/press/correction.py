"""Corrections as a message: what the article says now, and what we said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.catalogue import Words
from bot.desk.corrections import Correction
from bot.press.deadlines import deadline_text
from bot.press.figures import label_text, value_text
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.press.times import period_text
from bot.press.wording import outlet_text
from models.api import Deadline

_MOST = 5
_MAX_OUTLET = 100
_MAX_PHRASE = 160


def render_corrections(
    found: Sequence[Correction], words: Words, *, outlet: str, link: str | None, today: date
) -> Message:
    """One message on the edit of one article: a line for each figure or day, at most five, and the source.

    Args:
        found: At least one.
        words: The reader's.
        outlet: Who published and edited it.
        link: Where.
        today: The reader's day, by which days are told.
    """
    text = TextBuilder()
    for correction in found[:_MOST]:
        # L10n: behind it stands what is right now
        text.bold(words("Corrected:")).line(f" {_line(correction, words, today)}")
    more = len(found) - _MOST
    if more > 0:
        text.line(
            words.plural(
                "{count} more figure of this report was corrected.",
                "{count} more figures of this report were corrected.",
                more,
            )
        )
    source = TextBuilder().link(shortened(outlet_text(outlet, words), _MAX_OUTLET), link)
    return text.fill(words("Source: {names}"), names=source).message()


def _line(correction: Correction, words: Words, today: date) -> str:
    old, new = correction.old, correction.new
    if isinstance(old, Deadline):
        was = _said(period_text(old.due, words), words)
        if isinstance(new, Deadline):
            return f"{deadline_text(new, words, today=today)} ({was})"
        what = shortened(one_line(old.what), _MAX_PHRASE)
        return f"{what}: {words('the report no longer gives this day')} ({was})"
    was = _said(value_text(old, words), words)
    # L10n: stands where nobody knows what a number counts: "A figure: 134 (we said 120)"
    unnamed = words("A figure")
    if new is None or isinstance(new, Deadline):
        return f"{label_text(old) or unnamed}: {words('the report no longer gives this number')} ({was})"
    return f"{label_text(new) or unnamed}: {value_text(new, words)} ({was})"


def _said(before: str, words: Words) -> str:
    # L10n: {value} is the number, day or month that we told before, as it stands by itself: "134 (we said 120)"
    return words("we said {value}", value=before)
