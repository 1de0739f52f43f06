"""Once a minute: who is due, one edition for all who share it, worded in each of their languages, and its deliveries."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.catalogue import Words, words_in
from bot.delivery.schedule import LATEST, last_due, next_due, slot_of
from bot.desk.corrections import articles_told
from bot.desk.edition import Edition
from bot.desk.profile import Profile, Window
from bot.observer import NOBODY, Observer
from bot.press.edition import lay_out
from bot.press.message import Keyboard, Message, keyboard_params
from bot.store import Kind, Lane, NewOutboxItem, State, Store, Subscriber, Transaction, Turn, dump_edition

PAGE = 200
"""Subscribers served in one transaction."""

FIRST_SPAN = timedelta(hours=24)
"""What an edition covers for a reader who has had none yet, or none for longer than ``LONGEST_CATCH_UP``."""

LONGEST_CATCH_UP = timedelta(days=8)
"""A week, for those who have one edition in it, and what a tick or a change of clocks may be late."""

_log = structlog.get_logger()

Compose = Callable[[Profile, Window, datetime, bool], Awaitable[Edition]]
"""``(profile, window, next edition, uncertain)``: the edition for everybody who shares these."""


class Render(Protocol):
    """Turns an edition into messages in a language, at least one."""

    def __call__(self, edition: Edition, words: Words) -> Sequence[Message]:
        """The messages of an edition, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Brief:
    """What two readers must share to get the same edition."""

    profile: Profile
    window: Window
    next_edition: datetime
    uncertain: bool


@dataclass(slots=True)
class _Printed:
    body: str
    params: Sequence[Mapping[str, Any]]
    """Of each message, without the chat: worked out once, for all who get it in this language."""
    is_empty: bool
    articles: frozenset[str]
    edition_id: int | None = None

    def put_under(self, keyboard: Keyboard) -> None:
        """Put buttons under the last message."""
        if keyboard:
            self.params = [*self.params[:-1], {**self.params[-1], "reply_markup": keyboard_params(keyboard)}]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A reader who is due, for which hour, and what with: None where the schedule names no hours or a zone that is no more."""

    reader: Subscriber
    brief: Brief | None
    hour: datetime
    language: str
    """The locale it is worded in: readers whose languages we do not speak share English."""


class _Press:
    """What one run of the tick has made so far: each edition composed once, and printed once per language."""

    def __init__(self, compose: Compose, render: Render, observer: Observer) -> None:
        self._compose = compose
        self._render = render
        self._observer = observer
        self._composed: dict[Brief, Edition | None] = {}
        self._printed: dict[tuple[Brief, str], _Printed | None] = {}

    def __len__(self) -> int:
        return len(self._composed)

    async def make(self, brief: Brief, language: str) -> None:
        """Have an edition ready in a language, unless it is already."""
        if (brief, language) not in self._printed:
            self._printed[brief, language] = await self._print(brief, language)

    def of(self, brief: Brief, language: str) -> _Printed | None:
        """An edition in a language; None where it could not be made: its readers stay due, and nobody else waits."""
        return self._printed[brief, language]

    async def _print(self, brief: Brief, language: str) -> _Printed | None:
        began = time.perf_counter()
        try:
            edition = await self._edition(brief)
            if edition is None:
                return None
            words = words_in(language)
            laid = await asyncio.to_thread(lay_out, edition, words)
            messages = self._render(laid, words)
        except Exception:  # noqa: BLE001  one profile's edition must not cost the others theirs
            _log.exception("edition_failed", profile=_profile_key(brief.profile), language=language)
            self._observer.edition_composed("failed", time.perf_counter() - began)
            return None
        self._observer.edition_composed("empty" if laid.is_empty else "told", time.perf_counter() - began)
        params = [message.params() for message in messages]
        return _Printed(dump_edition(laid), params, laid.is_empty, articles_told(laid))

    async def _edition(self, brief: Brief) -> Edition | None:
        if brief not in self._composed:
            self._composed[brief] = None
            self._composed[brief] = await self._compose(
                brief.profile, brief.window, brief.next_edition, brief.uncertain
            )
        return self._composed[brief]


class Tick:
    """Composes and queues the editions that are due.

    A reader's window runs from the watermark to now; one without a watermark gets that of the window's start, so that a
    first edition which does not arrive is owed like any other. Editions that still wait to go out are folded into the new one,
    which covers the same time again; while one is on the wire its reader is left for the next tick. An edition that would
    come, or has waited, longer than ``latest`` after its hour is folded into the next one as well. ``keyboard`` makes the
    buttons under an edition from its number and the words.
    """

    def __init__(
        self,
        store: Store,
        compose: Compose,
        render: Render,
        clock: Callable[[], datetime],
        *,
        latest: timedelta = LATEST,
        keyboard: Callable[[int, Words], Keyboard] = lambda *_: (),
        observer: Observer = NOBODY,
    ) -> None:
        self._latest = latest
        self._keyboard = keyboard
        self._observer = observer
        self._store = store
        self._compose = compose
        self._render = render
        self._clock = clock

    async def __call__(self) -> int:
        """``run_once`` at the time it is: what a scheduler calls."""
        return await self.run_once(self._clock())

    async def run_once(self, now: datetime) -> int:
        """Serve everybody whose hour has come; returns how many readers were.

        A reader who missed several hours gets one edition. Run twice, or killed between two pages and run again, it
        queues nothing twice: the keys are unique per reader, local day and slot.
        """
        await self._fold(now)
        page = await self._page(now, None)
        if not page:
            return 0
        async with self._store.begin(Turn.MAIL) as tx:
            await tx.articles.seal(now)
        press = _Press(self._compose, self._render, self._observer)
        served = 0
        while page:
            turns = [_turn(reader, now) for reader in page]
            for turn in turns:
                if turn.brief is not None and not self._is_late(turn, now):
                    await press.make(turn.brief, turn.language)
            async with self._store.begin(Turn.MAIL) as tx:
                served += await self._queue(tx, turns, press, now)
            page = await self._page(now, page[-1])
        _log.info("editions_queued", readers=served, editions=len(press))
        return served

    def _is_late(self, turn: _Turn, now: datetime) -> bool:
        return now - turn.hour > self._latest

    async def _fold(self, now: datetime) -> None:
        """Drop what has waited too long: the next edition tells it."""
        before = now - self._latest
        async with self._store.read() as tx:
            if not await tx.outbox.has_late(before):
                return
        async with self._store.begin(Turn.MAIL) as tx:
            messages = await tx.outbox.fold_late(before, now)
        _log.warning("late_editions_folded", messages=messages)

    async def _page(self, now: datetime, after: Subscriber | None) -> list[Subscriber]:
        async with self._store.read() as tx:
            return await tx.subscribers.due(now, PAGE, after)

    async def _queue(
        self,
        tx: Transaction,
        turns: Sequence[_Turn],
        press: _Press,
        now: datetime,
    ) -> int:
        """Queue the editions of a page for those who still want them as they did when the page was read."""
        chats = [turn.reader.chat_id for turn in turns]
        current = await tx.subscribers.several(chats)
        under_way = await tx.outbox.open_editions(chats)
        items: list[NewOutboxItem] = []
        due_next: dict[int, datetime | None] = {}
        owed_from: list[tuple[int, datetime]] = []
        nothing_owed: list[tuple[int, datetime]] = []
        missed = 0
        for turn in turns:
            reader, brief = turn.reader, turn.brief
            chat_id = reader.chat_id
            if brief is None:
                due_next[chat_id] = None
                continue
            if self._is_late(turn, now):
                if current.get(chat_id) == reader:
                    due_next[chat_id] = brief.next_edition
                    owed_from.append((chat_id, window_of(reader, turn.hour).start))
                    missed += 1
                continue
            made = press.of(brief, turn.language)
            if made is None or current.get(chat_id) != reader or under_way.get(chat_id) is State.SENDING:
                continue
            if chat_id in under_way:
                await tx.outbox.drop(chat_id, "folded into the next edition", now, kinds=[Kind.EDITION])
            if made.edition_id is None:
                made.edition_id = await tx.editions.add(
                    made.body,
                    f"{turn.language}|{_profile_key(brief.profile)}",
                    brief.window,
                    now,
                    articles=made.articles,
                )
                _log.info("edition_kept", edition=made.edition_id, articles=sorted(made.articles))
                made.put_under(() if made.is_empty else self._keyboard(made.edition_id, words_in(turn.language)))
            due_next[chat_id] = brief.next_edition
            if made.is_empty and not reader.wishes.sends_empty:
                nothing_owed.append((chat_id, brief.window.end))
                continue
            items += _deliveries(turn, brief, made)
            owed_from.append((chat_id, brief.window.start))
        await tx.outbox.put_all(items, now)
        await tx.subscribers.schedule(due_next)
        await tx.subscribers.told(owed_from, settled=False)
        await tx.subscribers.told(nothing_owed)
        if missed:
            _log.warning("hours_missed", readers=missed)
        return len(owed_from) + len(nothing_owed) - missed


def window_of(reader: Subscriber, now: datetime) -> Window:
    """What a reader's edition covers at ``now``: from the watermark, or the last day where that is missing or old."""
    start = reader.watermark
    if start is None or start < now - LONGEST_CATCH_UP or start > now:
        start = now - FIRST_SPAN
    return Window(start, now)


def _turn(reader: Subscriber, now: datetime) -> _Turn:
    language = str(words_in(reader.language).locale)
    try:
        days = reader.wishes.days
        following = next_due(reader.times, reader.zone, now, days)
        # Of several hours that were missed the last counts; an hour that the reader has given up since is still owed.
        hour = max(reader.next_due_at or now, last_due(reader.times, reader.zone, now, days))
    except (ValueError, KeyError):  # KeyError: what zoneinfo raises for an unknown zone
        _log.warning("schedule_unusable", chat=reader.chat_id, zone=reader.zone, hours=len(reader.times))
        return _Turn(reader, None, now, language)
    return _Turn(reader, Brief(reader.profile, window_of(reader, now), following, reader.uncertain), hour, language)


def _profile_key(profile: Profile) -> str:
    words = (sorted(words) for words in (profile.topics, profile.follow, profile.mute, profile.sources))
    muted = ",".join(map(str, sorted(profile.muted_stories)))
    return "|".join((profile.zone, profile.length, *map(",".join, words), muted))


def _deliveries(turn: _Turn, brief: Brief, made: _Printed) -> list[NewOutboxItem]:
    reader = turn.reader
    day, slot = slot_of(reader.times, reader.zone, turn.hour)
    stem = f"edition:{reader.chat_id}:daily:{day.isoformat()}:{slot}"
    thread = {} if reader.thread_id is None else {"message_thread_id": reader.thread_id}
    return [
        NewOutboxItem(
            chat_id=reader.chat_id,
            lane=Lane.BROADCAST,
            kind=Kind.EDITION,
            method="sendMessage",
            params={"chat_id": reader.chat_id, **thread, **params},
            dedupe_key=f"{stem}:{part}",
            edition_id=made.edition_id,
            part=part,
            parts=len(made.params),
            watermark=brief.window.end,
            not_before=turn.hour,
        )
        for part, params in enumerate(made.params, 1)
    ]
