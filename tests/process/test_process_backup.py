"""An operator's drill: back up a bot at work, lose something, restore, go on."""

import asyncio
import sys
from pathlib import Path

import pytest
from driven_bot import PATIENCE_S, BotProcess

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER

pytestmark = pytest.mark.process


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


async def test_a_bot_is_backed_up_at_work_and_restored_when_stopped(
    people: SandboxClient, bot: BotProcess, tmp_path: Path
) -> None:
    copy = str(tmp_path / "copy.db")
    await bot.start()
    assert "You are subscribed" in (await people.ask(SAMPLE_READER, "/subscribe", PATIENCE_S)).text
    code, said = await sitrep(bot, "backup", copy)
    assert (code, "1 subscriber," in said) == (0, True), said
    assert (await sitrep(bot, "backup", copy))[0] == 2
    assert (await sitrep(bot, "backup", copy, "--force"))[0] == 0

    await people.ask(SAMPLE_READER, "/unsubscribe", PATIENCE_S)
    assert ": off. " in (await people.ask(SAMPLE_READER, "/settings", PATIENCE_S)).text
    code, said = await sitrep(bot, "restore", copy)
    assert (code, f"process {bot.pid} " in said) == (2, True), said
    bot.must_live()

    await bot.stop()
    code, said = await sitrep(bot, "restore", copy)
    assert (code, "sitrep.db.replaced-" in said) == (0, True), said
    await bot.start()
    assert ": on. " in (await people.ask(SAMPLE_READER, "/settings", PATIENCE_S)).text
