"""Small things that every repository needs: the connection, and an INSERT that knows ON CONFLICT."""

from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

COUNTED = {"preserve_rowcount": True}
"""For an INSERT that says how many rows were new: without it that is known on SQLite alone."""


def insertion(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT with ``on_conflict_do_*``, which both databases spell alike and SQLAlchemy keeps per dialect."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


@cache
def upsert(
    dialect: str, table: Table, keys: tuple[str, ...], columns: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    """An INSERT of some columns, which replaces them in a row that has these keys: built once for a database's dialect."""
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    again = {name: statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=again)


class Repository:
    """Queries over a few tables, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        return insertion(self._connection, table)
