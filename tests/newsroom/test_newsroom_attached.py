"""Documents that a channel posts, from post to article: against the real store and parser, and the sandbox's Bot API server."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest
from news_web import CHANNEL_ID, publish, reason_of, waiting
from pdf_samples import column, pdf

from bot.intake.gate import Gate
from bot.intake.parser import Parser
from bot.newsroom.following import FollowingLoop
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer
from bot.store import Store
from bot.telegram.application import build_bot
from bot.telegram.files import TelegramFiles

if TYPE_CHECKING:
    from conftest import WoundClock

CAPTION = (
    "The inquiry into the ferry Maren has ended, and its report is here. Nobody was hurt in the accident, it says."
)
REPORT = "The ferry Maren ran aground at 04:20, and repairs will cost 3 million euros, the inquiry says in its report."


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    async with SandboxServer(limits=None) as server:
        yield server


@pytest.fixture
async def loop(sandbox: SandboxServer, store: Store, clock: "WoundClock") -> AsyncIterator[FollowingLoop]:
    parser = Parser()
    async with build_bot(SAMPLE_TOKEN, sandbox.base_url, sandbox.base_file_url) as bot:
        yield FollowingLoop(store, Gate(), parser, clock, lambda: None, files=TelegramFiles(bot))
    await parser.close()


def post(sandbox: SandboxServer, clock: "WoundClock", data: bytes, name: str, mime: str, **more: Any) -> dict[str, Any]:
    stored = sandbox.world.store_file(data, name, mime)
    chat = {"id": CHANNEL_ID, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    document = {**stored.to_json(), "file_name": name, "mime_type": mime}
    return {"message_id": 5, "chat": chat, "date": int(clock().timestamp()), "document": document} | more


async def test_a_document_is_read_with_its_caption_each_in_its_own_part(
    sandbox: SandboxServer, loop: FollowingLoop, store: Store, clock: "WoundClock"
) -> None:
    raw = pdf([column(REPORT)])
    await publish(store, clock, post(sandbox, clock, raw, "report.pdf", "application/pdf", caption=CAPTION))
    assert await loop.run_once() == 1
    [queued] = await waiting(store, clock)
    article = queued.article
    assert article.page is not None
    assert article.text[: article.page.start].strip() == CAPTION
    assert article.text[article.page.start :] == REPORT
    assert (article.page.outlet, article.page.address) == ("Harbour Wire", "https://t.me/harbour_wire/5")


@pytest.mark.parametrize(("name", "mime"), [("note.txt", "text/plain"), ("note.txt", "application/octet-stream")])
async def test_a_document_without_a_caption_is_the_article(
    sandbox: SandboxServer, loop: FollowingLoop, store: Store, clock: "WoundClock", name: str, mime: str
) -> None:
    assert not await publish(store, clock, post(sandbox, clock, REPORT.encode(), name, mime))
    await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.article.text == REPORT
    assert queued.article.link == "https://t.me/harbour_wire/5"


async def test_an_edited_caption_is_read_again_with_the_same_document(
    sandbox: SandboxServer, loop: FollowingLoop, store: Store, clock: "WoundClock"
) -> None:
    message = post(sandbox, clock, REPORT.encode(), "note.txt", "text/plain", caption=CAPTION)
    await publish(store, clock, message)
    await loop.run_once()
    later = CAPTION.replace("has ended", "ended on Sunday")
    await publish(store, clock, {**message, "caption": later, "edit_date": 1}, edited=True)
    assert await loop.run_once() == 0
    [queued] = await waiting(store, clock)
    assert queued.article.text == f"{later}\n\n{REPORT}"


async def test_a_document_that_telegram_does_not_give_leaves_its_caption(
    sandbox: SandboxServer, loop: FollowingLoop, store: Store, clock: "WoundClock"
) -> None:
    message = post(sandbox, clock, b"x", "report.pdf", "application/pdf", caption=CAPTION)
    message["document"]["file_id"] = "unknown"
    sandbox.world.witness = lambda _sent: None  # the refusal is the point
    await publish(store, clock, message)
    await loop.run_once()
    [queued] = await waiting(store, clock)
    assert queued.article.text == CAPTION
    assert await reason_of(store, f"post:{CHANNEL_ID}:5") == "file_gone"


async def test_a_server_that_is_away_is_asked_again(sandbox: SandboxServer, store: Store, clock: "WoundClock") -> None:
    parser = Parser()
    await publish(store, clock, post(sandbox, clock, REPORT.encode(), "note.txt", "text/plain"))
    async with build_bot(SAMPLE_TOKEN, sandbox.base_url, sandbox.base_file_url) as bot:
        files = TelegramFiles(bot)
        await sandbox.stop()
        loop = FollowingLoop(store, Gate(), parser, clock, lambda: None, files=files)
        assert await loop.run_once() == 1
    await parser.close()
    assert await reason_of(store, f"post:{CHANNEL_ID}:5") == "file_unreachable"
    async with store.read() as tx:
        assert [page.attempts for page in await tx.pages.due(5, clock().replace(year=2027))] == [1]
