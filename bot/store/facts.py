"""Figures and deadlines in rows of their own, so that they can be followed over time and outlive their article."""

from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.book import forsake
from bot.store.figures import erase_figures, place_of, rewrite_figures
from bot.store.tables import deadlines
from models.api import Article, Deadline, Reading


async def write_facts(connection: AsyncConnection, article: Article, reading: Reading | None, story: int) -> None:
    """Replace an article's figures and deadlines by those of ``reading`` (None: by nothing)."""
    if reading is None:
        await erase_facts(connection, article.key)
        return
    await forsake(connection, article.key)
    await rewrite_figures(connection, article, reading.figures, story)
    await connection.execute(delete(deadlines).where(deadlines.c.article_key == article.key))
    shared = {"article_key": article.key, "story": story, "published": article.published}
    if reading.deadlines:
        rows = [{**shared, **_deadline(article, deadline)} for deadline in reading.deadlines]
        await connection.execute(insert(deadlines), rows)


async def erase_facts(connection: AsyncConnection, article_key: str) -> None:
    """Take an article's figures and deadlines away."""
    await forsake(connection, article_key)
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
