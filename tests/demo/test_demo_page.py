"""The demo's page with the very bot behind it: a post as it was read, and the sample month with its editions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pdf_samples import Line, pdf

from bot.app import reader_process
from bot.clock import Clock
from bot.demo.month import Month
from bot.demo.stage import Programme, Stage
from bot.replay import sample_month
from bot.sandbox.client import SandboxClient
from bot.sandbox.refusal import Refusal
from bot.sandbox.server import SandboxServer
from bot.settings import Settings

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

Picture = Callable[["Page", str], Awaitable[None]]
PATIENCE_MS = 60_000
ARTICLE = """🛰️ UN mission in Sahelia to lose a third of its troops

12 March 2024

The United Nations mission in Sahelia will be cut to about 8,400 peacekeepers by the end of June, the Security Council
decided on Monday, ending months of dispute over who should guard the country's northern towns.

<script>document.title = "taken"</script> The mission had about 12,600 troops as of January, according to its own count."""

pytestmark = [pytest.mark.process, pytest.mark.browser]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    clock = Clock()
    server = SandboxServer(clock=clock, advance_to=clock.advance_to, sample=False, limits=None)
    settings = Settings(models={"threads": 1})
    async with server:
        with reader_process(settings) as models:
            yield Stage(settings, server, clock, models)


async def test_a_post_is_shown_with_what_the_models_found_in_it(
    stage: Stage, browser: Browser, picture: Picture
) -> None:
    async with stage.bot({"sample_wire": "Sample Wire"}), SandboxClient(stage.server.root_url) as people:
        stage.tell(Programme.TODAY, "over")
        await people.post("sample_wire", ARTICLE)
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        await page.goto(stage.server.page_url)
        await page.get_by_role("button", name="How post 1 was read").click()
        view = page.get_by_role("region", name="How it was read")
        await view.get_by_role("heading", name="Key figures").wait_for(timeout=PATIENCE_MS)
        marked = " | ".join(await view.locator(".text-read .mark-figure").all_text_contents())
        assert "8,400" in marked
        assert "12,600" in marked
        assert "end of June" in " | ".join(await view.locator(".text-read .mark-deadline").all_text_contents())
        assert "The United Nations mission" in "".join(
            await view.locator(".text-read .mark-summary").all_text_contents()
        )
        said = await view.inner_text()
        assert "UN mission in Sahelia to lose a third of its troops" in said
        assert "No recent story tells of the same event, so it opens one." in said
        assert "counted from 12 March 2024, its dateline" in said
        assert "<script>" in said
        assert await page.title() == "Sitrep sandbox"
        await picture(page, "reading")
        await people.edit_post("sample_wire", 1, ARTICLE.replace("8,400", "8,700"))
        await view.locator(".mark-figure", has_text="8,700").first.wait_for(timeout=PATIENCE_MS)
        assert (await stage.reading(-1, 1))["state"] == "unknown"


async def test_a_document_that_is_added_on_the_page_is_read(stage: Stage, browser: Browser, picture: Picture) -> None:
    lines = [
        "The United Nations mission in Sahelia will be cut to about 8,400 peacekeepers by the end of",
        "June, the Security Council decided on Monday, ending months of dispute over who should",
        "guard the northern towns. The mission had about 12,600 troops as of January.",
    ]
    report = pdf([[Line(72, 700 - 14 * at, line) for at, line in enumerate(lines)]])
    async with stage.bot({"sample_wire": "Sample Wire"}):
        stage.tell(Programme.TODAY, "over")
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        await page.goto(stage.server.page_url)
        await page.locator("#channel:not([inert])").wait_for()
        file = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": report}
        await page.get_by_label("Add a file").set_input_files([file])
        await page.get_by_role("button", name="How post 1 was read").click()
        view = page.get_by_role("region", name="How it was read")
        await view.get_by_role("heading", name="Key figures").wait_for(timeout=PATIENCE_MS)
        marked = " | ".join(await view.locator(".text-read .mark-figure").all_text_contents())
        assert "8,400" in marked
        assert "12,600" in marked
        await picture(page, "reading-document")
        scan = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": pdf([[]])}
        await page.get_by_label("Add a file").set_input_files([scan])
        await page.get_by_role("button", name="How post 2 was read").click()
        await view.get_by_text("it holds pictures of text").wait_for(timeout=PATIENCE_MS)


async def test_the_sample_month_gives_an_edition_every_morning_and_stops_when_told(
    stage: Stage, browser: Browser, picture: Picture
) -> None:
    edited = next(post for post in sample_month() if post.edited)
    posts = [
        post
        for post in sample_month()
        if post.at.date() < date(2026, 3, 2) or (post.channel, post.number) == (edited.channel, edited.number)
    ]
    month = Month(stage, posts)
    stage.clock.set_to(month.begins)
    async with stage.bot(month.channels) as sitrep, SandboxClient(stage.server.root_url) as people:
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        await page.goto(stage.server.page_url)
        await month.play(sitrep)
        assert stage.programme == {"name": "month", "state": "over", "done": len(posts) - 1, "total": len(posts) - 1}
        chat = await people.chat("Reader")
        editions = [message for message in chat if message.text.startswith("Situation report")]
        assert [message.date.date() for message in editions] == [date(2026, 3, day) for day in (1, 2, 3, 4)]
        assert {message.date.hour for message in editions} == {7}
        corrected = [message for message in chat if message.text.startswith("Corrected")]
        assert [message.date.date() for message in corrected] == [date(2026, 3, 3)]
        await page.get_by_role("log", name="Conversation").get_by_text("Situation report").last.wait_for()
        await page.get_by_role("group", name="The sample month").wait_for(state="hidden")
        await page.get_by_role("button", name="Next morning").click()
        later = await people.wait_for("Reader", lambda message: message.date.day == 5, PATIENCE_MS / 1000)
        assert later.text.startswith(("Situation report", "Nothing new"))
        await picture(page, "month")

    stage.stopped = True
    again = Month(stage, posts)
    stage.clock.set_to(again.begins)
    async with stage.bot(again.channels) as sitrep, SandboxClient(stage.server.root_url) as people:
        asyncio.get_running_loop().call_later(0.1, stage.play, "stop")
        await again.play(sitrep)
        assert stage.programme["state"] == "over"
        assert stage.programme["done"] < len(posts) - 1
        assert len([chat for chat in (await people.state())["chats"] if chat["type"] == "channel"]) == len(
            again.channels
        )
        assert abs(stage.clock() - again.begins) < timedelta(days=3)


async def test_a_programme_that_is_none_is_refused(stage: Stage) -> None:
    with pytest.raises(Refusal, match="today, month, stop"):
        stage.play("opera")
    stage.play("today")
    stage.play("month")
    assert await stage.next_wish() is Programme.MONTH
