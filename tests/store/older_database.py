"""Makes a database of an older revision with rows in every table: ``python tests/store/older_database.py FILE [REVISION]``.

Nothing binary is kept for it: the schema comes from the migrations themselves, the rows from what each column may hold.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Column, Connection, Table, create_engine, inspect
from sqlalchemy import MetaData as Reflected
from sqlalchemy.types import Boolean, Date, DateTime, Float, Integer, LargeBinary

from bot.store.codec import dump_article, dump_reading
from bot.store.schema import _config, missing
from models.api import Article, Reading, Span, Summary

NEWS = datetime(2026, 5, 3, 9, tzinfo=UTC)
SENTENCE = "A storm killed at least 12 people in Port Ellery."
FIXED = {
    "topics": "[]",
    "times": '["07:30"]',
    "wishes": "{}",
    "history": "[]",
    "params": '{"chat_id": 1, "text": "…"}',
    "raw": "{}",
    "language": "en",
    "zone": "UTC",
    "bond": "deadline",
    "precision": "day",
    "qualifier": "exact",
    "status": "actual",
    "tie": "other",
    "low": "12",
    "high": "12",
    "sentence": SENTENCE,
}
"""What columns of these names hold."""
OPEN = frozenset({"follows", "before", "withdrawn_at", "retracted_at", "next_due_at"})
"""What is left empty where it may be."""
BY_TYPE: tuple[tuple[type, Callable[[int], Any]], ...] = (
    (Boolean, lambda _: False),
    (DateTime, lambda number: NEWS.replace(tzinfo=None) + timedelta(seconds=number)),
    (Date, lambda _: date(2027, 6, 1)),
    (Float, lambda _: 0.5),
    (LargeBinary, lambda _: b""),
    (Integer, lambda number: number),
)
KINDS = {"subscribers": "private", "outbox": "reply"}
STATES = {"inbox": "done", "articles": "read", "outbox": "sent", "sources": "read", "pages": "read", "paces": "{}"}


def revisions() -> list[str]:
    """All there are, in order."""
    return [number for number, _ in missing(None)]


def previous() -> str:
    """The one before the newest: what a database has that the last version left."""
    return revisions()[-2]


def build(file: Path, revision: str, rows: int = 8) -> None:
    """Make a database at a revision, with so many rows in every table that it has."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with engine.begin() as connection:
        for table in _tables(connection):
            connection.execute(table.insert(), [dict(_row(table, number)) for number in range(1, rows + 1)])
    engine.dispose()


def contents(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, each as the database holds it."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        found = {
            table.name: [
                dict(row) for row in connection.execute(table.select().order_by(*table.primary_key)).mappings()
            ]
            for table in _tables(connection)
        }
    engine.dispose()
    return found


def _tables(connection: Connection) -> list[Table]:
    known = Reflected()
    known.reflect(
        connection, only=[name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    )
    return list(known.sorted_tables)


def _row(table: Table, number: int) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        yield column.name, _value(table.name, column, number)


def _value(table: str, column: Column[Any], number: int) -> Any:
    name = column.name
    told = {
        ("articles", "body"): dump_article(_article(number)),
        ("readings", "article"): dump_article(_article(number)),
        ("readings", "reading"): dump_reading(_reading(number)),
        (table, "key"): _article(number).key,
        (table, "article_key"): _article(number).key,
        (table, "state"): STATES.get(table),
        (table, "kind"): KINDS.get(table, "count"),
    }
    if (table, name) in told:
        return told[table, name]
    if name in FIXED:
        return FIXED[name]
    if name in OPEN and column.nullable:
        return None
    return next((make(number) for kind, make in BY_TYPE if isinstance(column.type, kind)), f"{name} {number}")


def _article(number: int) -> Article:
    return Article(key=f"post:-100:{number}", title=f"Storm {number}", text=SENTENCE, published=NEWS, outlet="Wire")


def _reading(number: int) -> Reading:
    return Reading(
        key=_article(number).key,
        language="en",
        headline=f"Storm {number}",
        sentences=(Span(0, len(SENTENCE)),),
        summary=Summary(pieces=()),
        topics=(),
        figures=(),
        deadlines=(),
        vector=b"",
        model="older",
    )


if __name__ == "__main__":
    chosen = sys.argv[2] if len(sys.argv) > 2 else previous()
    build(Path(sys.argv[1]), chosen, rows=100)
    print(json.dumps({"file": sys.argv[1], "revision": chosen}))  # noqa: T201  a command's answer
