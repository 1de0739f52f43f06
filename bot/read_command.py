"""`sitrep read`: one text read on the terminal, as a table for people or as JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import TypeAdapter
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.catalogue import words_in
from bot.intake.article import article_from_text
from bot.intake.linked import fetch_article
from bot.press.deadlines import deadline_text
from bot.press.figures import figure_text
from bot.press.times import period_text
from models.api import Article, Deadline, KeyFigure, Reading, SitrepError, Span

_ARTICLE = TypeAdapter(Article)
_READING = TypeAdapter(Reading)
_ENGLISH = words_in("en")


def load_article(source: str, *, published: date | None, now: datetime) -> Article:
    """Make an article of a file, a web address, or standard input (``-``).

    Raises:
        SitrepError: the file cannot be read, is not text, is empty, or the page cannot be fetched.
    """
    moment = datetime(published.year, published.month, published.day, 12, tzinfo=UTC) if published else now
    if source.startswith(("http://", "https://")):
        return fetch_article(source, published=moment)
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise SitrepError("source_unreadable", f"Cannot read {source}: {error.strerror}.", source=source) from error
    except UnicodeDecodeError as error:
        raise SitrepError(
            "source_not_text", f"{source} is not UTF-8 text (byte {error.start}).", source=source
        ) from error
    if not text.strip():
        raise SitrepError("source_empty", f"{source} has no text in it.", source=source)
    return article_from_text(text, published=moment, key=source)


_VECTORS = {"vector", "imprint", "figure_vectors", "deadline_vectors"}


def reading_json(article: Article, reading: Reading) -> str:
    """Article and reading as one JSON object; vectors and the imprint are left out, they mean nothing to a reader."""
    read = _READING.dump_python(reading, mode="json", exclude=_VECTORS)
    return json.dumps(
        {"article": _ARTICLE.dump_python(article, mode="json"), "reading": read}, ensure_ascii=False, indent=2
    )


def print_reading(console: Console, article: Article, reading: Reading) -> None:
    """The reading as a person wants it: what happened, topics, figures and deadlines with their sentences."""
    facts = [f"as of {article.reference.isoformat()}", f"language: {reading.language}"]
    topics = ", ".join(f"{topic.name} ({topic.confidence:.0%})" for topic in reading.topics) or "none"
    console.print(
        Panel(
            Group(
                Text(reading.summary.text or "Nothing could be said of this text."),
                Text(),
                Text(f"Topics: {topics}"),
                Text(" · ".join(facts), style="dim"),
            ),
            title=Text(reading.headline, style="bold"),
            title_align="left",
        )
    )
    console.print(_table("Key figures", article, ((figure_text(item, _ENGLISH), item) for item in reading.figures)))
    console.print(
        _table("Deadlines and dates", article, ((deadline_text(item, _ENGLISH), item) for item in reading.deadlines))
    )


def _table(title: str, article: Article, rows: Iterable[tuple[str, KeyFigure | Deadline]]) -> Table | Text:
    table = Table(title=title, title_justify="left", show_lines=True, expand=True)
    table.add_column("What", ratio=2)
    table.add_column("As of, due", ratio=1)
    table.add_column("Said where", ratio=4)
    for line, item in rows:
        when = item.due if isinstance(item, Deadline) else item.as_of
        table.add_row(
            Text(line),
            period_text(when, _ENGLISH) if when else "",
            _highlighted(article.text, item.sentence, item.span),
        )
    return table if table.row_count else Text(f"{title}: none found.")


def _highlighted(text: str, sentence: Span, span: Span) -> Text:
    shown = Text(text[sentence.start : sentence.end].replace("\n", " "))
    shown.stylize("bold reverse", span.start - sentence.start, span.end - sentence.start)
    return shown
