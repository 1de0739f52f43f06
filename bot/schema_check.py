"""``sitrep migrate --check``: says in words and by its exit code whether a database is current."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from bot.store import standing_of
from models.api import SitrepError

CURRENT, WOULD_MIGRATE = 0, 1


async def check_schema(url: str) -> tuple[str, int]:
    """What to say, and the exit code.

    Raises:
        SitrepError: ``database_unreachable``, or what ``standing_of`` raises.
    """
    try:
        found = await standing_of(url)
    except SQLAlchemyError as error:
        raise SitrepError(
            "database_unreachable",
            f"The database cannot be looked at ({type(error).__name__}): is it running, and ours?",
        ) from error
    if found.is_current:
        return f"The schema is current, at revision {found.revision}.", CURRENT
    if found.revision is None:
        return f"There is no database yet; sitrep migrate would make it, at revision {found.head}.", WOULD_MIGRATE
    steps = "\n".join(f"  {number}  {says}" for number, says in found.missing)
    where = f"The database is at revision {found.revision}; sitrep migrate would bring it to {found.head}"
    return f"{where}:\n{steps}", WOULD_MIGRATE
