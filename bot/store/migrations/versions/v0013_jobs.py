"""Jobs for the workers, on PostgreSQL alone, and what a reader waits for while one of them reads it."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, RowId

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup.

    Procrastinate's tables are those of the release that ``pyproject.toml`` pins. Whoever raises the pin adds a migration that
    runs what Procrastinate changed since, where a database lacks it.
    """
    op.create_table(
        "asks",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asks_asked", "asks", ["asked_at"])
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        from procrastinate.schema import SchemaManager  # noqa: PLC0415  an optional package

        schema = SchemaManager.get_schema()
        bind.connection.dbapi_connection.run_async(lambda raw: raw.execute(schema))  # type: ignore[union-attr]  # the async driver's own
