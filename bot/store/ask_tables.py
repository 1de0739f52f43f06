"""The table of what people have brought and wait for while a worker reads it."""

from sqlalchemy import Column, Index, Table, Text

from bot.store.tables import metadata
from bot.store.types import Instant, RowId

asks = Table(
    "asks",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article", Text, nullable=False),
    Column("reading", Text),
    Column("error", Text),
    Column("asked_at", Instant, nullable=False),
    Index("ix_asks_asked", "asked_at"),
    sqlite_autoincrement=True,
)
