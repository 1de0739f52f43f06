"""The tables of those who send: who is alive, and the state of their common limiter."""

from sqlalchemy import Column, Float, Integer, String, Table, Text

from bot.store.tables import metadata
from bot.store.types import Instant

senders = Table(
    "senders",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("seen_at", Instant, nullable=False),
)

paces = Table(
    "paces",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("paused_until_s", Float, nullable=False),
)
