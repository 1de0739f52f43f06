"""Owns what operators do: channels that are read, stories withdrawn, announcements; every use case takes the open transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.catalogue import words_in
from bot.desk.edition import Edition, LineKind
from bot.desk.memory import Thread
from bot.newsroom.alerts import alert_key
from bot.newsroom.notice import notice
from bot.press.message import Message
from bot.press.withdrawal import render_withdrawal
from bot.store import (
    Failure,
    Kind,
    Source,
    SourceState,
    Transaction,
    load_edition,
)

_PAGE = 500
_AGAIN_AFTER = timedelta(minutes=1)
"""A recalled edition is due again in another minute: by the minute its successor gets a key of its own."""
_WITHDRAWN = "its story was withdrawn"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A channel as operators see it: from the settings, or decided on since; ``newest`` is when its last post came.

    ``chat_id`` is None for a name of the settings of which no post has come yet.
    """

    chat_id: int | None
    name: str
    state: SourceState
    from_settings: bool
    newest: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """How many chats get editions, of how many that are known, and how many by topic code ("" is all), hour and zone."""

    known: int
    subscribed: int
    topics: Mapping[str, int]
    hours: Mapping[str, int]
    zones: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """The outbox: rows by state, since when the oldest is queued, and since when broadcasts are held."""

    counts: Mapping[str, int]
    oldest: datetime | None
    held_since: datetime | None
    failures: Sequence[Failure]


async def sources(tx: Transaction, settings: Sequence[int | str]) -> list[Listed]:
    """Every channel of the settings and every one that was decided on since."""
    decided = {source.chat_id: source for source in await tx.control.sources()}
    found: list[Listed] = []
    for name in settings:
        chat_id = name if isinstance(name, int) else await channel_of(tx, name)
        source = decided.pop(chat_id, None) if chat_id is not None else None
        found.append(await _listed(tx, chat_id, source, str(name), from_settings=True))
    found += [await _listed(tx, source.chat_id, source, "", from_settings=False) for source in decided.values()]
    return [one for one in found if one.from_settings or one.state is not SourceState.REMOVED]


async def _listed(
    tx: Transaction, chat_id: int | None, source: Source | None, name: str, *, from_settings: bool
) -> Listed:
    newest = await tx.posts.newest(chat_id) if chat_id is not None else None
    named = f"{source.title} ({at_name(source.username) or source.chat_id})" if source is not None else name
    return Listed(
        chat_id=chat_id,
        name=named,
        state=source.state if source is not None else SourceState.READ,
        from_settings=from_settings,
        newest=newest[1] if newest is not None else None,
    )


def at_name(username: str | None) -> str:
    """A user name as it is written, empty where there is none."""
    return f"@{username}" if username else ""


async def channel_of(tx: Transaction, name: str) -> int | None:
    """The id of the channel of a name that was decided on or has posted."""
    wanted = name.removeprefix("@").casefold()
    decided = (source.chat_id for source in await tx.control.sources() if source.username == wanted)
    return next(decided, None) or await tx.posts.channel(name)


async def decide(tx: Transaction, source: Source) -> None:
    """Read a channel, pause it or remove it, from its next post on."""
    await tx.control.decide(source)
    _log.info("source_decided", chat=source.chat_id, state=source.state)


async def headcount(tx: Transaction) -> Headcount:
    """The readers, as numbers."""
    topics: Counter[str] = Counter()
    hours: Counter[str] = Counter()
    zones: Counter[str] = Counter()
    subscribed = 0
    for group in await tx.subscribers.census():
        subscribed += group.chats
        topics.update(dict.fromkeys(group.topics or [""], group.chats))
        hours.update({f"{moment:%H:%M}": group.chats for moment in group.times})
        zones[group.zone] += group.chats
    return Headcount(known=await tx.subscribers.known(), subscribed=subscribed, topics=topics, hours=hours, zones=zones)


async def traffic(tx: Transaction, failures: int = 0) -> Traffic:
    """What waits, what went out, and up to so many of the last failures."""
    return Traffic(
        counts={str(state): count for state, count in (await tx.outbox.counts()).items()},
        oldest=await tx.outbox.oldest_queued(),
        held_since=await tx.control.held_since(),
        failures=await tx.outbox.failures(failures) if failures else (),
    )


def story_at(edition: Edition, number: int) -> int | None:
    """The story of a numbered line of an edition; None where no line has the number."""
    if not 1 <= number <= len(edition.lines):
        return None
    line = edition.lines[number - 1]
    match line.kind:
        case LineKind.STORY:
            return edition.stories[line.at].story
        case LineKind.FIGURE:
            return edition.figures[line.at].story
        case LineKind.DEADLINE:
            return edition.deadlines[line.at].story


async def withdraw(tx: Transaction, story: int, now: datetime) -> int | None:
    """Take a story out of everything that is told from now on, and send one line to those who were told it.

    What repeats the story later is taken for it, and is withheld as well; what follows it up is another story.

    Returns:
        How many chats are told; None where there is no such story, or it was withdrawn before.
    """
    thread: Thread | None = (await tx.stories.threads([story])).get(story)
    if thread is None or not await tx.control.withdraw_story(story, thread.headline, now):
        return None
    keys = await tx.articles.retract(story)
    chats = await _told_of(tx, story, keys, now)
    queued = 0
    for start in range(0, len(chats), _PAGE):
        readers = await tx.subscribers.several(chats[start : start + _PAGE])
        items = [
            notice(
                reader,
                render_withdrawal(thread.headline, words_in(reader.language)),
                Kind.CORRECTION,
                f"withdrawn:{reader.chat_id}:{story}",
                now,
            )
            for reader in readers.values()
            if reader.active
        ]
        queued += await tx.outbox.put_all(items, now)
    _log.warning("story_withdrawn", story=story, readers=queued)
    return queued


async def _told_of(tx: Transaction, story: int, article_keys: Sequence[str], now: datetime) -> list[int]:
    """The chats that a story was told, in an edition or as an alert.

    What still waits to go out is recalled, and is not told at all: those editions are due again in a minute, without it.
    """
    editions: set[int] = set()
    for key in article_keys:
        for stored in await tx.editions.drawing_on(key):
            edition = load_edition(stored.body)
            told = {one.story for one in edition.stories} | {one.story for one in edition.figures}
            if story in told | {one.story for one in edition.deadlines}:
                editions.add(stored.id)
    recalled = await tx.outbox.recall(sorted(editions), _WITHDRAWN, now)
    await tx.subscribers.schedule(dict.fromkeys(recalled, now + _AGAIN_AFTER))
    chats = set(await tx.editions.readers_of(sorted(editions)))
    return sorted(chats | await _alerted_of(tx, story, now))


async def _alerted_of(tx: Transaction, story: int, now: datetime) -> set[int]:
    alerted = await tx.alerts.readers_of(story)
    spared: set[int] = set()
    for start in range(0, len(alerted), _PAGE):
        keys = [alert_key(chat_id, story) for chat_id in alerted[start : start + _PAGE]]
        spared |= await tx.outbox.recall_keys(keys, _WITHDRAWN, now)
    return set(alerted) - spared


async def announce(tx: Transaction, number: int, now: datetime) -> int | None:
    """Queue a drafted announcement for every chat that can be written to; None where it is none, or was sent before."""
    body = await tx.control.publish(number, now)
    if body is None:
        return None
    message, queued, after = Message(body), 0, None
    while page := await tx.subscribers.active_after(after, _PAGE):
        items = [
            notice(reader, message, Kind.NOTICE, f"announcement:{number}:{reader.chat_id}", now)
            for reader in page
            if reader.active
        ]
        queued += await tx.outbox.put_all(items, now)
        after = page[-1].chat_id
    _log.info("announcement_queued", number=number, readers=queued)
    return queued
