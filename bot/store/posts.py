"""Channel posts as they came, and which article each belongs to."""

from datetime import datetime

from sqlalchemy import select

from bot.store.codec import storable
from bot.store.sql import Repository
from bot.store.tables import posts


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
        insert = self._insert(posts).values(chat_id=chat_id, message_id=message_id, **values)
        await self._connection.execute(
            insert.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=values)
        )

    async def of_article(self, article_key: str) -> list[str]:
        """The raw posts an article is made of, in the order of their message ids."""
        query = select(posts.c.raw).where(posts.c.article_key == article_key).order_by(posts.c.message_id)
        return list((await self._connection.scalars(query)).all())

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
        query = select(posts.c.article_key).where(posts.c.chat_id == chat_id, posts.c.message_id == message_id)
        found: str | None = await self._connection.scalar(query)
        return found
