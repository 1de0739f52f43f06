"""A web server of this machine, and posts that link to it, for tests of what is followed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.intake.gate import Gate
from bot.intake.manners import Manners
from bot.intake.parser import Parser
from bot.newsroom.following import FollowingLoop
from bot.newsroom.posts import Channels, PostDesk
from bot.store import QueuedArticle, Store

if TYPE_CHECKING:
    from conftest import WoundClock

CHANNEL_ID = -1001234567890


class Web:
    """A server that answers what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, list[str], str | bytes]] = {}
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0
        self.port = 0

    def put(self, path: str, body: str, *headers: str, status: str = "200 OK") -> None:
        self.pages[path] = (status, ["content-type: text/html; charset=utf-8", *headers], body)

    def link(self, path: str, host: str = "ledger.example") -> str:
        return f"http://{host}:{self.port}{path}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.asked.append(request)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        status, headers, body = self.pages.get(request.split()[1], ("404 Not Found", [], ""))
        if "if-none-match" in request.lower():
            status, body = "304 Not Modified", ""
        self.at_once -= 1
        raw = body.encode() if isinstance(body, str) else body
        writer.write(
            "\r\n".join([f"HTTP/1.1 {status}", *headers, f"content-length: {len(raw)}", "", ""]).encode() + raw
        )
        await writer.drain()
        writer.close()

    def paths(self) -> list[str]:
        return [request.split()[1] for request in self.asked]


@asynccontextmanager
async def following(store: Store, web: Web, clock: "WoundClock") -> AsyncIterator[FollowingLoop]:
    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    gate = Gate(resolve=here, denied=lambda _: False, ports={web.port}, timeout_s=5)
    parser = Parser()
    yield FollowingLoop(store, gate, parser, clock, lambda: None, manners=Manners(gate, clock, pause_s=0))
    await parser.close()


def post(number: int, text: str, link: str | None, when: int, **more: Any) -> dict[str, Any]:
    chat = {"id": CHANNEL_ID, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    entities = [{"type": "text_link", "offset": 0, "length": 3, "url": link}] if link else []
    return {"message_id": number, "chat": chat, "date": when, "text": text, "entities": entities} | more


async def publish(store: Store, clock: "WoundClock", message: dict[str, Any], *, edited: bool = False) -> bool:
    desk = PostDesk(Channels([CHANNEL_ID]), clock, follows_links=True)
    async with store.begin() as tx:
        return await desk.receive(tx, message, edited=edited)


async def waiting(store: Store, clock: "WoundClock") -> list[QueuedArticle]:
    async with store.read() as tx:
        return await tx.articles.waiting(10, clock())


async def reason_of(store: Store, key: str) -> str | None:
    async with store.read() as tx:
        page = await tx.pages.of_article(key)
        return None if page is None else page.reason
