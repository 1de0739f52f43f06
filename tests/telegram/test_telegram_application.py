"""Starting up: an outage is waited out, a bad token is not, and what Telegram shows is registered."""

from random import Random

import pytest
from structlog.testing import capture_logs

from bot.errors import Fatal
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ThreadedReader
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer
from bot.store import Store
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.commands import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION
from bot.telegram.desk_context import Desk, DeskApplication
from bot.telegram.handlers import HANDLERS
from bot.telegram.menus import introduce


async def application(server: SandboxServer, tmp_path: object, token: str = SAMPLE_TOKEN) -> DeskApplication:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    clock = server.world.clock
    editions = EditionDesk(store, ThreadedReader(PlainReader()), clock)
    desk = Desk(store=store, editions=editions, defaults=Defaults(), clock=clock)
    return build_application(build_bot(token, server.base_url, server.base_file_url), desk)


async def test_an_outage_at_the_start_is_waited_out_and_logged_once(tmp_path: object) -> None:
    async with SandboxServer() as server, SandboxClient(server.base_url) as client:
        await client.fault("server_error", method="getMe", times=2)
        bot = await application(server, tmp_path)
        with capture_logs() as logs:
            await connect(bot, Random(1))
        assert [entry["event"] for entry in logs] == ["telegram_unreachable", "server_answered_again"]
        assert bot.bot.username == server.world.bot.user.username
        await disconnect(bot)
        await bot.desk.store.close()


async def test_a_refused_token_says_where_it_is_set(tmp_path: object) -> None:
    async with SandboxServer() as server:
        bot = await application(server, tmp_path, "424242:WRONG")
        with pytest.raises(Fatal, match="SITREP_TOKEN"):
            await connect(bot, Random(1))
        await bot.desk.store.close()


async def test_commands_and_descriptions_are_registered_and_a_failure_is_only_logged(tmp_path: object) -> None:
    async with SandboxServer() as server, SandboxClient(server.base_url) as client:
        bot = await application(server, tmp_path)
        await connect(bot, Random(1))
        await client.fault("server_error", method="setMyCommands", times=1)
        with capture_logs() as logs:
            await introduce(bot.bot)
        assert [entry["event"] for entry in logs] == ["commands_not_registered"]
        await introduce(bot.bot)
        shown = (await client.state())["bot"]
        assert [(c["command"], c["description"]) for c in shown["commands"]] == [(c.name, c.line) for c in COMMANDS]
        assert shown["description"] == DESCRIPTION
        await disconnect(bot)
        await bot.desk.store.close()


def test_the_registry_keeps_telegrams_limits_and_every_command_has_its_handler() -> None:
    assert HANDLERS.keys() == {command.name for command in COMMANDS}
    assert all(1 <= len(command.line) <= 256 and 1 <= len(command.name) <= 32 for command in COMMANDS)
    assert len(DESCRIPTION) <= 512
    assert len(SHORT_DESCRIPTION) <= 120
