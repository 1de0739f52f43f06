"""Rows of figures: how they are written, what becomes of them when their article is edited, and how they are read."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.memory import Entry
from bot.store.ledger_tables import figure_series
from bot.store.tables import figures
from models.api import Article, KeyFigure, Range, Span

_figure = TypeAdapter(KeyFigure)

_WRITE = insert(figures)

_Told = tuple[object, ...]


async def rewrite_figures(
    connection: AsyncConnection, article: Article, found: Sequence[KeyFigure], story: int
) -> None:
    """Replace an article's figures.

    One that the new text still prints keeps its row and its place in a series. One that it no longer prints stays in
    its series as retracted, so that what follows can be told as a correction.
    """
    mine = figures.c.article_key == article.key
    old: defaultdict[_Told, list[Row[Any]]] = defaultdict(list)
    for row in await connection.execute(select(figures).where(mine)):
        old[_told(row)].append(row)
    fresh: list[dict[str, Any]] = []
    for figure in found:
        values = _values(article, figure, story)
        if rows := old[_told_by(values)]:
            again = update(figures).where(figures.c.id == rows.pop().id)
            await connection.execute(again.values(**values, retracted_at=None))
        else:
            fresh.append(values)
    gone = [row for rows in old.values() for row in rows]
    if retracted := [row.id for row in gone if row.series is not None and row.retracted_at is None]:
        marked = update(figures).where(figures.c.id.in_(retracted))
        await connection.execute(marked.values(retracted_at=figures.c.published))
    if dropped := [row.id for row in gone if row.series is None]:
        await connection.execute(delete(figures).where(figures.c.id.in_(dropped)))
    if fresh:
        await connection.execute(_WRITE, fresh)


async def write_figures(connection: AsyncConnection, article: Article, found: Sequence[KeyFigure], story: int) -> None:
    """Write down the figures of an article that has none."""
    if found:
        await connection.execute(_WRITE, [_values(article, figure, story) for figure in found])


async def erase_figures(connection: AsyncConnection, article_key: str) -> None:
    """Take an article's figures away, out of their series too."""
    mine = figures.c.article_key == article_key
    series = (await connection.scalars(select(figures.c.series).where(mine, figures.c.series.is_not(None)))).all()
    await connection.execute(delete(figures).where(mine))
    await _leave(connection, Counter(series))


async def _leave(connection: AsyncConnection, counts: Mapping[int, int]) -> None:
    """Count entries out of their series; one without entries vanishes."""
    for series, count in counts.items():
        left = update(figure_series).where(figure_series.c.id == series)
        await connection.execute(left.values(entries=figure_series.c.entries - count))
        empty = (figure_series.c.id == series) & (figure_series.c.entries <= 0)
        await connection.execute(delete(figure_series).where(empty))


def place_of(article: Article, span: Span, sentence: Span) -> dict[str, Any]:
    """Where a figure or a deadline stands, and the sentence on one line."""
    text = " ".join(article.text[sentence.start : sentence.end].split())
    return {"sentence": text, "span_start": span.start, "span_end": span.end}


def entry_of(row: Row[tuple[object, ...]]) -> Entry:
    """The entry that a row of the ledger holds."""
    filed_at: datetime = row.filed_at or row.published
    return Entry(
        article_key=row.article_key,
        story=row.story,
        figure=_figure.validate_json(row.body),
        sentence=row.sentence,
        outlet=row.outlet or "",
        link=row.link,
        published=row.published,
        filed_at=filed_at,
        corrects=bool(row.corrects),
        retracted=row.retracted_at is not None,
        thread=row.thread,
    )


def _values(article: Article, figure: KeyFigure, story: int) -> dict[str, Any]:
    low, high = (
        (figure.value.low, figure.value.high) if isinstance(figure.value, Range) else (figure.value, figure.value)
    )
    return {
        "article_key": article.key,
        "story": story,
        "published": article.published,
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
        "outlet": article.outlet,
        "link": article.link,
        "body": _figure.dump_json(figure).decode(),
        **place_of(article, figure.span, figure.sentence),
    }


_SAME = ("kind", "low", "high", "unit", "qualifier", "label", "status")
"""What a figure that an edit leaves alone has in common before and after."""


def _told(row: Row[tuple[object, ...]]) -> _Told:
    return tuple(getattr(row, name) for name in _SAME)


def _told_by(values: dict[str, Any]) -> _Told:
    return tuple(values[name] for name in _SAME)
