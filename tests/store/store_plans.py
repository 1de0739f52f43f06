"""How a database would run a statement: whatever it would have to read through or to sort."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

_INDEXES_IF_ANY = ("seqscan", "bitmapscan", "sort")
"""Ways that PostgreSQL likes for small tables; forbidden, it takes them only where no index would do."""

_AS_IF_LARGER = "SET seq_page_cost = 100"
"""Reading a table through costs as much as if it had a hundred times as many rows."""


async def plan(connection: AsyncConnection, statement: str, parameters: Any, *, at_size: bool = False) -> list[str]:
    """The steps that grow with what is found: ``SCAN table ...`` and ``SORT``.

    ``at_size``: the tables are so large, and known to be, that the database may choose its ways freely.
    """
    if connection.dialect.name == "sqlite":
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        steps = [str(row[3]).replace("USE TEMP B-TREE FOR ORDER BY", "SORT") for row in rows]
        return [step for step in steps if step.startswith(("SCAN", "SORT"))]
    if at_size:
        await connection.exec_driver_sql(_AS_IF_LARGER)
    for way in () if at_size else _INDEXES_IF_ANY:
        await connection.exec_driver_sql(f"SET enable_{way} = off")
    found = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    return list(_steps(found.scalar_one()[0]["Plan"], at_size=at_size))


async def conditions(connection: AsyncConnection, statement: str, parameters: Any) -> str:
    """By which ranges of indexes a database would run a statement."""
    if connection.dialect.name == "sqlite":
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "; ".join(str(row[3]) for row in rows)
    for way in _INDEXES_IF_ANY:
        await connection.exec_driver_sql(f"SET enable_{way} = off")
    rows = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
    return "; ".join(row[0] for row in rows if "Index Cond" in row[0])


def _steps(node: dict[str, Any], *, at_size: bool) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield f"SCAN {node['Relation Name']}"
    if at_size and node["Node Type"] in {"Index Scan", "Index Only Scan"} and "Index Cond" not in node:
        yield f"SCAN {node['Relation Name']} USING INDEX {node['Index Name']}"
    if node["Node Type"] == "Sort":
        yield "SORT by " + ", ".join(node["Sort Key"])
    for child in node.get("Plans", ()):
        yield from _steps(child, at_size=at_size)
