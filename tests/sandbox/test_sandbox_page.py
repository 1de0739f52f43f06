"""The page in headless Chromium, used as a person would."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from seeing import overflow, update_with
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.sandbox.client import SandboxClient
from bot.sandbox.pictures import plain_png
from bot.sandbox.refusal import JsonObject
from bot.sandbox.server import SandboxServer

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Route

Picture = Callable[["Page", str], Awaitable[None]]
READER = 1001
CHANNEL = -1_001_000_000_001
ARTICLE = """Harbour authority counts 2,500 containers after the storm

PORT ELLERY, July 26, 2021 — About 2,500 containers remained on the quays of Port Ellery, down from about 3,000 a week
earlier, the harbour authority said on Monday. <b>Clearing them</b> is to end by the year's end."""
REPORT = "Situation report\nAbout 2,500 containers\nSource: Sample Wire\nHidden and /help <i>as text</i>"

pytestmark = pytest.mark.browser


def report_entities() -> list[MessageEntity]:
    def at(kind: str, piece: str, **more: str) -> MessageEntity:
        return MessageEntity(kind, REPORT.index(piece), len(piece), **more)

    return [
        at("bold", "Situation report"),
        at("blockquote", "About 2,500 containers"),
        at("text_link", "Sample Wire", url="https://t.me/sample_wire/1"),
        at("spoiler", "Hidden"),
    ]


async def test_an_article_published_in_the_page_reaches_the_bot_and_its_answer_the_reader(
    page: Page, ptb: Bot, picture: Picture
) -> None:
    await page.get_by_label("Article to publish").fill(ARTICLE)
    await page.get_by_role("button", name="Publish").click()
    post = (await ptb.get_updates(timeout=10))[0].channel_post
    assert post is not None
    assert post.text == ARTICLE
    await page.get_by_role("button", name="Start", exact=True).click()
    start = (await update_with(ptb, "message")).message
    assert start is not None
    assert start.text == "/start"

    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Politics", callback_data="t:1")]])
    sent = await ptb.send_message(READER, REPORT, entities=report_entities(), reply_markup=keys)
    chat = page.get_by_role("log", name="Conversation with the bot")
    message = chat.locator(f"[data-id='{sent.message_id}']")
    await message.get_by_text("Situation report").wait_for()
    assert await message.locator("strong").all_inner_texts() == ["Situation report"]
    assert await message.locator("blockquote").all_inner_texts() == ["About 2,500 containers"]
    assert await message.locator("i").count() == 0
    assert "<i>as text</i>" in await message.inner_text()
    await picture(page, "desktop")

    await message.get_by_role("button", name="Hidden text").click()
    await message.locator(".spoiler.shown").wait_for()
    await message.get_by_role("button", name="Politics").click()
    query = (await update_with(ptb, "callback_query")).callback_query
    assert query is not None
    assert query.data == "t:1"
    await query.answer("Noted")
    await page.get_by_role("status").get_by_text("Noted").wait_for()
    await query.edit_message_text("You read politics.")
    await message.get_by_text("You read politics.").wait_for()
    assert await message.get_by_role("button", name="Politics").count() == 0


async def test_the_reader_writes_by_keyboard_and_by_menu(page: Page, ptb: Bot) -> None:
    await ptb.set_my_commands([BotCommand("summary", "An edition now"), BotCommand("topics", "What you read")])
    await page.get_by_role("button", name="Start", exact=True).click()
    box = page.get_by_label("Message to the bot")
    await box.fill("two\nlines")
    await box.press("Enter")
    await page.get_by_role("button", name="Menu").click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    chat = page.get_by_role("log", name="Conversation with the bot")
    await chat.get_by_text("/topics").wait_for()
    said = [update.message.text for update in await ptb.get_updates(timeout=10) if update.message]
    assert said == ["/start", "two\nlines", "/topics"]


async def test_an_open_menu_stays_at_its_mark_when_messages_arrive(page: Page, ptb: Bot, people: SandboxClient) -> None:
    await ptb.set_my_commands([BotCommand("summary", "An edition now"), BotCommand("topics", "What you read")])
    await people.say(READER, "/start")
    chat = page.get_by_role("log", name="Conversation with the bot")
    await page.get_by_role("button", name="Menu").click()
    await page.keyboard.press("ArrowDown")
    await ptb.send_message(READER, "Good morning")
    await chat.get_by_text("Good morning").wait_for()
    await page.get_by_role("option", name="/topics", selected=True).wait_for()
    await ptb.set_my_commands([BotCommand(name, name) for name in ("help", "summary", "topics")])
    await page.get_by_role("option", name="/help").wait_for()
    await page.keyboard.press("Enter")
    await chat.get_by_text("/topics").wait_for()


class Held:
    """Requests of a page that wait until they may go on, to the server or to an answer that is given here."""

    def __init__(self, answer: JsonObject | None = None) -> None:
        self.on_its_way, self.may_go_on = asyncio.Event(), asyncio.Event()
        self.answer = answer

    async def __call__(self, route: Route) -> None:
        self.on_its_way.set()
        await self.may_go_on.wait()
        await (route.continue_() if self.answer is None else route.fulfill(json=self.answer))

    async def begun(self) -> None:
        async with asyncio.timeout(10):
            await self.on_its_way.wait()


async def test_what_is_written_while_a_message_is_on_its_way_stays(page: Page, ptb: Bot) -> None:
    held = Held()
    await ptb.set_my_commands([BotCommand("summary", "An edition now")])
    await page.get_by_role("button", name="Start", exact=True).click()
    box = page.get_by_label("Message to the bot")
    await page.route("**/sandbox/api/say", held)
    await box.fill("first")
    await box.press("Enter")
    await held.begun()
    assert await box.input_value() == ""
    await box.fill("/sum")
    held.may_go_on.set()
    chat = page.get_by_role("log", name="Conversation with the bot")
    await chat.get_by_text("first").wait_for()
    assert await box.input_value() == "/sum"
    await page.get_by_role("option", name="/summary").click()
    await chat.get_by_text("/summary").wait_for()


async def test_a_message_that_did_not_go_comes_back_into_the_box(page: Page) -> None:
    refusal = {"ok": False, "description": "The bot was blocked."}
    await page.get_by_role("button", name="Start", exact=True).click()
    box = page.get_by_label("Message to the bot")
    await page.route("**/sandbox/api/say", lambda route: route.fulfill(json=refusal))
    await box.fill("a long question")
    await box.press("Enter")
    await page.get_by_text("The bot was blocked.").wait_for()
    assert await box.input_value() == "a long question"


async def test_what_is_written_while_an_article_is_on_its_way_stays(page: Page) -> None:
    held = Held()
    await page.route("**/sandbox/api/post", held)
    box = page.get_by_label("Article to publish")
    await box.fill("First article")
    await page.get_by_role("button", name="Publish").click()
    await held.begun()
    assert await box.input_value() == ""
    await box.fill("Second article")
    held.may_go_on.set()
    await page.get_by_role("log", name="Posts in the channel").get_by_text("First article").wait_for()
    assert await box.input_value() == "Second article"


async def test_an_article_or_a_correction_that_did_not_go_comes_back_into_the_box(
    page: Page, people: SandboxClient
) -> None:
    refusal = {"ok": False, "description": "The channel is gone."}
    await people.post(CHANNEL, "About 2,500 containers")
    await page.route(re.compile("/sandbox/api/(edit_)?post$"), lambda route: route.fulfill(json=refusal))
    box = page.get_by_label("Article to publish")
    told = page.get_by_text("The channel is gone.")
    await box.fill("A long article")
    await page.get_by_role("button", name="Publish").click()
    await told.wait_for()
    assert await box.input_value() == "A long article"
    await told.wait_for(state="hidden")
    await page.get_by_role("button", name="Edit post 1").click()
    await box.fill("About 2,600 containers")
    await page.get_by_role("button", name="Save").click()
    await told.wait_for()
    assert await box.input_value() == "About 2,600 containers"
    await page.get_by_role("button", name="Cancel").click()
    assert await box.input_value() == "A long article"


async def test_a_correction_survives_a_reload_and_an_article_that_fails_meanwhile(
    page: Page, people: SandboxClient
) -> None:
    held = Held(answer={"ok": False, "description": "The channel is gone."})
    await people.post(CHANNEL, "About 2,500 containers")
    await page.route("**/sandbox/api/post", held)
    box = page.get_by_label("Article to publish")
    await box.fill("A long article")
    await page.get_by_role("button", name="Publish").click()
    await held.begun()
    await page.get_by_role("button", name="Edit post 1").click()
    await box.fill("About 2,600 containers")
    held.may_go_on.set()
    await page.get_by_text("The channel is gone.").wait_for()
    assert await box.input_value() == "About 2,600 containers"
    await page.reload()
    await page.get_by_role("button", name="Save").wait_for()
    assert await box.input_value() == "About 2,600 containers"
    await page.get_by_role("button", name="Cancel").click()
    assert await box.input_value() == "A long article"
    await page.reload()
    await page.get_by_role("button", name="Publish").wait_for()
    await page.locator("#channel:not([inert])").wait_for()
    assert await box.input_value() == "A long article"


async def test_a_message_that_did_not_go_comes_back_to_the_reader_who_wrote_it(
    page: Page, people: SandboxClient
) -> None:
    held = Held(answer={"ok": False, "description": "The bot was blocked."})
    await people.add_user("Ada", started=True)
    await people.say(READER, "/start")
    await people.say("Ada", "/start")
    await page.route("**/sandbox/api/say", held)
    box = page.get_by_label("Message to the bot")
    await box.fill("a long question")
    await box.press("Enter")
    await held.begun()
    chats = page.get_by_role("navigation", name="Chats")
    await chats.get_by_role("button", name="Ada").click()
    await chats.locator("[aria-current]").get_by_text("Ada").wait_for()
    held.may_go_on.set()
    await page.get_by_text("The bot was blocked.").wait_for()
    assert await box.input_value() == ""
    await page.get_by_label("Reading as").select_option(str(READER))
    await chats.locator("[aria-current]").get_by_text("Reader").wait_for()
    assert await box.input_value() == "a long question"


async def test_a_post_is_corrected_in_place_and_links_lead_to_it(page: Page, ptb: Bot, people: SandboxClient) -> None:
    await people.post(CHANNEL, "About 2,500 containers")
    await page.get_by_role("button", name="Edit post 1").click()
    box = page.get_by_label("Article to publish")
    assert await box.input_value() == "About 2,500 containers"
    await page.get_by_role("button", name="Cancel").click()
    assert await box.input_value() == ""
    await page.get_by_role("button", name="Edit post 1").click()
    await box.fill("About 2,600 containers")
    await page.get_by_role("button", name="Save").click()
    posts = page.get_by_role("log", name="Posts in the channel")
    await posts.get_by_text("About 2,600 containers").wait_for()
    assert await posts.get_by_text("2,500").count() == 0
    edit = (await update_with(ptb, "edited_channel_post")).edited_channel_post
    assert edit is not None
    assert edit.text == "About 2,600 containers"
    await people.say(READER, "/start")
    await ptb.send_message(READER, REPORT, entities=report_entities())
    await page.get_by_role("link", name="Sample Wire").click()
    await posts.locator(".flash[data-id='1']").wait_for()


async def test_files_and_photos_are_shown(page: Page, ptb: Bot, people: SandboxClient) -> None:
    await people.say(READER, "/start")
    await ptb.send_photo(READER, plain_png(), caption="A chart")
    await ptb.send_document(READER, b"BEGIN:VCALENDAR", filename="deadlines.ics")
    photo = page.get_by_role("img", name="Photo")
    await photo.wait_for()
    await page.wait_for_function("document.querySelector('.photo').naturalWidth === 320")
    async with page.expect_download() as download:
        await page.get_by_role("link", name=re.compile("deadlines")).click()
    assert (await download.value).suggested_filename == "deadlines.ics"


async def test_another_reader_has_a_chat_of_their_own(page: Page, people: SandboxClient) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("button", name="Add another reader").click()
    await page.get_by_label("The new reader’s name").fill("Ada")
    await page.get_by_role("button", name="Add", exact=True).click()
    await page.get_by_role("button", name="Start", exact=True).click()
    await people.wait_for("Ada", lambda message: message.text == "/start")
    assert await page.get_by_label("Reading as").input_value() == "1002"


async def test_news_of_another_channel_is_told_beside_its_name(page: Page, people: SandboxClient) -> None:
    other = await people.add_channel("Other Wire", username="other_wire")
    await people.post(other, "Ferry service resumes")
    row = page.get_by_role("navigation", name="Chats").get_by_role("button", name="Other Wire")
    await row.get_by_text("Ferry service resumes").wait_for()
    assert await row.locator(".badge").text_content() == "1 new"
    await row.click()
    await page.get_by_role("heading", name="Other Wire").wait_for()
    await page.get_by_role("log", name="Posts in the channel").get_by_text("Ferry service resumes").wait_for()
    assert await row.locator(".badge").count() == 0
    assert await row.get_attribute("aria-current") == "true"


async def test_the_next_morning_is_a_button_away(browser: Browser) -> None:
    now = [datetime(2026, 1, 1, 20, tzinfo=UTC)]

    def advance_to(moment: datetime) -> None:
        now[0] = moment

    async with SandboxServer(clock=lambda: now[0], advance_to=advance_to) as server:
        page = await browser.new_page(timezone_id="Europe/Kyiv", viewport={"width": 390, "height": 844})
        await page.goto(server.page_url)
        clock = page.get_by_role("group", name="The sandbox’s clock")
        await clock.get_by_text("Thu 1 Jan, 22:00").wait_for()
        assert await overflow(page) == 0
        await clock.get_by_role("button", name="+1 hour").click()
        await clock.get_by_text("Thu 1 Jan, 23:00").wait_for()
        await clock.get_by_role("button", name="Next morning").click()
        await clock.get_by_text("Fri 2 Jan, 08:00").wait_for()
    assert now[0] == datetime(2026, 1, 2, 6, tzinfo=UTC)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone_one_pane_is_shown_at_a_time(
    browser: Browser, sandbox: SandboxServer, people: SandboxClient, ptb: Bot, scheme: str, picture: Picture
) -> None:
    await people.post(CHANNEL, ARTICLE)
    await people.say(READER, "/start")
    await ptb.send_message(READER, REPORT, entities=report_entities())
    page = await browser.new_page(
        viewport={"width": 390, "height": 844}, color_scheme="dark" if scheme == "dark" else "light"
    )
    await page.goto(sandbox.page_url)
    await page.get_by_role("log").get_by_text("Situation report").wait_for()
    await picture(page, f"phone-chat-{scheme}")
    assert not await page.get_by_label("Article to publish").is_visible()
    await page.get_by_role("tab", name="Channel").click()
    await page.get_by_role("log").get_by_text("Harbour authority").wait_for()
    assert not await page.get_by_label("Message to the bot").is_visible()
    await picture(page, f"phone-channel-{scheme}")
    assert await overflow(page) == 0
