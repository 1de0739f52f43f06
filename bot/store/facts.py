"""Figures and deadlines in rows of their own, so that they can be followed over time and outlive their article."""

from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.book import Book
from bot.store.figures import erase_figures, place_of, rewrite_figures, write_figures
from bot.store.tables import deadlines
from models.api import Article, Deadline, Reading

_ENTER = insert(deadlines)


async def write_facts(
    connection: AsyncConnection,
    book: Book,
    article: Article,
    reading: Reading | None,
    story: int,
    *,
    told_before: bool,
) -> None:
    """Replace an article's figures and deadlines, if it has any (``told_before``), by those of ``reading`` (None: by nothing)."""
    if reading is None:
        await erase_facts(connection, book, article.key)
        return
    if told_before:
        await book.forsake(article.key)
        await rewrite_figures(connection, article, reading.figures, story)
        await connection.execute(delete(deadlines).where(deadlines.c.article_key == article.key))
    else:
        await write_figures(connection, article, reading.figures, story)
    shared = {"article_key": article.key, "story": story, "published": article.published}
    if reading.deadlines:
        rows = [{**shared, **_deadline(article, deadline)} for deadline in reading.deadlines]
        await connection.execute(_ENTER, rows)


async def erase_facts(connection: AsyncConnection, book: Book, article_key: str) -> None:
    """Take an article's figures and deadlines away."""
    await book.forsake(article_key)
    await erase_figures(connection, article_key)
    await connection.execute(delete(deadlines).where(deadlines.c.article_key == article_key))


def _deadline(article: Article, deadline: Deadline) -> dict[str, Any]:
    return {
        "bond": deadline.bond.value,
        "due_start": deadline.due.start,
        "due_end": deadline.due.end,
        "precision": deadline.due.precision.value,
        "qualifier": deadline.qualifier,
        "who": deadline.who,
        "what": deadline.what,
        "importance": deadline.importance,
        **place_of(article, deadline.span, deadline.sentence),
    }
