"""Writes one block of an archive with the very code of the bot: three weeks of news, a thousand readers, their editions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product

import numpy as np

from bench.compose import made_reader, profile_of
from bot.delivery.tick import Tick
from bot.desk.stories import MEMORY
from bot.desk.topics import TOPICS
from bot.newsroom.archive import keep_edition
from bot.newsroom.editions import EditionDesk, Wish
from bot.newsroom.reading import BATCH, ReadingLoop, ThreadedReader
from bot.press.edition import render_edition
from bot.store import LANES, Store, Voice
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
from models.imprint import load_imprinter

NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)
ARTICLES = 1_000
"""Articles of a block as a rule; there are as many readers."""
FIGURES = 5
"""Figures of an article."""
PLACES = 20
"""Names of places of a block; every block has others."""
PROFILES = 20
OUTLETS = {-1001: "Harbour Wire", -1002: "Northgate Post", -1003: "Valley Radio"}
SUBJECTS = [
    f"{one} {other}"
    for one in ("grain", "ferry", "flood", "border", "hospital", "power", "school", "tariff")
    for other in ("wagons", "tons", "victims", "permits", "lorries", "patients", "outages", "pumps")
]
"""What is counted: the same things through the whole archive, at other places."""
_WORDS = [a + b + c for a, b, c in product("bdfgmprtvz", "aeiou", ("nd", "rk", "st", "lt"))]
_NAMES = ["K" + "".join(letters) for letters in product("bcdfghlmn", repeat=5)]
_LEDES = 3


def name_of(place: int, block: int) -> str:
    """The name of a place of a block: six letters that are in no other word, and that stay as they are when stemmed."""
    return _NAMES[(block * PLACES + place) * 7 % len(_NAMES)]


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happens; ``toward`` is where texts of it lie."""

    place: str
    title: str
    counts: Sequence[tuple[str, FigureKind, int]]
    toward: np.ndarray[tuple[int], np.dtype[np.float32]]


class Newswire:
    """Articles as outlets would publish them, with what the models would find in them: the same each time."""

    def __init__(self) -> None:
        self._dice = random.Random(7)
        self._vectors = np.random.default_rng(7)
        self._messages = 0
        self._events: list[_Event] = []

    def report(self, published: datetime) -> tuple[Article, Reading]:
        """One more article: of something new, or of something that happened lately, some of it with new counts."""
        if self._events and self._dice.random() < 0.5:
            at = self._dice.randrange(max(0, len(self._events) - 12), len(self._events))
            if self._dice.random() < 0.4:
                old = self._events[at]
                self._events[at] = replace(old, counts=[(label, kind, n + 1 + n // 5) for label, kind, n in old.counts])
            event = self._events[at]
        else:
            event = self._happens()
            self._events.append(event)
        return self._written(event, published)

    def _happens(self) -> _Event:
        kinds = (FigureKind.CASUALTIES, FigureKind.MONEY, FigureKind.COUNT)
        place = name_of(self._dice.randrange(PLACES), 0)
        return _Event(
            place=place,
            title=" ".join((place, *(word.title() for word in self._dice.sample(_WORDS, 4)))),
            counts=[
                (label, self._dice.choice(kinds), self._dice.randint(20, 9_000))
                for label in self._dice.sample(SUBJECTS, FIGURES)
            ],
            toward=_unit(self._vectors.standard_normal(VECTOR_SIZE) + 1.0),
        )

    def _written(self, event: _Event, published: datetime) -> tuple[Article, Reading]:
        self._messages += 1
        chat = self._dice.choice(list(OUTLETS))
        text, figures, sentences = "", [], []
        for label, kind, count in event.counts:
            start, said = len(text), f"{event.place} counts {count:,} {label}. "
            sentence, at = Span(start, start + len(said) - 1), start + said.index(f"{count:,}")
            importance = round(self._dice.uniform(0.3, 1.0), 3)
            figures.append(_figure((label, kind, count), Span(at, at + len(f"{count:,}")), sentence, importance))
            sentences.append(sentence)
            text += said
        deadlines = []
        if self._dice.random() < 0.5:
            due = (published + timedelta(days=self._dice.randint(1, 60))).date()
            start, said = len(text), f"{event.place} council decides on {event.counts[0][0]} by {due:%d} {due:%B}."
            sentence = Span(start, start + len(said))
            deadlines.append(
                _deadline(event, Period(start=due, end=due, precision=Precision.DAY), text + said, sentence)
            )
            sentences.append(sentence)
            text += said
        key, vector = f"post:{chat}:{self._messages}", event.toward + 0.01 * self._vectors.standard_normal(VECTOR_SIZE)
        link = f"https://t.me/wire/{self._messages}"
        article = Article(key=key, title=event.title, text=text, published=published, outlet=OUTLETS[chat], link=link)
        reading = Reading(
            key=key,
            language="en",
            headline=event.title,
            sentences=tuple(sentences),
            summary=Summary(pieces=tuple(Piece(text=text[slice(*span)], spans=(span,)) for span in sentences[:_LEDES])),
            topics=(Topic(code=self._dice.choice(sorted(TOPICS)), name="", confidence=0.8),),
            figures=tuple(figures),
            deadlines=tuple(deadlines),
            vector=_unit(vector).astype("<f4").tobytes(),
            model="bench",
            imprint=load_imprinter().imprint(f"{event.title}. {text}"),
        )
        return article, reading


def _unit(raw: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    unit: np.ndarray[tuple[int], np.dtype[np.float32]] = (raw / np.linalg.norm(raw)).astype(np.float32)
    return unit


def _figure(counted: tuple[str, FigureKind, int], span: Span, sentence: Span, importance: float) -> KeyFigure:
    label, kind, count = counted
    return KeyFigure(
        kind=kind,
        value=Decimal(count),
        unit="USD" if kind is FigureKind.MONEY else None,
        qualifier=Qualifier.EXACT,
        label=label,
        status=Status.ACTUAL,
        as_of=None,
        change=None,
        attribution=None,
        importance=importance,
        surface=f"{count:,}",
        span=span,
        sentence=sentence,
    )


def _deadline(event: _Event, due: Period, text: str, sentence: Span) -> Deadline:
    surface = f"{due.end:%d} {due.end:%B}"
    at = text.rindex(surface)
    return Deadline(
        due=due,
        bond=Bond.DEADLINE,
        qualifier="by",
        who=f"{event.place} council",
        what=f"decides on {event.counts[0][0]}",
        importance=0.6,
        surface=surface,
        span=Span(at, at + len(surface)),
        sentence=sentence,
    )


class ReadAlready(ThreadedReader):
    """Stands in the place of the models: it is the store that is measured."""

    def __init__(self) -> None:
        self.known: dict[str, Reading] = {}

    async def read(self, articles: Sequence[Article]) -> list[Reading]:
        """What was made up for them."""
        return [self.known[article.key] for article in articles]

    def close(self) -> None:
        """Nothing to close."""


class Clock:
    """The time it is in the block."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time it is."""
        return self.now


async def write_block(store: Store, articles: int = ARTICLES) -> None:
    """Three weeks of news up to ``NOW``, filed as they came in; as many readers, who had an edition on the last day but one."""
    clock, room = Clock(NOW), ReadAlready()
    loop = ReadingLoop(store, room, clock)
    desk = EditionDesk(store, room, clock)
    wire, days = Newswire(), MEMORY // timedelta(days=1)
    moments = [NOW - MEMORY + (at + 1) * (MEMORY / articles) for at in range(articles)]
    reader = made_reader(0, profile_of(0, random.Random(5)), NOW)
    for day in range(days):
        begin = NOW - MEMORY + timedelta(days=day)
        today = [wire.report(moment) for moment in moments if begin < moment <= begin + timedelta(days=1)]
        await _file(store, loop, room, clock, today)
        clock.now = begin + timedelta(days=1)
        if day == days - 2:
            await _write_readers(store, clock.now, articles)
            await _serve(store, desk, clock.now, articles)
        edition = await desk.summary_now(reader, Wish(start=begin))
        async with store.begin() as tx:
            await keep_edition(tx, edition, clock.now)
    clock.now = NOW


async def _file(
    store: Store, loop: ReadingLoop, room: ReadAlready, clock: Clock, news: Sequence[tuple[Article, Reading]]
) -> None:
    for start in range(0, len(news), 8):
        some = news[start : start + 8]
        clock.now = some[-1][0].published + timedelta(minutes=1)
        await bring(store, room, some, clock.now)
        async with store.read() as tx:
            waiting = await tx.articles.waiting(BATCH, clock.now)
        await loop.read_batch(waiting)


async def bring(store: Store, room: ReadAlready, news: Sequence[tuple[Article, Reading]], now: datetime) -> None:
    """Have articles wait to be read, each with its post, as the intake does."""
    async with store.begin() as tx:
        for article, reading in news:
            room.known[article.key] = reading
            _, chat, message = article.key.split(":")
            await tx.articles.queue(article, now, now)
            post = (int(chat), int(message))
            await tx.posts.put(post, article.key, article.text, article.link, None, edited=False, now=now)


async def _write_readers(store: Store, now: datetime, count: int) -> None:
    """As many readers as articles: of all some are alerted, some reminded, some have said how they found a story."""
    dice = random.Random(5)
    profiles = [profile_of(number, dice) for number in range(PROFILES)]
    async with store.read() as tx:
        entries = await tx.book.upcoming(now.date(), now.date() + timedelta(days=60), 50)
        stories = await tx.stories.recent(now - timedelta(days=2))
    async with store.begin() as tx:
        for chat in range(1, count + 1):
            reader = made_reader(chat, profiles[chat % PROFILES], now)
            if chat % 4 == 0:
                alerts = frozenset({sorted(TOPICS)[chat // 4 % len(TOPICS)]})
                reader = replace(reader, wishes=replace(reader.wishes, alerts=alerts))
            await tx.subscribers.save(reader)
            if chat % 5 == 0:
                await tx.reminders.follow(chat, entries[chat % len(entries)].id, now, now)
            if chat % 3 == 0:
                story = stories[chat % len(stories)].story
                outlet = OUTLETS[list(OUTLETS)[chat // 3 % len(OUTLETS)]]
                await tx.voices.say(Voice(chat_id=chat, story=story, useful=chat % 2 == 0, outlet=outlet, said_at=now))
                await tx.alerts.tell(story, [chat], now)


async def _serve(store: Store, desk: EditionDesk, now: datetime, readers: int) -> None:
    served = await Tick(store, desk.compose_for, render_edition, lambda: now).run_once(now)
    if served != readers:
        raise RuntimeError(f"{served} readers were served, of {readers}")
    while await send(store, now):
        pass


async def send(store: Store, now: datetime) -> int:
    """Claim what is due, as a sender does, and settle it as sent; returns how many messages it was."""
    async with store.begin() as tx:
        items = await tx.outbox.claim(LANES, 30, now)
    async with store.begin() as tx:
        await tx.outbox.sent_all([(item.id, item.id) for item in items], now)
    return len(items)
