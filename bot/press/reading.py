"""The reading of one article as messages: what it says, its figures, its deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.catalogue import Words
from bot.desk.box import choose_deadlines, choose_figures
from bot.desk.edition import DeadlineLine, FigureLine
from bot.desk.filed import FiledArticle
from bot.press.blocks import DEADLINES, KEY_FIGURES
from bot.press.deadlines import deadline_text
from bot.press.figures import figure_text
from bot.press.found import NO_HEADLINE
from bot.press.message import Message
from bot.press.text import TextBuilder, one_line, quoted, split
from bot.press.times import day_text
from bot.press.wording import foreign_text, topic_text
from models.api import Article, Reading

MAX_FIGURES = 10
"""Figures of one article that are worth a line."""
MAX_DEADLINES = 10


def _head(text: TextBuilder, article: Article, reading: Reading, words: Words) -> None:
    text.link(one_line(reading.headline) or words(NO_HEADLINE), article.link, "bold").line()
    day = day_text(article.reference, words)
    # L10n: {date} is the day on which an article speaks
    spoken = words("as of {date}", date=day)
    text.line(f"{one_line(article.outlet)}, {spoken}" if article.outlet else spoken)
    topics = "; ".join(topic_text(topic.name, words) for topic in reading.topics)
    if topics:
        text.line(words("Topics: {topics}", topics=topics))
    text.blank().line(one_line(reading.summary.text) or words("Nothing could be said of this text."))
    if foreign := foreign_text(reading.language, words):
        text.fresh_line().italic(foreign).line()


def _figures(text: TextBuilder, lines: Sequence[FigureLine], words: Words) -> None:
    if lines:
        text.blank().styled(words(KEY_FIGURES), "bold", "underline").line()
        for line in lines:
            text.plain(f"• {figure_text(line.figure, words)}")
            text.quote(quoted(line.sentence, words), expandable=True)


def _deadlines(text: TextBuilder, lines: Sequence[DeadlineLine], words: Words, today: date | None) -> None:
    if lines:
        text.blank().styled(words(DEADLINES), "bold", "underline").line()
        for line in lines:
            text.plain(f"• {deadline_text(line.deadline, words, today=today)}")
            text.quote(quoted(line.sentence, words), expandable=True)


def render_reading(article: Article, reading: Reading, words: Words, *, today: date | None = None) -> list[Message]:
    """Set what was found in one article.

    Args:
        article: The article.
        reading: Its reading; spans are into the article's text.
        words: The reader's; what the article says stays in its language.
        today: Where given, deadlines before it are said to have passed.

    Returns:
        The messages to send, in order, at least one, each within Telegram's limits.
    """
    alone = [FiledArticle(article=article, reading=reading, story=0)]
    text = TextBuilder()
    _head(text, article, reading, words)
    _figures(text, choose_figures(alone, limit=MAX_FIGURES), words)
    _deadlines(text, choose_deadlines(alone, today=date.min, limit=MAX_DEADLINES), words, today)
    return split(text.message())
