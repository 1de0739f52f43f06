"""What crosses the store's boundary: plain frozen records, every instant aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Literal

from bot.desk.profile import Length, Profile, Window
from models.api import Article

Params = Mapping[str, Any]
"""Parameters of one Bot API call, as JSON: whatever that method takes."""


class Bell(StrEnum):
    """What processes tell each other: that updates were stored, the outbox filled, an article filed, a brought text read."""

    INBOX = "inbox"
    OUTBOX = "outbox"
    FILED = "filed"
    ANSWERED = "answered"


BELLS = "sitrep"
"""The channel of the database on which they are rung."""


class Lane(StrEnum):
    """Who waits behind whom: a reader who asked comes before those who are being told."""

    REPLY = "reply"
    BROADCAST = "broadcast"


LANES = (Lane.REPLY, Lane.BROADCAST)
"""The order in which lanes are served."""


class Kind(StrEnum):
    """What a message is, which decides what an unclear delivery means for it."""

    REPLY = "reply"
    EDITION = "edition"
    REMINDER = "reminder"
    CORRECTION = "correction"
    ALERT = "alert"
    NOTICE = "notice"


class State(StrEnum):
    """Where an outbox row stands. ``queued`` and ``sending`` are open, the others final."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    PARKED = "parked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One raw update that waits for its effect."""

    update_id: int
    chat_key: int
    raw: str
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedArticle:
    """An article that waits to be read. ``revision`` goes up with every edit; ``attempts`` counts failed readings."""

    article: Article
    revision: int
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a reader may choose beside topics, hours and zone.

    ``days`` are local days of the week, Monday 0. No edition is due before ``paused_until``. In the ``quiet`` hours, from
    the first up to the second, nothing comes but editions and answers. ``follow`` and ``mute`` are words and phrases as
    the reader wrote them, ``sources`` outlets (none: all), ``muted_stories`` stories to leave out with what follows them.
    ``alerts`` are topic codes whose news is told at once, and ``ALERT_FOLLOWED`` for followed words; ``figures`` are the
    series whose changes are. ``sends_empty``: an edition with nothing in it is sent, as one line. ``language_chosen``: the reader chose the language; Telegram did not.
    """

    days: frozenset[int] = frozenset(range(7))
    paused_until: datetime | None = None
    quiet: tuple[time, time] | None = None
    follow: frozenset[str] = frozenset()
    mute: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    muted_stories: frozenset[int] = frozenset()
    alerts: frozenset[str] = frozenset()
    figures: frozenset[int] = frozenset()
    sends_empty: bool = True
    length: Length = Length.SHORT
    language_chosen: bool = False


ALERT_FOLLOWED = "followed"
"""In ``Wishes.alerts``: news of the words that the reader follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One chat and what it asked for.

    ``topics`` empty means all; ``times`` are local hours in ``zone``. ``watermark`` is the instant up to which the
    chat has surely been told; it moves only on a confirmed delivery. ``uncertain`` is set by the store when an edition
    since the watermark may or may not have arrived. ``active`` is False when Telegram says that the chat is gone.
    ``thread_id`` is the topic of a forum that editions go to.
    """

    chat_id: int
    kind: str
    language: str
    subscribed: bool
    active: bool
    topics: frozenset[str]
    times: tuple[time, ...]
    zone: str
    watermark: datetime | None
    next_due_at: datetime | None
    created_at: datetime
    uncertain: bool = False
    wishes: Wishes = Wishes()
    thread_id: int | None = None

    @property
    def profile(self) -> Profile:
        """What an edition for this chat is composed by."""
        return Profile(
            topics=self.topics,
            zone=self.zone,
            follow=self.wishes.follow,
            mute=self.wishes.mute,
            sources=self.wishes.sources,
            muted_stories=self.wishes.muted_stories,
            length=self.wishes.length,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a call: the Bot API's parameter that takes it, what it is called, and its bytes."""

    field: Literal["photo", "document"]
    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutboxItem:
    """A Bot API call to be made.

    ``dedupe_key`` is unique for ever: ``reply:{update_id}:{n}``, ``edition:{chat}:{kind}:{local_day}:{slot}:{part}``.
    ``watermark`` is what the reader has been told up to once all ``parts`` of ``edition_id`` are sent. ``not_before`` is
    when it is due, for an edition the reader's hour, from which its lateness counts; now where it is None.
    ``attachment`` is kept until the call is settled for good.
    """

    chat_id: int
    lane: Lane | Literal["reply", "broadcast"]
    kind: Kind | Literal["reply", "edition", "reminder", "correction", "alert", "notice"]
    method: str
    params: Params
    dedupe_key: str
    edition_id: int | None = None
    part: int = 1
    parts: int = 1
    watermark: datetime | None = None
    not_before: datetime | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """A claimed row: ``attempts`` includes this one, ``unclear`` counts earlier live sends whose fate is unknown.

    ``update`` is the number of the update that a reply answers, ``article`` the key of the article that a correction is of,
    ``story`` that of an alert or a withdrawal.
    """

    id: int
    chat_id: int
    lane: Lane
    kind: Kind
    method: str
    params: Params
    edition_id: int | None
    part: int
    parts: int
    attempts: int
    unclear: int
    plain: bool
    attachment: Attachment | None = None
    update: int | None = None
    article: str | None = None
    story: int | None = None

    @property
    def origin(self) -> dict[str, int | str]:
        """What it goes out for, as far as that is known: ``edition``, ``update``, ``article`` or ``story``, for the log."""
        known = {"edition": self.edition_id, "update": self.update, "article": self.article, "story": self.story}
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryReport:
    """What was done on start with rows that a dead process left ``sending``."""

    uncertain: int
    requeued: int
    parked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A call that was given up, or that may or may not have been carried out; to whom is not said."""

    kind: str
    method: str
    state: str
    error: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEdition:
    """An edition as it was composed: ``body`` is its JSON."""

    id: int
    profile_key: str
    window: Window
    body: str
    created_at: datetime
