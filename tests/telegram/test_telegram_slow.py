"""What takes a while: a draft says how far it is and the answer takes its place; where there are no drafts, "typing" does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from bot.desk.edition import Edition
from bot.intake.gate import Gate
from bot.intake.manners import Manners
from bot.intake.parser import Parser
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.links import Pages
from bot.press.calendar import render_calendar
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.methods import METHODS
from bot.sandbox.server import SAMPLE_READER, SAMPLE_READER_ID
from bot.telegram import replies
from models.api import Article, Reading

if TYPE_CHECKING:
    from conftest import House

TEXT = "Arvania will send 2,500 troops to its eastern border, the defence ministry said on Sunday."
PAGE = """<html lang="en"><head><title>Ferry aground off Port Selwyn | The Ledger</title>
<meta property="og:site_name" content="The Ledger"></head>
<body><article><h1>Ferry aground off Port Selwyn</h1>
<p>A ferry ran aground off Port Selwyn on Sunday, and 140 passengers were taken ashore by the coast guard.</p>
<p>The operator said that the ferry would be out of service until 12 December, and that repairs would cost 3 million euros.</p>
<p>The harbour master said the wind had reached 95 kilometres an hour when the ferry lost its engine.</p></article></body></html>"""
PAGES = {"/ferry": ("200 OK", "text/html", PAGE), "/paper": ("200 OK", "image/png", "PNG")}
HOST = "ledger.example"


def shown(house: "House", kind: str) -> list[str]:
    """What was shown of one kind since the beginning, in order."""
    return [str(change.data.get("text", "")) for change in house.server.world.changes._kept if change.kind == kind]


class SlowReader(PlainReader):
    """Reads once it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = Event()

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        self.let.wait(10)
        return super().read(articles)


@pytest.fixture
async def site(house: "House") -> AsyncIterator[str]:
    """The address of a site on this machine that the bot may open, and no other."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split()[1]
        status, kind, body = PAGES.get(path, ("404 Not Found", "text/html", ""))
        if path == "/down":
            status = "503 Service Unavailable"
        head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write((head + body).encode())
        await writer.drain()
        writer.close()

    async def here(host: str, _port: int) -> list[str]:
        return ["127.0.0.1" if host == HOST else "192.168.0.7"]

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    gate = Gate(resolve=here, denied=lambda address: address != "127.0.0.1", ports={port}, timeout_s=5)
    parser = Parser()
    pages = Pages(gate, Manners(gate, house.clock, pause_s=0), parser, house.clock)
    house.application.desk = replace(house.application.desk, pages=pages)
    async with server:
        yield f"http://{HOST}:{port}"
        server.close()
    await parser.close()


async def test_a_text_is_answered_by_a_draft_at_once_and_then_by_its_reading(house: "House") -> None:
    slow = SlowReader()
    house.application.desk.editions._room._reader = slow  # type: ignore[attr-defined]  # the room is private, and its models are what is slow
    said = await house.client.say(SAMPLE_READER, f"/summary {TEXT}")
    async with asyncio.timeout(10):
        while not shown(house, "draft"):
            await house.server.world.changes.since(house.server.world.changes.seq, 1)
    assert [message for message in await house.client.chat(SAMPLE_READER) if message.message_id > said] == []
    slow.let.set()
    answer = await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=said)
    assert "2,500" in answer.text
    assert shown(house, "draft")[0] == replies.READING_TEXT
    assert shown(house, "typing") == []


async def test_a_page_is_fetched_and_read_and_the_draft_says_how_far_it_is(house: "House", site: str) -> None:
    answer = await house.ask(f"/summary {site}/ferry")
    assert "Ferry aground off Port Selwyn" in answer.text
    assert "140" in answer.text
    assert "The Ledger" in answer.text
    assert f"{site}/ferry" in {entity.url for entity in answer.entities}
    said = list(dict.fromkeys(shown(house, "draft")))
    assert said == [f"Fetching the page from {HOST}…", f"Reading the page from {HOST}…"]


async def test_a_link_alone_or_one_that_is_replied_to_is_read_too(house: "House", site: str) -> None:
    alone = await house.ask(f"{site}/ferry")
    assert "140" in alone.text
    asked = await house.client.say(SAMPLE_READER, "/summary", reply_to=alone.message_id - 1)
    assert "140" in (await house.client.wait_for(SAMPLE_READER, lambda m: m.from_bot, after=asked)).text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone", "There is no such page"),
        ("/paper", "That is not a page with a text"),
        ("/down", replies.PAGE_AWAY),
    ],
)
async def test_a_page_that_cannot_be_had_is_answered_with_the_reason(
    house: "House", site: str, path: str, said: str
) -> None:
    assert said in (await house.ask(f"/summary {site}{path}")).text


async def test_nobody_gets_the_bot_to_open_a_private_address(house: "House", site: str) -> None:
    port = site.rpartition(":")[2]
    assert "not on the public internet" in (await house.ask(f"/summary http://router.local:{port}/admin")).text
    assert "I can't open that address" in (await house.ask("/summary http://127.0.0.1:22/")).text


async def test_where_no_links_are_followed_none_are_opened(house: "House") -> None:
    assert (await house.ask("/summary https://example.org/story")).text == replies.NO_PAGES


async def test_a_server_without_drafts_gets_typing_and_is_not_asked_again(
    house: "House", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(METHODS, "sendMessageDraft")
    assert "2,500" in (await house.ask(f"/summary {TEXT}")).text
    assert not house.application.drafts.shown
    assert shown(house, "typing")


async def test_in_a_group_typing_is_shown(house: "House") -> None:
    world = house.server.world
    reader = world.users.get(SAMPLE_READER_ID)
    assert reader is not None
    group = world.add_group("Newsroom", [reader])
    said = await house.client.say(SAMPLE_READER, f"/summary {TEXT}", chat=group.id)
    answer = await house.client.wait_for(group.id, lambda m: m.from_bot, after=said)
    assert "2,500" in answer.text
    assert shown(house, "draft") == []
    assert shown(house, "typing")


async def test_what_is_done_in_a_moment_shows_no_draft(house: "House", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.summary_answers.SOON_S", 30)
    await house.post(TEXT)
    assert "2,500" in (await house.ask("/summary 24h")).text
    assert shown(house, "draft") == []
    monkeypatch.setattr("bot.telegram.summary_answers.SOON_S", 0)
    monkeypatch.setattr("bot.newsroom.editions.EditionDesk.summary_now", _late(EditionDesk.summary_now))
    assert "2,500" in (await house.ask("/summary 7d")).text
    assert shown(house, "draft") == [replies.LOOKING_THROUGH]


async def test_a_calendar_that_takes_long_to_write_says_so_and_holds_up_nobody_else(
    house: "House", monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.post("Bridge at Port Ellery closed\n\nEngineers must repair the bridge of Port Ellery by 2026-12-01.")
    let = Event()

    def slow(*given: Any, **named: Any) -> bytes:
        assert let.wait(10)
        return render_calendar(*given, **named)

    monkeypatch.setattr("bot.press.calendar.render_calendar", slow)
    await house.client.say(SAMPLE_READER, "/deadlines ics")
    async with asyncio.timeout(10):
        while not shown(house, "draft"):
            await house.server.world.changes.since(house.server.world.changes.seq, 1)
    other = house.server.world.add_user("Mira", started=True)
    said = house.server.world.say(other, "/help").message_id
    assert "/summary" in (await house.client.wait_for(other.id, lambda m: m.from_bot, after=said)).text
    let.set()
    file = await house.client.wait_for(SAMPLE_READER, lambda m: m.file_name == "deadlines.ics")
    assert (await house.client.download(file)).count(b"BEGIN:VEVENT") == 1
    assert shown(house, "draft")[0] == replies.LOOKING_THROUGH


def _late(made: Callable[..., Awaitable[Edition]]) -> Callable[..., Awaitable[Edition]]:
    async def late(*args: Any) -> Edition:
        await asyncio.sleep(0.05)
        return await made(*args)

    return late


async def test_a_draft_that_fails_costs_nothing(house: "House") -> None:
    house.server.world.faults.add(Fault(kind=FaultKind.SERVER_ERROR, method="sendMessageDraft", times=None))
    assert "2,500" in (await house.ask(f"/summary {TEXT}")).text
    assert house.application.drafts.shown
