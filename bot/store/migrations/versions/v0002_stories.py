"""Stories follow stories. Those told before it follow nothing, and are compared by their vectors alone."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, RowId

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.add_column("stories", sa.Column("oldest", Instant(), nullable=True))
    op.add_column("stories", sa.Column("follows", RowId, nullable=True))
    op.add_column("stories", sa.Column("imprint", sa.LargeBinary(), nullable=True))
    op.add_column("stories", sa.Column("told", sa.Text(), nullable=True))
    op.add_column("stories", sa.Column("link", sa.Text(), nullable=True))
    op.create_index("ix_stories_follows", "stories", ["follows"])
    op.add_column("readings", sa.Column("imprint", sa.LargeBinary(), nullable=True))
