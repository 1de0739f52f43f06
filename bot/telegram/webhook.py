"""Owns the other way updates come: Telegram posts them to us, and each is committed before it is acknowledged.

python-telegram-bot's own webhook answers while the update is only in memory, and compares the secret with ``!=``.
"""

import asyncio
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from random import Random

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.errors import Fatal
from bot.newsroom.unbroken import unbroken
from bot.store import Store
from bot.telegram.inbox import ALLOWED_UPDATES, keep_updates
from bot.telegram.outage import Outage, seconds_of

PATH = "/webhook"
MAX_BODY_BYTES = 1 << 20
CHECK_S = 25.0
"""Between two questions whether Telegram still knows our address; another copy may have taken it away."""

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_ID_LIMIT = 2**63
_log = structlog.get_logger()


class WebhookInbox:
    """Takes updates from Telegram at ``url``, which must lead to ``routes``. Several copies may run behind one address.

    Args:
        url: What Telegram calls.
        secret: What it must say each time (Bot API, setWebhook: 1 to 256 of ``A-Za-z0-9_-``).
    """

    def __init__(
        self,
        store: Store,
        bot: Bot,
        clock: Callable[[], datetime],
        on_updates: Callable[[], None],
        *,
        url: str,
        secret: str,
        random: Random,
    ) -> None:
        if not secret:
            raise ValueError("a webhook without a secret takes updates from anybody")
        self._store = store
        self._bot = bot
        self._clock = clock
        self._on_updates = on_updates
        self._url = url
        self._secret = secret.encode()
        self._outage = Outage("telegram", random)

    @property
    def routes(self) -> list[BaseRoute]:
        """``POST /webhook``: 200 once the update is committed, or was before."""
        return [Route(PATH, self._receive, methods=["POST"])]

    async def run(self) -> None:
        """Keep Telegram posting to ``url`` until cancelled. Outages are waited out.

        Raises:
            Fatal: Telegram refuses the token.
        """
        while True:
            try:
                await self.run_once()
            except InvalidToken as error:
                raise Fatal(
                    "token_refused", "Telegram refuses the token: see token in config.toml, or SITREP_TOKEN."
                ) from error
            except RetryAfter as error:
                await self._outage.wait("webhook_slowed_down", error, at_least_s=seconds_of(error))
            except TelegramError as error:
                await self._outage.wait("webhook_not_set", error)
            else:
                self._outage.over()
                await asyncio.sleep(CHECK_S)

    async def run_once(self) -> None:
        """Register the address where Telegram does not have it.

        Raises:
            TelegramError: the request failed.
        """
        found = await self._bot.get_webhook_info()
        if found.last_error_message:
            _log.warning("webhook_failed", reason=found.last_error_message, waiting=found.pending_update_count)
        if found.url != self._url or set(found.allowed_updates or ()) != set(ALLOWED_UPDATES):
            await self._bot.set_webhook(
                self._url, secret_token=self._secret.decode(), allowed_updates=list(ALLOWED_UPDATES)
            )
            _log.info("webhook_set")

    async def _receive(self, request: Request) -> Response:
        """403 without the secret, 413 beyond 1 MiB, 400 for what is no update, 503 where it cannot be kept."""
        if not hmac.compare_digest(request.headers.get(_HEADER, "").encode("latin-1"), self._secret):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
            known = isinstance(update, dict) and type(update.get("update_id")) is int
        except (ValueError, RecursionError):
            known = False
        if not known or not 0 <= update["update_id"] < _ID_LIMIT:
            return Response(status_code=400)
        try:
            await unbroken(keep_updates(self._store, [update], self._clock()))
        except Exception as error:  # noqa: BLE001  a full disk or a locked database: Telegram posts it again
            _log.warning("updates_not_stored", error=type(error).__name__)
            return Response(status_code=503)
        self._on_updates()
        return Response(status_code=200)


async def _body(request: Request) -> bytes | None:
    """The body; None where it is too long, of which no more than that is read."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
