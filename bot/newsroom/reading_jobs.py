"""Owns reading as jobs: any number of processes take them from PostgreSQL in batches, read, and file."""

import asyncio
import contextlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.newsroom.reading import ReadingLoop, ThreadedReader
from bot.store import Bell, Store, Turn
from bot.store.engine import parsed_url
from bot.store.jobs import ASK_JOB, QUEUE, READ_JOB
from models.api import ModelUnavailable

if TYPE_CHECKING:
    from procrastinate import App

BATCH = 16
"""Jobs that a worker holds; who waits for a text of their own waits for one batch at most."""

GATHER_S = 0.05
"""Jobs are fetched one by one; this long a batch waits for those that are fetched with its first."""

BEAT_S, DEAD_AFTER_S = 5.0, 20.0
"""A worker gives a sign of life that often; one that gave none for this long is dead, and its jobs are another's."""

LOOK_S = 5.0
OVERDUE = timedelta(minutes=5)
"""An article that waits this long without a job is given a new one, whatever became of the first."""

DRAIN_S = 6.0
"""On stopping, a batch under way is let finish for this long; then others take it."""

_LONGEST_PAUSE_S = 60
_AGAIN_S = 1.0

_log = structlog.get_logger()


class NotYet(Exception):
    """Nothing is amiss with the job; it is to be done again."""


@dataclass(slots=True)
class _Wish:
    key: str
    revision: int
    done: asyncio.Future[None]


class ReadingJobs:
    """A worker: takes jobs until cancelled.

    At-least-once, which is right for reading: a job whose article was read, replaced or withdrawn meanwhile does nothing.
    A text that cannot be read counts against its article and parks it with the error the third time; models or a database that
    are away count against nobody.
    """

    def __init__(
        self, store: Store, url: str, reader: ThreadedReader, loop: ReadingLoop, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._url = parsed_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._reader = reader
        self._loop = loop
        self._clock = clock
        self._wishes: list[_Wish] = []
        self._stir = asyncio.Event()

    async def run(self) -> None:
        """Work until cancelled: what is under way is let finish, and what is not done in time goes back."""
        while True:
            try:
                await self._work()
            except Exception as error:  # noqa: BLE001  a database that is away: the jobs wait in it
                _log.warning("worker_interrupted", error=type(error).__name__, reason=str(error))
            await asyncio.sleep(_AGAIN_S)

    async def _work(self) -> None:
        app = self._app()
        async with app.open_async():
            aside = [asyncio.create_task(self._serve()), asyncio.create_task(self._take_over(app))]
            _log.info("worker_started")
            try:
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=BATCH,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=1.0,
                    shutdown_graceful_timeout=DRAIN_S,
                    update_heartbeat_interval=BEAT_S,
                    stalled_worker_timeout=DEAD_AFTER_S,
                )
            finally:
                for task in aside:
                    task.cancel()
                await asyncio.wait(aside)
                _log.info("worker_stopped")

    def _app(self) -> "App":
        from procrastinate import App, BaseRetryStrategy, PsycopgConnector, RetryDecision  # noqa: PLC0415  optional
        from procrastinate.jobs import Job  # noqa: PLC0415  optional

        class Again(BaseRetryStrategy):
            """What is not done is done again, for ever: whether an article is given up stands with the article."""

            def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
                del exception
                return RetryDecision(retry_in={"seconds": min(2**job.attempts, _LONGEST_PAUSE_S)})

        app = App(connector=PsycopgConnector(conninfo=self._url, min_size=1, max_size=4))
        app.task(name=READ_JOB, queue=QUEUE, retry=Again())(self._read)
        app.task(name=ASK_JOB, queue=QUEUE, retry=Again())(self._answer)
        return app

    async def _read(self, key: str, revision: int) -> None:
        wish = _Wish(key, revision, asyncio.get_running_loop().create_future())
        self._wishes.append(wish)
        self._stir.set()
        await wish.done

    async def _answer(self, number: int) -> None:
        async with self._store.read() as tx:
            article = await tx.asks.asked(number)
        if article is None:
            return
        reading, error = None, None
        try:
            [reading] = await self._reader.read([article])
        except ModelUnavailable:
            raise
        except Exception as failure:  # noqa: BLE001  the asker is told
            error = f"{type(failure).__name__}: {failure}"
        async with self._store.begin(Turn.NONE) as tx:
            await tx.asks.answer(number, reading, error)
            tx.rung.add(Bell.ANSWERED)

    async def _serve(self) -> None:
        while True:
            await self._stir.wait()
            self._stir.clear()
            await asyncio.sleep(GATHER_S)
            batch, self._wishes = self._wishes, []
            try:
                left = await self._settle(batch)
            except Exception as error:  # noqa: BLE001  it goes to the jobs, which are done again
                _log.warning("batch_put_back", jobs=len(batch), error=type(error).__name__)
                left = {wish.key for wish in batch}
            for wish in batch:
                if not wish.done.done():
                    if wish.key in left:
                        wish.done.set_exception(NotYet(wish.key))
                    else:
                        wish.done.set_result(None)

    async def _settle(self, batch: Collection[_Wish]) -> set[str]:
        """Read and file a batch; returns the keys of what must be tried again."""
        revisions = {wish.key: wish.revision for wish in batch}
        async with self._store.read() as tx:
            waiting = await tx.articles.still_queued(revisions)
        if not waiting:
            return set()
        await self._loop.read_batch(waiting)
        async with self._store.read() as tx:
            return {queued.article.key for queued in await tx.articles.still_queued(revisions)}

    async def _take_over(self, app: "App") -> None:
        """Give the jobs of dead workers, and articles whose job was lost, to whoever works."""
        while True:
            with contextlib.suppress(Exception):  # another worker was quicker, or the database is away
                for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=DEAD_AFTER_S):
                    await app.job_manager.retry_job(job, datetime.now(UTC))
                    _log.warning("job_taken_over", job=job.id, task=job.task_name)
                async with self._store.begin(Turn.NONE) as tx:
                    if again := await tx.articles.defer_overdue(self._clock() - OVERDUE):
                        _log.warning("jobs_renewed", articles=again)
            await asyncio.sleep(LOOK_S)
