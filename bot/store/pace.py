"""What the processes that send with one token know of each other: who is alive, and what has gone out lately."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, delete, exists, func, or_, select, text, update

from bot.store.engine import POSTGRESQL
from bot.store.pace_tables import paces, senders
from bot.store.sql import Repository
from bot.store.tables import outbox

DEAD_AFTER_S = 30
"""A sender that has given no sign of life for this long is dead: what it had in flight is anybody's."""

_THE_ONE = 1
_NOW_S = text("SELECT extract(epoch FROM clock_timestamp())::float8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The limiter's state as it was kept, and the database's clock, all in seconds."""

    state: str
    paused_until_s: float
    now_s: float


class Paces(Repository):
    """One row for all senders. On PostgreSQL alone: with an SQLite file there is one process."""

    async def hold(self) -> Pace:
        """The state, which nobody else may take until this transaction ends."""
        query = select(paces.c.state, paces.c.paused_until_s).where(paces.c.id == _THE_ONE).with_for_update()
        row: Row[str, float] | None = (await self._connection.execute(query)).one_or_none()
        if row is None:
            first = self._insert(paces).values(id=_THE_ONE, state="", paused_until_s=0.0)
            await self._connection.execute(first.on_conflict_do_nothing(index_elements=["id"]))
            row = (await self._connection.execute(query)).one()
        now_s = float(await self._connection.scalar(_NOW_S) or 0.0)
        return Pace(state=row.state, paused_until_s=row.paused_until_s, now_s=now_s)

    async def keep(self, state: str, paused_until_s: float) -> None:
        """Keep the state as it is now."""
        changed = update(paces).where(paces.c.id == _THE_ONE)
        await self._connection.execute(changed.values(state=state, paused_until_s=paused_until_s))

    async def beat(self, sender: str) -> None:
        """Give a sign of life, and forget those who are long dead."""
        await self._connection.execute(delete(senders).where(senders.c.seen_at < _ago(DEAD_AFTER_S * 100)))
        beat = self._insert(senders).values(name=sender, seen_at=func.now())
        await self._connection.execute(
            beat.on_conflict_do_update(index_elements=["name"], set_={"seen_at": func.now()})
        )


def abandoned(dialect: str, sender: str) -> ColumnElement[bool] | None:
    """The rows of the outbox that are in the hands of ``sender`` or of a dead one; None where there is one process at a time."""
    if dialect != POSTGRESQL:
        return None
    alive = exists().where(senders.c.name == outbox.c.sender, senders.c.seen_at >= _ago(DEAD_AFTER_S))
    return or_(outbox.c.sender.is_(None), outbox.c.sender == sender, ~alive)


def _ago(seconds: int) -> ColumnElement[datetime]:
    return func.now() - func.make_interval(0, 0, 0, 0, 0, 0, seconds)
