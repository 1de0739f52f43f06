"""The tables of what readers say of stories, and of what is told them at once."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table

from bot.store.tables import metadata
from bot.store.types import Instant, RowId

voices = Table(
    "voices",
    metadata,
    Column(
        "chat_id",
        BigInteger,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        nullable=False,
    ),
    Column("story", RowId, nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("outlet", String(255), nullable=False),
    Column("said_at", Instant, nullable=False),
    PrimaryKeyConstraint("chat_id", "story"),
)

outlet_voices = Table(
    "outlet_voices",
    metadata,
    Column("outlet", String(255), primary_key=True),
    Column("useful", Integer, nullable=False),
    Column("useless", Integer, nullable=False),
)

alert_wishes = Table(
    "alert_wishes",
    metadata,
    Column("term", String(128), nullable=False),
    Column(
        "chat_id",
        BigInteger,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        nullable=False,
    ),
    PrimaryKeyConstraint("term", "chat_id"),
    Index("ix_alert_wishes_chat", "chat_id"),
    sqlite_with_rowid=False,
)

alarms = Table(
    "alarms",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_key", String(128), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("raised_at", Instant, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column(
        "chat_id",
        BigInteger,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        nullable=False,
    ),
    Column("story", RowId, nullable=False),
    Column("told_at", Instant, nullable=False),
    PrimaryKeyConstraint("chat_id", "story"),
    Index("ix_alerts_told", "chat_id", "told_at"),
    Index("ix_alerts_story", "story", "chat_id"),
)
