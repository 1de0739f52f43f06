"""How calls are carried: through the proxy that the environment names, to nowhere else, and not once it is shut down."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.delivery.outcome import Verdict, classify
from bot.telegram.request import KEPT_S, DirectRequest, proxy_for

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n"
BODY = b'{"ok":true}'


@asynccontextmanager
async def listening(*answer: bytes, hangs: bool = False) -> AsyncIterator[tuple[str, list[str]]]:
    """A server that gives every request the same answer: its address, and the lines that requests begin with."""
    lines: list[str] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append((await reader.readline()).decode().strip())
        while (await reader.readline()).strip():
            pass
        writer.writelines(answer)
        if hangs:
            await reader.read()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", lines
    server.close()


@asynccontextmanager
async def a_request(proxy: str | None = None) -> AsyncIterator[DirectRequest]:
    request = DirectRequest(4, connect_s=1, answer_s=0.5, proxy=proxy)
    await request.initialize()
    yield request
    await request.shutdown()


def test_an_idle_connection_is_let_go_before_the_server_closes_it() -> None:
    assert DirectRequest(4, connect_s=1, answer_s=1)._limits.keepalive_expiry == KEPT_S
    assert uvicorn.Config("").timeout_keep_alive >= KEPT_S + 1


DATA = RequestData([RequestParameter.from_input("text", "One & two")])


async def test_a_call_goes_straight_there_and_its_answer_comes_back() -> None:
    async with listening(ANSWER, BODY) as (url, lines), a_request() as request:
        code, body = await request.do_request(f"{url}/bot1:t/sendMessage", "POST", DATA)
        assert (code, body) == (200, BODY)
        assert lines == ["POST /bot1:t/sendMessage HTTP/1.1"]


async def test_a_call_goes_through_the_proxy_it_was_given() -> None:
    async with listening(ANSWER, BODY) as (proxy, lines), a_request(proxy) as request:
        code, body = await request.do_request("http://telegram.example/bot1:t/getMe", "POST", DATA)
        assert (code, body) == (200, BODY)
        assert lines == ["POST http://telegram.example/bot1:t/getMe HTTP/1.1"]


@pytest.mark.parametrize(
    ("answer", "hangs", "raised"),
    [
        ((), True, TimedOut),
        ((), False, NetworkError),
        ((ANSWER, BODY[:5]), True, TimedOut),
        ((ANSWER, BODY[:5]), False, NetworkError),
    ],
)
async def test_an_answer_that_stays_away_or_stops_leaves_it_unclear(
    answer: tuple[bytes, ...], *, hangs: bool, raised: type[NetworkError]
) -> None:
    async with listening(*answer, hangs=hangs) as (url, _), a_request() as request:
        with pytest.raises(NetworkError) as error:
            await request.post(f"{url}/bot1:t/sendMessage", DATA)
        assert type(error.value) is raised
        assert classify(error.value).verdict is Verdict.UNCLEAR


async def test_after_the_end_nothing_is_sent_until_it_begins_again() -> None:
    async with listening(ANSWER, BODY) as (url, lines), a_request() as request:
        await request.shutdown()
        with pytest.raises(NetworkError) as error:
            await request.post(f"{url}/bot1:t/sendMessage", DATA)
        assert classify(error.value).verdict is Verdict.UNSENT
        assert not lines
        await request.initialize()
        await request.do_request(f"{url}/bot1:t/sendMessage", "POST", DATA)
        assert len(lines) == 1


@pytest.mark.parametrize(
    ("variables", "url", "proxy"),
    [
        ({}, "https://api.telegram.org/bot", None),
        ({"https_proxy": "http://gate:3128"}, "https://api.telegram.org/bot", "http://gate:3128"),
        ({"all_proxy": "http://gate:3128"}, "https://api.telegram.org/bot", "http://gate:3128"),
        ({"http_proxy": "http://gate:3128"}, "https://api.telegram.org/bot", None),
        ({"https_proxy": "http://gate:3128", "no_proxy": "telegram.org"}, "https://api.telegram.org/bot", None),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str, proxy: str | None
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(url) == proxy
