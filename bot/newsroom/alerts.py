"""Owns alerts: what of a filed article is told at once, to whom, and that nobody is told too often."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.catalogue import words_in
from bot.desk.filed import FiledArticle
from bot.desk.memory import Relation
from bot.desk.wishes import Wordbook, folded
from bot.newsroom.followers import tell_followers
from bot.newsroom.notice import notice
from bot.newsroom.unbroken import unbroken
from bot.press.alert import Changed, render_alert
from bot.store import ALERT_FOLLOWED, Alarm, Kind, NewOutboxItem, Reason, Store, Subscriber, Transaction, Turn
from bot.store.alerts import word_term
from models.api import NOT_NEWS

MAX_PER_HOUR = 4
"""Alerts a chat gets within an hour; what comes beyond waits for the next edition, which tells it anyway."""

FRESH = timedelta(hours=3)
"""What was published longer ago than this is no alert: it came late, or the bot was away."""

PAGE = 500
LOOK_AGAIN_S = 60.0
_HOUR = timedelta(hours=1)
_ALARMS = 20
_TEXT = 0

_log = structlog.get_logger()


async def raise_alarm(tx: Transaction, filed: FiledArticle, now: datetime, *, opened: bool) -> None:
    """Note, in the transaction that files an article, that it opens a story or changes what was told.

    Costs one row, however many readers want to hear of it.
    """
    if now - filed.article.published > FRESH:
        return
    if opened:
        await tx.alerts.raise_(filed.article.key, Reason.OPENED, now)
    elif await _says_otherwise(tx, filed):
        await tx.alerts.raise_(filed.article.key, Reason.CHANGED, now)


async def _says_otherwise(tx: Transaction, filed: FiledArticle) -> bool:
    """Whether there are ``_changes``; costs less than to say which."""
    if filed.reading.figures and await tx.ledger.has_news(filed.article.key):
        return True
    return bool(await _changed_days(tx, filed))


async def _changes(tx: Transaction, filed: FiledArticle) -> list[Changed]:
    """The figures and days of an article that change what was told, in the order of the article."""
    found: list[Changed] = []
    if filed.reading.figures:
        notes = await tx.ledger.notes([filed.article.key])
        for figure in filed.reading.figures:
            note = notes.get((filed.article.key, figure.span))
            if note is not None and note.relation in {Relation.CHANGE, Relation.CORRECTION}:
                found.append(Changed(figure, note.before.figure if note.before is not None else None))
    return found + await _changed_days(tx, filed)


async def _changed_days(tx: Transaction, filed: FiledArticle) -> list[Changed]:
    found: list[Changed] = []
    if filed.reading.deadlines:
        book = await tx.book.notes([filed.article.key])
        for deadline in filed.reading.deadlines:
            entry = book.get((filed.article.key, deadline.span))
            if entry is not None and entry.moved_from is not None:
                found.append(Changed(deadline, entry.moved_from))
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What one alarm tells, and what readers are chosen by; ``line`` are the story and those it follows."""

    alarm: Alarm
    filed: FiledArticle
    changes: Sequence[Changed]
    line: frozenset[int]
    book: Wordbook

    def wanted_by(self, reader: Subscriber, now: datetime) -> bool:
        """Whether a reader who was found by a topic or by the first word of a phrase wants it."""
        wishes = reader.wishes
        away = wishes.paused_until is not None and wishes.paused_until > now
        if not reader.active or not reader.subscribed or away or self.line & wishes.muted_stories:
            return False
        outlets = {outlet.casefold() for outlet in wishes.sources}
        if (outlets and self.filed.article.outlet.casefold() not in outlets) or self._holds(wishes.mute):
            return False
        topics = {topic.code for topic in self.filed.reading.topics}
        by_topic = self.alarm.reason is Reason.OPENED and bool(topics & wishes.alerts)
        return by_topic or (ALERT_FOLLOWED in wishes.alerts and self._holds(wishes.follow))

    def _holds(self, phrases: frozenset[str]) -> bool:
        return any(self.book.holding(phrase) for phrase in phrases)

    @property
    def terms(self) -> list[str]:
        """What the wishes for it are filed under: topics where it opens a story, and the words of its text."""
        article, reading = self.filed.article, self.filed.reading
        codes = {topic.code for topic in reading.topics} if self.alarm.reason is Reason.OPENED else set()
        words = set(folded(f"{reading.headline} {article.text}").split())
        return sorted(codes - {NOT_NEWS}) + sorted(map(word_term, words))


class Alerting:
    """Tells those who want to know at once, apart from the filing of articles, which it never holds up.

    An alarm is settled once everybody has been told; killed before that, it starts again, and ``alert:{chat}:{story}``
    keeps anybody from being told twice.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._work = asyncio.Event()

    def wake(self) -> None:
        """Say that an article was filed."""
        self._work.set()

    async def run(self) -> None:
        """Tell until cancelled; a failure of any kind is logged and tried again."""
        while True:
            self._work.clear()
            try:
                while await unbroken(self.run_once()):
                    pass
            except Exception as error:  # noqa: BLE001  the loop outlives a locked or full database
                _log.exception("alerts_interrupted", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN_S):  # wait_for may lose a cancellation (Python 3.11)
                    await self._work.wait()

    async def run_once(self) -> int:
        """See to the oldest alarms; returns how many there were."""
        async with self._store.read() as tx:
            raised = await tx.alerts.raised(_ALARMS)
        for alarm in raised:
            told = await self._told(alarm)
            readers = 0 if told is None else await tell_followers(self._store, told.filed, self._clock())
            readers += 0 if told is None else await self._tell(told)
            async with self._store.begin(Turn.MAIL) as tx:
                await tx.alerts.settle(alarm.id)
            if readers:
                _log.info("alerts_queued", article=alarm.article_key, readers=readers)
        return len(raised)

    async def _told(self, alarm: Alarm) -> _Told | None:
        """What there is to tell still; nothing of an article that is gone, old by now, or of a withdrawn story."""
        async with self._store.read() as tx:
            filed = await tx.articles.get(alarm.article_key)
            if filed is None or self._clock() - filed.article.published > FRESH:
                return None
            if await tx.control.withdrawn([filed.story]):
                return None
            line = frozenset({filed.story, *await tx.stories.threads([filed.story])})
            changes = await _changes(tx, filed)
        text = Wordbook({_TEXT: [filed.reading.headline, filed.article.text]})
        return _Told(alarm, filed, changes, line, text)

    async def _tell(self, told: _Told) -> int:
        async with self._store.read() as tx:
            terms = await tx.alerts.wished(told.terms)
        readers = 0
        for term in terms:
            after: int | None = None
            while True:
                async with self._store.begin(Turn.MAIL) as tx:
                    chats = await tx.alerts.wishing(term, after, PAGE)
                    if not chats:
                        break
                    readers += await self._tell_page(tx, told, chats)
                after = chats[-1]
        return readers

    async def _tell_page(self, tx: Transaction, told: _Told, chats: Sequence[int]) -> int:
        now, story = self._clock(), told.filed.story
        known = await tx.alerts.told(story, chats)
        lately = await tx.alerts.counts(chats, now - _HOUR)
        readers = await tx.subscribers.several([chat for chat in chats if chat not in known])
        wanted = [
            reader
            for chat, reader in readers.items()
            if lately.get(chat, 0) < MAX_PER_HOUR and told.wanted_by(reader, now)
        ]
        await tx.alerts.tell(story, [reader.chat_id for reader in wanted], now)
        return await tx.outbox.put_all([_item(reader, told, now) for reader in wanted], now)


def alert_key(chat_id: int, story: int) -> str:
    """The dedupe key of an alert: one a chat and story, for ever."""
    return f"alert:{chat_id}:{story}"


def _item(reader: Subscriber, told: _Told, now: datetime) -> NewOutboxItem:
    message = render_alert(told.filed, told.changes, words_in(reader.language), now=now, zone=reader.zone)
    return notice(reader, message, Kind.ALERT, alert_key(reader.chat_id, told.filed.story), now)
