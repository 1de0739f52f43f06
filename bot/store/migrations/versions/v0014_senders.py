"""Several senders: whose a message in flight is, who is alive, and the limits they share."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.add_column("outbox", sa.Column("sender", sa.String(length=64), nullable=True))
    op.create_table(
        "senders",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_senders"),
    )
    op.create_table(
        "paces",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("paused_until_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paces"),
    )
