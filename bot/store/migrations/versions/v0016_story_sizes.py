"""How many articles of a window a story has is counted without a look at the articles."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.drop_index("ix_readings_filed", "readings")
    op.create_index("ix_readings_filed", "readings", ["filed_at", "story"])
