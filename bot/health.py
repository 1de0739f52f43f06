"""Knows which part of the bot is ill, says so on a page for machines, and tells the operators once per incident."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Protocol

import structlog

from bot.catalogue import Words, words_in
from bot.press.times import date_text
from bot.store import Kind, Lane, NewOutboxItem, Store, Turn
from models.api import Article, ModelUnavailable, Reader, Reading

WATCH_S = 5.0
"""Between two judgements."""

PROBE_S = 10.0
"""Between two writes to the database that prove that it takes them."""

SETTLED_S = 15.0
"""All must be well for this long before an incident is over: what comes and goes is one incident."""

LOADING_S = 180.0
"""A slow machine takes this long to load the models, which is no illness."""

_TELL_WITHIN_S = 5.0

_log = structlog.get_logger()


class Part(StrEnum):
    """What can be ill by itself."""

    DATABASE = "database"
    TELEGRAM = "telegram"
    TICK = "tick"
    MODELS = "models"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What is known of a part, in seconds of a monotonic clock.

    ``owed_since_s`` is since when it owes a success (None: nothing was asked of it), ``error`` how it failed last
    since then, ``seen`` whether it ever succeeded.
    """

    owed_since_s: float | None
    error: str | None = None
    seen: bool = False


def allowances(tick_s: float, *, slow_models: bool) -> dict[Part, float]:
    """How many seconds each part of a bot may owe a success before it is ill: so that a minute after it stopped this shows."""
    return {
        Part.DATABASE: 30.0,
        Part.TELEGRAM: 55.0,  # a long poll without news takes 25 s
        Part.TICK: tick_s + 30.0,
        Part.MODELS: 600.0 if slow_models else 55.0,  # a batch of a large model on a CPU takes minutes
    }


def judge(signs: Mapping[Part, Sign], allowed_s: Mapping[Part, float], now_s: float) -> dict[Part, str]:
    """The parts that are ill, each with the reason; of those that are allowed a time."""
    ill: dict[Part, str] = {}
    for part in allowed_s:
        sign = signs[part]
        owed_s = 0.0 if sign.owed_since_s is None else now_s - sign.owed_since_s
        loading = part is Part.MODELS and not sign.seen and sign.error is None
        if owed_s > allowed_s[part] + (LOADING_S if loading else 0.0):
            ill[part] = f"no success for {owed_s:.0f} s" + (f", {sign.error}" if sign.error else "")
    return ill


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A time in which some part was ill: all that were, and since when none is."""

    began: datetime
    parts: frozenset[Part]
    well_since_s: float | None = None


Notice = Callable[[Words], str]
"""What operators are told, in the words of each."""


def step(
    incident: Incident | None, ill: Mapping[Part, str], now: datetime, now_s: float
) -> tuple[Incident | None, Notice | None]:
    """The incident after one more judgement, and what the operators are to be told, if anything."""
    if ill:
        if incident is None:
            return Incident(began=now, parts=frozenset(ill)), partial(_began, now=now, ill=dict(ill))
        return replace(incident, parts=incident.parts | ill.keys(), well_since_s=None), None
    if incident is None:
        return None, None
    if incident.well_since_s is None:
        return replace(incident, well_since_s=now_s), None
    if now_s - incident.well_since_s < SETTLED_S:
        return incident, None
    return None, partial(_over, now=now, incident=incident)


def _began(words: Words, *, now: datetime, ill: Mapping[Part, str]) -> str:
    why = "; ".join(f"{part} ({reason})" for part, reason in ill.items())
    # L10n: {moment} is as in "1 July, 06:00"; {parts} names parts of the bot in English, as its logs do.
    return words("Sitrep is ill since {moment} UTC: {parts}.", moment=_moment(words, now), parts=why)


def _over(words: Words, *, now: datetime, incident: Incident) -> str:
    minutes = max(1, round((now - incident.began).total_seconds() / 60))
    # L10n: {moment} is as in "1 July, 06:00"; {parts} names parts of the bot in English, as its logs do.
    return words.plural(
        "Sitrep is well again, {moment} UTC, after {count} minute. Ill were: {parts}.",
        "Sitrep is well again, {moment} UTC, after {count} minutes. Ill were: {parts}.",
        minutes,
        moment=_moment(words, now),
        parts=", ".join(part for part in Part if part in incident.parts),
    )


def _moment(words: Words, now: datetime) -> str:
    return f"{date_text(now, 'MMMMd', words)}, {now:%H:%M}"


class Pulse:
    """Collects the signs of life; may be told of them from any thread."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        begun = monotonic()
        self._signs = {part: Sign(owed_since_s=None if part is Part.MODELS else begun) for part in Part}

    def well(self, part: Part) -> None:
        """It did what it is for. The models then rest; the others owe the next success from now on."""
        self._signs[part] = Sign(owed_since_s=None if part is Part.MODELS else self._monotonic(), seen=True)

    def asked(self, part: Part) -> None:
        """Something is asked of it that it owes from now on."""
        sign = self._signs[part]
        if sign.owed_since_s is None:
            self._signs[part] = replace(sign, owed_since_s=self._monotonic())

    def rests(self, part: Part) -> None:
        """It is the work of another process, and owes nothing here until it is asked."""
        self._signs[part] = Sign(owed_since_s=None, seen=True)

    def failed(self, part: Part, error: BaseException) -> None:
        """It did not do what it is for."""
        self._signs[part] = replace(self._signs[part], error=type(error).__name__)

    @property
    def now_s(self) -> float:
        """The clock that the signs are in."""
        return self._monotonic()

    @property
    def signs(self) -> dict[Part, Sign]:
        """All signs as they are."""
        return dict(self._signs)


class WatchedReader:
    """A ``Reader`` whose work is a sign of life of the models."""

    def __init__(self, reader: Reader, pulse: Pulse) -> None:
        self._reader = reader
        self._pulse = pulse

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """See ``Reader.read``."""
        self._pulse.asked(Part.MODELS)
        try:
            readings = self._reader.read(articles)
        except ModelUnavailable as error:
            self._pulse.failed(Part.MODELS, error)
            raise
        except Exception:
            self._pulse.well(Part.MODELS)  # a text that cannot be read is no illness
            raise
        self._pulse.well(Part.MODELS)
        return readings


class Caller(Protocol):
    """The one method of ``telegram.Bot`` that is used."""

    async def do_api_request(self, endpoint: str, api_kwargs: Any = None) -> Any:
        """Call a Bot API method."""
        ...


class Health:
    """Judges every few seconds, and tells the operators of each incident: when it begins, and when it is over.

    They are told through the outbox, so that news of an outage of Telegram's arrives after it; where the database is
    what is ill, at once and past it. ``allowed_s`` names the parts that this process has; without a ``bot`` nobody is told.
    """

    def __init__(
        self,
        store: Store,
        bot: Caller | None,
        pulse: Pulse,
        allowed_s: Mapping[Part, float],
        clock: Callable[[], datetime],
        *,
        admins: Sequence[int] = (),
        watch_s: float = WATCH_S,
        probe_s: float = PROBE_S,
    ) -> None:
        self._store = store
        self._bot = bot
        self._pulse = pulse
        self._allowed_s = allowed_s
        self._clock = clock
        self._admins = admins
        self._watch_s = watch_s
        self._probe_s = probe_s
        self._incident: Incident | None = None

    async def run(self) -> None:
        """Watch until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._probe())
            tasks.create_task(self._watch())

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is watched."""
        return tuple(self._allowed_s)

    @property
    def ill(self) -> dict[Part, str]:
        """The parts that are ill now, with reasons."""
        return judge(self._pulse.signs, self._allowed_s, self._pulse.now_s)

    @property
    def ready(self) -> bool:
        """Whether every part that is always at work has succeeded once, and none is ill."""
        signs = self._pulse.signs
        seen = all(signs[part].seen for part in self.parts if part is not Part.MODELS)
        return seen and not self.ill

    async def look(self) -> None:
        """Judge once, and tell who is to be told."""
        ill = self.ill
        before, now = self._incident, self._clock()
        self._incident, said = step(before, ill, now, self._pulse.now_s)
        if said is None:
            return
        began = (self._incident or before or Incident(began=now, parts=frozenset())).began
        over = self._incident is None
        if over:
            _log.info("incident_over", began=began.isoformat())
        else:
            _log.error("incident_began", **ill)
        await self._tell(f"notice:incident:{began.isoformat()}:{'over' if over else 'began'}", said, ill)

    async def _watch(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(self._watch_s)

    async def _probe(self) -> None:
        while True:
            try:
                await self._store.prove(self._clock())
            except Exception as error:  # noqa: BLE001  whatever it is, the database did not take a write
                self._pulse.failed(Part.DATABASE, error)
            else:
                self._pulse.well(Part.DATABASE)
            await asyncio.sleep(self._probe_s)

    async def _spoken(self, ill: Mapping[Part, str]) -> dict[int, str]:
        """The language of each operator; none where the database that knows it is ill, so that English has to do."""
        if Part.DATABASE in ill:
            return {}
        try:
            async with asyncio.timeout(_TELL_WITHIN_S), self._store.read() as tx:
                known = await tx.subscribers.several(self._admins)
        except Exception as error:  # noqa: BLE001  then in English
            _log.warning("languages_not_known", error=type(error).__name__)
            return {}
        return {admin: reader.language for admin, reader in known.items()}

    async def _tell(self, key: str, notice: Notice, ill: Mapping[Part, str]) -> None:
        if self._bot is None:
            return
        spoken = await self._spoken(ill)
        items = [
            NewOutboxItem(
                chat_id=admin,
                lane=Lane.REPLY,
                kind=Kind.NOTICE,
                method="sendMessage",
                params={"chat_id": admin, "text": notice(words_in(spoken.get(admin)))},
                dedupe_key=f"{key}:{admin}",
            )
            for admin in self._admins
        ]
        if Part.DATABASE not in ill:
            try:
                async with asyncio.timeout(_TELL_WITHIN_S), self._store.begin(Turn.NONE) as tx:
                    await tx.outbox.put_all(items, self._clock())
            except Exception as error:  # noqa: BLE001  then past the outbox
                _log.warning("notice_not_stored", error=type(error).__name__)
            else:
                return
        for item in items:
            try:
                async with asyncio.timeout(_TELL_WITHIN_S):
                    await self._bot.do_api_request(item.method, api_kwargs=dict(item.params))
            except Exception as error:  # noqa: BLE001  the log has it
                _log.warning("notice_not_sent", error=type(error).__name__)
