"""Pages by their age, so that old ones can be forgotten."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.create_index("ix_pages_age", "pages", ["due_at"])
