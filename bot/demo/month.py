"""Plays the sample month of the replay to the bot through the sandbox, post by post, the clock moving with them."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

from bot.app import Sitrep
from bot.demo.stage import READER, Programme, Stage
from bot.replay import sample_month
from bot.replay_file import Publication
from bot.sandbox.client import SandboxClient
from bot.sandbox.model import unix
from bot.store import State

_BEFORE = timedelta(minutes=5)
"""So long before the first post the reader subscribes."""
_EDITION_WITHIN_S = 60.0
_LOOK_S = 0.05


class Month:
    """The posts of four channels, and a reader who gets an edition each morning. ``begins`` is when the clock is to start."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._posts = sample_month()
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
        for post in self._posts:
            while not self._stage.stopped and (due := await self._next_due(sitrep)) <= post.at:
                await self._morning(sitrep, due)
            if self._stage.stopped:
                break
            self._stage.wind(post.at)
            self._publish(post)
            await self._stage.all_read()
            self._tell("playing", len(self._numbers))
        else:
            await self._morning(sitrep, await self._next_due(sitrep))
        self._tell("over", len(self._numbers))

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
        async with sitrep.store.read() as tx:
            [reader] = await tx.subscribers.active_after(None, 1)
        if reader.next_due_at is None:
            raise RuntimeError("the reader of the sample month is subscribed")
        return reader.next_due_at

    async def _morning(self, sitrep: Sitrep, due: datetime) -> None:
        """Wind the clock to the reader's hour, and wait until what is due then has arrived."""
        self._stage.wind(due)
        changes = self._stage.server.world.changes
        async with asyncio.timeout(_EDITION_WITHIN_S):
            while await self._next_due(sitrep) <= due or await self._on_its_way(sitrep):
                await changes.since(changes.seq, _LOOK_S)

    @staticmethod
    async def _on_its_way(sitrep: Sitrep) -> bool:
        async with sitrep.store.read() as tx:
            counts = await tx.outbox.counts()
        return bool(counts[State.QUEUED] or counts[State.SENDING])
