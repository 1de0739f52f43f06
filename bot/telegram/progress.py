"""Owns what a person sees while something slow is done: a draft that the answer takes the place of, or "typing"."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from telegram import Bot
from telegram.constants import ChatType
from telegram.error import BadRequest, EndPointNotFound, TelegramError

from bot.newsroom.readers import Chat

AGAIN_S = 4.5
"""Telegram shows "typing" for five seconds (Bot API, sendChatAction), and a draft for thirty."""

SOON_S = 0.15
"""What may be done by then is shown only if it is not: the draft is there before 0.3 s, its way to the reader included."""

_LAST_DRAFT_S = 2.0
"""So long an answer waits for the last draft to arrive: one that came after it would stay below it."""

_log = structlog.get_logger()


@dataclass(slots=True)
class Drafts:
    """Whether the server shows drafts; one that has no such method (before Bot API 9.5) is not asked again."""

    shown: bool = True


class Progress:
    """Says how far one piece of slow work is. Nothing is kept of it: after a crash there is nothing to take away.

    A message that is edited in place would stay "Reading…" for ever where the process dies between it and the answer.
    """

    def __init__(self, bot: Bot, chat: Chat, number: int, drafts: Drafts) -> None:
        self._bot = bot
        self._chat = chat
        self._number = number
        self._drafts = drafts
        self._as_draft = chat.kind == ChatType.PRIVATE
        self._text = ""
        self._turned = asyncio.Event()
        self._over = asyncio.Event()

    def say(self, text: str) -> None:
        """What is done now, as the draft says it."""
        self._text = text
        self._turned.set()

    @asynccontextmanager
    async def shown(self, text: str, *, after_s: float = 0.0) -> AsyncIterator[None]:
        """Show what is done for as long as the block lasts; nothing where it ends within ``after_s``."""
        self.say(text)
        showing = asyncio.create_task(self._show(after_s))
        try:
            yield
        finally:
            self._over.set()
            self._turned.set()
            await asyncio.wait([showing], timeout=_LAST_DRAFT_S)
            showing.cancel()

    async def _show(self, after_s: float) -> None:
        if after_s:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(after_s):
                    await self._over.wait()
                    return
        self._turned.clear()
        await self._tell()
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(AGAIN_S):
                    await self._turned.wait()
            if not self._over.is_set():
                self._turned.clear()
                await self._tell()

    async def _tell(self) -> None:
        with contextlib.suppress(TelegramError):  # the answer says all that matters
            await self._call()

    async def _call(self) -> None:
        place = {"chat_id": self._chat.chat_id}
        if self._chat.thread_id is not None:
            place["message_thread_id"] = self._chat.thread_id
        if self._as_draft and self._drafts.shown:
            try:
                draft = {**place, "draft_id": self._number, "text": self._text}
                await self._bot.do_api_request("sendMessageDraft", api_kwargs=draft)
            except EndPointNotFound:
                _log.info("drafts_not_known_to_the_server")
                self._drafts.shown = False
            except BadRequest:
                self._as_draft = False
            else:
                return
        await self._bot.do_api_request("sendChatAction", api_kwargs={**place, "action": "typing"})
