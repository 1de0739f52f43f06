"""Feeds of every form against the real store, gate and parser, and a web server of this machine."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from bot.intake.gate import Gate
from bot.intake.manners import Manners
from bot.intake.parser import Parser
from bot.newsroom.feeds import FeedLoop
from bot.store import QueuedArticle, Store

if TYPE_CHECKING:
    from conftest import WoundClock

WORDS = (
    "The ferry Maren is aground off Port Selwyn. Nobody was hurt, and 140 passengers are ashore, the coast guard said."
)
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title><link>http://wire.example/</link>
<item><guid>a1</guid><title>Ferry aground</title><link>/ferry?utm_medium=rss</link><pubDate>Sun, 22 Nov 2026 09:30:00 GMT</pubDate>
<description>&lt;p&gt;{WORDS}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><guid>a0</guid><title>Old news</title><link>/old</link><pubDate>Sun, 01 Nov 2026 09:30:00 GMT</pubDate>
<description>{WORDS}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Wire</title><entry><id>tag:a1</id><title>Ferry aground</title>
<link href="/ferry"/><updated>2026-11-22T10:30:00+01:00</updated><content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Wire",
        "items": [
            {
                "id": "a1",
                "title": "Ferry aground",
                "url": "/ferry",
                "content_text": WORDS,
                "date_published": "2026-11-22T10:30:00+01:00",
            }
        ],
    }
)


class FeedServer:
    """Answers /feed with what it is given, and says 304 to whoever knows its version."""

    def __init__(self) -> None:
        self.body = RSS
        self.kind = "application/rss+xml"
        self.status = "200 OK"
        self.etag = "v1"
        self.asked: list[str] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://wire.example:{self.port}/feed"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = request.split()[1]
        status, raw = (self.status, self.body.encode()) if path == "/feed" else ("404 Not Found", b"")
        if path == "/feed":
            self.asked.append(request.lower())
            if f'if-none-match: "{self.etag}"' in request.lower():
                status, raw = "304 Not Modified", b""
        head = [
            f"HTTP/1.1 {status}",
            f"content-type: {self.kind}",
            f'etag: "{self.etag}"',
            f"content-length: {len(raw)}",
        ]
        writer.write("\r\n".join([*head, "connection: close", "", ""]).encode() + raw)
        await writer.drain()
        writer.close()


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    feed = FeedServer()
    listening = await asyncio.start_server(feed.answer, "127.0.0.1", 0)
    feed.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield feed
        listening.close()


@pytest.fixture
async def loop(store: Store, server: FeedServer, clock: "WoundClock") -> AsyncIterator[FeedLoop]:
    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    gate = Gate(resolve=here, denied=lambda _: False, ports={server.port}, timeout_s=5)
    parser = Parser()
    yield FeedLoop(
        store,
        [server.url],
        gate,
        parser,
        clock=clock,
        wake=lambda: None,
        follows_links=False,
        manners=Manners(gate, clock, pause_s=0),
    )
    await parser.close()


async def waiting(store: Store, clock: "WoundClock") -> list[QueuedArticle]:
    async with store.read() as tx:
        return await tx.articles.waiting(10, clock())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (RSS, "application/rss+xml"),
        (ATOM, "application/atom+xml"),
        (JSON_FEED, "application/feed+json"),
        (RSS, "text/html"),
    ],
)
async def test_an_entry_becomes_an_article_like_any_post(
    store: Store, clock: "WoundClock", server: FeedServer, loop: FeedLoop, body: str, kind: str
) -> None:
    server.body, server.kind = body, kind
    assert await loop.run_once() == 1
    [queued] = await waiting(store, clock)
    article = queued.article
    assert (article.title, article.text, article.outlet) == ("Ferry aground", WORDS, "Harbour Wire")
    assert article.published.isoformat() == "2026-11-22T09:30:00+00:00"
    assert article.link is not None
    assert article.link.startswith(f"http://wire.example:{server.port}/ferry")


async def test_a_feed_is_polled_every_quarter_of_an_hour_and_only_what_changed_is_read_again(
    store: Store, clock: "WoundClock", server: FeedServer, loop: FeedLoop
) -> None:
    await loop.run_once()
    assert await loop.run_once() == 0
    clock.wind(minutes=15)
    assert await loop.run_once() == 1
    assert 'if-none-match: "v1"' in server.asked[-1]
    assert [queued.revision for queued in await waiting(store, clock)] == [1]
    server.body, server.etag = RSS.replace("140 passengers", "160 passengers"), "v2"
    clock.wind(minutes=15)
    await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.revision == 2
    assert "160 passengers" in queued.article.text


async def test_a_feed_that_fails_is_asked_for_less_and_less_and_its_reason_kept(
    store: Store, clock: "WoundClock", server: FeedServer, loop: FeedLoop
) -> None:
    server.status = "503 Away"
    tries = 0
    for _ in range(8 * 4):
        tries += await loop.run_once()
        clock.wind(minutes=15)
    assert tries == 6  # after 0, 15, 45, 105, 225 and 465 minutes
    async with store.read() as tx:
        assert await tx.feeds.reason(server.url) == "fetch_status"
    server.status = "200 OK"
    clock.wind(hours=24)
    await loop.run_once()
    assert len(await waiting(store, clock)) == 1
    async with store.read() as tx:
        assert await tx.feeds.reason(server.url) is None


@pytest.mark.parametrize("body", ["", "<html><body>Not a feed</body></html>", "{}", "[1]", "{" * 9000, "/etc/passwd"])
async def test_what_is_no_feed_is_refused(store: Store, server: FeedServer, loop: FeedLoop, body: str) -> None:
    server.body = body
    await loop.run_once()
    async with store.read() as tx:
        assert await tx.feeds.reason(server.url) == "feed_unreadable"
