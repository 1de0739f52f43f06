"""Owns the reading of articles: one thread for the models, and a loop that takes what waits, places it and files it."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import structlog
from structlog.contextvars import bound_contextvars

from bot.desk.filed import FiledArticle
from bot.desk.shelf import Shelf
from bot.desk.stories import MEMORY, place
from bot.newsroom.alerts import raise_alarm
from bot.newsroom.corrections import send_corrections
from bot.newsroom.deadlines import enter_deadlines
from bot.newsroom.ledger import enter_figures
from bot.newsroom.unbroken import unbroken
from bot.observer import NOBODY, Observer
from bot.store import Bell, QueuedArticle, Store, Transaction, Turn
from models.api import Article, ModelUnavailable, Reader, Reading

BATCH = 32
"""Articles read at a time; the encoder gains nothing from more, and a waiting person is not held up for longer."""

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.05, 60.0

_log = structlog.get_logger()


class ThreadedReader:
    """Runs a ``Reader`` in one thread of its own, so that the conversation goes on while it reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")

    async def read(self, articles: Sequence[Article]) -> list[Reading]:
        """Read a batch after those that were asked for before; see ``models.api.Reader.read``."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._reader.read, list(articles))

    def close(self) -> None:
        """Take no more work; what is being read is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class _Pause:
    """How long to wait after failures in a row, in seconds: 1, 2, 4 ... up to a minute."""

    length_s: float = 0.0

    def grow(self) -> float:
        self.length_s = min(max(1.0, self.length_s * 2), LONGEST_PAUSE_S)
        return self.length_s


class ReadingLoop:
    """Reads what waits in the store, in batches, until cancelled; rings ``Bell.FILED`` with each that was filed.

    At-least-once: a batch that is lost with the process is read again, which changes nothing (readings are
    idempotent, and one of a stale revision is ignored by the store).
    """

    def __init__(
        self,
        store: Store,
        reader: ThreadedReader,
        clock: Callable[[], datetime],
        *,
        observer: Observer = NOBODY,
    ) -> None:
        self._observer = observer
        self._store = store
        self._reader = reader
        self._clock = clock
        self._work = asyncio.Event()
        self._turned = asyncio.Condition()
        self._pause = _Pause()

    def wake(self) -> None:
        """Say that an article may be waiting."""
        self._work.set()

    async def run(self) -> None:
        """Read until cancelled; a failure of any kind is logged and tried again."""
        while True:
            self._work.clear()
            try:
                read = await self.run_once()
                self._pause = _Pause()
                wait_s = 0.0 if read else await self._until_next_s()
            except ModelUnavailable as error:
                wait_s = self._pause.grow()
                _log.warning("models_unavailable", code=error.code, reason=error.message, pause_s=wait_s)
            except Exception as error:  # noqa: BLE001  the loop outlives a locked or full database
                wait_s = self._pause.grow()
                _log.exception("reading_interrupted", error=type(error).__name__, pause_s=wait_s)
            async with self._turned:
                self._turned.notify_all()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):  # wait_for may lose a cancellation (Python 3.11)
                    await self._work.wait()

    async def wait_idle(self) -> None:
        """Return once nothing waits to be read: neither now nor, as albums do, in a moment. Needs ``run`` running."""
        self.wake()
        async with self._turned:
            while await self._next_ready() is not None:
                await self._turned.wait()

    async def run_once(self) -> int:
        """Read and file one batch of what is ready; returns how many articles were taken.

        Raises:
            ModelUnavailable: the models cannot be used; nothing is counted against the articles.
        """
        async with self._store.read() as tx:
            waiting = await tx.articles.waiting(BATCH, self._clock())
        if waiting:
            await self.read_batch(waiting)
        return len(waiting)

    async def read_batch(self, waiting: Sequence[QueuedArticle]) -> None:
        """Read and file some articles; what cannot be read is counted against it.

        Raises:
            ModelUnavailable: the models cannot be used; nothing is counted against the articles.
        """
        try:
            readings = await self._reader.read([queued.article for queued in waiting])
        except Exception as error:  # noqa: BLE001  one bad text must not stop the others: they are read one by one
            _log.warning("batch_failed", articles=len(waiting), error=type(error).__name__, reason=str(error))
            for queued in waiting:
                await self._read_alone(queued)
            return
        await unbroken(self._file(waiting, readings))

    async def _next_ready(self) -> datetime | None:
        async with self._store.read() as tx:
            return await tx.articles.next_ready()

    async def _until_next_s(self) -> float:
        ready_at = await self._next_ready()
        if ready_at is None:
            return LONGEST_PAUSE_S
        return min(max((ready_at - self._clock()).total_seconds(), SHORTEST_PAUSE_S), LONGEST_PAUSE_S)

    async def _read_alone(self, queued: QueuedArticle) -> None:
        try:
            readings = await self._reader.read([queued.article])
        except ModelUnavailable as error:
            if error.code != "reader_process_died":
                raise
            await unbroken(self._fail(queued, error))
        except Exception as error:  # noqa: BLE001  whatever it was, it is kept with the article
            await unbroken(self._fail(queued, error))
        else:
            await unbroken(self._file([queued], readings))

    async def _fail(self, queued: QueuedArticle, error: Exception) -> None:
        _log.warning(
            "article_failed", article=queued.article.key, attempts=queued.attempts + 1, error=type(error).__name__
        )
        self._observer.article_settled("failed")
        async with self._store.begin(Turn.DESK) as tx:
            await tx.articles.failed(
                queued.article.key, queued.revision, f"{type(error).__name__}: {error}", self._clock()
            )

    async def _file(self, waiting: Sequence[QueuedArticle], readings: Sequence[Reading]) -> None:
        began, now = time.perf_counter(), self._clock()
        pairs = _the_added_last(waiting, readings)
        stories: list[int | None] = []
        edited = any(queued.revision > 1 for queued in waiting)
        # While an edit is filed no edition is queued: its readers would be told the old figure and not the correction.
        async with self._store.begin(Turn.ALL if edited else Turn.DESK) as tx:
            recent = Shelf(await tx.stories.recent(now - MEMORY))
            for queued, reading in pairs:
                tx.rung.add(Bell.FILED)
                with bound_contextvars(article=queued.article.key):
                    stories.append(await _file_one(tx, queued, reading, recent, now))
        self._observer.reading_took("filing", time.perf_counter() - began)
        for (queued, _), story in zip(pairs, stories, strict=True):
            self._observer.article_settled("read")
            _log.info("article_filed", article=queued.article.key, story=story, revision=queued.revision)
        _log.info("articles_read", count=len(readings))


async def _file_one(
    tx: Transaction, queued: QueuedArticle, reading: Reading, recent: Shelf, now: datetime
) -> int | None:
    """Place and file one article; its story, or None where it was replaced or withdrawn while it was being read."""
    article = queued.article
    old = await tx.articles.get(article.key) if queued.revision > 1 else None
    was = set() if old is None else {old.story}
    await _keep_up(recent, tx, was)
    adds_to = await _added_to(tx, article, old)
    found = place(article, reading, recent, None if old is None else old.story, adds_to=adds_to)
    story = await tx.articles.store_reading(
        article.key, queued.revision, reading, found.story, now, follows=found.follows
    )
    if story is None:
        return None
    opened = story != found.story
    if opened or not await tx.control.withdrawn([story]):
        new = FiledArticle(article=article, reading=reading, story=story)
        await _tell_apart(tx, new, old, queued.revision, now, opened=opened)
    await _keep_up(recent, tx, was | {story})
    return story


def _the_added_last(
    waiting: Sequence[QueuedArticle], readings: Sequence[Reading]
) -> list[tuple[QueuedArticle, Reading]]:
    """What was read, in its order, but what adds to another article after all others, in the order it was published."""
    pairs = list(zip(waiting, readings, strict=True))
    added = [pair for pair in pairs if pair[0].article.adds_to is not None]
    return [pair for pair in pairs if pair[0].article.adds_to is None] + sorted(
        added, key=lambda pair: pair[0].article.published
    )


async def _added_to(tx: Transaction, article: Article, old: FiledArticle | None) -> int | None:
    """The story that an article adds to: that of the article it answers, or its own, where an edit only added to the text."""
    if old is not None and old.article.page == article.page and old.article.text in article.text:
        return old.story
    earlier = await tx.articles.get(article.adds_to) if article.adds_to is not None else None
    return None if earlier is None else earlier.story


async def _tell_apart(
    tx: Transaction, new: FiledArticle, old: FiledArticle | None, revision: int, now: datetime, *, opened: bool
) -> None:
    """Enter what an article says beside what was said before; an edit corrects what was told, a new one may be an alert."""
    await enter_figures(tx, new.article, new.reading, new.story, now)
    await enter_deadlines(tx, new.article, new.reading, new.story, now)
    if old is not None:
        await send_corrections(tx, old, new, revision, now)
    else:
        await raise_alarm(tx, new, now, opened=opened)


async def _keep_up(recent: Shelf, tx: Transaction, changed: Collection[int]) -> None:
    """Have the shelf know these stories as they are now."""
    for story in changed:
        card = await tx.stories.card(story)
        if card is None:
            recent.drop(story)
        else:
            recent.put(card)
