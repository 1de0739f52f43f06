"""Two copies started by mistake on one database: the second says so, ends, and has touched nothing."""

import asyncio
import socket
import sys
from pathlib import Path

import pytest
from driven_bot import PATIENCE_S, BotProcess

from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.server import SAMPLE_READER, SandboxServer
from bot.store import State, Store

pytestmark = pytest.mark.process

ENDS_WITHIN_S = 30


async def outbox(bot: BotProcess) -> dict[str, int]:
    store = await Store.open(bot.database_url)
    async with store.read() as tx:
        counts = await tx.outbox.counts()
    await store.close()
    return counts


async def ended(bot: BotProcess) -> int:
    async with asyncio.timeout(ENDS_WITHIN_S):
        return await bot.ended()


async def test_the_second_copy_names_the_first_and_handles_nothing(
    sandbox: SandboxServer, people: SandboxClient, bot: BotProcess, tmp_path: Path
) -> None:
    await bot.start()
    await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
    sandbox.world.faults.add(Fault(kind=FaultKind.SLOW, method="sendMessage", delay_s=2.5, times=1))
    said = await people.say(SAMPLE_READER, "/help")
    async with asyncio.timeout(PATIENCE_S):
        while (await outbox(bot))[State.SENDING] == 0:
            bot.must_live()
            await asyncio.sleep(0.05)
    (tmp_path / "second").mkdir()
    second = BotProcess(sandbox, tmp_path / "second", SITREP_DATABASE_URL=f"sqlite:///{tmp_path / 'sitrep.db'}")
    await second.start()
    assert await ended(second) == 2
    assert f"process {bot.pid} on {socket.gethostname()}" in second.log
    assert "another_copy_runs" in second.log
    assert "deliveries_recovered" not in second.log
    await people.wait_for(SAMPLE_READER, lambda seen: seen.from_bot, PATIENCE_S, after=said)
    # One answer, neither asked for again nor sent again: nobody has "recovered" what was on its way.
    await people.ask(SAMPLE_READER, "/settings", PATIENCE_S)
    answers = [seen for seen in await people.chat(SAMPLE_READER) if seen.from_bot and seen.message_id > said]
    assert len(answers) == 2
    assert "another_copy_is_polling" not in bot.log
    assert await bot.stop() == 0


async def test_after_a_kill_the_next_one_starts_at_once(people: SandboxClient, bot: BotProcess) -> None:
    await bot.start()
    await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
    await bot.kill()
    await bot.start()
    await people.ask(SAMPLE_READER, "/help", PATIENCE_S)


async def test_migrate_is_not_held_up_by_a_running_bot(people: SandboxClient, bot: BotProcess) -> None:
    await bot.start()
    await people.ask(SAMPLE_READER, "/start", PATIENCE_S)
    migrate = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "migrate", env=bot.environment)
    assert await asyncio.wait_for(migrate.wait(), ENDS_WITHIN_S) == 0
    bot.must_live()
