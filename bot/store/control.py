"""What operators set while the bot runs: which channels are read, what is withdrawn, what is announced, the pause."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.codec import storable
from bot.store.operator_tables import announcements, sources, withdrawn_stories
from bot.store.outbox_rows import BROADCASTS_HELD
from bot.store.sql import COUNTED, Repository
from bot.store.tables import marks


class SourceState(StrEnum):
    """What an operator decided of a channel."""

    READ = "read"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A channel that an operator decided on; ``username`` is without its ``@``, in lower case."""

    chat_id: int
    username: str | None
    title: str
    state: SourceState
    changed_at: datetime


_SOURCE = select(sources).where(sources.c.chat_id == bindparam("chat"))
_WITHDRAWN = select(withdrawn_stories.c.story).where(
    withdrawn_stories.c.story.in_(bindparam("stories", expanding=True))
)


class Control(Repository):
    """A few rows, written by operators alone."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._is_withdrawn: dict[int, bool] = {}

    async def sources(self) -> list[Source]:
        """Every channel that was decided on, by its title."""
        rows = await self._connection.execute(select(sources).order_by(sources.c.title, sources.c.chat_id))
        return [_source(row) for row in rows]

    async def source(self, chat_id: int) -> Source | None:
        """What was decided of a channel; None where that is left to the settings."""
        row = (await self._connection.execute(_SOURCE, {"chat": chat_id})).one_or_none()
        return None if row is None else _source(row)

    async def decide(self, source: Source) -> None:
        """Keep a decision in place of the last one on that channel."""
        values = {
            "username": source.username.casefold() if source.username else None,
            "title": storable(source.title),
            "state": source.state,
            "changed_at": source.changed_at,
        }
        kept = self._insert(sources).values(chat_id=source.chat_id, **values)
        await self._connection.execute(kept.on_conflict_do_update(index_elements=["chat_id"], set_=values))

    async def hold(self, now: datetime) -> None:
        """Let no broadcast go out until ``release``; a hold that stands keeps its time."""
        kept = self._insert(marks).values(name=BROADCASTS_HELD, at=now)
        await self._connection.execute(kept.on_conflict_do_nothing(index_elements=["name"]))

    async def release(self) -> bool:
        """Let broadcasts go out again; False where nothing held them."""
        gone = await self._connection.execute(delete(marks).where(marks.c.name == BROADCASTS_HELD))
        return gone.rowcount > 0

    async def held_since(self) -> datetime | None:
        """When broadcasts were held; None where they go out."""
        found: datetime | None = await self._connection.scalar(
            select(marks.c.at).where(marks.c.name == BROADCASTS_HELD)
        )
        return found

    async def withdraw_story(self, story: int, headline: str, now: datetime) -> bool:
        """Note that a story is withdrawn; False where it was before."""
        self._is_withdrawn[story] = True
        values = {"story": story, "headline": storable(headline), "withdrawn_at": now}
        kept = self._insert(withdrawn_stories).values(**values).on_conflict_do_nothing(index_elements=["story"])
        return (await self._connection.execute(kept, execution_options=COUNTED)).rowcount > 0

    async def withdrawn(self, stories: Collection[int]) -> frozenset[int]:
        """Those of some stories that are withdrawn. That of a story is asked once: it is withdrawn in a turn of its own."""
        asked = sorted(set(stories) - self._is_withdrawn.keys())
        if asked:
            found = frozenset(await self._connection.scalars(_WITHDRAWN, {"stories": asked}))
            self._is_withdrawn |= {story: story in found for story in asked}
        return frozenset(story for story in stories if self._is_withdrawn[story])

    async def draft(self, body: str, now: datetime) -> int:
        """Keep an announcement that was not sent yet; returns its number."""
        kept = insert(announcements).values(body=storable(body), drafted_at=now).returning(announcements.c.id)
        return int((await self._connection.execute(kept)).scalar_one())

    async def publish(self, number: int, now: datetime) -> str | None:
        """Take a draft to be sent, once: its text; None where there is none, or it was sent before."""
        unsent = (announcements.c.id == number) & announcements.c.sent_at.is_(None)
        done = update(announcements).where(unsent).values(sent_at=now).returning(announcements.c.body)
        found: str | None = (await self._connection.execute(done)).scalar_one_or_none()
        return found


def _source(row: Row[tuple[object, ...]]) -> Source:
    return Source(
        chat_id=row.chat_id,
        username=row.username,
        title=row.title,
        state=SourceState(row.state),
        changed_at=row.changed_at,
    )
