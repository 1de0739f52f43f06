"""What /metrics says: every figure is described, none names a person, and a scrape costs the database little."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event
from starlette.applications import Starlette

from bot.health import Health, Part, Pulse, allowances
from bot.metrics import MOST_VALUES, SPECS, Kind, Metrics, reference
from bot.observer import Observer
from bot.scrape import QUEUES_FRESH_S, STOCK_FRESH_S, Scrape
from bot.store import Kind as MessageKind
from bot.store import Lane, NewOutboxItem, Store
from models.api import Article
from models.meter import Usage

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

Samples = dict[tuple[str, tuple[str, ...]], float]


def samples(text: str) -> Samples:
    """What an exposition says, by the name of the sample and the values of its labels."""
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


class NoBot:
    async def do_api_request(self, endpoint: str, api_kwargs: Any = None) -> Any:
        raise AssertionError(f"{endpoint} {api_kwargs}")


class Watched:
    """A bot that is asked for its figures, in virtual time."""

    def __init__(self, store: Store) -> None:
        self.now_s = 0.0
        self.store = store
        self.queries = 0
        self.metrics = Metrics("1.2")
        self.pulse = Pulse(lambda: self.now_s)

        def clock() -> datetime:
            return NOW + timedelta(seconds=self.now_s)

        health = Health(store, NoBot(), self.pulse, allowances(60, slow_models=False), clock)
        scrape = Scrape(self.metrics, store, clock, health, memory=lambda: 4096, monotonic=lambda: self.now_s)
        self.page = httpx.AsyncClient(
            transport=httpx.ASGITransport(Starlette(routes=scrape.routes)), base_url="http://bot"
        )
        event.listen(store._engine.sync_engine, "before_cursor_execute", self._count)

    def _count(self, *_: Any) -> None:
        self.queries += 1

    async def scrape(self) -> Samples:
        answer = await self.page.get("/metrics")
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/plain")
        return samples(answer.text)


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    bot = Watched(store)
    yield bot
    await bot.page.aclose()
    await store.close()


def message(chat: int, number: int, due: datetime) -> NewOutboxItem:
    return NewOutboxItem(
        chat_id=chat,
        lane=Lane.BROADCAST,
        kind=MessageKind.EDITION,
        method="sendMessage",
        params={"chat_id": chat, "text": "…"},
        dedupe_key=f"edition:{chat}:{number}",
        not_before=due,
    )


async def test_queues_are_told_with_their_depth_and_the_age_of_what_waits_longest(watched: Watched) -> None:
    article = Article(key="a", title=None, text="One.", published=NOW, outlet="Wire")
    async with watched.store.begin() as tx:
        await tx.inbox.add(1, 7, "{}", NOW - timedelta(seconds=90))
        await tx.inbox.add(2, 7, "{}", NOW - timedelta(seconds=30))
        await tx.articles.queue(article, NOW - timedelta(seconds=40), NOW)
        due = NOW - timedelta(seconds=20)
        await tx.outbox.put_all([message(chat, 1, due) for chat in (5, 6)], NOW)
        await tx.outbox.put(message(9, 2, NOW + timedelta(hours=1)), NOW)
    told = await watched.scrape()
    assert {
        key[1][0]: (told[key], told["sitrep_queue_age_seconds", key[1]])
        for key in told
        if key[0] == "sitrep_queue_depth"
    } == {
        "inbox": (2, 90),
        "articles": (1, 40),
        "outbox_reply": (0, 0),
        "outbox_broadcast": (2, 20),
    }
    assert told["sitrep_articles", ("queued",)] == 1
    assert told["sitrep_models_memory_bytes", ()] == 4096
    assert told["sitrep_info", ("1.2",)] == 1


async def test_the_database_is_asked_only_when_its_counts_are_old(watched: Watched) -> None:
    await watched.scrape()
    asked = watched.queries
    for _ in range(50):
        await watched.scrape()
    assert watched.queries == asked
    watched.now_s += QUEUES_FRESH_S
    await watched.scrape()
    queues = watched.queries - asked
    assert 0 < queues < asked
    watched.now_s += STOCK_FRESH_S
    await watched.scrape()
    assert watched.queries == 2 * asked + queues


async def test_what_is_ill_shows_and_a_sick_database_does_not_take_the_page_along(watched: Watched) -> None:
    for part in Part:
        watched.pulse.well(part)
    assert (await watched.scrape())["sitrep_part_well", ("tick",)] == 1
    watched.now_s += 100
    async with watched.store.begin() as tx:
        await tx.inbox._connection.exec_driver_sql("DROP TABLE subscribers")
    told = await watched.scrape()
    assert told["sitrep_part_well", ("tick",)] == 0
    assert told["sitrep_part_well", ("models",)] == 1
    assert told["sitrep_database_counted", ()] == 0


def test_no_name_number_or_token_becomes_a_label() -> None:
    metrics = Metrics("1")
    for word in (TOKEN, "5551234", "-100123", "@ada", "Ada Lovelace", "https://a.example/x", "", "x" * 41):
        metrics.update_settled(word, "done")
        metrics.delivery_ended("edition", word)
        metrics.fetched(word)
        metrics.limiter_waited(word, 1.0)
    metrics.batch_read(Usage(refused={"number": 2}, seconds={"facts": 1.5}))
    told = samples(metrics.exposition().decode())
    assert told["sitrep_updates_total", ("other", "done")] == 8
    assert told["sitrep_deliveries_total", ("edition", "other")] == 8
    assert told["sitrep_fetches_total", ("other",)] == 8
    assert told["sitrep_summary_refusals_total", ("number",)] == 2
    assert told["sitrep_reading_seconds_total", ("facts",)] == 1.5


def test_a_label_has_no_more_values_than_a_page_can_show() -> None:
    metrics = Metrics("1")
    words = [f"{a}{b}" for a in "abcdefghijkl" for b in "abcdefghijkl"]
    for word in words:
        metrics.fetched(word)
    found = [key for key in samples(metrics.exposition().decode()) if key[0] == "sitrep_fetches_total"]
    assert len(found) == MOST_VALUES + 1


def test_everything_a_room_may_say_is_counted() -> None:
    for name, method in vars(Observer).items():
        if not name.startswith("_"):
            assert vars(Metrics)[name] is not method, name


def test_the_reference_is_what_the_code_writes() -> None:
    assert (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8") == reference(), (
        "run: python -m bot.metrics > docs/metrics.md"
    )
    assert all(spec.name.endswith("_total") == (spec.kind is Kind.COUNTER) for spec in SPECS)
