"""Makes the pictures of the sandbox's page and of the status page: ``python -m bench.pictures`` writes them to docs/images.

Each is kept in as many colours as fit into ``MAX_BYTES``, for everybody fetches them with the documentation. The sample month is played to the very bot, which takes a minute or two, and looked at in headless Chromium.
"""

from __future__ import annotations

import asyncio
import socket
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright
from pydantic import SecretStr

from bot.app import reader_process
from bot.clock import Clock
from bot.demo.month import Month
from bot.demo.stage import Stage
from bot.logs import configure_logs
from bot.sandbox.server import SandboxServer
from bot.settings import Settings, Web

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
TOKEN = "pictures-of-the-status-page"
MAX_BYTES = 150_000
CHANNEL = "Coast Wire"
READ_CHANNEL, READ_POST = "Relief and Security Desk", "VESKAR: earthquake toll now 94"
"""The channel that is shown, and the post whose reading is."""


async def main() -> None:
    """Play, and take the pictures."""
    configure_logs(style="console", level="error", secret=None)
    clock = Clock()
    server = SandboxServer(clock=clock, advance_to=clock.advance_to, sample=False)
    settings = Settings(web=Web(port=_free_port(), status_token=SecretStr(TOKEN)))
    async with server, async_playwright() as playwright:
        with reader_process(settings) as models:
            stage = Stage(settings, server, clock, models)
            month = Month(stage)
            clock.set_to(month.begins)
            async with stage.bot(month.channels) as sitrep:
                await month.play(sitrep)
                browser = await playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
                )
                await _sandbox(browser, server.page_url)
                await _status(browser, f"http://127.0.0.1:{settings.web.port}/status")
                await browser.close()


async def _sandbox(browser: Browser, url: str) -> None:
    page = await browser.new_page(viewport={"width": 1360, "height": 860}, color_scheme="light")
    await page.goto(url)
    await page.get_by_role("navigation").get_by_role("button", name=CHANNEL).click()
    await page.get_by_role("log", name="Conversation").get_by_text("Situation report").last.scroll_into_view_if_needed()
    await page.evaluate("[...document.querySelectorAll('#chat-thread .message:not(.mine)')].at(-1).scrollIntoView()")
    _keep(await page.screenshot(), "sandbox.png")
    await page.set_viewport_size({"width": 1360, "height": 1240})
    await page.get_by_role("navigation").get_by_role("button", name=READ_CHANNEL).click()
    post = page.locator("#channel-thread .message", has_text=READ_POST).first
    await post.get_by_role("button", name="was read").click()
    view = page.get_by_role("region", name="How it was read")
    await view.get_by_role("heading", name="Key figures").wait_for()
    _keep(await view.screenshot(), "reading.png")
    await page.close()


async def _status(browser: Browser, url: str) -> None:
    page = await browser.new_page(viewport={"width": 1180, "height": 1000}, color_scheme="light")
    await page.goto(url)
    await page.get_by_label("Token").fill(TOKEN)
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name="Figures tracked").wait_for()
    await page.wait_for_load_state("load", timeout=120_000)
    _keep(await page.screenshot(full_page=True), "status.png")
    await page.close()


def _keep(taken: bytes, name: str) -> None:
    picture = Image.open(BytesIO(taken)).convert("RGB")
    for colours in (256, 128, 64, 32):
        packed = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() <= MAX_BYTES:
            (IMAGES / name).write_bytes(packed.getvalue())
            return
    raise ValueError(f"{name} does not fit into {MAX_BYTES} bytes")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


if __name__ == "__main__":
    asyncio.run(main())
