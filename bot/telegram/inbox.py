"""Owns where updates come from: long polling that commits each batch raw before the next request acknowledges it.

python-telegram-bot's own updater acknowledges updates while they are only in memory, so a crash loses them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import Fatal
from bot.newsroom.unbroken import unbroken
from bot.store import Bell, Store, Turn
from bot.telegram.outage import Outage, seconds_of

ALLOWED_UPDATES = (
    "message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "inline_query",
)
"""Everything else is not sent to us, edited messages of readers included (Bot API, getUpdates)."""

POLL_S = 25
_ANSWER_S = 10
"""Seconds an answer may take beyond the poll itself."""

_CONFLICT_PAUSE_S = 5.0
_BATCH = 100
_ID_LIMIT = 2**52
"""Ids have at most 52 significant bits (Bot API, Chat)."""

_log = structlog.get_logger()


def chat_of(update: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The chat object that a raw update belongs to, whichever kind of update it is; its ``id`` is a whole number.

    An inline query comes from no chat that we are told of: it belongs to who asks, whose private chat has their id.
    """
    for body in update.values():
        if isinstance(body, dict):
            holder = body if "chat" in body else body.get("message")
            chat = holder.get("chat") if isinstance(holder, dict) else body.get("from") if "query" in body else None
            if isinstance(chat, dict) and _is_id(chat.get("id")):
                return chat
    return None


def kind_of(raw: str) -> str:
    """Which of ``ALLOWED_UPDATES`` a stored update is; "other" where it is none of them."""
    try:
        update = json.loads(raw)
    except ValueError:
        return "other"
    return next((kind for kind in ALLOWED_UPDATES if isinstance(update, dict) and kind in update), "other")


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _ID_LIMIT


async def keep_updates(store: Store, updates: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Commit raw updates; those that are known already change nothing. Only then may they be acknowledged."""
    async with store.begin(Turn.NONE) as tx:
        for update in sorted(updates, key=lambda update: int(update["update_id"])):
            chat = chat_of(update)
            raw = json.dumps(update, ensure_ascii=False)
            await tx.inbox.add(update["update_id"], chat["id"] if chat else 0, raw, now)
        tx.rung.add(Bell.INBOX)


class PollingInbox:
    """Asks Telegram for updates for as long as it runs. One copy of it may run per token."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        clock: Callable[[], datetime],
        on_updates: Callable[[], None],
        *,
        random: Random,
        poll_s: int = POLL_S,
    ) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._on_updates = on_updates
        self._poll_s = poll_s
        self._outage = Outage("telegram", random)

    async def run(self) -> None:
        """Poll until cancelled. Outages are waited out.

        Raises:
            Fatal: Telegram refuses the token.
        """
        offset: int | None = None
        while True:
            try:
                if offset is None:
                    offset = await self._first_offset()
                offset = await self.run_once(offset)
            except InvalidToken as error:
                raise Fatal(
                    "token_refused", "Telegram refuses the token: see token in config.toml, or SITREP_TOKEN."
                ) from error
            except Conflict as error:
                await self._outage.wait("another_copy_is_polling", error, at_least_s=_CONFLICT_PAUSE_S)
            except RetryAfter as error:
                await self._outage.wait("polling_slowed_down", error, at_least_s=seconds_of(error))
            except TelegramError as error:
                await self._outage.wait("telegram_unreachable", error)
            except Exception as error:  # noqa: BLE001  a full disk or a locked database: nothing was acknowledged
                await self._outage.wait("updates_not_stored", error)
            else:
                self._outage.over()

    async def run_once(self, offset: int) -> int:
        """One long poll; returns the next offset, which acknowledges what is now committed.

        Raises:
            TelegramError: the request failed; nothing was acknowledged.
        """
        updates = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs={
                "offset": offset,
                "limit": _BATCH,
                "timeout": self._poll_s,
                "allowed_updates": list(ALLOWED_UPDATES),
            },
            read_timeout=self._poll_s + _ANSWER_S,
        )
        if not updates:
            return offset
        await unbroken(keep_updates(self._store, updates, self._clock()))
        self._on_updates()
        return int(max(update["update_id"] for update in updates)) + 1

    async def _first_offset(self) -> int:
        await self._bot.delete_webhook(drop_pending_updates=False)
        async with self._store.read() as tx:
            last = await tx.inbox.last_id()
        return 0 if last is None else last + 1
