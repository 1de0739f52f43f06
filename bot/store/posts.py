"""Channel posts as they came, and which article each belongs to."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.store.codec import storable
from bot.store.sql import Repository, upsert
from bot.store.tables import posts

ITEM = "#"
"""What stands in an article's key between the key of its post and the item of a digest that it is."""

_ARTICLE_KEY = select(posts.c.article_key).where(
    posts.c.chat_id == bindparam("chat"), posts.c.message_id == bindparam("message")
)
_OF_ARTICLE = select(posts.c.raw).where(posts.c.article_key == bindparam("key")).order_by(posts.c.message_id)


class Posts(Repository):
    """Raw posts by (chat, message)."""

    async def put(
        self,
        post_key: tuple[int, int],
        article_key: str,
        raw: str,
        link: str | None,
        username: str | None,
        *,
        edited: bool,
        now: datetime,
    ) -> None:
        """Keep a post; an edit replaces what was there. ``post_key`` is (chat id, message id)."""
        chat_id, message_id = post_key
        values = {
            "article_key": article_key,
            "raw": storable(raw),
            "link": link,
            "username": username.casefold() if username else None,
            "edited": edited,
            "stored_at": now,
        }
        put = upsert(self._connection.dialect.name, posts, ("chat_id", "message_id"), tuple(values))
        await self._connection.execute(put, {"chat_id": chat_id, "message_id": message_id, **values})

    async def of_article(self, article_key: str) -> list[str]:
        """The raw posts an article is made of, in the order of their message ids."""
        return list((await self._connection.scalars(_OF_ARTICLE, {"key": article_key})).all())

    async def newest_of_channels(self, limit: int) -> list[str]:
        """The newest raw post of each channel, of at most ``limit`` channels, by their ids.

        Goes from channel to channel along the primary key, so that it costs the number of channels, not of posts.
        """
        found: list[str] = []
        channel: int | None = await self._connection.scalar(select(func.min(posts.c.chat_id)))
        while channel is not None and len(found) < limit:
            newest = select(posts.c.raw).where(posts.c.chat_id == channel).order_by(posts.c.message_id.desc()).limit(1)
            found += (await self._connection.scalars(newest)).all()
            channel = await self._connection.scalar(select(func.min(posts.c.chat_id)).where(posts.c.chat_id > channel))
        return found

    async def by_link(self, chat_id_or_username: int | str, message_id: int) -> str | None:
        """The article that a t.me link points to; a username may have its ``@`` and any case."""
        if isinstance(chat_id_or_username, int):
            return await self.article_key(chat_id_or_username, message_id)
        name = chat_id_or_username.removeprefix("@").casefold()
        query = select(posts.c.article_key).where(posts.c.username == name, posts.c.message_id == message_id)
        found: str | None = await self._connection.scalar(query.limit(1))
        return found

    async def article_key(self, chat_id: int, message_id: int) -> str | None:
        """The article that a post belongs to, where the post is known."""
        post = {"chat": chat_id, "message": message_id}
        found: str | None = await self._connection.scalar(_ARTICLE_KEY, post)
        return found

    async def newest(self, chat_id: int) -> tuple[str, datetime] | None:
        """The article of a channel's newest post, and when that was stored last; None before the first post."""
        query = select(posts.c.article_key, posts.c.stored_at).where(posts.c.chat_id == chat_id)
        row = (await self._connection.execute(query.order_by(posts.c.message_id.desc()).limit(1))).one_or_none()
        return None if row is None else (row.article_key, row.stored_at)

    async def channel(self, username: str) -> int | None:
        """The id of the channel whose newest post that is known came under a username."""
        query = select(posts.c.chat_id).where(posts.c.username == username.removeprefix("@").casefold())
        found: int | None = await self._connection.scalar(query.order_by(posts.c.message_id.desc()).limit(1))
        return found
