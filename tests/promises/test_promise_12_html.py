"""Promise 12: hostile HTML costs a child of the bot at most 10 s and 512 MiB, and the bot nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
from promise_proof import Proof

from bot.errors import Skip
from bot.intake.parser import WALL_S, Parser
from bot.intake.parsing import MAX_MEMORY_BYTES

URL = "https://news.example/a"
SOUND = (
    b"<!doctype html><html lang=en><head><title>Garrison to shrink</title></head><body><article><h1>Garrison to shrink</h1>"
    b"<p>About 1,200 soldiers will leave the northern garrison by the end of the year, the ministry said on Monday.</p>"
    b"<p>The garrison had 1,900 soldiers in January, and it will have 700 when the withdrawal ends.</p>"
    b"</article></body></html>"
)
SHARDS = [
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>&b;",
    b"&#0;", b"&#xD800;", b"&#99999999999;", b"&lt", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"<table><tr><td>", b"</table>",
    b"<select><option>", b"<svg><math>", b"<template>", b"<frameset>", b"<plaintext>", b"<script>", b"<style>", b"</body>",
    b"<html lang='", b'<a href="javascript:', b"<base href='http://[::1'>", b"<meta charset=utf-7>", b"<meta charset=bogus>",
    b"<link rel=canonical href='http://[bad'>", b"<time datetime='9999-99-99T99:99:99'>", b"<input type=password>",
    b"<script type='application/ld+json'>{\"@graph\":[[[[", b"<script type='application/ld+json'>" + b"[" * 3000,
    b"<meta property='article:published_time' content='", b"<?xml version='1.0' encoding='utf-16'?>", b"<p title='" + b"x" * 5000,
    "\u202e \u2028 e\u0301".encode(), b"<noscript><p>" * 30, b"<ul><li>" * 40, b"<b><i><u>" * 40,
]  # fmt: skip


def malformed(random: Random) -> bytes:
    """A sound page with pieces of it cut, repeated, moved and replaced, or one made of shards alone."""
    page = bytearray(SOUND if random.random() < 0.8 else b"")
    for _ in range(random.randint(1, 25)):
        at = random.randint(0, len(page))
        match random.randrange(4):
            case 0:
                page[at:at] = random.choice(SHARDS)
            case 1:
                del page[at : at + random.randint(1, 60)]
            case 2:
                page[at:at] = page[at : at + 80] * random.randint(1, 20)
            case _:
                page[at : at + 4] = random.randbytes(4)
    return bytes(page)


GIANTS = {
    "nested 50,000 deep in blocks": b"<div>" * 50_000 + b"news " * 100,
    "nested 50,000 deep in lists": b"<ul><li>" * 25_000 + b"news " * 100,
    "nested 50,000 deep inline": b"<p>" + b"<b><i>" * 25_000 + b"news " * 100,
    "nested 50,000 deep in tables": b"<table><tr><td>" * 50_000 + b"news " * 100,
    "nested 50,000 deep and closed": b"<div>" * 50_000 + SOUND + b"</div>" * 50_000,
    "an attribute of 20 MB": b"<p title='" + b"x" * 20_000_000 + b"'>hi</p>" + SOUND,
    "20 MB of one word": b"<p>" + b"w" * 20_000_000,
    "a million attributes": b"<p " + b" ".join(b"a%d=1" % at for at in range(1_000_000)) + b">hi</p>",
    "a million paragraphs": b"<p>a word here and there</p>" * 1_000_000,
    "a million links": b"<a href=/x>here</a> " * 1_000_000,
    "JSON nested a million deep": b"<script type='application/ld+json'>" + b"[" * 1_000_000 + b"</script>" + SOUND,
    "entities of entities": b"<!DOCTYPE x [" + b"".join(
        b"<!ENTITY e%d '%s'>" % (at, (b"&e%d;" % (at - 1)) * 10 if at else b"lol") for at in range(12)
    ) + b"]><p>&e11;</p>",
}  # fmt: skip


@pytest.fixture
async def parser() -> AsyncIterator[Parser]:
    parser = Parser()
    yield parser
    await parser.close()


def peak_bytes(parser: Parser) -> int:
    """The most that the child, if it lives, ever had of memory."""
    if parser._child is None:
        return 0
    lines = Path(f"/proc/{parser._child.pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


async def parsed(parser: Parser, page: bytes) -> tuple[str, float]:
    """What came of a page, and how long that took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        article = await parser.page(page, URL, "text/html")
    except Skip as skip:
        return skip.code if skip.message else "no reason", loop.time() - began
    assert article.text
    return "read", loop.time() - began


@pytest.mark.promise(12, "hostile HTML")
async def test_promise_12_malformed_pages_are_read_or_unreadable(proof: Proof, parser: Parser) -> None:
    pages = [malformed(proof.random) for _ in range(proof.size(2000, "malformed pages"))]
    found: dict[str, int] = {}
    slowest = most = 0.0
    for page in pages:
        code, took = await parsed(parser, page)
        assert code == "read" or code.startswith("page_"), code
        found[code] = found.get(code, 0) + 1
        slowest, most = max(slowest, took), max(most, peak_bytes(parser))
        assert slowest < WALL_S
        assert most < MAX_MEMORY_BYTES
    assert await parsed(parser, SOUND) == ("read", pytest.approx(0, abs=WALL_S))
    came = ", ".join(f"{count} {code}" for code, count in sorted(found.items()))
    proof.note(f"{came}; {slowest:.2f} s and {most / 2**20:.0f} MiB at most")


@pytest.mark.promise(12, "hostile HTML")
async def test_promise_12_giants_cost_no_more_than_a_child(proof: Proof, parser: Parser) -> None:
    proof.sizes.append(f"{len(GIANTS)} giants")
    slowest = most = 0.0
    unreadable = 0
    for name, page in GIANTS.items():
        beats = 0

        async def beat() -> None:
            nonlocal beats
            while True:
                beats += 1
                await asyncio.sleep(0.01)

        heart = asyncio.create_task(beat())
        code, took = await parsed(parser, page)
        heart.cancel()
        most = max(most, peak_bytes(parser))
        assert code in {"read", "page_unreadable"}, name
        unreadable += code == "page_unreadable"
        slowest = max(slowest, took)
        assert took < WALL_S + 5, name  # a new child may have to be started first
        assert beats >= took / 0.5, f"{name}: the bot stood still"
        assert most < MAX_MEMORY_BYTES, name
        assert (await parsed(parser, SOUND))[0] == "read", f"after {name}"
    proof.note(f"{unreadable} unreadable with a reason, {slowest:.1f} s at most; after each a sound page was read")
