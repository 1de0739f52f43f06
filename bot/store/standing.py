"""Says where a database stands against the schema that this version knows, without touching it."""

from dataclasses import dataclass

from bot.store.engine import create_engine, file_of
from bot.store.schema import missing, revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The revision a database is at (None: there is nothing yet), that of the code, and the migrations between, each with what it does."""

    revision: str | None
    head: str
    missing: tuple[tuple[str, str], ...]

    @property
    def is_current(self) -> bool:
        """Whether there is nothing to migrate."""
        return not self.missing


async def standing_of(url: str) -> Standing:
    """Look at a database; a file that is not there is not made.

    Raises:
        SitrepError: ``schema_newer``, ``database_url_bad`` or ``database_in_memory``.
        sqlalchemy.exc.SQLAlchemyError: it cannot be reached.
    """
    file = file_of(url)
    if file is not None and not file.exists():
        return _standing(None)
    engine = create_engine(url)
    try:
        async with engine.connect() as connection:
            return _standing(await connection.run_sync(revision))
    finally:
        await engine.dispose()


def _standing(found: str | None) -> Standing:
    steps = missing(found)
    return Standing(revision=found, head=steps[-1][0] if steps else str(found), missing=steps)
