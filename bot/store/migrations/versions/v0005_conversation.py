"""What readers ask for: files in the outbox, the last edition a chat was told, stories by their words."""

import sqlalchemy as sa
from alembic import op

from bot.desk.search import terms_of
from bot.store.codec import load_article, load_reading
from bot.store.types import Instant, RowId

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT_ONCE = 200
_story_words = sa.table(
    "story_words",
    sa.column("story"),
    sa.column("word"),
    sa.column("article_key"),
    sa.column("published", Instant()),
    sa.column("weight"),
)


def upgrade() -> None:
    """Forward; there is no way back but a backup."""
    op.add_column("outbox", sa.Column("file_field", sa.String(length=16), nullable=True))
    op.add_column("outbox", sa.Column("file_name", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("file_type", sa.String(length=64), nullable=True))
    op.add_column("outbox", sa.Column("file_content", sa.LargeBinary(), nullable=True))
    told = sa.text("edition_id IS NOT NULL")
    op.create_index("ix_outbox_told", "outbox", ["chat_id", "id"], sqlite_where=told, postgresql_where=told)
    op.create_table(
        "story_words",
        sa.Column("story", RowId, nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("article_key", sa.String(length=128), nullable=False),
        sa.Column("published", Instant(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("story", "word", "article_key", name="pk_story_words"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_words_word", "story_words", ["word", "published"])
    op.create_index("ix_figure_series_newest", "figure_series", ["newest"])
    _index_what_is_filed(op.get_bind())


def _index_what_is_filed(connection: sa.Connection) -> None:
    """Keep the articles of before under their words, so that /search knows them."""
    readings = sa.table("readings", *map(sa.column, ("article_key", "story", "article", "reading")))
    known = connection.execute(sa.select(readings.c.article_key).order_by(readings.c.article_key)).scalars().all()
    for start in range(0, len(known), _AT_ONCE):
        chosen = readings.c.article_key.in_(known[start : start + _AT_ONCE])
        rows = []
        for row in connection.execute(sa.select(readings).where(chosen)).all():
            article, reading = load_article(row.article), load_reading(row.reading, b"")
            shared = {"story": row.story, "article_key": row.article_key, "published": article.published}
            rows += [{**shared, "word": word, "weight": held} for word, held in terms_of(article, reading).items()]
        if rows:
            connection.execute(sa.insert(_story_words), rows)
