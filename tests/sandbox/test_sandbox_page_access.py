"""The page for everybody: by keyboard alone, in light and dark, on a narrow screen, after a reload, without a bot."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from seeing import faint_texts, overflow, update_with
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.client import SandboxClient
from bot.sandbox.pictures import plain_png
from bot.sandbox.server import SandboxServer

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

Picture = Callable[["Page", str], Awaitable[None]]
READER = 1001
CHANNEL = -1_001_000_000_001
COMMANDS = [
    BotCommand("summary", "An edition now"),
    BotCommand("search", "Find stories"),
    BotCommand("topics", "Topics"),
]
KEYS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("More", callback_data="m"), InlineKeyboardButton("Why", callback_data="w")]]
)

pytestmark = pytest.mark.browser


async def focused(page: Page) -> str:
    """The name of what has the focus."""
    return str(
        await page.evaluate(
            "(n => n.getAttribute('aria-label') ?? n.labels?.[0]?.innerText ?? n.innerText)(document.activeElement)"
        )
    ).strip()


async def tab_to(page: Page, name: str) -> list[str]:
    """Press Tab until something has the focus; all that had it on the way."""
    seen: list[str] = []
    while not seen or name not in seen[-1]:
        await page.keyboard.press("Tab")
        seen.append(await focused(page))
        assert len(seen) < 60, f"{name!r} cannot be reached: {seen}"
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert await page.evaluate(outline) != "none", f"one does not see that {seen[-1]!r} has the focus"
    return seen


async def test_everything_can_be_done_by_keyboard(page: Page, ptb: Bot, people: SandboxClient) -> None:
    await ptb.set_my_commands(COMMANDS)
    order = await tab_to(page, "Article to publish")
    assert order[0] == "Skip to the reader’s chat"
    for name in ("Colours", "Sample Wire", "Reader", "Add another reader", "Posts in the channel"):
        assert any(name in step for step in order), (name, order)
    await page.keyboard.type("Ferries run again")
    await page.keyboard.press("Control+Enter")
    await page.get_by_role("log", name="Posts in the channel").get_by_text("Ferries run again").wait_for()
    await tab_to(page, "Start")
    await page.keyboard.press("Enter")
    await people.wait_for("Reader", lambda message: message.text == "/start")
    assert await focused(page) == "Message to the bot"
    await page.keyboard.type("/s")
    options = page.get_by_role("listbox", name="The bot’s commands").get_by_role("option")
    assert await options.count() == 2
    await page.keyboard.press("ArrowDown")
    assert await page.evaluate("document.activeElement.getAttribute('aria-activedescendant')") == "command-1"
    await page.keyboard.press("Escape")
    assert await options.count() == 0
    await page.keyboard.type("e")
    await page.keyboard.press("Tab")
    await page.keyboard.type("ferries")
    await page.keyboard.press("Enter")
    await people.wait_for("Reader", lambda message: message.text == "/search ferries")
    sent = await ptb.send_message(READER, "Found one", reply_markup=KEYS)
    await page.get_by_role("button", name="Why").wait_for()
    while await focused(page) != "Why":
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    query = (await update_with(ptb, "callback_query")).callback_query
    assert query is not None
    assert (query.data, query.message and query.message.message_id) == ("w", sent.message_id)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_can_be_read_and_nothing_sticks_out(
    browser: Browser,
    sandbox: SandboxServer,
    people: SandboxClient,
    ptb: Bot,
    scheme: Any,
    picture: Picture,
) -> None:
    await people.post(CHANNEL, "Ferries run again\n\nhttps://example.org/" + "long" * 30)
    await people.say(READER, "/start")
    await ptb.send_message(READER, "Situation report", reply_markup=KEYS)
    page = await browser.new_page(color_scheme=scheme)
    await page.goto(sandbox.page_url)
    await page.get_by_role("log", name="Conversation").get_by_text("Situation report").wait_for()
    for width, height in ((1400, 900), (900, 700), (390, 844), (320, 600)):
        await page.set_viewport_size({"width": width, "height": height})
        for pane in ("Chats", "Channel", "Reader’s chat") if width < 760 else ("",):
            if pane:
                await page.get_by_role("tab", name=pane).click()
            await picture(page, f"page-{width}-{scheme}-{pane.partition('’')[0].lower() or 'all'}")
            assert await faint_texts(page) == []
            assert await overflow(page) == 0, (width, pane)


async def test_light_and_dark_are_chosen_and_kept(page: Page) -> None:
    button = page.get_by_role("button", name="Colours")
    ground = "getComputedStyle(document.querySelector('.top')).backgroundColor"
    light = await page.evaluate(ground)
    await button.click()
    assert await button.get_attribute("aria-label") == "Colours: light"
    assert await page.evaluate(ground) == light
    await button.click()
    assert await button.get_attribute("aria-label") == "Colours: dark"
    dark = await page.evaluate(ground)
    assert dark != light
    await page.reload()
    assert await page.evaluate(ground) == dark
    await button.click()
    assert await page.evaluate(ground) == light


async def test_nothing_is_lost_by_a_reload(page: Page, people: SandboxClient) -> None:
    from playwright.async_api import expect

    await people.add_channel("Other Wire")
    await people.add_user("Ada", started=True)
    await people.say("Ada", "/start")
    chats = page.get_by_role("navigation", name="Chats")
    chosen = chats.locator("[aria-current]")
    await chats.get_by_role("button", name="Other Wire").click()
    await chosen.get_by_text("Other Wire").wait_for()
    await page.get_by_label("Article to publish").fill("Half an article")
    await chats.get_by_role("button", name="Ada").click()
    await chosen.get_by_text("Ada").wait_for()
    await page.get_by_label("Message to the bot").fill("half a question")
    await page.reload()
    await page.get_by_role("heading", name="Other Wire").wait_for()
    assert await page.get_by_label("Article to publish").input_value() == "Half an article"
    await expect(page.get_by_label("Message to the bot")).to_have_value("half a question")
    assert await page.get_by_label("Reading as").locator("option:checked").inner_text() == "Ada"
    await chats.get_by_role("button", name="Sample Wire").click()
    await chosen.get_by_text("Sample Wire").wait_for()
    assert await page.get_by_label("Article to publish").input_value() == ""


async def test_a_page_without_a_bot_says_so_until_one_comes(page: Page, ptb: Bot) -> None:
    banner = page.get_by_role("status").get_by_text("No bot is connected")
    await banner.wait_for()
    await ptb.get_updates(timeout=0)
    await banner.wait_for(state="hidden")


async def test_an_answer_that_does_not_come_is_told_until_it_comes(
    browser: Browser, sandbox: SandboxServer, ptb: Bot
) -> None:
    page = await browser.new_page()
    await page.clock.install()
    await page.goto(sandbox.page_url)
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("log", name="Conversation").get_by_text("/start").wait_for()
    told = page.get_by_role("status").get_by_text("Sitrep has not answered yet.")
    assert not await told.is_visible()
    await page.clock.fast_forward(20_000)
    await told.wait_for()
    await ptb.send_message(READER, "Here I am")
    await told.wait_for(state="hidden")


async def test_who_reads_further_up_is_told_of_news_and_led_to_it(page: Page, ptb: Bot, people: SandboxClient) -> None:
    await people.say(READER, "/start")
    for number in range(4):
        await ptb.send_message(READER, f"Message {number}\n" + "line\n" * 12)
    chat = page.get_by_role("log", name="Conversation")
    await chat.get_by_text("Message 3").wait_for()
    await chat.evaluate("node => { node.scrollTop = 0; }")
    await ptb.send_message(READER, "The newest")
    await page.get_by_role("button", name="New messages").click()
    assert await chat.evaluate("node => node.scrollHeight - node.scrollTop - node.clientHeight") < 2
    assert not await page.get_by_role("button", name="New messages").is_visible()


async def test_a_reader_who_has_not_pressed_start_is_told_to(page: Page) -> None:
    await page.get_by_text("Press Start: a bot may not write first.").wait_for()
    assert not await page.get_by_label("Message to the bot").is_visible()


async def test_a_picture_of_the_bots_is_named_by_its_caption(page: Page, ptb: Bot, people: SandboxClient) -> None:
    await people.say(READER, "/start")
    await ptb.send_photo(READER, plain_png(), caption="Troops over time\nby source")
    await page.get_by_role("img", name="Photo: Troops over time").wait_for()


async def test_nothing_but_the_pages_own_files_is_loaded_and_nothing_runs_inline(
    browser: Browser, sandbox: SandboxServer
) -> None:
    page = await browser.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    await page.goto(sandbox.page_url)
    await page.get_by_role("heading", name="Sample Wire").wait_for()
    assert [url for url in loaded if not url.startswith(sandbox.page_url)] == []
    assert await page.locator("script:not([src]), style, [style*=':'][onclick], [onload]").count() == 0
    refused = """() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken'";
      document.head.append(script);
    })"""
    assert await page.evaluate(refused) == "script-src-elem"
    assert await page.title() == "Sitrep sandbox"


async def test_the_policy_stands_on_every_answer(http: httpx.AsyncClient, sandbox: SandboxServer) -> None:
    stored = sandbox.world.store_file(base64.b64decode("PHN2Zy8+"), "x.svg", "image/svg+xml")
    names = ["/", "/static/page.js", "/static/reading.js", "/static/reading.css", f"/sandbox/files/{stored.file_id}"]
    for path in names:
        policy = (await http.get(path)).headers["content-security-policy"]
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert parts["default-src"] == "'none'"
        assert {parts[name] for name in ("script-src", "style-src", "img-src", "connect-src")} == {"'self'"}
        assert {parts[name] for name in ("base-uri", "form-action", "frame-ancestors")} == {"'none'"}
    shown = await http.get(f"/sandbox/files/{stored.file_id}")
    assert shown.headers["content-disposition"] == "attachment"
