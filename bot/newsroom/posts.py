"""Owns what becomes of a channel post: kept as it came, made into an article or those of a digest, queued to be read."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.errors import Skip
from bot.intake.post import Post, read_post
from bot.newsroom.sources import Matter, assembled, follow_link, matters_of
from bot.store import SourceState, Transaction
from bot.store.codec import storable

ALBUM_SETTLES = timedelta(seconds=2)
"""An album is N posts with one ``media_group_id`` and no end mark: it is read this long after its last part."""

MAX_REMEMBERED_STRANGERS = 1000

_log = structlog.get_logger()


class Channels:
    """The channels of the settings: ids, or usernames with their ``@``, whichever the operator wrote."""

    def __init__(self, names: Iterable[int | str]) -> None:
        listed = tuple(names)
        self._ids = frozenset(name for name in listed if isinstance(name, int))
        self._usernames = frozenset(name.removeprefix("@").casefold() for name in listed if isinstance(name, str))

    def covers(self, chat: Mapping[str, Any]) -> bool:
        """Whether a Bot API chat object is one of them."""
        return chat.get("id") in self._ids or str(chat.get("username") or "").casefold() in self._usernames

    async def are_read(self, tx: Transaction, chat: Mapping[str, Any]) -> bool:
        """Whether the posts of a Bot API chat object are news: what an operator decided since wins over the settings."""
        chat_id = chat.get("id")
        source = await tx.control.source(chat_id) if isinstance(chat_id, int) else None
        return self.covers(chat) if source is None else source.state is SourceState.READ


class PostDesk:
    """Takes raw channel posts in; a post of a channel that is not read is left alone, and logged once.

    Args:
        channels: Those of the settings.
        clock: Aware UTC.
        follows_links: Whether the pages that posts link to are to be fetched.
        remembers: How long articles are kept; an edit of an older post is not taken for news where nothing is left of it. None: for good.
    """

    def __init__(
        self,
        channels: Channels,
        clock: Callable[[], datetime],
        *,
        follows_links: bool = False,
        remembers: timedelta | None = None,
    ) -> None:
        self._channels = channels
        self._remembers = remembers
        self._clock = clock
        self._follows_links = follows_links
        self._strangers: set[int] = set()

    async def receive(self, tx: Transaction, message: Mapping[str, Any], *, edited: bool) -> bool:
        """File one post, new or edited, within the caller's transaction.

        Args:
            tx: The transaction that also settles the update.
            message: A Bot API message object of a channel.
            edited: Whether it replaces an earlier text of the same post.

        Returns:
            True where an article now waits to be read.
        """
        chat = message.get("chat") or {}
        if not await self._channels.are_read(tx, chat):
            self._note_stranger(chat.get("id", 0))
            return False
        try:
            post = read_post(dict(message))
            queued = await self._file(tx, post, storable(json.dumps(message, ensure_ascii=False)), edited=edited)
        except Skip as skip:
            _log.info("post_skipped", reason=skip.code, chat=chat.get("id"), message=message.get("message_id"))
            return False
        if not queued:
            _log.info("post_skipped", reason="no_article", chat=post.chat_id, message=post.message_id)
        return queued > 0

    async def _file(self, tx: Transaction, post: Post, raw: str, *, edited: bool) -> int:
        """Keep the post, and have its articles read; how many it has, those that an edit took out are withdrawn."""
        now = self._clock()
        known = await tx.posts.article_key(post.chat_id, post.message_id)
        old = edited and self._remembers is not None and post.date < now - self._remembers
        if old and known is None:
            raise Skip("post_forgotten", "An edit of a post that is no longer kept.")
        key = known or _article_key(post)
        alone = known is None and not edited and post.media_group_id is None  # nothing stands under its key
        before = set() if alone else {matter.key for matter in await matters_of(tx, key)}
        await tx.posts.put(
            (post.chat_id, post.message_id),
            article_key=key,
            raw=raw,
            link=post.link,
            username=post.username,
            edited=edited,
            now=now,
        )
        matters = await matters_of(tx, key, [raw] if alone else None)
        for gone in before.difference(matter.key for matter in matters):
            await tx.articles.withdraw(gone)
            await tx.pages.leave(gone)
        ready_at = now + ALBUM_SETTLES if post.media_group_id else now
        queued = [
            await self._queue(tx, matter, ready_at, now, is_new=alone)
            for matter in matters
            if not old or await tx.articles.get(matter.key) is not None
        ]
        return sum(queued)

    async def _queue(self, tx: Transaction, matter: Matter, ready_at: datetime, now: datetime, *, is_new: bool) -> bool:
        """Have one article read; False where there is none. ``is_new``: nothing was filed under its key before."""
        page = await follow_link(tx, matter, now) if self._follows_links else None
        article = assembled(matter, page)
        if article is None:
            await tx.articles.withdraw(matter.key)
            return False
        filed = None if is_new else await tx.articles.get(matter.key)
        if filed is None or filed.article != article:
            await tx.articles.queue(article, ready_at, now)
            _log.info("article_queued", article=matter.key)
        return True

    def _note_stranger(self, chat_id: int) -> None:
        if chat_id in self._strangers or len(self._strangers) >= MAX_REMEMBERED_STRANGERS:
            return
        self._strangers.add(chat_id)
        _log.info("channel_ignored", chat=chat_id, hint="add it with /admin, or to the setting 'channels'")


def _article_key(post: Post) -> str:
    if post.media_group_id:
        return f"album:{post.chat_id}:{post.media_group_id}"
    return f"post:{post.chat_id}:{post.message_id}"
