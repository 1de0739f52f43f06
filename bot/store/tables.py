"""The tables as the newest migration leaves them, and the index behind every query that runs on a tick."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from bot.store.types import Instant, RowId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_key", BigInteger, nullable=False),
    Column("raw", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text),
    Column("received_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Index("ix_inbox_state", "state", "update_id"),
    Index("ix_inbox_received", "received_at", "update_id"),
)

posts = Table(
    "posts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("article_key", String(128), nullable=False),
    Column("raw", Text, nullable=False),
    Column("link", Text),
    Column("username", String(64)),
    Column("edited", Boolean, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Index("ix_posts_article", "article_key", "message_id"),
    Index("ix_posts_username", "username", "message_id"),
)

articles = Table(
    "articles",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Text),
    Column("ready_at", Instant, nullable=False),
    Column("queued_at", Instant, nullable=False),
    Index("ix_articles_waiting", "state", "ready_at", "key"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("headline", Text, nullable=False),
    Column("vector_sum", LargeBinary, nullable=False),
    Column("members", Integer, nullable=False),
    Column("newest", Instant, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Index("ix_stories_newest", "newest"),
    sqlite_autoincrement=True,
)

readings = Table(
    "readings",
    metadata,
    Column("article_key", String(128), ForeignKey("articles.key", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("article", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("story", RowId, ForeignKey("stories.id"), nullable=False),
    Column("headline", Text, nullable=False),
    Column("published", Instant, nullable=False),
    Column("filed_at", Instant, nullable=False),
    Column("read_at", Instant, nullable=False),
    Index("ix_readings_filed", "filed_at"),
    Index("ix_readings_story", "story", "published"),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("at", Instant, nullable=False),
)

figures = Table(
    "figures",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_key", String(128), nullable=False),
    Column("story", RowId, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("low", Text, nullable=False),
    Column("high", Text, nullable=False),
    Column("unit", Text),
    Column("qualifier", String(16), nullable=False),
    Column("label", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("as_of_start", Date),
    Column("as_of_end", Date),
    Column("importance", Float, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("published", Instant, nullable=False),
    Index("ix_figures_article", "article_key"),
    Index("ix_figures_kind", "kind", "unit", "published"),
    Index("ix_figures_story", "story"),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_key", String(128), nullable=False),
    Column("story", RowId, nullable=False),
    Column("bond", String(16), nullable=False),
    Column("due_start", Date, nullable=False),
    Column("due_end", Date, nullable=False),
    Column("precision", String(16), nullable=False),
    Column("qualifier", Text, nullable=False),
    Column("who", Text),
    Column("what", Text, nullable=False),
    Column("importance", Float, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("published", Instant, nullable=False),
    Index("ix_deadlines_article", "article_key"),
    Index("ix_deadlines_due", "due_end"),
    Index("ix_deadlines_story", "story"),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("subscribed", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("topics", Text, nullable=False),
    Column("times", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("watermark", Instant),
    Column("uncertain", Boolean, nullable=False),
    Column("next_due_at", Instant),
    Column("created_at", Instant, nullable=False),
    Column("inactive_since", Instant),
    Column("inactive_reason", Text),
    Index("ix_subscribers_due", "active", "subscribed", "next_due_at", "chat_id"),
)

editions = Table(
    "editions",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("profile_key", Text, nullable=False),
    Column("window_start", Instant, nullable=False),
    Column("window_end", Instant, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_editions_created", "created_at"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("method", String(64), nullable=False),
    Column("params", Text, nullable=False),
    Column("dedupe_key", String(255), nullable=False, unique=True),
    Column("edition_id", RowId, ForeignKey("editions.id")),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("watermark", Instant),
    Column("state", String(16), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("unclear", Integer, nullable=False),
    Column("plain", Boolean, nullable=False),
    Column("message_id", BigInteger),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_outbox_due", "state", "lane", "not_before", "id"),
    Index("ix_outbox_chat", "chat_id", "state", "lane", "due_at", "id"),
    Index("ix_outbox_edition", "edition_id", "chat_id"),
    sqlite_autoincrement=True,
)
