import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.errors import Retryable, Skip
from bot.intake.addresses import is_denied
from bot.intake.body import MAX_BODY_BYTES, MAX_DOCUMENT_BYTES, MAX_WIRE_BYTES
from bot.intake.gate import Gate

Handler = Callable[[str, asyncio.StreamWriter], Awaitable[None]]

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "127.0.0.1",
    "127.1.2.3",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001::1",
    "2001:db8::1",
    "2001:10::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "100::1",
    "3fff::1",
    "5f00::1",
    "::ffff:169.254.169.254",
    "localhost",
    "1.2.3",
    "0x7f000001",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_denied(address: str) -> None:
    assert is_denied(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "93.184.216.34",
        "172.32.0.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_addresses_pass(address: str) -> None:
    assert not is_denied(address)


@asynccontextmanager
async def serving(handle: Handler) -> AsyncIterator[tuple[int, list[str]]]:
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked.append((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
            await handle(asked[-1].split()[1], writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


def reply(writer: asyncio.StreamWriter, body: bytes, *headers: str, status: str = "200 OK") -> None:
    lines = [
        f"HTTP/1.1 {status}",
        "content-type: text/html",
        f"content-length: {len(body)}",
        "connection: close",
        *headers,
        "",
        "",
    ]
    writer.write("\r\n".join(lines).encode() + body)


def open_gate(port: int, **options: float) -> Gate:
    async def to_loopback(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    return Gate(
        resolve=to_loopback, denied=lambda _address: False, ports={port}, timeout_s=options.get("timeout_s", 5.0)
    )


async def test_a_page_is_fetched_by_name_from_the_address_that_was_vetted() -> None:
    async def handle(_path: str, writer: asyncio.StreamWriter) -> None:
        reply(writer, gzip.compress(b"<p>news</p>"), "content-encoding: gzip")

    async with serving(handle) as (port, asked):
        page = await open_gate(port).fetch(f"http://news.example:{port}/a?b=1#c")
    assert page.body == b"<p>news</p>"
    assert f"host: news.example:{port}" in asked[0].lower()
    assert "accept-encoding: gzip\r\n" in asked[0].lower()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/",
        "file:///etc/passwd",
        "http://user:pw@news.example/",
        "http://news.example:22/",
        "javascript:1",
        "http://",
        "//x",
        "",
        "http://[::1",
        "http://a b/",
    ],
)
async def test_addresses_of_another_form_are_refused(url: str) -> None:
    with pytest.raises(Skip) as raised:
        await Gate().fetch(url)
    assert raised.value.code == "url_refused"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "169.254.169.254"],
)
async def test_no_connection_is_made_to_a_private_address(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def handle(_path: str, writer: asyncio.StreamWriter) -> None:
        reply(writer, b"secret")

    async with serving(handle) as (port, asked):
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        with pytest.raises((Skip, Retryable)) as raised:
            await Gate(ports={port}).fetch(f"http://{host}:{port}/")
    assert raised.value.code in {"address_refused", "fetch_unresolved", "url_refused"}
    assert asked == []


async def test_one_private_answer_among_public_ones_is_refused() -> None:
    async def mixed(_host: str, _port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(Skip) as raised:
        await Gate(resolve=mixed).fetch("https://news.example/")
    assert raised.value.code == "address_refused"


async def test_a_redirect_goes_through_the_same_gate() -> None:
    async def handle(_path: str, writer: asyncio.StreamWriter) -> None:
        reply(writer, b"", "location: http://169.254.169.254/latest", status="302 Found")

    async with serving(handle) as (port, asked):
        with pytest.raises(Skip) as raised:
            await open_gate(port).fetch(f"http://news.example:{port}/")
    assert raised.value.code == "url_refused"
    assert len(asked) == 1


async def test_redirects_end() -> None:
    async def handle(path: str, writer: asyncio.StreamWriter) -> None:
        reply(writer, b"", f"location: {path}x", status="301 Moved")

    async with serving(handle) as (port, asked):
        with pytest.raises(Skip) as raised:
            await open_gate(port).fetch(f"http://news.example:{port}/")
    assert raised.value.code == "fetch_redirects"
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(bytes(MAX_BODY_BYTES * 4)), ["content-encoding: gzip"]),
        (bytes(MAX_WIRE_BYTES + 1), []),
        (b"x", ["content-encoding: br"]),
        (b"not gzip at all", ["content-encoding: gzip"]),
        (b"GIF89a", ["content-type: image/gif"]),
        (bytes(MAX_DOCUMENT_BYTES + 1), ["content-type: application/pdf"]),
        (gzip.compress(bytes(MAX_DOCUMENT_BYTES * 4)), ["content-type: application/pdf", "content-encoding: gzip"]),
    ],
)
async def test_bodies_that_are_too_much_are_refused(body: bytes, headers: list[str]) -> None:
    async def handle(_path: str, writer: asyncio.StreamWriter) -> None:
        lines = ["HTTP/1.1 200 OK", *headers, "connection: close", "", ""]
        writer.write("\r\n".join(lines).encode() + body)

    async with serving(handle) as (port, _):
        with pytest.raises(Skip) as raised:
            await open_gate(port).fetch(f"http://news.example:{port}/")
    assert raised.value.code in {"fetch_too_large", "fetch_encoding", "fetch_damaged", "fetch_type"}


async def test_a_page_that_drips_is_given_up() -> None:
    async def handle(_path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
        for _ in range(1000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with serving(handle) as (port, _):
        with pytest.raises(Retryable) as raised:
            await open_gate(port, timeout_s=0.3).fetch(f"http://news.example:{port}/")
    assert raised.value.code == "fetch_timeout"


@pytest.mark.parametrize(
    ("status", "error"), [("404 Not Found", Skip), ("451 No", Skip), ("503 Away", Retryable), ("429 Slow", Retryable)]
)
async def test_what_the_server_says_decides_whether_to_try_again(status: str, error: type[Exception]) -> None:
    async def handle(_path: str, writer: asyncio.StreamWriter) -> None:
        reply(writer, b"", status=status)

    async with serving(handle) as (port, _):
        with pytest.raises(error):
            await open_gate(port).fetch(f"http://news.example:{port}/")
