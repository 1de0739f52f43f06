"""Promise 10: no reach into private networks, whatever a page, a name server or the environment says."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from ipaddress import IPv6Address, ip_address
from typing import Any

import pytest
from promise_proof import WHOLE, Proof

from bot.errors import Retryable, Skip
from bot.intake.addresses import is_denied
from bot.intake.gate import Gate

PRIVATE = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.0.0.53",
    "127.255.255.254",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:c0a8:1::1",
    "2620:4f:8000::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fd12:3456:789a:1::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
PUBLIC = "93.184.216.34"
OUTSIDE = "127.0.0.9"
"""Stands for a server on the public internet: the one address that these gates let pass although it is loopback."""


def denied(address: str) -> bool:
    return address != OUTSIDE and is_denied(address)


class Watched:
    """Every address that this process asked the operating system to connect to, while it is watched."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.on = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and event == "socket.connect" and isinstance(arguments[1], tuple):
            self.seen.append(str(arguments[1][0]))


_watched = Watched()
sys.addaudithook(_watched)  # cannot be taken off again, so there is one for the whole module


@pytest.fixture
def connects() -> Iterator[list[str]]:
    _watched.seen.clear()
    _watched.on = True
    yield _watched.seen
    _watched.on = False


class Names:
    """A name server that answers what it is told to: one list after another, the last one for ever."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers: list[list[str]] = []
        self.asked = 0
        self._real = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)

    def _look_up(self, host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        if not host.endswith(".example"):
            return self._real(host, port, *args, **kwargs)
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [entry(address, port) for address in answer]


def entry(address: str, port: int) -> tuple[Any, ...]:
    six = isinstance(ip_address(address), IPv6Address)
    family = socket.AF_INET6 if six else socket.AF_INET
    return (family, socket.SOCK_STREAM, 6, "", (address, port, 0, 0) if six else (address, port))


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    return Names(monkeypatch)


class Canary:
    """Listens on every address of this machine, private ones that is, and sings when somebody calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.port = 0


@asynccontextmanager
async def canary_and_outside(location: list[str]) -> AsyncIterator[Canary]:
    """A canary, and at the same port of ``OUTSIDE`` a server that redirects to ``location[0]``, or answers where empty."""
    canary = Canary()

    async def sing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        canary.calls += 1
        writer.close()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"302 Found\r\nlocation: {location[0]}" if location else "200 OK"
        writer.write(f"HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    outside = await asyncio.start_server(answer, OUTSIDE, 0)
    canary.port = outside.sockets[0].getsockname()[1]
    hosts = ["127.0.0.1", "::1"] if socket.has_ipv6 else ["127.0.0.1"]
    watchers = [await asyncio.start_server(sing, host, canary.port) for host in hosts]
    async with outside:
        try:
            yield canary
        finally:
            for watcher in watchers:
                watcher.close()


def literal(address: str) -> str:
    return f"[{address}]" if ":" in address else address


async def refused(gate: Gate, url: str) -> str:
    """What the gate refused it with."""
    with pytest.raises((Skip, Retryable)) as raised:
        await gate.fetch(url)
    return raised.value.code


@pytest.mark.promise(10, "no reach into private networks")
async def test_promise_10_no_connection_to_a_private_address(
    proof: Proof, names: Names, connects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(PRIVATE) == len(set(PRIVATE)) == 60
    size = proof.size(60, "addresses x 9 ways", least=12)
    chosen = PRIVATE if WHOLE else proof.random.sample(PRIVATE, size)
    location: list[str] = []
    tried = 0
    async with canary_and_outside(location) as canary:
        port = canary.port
        for address in chosen:
            gate = Gate(ports={port, 80, 443}, denied=denied, timeout_s=5)
            connects.clear()
            assert await refused(gate, f"http://{literal(address)}:{port}/") == "address_refused"
            for answer in ([address], [PUBLIC, address], [address, PUBLIC]):
                names.answers = [answer]
                assert await refused(gate, f"http://news.example:{port}/") == "address_refused"
                assert await refused(gate, "https://news.example/") == "address_refused"
            assert connects == []

            names.answers = [[OUTSIDE]]
            location[:] = [f"http://{literal(address)}:{port}/"]
            assert await refused(gate, f"http://news.example:{port}/") == "address_refused"
            assert connects == [OUTSIDE]

            # The second look-up, made for the second request, is answered with a private address.
            location[:] = [f"http://news.example:{port}/next"]
            names.answers = [[OUTSIDE], [address]]
            assert await refused(gate, f"http://news.example:{port}/") == "address_refused"
            assert connects == [OUTSIDE, OUTSIDE]

            # Whoever looked twice for one request would be sent inside.
            location.clear()
            names.answers, names.asked = [[OUTSIDE], [address]], 0
            assert (await gate.fetch(f"http://news.example:{port}/")).body == b""
            assert names.asked == 1
            assert connects == [OUTSIDE] * 3

            for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://{literal(address)}:{port}")
            names.answers = [[OUTSIDE]]
            assert (await gate.fetch(f"http://news.example:{port}/")).body == b""
            assert connects == [OUTSIDE] * 4
            for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
                monkeypatch.delenv(name)
            tried += 12
        assert canary.calls == 0
        # The canary does sing, and the watch does see: without the list of addresses both are reached.
        await refused(Gate(ports={port}, denied=lambda _: False, timeout_s=5), f"http://127.0.0.1:{port}/")
        assert canary.calls == 1
        assert connects[-1] == "127.0.0.1"
    proof.note(f"{tried} requests, 0 TCP connects to any of them, none on the canary listener")
