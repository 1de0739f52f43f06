"""Owns the reading of a page that a person names: fetched through the gate, politely, and parsed in the child."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.errors import Skip
from bot.intake.gate import Gate
from bot.intake.linked import article_from_page
from bot.intake.manners import Manners
from bot.intake.parser import Parser
from models.api import Article

AT_ONCE = 4
"""Pages fetched at a time for those who ask."""


class Pages:
    """Fetches pages on demand.

    Args:
        gate: The way out.
        manners: At other people's doors.
        parser: What reads pages.
        clock: Aware UTC.
    """

    def __init__(self, gate: Gate, manners: Manners, parser: Parser, clock: Callable[[], datetime]) -> None:
        self._gate = gate.polite(manners.visit)
        self._parser = parser
        self._clock = clock
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def article(self, url: str) -> Article:
        """The article of a page.

        Raises:
            Skip: the address or the page is refused, or there is no article in it; ``why_refused`` gives the reason.
            Retryable: it cannot be had now.
        """
        async with self._turns:
            came = await self._gate.fetch(url)
            page = await self._parser.page(came.body, came.url, came.content_type)
        return article_from_page(page, published=self._clock(), key="brought")


def why_refused(skip: Skip) -> str:
    """The code of a refusal, for videos and missing pages a finer one."""
    if skip.code == "fetch_type" and str(skip.facts.get("content_type")).startswith(("video/", "audio/")):
        return "page_video"
    if skip.code == "fetch_status":
        return {401: "page_login", 402: "page_paywall", 404: "page_gone", 410: "page_gone"}.get(
            int(str(skip.facts.get("status"))), skip.code
        )
    return skip.code
