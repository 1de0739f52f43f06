"""Which editions have waited too long: found without a look at those that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'queued' AND kind = 'edition'")


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.create_index("ix_outbox_waiting", "outbox", ["due_at"], sqlite_where=_WAITING, postgresql_where=_WAITING)
