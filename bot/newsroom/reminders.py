"""Owns reminders: who follows which deadline, and what a reader is reminded of at their own hour."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from bot.catalogue import words_in
from bot.delivery.schedule import last_due, next_due
from bot.desk.book import BookEntry
from bot.errors import Skip
from bot.newsroom.readers import Chat, Defaults, find
from bot.press.message import Message
from bot.press.reminder import render_change, render_reminder
from bot.press.times import zone_of
from bot.store import Kind, Lane, NewOutboxItem, Store, Subscriber, Transaction, Turn
from bot.store.reminders import Follow, ReminderReader
from models.api import Bond

STEPS_DAYS = (1, 7, 30)
"""How long before a day its followers are reminded, the shortest first."""

MAX_FOLLOWED = 200
"""Deadlines that one chat may follow."""

MIN_IMPORTANCE = 0.5
"""What a deadline must matter for those who asked for all of them to be reminded of it."""

PAGE = 100
_MAX_OF_ALL = 500
_DAY = timedelta(days=1)

_log = structlog.get_logger()


async def follow(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime, *, entry: int) -> BookEntry | None:
    """Have a chat reminded of a deadline; returns it, or None where there is none of that number.

    Raises:
        Skip: ``too_many_followed``, the chat follows ``MAX_FOLLOWED`` already.
    """
    found = await tx.book.get(entry)
    if found is None:
        return None
    if len(await tx.reminders.followed([chat.chat_id])) >= MAX_FOLLOWED:
        raise Skip("too_many_followed", f"A chat can follow {MAX_FOLLOWED} deadlines; unfollow one first.")
    reader = await _known(tx, chat, defaults, now)
    hour = next_due(reader.times, reader.zone, now)
    await tx.reminders.follow(chat.chat_id, entry, now, hour, sequence=found.sequence)
    return found


async def unfollow(tx: Transaction, chat: Chat, *, entry: int) -> None:
    """No more reminders of a deadline."""
    await tx.reminders.unfollow(chat.chat_id, entry)


async def followed(tx: Transaction, chat: Chat) -> frozenset[int]:
    """The entries a chat follows."""
    return frozenset(follow.entry for follow in await tx.reminders.followed([chat.chat_id]))


async def remind_of_all(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime, *, wanted: bool) -> None:
    """Have a chat reminded of every deadline that matters in its topics, or of those it follows alone."""
    reader = await _known(tx, chat, defaults, now)
    await tx.reminders.everything(chat.chat_id, now, next_due(reader.times, reader.zone, now), wanted=wanted)


async def _known(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    reader = await find(tx, chat, defaults, now)
    if await tx.subscribers.get(chat.chat_id) is None:
        await tx.subscribers.save(reader)
    return reader


@dataclass(slots=True)
class _Round:
    """What one look at the readers has read already: the entries to come, and those that are followed."""

    coming: list[BookEntry]
    entries: dict[int, BookEntry]


class Reminding:
    """Reminds the readers whose hour has come; called on the tick.

    A reader is told at the hours of their editions, or the hour next after what they missed. Each step of a deadline is
    told once for each day that it had (``reminder:{chat}:{entry}:{days}:{due}``), a move or withdrawal once
    (``moved:{chat}:{entry}:{sequence}``), whatever crashes between.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def __call__(self) -> int:
        """``run_once`` at the time it is: what a scheduler calls."""
        return await self.run_once(self._clock())

    async def run_once(self, now: datetime) -> int:
        """Queue what is due to be told; returns how many messages were new."""
        told = 0
        while True:
            async with self._store.read() as tx:
                if not await tx.reminders.due(now, 1):
                    return told
            async with self._store.begin(Turn.MAIL) as tx:
                told += await self._page(tx, now)

    async def _page(self, tx: Transaction, now: datetime) -> int:
        page = await tx.reminders.due(now, PAGE)
        chats = [row.chat_id for row in page]
        readers = await tx.subscribers.several(chats)
        follows: defaultdict[int, list[Follow]] = defaultdict(list)
        for one in await tx.reminders.followed(chats):
            follows[one.chat_id].append(one)
        found = await _read(tx, page, follows, now)
        items: list[NewOutboxItem] = []
        told: list[tuple[int, int, int]] = []
        hours: dict[int, datetime] = {}
        for row in page:
            reader = readers[row.chat_id]
            hours[row.chat_id], is_hour = _hours(reader, row, now)
            if reader.active and is_hour:
                mine = _Duty(reader, row, now)
                items += mine.changes(follows[row.chat_id], found.entries)
                items += mine.steps(follows[row.chat_id], found)
                told += [
                    (one.chat_id, one.entry, found.entries[one.entry].sequence)
                    for one in follows[row.chat_id]
                    if one.entry in found.entries
                ]
        added = await tx.outbox.put_all(items, now)
        await tx.reminders.told(told)
        await tx.reminders.looked(hours, now)
        if added:
            _log.info("reminders_queued", messages=added, readers=len(page))
        return added


async def _read(
    tx: Transaction, page: Sequence[ReminderReader], follows: dict[int, list[Follow]], now: datetime
) -> _Round:
    numbers = {one.entry for chosen in follows.values() for one in chosen}
    coming: list[BookEntry] = []
    if any(row.everything for row in page):
        today = now.date()
        until = today + (STEPS_DAYS[-1] + 1) * _DAY
        coming = await tx.book.upcoming(today - _DAY, until, _MAX_OF_ALL, importance=MIN_IMPORTANCE)
    return _Round([entry for entry in coming if entry.bond is Bond.DEADLINE], await tx.book.several(numbers))


def _hours(reader: Subscriber, row: ReminderReader, now: datetime) -> tuple[datetime, bool]:
    """When to look after a reader next, and whether an hour of theirs has come since the last look."""
    try:
        return next_due(reader.times, reader.zone, now), last_due(reader.times, reader.zone, now) > row.looked_at
    except (ValueError, KeyError):  # KeyError: what zoneinfo raises for an unknown zone
        return now + _DAY, False


class _Duty:
    """What one reader is told at their hour."""

    def __init__(self, reader: Subscriber, row: ReminderReader, now: datetime) -> None:
        self._reader = reader
        self._row = row
        self._now = now
        self._words = words_in(reader.language)
        self._zone = zone_of(reader.zone)
        self._today = now.astimezone(self._zone).date()

    def changes(self, follows: Sequence[Follow], entries: dict[int, BookEntry]) -> list[NewOutboxItem]:
        """Of what they follow, what was moved or withdrawn since they were told."""
        return [
            self._item(f"moved:{{chat}}:{entry.id}:{entry.sequence}", render_change(entry, self._words))
            for one in follows
            if (entry := entries.get(one.entry)) is not None and entry.sequence > one.told_sequence
        ]

    def steps(self, follows: Sequence[Follow], found: _Round) -> list[NewOutboxItem]:
        """What falls due in 30, 7 or 1 days, of what they follow and of what they asked for by topic."""
        since = {one.entry: one.since for one in follows}
        chosen = [found.entries[number] for number in since if number in found.entries]
        if self._row.everything:
            topics = self._reader.topics
            of_all = (entry for entry in found.coming if entry.id not in since)
            chosen += [entry for entry in of_all if not topics or topics & entry.topics]
        items = []
        for entry in chosen:
            step = self._step(entry, since.get(entry.id, self._row.since))
            if step is not None:
                key = f"reminder:{{chat}}:{entry.id}:{step}:{entry.due.end.isoformat()}"
                message = render_reminder(entry, self._words, today=self._today)
                items.append(self._item(key, message))
        return items

    def _step(self, entry: BookEntry, since: datetime) -> int | None:
        """The step that is due: not one whose day had passed when the reader asked, or when the deadline was first told."""
        left = (entry.due.end - self._today).days
        if entry.withdrawn or left < 0:
            return None
        step = next((days for days in STEPS_DAYS if left <= days), None)
        if step is None:
            return None
        day = entry.due.end - step * _DAY
        return (
            step if all(self._local(moment) < day for moment in (since, entry.first_told, entry.changed_at)) else None
        )

    def _local(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def _item(self, key: str, message: Message) -> NewOutboxItem:
        chat, topic = self._reader.chat_id, self._reader.thread_id
        thread = {} if topic is None else {"message_thread_id": topic}
        return NewOutboxItem(
            chat_id=chat,
            lane=Lane.BROADCAST,
            kind=Kind.REMINDER,
            method="sendMessage",
            params={"chat_id": chat, **thread, **message.params()},
            dedupe_key=key.format(chat=chat),
        )
