from __future__ import annotations

import asyncio

import pytest

from bot.errors import Fatal
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_CHANNEL_ID, SAMPLE_READER_ID, SAMPLE_TOKEN, SandboxServer


async def test_a_taken_port_names_the_setting_and_comes_free_again() -> None:
    async with SandboxServer() as first:
        with pytest.raises(Fatal, match=r"sandbox\.port") as raised:
            await SandboxServer(port=first.port).start()
        assert raised.value.code == "port_taken"
    async with SandboxServer(port=first.port) as second:
        assert second.port == first.port


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "sitrep.example"])
async def test_it_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(Fatal) as raised:
        await SandboxServer(host).start()
    assert raised.value.code == "not_loopback"


async def test_the_addresses_are_those_that_the_bots_settings_take() -> None:
    async with SandboxServer() as server:
        root = f"http://127.0.0.1:{server.port}"
        assert (server.base_url, server.base_file_url) == (f"{root}/bot", f"{root}/file/bot")
        for url in (server.base_url, server.page_url, server.root_url):
            async with SandboxClient(url) as people:
                state = await people.state()
        assert [user["id"] for user in state["users"]] == [SAMPLE_READER_ID]
        assert [chat["id"] for chat in state["chats"]] == [SAMPLE_CHANNEL_ID]


async def test_a_bot_that_dies_in_the_middle_of_a_call_is_no_error_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    async with SandboxServer(limits=None) as server:
        _, writer = await asyncio.open_connection(server.host, server.port)
        head = f"POST /bot{SAMPLE_TOKEN}/getMe HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 64\r\n\r\n"
        writer.write(head.encode() + b"half")
        await writer.drain()
        async with SandboxClient(server.root_url) as people:
            await people.state()  # answered after the call has begun
            writer.close()
            await writer.wait_closed()
            await people.state()  # and after it has broken off
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
