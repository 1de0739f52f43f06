"""What readers choose."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.add_column("subscribers", sa.Column("wishes", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("subscribers", sa.Column("thread_id", sa.BigInteger(), nullable=True))
