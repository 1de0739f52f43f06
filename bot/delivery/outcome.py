"""What an error of a send means: one table, the one of RELIABILITY.md."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)


class Verdict(StrEnum):
    """What is known about a call that failed."""

    SENT = "sent"
    """Telegram has it already, as asked."""
    UNSENT = "unsent"
    """It surely did not arrive, and the network is to blame: all of it waits."""
    UNCLEAR = "unclear"
    """It may or may not have arrived."""
    FLOOD = "flood"
    """Nothing may be sent to anyone for ``retry_after_s``."""
    GONE = "gone"
    """The chat does not want us, or is no more."""
    MIGRATED = "migrated"
    """The chat has the id ``chat_id`` now."""
    REFUSED = "refused"
    """Telegram does not take it as it is."""
    HOPELESS = "hopeless"
    """Telegram will never take it, in no form."""
    UNAUTHORISED = "unauthorised"
    """The token is not (any longer) ours to use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A verdict with what it needs, and the name of the error for logs."""

    verdict: Verdict
    error: str
    retry_after_s: float = 0.0
    chat_id: int | None = None


_DESCRIPTIONS: tuple[tuple[str, Verdict], ...] = (
    ("message is not modified", Verdict.SENT),
    ("chat not found", Verdict.GONE),
    ("user is deactivated", Verdict.GONE),
    ("bot was kicked", Verdict.GONE),
    ("bot was blocked", Verdict.GONE),
    ("peer_id_invalid", Verdict.GONE),
    ("group chat was deactivated", Verdict.GONE),
    ("chat_write_forbidden", Verdict.GONE),
    ("chat_restricted", Verdict.GONE),
    ("not enough rights to send", Verdict.GONE),
    ("have no rights to send", Verdict.GONE),
    ("need administrator rights in the channel", Verdict.GONE),
    ("query is too old", Verdict.HOPELESS),
    ("query id is invalid", Verdict.HOPELESS),
    ("message to edit not found", Verdict.HOPELESS),
    ("message can't be edited", Verdict.HOPELESS),
    ("message to delete not found", Verdict.HOPELESS),
    ("message can't be deleted", Verdict.HOPELESS),
)
"""Descriptions of a 400 that say more than "bad request"; the Bot API gives no codes for them."""

_SURELY_UNSENT = (httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ConnectError, httpx.UnsupportedProtocol)

_CLOSED = ("not initialized", "client has been closed")
"""What PTB and httpx say of a client that is shut down."""

_DEFAULT_FLOOD_S = 5.0
"""A 429 that does not say how long."""


def classify(error: BaseException) -> Outcome:
    """What became of the call that raised ``error``; anything unknown is unclear."""
    name = type(error).__name__
    if isinstance(error, RetryAfter):
        after = error.retry_after
        seconds = after.total_seconds() if isinstance(after, timedelta) else float(after)
        return Outcome(verdict=Verdict.FLOOD, error=name, retry_after_s=seconds)
    if isinstance(error, ChatMigrated):
        return Outcome(verdict=Verdict.MIGRATED, error=name, chat_id=error.new_chat_id)
    if isinstance(error, Forbidden | BadRequest):
        return Outcome(verdict=_of_description(error), error=f"{name}: {error.message}")
    if isinstance(error, NetworkError):
        return _of_network(error)
    verdict = next((verdict for kind, verdict in _KINDS if isinstance(error, kind)), Verdict.UNCLEAR)
    if isinstance(error.__cause__, InvalidToken) and "unauthorized" in error.__cause__.message.lower():
        verdict = Verdict.UNAUTHORISED
    return Outcome(verdict=verdict, error=name)


_KINDS = ((EndPointNotFound, Verdict.HOPELESS), (InvalidToken, Verdict.UNAUTHORISED), (Conflict, Verdict.UNSENT))
"""PTB raises EndPointNotFound for a method that is not there and, once started, for a token that was revoked."""


def _of_description(error: Forbidden | BadRequest) -> Verdict:
    if isinstance(error, Forbidden):
        return Verdict.GONE
    said = error.message.lower()
    return next((verdict for words, verdict in _DESCRIPTIONS if words in said), Verdict.REFUSED)


def _of_network(error: NetworkError) -> Outcome:
    cause = error.__cause__
    name = type(cause or error).__name__
    if isinstance(cause, _SURELY_UNSENT):
        return Outcome(verdict=Verdict.UNSENT, error=name)
    if isinstance(cause, UnicodeError):  # raised here, while the request was put together
        return Outcome(verdict=Verdict.HOPELESS, error=name)
    if isinstance(cause, RuntimeError) and any(words in str(cause) for words in _CLOSED):
        return Outcome(verdict=Verdict.UNSENT, error=name)
    if cause is None and error.message.startswith("Too Many Requests"):
        return Outcome(verdict=Verdict.FLOOD, error=name, retry_after_s=_DEFAULT_FLOOD_S)
    return Outcome(verdict=Verdict.UNCLEAR, error=name)
