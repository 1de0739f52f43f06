"""Owns what of the newsroom goes out to the web: links followed and feeds polled, through one gate, with one parser."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime

from bot.intake.gate import Gate
from bot.intake.manners import Manners
from bot.intake.parser import Parser
from bot.newsroom.feeds import FeedLoop
from bot.newsroom.following import Files, FollowingLoop
from bot.newsroom.links import Pages
from bot.observer import NOBODY, Observer
from bot.store import Store


class Outside:
    """Everything that fetches.

    Args:
        store: Where errands and entries are kept.
        clock: Aware UTC.
        wake: Called after an article was queued to be read.
        feeds: Addresses of feeds.
        follows_links: Whether links are followed, those of posts and those that people send, and documents of posts read.
        files: Where these are had.
        observer: Is told how each fetch ended.
    """

    pages: Pages | None
    """For the links that people send; None where none are followed."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        *,
        feeds: Collection[str],
        follows_links: bool,
        files: Files | None = None,
        observer: Observer = NOBODY,
    ) -> None:
        gate = Gate(observer=observer)
        manners = Manners(gate, clock)
        self._parser = Parser()
        self._links = (
            FollowingLoop(store, gate, self._parser, clock, wake, manners=manners, files=files)
            if follows_links
            else None
        )
        self.pages = Pages(gate, manners, self._parser, clock) if follows_links else None
        self._feeds = FeedLoop(
            store,
            feeds,
            gate,
            self._parser,
            clock=clock,
            wake=wake,
            follows_links=follows_links,
            manners=manners,
        )

    async def run(self) -> None:
        """Follow and poll until cancelled; the parsing child goes with it."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._feeds.run(), name="feeds")
                if self._links is not None:
                    tasks.create_task(self._links.run(), name="links")
        finally:
            await self._parser.close()
