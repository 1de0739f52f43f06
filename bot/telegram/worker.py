"""Owns the handling of stored updates: in order within a chat, chats side by side, each settled in one transaction."""

import asyncio
import contextlib
import json
import sys
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from structlog.contextvars import bound_contextvars
from telegram import Update

from bot.errors import Retryable
from bot.newsroom.posts import PostDesk
from bot.newsroom.unbroken import PATIENCE_S, unbroken
from bot.observer import NOBODY, Observer
from bot.store import InboxRow, Store, Turn, passes
from bot.telegram import replies
from bot.telegram.desk_context import DeskApplication
from bot.telegram.inbox import chat_of, kind_of
from bot.telegram.sheet import CallbackAnswer, InlineAnswer, Sheet
from bot.telegram.usage import UsageError
from models.api import SitrepError

MAX_ATTEMPTS = 3
MAX_SIDE_BY_SIDE = 16
"""Chats handled at a time; slow work (reading a brought text) does not count."""

BATCH = 200
MAX_HELD = 5000
"""Rows held in memory; a chat with more than that waiting holds up the others until it is down to it."""

MAX_ANSWER = 200
"""Characters in the answer to a press (Bot API, answerCallbackQuery)."""

GIVES_WAY_S = 0.0005
"""So long a thread that composes an edition keeps the interpreter from the conversation: an answer changes threads some fifty
times, and would wait for Python's five milliseconds at each of them."""

LOOK_AGAIN_S = 5.0
RETRY_PAUSE_S = 1.0

_log = structlog.get_logger()


class UnreadableUpdate(SitrepError):
    """A stored update that is not JSON or that the Telegram library cannot parse; trying again will not help."""


@dataclass(slots=True)
class _Queue:
    """What waits of one chat, who is at it, and the update under way."""

    waiting: deque[InboxRow]
    task: asyncio.Task[None] | None = None
    sheet: Sheet | None = None


class Worker:
    """Takes pending updates from the inbox until cancelled.

    ``on_articles`` is called after a commit that queued an article. The sender hears of replies from the store.
    """

    def __init__(
        self,
        store: Store,
        application: DeskApplication,
        posts: PostDesk,
        clock: Callable[[], datetime],
        *,
        on_articles: Callable[[], None],
        retry_pause_s: float = RETRY_PAUSE_S,
        observer: Observer = NOBODY,
    ) -> None:
        self._store = store
        self._application = application
        self._posts = posts
        self._clock = clock
        self._on_articles = on_articles
        self._retry_pause_s = retry_pause_s
        self._observer = observer
        self._work = asyncio.Event()
        self._slots = asyncio.Semaphore(MAX_SIDE_BY_SIDE)
        self._held: set[int] = set()
        self._queues: dict[int, _Queue] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        self._more = False
        self._turned = asyncio.Condition()

    def wake(self) -> None:
        """Say that updates have been stored."""
        self._work.set()

    async def run(self) -> None:
        """Handle updates until cancelled. Nothing that an update does ends it.

        On cancellation no further update is begun; one that is being settled is let finish, one that waits for the
        models is left for the next start.
        """
        self._closing = False
        sys.setswitchinterval(GIVES_WAY_S)
        try:
            while True:
                self._work.clear()
                try:
                    await unbroken(self._take())
                except Exception as error:  # noqa: BLE001  a locked or failing database: look again soon
                    _log.exception("inbox_not_read", error=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN_S):  # wait_for may lose a cancellation (Python 3.11)
                        await self._work.wait()
        finally:
            await self._close()

    async def wait_idle(self) -> None:
        """Return once no update waits. Needs ``run`` running."""
        self.wake()
        async with self._turned:
            while await self._any_pending():
                await self._turned.wait()

    async def _any_pending(self) -> bool:
        async with self._store.read() as tx:
            return bool(await tx.inbox.pending(1))

    async def _take(self) -> None:
        while len(self._held) < MAX_HELD:
            known = frozenset(
                self._held
            )  # what is done while we look is still among the rows, and must not be begun again
            limit = len(known) + BATCH
            async with self._store.read() as tx:
                rows = await tx.inbox.pending(limit)
            for row in rows:
                if row.update_id not in known:
                    self._hold(row)
            self._more = len(rows) == limit
            if not self._more:
                return

    def _hold(self, row: InboxRow) -> None:
        if row.update_id in self._held or self._closing:
            return
        self._held.add(row.update_id)
        if row.chat_key in self._queues:
            self._queues[row.chat_key].waiting.append(row)
            return
        queue = self._queues[row.chat_key] = _Queue(deque([row]))
        queue.task = self._start(self._serve(row.chat_key, queue))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _serve(self, chat_key: int, queue: _Queue) -> None:
        try:
            while queue.waiting and not self._closing:
                async with self._slots:
                    with bound_contextvars(update=queue.waiting[0].update_id):
                        await self._see_through(queue)
                self._held.discard(queue.waiting.popleft().update_id)
                if self._more and len(self._held) < MAX_HELD // 2:
                    self._work.set()
                async with self._turned:
                    self._turned.notify_all()
        finally:
            self._held.difference_update(row.update_id for row in queue.waiting)
            del self._queues[chat_key]

    async def _close(self) -> None:
        self._closing = True
        for queue in self._queues.values():
            if queue.task is not None and queue.sheet is not None and queue.sheet.slow:
                queue.task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=PATIENCE_S)
            for task in late:
                task.cancel()

    async def _see_through(self, queue: _Queue) -> None:
        row = queue.waiting[0]
        failures = row.attempts
        while True:
            sheet = queue.sheet = Sheet(row, self._store, self._clock, self._slots)
            try:
                await self._handle(sheet)
            except UnreadableUpdate as error:
                failures, reason = MAX_ATTEMPTS, f"{error.code}: {error.message}"
            except Retryable as error:
                reason = f"{error.code}: {error.message}"
            except Exception as error:  # noqa: BLE001  the chat goes on, whatever one update does
                passing = passes(error)
                _log.exception("update_failed", error=type(error).__name__, passing=passing)
                failures, reason = failures + (not passing), f"{type(error).__name__}: {error}"
            else:
                self._settled(sheet, "done")
                return
            if await self._put_aside(sheet, failures, reason):
                self._settled(sheet, "parked")
                return
            self._observer.update_settled(kind_of(sheet.row.raw), "failed")
            if self._closing:
                return
            await asyncio.sleep(self._retry_pause_s)

    async def _handle(self, sheet: Sheet) -> None:
        payload = _parse(sheet.row)
        post = payload.get("channel_post") or payload.get("edited_channel_post")
        if post is not None:
            if self._is_ours(post):
                await sheet.settle()
                return
            async with sheet.effect(Turn.DESK) as tx:
                sheet.queued_article = await self._posts.receive(tx, post, edited="edited_channel_post" in payload)
            return
        update = self._update(payload)
        try:
            await self._application.handle(update, sheet)
        except UsageError as error:
            sheet.forget()
            if update.callback_query is not None:
                sheet.answer = CallbackAnswer(error.said(sheet.words), alert=True)
            else:
                _say(sheet, payload, error.said(sheet.words))
        if not sheet.settled:
            await sheet.settle()

    def _is_ours(self, post: Mapping[str, Any]) -> bool:
        """Whether a post is an inline result of ours that somebody sent to a channel: what we told is no news to us."""
        via = post.get("via_bot")
        return isinstance(via, dict) and via.get("id") == self._application.bot.id

    def _update(self, payload: dict[str, Any]) -> Update:
        try:
            return Update.de_json(payload, self._application.bot)
        except Exception as error:
            raise UnreadableUpdate("update_unreadable", f"{type(error).__name__}: {error}") from error

    async def _put_aside(self, sheet: Sheet, failures: int, reason: str) -> bool:
        """Count a failure, or park the update for good after the last; True where it is parked."""
        sheet.forget()
        try:
            if failures < MAX_ATTEMPTS:
                async with self._store.begin(Turn.NONE) as tx:
                    await tx.inbox.attempt(sheet.row.update_id)
                return False
            _log.warning("update_parked", reason=reason.partition(":")[0])
            with contextlib.suppress(UnreadableUpdate):
                payload = _parse(sheet.row)
                if "message" in payload:
                    _say(sheet, payload, sheet.words(replies.BROKEN))
            await sheet.park(reason)
        except Exception as error:  # noqa: BLE001  the store itself fails: the update waits
            _log.exception("inbox_not_written", error=type(error).__name__)
            return False
        return True

    def _settled(self, sheet: Sheet, outcome: str) -> None:
        kind = kind_of(sheet.row.raw)
        self._observer.update_settled(kind, outcome)
        _log.info("update_settled", kind=kind, outcome=outcome)
        self._announce(sheet)

    def _announce(self, sheet: Sheet) -> None:
        if sheet.queued_article:
            self._on_articles()
        with contextlib.suppress(UnreadableUpdate):
            payload = _parse(sheet.row)
            pressed, asked = payload.get("callback_query"), payload.get("inline_query")
            if isinstance(pressed, dict) and "id" in pressed:
                self._start(self._answer(str(pressed["id"]), sheet.answer))
            if isinstance(asked, dict) and "id" in asked and sheet.offer is not None:
                self._start(self._offer(str(asked["id"]), sheet.offer))

    async def _answer(self, query_id: str, answer: CallbackAnswer) -> None:
        try:
            await self._application.bot.answer_callback_query(
                query_id, answer.text[:MAX_ANSWER] or None, show_alert=answer.alert
            )
        except Exception as error:  # noqa: BLE001  best effort: too old a query, Telegram away
            _log.info("callback_not_answered", error=type(error).__name__)

    async def _offer(self, query_id: str, offer: InlineAnswer) -> None:
        try:
            await self._application.bot.do_api_request(
                "answerInlineQuery", api_kwargs={"inline_query_id": query_id, **offer.params}
            )
        except Exception as error:  # noqa: BLE001  best effort: whoever typed has typed on, or Telegram is away
            _log.info("inline_not_answered", error=type(error).__name__)


def _parse(row: InboxRow) -> dict[str, Any]:
    try:
        payload = json.loads(row.raw)
    except ValueError as error:
        raise UnreadableUpdate("update_not_json", str(error)) from error
    if not isinstance(payload, dict):
        raise UnreadableUpdate("update_not_an_object", "the stored update is not a JSON object")
    return payload


def _say(sheet: Sheet, payload: Mapping[str, Any], text: str) -> None:
    chat, message = chat_of(payload), payload.get("message")
    if chat is None or not isinstance(message, dict):
        return
    params: dict[str, Any] = {}
    if message.get("is_topic_message") and message.get("message_thread_id"):
        params["message_thread_id"] = message["message_thread_id"]
    if chat.get("type") != "private" and isinstance(message.get("message_id"), int):
        params["reply_parameters"] = {"message_id": message["message_id"], "allow_sending_without_reply": True}
    sheet.say(replies.say(text), chat["id"], **params)
