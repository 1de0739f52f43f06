"""What readers said of stories, and alerts."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, RowId

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup. Wishes for alerts could not be written before: there are none yet."""
    op.create_table(
        "voices",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("story", RowId, nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        _of_a_chat("voices"),
        sa.PrimaryKeyConstraint("chat_id", "story", name="pk_voices"),
    )
    op.create_table(
        "outlet_voices",
        sa.Column("outlet", sa.String(length=255), nullable=False),
        sa.Column("useful", sa.Integer(), nullable=False),
        sa.Column("useless", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("outlet", name="pk_outlet_voices"),
    )
    op.create_table(
        "alert_wishes",
        sa.Column("term", sa.String(length=128), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        _of_a_chat("alert_wishes"),
        sa.PrimaryKeyConstraint("term", "chat_id", name="pk_alert_wishes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alert_wishes_chat", "alert_wishes", ["chat_id"])
    op.create_table(
        "alarms",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("article_key", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
    )
    op.create_table(
        "alerts",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("story", RowId, nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        _of_a_chat("alerts"),
        sa.PrimaryKeyConstraint("chat_id", "story", name="pk_alerts"),
    )
    op.create_index("ix_alerts_told", "alerts", ["chat_id", "told_at"])
    op.create_index("ix_alerts_story", "alerts", ["story", "chat_id"])


def _of_a_chat(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["chat_id"], ["subscribers.chat_id"], name=f"fk_{table}_chat_id", ondelete="CASCADE", onupdate="CASCADE"
    )
