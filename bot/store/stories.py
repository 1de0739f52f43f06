"""Stories: what is known of each without reading its articles again, and which story it follows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from sqlalchemy import CTE, bindparam, delete, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.memory import Thread
from bot.desk.outline import Outline, dump_outline, load_outline, outline
from bot.desk.shelf import StoryCard
from bot.desk.stories import MOST_STORIES
from bot.store.codec import load_article, load_reading
from bot.store.sql import Repository
from bot.store.tables import readings, stories
from models.api import Article, Reading

_SUM = np.dtype("<f8")
_VECTOR = np.dtype("<f4")
_TOLD_BY = 6
"""Articles of a story, the first ones, that its outline is made of again when one leaves."""
_LONGEST_THREAD = 32
"""Stories of a thread that are given at most, from the last one back."""
_CHUNK = 500


def _back() -> CTE:
    """Some stories, and what they follow, step by step: a statement for each step would cost more than it finds."""
    own = select(stories.c.id, stories.c.follows, literal(1).label("step"))
    line = own.where(stories.c.id.in_(bindparam("stories", expanding=True))).cte("line", recursive=True)
    further = select(stories.c.id, stories.c.follows, line.c.step + 1)
    return line.union(further.where(stories.c.id == line.c.follows, line.c.step < _LONGEST_THREAD))


_THREADS = select(
    stories.c.id, stories.c.follows, stories.c.headline, stories.c.oldest, stories.c.opened_at, stories.c.link
).where(stories.c.id.in_(select(_back().c.id)))


@dataclass(frozen=True, slots=True)
class _Story:
    """A row of ``stories``, as far as filing needs it."""

    id: int
    headline: str
    vector_sum: bytes
    members: int
    newest: datetime
    oldest: datetime | None
    opened_at: datetime
    follows: int | None
    imprint: bytes | None
    told: str | None
    link: str | None


_COLUMNS = tuple(stories.c[name] for name in _Story.__slots__)
_SEVERAL = select(*_COLUMNS).where(stories.c.id.in_(bindparam("ids", expanding=True)))
_CHANGE = update(stories).where(stories.c.id == bindparam("of"))
_OPEN = insert(stories).returning(stories.c.id)


class Stories(Repository):
    """Story cards and threads; members come and go through ``Articles.store_reading``.

    What was read once is not asked for again: whoever changes stories has the turn ``DESK`` to the end of the transaction.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._known: dict[int, _Story] = {}

    async def recent(self, since: datetime, limit: int = MOST_STORIES) -> list[StoryCard]:
        """The stories whose newest article was published at ``since`` or later, the newest first, at most ``limit``."""
        query = (
            select(*_COLUMNS)
            .where(stories.c.newest >= since)
            .order_by(stories.c.newest.desc(), stories.c.id.desc())
            .limit(limit)
        )
        found = [_Story(*row) for row in await self._connection.execute(query)]
        self._known |= {row.id: row for row in found}
        return list(map(_card, found))

    async def card(self, story: int) -> StoryCard | None:
        """The card of one story; None where there is none (any more)."""
        row = await self._row(story)
        return None if row is None else _card(row)

    async def threads(self, ids: Collection[int]) -> Mapping[int, Thread]:
        """These stories and those that they follow, directly or through others; a story that is gone is left out."""
        found: dict[int, Thread] = {}
        wanted = sorted(set(ids))
        for at in range(0, len(wanted), _CHUNK):
            rows = await self._connection.execute(_THREADS, {"stories": wanted[at : at + _CHUNK]})
            found |= {
                row.id: Thread(
                    story=row.id,
                    follows=row.follows,
                    headline=row.headline,
                    opened=row.oldest or row.opened_at,
                    link=row.link,
                )
                for row in rows
            }
        return found

    async def open(self, article: Article, reading: Reading, follows: int | None, now: datetime) -> int:
        """A new story with its first article, after that which it follows if there is such a story; returns its id."""
        if follows is not None and await self._row(follows) is None:
            follows = None
        values = {
            "headline": reading.headline,
            "vector_sum": _add(b"", reading.vector, 1),
            "members": 1,
            "newest": article.published,
            "oldest": article.published,
            "opened_at": now,
            "follows": follows,
            "imprint": reading.imprint,
            "told": dump_outline(Outline().joined(outline(article, reading))),
            "link": article.link,
        }
        return int((await self._connection.execute(_OPEN, values)).scalar_one())

    async def enter(self, story: int, article: Article, reading: Reading) -> bool:
        """Count an article in. Returns False where there is no such story (any more)."""
        row = await self._row(story)
        if row is None:
            return False
        published = article.published
        joined = replace(
            row,
            vector_sum=_add(row.vector_sum, reading.vector, 1),
            members=row.members + 1,
            newest=max(row.newest, published),
            oldest=min(row.oldest or row.newest, published),
            told=dump_outline(load_outline(row.told or "").joined(outline(article, reading))),
        )
        changed = {name: getattr(joined, name) for name in ("vector_sum", "members", "newest", "oldest", "told")}
        await self._connection.execute(_CHANGE, {"of": story, **changed})
        self._known[story] = joined
        return True

    async def leave(self, story: int, vector: bytes) -> None:
        """Count an article out whose reading no longer names this story.

        What is left is told by the articles that are left. A story without articles vanishes; those that followed it
        follow what it followed.
        """
        row = await self._row(story)
        if row is None:
            return
        self._known.clear()
        if row.members <= 1:
            heirs = update(stories).where(stories.c.follows == story).values(follows=row.follows)
            await self._connection.execute(heirs)
            await self._connection.execute(delete(stories).where(stories.c.id == story))
            return
        values = {"vector_sum": _add(row.vector_sum, vector, -1), "members": row.members - 1}
        await self._connection.execute(
            update(stories).where(stories.c.id == story).values(**values, **await self._told_by_members(story))
        )

    async def _row(self, story: int) -> _Story | None:
        return next(iter(await self._several([story])), None)

    async def _several(self, ids: Collection[int]) -> list[_Story]:
        """Those of some stories that there are, by their ids."""
        asked = sorted(set(ids) - self._known.keys())
        if asked:
            self._known |= {row.id: _Story(*row) for row in await self._connection.execute(_SEVERAL, {"ids": asked})}
        return [self._known[story] for story in sorted(ids) if story in self._known]

    async def _told_by_members(self, story: int) -> dict[str, object]:
        members = select(readings).where(readings.c.story == story)
        first = (await self._connection.execute(members.order_by(readings.c.published).limit(_TOLD_BY))).all()
        last = (await self._connection.execute(members.order_by(readings.c.published.desc()).limit(1))).one()
        told = Outline()
        for row in first:
            told = told.joined(outline(load_article(row.article), load_reading(row.reading, b"")))
        return {
            "headline": first[0].headline,
            "imprint": first[0].imprint,
            "link": load_article(first[0].article).link,
            "oldest": first[0].published,
            "newest": last.published,
            "told": dump_outline(told),
        }


def _card(row: _Story) -> StoryCard:
    return StoryCard(
        story=row.id,
        vector=_unit(row.vector_sum),
        newest=row.newest,
        headline=row.headline,
        oldest=row.oldest,
        imprint=row.imprint or b"",
        follows=row.follows,
        told=row.told or "",
    )


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
