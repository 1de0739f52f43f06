"""The reading of one article as messages: what it says, its figures, its deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.desk.box import choose_deadlines, choose_figures
from bot.desk.edition import DeadlineLine, FigureLine
from bot.desk.filed import FiledArticle
from bot.press.figures import deadline_text, figure_text, quoted
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, split
from bot.press.times import day_text
from models.api import Article, Reading

MAX_FIGURES = 10
"""Figures of one article that are worth a line."""
MAX_DEADLINES = 10
_NOTHING = "Nothing could be said of this text."
_NO_HEADLINE = "Without a headline"


def _head(text: TextBuilder, article: Article, reading: Reading) -> None:
    text.link(one_line(reading.headline) or _NO_HEADLINE, article.link, "bold").line()
    where = f"{one_line(article.outlet)}, " if article.outlet else ""
    text.line(f"{where}as of {day_text(article.reference)}")
    topics = "; ".join(one_line(topic.name) for topic in reading.topics)
    if topics:
        text.line(f"Topics: {topics}")
    text.blank().line(one_line(reading.summary.text) or _NOTHING)


def _figures(text: TextBuilder, lines: Sequence[FigureLine], locale: str) -> None:
    if lines:
        text.blank().styled("Key figures", "bold", "underline").line()
        for line in lines:
            text.plain(f"• {figure_text(line.figure, locale=locale)}")
            text.quote(quoted(line.sentence), expandable=True)


def _deadlines(text: TextBuilder, lines: Sequence[DeadlineLine], locale: str, today: date | None) -> None:
    if lines:
        text.blank().styled("Deadlines and dates", "bold", "underline").line()
        for line in lines:
            text.plain(f"• {deadline_text(line.deadline, locale=locale, today=today)}")
            text.quote(quoted(line.sentence), expandable=True)


def render_reading(
    article: Article, reading: Reading, *, locale: str = "en", today: date | None = None
) -> list[Message]:
    """Set what was found in one article.

    Args:
        article: The article.
        reading: Its reading; spans are into the article's text.
        locale: A BCP 47 tag, for the form of numbers and dates; the wording is English.
        today: Where given, deadlines before it are said to have passed.

    Returns:
        The messages to send, in order, at least one, each within Telegram's limits.
    """
    alone = [FiledArticle(article=article, reading=reading, story=0)]
    text = TextBuilder()
    _head(text, article, reading)
    _figures(text, choose_figures(alone, limit=MAX_FIGURES), locale)
    _deadlines(text, choose_deadlines(alone, today=date.min, limit=MAX_DEADLINES), locale, today)
    return split(text.message())
