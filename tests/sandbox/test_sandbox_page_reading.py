"""The view of how a post was read: what is marked in it, and that what stands in a text stays text."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest
from seeing import faint_texts, overflow

from bot.sandbox.client import SandboxClient
from bot.sandbox.refusal import JsonObject
from bot.sandbox.server import SAMPLE_READER_ID, SandboxServer

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Route

Picture = Callable[["Page", str], Awaitable[None]]
CHANNEL = -1_001_000_000_001
TEXT = (
    "🛰️ About 2,500 soldiers leave by 31 December, the ministry said.\n\n"
    "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\"> "
    "\u202eevil\u202c \u2066isolated\u2069 & <b>bold</b>"
)

pytestmark = pytest.mark.browser


def at(piece: str) -> tuple[int, int]:
    """Where a piece of the text stands, in code points."""
    return TEXT.index(piece), TEXT.index(piece) + len(piece)


def entry(value: str, when: str, number: int) -> JsonObject:
    return {"value": value, "when": when, "outlet": "Sample Wire", "link": f"https://t.me/sample_wire/{number}"}


READ: JsonObject = {
    "state": "read",
    "title": "Force <i>halved</i> \u202e2,500",
    "text": TEXT,
    "headline": "Force halved",
    "outlet": "Sample Wire",
    "reference": "1 March 2026",
    "dated_by": "its dateline",
    "language": "en",
    "model": "double",
    "page": None,
    "summary": [{"text": "...", "spans": [at("🛰️ About 2,500 soldiers leave by 31 December, the ministry said.")]}],
    "topics": [{"name": "conflict, war and peace", "confidence": 0.812}],
    "figures": [
        {
            "text": "Soldiers: about 2,500",
            "kind": "troops",
            "importance": 0.9,
            "span": at("About 2,500 soldiers"),
            "sentence": "About 2,500 soldiers leave by 31 December, the ministry said.",
            "series": {
                "title": "Soldiers",
                "relation": "It changes what was told before.",
                "conflicts": [entry("3,100", "as of 1 March 2026", 3)],
                "entries": [entry("about 2,500", "as of 1 March 2026", 1), entry("3,000", "as of 1 January 2026", 2)],
                "earlier": 4,
            },
        }
    ],
    "deadlines": [
        {
            "text": "By 31 December 2026: soldiers leave",
            "span": at("31 December"),
            "surface": "31 December",
            "sentence": "About 2,500 soldiers leave by 31 December, the ministry said.",
        }
    ],
    "story": {
        "headline": "Force halved",
        "link": "https://t.me/sample_wire/1",
        "opened": "1 March 2026",
        "follows": {"headline": "Talks begin", "link": None, "opened": "3 January 2026"},
    },
    "why": ["It is a later development of another story, so it opens one that follows it."],
}


class Behind:
    """A backstage that reads when it is told to."""

    def __init__(self) -> None:
        self.found: JsonObject = {"state": "waiting"}
        self.asked_to_play: asyncio.Queue[str] = asyncio.Queue()

    @property
    def programme(self) -> JsonObject:
        return {"name": "today", "state": "over", "done": 0, "total": 0}

    def play(self, name: str) -> None:
        self.asked_to_play.put_nowait(name)

    async def reading(self, chat_id: int, message_id: int) -> JsonObject:
        del chat_id, message_id
        return self.found


@pytest.fixture
def behind(sandbox: SandboxServer) -> Behind:
    sandbox.world.backstage = found = Behind()
    return found


async def test_a_post_is_shown_as_it_was_read_once_it_is(
    behind: Behind, page: Page, people: SandboxClient, picture: Picture
) -> None:
    await people.post(CHANNEL, TEXT)
    await page.get_by_role("button", name="How post 1 was read").click()
    view = page.get_by_role("region", name="How it was read")
    await view.get_by_text("Being read").wait_for()
    behind.found = READ
    await view.get_by_role("heading", name="Key figures").wait_for()
    text = view.locator(".text-read")
    assert await text.locator(".mark-figure").all_text_contents() == ["About 2,500 soldiers"]
    assert await text.locator(".mark-deadline").all_text_contents() == ["31 December"]
    summary = await text.locator(".mark-summary").all_text_contents()
    assert "".join(summary) == "🛰️ About 2,500 soldiers leave by 31 December, the ministry said."
    await view.get_by_role("button", name="Show in the text: By 31 December").click()
    assert await page.evaluate("document.activeElement.textContent") == "31 December"
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "deadline-0"
    table = view.get_by_role("table", name="Over time: Soldiers")
    assert await table.get_by_role("row").all_inner_texts() == [
        "about 2,500\tas of 1 March 2026\tSample Wire",
        "3,000\tas of 1 January 2026\tSample Wire",
    ]
    await view.get_by_text("Sources disagree").wait_for()
    await picture(page, "reading-double")
    assert await faint_texts(page) == []


async def test_markup_and_directions_in_an_article_stay_text(
    behind: Behind, page: Page, people: SandboxClient, picture: Picture
) -> None:
    behind.found = READ
    await people.post(CHANNEL, TEXT)
    await people.say("Reader", TEXT)
    posts = page.get_by_role("log", name="Posts in the channel")
    await posts.get_by_text("<script>").wait_for()
    await page.get_by_role("log", name="Conversation").get_by_text("<script>").wait_for()
    await picture(page, "markup-as-text")
    await page.get_by_role("button", name="How post 1 was read").click()
    view = page.get_by_role("region", name="How it was read")
    await view.get_by_role("heading", name="Force <i>halved</i> ⇄2,500").wait_for()
    for place in (posts, view, page.get_by_role("log", name="Conversation")):
        assert "⇄evil" in await place.inner_text()
    assert "<script>document.title = 'taken'</script><img src=x" in await view.locator(".text-read").inner_text()
    assert await page.title() == "Sitrep sandbox"
    assert (
        await page.locator(
            "main :is(script, iframe, object, embed), main img:not(.photo), .text b, .text-read b"
        ).count()
        == 0
    )
    directions = "n => [getComputedStyle(n).unicodeBidi, getComputedStyle(n).direction]"
    for text in (posts.locator(".text").first, view.locator(".text-read p").last):
        assert await text.evaluate(directions) == ["plaintext", "ltr"]
    # What comes after a text that turns direction without turning back stands where it always does.
    close = await page.get_by_role("button", name="Back to the channel").bounding_box()
    about = await page.locator("#reading-about").bounding_box()
    assert close is not None
    assert about is not None
    assert close["x"] < about["x"]


async def test_what_is_marked_can_be_chosen_and_the_view_survives_a_reload(
    behind: Behind, page: Page, people: SandboxClient
) -> None:
    behind.found = READ
    await people.post(CHANNEL, TEXT)
    await page.get_by_role("button", name="How post 1 was read").click()
    figures = page.get_by_role("group", name="What is marked").get_by_role("button", name="Figures")
    mark = page.locator(".text-read .mark-figure")
    marked = await mark.evaluate("n => getComputedStyle(n).boxShadow")
    await figures.click()
    assert await figures.get_attribute("aria-pressed") == "false"
    assert await mark.evaluate("n => getComputedStyle(n).boxShadow") != marked
    await page.reload()
    await page.get_by_role("heading", name="Key figures").wait_for()
    await page.keyboard.press("Escape")
    assert not await page.get_by_role("region", name="How it was read").is_visible()
    assert await page.evaluate("document.activeElement.getAttribute('aria-label')") == "How post 1 was read"
    await page.reload()
    await page.get_by_role("log", name="Posts in the channel").get_by_text("About 2,500").wait_for()
    assert not await page.get_by_role("region", name="How it was read").is_visible()


async def test_where_nobody_can_say_how_a_post_was_read_nothing_is_offered(page: Page, people: SandboxClient) -> None:
    await people.post(CHANNEL, TEXT)
    await page.get_by_role("button", name="Edit post 1").wait_for()
    assert await page.get_by_role("button", name="How post 1 was read").count() == 0
    assert not await page.get_by_role("button", name="Play the sample month").is_visible()


@pytest.mark.parametrize("state", ["unknown", "nothing", "failed"])
async def test_a_post_that_is_not_read_says_why(behind: Behind, page: Page, people: SandboxClient, state: str) -> None:
    behind.found = {"state": state}
    said = {"unknown": "Not with the bot yet", "nothing": "Nothing to read", "failed": "It could not be read"}[state]
    await people.post(CHANNEL, TEXT)
    await page.get_by_role("button", name="How post 1 was read").click()
    await page.get_by_text(said).wait_for()


async def test_the_sample_month_is_asked_for_shown_and_stopped(
    behind: Behind, page: Page, sandbox: SandboxServer, picture: Picture
) -> None:
    def tell(state: str, done: int) -> None:
        data = {"name": "month", "state": state, "done": done, "total": 159}
        sandbox.world.changes.add("programme", 0, data)

    await page.get_by_role("button", name="Play the sample month").click()
    await page.get_by_role("button", name="Cancel").click()
    assert behind.asked_to_play.empty()
    await page.get_by_role("button", name="Play the sample month").click()
    await page.get_by_role("button", name="Play", exact=True).click()
    tell("playing", 40)
    progress = page.get_by_role("group", name="The sample month")
    await progress.get_by_text("40 of 159 posts").wait_for()
    assert await progress.get_by_role("progressbar").get_attribute("value") == "40"
    assert await page.get_by_role("button", name="Play it again").is_disabled()
    await picture(page, "month-playing")
    await progress.get_by_role("button", name="Stop").click()
    tell("over", 41)
    await progress.wait_for(state="hidden")
    await page.get_by_role("button", name="Back to today").click()
    await page.get_by_role("button", name="Begin anew").click()
    async with asyncio.timeout(10):
        assert [await behind.asked_to_play.get() for _ in range(3)] == ["month", "stop", "today"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_reading_fits_a_phone(
    behind: Behind, browser: Browser, sandbox: SandboxServer, people: SandboxClient, scheme: Any, picture: Picture
) -> None:
    behind.found = READ
    await people.post(CHANNEL, TEXT)
    page = await browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    await page.goto(sandbox.page_url)
    await page.get_by_role("tab", name="Channel").click()
    await page.get_by_role("button", name="How post 1 was read").click()
    await page.get_by_role("heading", name="Key figures").wait_for()
    await picture(page, f"reading-phone-{scheme}")
    assert await overflow(page) == 0
    assert await faint_texts(page) == []


async def test_what_is_opened_while_the_page_loads_stays_open(
    behind: Behind, browser: Browser, sandbox: SandboxServer, people: SandboxClient
) -> None:
    behind.found = READ
    await people.post(CHANNEL, TEXT)
    opened = asyncio.Event()

    async def held(route: Route) -> None:
        await opened.wait()
        await route.continue_()

    page = await browser.new_page()
    await page.route(f"**/sandbox/api/messages?chat={SAMPLE_READER_ID}*", held)
    await page.goto(sandbox.page_url)
    await page.get_by_role("button", name="How post 1 was read").click()
    await page.get_by_role("heading", name="Key figures").wait_for()
    opened.set()
    await page.get_by_text("has not met the bot yet").first.wait_for()
    assert await page.get_by_role("heading", name="Key figures").is_visible()
