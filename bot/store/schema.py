"""Brings a database to the schema that this version of the code knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from bot.store.engine import POSTGRESQL
from bot.store.tables import metadata
from models.api import SitrepError

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
"""Alembic itself is imported where something is to be migrated: it is a tenth of every start, and mostly nothing is."""

_VERSION = text(
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
"""As Alembic makes it."""

_COLLATED = text(
    "SELECT table_name, column_name, character_maximum_length FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND table_name = ANY(:tables) "
    "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C' "
    "ORDER BY table_name, column_name"
)
"""The columns of text that the server would sort by the rules of a language."""


def upgrade(connection: Connection) -> None:
    """Run the missing migrations in the connection's open transaction.

    A new file gets its tables as :mod:`bot.store.tables` has them, which takes a tenth of the time; that the migrations
    lead to the same, but for the order of columns, is tested. On PostgreSQL there is more to make than those tables: all migrations run.

    Raises:
        SitrepError: ``schema_newer`` where the database is at a revision that this code does not know.
    """
    if not _behind(connection):
        return
    if connection.dialect.name != POSTGRESQL and not inspect(connection).get_table_names():
        _create(connection)
        return
    from alembic import command  # noqa: PLC0415  as said above

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == POSTGRESQL:
        _sort_by_code_point(connection)


def must_be_current(connection: Connection) -> None:
    """Change nothing.

    Raises:
        SitrepError: ``schema_newer``, or ``schema_older`` where migrations are missing.
    """
    if _behind(connection):
        raise SitrepError(
            "schema_older",
            f"the database is at revision {revision(connection) or 'none'} and needs a migration, which waits until "
            "no other copy of the bot works with it. Stop the bot first.",
        )


def missing(found: str | None) -> tuple[tuple[str, str], ...]:
    """The migrations that a database at a revision (None: an empty one) still needs, in order, each with what it does.

    Raises:
        SitrepError: ``schema_newer`` where this code does not know the revision.
    """
    if found is not None and found not in known_revisions():
        raise newer(found)
    from alembic.script import ScriptDirectory  # noqa: PLC0415  as said above

    steps = ScriptDirectory.from_config(_config()).iterate_revisions("head", found or "base")
    return tuple((step.revision, str(step.doc)) for step in reversed(list(steps)))


def known_revisions() -> frozenset[str]:
    """The revisions that this version of the code can migrate from."""
    return frozenset(path.name[1:5] for path in (_MIGRATIONS / "versions").glob("v????_*.py"))


def newer(found: str) -> SitrepError:
    """The error for a revision that this code does not know."""
    known = max(known_revisions())
    return SitrepError(
        "schema_newer",
        f"the database is at revision {found}, written by a newer version; this one knows up to {known}. "
        "Install the newer version, or restore a backup.",
        found=found,
        known=known,
    )


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _create(connection: Connection) -> None:
    metadata.create_all(connection, checkfirst=False)
    connection.execute(_VERSION)
    connection.execute(text("INSERT INTO alembic_version VALUES (:current)"), {"current": max(known_revisions())})


def _sort_by_code_point(connection: Connection) -> None:
    """Have text compared as SQLite does, whatever the language of the server: orders, and so editions, are the same on both."""
    known = connection.execute(_COLLATED, {"tables": list(metadata.tables)})
    quote = connection.dialect.identifier_preparer.quote
    for table, column, size in known.all():
        kind = "text" if size is None else f"varchar({size})"
        change = f'ALTER TABLE {quote(table)} ALTER COLUMN {quote(column)} TYPE {kind} COLLATE "C"'
        connection.exec_driver_sql(change)


def _behind(connection: Connection) -> bool:
    current = revision(connection)
    known = known_revisions()
    if current == max(known):
        return False
    if current is not None and current not in known:
        raise newer(current)
    return True


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415  as said above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
