"""What several rooms' tests need: a headless browser, and somewhere to keep its screenshots."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
SCREENSHOTS = Path(__file__).resolve().parents[1] / "var" / "screenshots"


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    """Playwright's browser; the test skips where there is none on the machine."""
    api = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    if not HAS_CHROMIUM:
        pytest.skip(f"no browser at {CHROMIUM}")
    async with api.async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        await browser.close()


@pytest.fixture
def picture() -> Callable[[Any, str], Awaitable[None]]:
    """Takes a screenshot of a page under a name."""

    async def take(page: Any, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return take
