"""Which editions drew on an article, and who was sent a correction of it."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import RowId

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.create_table(
        "drawn",
        sa.Column("article_key", sa.String(length=128), nullable=False),
        sa.Column("edition_id", RowId, nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_drawn_edition_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_key", "edition_id", name="pk_drawn"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "corrected",
        sa.Column("article_key", sa.String(length=128), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_key", "fact", "chat_id", name="pk_corrected"),
        sqlite_with_rowid=False,
    )
