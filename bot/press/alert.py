"""An alert as a message: what is new, what it was before, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.catalogue import Words
from bot.desk.filed import FiledArticle
from bot.press.deadlines import deadline_text
from bot.press.figures import figure_text
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.press.times import moment_text, zone_of
from bot.press.wording import outlet_text
from models.api import Deadline, KeyFigure, Period

_MAX_HEADLINE = 200
_MAX_OUTLET = 100
_MAX_CHANGES = 3


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure and the one it replaces, or a deadline and the day it was moved from."""

    now: KeyFigure | Deadline
    before: KeyFigure | Period | None


def render_alert(filed: FiledArticle, changes: Sequence[Changed], words: Words, *, now: datetime, zone: str) -> Message:
    """One short message on one article: the headline, up to three changes, the source.

    Args:
        filed: The article that opens a story or changes one.
        changes: What it changes; none where it opens a story.
        words: The reader's.
        now: By which days are told, aware UTC.
        zone: Where the reader lives.
    """
    place = zone_of(zone)
    headline = filed.reading.headline or filed.article.title or filed.article.text
    told = TextBuilder().bold(shortened(one_line(headline), _MAX_HEADLINE))
    # L10n: the beginning of an alert: of a story whose figures or dates changed ("Changed"), or of a new story ("Just in")
    said = words("Changed: {headline}" if changes else "Just in: {headline}")
    text = TextBuilder().fill(said, headline=told).line()
    for change in changes[:_MAX_CHANGES]:
        text.line(f"• {_line(change, now.astimezone(place), words)}")
    article = filed.article
    text.link(shortened(outlet_text(article.outlet, words), _MAX_OUTLET), article.link).plain(", ")
    return text.time(moment_text(article.published, place, words), article.published).message()


def _line(change: Changed, local: datetime, words: Words) -> str:
    new, old = change.now, change.before
    if isinstance(new, Deadline):
        moved_from = old if isinstance(old, Period) else None
        return deadline_text(new, words, today=local.date(), moved_from=moved_from)
    return figure_text(new, words, was=old if isinstance(old, KeyFigure) else None)
