"""Stories: a headline, and the running sum of the vectors of their articles, so that nobody reads the members again."""

from datetime import datetime

import numpy as np
from sqlalchemy import delete, func, insert, select, update

from bot.desk.stories import StoryCard
from bot.store.sql import Repository
from bot.store.tables import readings, stories

_SUM = np.dtype("<f8")
_VECTOR = np.dtype("<f4")


class Stories(Repository):
    """Story cards; members come and go through ``Articles.store_reading``."""

    async def recent(self, since: datetime) -> list[StoryCard]:
        """The stories whose newest article was published at ``since`` or later, the newest first."""
        query = select(stories).where(stories.c.newest >= since).order_by(stories.c.newest.desc(), stories.c.id.desc())
        return [
            StoryCard(story=row.id, vector=_unit(row.vector_sum), newest=row.newest, headline=row.headline)
            for row in await self._connection.execute(query)
        ]

    async def open(self, headline: str, published: datetime, now: datetime) -> int:
        """A new story without members; returns its id."""
        values = {"headline": headline, "vector_sum": b"", "members": 0, "newest": published, "opened_at": now}
        added = await self._connection.execute(insert(stories).values(**values).returning(stories.c.id))
        return int(added.scalar_one())

    async def enter(self, story: int, vector: bytes, published: datetime) -> bool:
        """Count an article in. Returns False where there is no such story (any more)."""
        row = (await self._connection.execute(select(stories).where(stories.c.id == story))).one_or_none()
        if row is None:
            return False
        values = {
            "vector_sum": _add(row.vector_sum, vector, 1),
            "members": row.members + 1,
            "newest": max(row.newest, published) if row.members else published,
        }
        await self._connection.execute(update(stories).where(stories.c.id == story).values(**values))
        return True

    async def leave(self, story: int, vector: bytes) -> None:
        """Count an article out whose reading no longer names this story; a story without articles vanishes."""
        row = (await self._connection.execute(select(stories).where(stories.c.id == story))).one_or_none()
        if row is None:
            return
        if row.members <= 1:
            await self._connection.execute(delete(stories).where(stories.c.id == story))
            return
        newest = await self._connection.scalar(select(func.max(readings.c.published)).where(readings.c.story == story))
        values = {"vector_sum": _add(row.vector_sum, vector, -1), "members": row.members - 1, "newest": newest}
        await self._connection.execute(update(stories).where(stories.c.id == story).values(**values))


def _add(vector_sum: bytes, vector: bytes, sign: int) -> bytes:
    """A running sum in float64; an article without a vector changes nothing."""
    if not vector:
        return vector_sum
    total = np.frombuffer(vector_sum, _SUM) if vector_sum else np.zeros(len(vector) // _VECTOR.itemsize, _SUM)
    return (total + sign * np.frombuffer(vector, _VECTOR).astype(_SUM)).astype(_SUM).tobytes()


def _unit(vector_sum: bytes) -> bytes:
    """The mean's direction as float32, or nothing where no member has a vector."""
    total = np.frombuffer(vector_sum, _SUM)
    length = float(np.linalg.norm(total)) if total.size else 0.0
    return (total / length).astype(_VECTOR).tobytes() if length > 1e-9 else b""
