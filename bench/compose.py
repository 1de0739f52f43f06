"""How long a morning's editions take: ``python -m bench.compose [--readers N] [--profiles N] [--articles N]``."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from bench.findings import Finding, missing, row
from bench.people import daily_reader
from bench.processes import peak_mb
from bot.catalogue import words_in
from bot.delivery.tick import Tick
from bot.desk.edition import compose_from, draw_up
from bot.desk.filed import FiledArticle
from bot.desk.memory import Memory
from bot.desk.profile import Profile, Window
from bot.desk.topics import TOPICS
from bot.newsroom.editions import EditionDesk
from bot.press.edition import lay_out, render_edition
from bot.store import Store, Subscriber
from bot.store.records import Wishes
from models.api import (
    VECTOR_SIZE,
    Article,
    Bond,
    Deadline,
    FigureKind,
    KeyFigure,
    Period,
    Piece,
    Precision,
    Qualifier,
    Reading,
    Span,
    Status,
    Summary,
    Topic,
)

NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=1), NOW)
ZONES = ("Europe/Kyiv", "Europe/Berlin", "Africa/Nairobi", "Asia/Tbilisi")
OUTLETS = ("Harbor Wire", "Meridian Desk", "The Ledger", "Northern Post", "Ostra Today", "Valley Radio")
WORDS = [
    "council",
    "river",
    "bridge",
    "minister",
    "troops",
    "hospital",
    "budget",
    "road",
    "valley",
    "border",
    "power",
    "harvest",
    "inspection",
    "court",
    "pipeline",
    "ferry",
    "school",
    "grain",
    "convoy",
    "tariff",
    "vaccine",
    "election",
    "strike",
    "audit",
    "drought",
    "reservoir",
    "mayor",
    "garrison",
    "convoy",
    "turbine",
]
TICK = "One tick that composes and queues for everybody"
SIZE_S = 600
"""Seconds that one size may take, entering the readers included."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print seconds and peak memory of one tick that serves everybody, queueing included, and of composing alone."""
    parser = argparse.ArgumentParser(prog="python -m bench.compose", description=__doc__)
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--profiles", type=int, default=200)
    parser.add_argument("--articles", type=int, default=1000, help="articles of the day, two thirds as many stories")
    parser.add_argument("--json", action="store_true", help="the tick alone, as one line of JSON")
    chosen = parser.parse_args(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    dice = random.Random(5)
    profiles = [profile_of(number, dice) for number in range(chosen.profiles)]
    news = list(made_up(chosen.articles, dice))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    took = asyncio.run(morning(chosen.readers, profiles, news))
    if chosen.json:
        print(json.dumps(asdict(took)))
        return 0
    print(
        f"tick and store: {took.readers:,} readers with {len(profiles)} profiles, {len(news):,} articles: "
        f"{took.wall_s:.1f} s ({took.cpu_s:.1f} s of one core), peak {took.peak_mb:.0f} MB "
        f"({took.before_mb:.0f} MB before the tick)"
    )
    alone(profiles)
    return 0


def profile_of(number: int, dice: random.Random) -> Profile:
    """One to four topics, in every third profile words to follow, in every tenth words to mute."""
    return Profile(
        topics=frozenset(dice.sample(sorted(TOPICS), dice.randint(1, 4))) if number else frozenset(),
        zone=ZONES[number % len(ZONES)],
        follow=frozenset(dice.sample(WORDS, 3) if number % 3 == 1 else ()) | {f"word {number}"},
        mute=frozenset(dice.sample(WORDS, 1) if number % 10 == 3 else ()),
    )


def made_up(count: int, dice: random.Random) -> Iterator[tuple[Article, Reading, int]]:
    """Articles in the size of wire copy, with six figures and two dates each, and the story each belongs to."""
    topics = [Topic(code=code, name=name, confidence=0.8) for code, name in TOPICS.items()]
    for number in range(count):
        story = number if number % 3 else max(0, number - dice.randint(1, 30))
        words = [dice.choice(WORDS) for _ in range(260)]
        text = ". ".join(" ".join(words[at : at + 20]).capitalize() for at in range(0, len(words), 20)) + "."
        sentences = tuple(_sentences(text))
        article = Article(
            key=str(number),
            title=" ".join(words[:9]).capitalize(),
            text=text,
            published=NOW - timedelta(minutes=dice.randint(1, 1400)),
            outlet=dice.choice(OUTLETS),
            link=f"https://t.me/outlet/{number}",
        )
        yield (
            article,
            Reading(
                key=str(number),
                language="en",
                headline=article.title or "",
                sentences=sentences,
                summary=Summary(pieces=tuple(Piece(text=text[slice(*span)], spans=(span,)) for span in sentences[:3])),
                topics=tuple(dice.sample(topics, dice.randint(1, 2))),
                figures=tuple(_figures(text, sentences, dice)),
                deadlines=tuple(_deadlines(text, sentences, dice)),
                vector=bytes(4 * VECTOR_SIZE),
                model="bench",
            ),
            story,
        )


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for part in text.split(". "):
        yield Span(start, min(start + len(part) + 1, len(text)))
        start += len(part) + 2


def _figures(text: str, sentences: Sequence[Span], dice: random.Random) -> Iterator[KeyFigure]:
    for span in dice.sample(sentences, 6):
        yield KeyFigure(
            kind=dice.choice((FigureKind.CASUALTIES, FigureKind.MONEY, FigureKind.COUNT)),
            value=Decimal(dice.randint(3, 9000)),
            unit=None,
            qualifier=dice.choice(list(Qualifier)),
            label=" ".join(text[slice(*span)].split()[:4]),
            status=Status.ACTUAL,
            as_of=None,
            change=None,
            attribution=None,
            importance=round(dice.random(), 3),
            surface=text[span.start : span.start + 5],
            span=Span(span.start, span.start + 5),
            sentence=span,
        )


def _deadlines(text: str, sentences: Sequence[Span], dice: random.Random) -> Iterator[Deadline]:
    for span in dice.sample(sentences, 2):
        due = date(2026, 7, 1) + timedelta(days=dice.randint(0, 90))
        yield Deadline(
            due=Period(start=due, end=due, precision=Precision.DAY),
            bond=Bond.DEADLINE,
            qualifier="by",
            who=None,
            what=" ".join(text[slice(*span)].split()[:6]),
            importance=round(dice.random(), 3),
            surface=text[span.start : span.start + 5],
            span=Span(span.start, span.start + 5),
            sentence=span,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What one tick that served everybody took; megabytes are peaks before and after it."""

    readers: int
    wall_s: float
    cpu_s: float
    before_mb: float
    peak_mb: float


async def morning(readers: int, profiles: Sequence[Profile], news: Sequence[tuple[Article, Reading, int]]) -> Morning:
    """The real tick on a SQLite store: everybody is due at once."""
    with TemporaryDirectory(prefix="sitrep-") as folder:
        file = Path(folder) / "sitrep.db"
        store = await Store.open(f"sqlite+aiosqlite:///{file}")
        try:
            await _fill(store, readers, profiles, news)
            _multiply(file, readers, len(profiles))
            desk = EditionDesk(store, _NoRoom(), lambda: NOW)
            tick = Tick(store, desk.compose_for, render_edition, lambda: NOW)
            before, began, worked = peak_mb(), time.perf_counter(), time.process_time()
            served = await tick.run_once(NOW)
            wall, busy = time.perf_counter() - began, time.process_time() - worked
        finally:
            await store.close()
    return Morning(readers=served, wall_s=wall, cpu_s=busy, before_mb=before, peak_mb=peak_mb())


def measure(*, quick: bool) -> Iterator[Finding]:
    """A tick for 10^2 to 10^6 readers, each in a process of its own, so that its peak of memory is its own."""
    sizes = (100, 1_000) if quick else (100, 1_000, 10_000, 100_000, 1_000_000)
    for readers in sizes:
        yield from _morning_of(readers, articles=200 if quick else 1_000)


def _morning_of(readers: int, *, articles: int) -> list[Finding]:
    command = [sys.executable, "-m", "bench.compose", "--json"]
    arguments = ["--readers", str(readers), "--articles", str(articles)]
    name = f"{readers:,} readers"
    try:
        done = subprocess.run([*command, *arguments], stdout=subprocess.PIPE, timeout=SIZE_S, check=True)
    except subprocess.TimeoutExpired:
        return [missing(TICK, name, "s", f"did not end within {SIZE_S} s")]
    except subprocess.CalledProcessError as error:
        return [missing(TICK, name, "s", f"failed with code {error.returncode}")]
    took = Morning(**json.loads(done.stdout.splitlines()[-1]))
    cells: list[tuple[str, float | None]] = [
        ("s", took.wall_s),
        ("s of one core", took.cpu_s),
        ("ms a reader", 1000 * took.cpu_s / took.readers),
        ("peak MB", took.peak_mb),
        ("MB before the tick", took.before_mb),
    ]
    return row(TICK, name, cells)


class _NoRoom:
    """Nothing is read in the morning: it has all been read."""

    async def read(self, articles: Sequence[Article]) -> list[Reading]:
        raise AssertionError(f"{len(articles)} articles were to be read in the morning")


async def _fill(
    store: Store, readers: int, profiles: Sequence[Profile], news: Sequence[tuple[Article, Reading, int]]
) -> None:
    stories: dict[int, int] = {}
    async with store.begin() as tx:
        for article, reading, story in news:
            await tx.articles.queue(article, article.published, article.published)
            placed = await tx.articles.store_reading(article.key, 1, reading, stories.get(story), article.published)
            stories[story] = placed or 0
    async with store.begin() as tx:
        for chat, profile in enumerate(profiles[:readers], start=1):
            await tx.subscribers.save(made_reader(chat, profile, NOW))


def _multiply(file: Path, readers: int, profiles: int) -> None:
    """Copy the first readers, one a profile, until there are so many: by the database, which is far quicker than one by one."""
    with closing(sqlite3.connect(file)) as database, database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [column[1] for column in database.execute(f"PRAGMA table_info({table})")]
            if "chat_id" in columns:
                chat = f"chat_id + i * {profiles}"
                copied = ", ".join(chat if column == "chat_id" else column for column in columns)
                database.execute(
                    f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {readers // profiles})"
                    f" INSERT INTO {table} ({', '.join(columns)})"
                    f" SELECT {copied} FROM {table} CROSS JOIN n WHERE {chat} <= {readers}"
                )
        database.execute("ANALYZE")


def made_reader(chat: int, profile: Profile, now: datetime) -> Subscriber:
    """A reader with a profile, who is due."""
    return replace(
        daily_reader(chat, now, now),
        topics=profile.topics,
        times=(hour(9),),
        zone=profile.zone,
        watermark=None,
        wishes=replace(Wishes(), follow=profile.follow, mute=profile.mute),
    )


def alone(profiles: Sequence[Profile]) -> None:
    """Composing, laying out and rendering once per profile, from articles in memory."""
    dice = random.Random(5)
    for count in (100, 1000):
        filed = [_filed(*row) for row in made_up(count, dice)]
        began = time.process_time()
        budget = draw_up(WINDOW, filed, Memory())
        drawn = time.process_time()
        words = words_in("en")
        editions = [lay_out(compose_from(budget, profile, now=NOW, next_edition=None), words) for profile in profiles]
        composed = time.process_time()
        for edition in editions:
            render_edition(edition, words)
        done = time.process_time()
        print(
            f"composing alone, {count:,} articles: budget {drawn - began:.2f} s, {len(profiles)} editions composed and "
            f"laid out {composed - drawn:.2f} s, set {done - composed:.2f} s (of one core)"
        )


def _filed(article: Article, reading: Reading, story: int) -> FiledArticle:
    return FiledArticle(article=article, reading=reading, story=story, filed_at=article.published)


if __name__ == "__main__":
    raise SystemExit(main())
