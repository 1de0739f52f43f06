"""Promise 9: what is committed is on the disk, and the drill: back up in the midst of a broadcast, lose everything, restore."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from driven_bot import PATIENCE_S, BotProcess, delivered
from promise_proof import Proof
from promise_street import arrived, database, file_news, move_in, until

from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import SAMPLE_READER, SandboxServer
from bot.store import Store
from bot.store.tables import metadata

pytestmark = pytest.mark.process

OPEN = "select count(*) from outbox where state in ('queued', 'sending')"


async def sitrep(bot: BotProcess, *arguments: str) -> tuple[int, str]:
    """Run a command on the bot's database: its exit code and all it said."""
    command = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=bot.environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(command.communicate(), PATIENCE_S)
    assert command.returncode is not None
    return command.returncode, said.decode()


def leftovers(folder: Path) -> list[Path]:
    """The database and all that is kept beside it."""
    return list(folder.glob("sitrep.db*"))


def counts(database: Path) -> dict[str, int]:
    """How many rows each table holds, and how many deliveries are open."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        assert opened.execute("pragma integrity_check").fetchone() == ("ok",)
        found = {
            table.name: int(opened.execute(f"select count(*) from {table.name}").fetchone()[0])
            for table in metadata.sorted_tables
        }
        return found | {"open deliveries": int(opened.execute(OPEN).fetchone()[0])}


@pytest.mark.promise(9, "durable and restorable")
async def test_promise_9_a_backup_taken_amid_a_broadcast_restores_all_of_it(tmp_path: Path, proof: Proof) -> None:
    readers = proof.size(5_000, "subscribers, backed up while they are told")
    now = datetime.now(UTC)
    copy = tmp_path / "copy.db"
    store = await Store.open(database(tmp_path))
    async with SandboxServer(limits=None) as server, SandboxClient(server.root_url) as people:
        await move_in(server, store, readers, now - timedelta(minutes=1))
        await file_news(store, ("Abelin", "Brovka"), now - timedelta(hours=2))
        await store.close()
        server.world.faults.add(Fault(kind=FaultKind.SLOW, method="sendMessage", delay_s=0.2, times=None))
        bot = BotProcess(server, tmp_path, SITREP_LIMITS__MESSAGES_PER_S=str(max(20, readers // 40)))
        await bot.start()
        await until(lambda: len(server.world.sends) >= readers // 10)
        code, said = await sitrep(bot, "backup", str(copy))
        assert code == 0, said
        kept = counts(copy)
        assert kept["subscribers"] == readers
        assert 0 < kept["open deliveries"] < readers
        assert f"{kept['open deliveries']:,} open deliver" in said, said
        code, said = await sitrep(bot, "restore", str(copy))
        assert (code, f"process {bot.pid} " in said) == (2, True), said
        bot.must_live()

        await bot.kill()
        for file in leftovers(tmp_path):
            file.unlink()
        code, said = await sitrep(bot, "restore", str(copy))
        assert code == 0, said
        assert counts(tmp_path / "sitrep.db") == kept

        # What was open in the backup goes out; told twice is who was told after it was taken, and nobody else.
        before = len(server.world.sends)
        server.world.faults.clear()
        await bot.start()
        await people.ask(SAMPLE_READER, "/help", PATIENCE_S)
        await delivered(bot)
        again = arrived(server.world.sends[before:])
        assert 0 < len(again) - 1 <= kept["open deliveries"]
        assert await bot.stop() == 0
    proof.note(
        f"{kept['open deliveries']:,} deliveries were open in the copy and in the restored database, and all {len(kept) - 1} tables hold as "
        "many rows; refused while the bot runs"
    )


@pytest.mark.promise(9, "durable and restorable")
async def test_promise_9_every_connection_writes_ahead_and_waits_for_the_disk(tmp_path: Path, proof: Proof) -> None:
    store = await Store.open(database(tmp_path))
    found = set()
    for opened in (store.begin, store.read, store.begin):
        async with opened() as tx:
            connection = tx.inbox._connection
            mode = await connection.exec_driver_sql("pragma journal_mode")
            level = await connection.exec_driver_sql("pragma synchronous")
            found.add((mode.scalar(), level.scalar()))
    await store.close()
    assert found == {("wal", 2)}
    proof.note("journal_mode WAL, synchronous FULL")
