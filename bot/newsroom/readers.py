"""Owns what a subscriber may change about their digest; every use case takes the open transaction and returns the result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from bot.delivery.schedule import next_due
from bot.desk.topics import TOPICS
from bot.newsroom import choices
from bot.store import Kind, Subscriber, Transaction

FIRST_WINDOW = timedelta(hours=24)
"""What the first edition of somebody who was not subscribed covers."""


FIRST_LANGUAGE = "en"
PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """Where a wish came from: a private chat, a group, a supergroup or a channel; ``language`` is Telegram's guess.

    It is None where Telegram does not say, as of whoever writes for a channel or a group. ``thread_id`` is the topic of a forum that was written in.
    """

    chat_id: int
    kind: str
    language: str | None = None
    thread_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a new subscriber starts with, and ``topic_names``: code to name of all topics that there are to choose from."""

    times: tuple[time, ...] = (time(8),)
    zone: str = "UTC"
    topics: frozenset[str] = frozenset()
    topic_names: Mapping[str, str] = field(default_factory=lambda: TOPICS)


def newcomer(chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """A chat as it stands before it has chosen anything: not subscribed, the operator's defaults."""
    return Subscriber(
        chat_id=chat.chat_id,
        kind=chat.kind,
        language=chat.language or FIRST_LANGUAGE,
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
    """The subscriber of a chat, or a newcomer that is not saved.

    In private, who has not chosen a language is spoken to as Telegram speaks to them now; a group keeps the one it has.
    """
    known = await tx.subscribers.get(chat.chat_id)
    if known is None:
        return newcomer(chat, defaults, now)
    if chat.language and chat.kind == PRIVATE and not known.wishes.language_chosen:
        return replace(known, language=chat.language)
    return known


async def greet(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """/start: known from now on, and active again where an earlier block had stopped deliveries."""
    return await _save(tx, _awake(await find(tx, chat, defaults, now)), now)


async def subscribe(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """Editions from the next due hour on, in a forum to the topic that was written in.

    Who comes back is not told what came in while they were away.
    """
    known = await find(tx, chat, defaults, now)
    watermark = known.watermark
    if not known.subscribed:
        # Also where the first edition is a week away: what comes in until then is in it.
        watermark = max(watermark or now - FIRST_WINDOW, now - FIRST_WINDOW)
    wanted = replace(_awake(known), subscribed=True, watermark=watermark, thread_id=chat.thread_id)
    return await _save(tx, choices.paused(wanted, None), now)


async def subscribe_channel(
    tx: Transaction, person: Chat, channel: Chat, defaults: Defaults, now: datetime
) -> Subscriber:
    """A channel gets editions as its administrator has chosen them for themselves."""
    chosen, known = await find(tx, person, defaults, now), await find(tx, channel, defaults, now)
    own = replace(
        known,
        topics=chosen.topics,
        times=chosen.times,
        zone=chosen.zone,
        language=chosen.language,
        wishes=chosen.wishes,
    )
    await tx.subscribers.save(own)
    return await subscribe(tx, channel, defaults, now)


async def unsubscribe(tx: Transaction, chat: Chat, defaults: Defaults, now: datetime) -> Subscriber:
    """No more editions, not even one that is queued; topics and hours are kept for a return."""
    known = await find(tx, chat, defaults, now)
    await tx.outbox.drop(chat.chat_id, "unsubscribed", now, kinds=[Kind.EDITION])
    return await _save(tx, replace(known, subscribed=False), now)


async def change(
    tx: Transaction, chat: Chat, defaults: Defaults, now: datetime, alter: Callable[[Subscriber], Subscriber]
) -> Subscriber:
    """Take one step from settings to settings (``bot.newsroom.choices``), and work out anew what is due."""
    return await _save(tx, alter(await find(tx, chat, defaults, now)), now)


async def pause(
    tx: Transaction, chat: Chat, defaults: Defaults, now: datetime, *, until: datetime | None
) -> Subscriber:
    """No editions before an instant, not even one that is queued; what they would have told comes with the next."""
    if until is not None:
        await tx.outbox.drop(chat.chat_id, "paused", now, kinds=[Kind.EDITION])
    return await change(tx, chat, defaults, now, lambda known: choices.paused(known, until))


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
