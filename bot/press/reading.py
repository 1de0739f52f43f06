"""The reading of one article as messages: what it says, its figures, its deadlines."""

from __future__ import annotations

from datetime import date

from bot.press.figures import deadline_text, figure_text
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, split
from bot.press.times import day_text
from models.api import Article, Reading, Span, Status

MAX_FIGURES = 10
"""Figures of one article that are worth a line."""
_MIN_IMPORTANCE = 0.2
_NOTHING = "Nothing could be said of this text."
_ENGLISH = "en"


def _quote(article: Article, span: Span) -> str:
    return one_line(article.text[span.start : span.end])


def _head(text: TextBuilder, article: Article, reading: Reading) -> None:
    text.link(one_line(reading.headline) or "Without a headline", article.link, "bold").line()
    where = f"{one_line(article.outlet)}, " if article.outlet else ""
    text.line(f"{where}as of {day_text(article.reference)}")
    topics = "; ".join(one_line(topic.name) for topic in reading.topics)
    if topics:
        text.line(f"Topics: {topics}")
    text.blank().line(one_line(reading.summary.text) or _NOTHING)


def _figures(text: TextBuilder, article: Article, reading: Reading, locale: str) -> None:
    figures = sorted(reading.figures, key=lambda figure: (-figure.importance, figure.span))
    origins = {figure.change.origin for figure in figures if figure.change is not None}
    shown = [
        figure
        for figure in figures
        if figure.importance >= _MIN_IMPORTANCE
        # A former value is told in the line of the figure that it became.
        and not (figure.status is Status.FORMER and figure.value in origins)
    ][:MAX_FIGURES]
    if shown:
        text.blank().styled("Key figures", "bold", "underline").line()
        for figure in shown:
            sentence = _quote(article, figure.sentence)
            text.plain(f"• {figure_text(figure, sentence=sentence, locale=locale)}")
            text.quote(f"“{sentence}”", expandable=True)


def _deadlines(text: TextBuilder, article: Article, reading: Reading, locale: str, today: date | None) -> None:
    if reading.deadlines:
        text.blank().styled("Deadlines and dates", "bold", "underline").line()
        for deadline in sorted(reading.deadlines, key=lambda deadline: (deadline.due.end, deadline.due.start)):
            text.plain(f"• {deadline_text(deadline, locale=locale, today=today)}")
            text.quote(f"“{_quote(article, deadline.sentence)}”", expandable=True)


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
    text = TextBuilder()
    _head(text, article, reading)
    _figures(text, article, reading, locale)
    _deadlines(text, article, reading, locale, today)
    return split(text.message())
