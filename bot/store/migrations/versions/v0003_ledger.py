"""The figure ledger. Figures that were filed before it stay as they are, in no series."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Instant, RowId

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.create_table(
        "figure_series",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("newest", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_figure_series"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "figure_terms",
        sa.Column("term", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("series", RowId, nullable=False),
        sa.PrimaryKeyConstraint("term", "kind", "series", name="pk_figure_terms"),
        sa.ForeignKeyConstraint(["series"], ["figure_series.id"], name="fk_figure_terms_series", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_figure_terms_series", "figure_terms", ["series", "term"])
    op.create_table(
        "figure_disputes",
        sa.Column("figure", RowId, nullable=False),
        sa.Column("other", RowId, nullable=False),
        sa.PrimaryKeyConstraint("figure", "other", name="pk_figure_disputes"),
        sa.ForeignKeyConstraint(["figure"], ["figures.id"], name="fk_figure_disputes_figure", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["figures.id"], name="fk_figure_disputes_other", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_figure_disputes_other", "figure_disputes", ["other"])
    for column in (
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("filed_at", Instant(), nullable=True),
        sa.Column("told_at", Instant(), nullable=True),
        sa.Column("thread", RowId, nullable=True),
        sa.Column("series", RowId, nullable=True),
        sa.Column("relation", sa.String(length=16), nullable=True),
        sa.Column("before", RowId, nullable=True),
        sa.Column("corrects", sa.Boolean(), nullable=True),
        sa.Column("retracted_at", Instant(), nullable=True),
    ):
        op.add_column("figures", column)
    op.create_index("ix_figures_series", "figures", ["series", "published", "id"])
    op.create_index("ix_figures_thread", "figures", ["thread", "id", "series"])
