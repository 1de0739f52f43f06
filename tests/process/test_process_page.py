"""A newcomer's first minute: an article posted in the sandbox's page is read by the real bot and answered in the page."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from driven_bot import PATIENCE_S, BotProcess, filed

from bot.sandbox.server import SandboxServer

pytestmark = [pytest.mark.process, pytest.mark.browser]

ARTICLE = """\
UN mission in Sahelia to lose a third of its troops

12 March 2024

The United Nations mission in Sahelia will be cut to about 8,400 peacekeepers by the end of June, the Security Council
decided on Monday, ending months of dispute over who should guard the country's northern towns.

The mission had about 12,600 troops as of January, according to its own count."""


async def test_an_article_posted_in_the_page_comes_back_as_a_report(
    browser: Any, picture: Callable[[Any, str], Awaitable[None]], sandbox: SandboxServer, bot: BotProcess
) -> None:
    await bot.start()
    page = await browser.new_page(viewport={"width": 1280, "height": 1000})
    await page.goto(sandbox.page_url)
    await page.get_by_label("Article to publish").fill(ARTICLE)
    await page.get_by_role("button", name="Publish").click()
    await filed(bot, 1)
    await page.get_by_role("button", name="Start", exact=True).click()
    chat = page.get_by_role("log", name="Conversation with the bot")
    await chat.get_by_text("reads the news channels").wait_for(timeout=PATIENCE_S * 1000)
    for step in ("Continue with all topics", "07:00", "UTC"):
        await chat.get_by_role("button", name=step).click()
    await chat.get_by_text("You are subscribed.").wait_for(timeout=PATIENCE_S * 1000)
    await page.get_by_label("Message to the bot").fill("/summary")
    await page.keyboard.press("Enter")
    report = chat.get_by_text("Situation report").last
    await report.wait_for(timeout=PATIENCE_S * 1000)
    shown = await chat.inner_text()
    assert "UN mission in Sahelia to lose a third of its troops" in shown
    assert "about 8,400" in shown
    assert await chat.locator("a[href*='t.me/sample_wire/1']").count() > 0
    await picture(page, "posted-article")
    await page.close()
