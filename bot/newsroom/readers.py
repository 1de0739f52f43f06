"""Owns what a subscriber may change about their digest; every use case takes the open transaction and returns the result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.delivery.schedule import next_due
from bot.desk.topics import TOPICS
from bot.store import Kind, Subscriber, Transaction

FIRST_WINDOW = timedelta(hours=24)
"""What the first edition of somebody who was not subscribed covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where a wish came from: a private chat, a group or a supergroup; ``language`` is Telegram's guess."""

    chat_id: int
    kind: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a new subscriber starts with."""

    times: tuple[time, ...] = (time(8),)
    zone: str = "UTC"
    topics: frozenset[str] = frozenset()


def newcomer(chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """A chat as it stands before it has chosen anything: not subscribed, the operator's defaults."""
    return Subscriber(
        chat_id=chat.chat_id,
        kind=chat.kind,
        language=chat.language,
        subscribed=False,
        active=True,
        topics=defaults.topics,
        times=defaults.times,
        zone=defaults.zone,
        watermark=None,
        next_due_at=None,
        created_at=now,
    )


async def find(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """The subscriber of a chat, or a newcomer that is not saved."""
    return await tx.subscribers.get(chat.chat_id) or newcomer(chat, defaults, now)


async def greet(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """/start: known from now on, and active again where an earlier block had stopped deliveries."""
    return await _save(tx, _awake(await find(tx, chat, defaults, now)), now)


async def subscribe(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """Editions from the next due hour on. Who comes back is not told what came in while they were away."""
    known = await find(tx, chat, defaults, now)
    watermark = known.watermark
    if watermark is not None and not known.subscribed:
        watermark = max(watermark, now - FIRST_WINDOW)
    return await _save(tx, replace(_awake(known), subscribed=True, watermark=watermark), now)


async def unsubscribe(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """No more editions, not even one that is queued; topics and hours are kept for a return."""
    known = await find(tx, chat, defaults, now)
    await tx.outbox.drop(chat.chat_id, "unsubscribed", now, kinds=[Kind.EDITION])
    return await _save(tx, replace(known, subscribed=False), now)


async def toggle_topic(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime, *, code: str) -> Subscriber:
    """Choose a topic or leave it out. No topic chosen means all of them, and so does choosing every one.

    Raises:
        KeyError: ``code`` is not a topic.
    """
    if code not in TOPICS:
        raise KeyError(code)
    known = await find(tx, chat, defaults, now)
    chosen = known.topics ^ {code}
    return await _save(tx, replace(known, topics=frozenset() if chosen >= TOPICS.keys() else chosen), now)


async def all_topics(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """Everything, whatever its topic."""
    return await set_topics(tx, chat, defaults, now, topics=frozenset())


async def set_topics(
    tx: Transaction, chat: Chat, defaults: Defaults, now: datetime, *, topics: frozenset[str]
) -> Subscriber:
    """These topics and no others; none of them means all."""
    known = await find(tx, chat, defaults, now)
    return await _save(tx, replace(known, topics=topics), now)


async def set_schedule(
    tx: Transaction,
    chat: Chat,
    defaults: Defaults,
    now: datetime,
    *,
    times: Sequence[time] = (),
    zone: str | None = None,
) -> Subscriber:
    """Change hours, zone or both; no times or no zone leaves that as it was."""
    known = await find(tx, chat, defaults, now)
    hours = tuple(sorted(set(times))) or known.times
    return await _save(tx, replace(known, times=hours, zone=zone or known.zone), now)


async def toggle_time(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime, *, moment: time) -> Subscriber:
    """Add an hour or take it away; the last one stays."""
    known = await find(tx, chat, defaults, now)
    hours = tuple(sorted({*known.times} ^ {moment})) or known.times
    return await _save(tx, replace(known, times=hours), now)


async def welcome_back(tx: Transaction, chat: Chat, now: datetime) -> None:
    """The chat can be written to again; a chat we never knew stays unknown."""
    known = await tx.subscribers.get(chat.chat_id)
    if known is not None:
        await _save(tx, _awake(known), now)


async def say_goodbye(tx: Transaction, chat: Chat, reason: str, now: datetime) -> None:
    """The chat blocked or removed us: nothing is sent there until it comes back."""
    if await tx.subscribers.get(chat.chat_id) is not None:
        await tx.subscribers.deactivate(chat.chat_id, reason, now)


def _awake(known: Subscriber) -> Subscriber:
    """Active; who was gone is owed nothing of the time they were gone."""
    return known if known.active else replace(known, active=True, next_due_at=None)


async def _save(tx: Transaction, wanted: Subscriber, now: datetime) -> Subscriber:
    """Keep the wishes and work out what is due next; an edition that is due already and not yet composed stays due."""
    owed = wanted.next_due_at is not None and wanted.next_due_at <= now
    wishes = wanted.wishes
    begin = max(now, wishes.paused_until or now)
    due = wanted.next_due_at if owed and begin == now else next_due(wanted.times, wanted.zone, begin, wishes.days)
    settled = replace(wanted, next_due_at=due if wanted.subscribed else None)
    await tx.subscribers.save(settled)
    return settled
