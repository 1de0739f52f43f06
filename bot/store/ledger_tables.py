"""The tables of the figure ledger: its series, the words they are found by, and the figures that dispute each other."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from bot.store.tables import metadata
from bot.store.types import Instant, RowId

figure_series = Table(
    "figure_series",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("unit", Text),
    Column("label", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("newest", Instant, nullable=False),
    Index("ix_figure_series_newest", "newest"),
    sqlite_autoincrement=True,
)

figure_terms = Table(
    "figure_terms",
    metadata,
    Column("term", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("series", RowId, ForeignKey("figure_series.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("term", "kind", "series"),
    Index("ix_figure_terms_series", "series", "term"),
    sqlite_with_rowid=False,
)

figure_disputes = Table(
    "figure_disputes",
    metadata,
    Column("figure", RowId, ForeignKey("figures.id", ondelete="CASCADE"), nullable=False),
    Column("other", RowId, ForeignKey("figures.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("figure", "other"),
    Index("ix_figure_disputes_other", "other"),
    sqlite_with_rowid=False,
)
