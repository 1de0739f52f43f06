"""Which paths a robots.txt lets us read, by RFC 9309 and its own examples; and that many of them take little room."""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Skip
from bot.intake.gate import Gate
from bot.intake.manners import _MAX_RULES, Manners
from bot.intake.robots import read_robots

OTHERS = "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        (OTHERS, "/a", False),
        (OTHERS + "\nUser-agent: sitrep\nDisallow: /private", "/a", True),
        (OTHERS + "\nUser-agent: SITREP/2.0\nDisallow: /private", "/private/a", False),
        ("User-agent: other\nUser-agent: sitrep\n# both\nDisallow: /x\n\nUser-agent: third\nDisallow: /a", "/x", False),
        ("User-agent: other\nUser-agent: sitrep\nDisallow: /x\n\nUser-agent: third\nDisallow: /a", "/a", True),
        ("User-agent: sitrepbot\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /example/\nAllow: /example/page", "/example/page.html", True),
        ("User-agent: *\nAllow: /example\nDisallow: /example", "/example", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/reports/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/reports/a.pdf?x", True),
        ("User-agent: *\nDisallow: /*?session=*", "/a?session=1", False),
        ("User-agent: *\nDisallow: /*/private/*/x", "/a/private/b/x", False),
        ("User-agent: *\nDisallow: /*/private/*/x", "/a/private/x", True),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /~joe", "/%7ejoe/x", False),
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
        ("Disallow: /a", "/a", True),
        ("\ufeffuser-agent : * # all\n disallow : /a # this", "/a/b", False),
        ("User-agent: *\nSitemap: https://x.example/s.xml\nDisallow: /a", "/a", False),
    ],
)
def test_what_may_be_read(text: str, path: str, *, allowed: bool) -> None:
    assert read_robots(text, "Sitrep").allow(path) is allowed


def test_the_delay_is_that_of_our_group_where_it_is_one() -> None:
    assert read_robots("User-agent: *\nCrawl-delay: 2.5", "Sitrep").delay_s == 2.5
    assert read_robots("User-agent: *\nCrawl-delay: 9\n\nUser-agent: Sitrep\nAllow: /", "Sitrep").delay_s == 0
    for written in ("soon", "-1", "nan", "inf"):
        assert read_robots(f"User-agent: *\nCrawl-delay: {written}", "Sitrep").delay_s == 0


@given(st.text(), st.text())
def test_any_text_is_read(text: str, path: str) -> None:
    assert read_robots(text, "Sitrep").allow(path) in {True, False}
    assert read_robots(f"User-agent: *\nDisallow: {text}", "Sitrep").allow(path) in {True, False}


def test_a_pattern_made_to_be_slow_is_not() -> None:
    robots = read_robots(f"User-agent: *\nDisallow: /{'a*' * 20_000}b$", "Sitrep")
    assert robots.allow("/" + "a" * 50_000)


async def test_the_rules_of_hosts_that_were_left_long_ago_are_forgotten() -> None:
    rules = "User-agent: *\n" + "".join(f"Disallow: /{number}\n" for number in range(20_000))
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode().lower().partition("host: ")[2].partition(":")[0])
        writer.write(
            f"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: {len(rules)}\r\n\r\n{rules}".encode()
        )
        await writer.drain()
        writer.close()

    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        gate = Gate(resolve=here, denied=lambda _: False, ports={port}, timeout_s=5)
        manners = Manners(gate, lambda: datetime(2026, 11, 22, tzinfo=UTC), pause_s=0)

        async def visit(host: str) -> None:
            with pytest.raises(Skip, match="programs"):
                async with manners.visit(httpx.URL(f"http://{host}.example:{port}/7")):
                    pass

        for host in ("a", "b", "c", "c", "b", "a"):
            await visit(host)
    assert asked == ["a.example", "b.example", "c.example", "a.example"]
    assert _MAX_RULES < 3 * 20_000
