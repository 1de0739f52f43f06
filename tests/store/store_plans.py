"""How a database would run a statement: whatever it would have to read through or to sort."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

_INDEXES_IF_ANY = ("seqscan", "bitmapscan", "sort")
"""Ways that PostgreSQL likes for small tables; forbidden, it takes them only where no index would do."""


async def plan(connection: AsyncConnection, statement: str, parameters: Any) -> list[str]:
    """The steps that grow with what is found: ``SCAN table ...`` and ``SORT``."""
    if connection.dialect.name == "sqlite":
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [str(row[3]).replace("USE TEMP B-TREE FOR ORDER BY", "SORT") for row in rows]
        return [step for step in steps if step.startswith(("SCAN", "SORT"))]
    for way in _INDEXES_IF_ANY:
        await connection.exec_driver_sql(f"SET enable_{way} = off")
    found = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    return list(_steps(found.scalar_one()[0]["Plan"]))


def _steps(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield f"SCAN {node['Relation Name']}"
    if node["Node Type"] == "Sort":
        yield "SORT by " + ", ".join(node["Sort Key"])
    for child in node.get("Plans", ()):
        yield from _steps(child)
