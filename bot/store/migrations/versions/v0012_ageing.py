"""What ageing needs: who told a story last, filled when its articles go; and what an edition draws on, by the edition."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.add_column("stories", sa.Column("outlet", sa.Text(), nullable=True))
    op.add_column("stories", sa.Column("sentence", sa.Text(), nullable=True))
    op.create_index("ix_drawn_edition", "drawn", ["edition_id"])
