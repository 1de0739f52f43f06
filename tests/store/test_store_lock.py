"""One copy at a time on a database; whoever holds the right loses it by dying."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.store import DatabaseInUse, Store, sole_user
from bot.store.lock import lock_file
from models.api import SitrepError

HOLDER = """
import asyncio, subprocess, sys
from bot.store import sole_user

async def hold():
    async with sole_user(sys.argv[1]):
        subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL)
        print("held", flush=True)
        await asyncio.sleep(3600)

asyncio.run(hold())
"""


@pytest.fixture
def url(sqlite_url: str) -> str:
    """The lock of an SQLite file; that of PostgreSQL is in test_store_leader.py."""
    return sqlite_url


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


async def test_the_second_is_told_who_the_first_is(url: str) -> None:
    async with sole_user(url):
        with pytest.raises(DatabaseInUse) as refused:
            async with sole_user(url):
                pytest.fail("two copies at once")
    assert refused.value.facts == {"pid": os.getpid(), "host": socket.gethostname()}
    assert f"process {os.getpid()} on {socket.gethostname()}" in refused.value.message
    async with sole_user(url):
        pass


async def test_a_database_is_the_same_one_by_whatever_path(url: str, tmp_path: Path) -> None:
    await (await Store.open(url)).close()
    other = tmp_path / "other"
    other.mkdir()
    (other / "link.db").symlink_to(path_of(url))
    async with sole_user(url):
        with pytest.raises(DatabaseInUse):
            async with sole_user(f"sqlite+aiosqlite:///{other}/../other/link.db"):
                pytest.fail("two copies at once")
        async with sole_user(f"sqlite+aiosqlite:///{tmp_path}/another.db"):
            pass


async def test_a_holder_that_has_not_signed_is_a_holder_all_the_same(url: str) -> None:
    async with sole_user(url):
        lock_file(path_of(url)).write_bytes(b"")
        with pytest.raises(DatabaseInUse) as refused:
            async with sole_user(url):
                pytest.fail("two copies at once")
    assert refused.value.facts == {"pid": None, "host": None}


async def test_a_killed_holder_holds_nothing_even_if_a_child_of_its_lives_on(url: str) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, url, stdout=asyncio.subprocess.PIPE, start_new_session=True
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    with pytest.raises(DatabaseInUse) as refused:
        async with sole_user(url):
            pytest.fail("two copies at once")
    assert refused.value.facts["pid"] == holder.pid
    holder.kill()
    await holder.wait()
    try:
        async with sole_user(url):
            pass
    finally:
        os.killpg(holder.pid, signal.SIGKILL)  # the child, which must have been alive for this to succeed


async def test_a_place_that_cannot_be_locked_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SitrepError) as refused:
        async with sole_user(f"sqlite+aiosqlite:///{tmp_path}/file/sitrep.db"):
            pytest.fail("locked nothing")
    assert refused.value.code == "database_lock_failed"


async def test_the_schema_does_not_change_under_a_bot_at_work(url: str) -> None:
    with pytest.raises(SitrepError) as refused:
        await Store.open(url, may_migrate=False)
    assert refused.value.code == "schema_older"
    with sqlite3.connect(path_of(url)) as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    await (await Store.open(url)).close()
    await (await Store.open(url, may_migrate=False)).close()
