"""Promise 11: a body is read up to its bounds, however it is packed and however slowly it comes."""

import asyncio
import gzip
import json
import random
import sys
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from promise_proof import WHOLE, Proof

from bot.intake.gate import TIMEOUT_S

MIB = 1024 * 1024
MOST_GROWTH_KIB = 64 * 1024
PATIENCE_S = TIMEOUT_S if WHOLE else 1.5
SLACK_S = 1.0
"""What a busy machine may add to the gate's own clock."""

Bomb = Callable[[], AsyncIterator[bytes]]


def head(*headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "content-type: text/html", *headers, "", ""]).encode()


def zeros(mib: int) -> bytes:
    """Gzip of that many MiB of zeros, one MiB repeated; its check sum is wrong, for nobody comes so far."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = pack.compress(bytes(MIB)) + pack.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * mib + b"\x03\0" + bytes(8)


async def harmless() -> AsyncIterator[bytes]:
    yield head("content-length: 4") + b"news"


async def gzip_of_64_mib() -> AsyncIterator[bytes]:
    yield head("content-encoding: gzip") + zeros(64)


async def gzip_of_a_gib() -> AsyncIterator[bytes]:
    yield head("content-encoding: gzip") + zeros(1024)


async def nested_gzip() -> AsyncIterator[bytes]:
    yield head("content-encoding: gzip, gzip") + gzip.compress(zeros(256))


async def gzip_within_gzip() -> AsyncIterator[bytes]:
    """Told to be packed once: what comes out is a small archive, which nobody opens."""
    body = gzip.compress(zeros(256))
    yield head("content-encoding: gzip", f"content-length: {len(body)}", "connection: close") + body


async def gzip_without_end() -> AsyncIterator[bytes]:
    yield head("content-encoding: gzip", "transfer-encoding: chunked")
    member = gzip.compress(random.Random(1).randbytes(60_000))
    while True:
        yield b"%x\r\n%s\r\n" % (len(member), member)


async def brotli() -> AsyncIterator[bytes]:
    yield head("content-encoding: br", "content-length: 421") + bytes(421)


async def zstd() -> AsyncIterator[bytes]:
    yield head("content-encoding: zstd", "content-length: 400") + b"\x28\xb5\x2f\xfd" + bytes(396)


async def chunked_without_end() -> AsyncIterator[bytes]:
    yield head("transfer-encoding: chunked")
    while True:
        yield b"10000\r\n" + bytes(65536) + b"\r\n"


async def one_chunk_of_a_terabyte() -> AsyncIterator[bytes]:
    yield head("transfer-encoding: chunked") + b"ffffffffff\r\n"
    while True:
        yield bytes(65536)


async def lying_length() -> AsyncIterator[bytes]:
    yield head("content-length: 99999999999") + b"<p>"
    await asyncio.sleep(3600)


async def one_byte_a_second() -> AsyncIterator[bytes]:
    yield head("content-length: 100000")
    while True:
        yield b"x"
        await asyncio.sleep(1)


async def headers_without_end() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"x-more: " + b"y" * 1000 + b"\r\n"


BOMBS: dict[str, tuple[Bomb, set[str]]] = {
    "gzip-of-64-mib": (gzip_of_64_mib, {"fetch_too_large"}),
    "gzip-of-a-gib": (gzip_of_a_gib, {"fetch_too_large"}),
    "nested-gzip": (nested_gzip, {"fetch_encoding"}),
    "gzip-within-gzip": (gzip_within_gzip, {f"{len(zeros(256))} bytes", "fetch_damaged"}),
    "gzip-without-end": (gzip_without_end, {"fetch_too_large"}),
    "brotli": (brotli, {"fetch_encoding"}),
    "zstd": (zstd, {"fetch_encoding"}),
    "chunked-without-end": (chunked_without_end, {"fetch_too_large"}),
    "one-chunk-of-a-terabyte": (one_chunk_of_a_terabyte, {"fetch_too_large"}),
    "lying-length": (lying_length, {"fetch_timeout"}),
    "one-byte-a-second": (one_byte_a_second, {"fetch_timeout"}),
    "headers-without-end": (headers_without_end, {"fetch_failed"}),
}


async def throw(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer with the bomb that the path names, until the other side hangs up."""
    path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode().removeprefix("/")
    bomb = harmless if path == "harmless" else BOMBS[path][0]
    gone = asyncio.ensure_future(reader.read())
    try:
        async for piece in bomb():
            writer.write(piece)
            await writer.drain()
            if gone.done():
                break
    except ConnectionError:
        pass
    finally:
        gone.cancel()
        writer.close()


@pytest.mark.promise(11, "bounded bodies")
async def test_promise_11_every_bomb_is_defused(proof: Proof) -> None:
    assert len(BOMBS) == 12
    proof.sizes.append("12 bombs")
    server = await asyncio.start_server(throw, "127.0.0.1", 0)
    async with server:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            str(Path(__file__).with_name("fetch_measured.py")),
            str(server.sockets[0].getsockname()[1]),
            str(PATIENCE_S),
            *BOMBS,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await child.communicate()
        server.close()
    found = {row["bomb"]: row for row in map(json.loads, out.splitlines())}
    assert set(found) == set(BOMBS)
    for name, (_, codes) in BOMBS.items():
        row = found[name]
        assert row["code"] in codes, row
        assert row["grown_kib"] < MOST_GROWTH_KIB, row
        assert row["seconds"] < PATIENCE_S + SLACK_S, row
    grown = max(row["grown_kib"] for row in found.values()) / 1024
    slowest = max(row["seconds"] for row in found.values())
    proof.note(f"memory grew by {grown:.1f} MiB at most, and the longest fetch took {slowest:.1f} s")
