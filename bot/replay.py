"""Owns the replay: a month of posts through the very intake, reader, desk and outbox of the bot, in seconds, without Telegram."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.delivery.settle import Landed, params_of, settle
from bot.delivery.tick import Tick
from bot.desk.edition import Edition
from bot.desk.topics import TOPICS
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Chat, Defaults, subscribe
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.press.edition import render_edition
from bot.replay_file import Publication, load_posts
from bot.sandbox.seen import read_message
from bot.sandbox.terminal import render_message
from bot.store import LANES, Store, load_edition, sole_user
from bot.telegram.schedule import parse_schedule
from bot.telegram.summary import parse_topics
from bot.telegram.zones import find_zone
from models.api import Reader, SitrepError

READER_ID = 1
_CHAT = Chat(chat_id=READER_ID, kind="private")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What the reader was sent at a moment: the parameters of each message, and the edition where there was one."""

    at: datetime
    messages: tuple[dict[str, Any], ...]
    edition: Edition | None

    @property
    def text(self) -> str:
        """All of it as the reader sees it, without its formatting."""
        return "\n".join(str(message.get("text", "")) for message in self.messages)


@dataclass(slots=True)
class _Hands:
    """A clock whose hands are put where the posts say."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Replay:
    """One reader, the posts of some channels, and the bot's own rooms on a store, at the times that the posts say."""

    def __init__(self, store: Store, reader: ThreadedReader, posts: Sequence[Publication], wish: Defaults) -> None:
        self._store = store
        self._posts = posts
        self._wish = wish
        self._clock = clock = _Hands(posts[0].at)
        self._desk = PostDesk(Channels(f"@{name}" for name in {post.channel for post in posts}), clock)
        self._reading = ReadingLoop(store, reader, clock)
        self._tick = Tick(store, EditionDesk(store, reader, clock).compose_for, render_edition, clock)
        self._count = 0

    async def run(self, on_post: Callable[[], None] = lambda: None) -> AsyncIterator[Delivered]:
        """Publish everything, and give what the reader is sent: up to the first hour after the last post.

        Raises:
            ModelUnavailable: the models cannot be used.
            SitrepError: ``edition_failed``.
        """
        async with self._store.begin() as tx:
            await subscribe(tx, _CHAT, self._wish, self._clock())
        for post in self._posts:
            while (due := await self._next_due()) <= post.at:
                yield await self._composed(due)
            await self._publish(post)
            if (told := await self._sent()).messages:
                yield told
            on_post()
        yield await self._composed(await self._next_due())

    async def _next_due(self) -> datetime:
        async with self._store.read() as tx:
            reader = await tx.subscribers.get(READER_ID)
        if reader is None or reader.next_due_at is None:
            raise RuntimeError("the reader of a replay is subscribed")
        return reader.next_due_at

    async def _publish(self, post: Publication) -> None:
        self._clock.now = post.at
        async with self._store.begin() as tx:
            await self._desk.receive(tx, post.message(), edited=post.edited)
        while await self._reading.run_once():
            pass

    async def _composed(self, due: datetime) -> Delivered:
        self._clock.now = due
        if not await self._tick.run_once(due):
            raise SitrepError("edition_failed", f"The edition of {due:%d %B, %H:%M} UTC failed; the log says why.")
        return await self._sent()

    async def _sent(self) -> Delivered:
        """What waited to go out has arrived."""
        now = self._clock()
        messages: list[dict[str, Any]] = []
        edition = None
        async with self._store.begin() as tx:
            while items := await tx.outbox.claim(LANES, 1, now):
                for item in items:
                    self._count += 1
                    messages.append(dict(params_of(item)))
                    if item.edition_id is not None and (stored := await tx.editions.get(item.edition_id)):
                        edition = load_edition(stored.body)
                await settle(tx, [Landed(item=item, message_id=self._count) for item in items], now)
        return Delivered(at=now, messages=tuple(messages), edition=edition)


@contextlib.asynccontextmanager
async def replaying(
    posts: Sequence[Publication], reader: Reader, wish: Defaults, database: Path | None = None
) -> AsyncIterator[tuple[Replay, Store]]:
    """A replay that is ready to run, and its store, which is gone afterwards unless ``database`` names a file for it.

    Raises:
        SitrepError: ``replay_database`` where that file exists.
    """
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="sitrep-"))
        url = _new_database(database or Path(folder) / "sitrep.db")
        await stack.enter_async_context(sole_user(url))
        store = await Store.open(url)
        stack.push_async_callback(store.close)
        threaded = ThreadedReader(reader)
        stack.callback(threaded.close)
        yield Replay(store, threaded, posts, wish), store


def _new_database(file: Path) -> str:
    if file.exists():
        raise SitrepError("replay_database", f"{file} exists, and a replay writes a new database. Name another file.")
    return f"sqlite+aiosqlite:///{file.resolve()}"


def wish_of(*, topics: str, zone: str, hour: str) -> Defaults:
    """What the reader of a replay has asked for, in the words of /topics and /schedule.

    Raises:
        UsageError: an hour, a zone or a topic that cannot be.
    """
    chosen = parse_topics(topics, TOPICS)
    return Defaults(times=parse_schedule(hour).times, zone=find_zone(zone), topics=chosen or frozenset())


def sample_month() -> list[Publication]:
    """The month of posts that is part of Sitrep."""
    with as_file(files("bot.demo") / "month.toml") as file:
        return load_posts(file)


async def run_replay(
    file: Path | None, make_reader: Callable[[], Reader], wish: Defaults, *, database: Path | None, as_json: bool
) -> None:
    """``sitrep replay``: print what a reader would have been sent, as it comes; how far it is on standard error.

    Raises:
        SitrepError: the file cannot be replayed.
        ModelUnavailable: the models cannot be used.
    """
    posts = load_posts(file) if file is not None else sample_month()
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    # On a terminal the bar stands below what is printed; where that goes to a file, it has standard error to itself.
    screen = console if console.is_terminal else Console(stderr=True)
    bar = Progress(
        TextColumn("Reading the posts"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=screen,
        transient=True,
        disable=not screen.is_terminal,
    )
    async with replaying(posts, make_reader(), wish, database) as (replay, _):
        with bar:
            task = bar.add_task("read", total=len(posts))
            async for told in replay.run(lambda: bar.advance(task)):
                if as_json:
                    console.out(delivered_json(told))
                else:
                    print_delivered(console, told, wish.zone)


def delivered_json(told: Delivered) -> str:
    """What was sent at a moment as a line of JSON: ``at``, ``messages`` (Bot API parameters), ``edition``."""
    return TypeAdapter(Delivered).dump_json(told).decode()


def print_delivered(console: Console, told: Delivered, zone: str) -> None:
    """What was sent at a moment as a person sees it."""
    place = ZoneInfo(zone)
    console.rule(Text(f"{told.at.astimezone(place):%A, %d %B %Y, %H:%M}"))
    chat = {"id": READER_ID, "type": "private", "first_name": "Reader"}
    bot = {"id": 2, "is_bot": True, "first_name": "Sitrep"}
    for number, params in enumerate(told.messages, 1):
        raw = params | {"message_id": number, "chat": chat, "from": bot, "date": int(told.at.timestamp())}
        console.print(render_message(read_message(raw), zone=place))
    console.print()
