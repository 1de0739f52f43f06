"""The deadline book."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, RowId

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    for column in (
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("entry", RowId, nullable=True),
        sa.Column("tie", sa.String(length=16), nullable=True),
    ):
        op.add_column("deadlines", column)
    op.create_index("ix_deadlines_entry", "deadlines", ["entry", "published", "id"])
    op.create_table(
        "deadline_entries",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("story", RowId, nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("bond", sa.String(length=16), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("due_start", sa.Date(), nullable=False),
        sa.Column("due_end", sa.Date(), nullable=False),
        sa.Column("precision", sa.String(length=16), nullable=False),
        sa.Column("importance", sa.Float(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("published", Instant(), nullable=False),
        sa.Column("first_told", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deadline_entries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deadline_entries_due", "deadline_entries", ["due_end", "id"])
    op.create_index(
        "ix_deadline_entries_stale",
        "deadline_entries",
        ["stale"],
        sqlite_where=sa.text("stale = 1"),
        postgresql_where=sa.text("stale"),
    )
    op.create_table(
        "deadline_terms",
        sa.Column("term", sa.String(length=16), nullable=False),
        sa.Column("due_end", sa.Date(), nullable=False),
        sa.Column("entry", RowId, nullable=False),
        sa.PrimaryKeyConstraint("term", "due_end", "entry", name="pk_deadline_terms"),
        sa.ForeignKeyConstraint(["entry"], ["deadline_entries.id"], name="fk_deadline_terms_entry", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deadline_terms_entry", "deadline_terms", ["entry"])
    op.create_table(
        "reminder_readers",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("everything", sa.Boolean(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("looked_at", Instant(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_reminder_readers"),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["subscribers.chat_id"],
            name="fk_reminder_readers_chat_id",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
    )
    op.create_index("ix_reminder_readers_next", "reminder_readers", ["next_at", "chat_id"])
    op.create_table(
        "deadline_follows",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("entry", RowId, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("told_sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "entry", name="pk_deadline_follows"),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["reminder_readers.chat_id"],
            name="fk_deadline_follows_chat_id",
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry"], ["deadline_entries.id"], name="fk_deadline_follows_entry", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_deadline_follows_entry", "deadline_follows", ["entry"])
