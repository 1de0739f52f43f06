"""The tables of what operators set while the bot runs: sources, stories withdrawn, announcements."""

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from bot.store.tables import metadata
from bot.store.types import Instant, RowId

sources = Table(
    "sources",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("username", String(64)),
    Column("title", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_sources_username", "username"),
)

withdrawn_stories = Table(
    "withdrawn_stories",
    metadata,
    Column("story", RowId, primary_key=True, autoincrement=False),
    Column("headline", Text, nullable=False),
    Column("withdrawn_at", Instant, nullable=False),
)

announcements = Table(
    "announcements",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("body", Text, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("sent_at", Instant),
    sqlite_autoincrement=True,
)
