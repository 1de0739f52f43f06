"""Who is told at once of what, what there is to tell, and who was told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.wishes import folded
from bot.store.records import ALERT_FOLLOWED, Wishes
from bot.store.sql import Repository
from bot.store.voice_tables import alarms, alert_wishes, alerts

MAX_TERM = 128
_TERMS_AT_ONCE = 500


class Reason(StrEnum):
    """Why an article is worth an alert."""

    OPENED = "opened"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An article whose readers are still to be told."""

    id: int
    article_key: str
    reason: Reason
    raised_at: datetime


class Alerts(Repository):
    """Alarms wait here until everybody who asked for them has been told; each chat hears of a story once."""

    async def raise_(self, article_key: str, reason: Reason, now: datetime) -> None:
        """Have those told who asked for such articles."""
        await self._connection.execute(insert(alarms).values(article_key=article_key, reason=reason, raised_at=now))

    async def raised(self, limit: int) -> list[Alarm]:
        """Up to ``limit`` alarms, the oldest first."""
        rows = await self._connection.execute(select(alarms).order_by(alarms.c.id).limit(limit))
        return [
            Alarm(id=row.id, article_key=row.article_key, reason=Reason(row.reason), raised_at=row.raised_at)
            for row in rows
        ]

    async def settle(self, alarm: int) -> None:
        """Everybody has been told."""
        await self._connection.execute(delete(alarms).where(alarms.c.id == alarm))

    async def wished(self, terms: Sequence[str]) -> list[str]:
        """Those of some terms that anybody's wishes hold."""
        found: list[str] = []
        for start in range(0, len(terms), _TERMS_AT_ONCE):
            some = alert_wishes.c.term.in_(terms[start : start + _TERMS_AT_ONCE])
            found += await self._connection.scalars(select(alert_wishes.c.term).distinct().where(some))
        return sorted(found)

    async def wishing(self, term: str, after: int | None, limit: int) -> list[int]:
        """Up to ``limit`` chats, by id and later than ``after``, whose wishes hold a term: one range of the key."""
        query = select(alert_wishes.c.chat_id).where(alert_wishes.c.term == term)
        if after is not None:
            query = query.where(alert_wishes.c.chat_id > after)
        return list(await self._connection.scalars(query.order_by(alert_wishes.c.chat_id).limit(limit)))

    async def told(self, story: int, chat_ids: Collection[int]) -> frozenset[int]:
        """Those of some chats that were alerted of a story."""
        query = select(alerts.c.chat_id).where(alerts.c.story == story, alerts.c.chat_id.in_(chat_ids))
        return frozenset(await self._connection.scalars(query))

    async def readers_of(self, story: int) -> list[int]:
        """Every chat that was alerted of a story."""
        query = select(alerts.c.chat_id).where(alerts.c.story == story).order_by(alerts.c.chat_id)
        return list(await self._connection.scalars(query))

    async def counts(self, chat_ids: Collection[int], since: datetime) -> dict[int, int]:
        """How often each of some chats was alerted after an instant; those that were not are left out."""
        query = (
            select(alerts.c.chat_id, func.count())
            .where(alerts.c.chat_id.in_(chat_ids), alerts.c.told_at > since)
            .group_by(alerts.c.chat_id)
        )
        rows = await self._connection.execute(query)
        return {int(row[0]): int(row[1]) for row in rows}

    async def tell(self, story: int, chat_ids: Sequence[int], now: datetime) -> None:
        """Note that some known chats are alerted of a story."""
        if chat_ids:
            rows = [{"chat_id": chat_id, "story": story, "told_at": now} for chat_id in chat_ids]
            await self._connection.execute(self._insert(alerts).on_conflict_do_nothing(), rows)


def terms_of(wishes: Wishes) -> frozenset[str]:
    """What a reader's wishes for alerts are found by: topics, followed figures, the first word of each followed phrase."""
    terms = {code[:MAX_TERM] for code in wishes.alerts if code != ALERT_FOLLOWED} | set(
        map(series_term, wishes.figures)
    )
    if ALERT_FOLLOWED in wishes.alerts:
        heads = (folded(phrase).split()[:1] for phrase in wishes.follow)
        terms |= {word_term(head[0]) for head in heads if head}
    return frozenset(terms)


def word_term(word: str) -> str:
    """The term of a folded word; never the code of a topic."""
    return f"word:{word}"[:MAX_TERM]


def series_term(series: int) -> str:
    """The term of a figure that is followed, by the number of its series."""
    return f"series:{series}"


async def index_wishes(connection: AsyncConnection, chat_id: int, wishes: Wishes) -> None:
    """Keep a chat under what it wants to be alerted of."""
    await connection.execute(delete(alert_wishes).where(alert_wishes.c.chat_id == chat_id))
    rows = [{"term": term, "chat_id": chat_id} for term in sorted(terms_of(wishes))]
    if rows:
        await connection.execute(insert(alert_wishes), rows)
