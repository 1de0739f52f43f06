"""The tables of the deadline book: its entries, the words they are found by, and who is reminded of what."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from bot.store.tables import metadata
from bot.store.types import Instant, RowId

deadline_entries = Table(
    "deadline_entries",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("story", RowId, nullable=False),
    Column("who", Text),
    Column("what", Text, nullable=False),
    Column("opening", Text, nullable=False),
    Column("bond", String(16), nullable=False),
    Column("qualifier", Text, nullable=False),
    Column("due_start", Date, nullable=False),
    Column("due_end", Date, nullable=False),
    Column("precision", String(16), nullable=False),
    Column("importance", Float, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("link", Text),
    Column("published", Instant, nullable=False),
    Column("first_told", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("history", Text, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("topics", Text, nullable=False),
    Column("stale", Boolean, nullable=False),
    Index("ix_deadline_entries_due", "due_end", "id"),
    Index("ix_deadline_entries_stale", "stale", sqlite_where=text("stale = 1"), postgresql_where=text("stale")),
    sqlite_autoincrement=True,
)

deadline_terms = Table(
    "deadline_terms",
    metadata,
    Column("term", String(16), nullable=False),
    Column("due_end", Date, nullable=False),
    Column("entry", RowId, ForeignKey("deadline_entries.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("term", "due_end", "entry"),
    Index("ix_deadline_terms_entry", "entry"),
    sqlite_with_rowid=False,
)

reminder_readers = Table(
    "reminder_readers",
    metadata,
    Column(
        "chat_id",
        BigInteger,
        ForeignKey("subscribers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("everything", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Column("looked_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),
    Index("ix_reminder_readers_next", "next_at", "chat_id"),
)

deadline_follows = Table(
    "deadline_follows",
    metadata,
    Column(
        "chat_id",
        BigInteger,
        ForeignKey("reminder_readers.chat_id", ondelete="CASCADE", onupdate="CASCADE"),
        nullable=False,
    ),
    Column("entry", RowId, ForeignKey("deadline_entries.id", ondelete="CASCADE"), nullable=False),
    Column("since", Instant, nullable=False),
    Column("told_sequence", Integer, nullable=False),
    PrimaryKeyConstraint("chat_id", "entry"),
    Index("ix_deadline_follows_entry", "entry"),
)
