"""The tables of what is fetched: pages that posts link to, which article waits for which, feeds and their entries."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from bot.store.tables import metadata
from bot.store.types import Instant

pages = Table(
    "pages",
    metadata,
    Column("url", String(2048), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("body", Text),
    Column("reason", Text),
    Column("fetched_at", Instant),
    Index("ix_pages_due", "state", "due_at"),
    Index("ix_pages_age", "due_at"),
)

page_articles = Table(
    "page_articles",
    metadata,
    Column("article_key", String(128), primary_key=True),
    Column("url", String(2048), nullable=False),
    Index("ix_page_articles_url", "url"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", String(2048), primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("reason", Text),
    Column("read_at", Instant),
)

feed_entries = Table(
    "feed_entries",
    metadata,
    Column("article_key", String(128), primary_key=True),
    Column("feed", String(2048), nullable=False),
    Column("body", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
)
