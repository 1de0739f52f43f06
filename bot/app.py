"""Wires the rooms into a running bot, once."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import BaseRoute
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot import __version__
from bot.clock import Clock
from bot.delivery.limiter import Limiter, Rates
from bot.delivery.sender import Sender
from bot.delivery.shared_limiter import SharedLimiter
from bot.delivery.tick import Tick
from bot.desk.topics import OWN_PREFIX, TOPICS
from bot.health import Health, Part, Pulse, WatchedReader, allowances
from bot.leading import Leading, Look, Work
from bot.logs import configure_logs
from bot.metrics import Metrics
from bot.newsroom.alerts import Alerting
from bot.newsroom.asking import AskedReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.links import Pages
from bot.newsroom.outside import Outside
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.newsroom.reading_jobs import ReadingJobs
from bot.newsroom.reminders import Reminding
from bot.newsroom.retention import Ageing, Keep
from bot.newsroom.stale_pages import StalePages
from bot.press.edition import render_edition
from bot.reader_process import ReaderProcess, make_reader
from bot.scrape import Scrape
from bot.settings import Settings, unknown_variables
from bot.status import status_routes
from bot.store import Bell, DatabaseInUse, Store, sole_user
from bot.store.line import Line
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.desk_context import Desk
from bot.telegram.edition_buttons import edition_keyboard
from bot.telegram.files import TelegramFiles
from bot.telegram.inbox import PollingInbox
from bot.telegram.menus import introduce
from bot.telegram.webhook import WebhookInbox
from bot.telegram.worker import Worker
from bot.web import health_routes, serving
from models.api import OwnTopic
from models.meter import Usage
from models.settings import ReaderSettings

_INTRODUCED_AFTER_S = 2.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitrep:
    """The running bot, as far as whoever started it may want to reach in."""

    store: Store
    worker: Worker
    reading: ReadingLoop
    tick: Tick


def reader_settings(settings: Settings) -> ReaderSettings:
    """What the models are told of the settings."""
    chosen = settings.models
    return ReaderSettings(
        max_words=chosen.max_words,
        threads=chosen.threads,
        summariser=chosen.summariser,
        summariser_revision=chosen.summariser_revision,
        own_topics=tuple(
            OwnTopic(
                code=f"{OWN_PREFIX}{topic.name}",
                name=topic.name,
                description=topic.description,
                examples=topic.examples,
            )
            for topic in settings.topics
        ),
        topics_model=chosen.topics_model,
        topics_revision=chosen.topics_revision,
        topic_threshold=chosen.topic_threshold,
        device=chosen.device,
        dtype=chosen.dtype,
        quantisation=chosen.quantisation,
        batch_size=chosen.batch_size,
    )


@contextlib.contextmanager
def reader_process(
    settings: Settings, on_usage: Callable[[Usage], None] = lambda _: None, *, warm: bool = True
) -> Iterator[ReaderProcess]:
    """The models in a process of their own, which begins to load them at once; ``on_usage`` is told what a batch cost."""
    process = ReaderProcess(
        functools.partial(make_reader, reader_settings(settings)), on_usage=on_usage, prepare=_logs_of(settings)
    )
    try:
        if warm:
            process.warm()
        yield process
    finally:
        process.close()


@contextlib.asynccontextmanager
async def running(settings: Settings, clock: Clock, process: ReaderProcess | None = None) -> AsyncIterator[Sitrep]:
    """The bot at work for as long as the block lasts.

    Args:
        settings: With a token.
        clock: The time it goes by.
        process: The models, where they are to outlive the block; otherwise they are loaded and let go with it.

    Raises:
        Fatal: Telegram refuses the token.
        DatabaseInUse: another copy of the bot works on this database; nothing was touched.
        SitrepError: the database cannot be opened.
        ExceptionGroup: a part of the bot failed beyond its own remedies.
    """
    if settings.token is None:
        raise ValueError("settings without a token")
    random = Random()  # noqa: S311  jitter of pauses, no secret
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(sole_user(settings.database_url))
        store = await Store.open(settings.database_url)
        stack.push_async_callback(store.close)
        metrics = Metrics(__version__)
        models = process or stack.enter_context(
            reader_process(settings, on_usage=metrics.batch_read, warm=settings.models.in_bot)
        )
        pulse = Pulse()
        reader = ThreadedReader(WatchedReader(models, pulse))
        stack.callback(reader.close)

        bot = build_bot(settings.token.get_secret_value(), settings.base_url, settings.base_file_url)
        editions = EditionDesk(store, reader if settings.models.in_bot else AskedReader(store, clock), clock)
        alerting = Alerting(store, clock)
        reading = ReadingLoop(store, reader, clock, observer=metrics)
        keep = _keep(settings)
        posts = PostDesk(
            Channels(settings.channels), clock, follows_links=settings.links.follow, remembers=keep.articles
        )
        outside = Outside(
            store,
            clock,
            reading.wake,
            feeds=settings.feeds,
            follows_links=settings.links.follow,
            files=TelegramFiles(bot),
            observer=metrics,
        )
        application = build_application(bot, _desk(settings, store, editions, outside.pages, clock))
        worker = Worker(store, application, posts, clock, on_articles=reading.wake, observer=metrics)
        inbox = _inbox(settings, pulse, store, bot, clock, wake=worker.wake, random=random)
        latest = timedelta(hours=settings.limits.edition_late_h)
        sender = Sender(store, bot, _limiter(settings, store), clock, latest=latest, observer=metrics)
        tick = Tick(
            store,
            editions.compose_for,
            render_edition,
            clock,
            latest=latest,
            keyboard=edition_keyboard,
            observer=metrics,
        )

        store.on(Bell.INBOX, worker.wake)
        store.on(Bell.FILED, alerting.wake)
        works: dict[str, Work] = {
            "worker": worker.run,
            "reading": _reading(settings, store, reader, reading, clock),
            "alerts": alerting.run,
            "outside": outside.run,
            "introduction": functools.partial(_introduce, bot, store, settings.admins),
        }
        stale = StalePages(store, clock, keep=timedelta(days=settings.links.keep_days))
        looks = (tick, Reminding(store, clock), stale, Ageing(store, clock, keep))
        beside = {"sender": sender.run} | _shared_out(settings, store, pulse, inbox=inbox, works=works, looks=looks)
        health = _health(settings, store, bot, pulse, clock)
        if settings.web.port is not None:
            scrape = Scrape(metrics, store, clock, health, memory=lambda: models.memory_bytes)
            routes = [
                *health_routes(health),
                *scrape.routes,
                *_status(settings, store, health, clock),
                *(inbox.routes if isinstance(inbox, WebhookInbox) else ()),
            ]
            await stack.enter_async_context(serving(routes, settings.web.host, settings.web.port))
        async with asyncio.TaskGroup() as tasks:
            watch = tasks.create_task(health.run(), name="health")
            await connect(application, random)
            pulse.well(Part.TELEGRAM)
            stack.push_async_callback(disconnect, application)
            parts = [watch] + [tasks.create_task(work(), name=name) for name, work in beside.items()]
            try:
                _log.info("bot_started", channels=len(settings.channels))
                yield Sitrep(store=store, worker=worker, reading=reading, tick=tick)
            finally:
                for task in parts:
                    task.cancel()


@contextlib.contextmanager
def _sign_of_life(pulse: Pulse) -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        pulse.failed(Part.TELEGRAM, error)
        raise
    except Exception:
        pulse.well(Part.TELEGRAM)  # it answered; what failed is to keep the answer
        raise
    pulse.well(Part.TELEGRAM)


class _WatchedPolling(PollingInbox):
    """The inbox, whose polls are the sign of life of Telegram."""

    def __init__(self, pulse: Pulse, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pulse = pulse

    async def run_once(self, offset: int) -> int:
        with _sign_of_life(self._pulse):
            return await super().run_once(offset)


class _WatchedWebhook(WebhookInbox):
    """The inbox, whose questions after its address are the sign of life of Telegram."""

    def __init__(self, pulse: Pulse, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pulse = pulse

    async def run_once(self) -> None:
        with _sign_of_life(self._pulse):
            await super().run_once()


def _inbox(
    settings: Settings, pulse: Pulse, *args: Any, wake: Callable[[], None], random: Random
) -> PollingInbox | WebhookInbox:
    hook = settings.webhook
    if not hook.url or not hook.secret:
        return _WatchedPolling(pulse, *args, wake, random=random)
    return _WatchedWebhook(pulse, *args, wake, url=hook.url, secret=hook.secret.get_secret_value(), random=random)


def _reading(settings: Settings, store: Store, reader: ThreadedReader, loop: ReadingLoop, clock: Clock) -> Work:
    return ReadingJobs(store, settings.database_url, reader, loop, clock).run if store.is_shared else loop.run


def _shared_out(
    settings: Settings,
    store: Store,
    pulse: Pulse,
    *,
    inbox: PollingInbox | WebhookInbox,
    works: Mapping[str, Work],
    looks: Sequence[Look],
) -> dict[str, Work]:
    """What this process does: one of those on a shared database leads, and each takes what is posted to a webhook."""
    works = dict(works)
    polls = isinstance(inbox, PollingInbox)
    reading = works["reading"]
    if store.is_shared:
        del works["reading"]
    leading = Leading({**works, **({"inbox": inbox.run} if polls else {})}, looks, pulse, tick_s=settings.tick_s)
    beside: dict[str, Work] = {} if polls else {"inbox": inbox.run}
    if not store.is_shared:
        return {**beside, "leading": leading.run}
    if settings.models.in_bot:
        beside["reading"] = reading
    return {**beside, "line": functools.partial(leading.stand_by, Line(store, settings.database_url))}


async def _introduce(bot: ExtBot[None], store: Store, admins: Sequence[int]) -> None:
    """Register what Telegram shows, for operators in the language each chose, once those who wrote have their answers."""
    await asyncio.sleep(_INTRODUCED_AFTER_S)
    try:
        async with store.read() as tx:
            known = await tx.subscribers.several(admins)
    except SQLAlchemyError as error:  # as good as in the language of all others
        _log.warning("languages_not_known", error=type(error).__name__)
        known = {}
    chosen = {admin: reader.language for admin, reader in known.items() if reader.wishes.language_chosen}
    await introduce(bot, admins, chosen)


def _desk(settings: Settings, store: Store, editions: EditionDesk, pages: Pages | None, clock: Clock) -> Desk:
    return Desk(
        store=store,
        editions=editions,
        pages=pages,
        defaults=digest_defaults(settings),
        clock=clock,
        admins=frozenset(settings.admins),
        channels=settings.channels,
    )


def _health(settings: Settings, store: Store, bot: Bot, pulse: Pulse, clock: Clock) -> Health:
    return Health(store, bot, pulse, allowed_s(settings), clock, admins=settings.admins)


def allowed_s(settings: Settings) -> dict[Part, float]:
    """How many seconds each part may owe a success."""
    return allowances(settings.tick_s, slow_models=settings.models.summariser != "extractive")


def _status(settings: Settings, store: Store, health: Health, clock: Clock) -> list[BaseRoute]:
    """The operators' page, where they have set a token for it."""
    token = settings.web.status_token
    if token is None:
        return []
    return status_routes(
        token.get_secret_value(), store, health, clock, channels=settings.channels, feeds=settings.feeds
    )


def _limiter(settings: Settings, store: Store) -> Limiter | SharedLimiter:
    limits = settings.limits
    rates = Rates(
        overall_per_s=limits.messages_per_s,
        chat_per_s=limits.chat_messages_per_s,
        group_per_min=limits.group_messages_per_min,
    )
    return SharedLimiter(rates) if store.is_shared else Limiter(rates)


def _logs_of(settings: Settings) -> Callable[[], None]:
    """Sends the logs of another process the same way, as free of secrets as ours."""
    secret = settings.token.get_secret_value() if settings.token else None
    return functools.partial(configure_logs, style=settings.log_format, level=settings.log_level, secret=secret)


def _keep(settings: Settings) -> Keep:
    kept = settings.retention
    return Keep(
        updates=timedelta(days=kept.updates_days),
        articles=timedelta(days=kept.articles_days),
        editions=timedelta(days=kept.editions_days),
    )


def digest_defaults(settings: Settings) -> Defaults:
    """What a new reader starts with."""
    digest = settings.digest
    own = {f"{OWN_PREFIX}{topic.name}": topic.name for topic in settings.topics}
    return Defaults(
        times=(digest.hour,), zone=digest.zone, topics=frozenset(digest.topics), topic_names={**TOPICS, **own}
    )


async def until_stopped(work: Awaitable[None]) -> None:
    """Do ``work`` until it ends, or until SIGTERM or Ctrl-C, which end it in good order; a second one breaks into nothing.

    Raises:
        Exception: what the work ended with; of several failures at once the first.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(work)

    def stop() -> None:
        if not task.cancelling():
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    try:
        await task
    except asyncio.CancelledError:
        return
    except BaseExceptionGroup as group:
        raise _first(group) from group


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def run_bot(settings: Settings, clock: Clock) -> None:
    """``sitrep run``: the bot until it is told to stop.

    Raises:
        DatabaseInUse: another copy runs.
    """
    for name in unknown_variables(os.environ):
        _log.warning("variable_unknown", name=name, hint="no setting is called so")
    if not settings.channels:
        _log.warning("no_channels", hint="name the channels to read in the setting 'channels'")
    try:
        await until_stopped(_serve(settings, clock))
        _log.info("bot_stopped")
    except DatabaseInUse as error:
        _log.error("another_copy_runs", **error.facts)
        raise


async def _serve(settings: Settings, clock: Clock) -> None:
    async with running(settings, clock):
        settle_in()
        await asyncio.get_running_loop().create_future()


def settle_in() -> None:
    """Have what is there at the start left out of garbage collection: it stays, and looking through it holds everybody up."""
    gc.freeze()
    gc.enable()


async def migrate_database(settings: Settings) -> None:
    """``sitrep migrate``: open the database, which brings its schema up to date.

    Raises:
        SitrepError: ``schema_older`` where there is something to migrate and a bot at work.
    """
    try:
        async with sole_user(settings.database_url):
            store = await Store.open(settings.database_url)
    except DatabaseInUse:
        store = await Store.open(settings.database_url, may_migrate=False)
    await store.close()
    _log.info("database_ready")
