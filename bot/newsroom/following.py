"""Owns the way of a link to its page: fetched politely, parsed in the child, kept, and the articles it belongs to read again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errors import Retryable, Skip
from bot.intake.attached import attached_at
from bot.intake.gate import Gate, Page, Validators
from bot.intake.manners import Manners
from bot.intake.parser import Parser
from bot.newsroom.links import why_refused
from bot.newsroom.sources import dump_page, reassemble
from bot.newsroom.unbroken import unbroken
from bot.store import PageRow, Store, Transaction, Turn

AT_ONCE = 4
"""Pages fetched at a time, never two of one host."""
LOOK_S = 2.0
"""Between two looks at what is to be fetched, which is one search of an index."""
RETRIES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""When a page that could not be had is asked for again; after the last it is given up."""

_log = structlog.get_logger()


class Files(Protocol):
    """Where the documents of posts are had; see ``bot.telegram.files``."""

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file; raises ``Skip`` or ``Retryable``."""
        ...


class FollowingLoop:
    """Fetches what posts link to, until cancelled. Durable: what was not finished is wanted still after a restart.

    Args:
        store: Where the errands are.
        gate: The way out.
        parser: What reads pages.
        clock: Aware UTC.
        wake: Called after an article was queued to be read.
        manners: At other people's doors.
        files: Where the documents of posts are had.
    """

    def __init__(
        self,
        store: Store,
        gate: Gate,
        parser: Parser,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        *,
        manners: Manners | None = None,
        files: Files | None = None,
    ) -> None:
        self._files = files
        self._store = store
        self._gate = gate.polite((manners or Manners(gate, clock)).visit)
        self._parser = parser
        self._clock = clock
        self._wake = wake

    async def run(self) -> None:
        """Follow links until cancelled; a failure is logged and tried again."""
        while True:
            fetched = 0
            try:
                fetched = await self.run_once()
            except Exception as error:  # noqa: BLE001  the loop outlives a locked or full database
                _log.exception("following_interrupted", error=type(error).__name__)
            await asyncio.sleep(0 if fetched else LOOK_S)

    async def run_once(self) -> int:
        """Fetch a few of the pages that are due; returns how many were tried."""
        async with self._store.read() as tx:
            due = await tx.pages.due(AT_ONCE, self._clock())
        await asyncio.gather(*(self._fetch(page) for page in due))
        return len(due)

    async def _fetch(self, page: PageRow) -> None:
        try:
            came = await self._came(page)
            if came.unchanged and page.body is not None:
                await unbroken(self._settle(page, lambda tx: tx.pages.was_unchanged(page.url, self._clock())))
                return
            found = await self._parser.page(came.body, came.url, came.content_type)
        except Skip as skip:
            reason = why_refused(skip)
            _log.info("page_refused", reason=reason)
            await unbroken(self._settle(page, lambda tx: tx.pages.was_refused(page.url, reason, self._clock())))
        except Retryable as error:
            await unbroken(self._retry(page, error))
        else:
            body, told = dump_page(found), came.validators
            await unbroken(
                self._settle(
                    page,
                    lambda tx: tx.pages.was_read(page.url, body, told.etag, told.modified, self._clock()),
                )
            )
            _log.info("page_read", characters=len(found.text))

    async def _came(self, page: PageRow) -> Page:
        attached = attached_at(page.url)
        if attached is None:
            return await self._gate.fetch(page.url, known=Validators(page.etag, page.modified))
        if self._files is None:
            raise Skip("file_gone", "There is nobody to ask for documents.")
        return Page(page.url, await self._files.fetch(attached.file_id), attached.content_type)

    async def _retry(self, page: PageRow, error: Retryable) -> None:
        code, now = error.code, self._clock()
        if page.attempts >= len(RETRIES):
            await self._settle(page, lambda tx: tx.pages.was_refused(page.url, code, now))
        else:
            due_at = now + RETRIES[page.attempts]
            await self._settle(page, lambda tx: tx.pages.try_later(page.url, code, due_at))

    async def _settle(self, page: PageRow, keep: Callable[[Transaction], Awaitable[None]]) -> None:
        """Keep what became of a page, and have the articles that link to it read, in one transaction."""
        queued = False
        async with self._store.begin(Turn.DESK) as tx:
            await keep(tx)
            for key in await tx.pages.articles_of(page.url):
                queued |= await reassemble(tx, key, self._clock())
        if queued:
            self._wake()
