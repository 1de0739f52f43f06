"""The measurement of answers: what gets none is said to have none, and nobody waits for it for ever."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.answers import LIMIT_S, Waits, copy, until
from bot.sandbox.world import World


def test_what_is_not_answered_counts_as_waited_for_without_end() -> None:
    waits = Waits("/quiet", signs=[0.1] * 19, answers=[0.1] * 19)
    assert (waits.p95, waits.verdict) == (0.1, "")
    waits.silent = 1
    assert waits.p95 == 0.1
    assert waits.verdict.startswith("NO ANSWER to 1 of 20")
    waits.silent = 2
    assert waits.p95 == float("inf")
    assert "NO ANSWER" in Waits("/quiet", silent=3).line()


def test_one_slow_answer_of_ten_is_over_the_limit() -> None:
    assert Waits("/help", signs=[0.1] * 9 + [2 * LIMIT_S]).verdict == "over 300 ms"


async def test_the_first_sign_ends_the_wait_and_no_sign_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.answers.PATIENCE_S", 0.05)
    world = World()
    world.changes.add("message", 5, {"from": {"is_bot": False}})
    world.changes.add("typing", 5, {})
    world.changes.add("message", 6, {"from": {"is_bot": True}})
    kinds = frozenset({"message", "draft"})
    assert await until(world, kinds, 5, 0) is None
    world.changes.add("draft", 5, {})
    sign = await until(world, kinds, 5, 0)
    assert sign is not None
    assert sign[1:] == (4, "draft")


def test_a_kept_store_is_left_as_it_was_filled(tmp_path: Path) -> None:
    kept, used = tmp_path / "kept.db", tmp_path / "used.db"
    with closing(sqlite3.connect(kept)) as database, database:
        database.execute("CREATE TABLE inbox (update_id INTEGER)")
    copy(kept, used)
    with closing(sqlite3.connect(used)) as database, database:
        database.execute("INSERT INTO inbox VALUES (1)")
    with closing(sqlite3.connect(kept)) as database:
        assert database.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
