"""Chats and what they asked for; who is due is one range of an index."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, delete, func, literal, or_, select, true, tuple_, update

from bot.store.alerts import index_wishes
from bot.store.records import Subscriber, Wishes
from bot.store.sql import Repository
from bot.store.tables import subscribers

_wishes = TypeAdapter(Wishes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """So many chats that share their topics (codes; none: all), local hours and zone."""

    topics: frozenset[str]
    times: tuple[time, ...]
    zone: str
    chats: int


class Subscribers(Repository):
    """One row per chat."""

    async def get(self, chat_id: int) -> Subscriber | None:
        """A chat as it stands."""
        query = select(subscribers).where(subscribers.c.chat_id == chat_id)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _subscriber(row)

    async def several(self, chat_ids: Sequence[int]) -> dict[int, Subscriber]:
        """Chats as they stand, by id; unknown ones are left out."""
        query = select(subscribers).where(subscribers.c.chat_id.in_(chat_ids))
        return {row.chat_id: _subscriber(row) for row in await self._connection.execute(query)}

    async def save(self, subscriber: Subscriber) -> None:
        """Keep what a chat asked for.

        A watermark never moves back, and ``uncertain`` is the store's own, so that a handler that read the chat some
        time ago cannot undo a delivery. ``active`` True brings a chat back that was gone.
        """
        values = {
            "kind": subscriber.kind,
            "language": subscriber.language,
            "subscribed": subscriber.subscribed,
            "active": subscriber.active,
            "topics": json.dumps(sorted(subscriber.topics)),
            "times": json.dumps([moment.isoformat("minutes") for moment in sorted(subscriber.times)]),
            "zone": subscriber.zone,
            "next_due_at": subscriber.next_due_at,
            "wishes": _wishes.dump_json(subscriber.wishes, exclude_defaults=True).decode(),
            "thread_id": subscriber.thread_id,
        }
        insert = self._insert(subscribers).values(
            chat_id=subscriber.chat_id,
            created_at=subscriber.created_at,
            watermark=subscriber.watermark,
            uncertain=False,
            **values,
        )
        if subscriber.active:
            values |= {"inactive_since": None, "inactive_reason": None}
        await self._connection.execute(insert.on_conflict_do_update(index_elements=["chat_id"], set_=values))
        await index_wishes(self._connection, subscriber.chat_id, subscriber.wishes)
        if subscriber.watermark is not None:
            await self.told([(subscriber.chat_id, subscriber.watermark)], settled=False)

    async def due(self, now: datetime, limit: int, after: Subscriber | None = None) -> list[Subscriber]:
        """Up to ``limit`` chats whose hour has come, those due longest first; ``after`` is the last of the page before."""
        due_at, chat_id = subscribers.c.next_due_at, subscribers.c.chat_id
        # Compared as one: with an "or" each page would be read from the first of those who are due.
        last = None if after is None else tuple_(literal(after.next_due_at, due_at.type), literal(after.chat_id))
        later = true() if last is None else tuple_(due_at, chat_id) > last
        query = (
            select(subscribers)
            .where(subscribers.c.active == true(), subscribers.c.subscribed == true(), due_at <= now, later)
            .order_by(due_at, chat_id)
            .limit(limit)
        )
        return [_subscriber(row) for row in await self._connection.execute(query)]

    async def schedule(self, next_due_at: Mapping[int, datetime | None]) -> None:
        """Set when chats are due next, by chat id."""
        if not next_due_at:
            return
        query = (
            update(subscribers).where(subscribers.c.chat_id == bindparam("chat")).values(next_due_at=bindparam("due"))
        )
        rows = [{"chat": chat_id, "due": moment} for chat_id, moment in sorted(next_due_at.items(), key=_chat)]
        await self._connection.execute(query, rows)

    async def told(self, up_to: Sequence[tuple[int, datetime]], *, settled: bool = True) -> None:
        """Move watermarks forward, by (chat id, instant); ``settled``: nothing uncertain is left before them."""
        if not up_to:
            return
        reached = bindparam("reached", type_=subscribers.c.watermark.type)
        ahead = or_(subscribers.c.watermark.is_(None), subscribers.c.watermark < reached)
        query = update(subscribers).where(subscribers.c.chat_id == bindparam("chat"), ahead).values(watermark=reached)
        rows = [{"chat": chat_id, "reached": watermark} for chat_id, watermark in sorted(up_to, key=_chat)]
        await self._connection.execute(query.values(uncertain=False) if settled else query, rows)

    async def doubt(self, chat_ids: Sequence[int]) -> None:
        """An edition for these chats may or may not have arrived; their next one says so."""
        row = subscribers.c.chat_id.in_(chat_ids)
        await self._connection.execute(update(subscribers).where(row).values(uncertain=True))

    async def speak(self, chat_id: int, language: str) -> None:
        """Speak to a chat in another language (a BCP 47 tag) from now on."""
        row = subscribers.c.chat_id == chat_id
        await self._connection.execute(update(subscribers).where(row).values(language=language))

    async def deactivate(self, chat_id: int, reason: str, now: datetime) -> None:
        """The chat is gone (blocked, deleted, kicked): nothing is composed for it until it comes back."""
        values = {"active": False, "inactive_since": now, "inactive_reason": reason}
        await self._connection.execute(update(subscribers).where(subscribers.c.chat_id == chat_id).values(**values))

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: its settings move to the new id, unless that one has its own already."""
        if old == new:
            return
        if await self.get(new) is None:
            values = {"chat_id": new, "kind": "supergroup"}
            await self._connection.execute(update(subscribers).where(subscribers.c.chat_id == old).values(**values))
        else:
            await self._connection.execute(delete(subscribers).where(subscribers.c.chat_id == old))

    async def active_after(self, chat_id: int | None, limit: int) -> list[Subscriber]:
        """Up to ``limit`` chats that can be written to, by id and later than ``chat_id``."""
        query = select(subscribers).where(subscribers.c.active == true())
        if chat_id is not None:
            query = query.where(subscribers.c.chat_id > chat_id)
        return [
            _subscriber(row)
            for row in await self._connection.execute(query.order_by(subscribers.c.chat_id).limit(limit))
        ]

    async def census(self) -> list[Census]:
        """How many chats share topics, hours and zone: of those who get editions."""
        shared = (subscribers.c.topics, subscribers.c.times, subscribers.c.zone)
        subscribed = (subscribers.c.active == true(), subscribers.c.subscribed == true())
        rows = await self._connection.execute(select(*shared, func.count()).where(*subscribed).group_by(*shared))
        return [
            Census(
                topics=frozenset(json.loads(topics)),
                times=tuple(time.fromisoformat(moment) for moment in json.loads(times)),
                zone=zone,
                chats=chats,
            )
            for topics, times, zone, chats in rows
        ]

    async def active(self) -> int:
        """How many chats can be written to."""
        query = select(func.count()).select_from(subscribers).where(subscribers.c.active == true())
        return int(await self._connection.scalar(query) or 0)

    async def known(self) -> int:
        """How many chats there are, whether they get editions or not."""
        return int(await self._connection.scalar(select(func.count()).select_from(subscribers)) or 0)

    async def forget(self, chat_id: int) -> None:
        """Everything a chat asked for."""
        await self._connection.execute(delete(subscribers).where(subscribers.c.chat_id == chat_id))


def _chat(row: tuple[int, object]) -> int:
    """Rows are changed in the order of their ids, so that two writers wait for each other in turn at most."""
    return row[0]


def _subscriber(row: Row[tuple[object, ...]]) -> Subscriber:
    return Subscriber(
        chat_id=row.chat_id,
        kind=row.kind,
        language=row.language,
        subscribed=row.subscribed,
        active=row.active,
        topics=frozenset(json.loads(row.topics)),
        times=tuple(time.fromisoformat(moment) for moment in json.loads(row.times)),
        zone=row.zone,
        watermark=row.watermark,
        next_due_at=row.next_due_at,
        created_at=row.created_at,
        uncertain=row.uncertain,
        wishes=_wishes.validate_json(row.wishes),
        thread_id=row.thread_id,
    )
