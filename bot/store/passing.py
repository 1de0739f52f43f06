"""Tells the failures of a database that pass (it restarts, two writers met) from those that trying again does not cure."""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

_PASSING = ("08", "40", "53", "55P03", "57P")
"""Classes of SQLSTATE: no connection, rolled back because of another transaction, no resources, not available, stopped."""


def passes(error: BaseException) -> bool:
    """Whether the same transaction may succeed a moment later; nothing of it was committed, as far as is known."""
    if isinstance(error, NoConnection):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_PASSING)
    if isinstance(error.orig, sqlite3.OperationalError):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return error.connection_invalidated or type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout"}
