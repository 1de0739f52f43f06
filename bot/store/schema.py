"""Brings a database to the schema that this version of the code knows."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models.api import SitrepError

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run the missing migrations in the connection's open transaction.

    Raises:
        SitrepError: ``schema_newer`` where the database is at a revision that this code does not know.
    """
    if not _behind(connection):
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


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


def known_revisions() -> frozenset[str]:
    """The revisions that this version of the code can migrate from."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def newer(found: str) -> SitrepError:
    """The error for a revision that this code does not know."""
    known = ScriptDirectory.from_config(_config()).get_current_head()
    return SitrepError(
        "schema_newer",
        f"the database is at revision {found}, written by a newer version; this one knows up to {known}. "
        "Install the newer version, or restore a backup.",
        found=found,
        known=known,
    )


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def _behind(connection: Connection) -> bool:
    current = revision(connection)
    if current == ScriptDirectory.from_config(_config()).get_current_head():
        return False
    if current is not None and current not in known_revisions():
        raise newer(current)
    return True


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
