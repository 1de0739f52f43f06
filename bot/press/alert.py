"""An alert as a message: what is new, what it was before, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.filed import FiledArticle
from bot.press.figures import deadline_text, figure_text
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.press.times import moment_text, zone_of
from models.api import Deadline, KeyFigure, Period

_MAX_HEADLINE = 200
_MAX_OUTLET = 100
_MAX_CHANGES = 3
_NO_NAME = "source"


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure and the one it replaces, or a deadline and the day it was moved from."""

    now: KeyFigure | Deadline
    before: KeyFigure | Period | None


def render_alert(
    filed: FiledArticle, changes: Sequence[Changed], *, now: datetime, zone: str, locale: str = "en"
) -> Message:
    """One short message on one article: the headline, up to three changes, the source.

    Args:
        filed: The article that opens a story or changes one.
        changes: What it changes; none where it opens a story.
        now: By which days are told, aware UTC.
        zone: Where the reader lives.
        locale: For numbers and days.
    """
    place = zone_of(zone)
    headline = filed.reading.headline or filed.article.title or filed.article.text
    text = TextBuilder().plain("Changed: " if changes else "Just in: ")
    text.bold(shortened(one_line(headline), _MAX_HEADLINE)).line()
    for change in changes[:_MAX_CHANGES]:
        text.line(f"• {_line(change, now.astimezone(place), locale)}")
    article = filed.article
    text.link(shortened(one_line(article.outlet) or _NO_NAME, _MAX_OUTLET), article.link).plain(", ")
    return text.time(moment_text(article.published, place, locale), article.published).message()


def _line(change: Changed, local: datetime, locale: str) -> str:
    new, old = change.now, change.before
    if isinstance(new, Deadline):
        moved_from = old if isinstance(old, Period) else None
        return deadline_text(new, locale=locale, today=local.date(), moved_from=moved_from)
    return figure_text(new, was=old if isinstance(old, KeyFigure) else None, locale=locale)
