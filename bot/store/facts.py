"""Figures and deadlines in rows of their own, so that they can be followed over time and outlive their article."""

from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.book import forsake
from bot.store.tables import deadlines, figures
from models.api import Article, Deadline, KeyFigure, Range, Reading, Span


async def write_facts(connection: AsyncConnection, article: Article, reading: Reading | None, story: int) -> None:
    """Replace an article's figures and deadlines by those of ``reading`` (None: by nothing)."""
    await forsake(connection, article.key)
    for table in (figures, deadlines):
        await connection.execute(delete(table).where(table.c.article_key == article.key))
    if reading is None:
        return
    shared = {"article_key": article.key, "story": story, "published": article.published}
    if reading.figures:
        rows = [{**shared, **_figure(article, figure)} for figure in reading.figures]
        await connection.execute(insert(figures), rows)
    if reading.deadlines:
        rows = [{**shared, **_deadline(article, deadline)} for deadline in reading.deadlines]
        await connection.execute(insert(deadlines), rows)


def _figure(article: Article, figure: KeyFigure) -> dict[str, Any]:
    low, high = (
        (figure.value.low, figure.value.high) if isinstance(figure.value, Range) else (figure.value, figure.value)
    )
    return {
        "kind": figure.kind.value,
        "low": str(low),
        "high": str(high),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "label": figure.label,
        "status": figure.status.value,
        "as_of_start": figure.as_of.start if figure.as_of else None,
        "as_of_end": figure.as_of.end if figure.as_of else None,
        "importance": figure.importance,
        **_place(article, figure.span, figure.sentence),
    }


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
        **_place(article, deadline.span, deadline.sentence),
    }


def _place(article: Article, span: Span, sentence: Span) -> dict[str, Any]:
    text = " ".join(article.text[sentence.start : sentence.end].split())
    return {"sentence": text, "span_start": span.start, "span_end": span.end}
