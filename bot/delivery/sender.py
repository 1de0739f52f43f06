"""Takes messages from the outbox to Telegram: claim, commit, send, commit what became of it."""

import asyncio
import contextlib
import math
import os
import socket
import time
import warnings
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError
from structlog.contextvars import bound_contextvars
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.delivery.limiter import Limiter
from bot.delivery.outcome import Outcome, Verdict, classify
from bot.delivery.schedule import LATEST
from bot.delivery.settle import Landed, params_of, settle
from bot.delivery.shared_limiter import SharedLimiter
from bot.errors import Fatal
from bot.observer import NOBODY, Observer
from bot.store import Bell, Lane, OutboxItem, Store, Transaction, Turn

HORIZON_S = 0.3
"""Broadcasts are claimed this far ahead of their turn: the more, the fewer commits; the less, the fewer rows a crash
leaves in doubt."""

REPLY_HORIZON_S = 0.1
"""The same for replies, which wait for nothing but the limits."""

LINGER_S = HORIZON_S
"""Results of broadcasts wait this long for others, to be committed together, with the next claim. Those of replies do not."""

IDLE_S = 30.0
"""With nothing due, the outbox is looked at this often, for rows that another process put there."""

RECOVER_S = 5.0
"""On a shared database a sender gives a sign of life that often, and takes up what a dead one left."""

DRAIN_S = 4.0
"""On stopping, sends under way get this long to be answered."""

MAX_BACKOFF_S = 60.0

KEPT_FOR_REPLIES = 8
"""Of the sends in flight so many are never broadcasts: a slow network must not keep a reader waiting."""

_TROUBLE_UNCLEAR = 3
"""So many unclear answers in a row are an outage: everything waits, rather than every edition becoming uncertain."""

_UNCOUNTED = frozenset({"answerCallbackQuery", "answerInlineQuery", "deleteMessage", "sendChatAction", "getChat"})
"""Methods that write no message, and so do not count against a chat's own limits."""

_log = structlog.get_logger()


class Caller(Protocol):
    """The one method of ``telegram.Bot`` that is used."""

    async def do_api_request(self, endpoint: str, api_kwargs: Any = None) -> Any:
        """Call a Bot API method and return its raw result, a dict or a bool.

        Raises:
            telegram.error.TelegramError: see ``outcome.classify``.
        """
        ...


class Sender:
    """Sends what is due, several at a time, replies before broadcasts, never two at once to one chat.

    One loop owns the outbox: each turn is one transaction that settles what has landed and claims what may go. An
    edition that waited for longer than ``latest`` is not sent any more; the tick folds it into the next. While operators
    hold broadcasts, replies go out alone.
    """

    def __init__(
        self,
        store: Store,
        bot: Caller,
        limiter: Limiter | SharedLimiter,
        clock: Callable[[], datetime],
        *,
        max_in_flight: int = 32,
        latest: timedelta = LATEST,
        observer: Observer = NOBODY,
    ) -> None:
        self._store = store
        self._bot = bot
        self._limiter = limiter
        self._name = f"{socket.gethostname()[:32]}:{os.getpid()}:{uuid4().hex[:8]}"
        self._recover_at = 0.0
        self._clock = clock
        self._max_in_flight = max_in_flight
        self._latest = latest
        self._observer = observer
        self._flying: dict[asyncio.Task[None], OutboxItem] = {}
        self._on_the_wire: set[int] = set()
        self._landed: list[Landed] = []
        self._stir = asyncio.Event()
        self._trouble = 0
        self._fatal: Fatal | None = None
        store.on(Bell.OUTBOX, self.wake)
        # PTB would rather have send_message(); rows carry the parameters as the Bot API takes them.
        warnings.filterwarnings("ignore", message=r"Please use 'Bot\.", category=PTBUserWarning)
        warnings.filterwarnings("ignore", message=r".*retry_after", category=PTBDeprecationWarning)

    def wake(self) -> None:
        """Look at the outbox now. Transactions of this process that fill it do so by themselves."""
        self._stir.set()

    async def run(self) -> None:
        """Recover what a dead process left, then send until cancelled.

        On cancellation nothing new goes out, and sends under way get ``DRAIN_S`` to be answered.

        Raises:
            Fatal: ``token_refused``: Telegram does not accept the token any longer. What was queued stays queued.
        """
        self._recover_at = 0.0
        try:
            while True:
                self._stir.clear()
                wait_s = await _in_one_piece(self._turn())
                if self._fatal is not None:
                    raise self._fatal
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait_s):  # wait_for loses a cancellation that comes with the event
                        await self._stir.wait()
        finally:
            await self._drain()

    async def _recover(self, tx: Transaction) -> None:
        """Settle what a dead process left in flight: once on start; on a shared database every few seconds, with a sign of life."""
        if time.monotonic() < self._recover_at:
            return
        self._recover_at = time.monotonic() + RECOVER_S if self._store.is_shared else math.inf
        if self._store.is_shared:
            await tx.paces.beat(self._name)
        mine = [
            *self._flying.values(),
            *(landed.item for landed in self._landed),
        ]  # some have landed since this turn began
        report = await tx.outbox.recover(self._clock(), sender=self._name, flying=[item.id for item in mine])
        if report.uncertain or report.requeued or report.parked:
            _log.warning(
                "deliveries_recovered", uncertain=report.uncertain, requeued=report.requeued, parked=report.parked
            )

    async def _turn(self) -> float:
        """Settle what has landed, claim what may go, and send it; returns how many seconds to rest unless stirred."""
        landed, self._landed = self._landed, []
        try:
            async with self._store.begin(Turn.MAIL) as tx:
                now = self._clock()
                await settle(tx, landed, now)
                await self._recover(tx)
                items, wait_s = await self._claim(tx, now)
        except SQLAlchemyError as error:
            self._landed = landed + self._landed
            self._recover_at = 0.0  # it may have been committed all the same, and what was claimed be nobody's
            _log.error("outbox_unavailable", error=type(error).__name__)
            return 1.0
        for item in items:
            with bound_contextvars(delivery=item.id, **item.origin):
                task = asyncio.create_task(self._send(item), name=f"send-{item.id}")
            self._flying[task] = item
            task.add_done_callback(self._flying.pop)
        return min(wait_s, RECOVER_S) if self._store.is_shared else wait_s

    async def _claim(self, tx: Transaction, now: datetime) -> tuple[list[OutboxItem], float]:
        """What may go now, and how long until there may be more."""
        await self._limiter.load(tx)
        items, wait_s = await self._choose(tx, now)
        await self._limiter.book(tx, [(item.id, _counted(item)) for item in items])
        return items, wait_s

    async def _choose(self, tx: Transaction, now: datetime) -> tuple[list[OutboxItem], float]:
        paused_s = self._limiter.paused_s
        free = self._max_in_flight - len(self._flying)
        if paused_s > 0 or free <= 0 or self._fatal is not None:
            return [], paused_s or IDLE_S
        blocked = self._limiter.blocked(REPLY_HORIZON_S)
        asked = min(free, self._limiter.room(REPLY_HORIZON_S, Lane.REPLY))
        items = await tx.outbox.claim((Lane.REPLY,), asked, now, without=blocked, sender=self._name)
        if len(items) == asked:
            return items, REPLY_HORIZON_S
        room = min(free - KEPT_FOR_REPLIES, self._limiter.room(HORIZON_S, Lane.BROADCAST)) - len(items)
        told = (
            await tx.outbox.claim(
                (Lane.BROADCAST,), room, now, without=blocked, late_before=now - self._latest, sender=self._name
            )
            if room > 0
            else []
        )
        if len(told) == max(0, room):
            return items + told, HORIZON_S
        return items + told, await self._rest_s(tx, now, blocked)

    async def _rest_s(self, tx: Transaction, now: datetime, blocked: Mapping[int, float]) -> float:
        """How long until a chat is free again or something becomes due, unless stirred."""
        due = await tx.outbox.next_due(after=now)
        waits = [IDLE_S, *blocked.values()]
        if due is not None:
            waits.append((due - now).total_seconds())
        return max(0.0, min(waits))

    async def _send(self, item: OutboxItem) -> None:
        chat_id = _counted(item)
        began = time.perf_counter()
        may_go = await self._limiter.acquire(chat_id, item.lane, item.id)
        self._observer.limiter_waited(item.lane, time.perf_counter() - began)
        if not may_go:
            self._land(Landed(item=item, held=True))
            return
        self._on_the_wire.add(item.id)
        try:
            answer = await self._bot.do_api_request(item.method, api_kwargs=dict(params_of(item)))
        except Exception as error:  # noqa: BLE001  whatever it is, the table has a row for it
            outcome = self._heed(item, classify(error))
            self._land(Landed(item=item, outcome=outcome))
        else:
            self._trouble = 0
            _log.info("delivery_sent", kind=item.kind, part=item.part)
            self._land(Landed(item=item, message_id=_message_id(answer)))
        finally:
            self._on_the_wire.discard(item.id)

    def _heed(self, item: OutboxItem, outcome: Outcome) -> Outcome:
        """Do at once what an outcome means for all other sends."""
        _log.info("delivery_failed", kind=item.kind, verdict=outcome.verdict, error=outcome.error)
        match outcome.verdict:
            case Verdict.FLOOD:
                self._limiter.pause(outcome.retry_after_s)
            case Verdict.UNSENT | Verdict.UNCLEAR if self._limiter.paused_s == 0:
                self._trouble += 1
                severe = self._trouble - (0 if outcome.verdict is Verdict.UNSENT else _TROUBLE_UNCLEAR - 1)
                if severe > 0:
                    self._limiter.pause(min(2.0 ** (severe - 1), MAX_BACKOFF_S))
            case Verdict.UNSENT | Verdict.UNCLEAR:
                pass  # one breakdown, of which several sends in flight tell
            case Verdict.UNAUTHORISED:
                self._fatal = Fatal("token_refused", "Telegram refuses the token: was it revoked?")
            case _:
                self._trouble = 0
        return outcome

    def _land(self, landed: Landed) -> None:
        """Hand a result to the loop: now where somebody waits for it, with others otherwise."""
        self._landed.append(landed)
        self._observer.delivery_ended(landed.item.kind, landed.ended)
        calm = landed.item.lane is Lane.BROADCAST and landed.outcome is None and len(self._flying) > 1
        if not calm:
            self._stir.set()
        elif len(self._landed) == 1:
            asyncio.get_running_loop().call_later(LINGER_S, self._stir.set)

    async def _drain(self) -> None:
        """Put back what has not gone out, wait a little for the rest, and write it all down."""
        known = {one.item.id for one in self._landed} | self._on_the_wire
        for task, item in list(self._flying.items()):
            if item.id not in known:
                task.cancel()
                self._landed.append(Landed(item=item, held=True))
        if self._flying:
            await asyncio.wait(list(self._flying), timeout=DRAIN_S)
        for task in list(self._flying):
            task.cancel()
        landed, self._landed = self._landed, []
        try:
            async with self._store.begin(Turn.MAIL) as tx:
                await settle(tx, landed, self._clock())
        except SQLAlchemyError as error:  # a server that is away: kept for when this process sends again
            self._landed = landed
            _log.error("outbox_unavailable", error=type(error).__name__)


def _counted(item: OutboxItem) -> int | None:
    """The chat whose own limits a send counts against."""
    return None if item.method in _UNCOUNTED else item.chat_id


async def _in_one_piece(turn: Coroutine[Any, Any, float]) -> float:
    """Let a turn end although its caller is being cancelled: what it has claimed must be sent or put back."""
    task = asyncio.ensure_future(turn)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _message_id(answer: Mapping[str, Any] | object) -> int | None:
    """The id of the message an answer speaks of: most methods give a message, some only True."""
    if not isinstance(answer, Mapping):
        return None
    found = answer.get("message_id")
    return found if isinstance(found, int) else None
