"""The operator's status page: who is let in, what it shows, and what it never shows."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from seeing import faint_texts, overflow
from starlette.applications import Starlette

from bot.app import digest_defaults
from bot.delivery.tick import Tick
from bot.desk.memory import Entry
from bot.health import Health, Part, Pulse, allowances
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Chat, subscribe
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.press.edition import render_edition
from bot.settings import Settings, SettingsError, load_settings
from bot.status import status_routes
from bot.status.markup import tag
from bot.status.page import newest_of
from bot.status.routes import COOKIE
from bot.store import Store
from bot.web import serving
from models.api import FigureKind, KeyFigure, Period, Precision, Qualifier, Span, Status

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

Picture = Callable[["Page", str], Awaitable[None]]
TOKEN = "a-token-of-the-operators"
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
NAME = "Harbour <script>alert(1)</script> \u202eeriW"


class Caller:
    async def do_api_request(self, endpoint: str, api_kwargs: Any = None) -> Any:
        del endpoint, api_kwargs


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store with a day's posts, read, and an edition for a reader."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    posts = PostDesk(Channels(["@harbour_wire"]), lambda: NOW)
    reader = ThreadedReader(PlainReader())
    chat = {"id": -1001234567890, "type": "channel", "title": NAME, "username": "harbour_wire"}
    async with store.begin() as tx:
        defaults = digest_defaults(Settings())
        await subscribe(tx, Chat(chat_id=777_123_456, kind="private"), defaults, NOW - timedelta(days=1))
        for number, count in enumerate((2500, 3100), 1):
            text = f"Troops in Sahelia\n\nSome {count} troops are stationed in Sahelia <b>now</b>. They leave by 31 December 2026."
            message = {"message_id": number, "chat": chat, "date": int(NOW.timestamp()) - 7200 + number, "text": text}
            await posts.receive(tx, message, edited=False)
    while await ReadingLoop(store, reader, lambda: NOW).run_once():
        pass
    tomorrow = NOW + timedelta(days=1)
    await Tick(
        store, EditionDesk(store, reader, lambda: tomorrow).compose_for, render_edition, lambda: tomorrow
    ).run_once(tomorrow)
    reader.close()
    yield store
    await store.close()


@pytest.fixture
def pulse() -> Pulse:
    return Pulse()


@pytest.fixture
def routes(store: Store, pulse: Pulse) -> list[Any]:
    health = Health(store, Caller(), pulse, allowances(60, slow_models=False), lambda: NOW)
    feeds = ["https://news.example.org/feed.xml"]
    return status_routes(TOKEN, store, health, lambda: NOW, channels=["@harbour_wire"], feeds=feeds)


@pytest.fixture
async def visitor(routes: list[Any]) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("path", ["/status", "/status/chart/1.png"])
async def test_nobody_is_let_in_without_the_token(visitor: httpx.AsyncClient, path: str) -> None:
    for headers in (
        {},
        bearer(TOKEN[:-1]),
        bearer(f"{TOKEN}x"),
        bearer(""),
        {"Authorization": TOKEN},
        {"Cookie": f"{COOKIE}={TOKEN}"},
    ):
        answer = await visitor.get(path, headers=headers)
        assert answer.status_code == 401
        assert "2,500" not in answer.text
        assert answer.headers["www-authenticate"] == "Bearer"
    assert (await visitor.get(path, headers=bearer(TOKEN))).status_code == 200


async def test_the_token_is_changed_for_a_cookie_that_does_not_hold_it(visitor: httpx.AsyncClient) -> None:
    refused = await visitor.post("/status", data={"token": "not-the-token-at-all"})
    assert refused.status_code == 401
    assert "That is not the token" in refused.text
    assert "set-cookie" not in refused.headers
    entered = await visitor.post("/status", data={"token": TOKEN}, headers={"X-Forwarded-Proto": "https"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/status")
    cookie = entered.headers["set-cookie"]
    assert TOKEN not in cookie
    assert {"HttpOnly", "Path=/status", "SameSite=strict", "Secure"} <= set(cookie.split("; "))
    value = cookie.partition("=")[2].partition(";")[0]
    assert "Last editions" in (await visitor.get("/status", headers={"Cookie": f"{COOKIE}={value}"})).text


async def test_a_form_that_does_not_end_is_no_token(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.post("/status", content=b"token=" + b"x" * 100_000)).status_code == 401
    assert (await visitor.post("/status", content=b"\xff\xfe=%ff")).status_code == 401


async def test_it_shows_the_machine_and_the_news_and_no_reader(visitor: httpx.AsyncClient, pulse: Pulse) -> None:
    for part in Part:
        pulse.well(part)
    text = (await visitor.get("/status", headers=bearer(TOKEN))).text
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    assert "All parts are well" in plain
    assert "Chats that get editions 1 of 1" in plain
    assert "Articles read in 24 hours 2" in plain
    assert "23 Nov 2026, 10:00" in plain
    assert "1 queued" in plain
    assert "@harbour_wire channel read last post 22 Nov 2026, 10:00" in plain
    assert "https://news.example.org/feed.xml feed read no trouble" in plain
    assert re.search(r"3,?100", plain)
    assert "Harbour &lt;script&gt;alert(1)&lt;/script&gt; ⇄eriW" in plain
    assert "777" not in text
    assert "Nothing has failed." in plain


async def test_it_says_what_is_ill(store: Store) -> None:
    seconds = [0.0]
    pulse = Pulse(lambda: seconds[0])
    health = Health(store, Caller(), pulse, allowances(60, slow_models=False), lambda: NOW)
    pulse.failed(Part.TELEGRAM, TimeoutError())
    seconds[0] = 120
    routes = status_routes(TOKEN, store, health, lambda: NOW)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(Starlette(routes=routes)), base_url="http://bot"
    ) as client:
        text = (await client.get("/status", headers=bearer(TOKEN))).text
    assert "Ill</p>" in text
    assert "no success for 120 s, TimeoutError" in text
    assert "No source is set" in text


async def test_no_text_becomes_markup_and_nothing_runs(visitor: httpx.AsyncClient) -> None:
    for answer in (await visitor.get("/status", headers=bearer(TOKEN)), await visitor.get("/status")):
        assert "<script" not in answer.text
        assert "style=" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'")
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"


async def test_a_chart_is_a_picture_and_an_unknown_one_is_not_there(visitor: httpx.AsyncClient) -> None:
    text = (await visitor.get("/status", headers=bearer(TOKEN))).text
    path = re.search(r"/status/chart/\d+\.png", text)
    assert path is not None
    chart = await visitor.get(path.group(), headers=bearer(TOKEN))
    assert chart.content.startswith(b"\x89PNG")
    assert chart.headers["content-type"] == "image/png"
    assert (await visitor.get("/status/chart/999.png", headers=bearer(TOKEN))).status_code == 404


def entry(number: int, as_of: date | None, published: date) -> Entry:
    period = None if as_of is None else Period(start=as_of, end=as_of, precision=Precision.DAY)
    figure = KeyFigure(
        kind=FigureKind.PERCENT,
        value=Decimal(number),
        unit="percent",
        qualifier=Qualifier.EXACT,
        label="inflation",
        status=Status.ACTUAL,
        as_of=period,
        change=None,
        attribution=None,
        importance=0.9,
        surface=str(number),
        span=Span(0, 1),
        sentence=Span(0, 9),
    )
    moment = datetime(published.year, published.month, published.day, 12, tzinfo=UTC)
    return Entry(
        article_key="a",
        story=1,
        figure=figure,
        sentence="...",
        outlet="Wire",
        link=None,
        published=moment,
        filed_at=moment,
    )


def test_the_newest_figure_is_that_of_the_latest_day_and_not_a_former_one_named_again() -> None:
    march = entry(5, date(2026, 3, 1), date(2026, 3, 31))
    former = entry(6, date(2026, 2, 1), date(2026, 4, 2))
    planned = entry(4, date(2026, 12, 31), date(2026, 2, 20))
    undated = entry(7, None, date(2026, 1, 9))
    assert newest_of([undated, planned, march, former]) is march


@given(st.text())
def test_a_text_in_markup_stays_a_text(text: str) -> None:
    html = tag("p", text, title=text).html
    assert html.count("<") == 2
    assert html.count('"') == 2
    assert html.startswith('<p title="')


def test_a_token_is_long_and_needs_a_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_WEB__STATUS_TOKEN", "short")
    with pytest.raises(SettingsError, match=r"status_token.*\(hidden\)"):
        load_settings()
    monkeypatch.setenv("SITREP_WEB__STATUS_TOKEN", TOKEN)
    with pytest.raises(SettingsError, match=r"web\.port is missing"):
        load_settings()
    monkeypatch.setenv("SITREP_WEB__PORT", "0")
    assert TOKEN not in repr(load_settings())


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_operator_enters_by_the_form_and_reads_it_on_any_screen(
    browser: Browser, routes: list[Any], pulse: Pulse, scheme: Any, picture: Picture
) -> None:
    for part in Part:
        pulse.well(part)
    async with serving(routes, "127.0.0.1", 0) as port:
        context = await browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
        page = await context.new_page()
        troubles: list[str] = []
        await page.goto(f"http://127.0.0.1:{port}/status")
        page.on("console", lambda message: troubles.append(message.text))
        await picture(page, f"status-login-{scheme}")
        assert await faint_texts(page) == []
        await page.get_by_label("Token").fill(TOKEN)
        await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="Last editions").wait_for()
        await page.wait_for_load_state("load")
        assert await page.evaluate("document.querySelector('.charts img').naturalWidth") > 0
        for width in (1280, 390, 320):
            await page.set_viewport_size({"width": width, "height": 900})
            await page.screenshot(path=f"var/screenshots/status-{width}-{scheme}.png", full_page=True)
            assert await overflow(page) == 0, width
        assert await faint_texts(page) == []
        assert troubles == []
        await context.close()
