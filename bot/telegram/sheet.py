"""Owns one update on its way through a handler: the transaction it is settled in, and the replies that leave with it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.catalogue import words_in
from bot.press.message import Message
from bot.store import Attachment, InboxRow, Kind, Lane, NewOutboxItem, Store, Transaction, Turn
from bot.store.outbox import EDIT


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What is shown to who pressed a button: a passing line, or a box to be closed."""

    text: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What is offered to who typed our name in a chat: the parameters of answerInlineQuery but the query's id."""

    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    params: dict[str, Any]
    attachment: Attachment | None
    edition_id: int | None


_METHODS = {"photo": "sendPhoto", "document": "sendDocument"}


class Sheet:
    """Collects what one update leads to, and commits it at once: effect, replies and "done" in one transaction.

    A process killed at any moment has either done all of it or nothing, and then the update is handled again.
    """

    def __init__(
        self,
        row: InboxRow,
        store: Store,
        clock: Callable[[], datetime],
        slots: asyncio.Semaphore,
    ) -> None:
        self.row = row
        self.now = clock()
        self.settled = False
        self.queued_article = False
        self.slow = False
        self.answer = CallbackAnswer()
        self.offer: InlineAnswer | None = None
        self.words = words_in(None)
        """What the chat is spoken to in, once it is known whose the update is."""
        self._store = store
        self._slots = slots
        self._outgoing: list[_Call] = []

    def send(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        attachment: Attachment | None = None,
        edition_id: int | None = None,
    ) -> None:
        """Put a call of the Bot API in the outbox when the update is settled; ``params`` names its chat."""
        if self.settled:
            raise RuntimeError("the update is settled; reply before its transaction ends")
        self._outgoing.append(_Call(method, dict(params), attachment, edition_id))

    def say(self, message: Message, chat_id: int, *, edition_id: int | None = None, **params: Any) -> None:
        """Send one message; ``edition_id`` where it tells a stored edition, of which /why may ask."""
        self.send("sendMessage", {"chat_id": chat_id, **params, **message.params()}, edition_id=edition_id)

    def hand_over(self, attachment: Attachment, caption: Message, chat_id: int, **params: Any) -> None:
        """Send one file, with what is said of it."""
        method = _METHODS[attachment.field]
        self.send(method, {"chat_id": chat_id, **params, **caption.caption_params()}, attachment=attachment)

    def forget(self) -> None:
        """Drop what was to be sent: the handler failed after it had begun to answer."""
        self._outgoing.clear()

    @asynccontextmanager
    async def effect(self, turns: Turn = Turn.MAIL) -> AsyncIterator[Transaction]:
        """The one transaction of this update; replies must be given before it ends. ``turns``: see ``Store.begin``."""
        if self.settled:
            raise RuntimeError("an update is settled once")
        async with self._store.begin(turns) as tx:
            yield tx
            await self._put_outgoing(tx)
            await tx.inbox.done(self.row.update_id, self.now)
        self.settled = True

    async def settle(self) -> None:
        """Settle an update whose handler had no effect of its own."""
        async with self.effect():
            pass

    async def park(self, reason: str) -> None:
        """Put the update aside for good, with the reason, and send what is to be sent."""
        async with self._store.begin(Turn.MAIL) as tx:
            await self._put_outgoing(tx)
            await tx.inbox.park(self.row.update_id, reason, self.now)
        self.settled = True

    @asynccontextmanager
    async def slowly(self) -> AsyncIterator[None]:
        """Do something slow without taking the place of a quick update of another chat."""
        self._slots.release()
        self.slow = True
        try:
            yield
        finally:
            self.slow = False
            await self._slots.acquire()

    async def _put_outgoing(self, tx: Transaction) -> None:
        for number, call in enumerate(self._outgoing):
            if call.method == EDIT:
                await tx.outbox.supersede_edits(call.params["chat_id"], call.params["message_id"], self.now)
            item = NewOutboxItem(
                chat_id=call.params["chat_id"],
                lane=Lane.REPLY,
                kind=Kind.REPLY,
                method=call.method,
                params=call.params,
                dedupe_key=f"reply:{self.row.update_id}:{number}",
                edition_id=call.edition_id,
                part=number + 1,
                parts=len(self._outgoing),
                attachment=call.attachment,
            )
            await tx.outbox.put(item, self.now)
