"""Corrections as a message: what the article says now, and what we said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.desk.corrections import Correction
from bot.press.figures import deadline_text, label_text, period_text, value_text
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened
from models.api import Deadline

_MOST = 5
_NO_NAME = "source"
_MAX_OUTLET = 100
_MAX_PHRASE = 160


def render_corrections(
    found: Sequence[Correction], *, outlet: str, link: str | None, today: date, locale: str = "en"
) -> Message:
    """One message on the edit of one article: a line for each figure or day, at most five, and the source.

    Args:
        found: At least one.
        outlet: Who published and edited it.
        link: Where.
        today: The reader's day, by which days are told.
        locale: For numbers and days.
    """
    text = TextBuilder()
    for correction in found[:_MOST]:
        text.bold("Corrected:").plain(f" {_line(correction, today, locale)}").line()
    if len(found) > _MOST:
        text.line(f"{len(found) - _MOST} more figures of this report were corrected.")
    text.plain("Source: ").link(shortened(one_line(outlet) or _NO_NAME, _MAX_OUTLET), link)
    return text.message()


def _line(correction: Correction, today: date, locale: str) -> str:
    old, new = correction.old, correction.new
    if isinstance(old, Deadline):
        was = f"we said {period_text(old.due, locale)}"
        if isinstance(new, Deadline):
            return f"{deadline_text(new, locale=locale, today=today)} ({was})"
        return f"{shortened(one_line(old.what), _MAX_PHRASE)}: the report no longer gives this day ({was})"
    was = f"we said {value_text(old, locale=locale)}"
    if new is None or isinstance(new, Deadline):
        return f"{label_text(old) or 'A figure'}: the report no longer gives this number ({was})"
    return f"{label_text(new) or 'A figure'}: {value_text(new, locale=locale)} ({was})"
