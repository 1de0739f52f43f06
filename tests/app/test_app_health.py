"""Which part is ill, what the page says of it, and that the operators hear of each incident twice: when it begins and ends."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.catalogue import words_in
from bot.errors import Fatal
from bot.health import Health, Incident, Part, Pulse, Sign, WatchedReader, allowances, judge, step
from bot.store import LANES, Store
from bot.web import health_routes, serving
from models.api import Article, ModelUnavailable, Reading

NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)
ALLOWED = allowances(60, slow_models=False)
WELL = {part: Sign(owed_since_s=1000.0, seen=True) for part in Part}


@pytest.mark.parametrize(
    ("part", "owed_s", "error", "reason"),
    [
        (Part.DATABASE, 30, None, None),
        (Part.DATABASE, 31, "OperationalError", "no success for 31 s, OperationalError"),
        (Part.TELEGRAM, 55, "NetworkError", None),
        (Part.TELEGRAM, 56, None, "no success for 56 s"),
        (Part.TICK, 90, None, None),
        (Part.TICK, 91, "ValueError", "no success for 91 s, ValueError"),
        (Part.MODELS, 55, "ModelUnavailable", None),
        (Part.MODELS, 56, "ModelUnavailable", "no success for 56 s, ModelUnavailable"),
        (Part.MODELS, None, None, None),
    ],
)
def test_a_part_is_ill_when_it_owes_a_success_for_too_long(
    part: Part, owed_s: float | None, error: str | None, reason: str | None
) -> None:
    sign = Sign(owed_since_s=None if owed_s is None else 1000.0 - owed_s, error=error, seen=True)
    assert judge({**WELL, part: sign}, ALLOWED, 1000.0) == ({} if reason is None else {part: reason})


@pytest.mark.parametrize(("owed_s", "error", "ill"), [(200, None, False), (240, None, True), (60, "Missing", True)])
def test_models_may_take_their_time_to_load(owed_s: float, error: str | None, *, ill: bool) -> None:
    loading = Sign(owed_since_s=1000.0 - owed_s, error=error)
    assert (Part.MODELS in judge({**WELL, Part.MODELS: loading}, ALLOWED, 1000.0)) == ill


def test_every_part_shows_within_a_minute_of_when_it_should_have_been_at_work() -> None:
    allowed = allowances(1, slow_models=False)
    assert max(allowed.values()) + 5 <= 60
    assert allowances(60, slow_models=False)[Part.TICK] - 60 + 5 <= 60


def test_what_comes_and_goes_is_one_incident() -> None:
    said: list[str] = []
    incident: Incident | None = None
    sick: dict[int, dict[Part, str]] = {10: {Part.DATABASE: "a"}, 15: {Part.DATABASE: "a", Part.TICK: "b"}}
    sick |= {25: {Part.TICK: "b"}}
    for second in range(0, 180, 5):
        incident, notice = step(incident, sick.get(second, {}), NOW + timedelta(seconds=second), float(second))
        said += [notice(words_in("en"))] if notice else []
    assert said == [
        "Sitrep is ill since 1 July, 06:00 UTC: database (a).",
        "Sitrep is well again, 1 July, 06:00 UTC, after 1 minute. Ill were: database, tick.",
    ]
    assert incident is None


class Ward:
    """A bot that is watched, in virtual time."""

    def __init__(self, store: Store) -> None:
        self.now_s = 0.0
        self.sent: list[str] = []
        self.told = asyncio.Event()
        self.pulse = Pulse(lambda: self.now_s)
        self.health = Health(
            store, self, self.pulse, ALLOWED, lambda: NOW + timedelta(seconds=self.now_s), admins=(7, 8)
        )
        self.store = store

    async def do_api_request(self, endpoint: str, api_kwargs: Any = None) -> Any:
        assert endpoint == "sendMessage"
        self.sent.append(f"{api_kwargs['chat_id']}: {api_kwargs['text']}")
        self.told.set()

    async def live(self, seconds: int, *, without: Sequence[Part] = ()) -> None:
        for _ in range(seconds // 5):
            self.now_s += 5
            for part in set(Part) - set(without):
                self.pulse.well(part)
            await self.health.look()

    async def queued(self) -> list[str]:
        async with self.store.begin() as tx:
            items = await tx.outbox.claim(LANES, 100, NOW + timedelta(days=1))
            await tx.outbox.sent_all([(item.id, None) for item in items], NOW)
        return [f"{item.chat_id}: {item.params['text']}" for item in items]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    yield opened
    await opened.close()


@pytest.fixture
def ward(store: Store) -> Ward:
    return Ward(store)


@pytest.mark.parametrize("part", [Part.TELEGRAM, Part.TICK])
async def test_each_operator_is_told_once_that_it_began_and_once_that_it_is_over(ward: Ward, part: Part) -> None:
    await ward.live(60)
    assert await ward.queued() == []
    await ward.live(600, without=[part])
    began = await ward.queued()
    assert [text.split(":")[0] for text in began] == ["7", "8"]
    assert all("is ill since 1 July, 06:0" in text and part in text for text in began)
    await ward.live(60)
    over = await ward.queued()
    assert [text.split(":")[0] for text in over] == ["7", "8"]
    assert all("well again" in text and part in text for text in over)
    await ward.live(60, without=[])
    assert await ward.queued() == []
    await ward.live(600, without=[part])
    assert len(await ward.queued()) == 2, "a second incident is told like the first"
    assert ward.sent == []


async def test_a_process_answers_for_its_own_parts_alone(store: Store) -> None:
    now_s = 0.0
    pulse = Pulse(lambda: now_s)
    health = Health(store, None, pulse, {Part.DATABASE: 30.0, Part.MODELS: 30.0}, lambda: NOW)
    assert not health.ready
    pulse.well(Part.DATABASE)
    assert health.ready
    now_s = 40.0
    assert list(health.ill) == [Part.DATABASE]
    await health.look()


async def test_of_a_sick_database_the_operators_hear_past_it(ward: Ward) -> None:
    await ward.live(60)
    await ward.live(60, without=[Part.DATABASE])
    assert [text.partition(" since")[0] for text in ward.sent] == ["7: Sitrep is ill", "8: Sitrep is ill"]
    assert await ward.queued() == []
    await ward.live(60)
    assert len(await ward.queued()) == 2


async def test_a_database_that_takes_no_write_shows(store: Store, tmp_path: Path) -> None:
    pulse = Pulse()
    await store.prove(NOW)
    await store.prove(NOW)
    with closing(sqlite3.connect(tmp_path / "sitrep.db")) as raw:
        raw.execute("DROP TABLE marks")
    ward = Ward(store)
    health = Health(store, ward, pulse, dict.fromkeys(Part, 0.2), lambda: NOW, admins=(7,), watch_s=0.01, probe_s=0.01)
    watch = asyncio.create_task(health.run())
    async with asyncio.timeout(10):
        await ward.told.wait()
    watch.cancel()
    await asyncio.gather(watch, return_exceptions=True)
    assert "OperationalError" in health.ill[Part.DATABASE]
    assert len(ward.sent) == 1


class Model:
    def __init__(self, *outcomes: Exception | None) -> None:
        self.outcomes = list(outcomes)

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        del articles
        if (outcome := self.outcomes.pop(0)) is not None:
            raise outcome
        return []


def test_models_owe_only_what_was_asked_of_them() -> None:
    now_s = 0.0
    pulse = Pulse(lambda: now_s)
    reader = WatchedReader(Model(None, ModelUnavailable("gone", "Gone."), ValueError("a bad text")), pulse)
    reader.read([])
    now_s = 10_000.0
    for part in Part:
        if part is not Part.MODELS:
            pulse.well(part)
    assert judge(pulse.signs, ALLOWED, now_s) == {}
    with pytest.raises(ModelUnavailable):
        reader.read([])
    now_s += 56
    assert judge({**pulse.signs, Part.TELEGRAM: Sign(owed_since_s=None)}, ALLOWED, now_s)[Part.MODELS].endswith(
        "ModelUnavailable"
    )
    with pytest.raises(ValueError, match="a bad text"):
        reader.read([])
    assert Part.MODELS not in judge(pulse.signs, ALLOWED, now_s)


async def test_the_page_names_what_is_ill(ward: Ward) -> None:
    page = httpx.AsyncClient(
        transport=httpx.ASGITransport(Starlette(routes=health_routes(ward.health))), base_url="http://bot"
    )
    async with page:
        assert (await page.get("/healthz")).status_code == 200
        starting = await page.get("/readyz")
        assert (starting.status_code, starting.json()["status"]) == (503, "starting")
        await ward.live(5)
        assert (await page.get("/readyz")).status_code == 200
        await ward.live(100, without=[Part.TICK])
        for path in ("/healthz", "/readyz"):
            answer = await page.get(path)
            assert (answer.status_code, answer.json()["status"]) == (503, "ill")
            assert list(answer.json()["ill"]) == ["tick"]
        assert (await page.get("/")).status_code == 404


async def test_the_page_is_served_and_a_taken_port_is_said_to_be_one(ward: Ward) -> None:
    async with serving(health_routes(ward.health), "127.0.0.1", 0) as port:
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"http://127.0.0.1:{port}/healthz")).json()["status"] == "well"
        with pytest.raises(Fatal) as refused:
            async with serving(health_routes(ward.health), "127.0.0.1", port):
                pytest.fail("two on one port")
    assert refused.value.code == "web_port_taken"
