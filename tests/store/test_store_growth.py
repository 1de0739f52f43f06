"""Nothing that is done all day reads an archive through: both databases say so of one they hold, and whose size they know."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from store_plans import plan

from bench.growth import Day
from bench.growth_block import write_block
from bench.growth_fill import fill
from bench.growth_rows import Block, read_block
from bot.store import Store
from bot.store.engine import file_of

ARTICLES, BLOCKS = 60, 50
DONE = ("due", "tick", "claim", "compose", "search", "figures", "bring", "place")

SMALL = {
    "SCAN CONSTANT ROW": "values given in the statement itself",
    "SCAN withdrawn_stories": "what operators withdrew by hand; here nothing",
    "SCAN (subquery": "an empty list of keys",
    "SCAN held": "what was found of one word, at most 100",
    "SCAN newest": "what was found of one series, at most 500",
    "SCAN complete": "the messages that were just sent",
    "SCAN stories USING COVERING INDEX ix_stories_newest": "as many of the newest as are asked for",
    "SCAN stories USING INDEX ix_stories_newest": "as many of the newest as are asked for",
    "SCAN figure_series USING INDEX ix_figure_series_newest": "as many of the newest as are asked for",
    "SCAN deadline_entries USING INDEX ix_deadline_entries_stale": "an index of what the article at hand has changed",
    "SCAN outlet_voices": "one row for each outlet",
    "SORT by outbox.chat_id": "the messages that were just sent",
}
"""Steps that grow with what is found, and why that does not grow."""


@pytest.fixture(scope="module")
def block(tmp_path_factory: pytest.TempPathFactory) -> Block:
    """Sixty articles, as the code of the bot writes them."""
    file = tmp_path_factory.mktemp("block") / "block.db"

    async def write() -> None:
        store = await Store.open(f"sqlite+aiosqlite:///{file}")
        await write_block(store, ARTICLES)
        await store.close()

    asyncio.run(write())
    return read_block(file)


def analyse(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("ANALYZE")


@pytest.mark.parametrize("analysed", [False, True])
async def test_no_query_of_a_day_reads_an_archive_through(url: str, block: Block, analysed: bool) -> None:  # noqa: FBT001  a parameter of the test
    await (await Store.open(url)).close()
    fill(url, block, BLOCKS)
    file = file_of(url)
    if analysed and file is not None:
        analyse(file)
    elif not analysed and file is None:
        pytest.skip("PostgreSQL analyses by itself")
    store = await Store.open(url)
    seen: dict[tuple[str, str], Any] = {}
    doing = ""

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, ____: bool) -> None:  # noqa: FBT001  the signature of the event
        seen.setdefault((doing, statement), parameters[0] if isinstance(parameters, list) else parameters)

    event.listen(store._engine.sync_engine, "before_cursor_execute", note)
    day = Day(store, ARTICLES, BLOCKS)
    for doing in DONE:
        await getattr(day, doing)(0)
    grows: list[str] = []
    asked = 0
    async with store.read() as tx:
        for (what, statement), parameters in list(seen.items()):
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                asked += 1
                steps = await plan(tx.inbox._connection, statement, parameters, at_size=True)
                grows += [f"{what}: {step}: {statement}" for step in steps if not step.startswith(tuple(SMALL))]
    await store.close()
    assert asked > 40
    assert not grows, "\n\n".join(grows)
