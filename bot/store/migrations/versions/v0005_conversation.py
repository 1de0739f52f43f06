"""What readers ask for: files in the outbox, the last edition a chat was told, stories by their words."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, RowId

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.add_column("outbox", sa.Column("file_field", sa.String(length=16), nullable=True))
    op.add_column("outbox", sa.Column("file_name", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("file_type", sa.String(length=64), nullable=True))
    op.add_column("outbox", sa.Column("file_content", sa.LargeBinary(), nullable=True))
    told = sa.text("edition_id IS NOT NULL")
    op.create_index("ix_outbox_told", "outbox", ["chat_id", "id"], sqlite_where=told, postgresql_where=told)
    op.create_table(
        "story_words",
        sa.Column("story", RowId, nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("article_key", sa.String(length=128), nullable=False),
        sa.Column("published", Instant(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("story", "word", "article_key", name="pk_story_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_words_word", "story_words", ["word", "published"])
