"""Plays the sample month of the replay to the bot through the sandbox, post by post, the clock moving with them."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.app import Sitrep
from bot.demo.stage import READER, Programme, Stage
from bot.replay import sample_month
from bot.replay_file import Publication
from bot.sandbox.client import SandboxClient
from bot.sandbox.model import unix
from bot.store import State

_BEFORE = timedelta(minutes=5)
"""So long before the first post the reader subscribes."""
_WITHIN_S = 60.0
_SENT_WITHIN_S = 10.0
_LOOK_S = 0.05
_NEVER = datetime.max.replace(tzinfo=UTC)
_MOST_READERS = 100


class Month:
    """The posts of four channels, and a reader who gets an edition each morning. ``begins`` is when the clock is to start."""

    def __init__(self, stage: Stage, posts: Sequence[Publication] | None = None) -> None:
        self._stage = stage
        self._posts = sample_month() if posts is None else posts
        self._total = sum(not post.edited for post in self._posts)
        self._numbers: dict[tuple[str, int], int] = {}
        busiest = Counter(post.channel for post in self._posts).most_common()
        titles = {post.channel: post.title for post in self._posts}
        self.channels = {name: titles[name] for name, _ in busiest}
        self.begins = self._posts[0].at - _BEFORE

    async def play(self, sitrep: Sitrep) -> None:
        """Publish until the month is over, with its last edition, or until the stage is stopped."""
        self._tell("starting", 0)
        async with SandboxClient(self._stage.server.root_url) as client:
            for command in ("/start", "/subscribe"):
                await client.ask(READER, command)
        with contextlib.suppress(TimeoutError):  # a bot that is stuck; what has come so far stays
            await self._publish_all(sitrep)
        self._tell("over", len(self._numbers))

    async def _publish_all(self, sitrep: Sitrep) -> None:
        for post in self._posts:
            while not self._stage.stopped and (due := await self._next_due(sitrep)) <= post.at:
                await self._morning(sitrep, due)
            if self._stage.stopped:
                return
            self._stage.wind(post.at)
            self._publish(post)
            await self._stage.all_read()
            await self._all_sent(sitrep)
            self._tell("playing", len(self._numbers))
        if (due := await self._next_due(sitrep)) < _NEVER:
            await self._morning(sitrep, due)

    def _tell(self, state: str, done: int) -> None:
        self._stage.tell(Programme.MONTH, state, done, self._total)

    def _publish(self, post: Publication) -> None:
        world = self._stage.server.world
        channel = next(chat for chat in world.chats.values() if chat.username == post.channel)
        if post.edited:
            world.edit_post(channel, self._numbers[post.channel, post.number], post.text)
            return
        source = {"type": "channel", "title": post.forwarded_from}
        origin = {"type": "channel", "date": unix(post.at), "chat": source} if post.forwarded_from else None
        message = world.post(channel, post.text, date=post.at, origin=origin)
        self._numbers[post.channel, post.number] = message.message_id

    async def _next_due(self, sitrep: Sitrep) -> datetime:
        """When the next edition of anybody's is due: the visitor may unsubscribe the reader, and bring others."""
        async with sitrep.store.read() as tx:
            readers = await tx.subscribers.active_after(None, _MOST_READERS)
        return min((reader.next_due_at for reader in readers if reader.next_due_at is not None), default=_NEVER)

    async def _morning(self, sitrep: Sitrep, due: datetime) -> None:
        """Wind the clock to the reader's hour, and wait until what is due then has arrived."""
        self._stage.wind(due)
        changes = self._stage.server.world.changes
        async with asyncio.timeout(_WITHIN_S):
            while await self._next_due(sitrep) <= due:
                await changes.since(changes.seq, _LOOK_S)
        await self._all_sent(sitrep)

    async def _all_sent(self, sitrep: Sitrep) -> None:
        """Wait until what is queued has arrived, before the clock goes on."""
        changes = self._stage.server.world.changes
        with contextlib.suppress(TimeoutError):  # what waits for the end of somebody's quiet hours waits on
            async with asyncio.timeout(_SENT_WITHIN_S):
                while await self._on_its_way(sitrep):
                    await changes.since(changes.seq, _LOOK_S)

    @staticmethod
    async def _on_its_way(sitrep: Sitrep) -> bool:
        async with sitrep.store.read() as tx:
            counts = await tx.outbox.counts()
        return bool(counts[State.QUEUED] or counts[State.SENDING])
