"""A bot's updates on their way to it: the queue behind getUpdates, and the webhook that empties it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from bot.sandbox.changes import Signal
from bot.sandbox.loopback import is_loopback
from bot.sandbox.model import unix
from bot.sandbox.refusal import JsonObject, bad_request, conflict

FIRST_UPDATE_ID = 100_000_001
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
WEBHOOK_RETRY_S = 0.25
GONE_AFTER_S = 10.0
"""A bot that has not asked for so long is not there."""


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to, and what came of it."""

    url: str
    secret: str | None
    max_connections: int
    last_error: str | None = None
    last_error_at: datetime | None = None


class UpdateQueue:
    """The updates one bot has not confirmed, in order of ``update_id``. ``polled`` is set once the bot has asked."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pending: deque[JsonObject] = deque()
        self._next_id = FIRST_UPDATE_ID
        self._allowed: list[str] | None = None
        self._signal = Signal()
        self._poll = 0
        self._asking = 0
        self._asked_at_s: float | None = None
        self.polled = asyncio.Event()
        self._closed = False
        self._webhook: Webhook | None = None
        self._delivery: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def put(self, kind: str, payload: JsonObject) -> int | None:
        """Queue an update unless the bot asked not to get this kind; its number, if it was queued."""
        if kind in NOT_BY_DEFAULT if not self._allowed else kind not in self._allowed:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._pending.append({"update_id": update_id, kind: payload})
        self._signal.give()
        return update_id

    async def poll(
        self, *, offset: int = 0, limit: int = 100, timeout_s: float = 0, allowed: Sequence[str] | None = None
    ) -> list[JsonObject]:
        """What getUpdates answers: at most ``limit`` updates from ``offset`` on; all before it are forgotten.

        Raises:
            Refusal: 409 where a webhook is set, or when a later call takes over.
        """
        if self._webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._poll += 1
        self.polled.set()
        if allowed is not None:
            self._allowed = list(allowed)
        self._confirm(offset)
        self._signal.give()
        self._asking += 1
        try:
            return await self._wait_for_news(self._poll, limit, timeout_s)
        finally:
            self._asking -= 1
            self._asked_at_s = asyncio.get_running_loop().time()

    async def _wait_for_news(self, mine: int, limit: int, timeout_s: float) -> list[JsonObject]:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while True:
            if mine != self._poll:
                raise conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            left = deadline - loop.time()
            if self._pending or self._closed or left <= 0:
                return [self._pending[at] for at in range(min(limit, len(self._pending)))]
            await self._signal.wait(left)

    @property
    def is_asked_for(self) -> bool:
        """Whether a bot is there: it asks for updates now or did so a moment ago, or its webhook answered last time."""
        if self._webhook is not None:
            return self._webhook.last_error is None
        now = asyncio.get_running_loop().time()
        return self._asking > 0 or (self._asked_at_s is not None and now - self._asked_at_s < GONE_AFTER_S)

    async def confirmed(self) -> None:
        """Wait until the bot has confirmed all there is."""
        while self._pending and not self._closed:
            await self._signal.wait(60)

    def forget(self) -> None:
        """Drop what was not confirmed."""
        self._pending.clear()
        self._signal.give()

    def _confirm(self, offset: int) -> None:
        while self._pending and (0 < offset > self._pending[0]["update_id"] or 0 < -offset < len(self._pending)):
            self._pending.popleft()

    def set_webhook(
        self, url: str, *, secret: str | None, max_connections: int, allowed: Sequence[str] | None, drop: bool
    ) -> None:
        """Post updates to ``url`` from now on; an empty one goes back to getUpdates.

        Raises:
            Refusal: 400 for an address that is not on this machine.
        """
        if url and not (urlsplit(url).scheme in {"http", "https"} and is_loopback(urlsplit(url).hostname)):
            raise bad_request("bad webhook: sandbox: only an http address on this machine can be reached")
        self._cancel_delivery()
        if drop:
            self._pending.clear()
        if allowed is not None:
            self._allowed = list(allowed)
        self._webhook = None
        if url:
            self._webhook = Webhook(url, secret, max_connections)
            self._delivery = asyncio.create_task(self._deliver(self._webhook))
        self._poll += 1
        self._signal.give()

    async def _deliver(self, hook: Webhook) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
            while True:
                if not self._pending:
                    await self._signal.wait(60)
                    continue
                update = self._pending[0]
                try:
                    answer = await http.post(hook.url, json=update, headers=headers)
                    error = None if answer.is_success else f"Wrong response from the webhook: {answer.status_code}"
                except httpx.HTTPError as failure:
                    error = f"{type(failure).__name__}"
                if error is None:
                    if self._pending and self._pending[0] is update:
                        self._pending.popleft()
                    continue
                hook.last_error, hook.last_error_at = error, self._clock()
                await asyncio.sleep(WEBHOOK_RETRY_S)

    def webhook_info(self) -> JsonObject:
        """As Telegram's ``WebhookInfo``."""
        hook = self._webhook
        info: JsonObject = {
            "url": hook.url if hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._pending),
        }
        if hook:
            info["max_connections"] = hook.max_connections
            if hook.last_error and hook.last_error_at:
                info["last_error_message"] = hook.last_error
                info["last_error_date"] = unix(hook.last_error_at)
        if self._allowed:
            info["allowed_updates"] = self._allowed
        return info

    def _cancel_delivery(self) -> None:
        if self._delivery is not None:
            self._delivery.cancel()
            self._delivery = None

    async def close(self) -> None:
        """Let go of a waiting getUpdates and end the webhook's delivery."""
        self._closed = True
        self._signal.give()
        delivery = self._delivery
        self._cancel_delivery()
        if delivery is not None:
            await asyncio.gather(delivery, return_exceptions=True)
