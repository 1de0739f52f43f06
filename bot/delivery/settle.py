"""Writes down what became of a send: each verdict has one consequence, by the kind of the message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import InputFile

from bot.delivery.outcome import Outcome, Verdict
from bot.store import Attachment, Kind, OutboxItem, Transaction

RESEND_AFTER = timedelta(seconds=1)
"""How long a reply or reminder waits that may or may not have arrived."""

MAX_UNCLEAR = 1
"""A reply or reminder is sent again once after an unclear answer; an edition never."""

_PLAIN = frozenset(
    {"business_connection_id", "caption", "chat_id", "direct_messages_topic_id", "disable_notification"}
    | {"document", "link_preview_options", "message_id", "message_thread_id", "photo", "text"}
)
"""What stays of a message that Telegram refused: where it goes and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """A claimed row and how its send ended; ``outcome`` None: it was answered, with ``message_id`` where there is one.

    ``held``: it never went out, because a pause began or the bot is stopping.
    """

    item: OutboxItem
    outcome: Outcome | None = None
    message_id: int | None = None
    held: bool = False

    @property
    def ended(self) -> str:
        """How, in one word."""
        if self.held:
            return "held"
        return str(Verdict.SENT if self.outcome is None else self.outcome.verdict)


async def settle(tx: Transaction, landed: Sequence[Landed], now: datetime) -> None:
    """Write down the results of several sends."""
    await tx.outbox.sent_all([(one.item.id, one.message_id) for one in landed if _arrived(one)], now)
    for one in landed:
        if one.held:
            await tx.outbox.retry(one.item.id, now, "held back", counted=False)
        elif one.outcome is not None and not _arrived(one):
            await _settle_failure(tx, one.item, one.outcome, now)


def params_of(item: OutboxItem) -> Mapping[str, Any]:
    """The parameters to send: those of the row and its file, bare of all markup where it was refused before.

    The chat is the row's, which may have moved since the parameters were written.
    """
    params = {name: value for name, value in item.params.items() if not item.plain or name in _PLAIN}
    if item.attachment is not None:
        params[item.attachment.field] = _input_file(item.attachment)
    return params | {"chat_id": item.chat_id} if "chat_id" in params else params


def _input_file(attachment: Attachment) -> InputFile:
    """The file as the library uploads it; without being told it would guess the media type from the name."""
    file = InputFile(attachment.content, attachment.filename)
    file.mimetype = attachment.media_type
    return file


def _arrived(one: Landed) -> bool:
    return not one.held and (one.outcome is None or one.outcome.verdict is Verdict.SENT)


async def _settle_failure(tx: Transaction, item: OutboxItem, outcome: Outcome, now: datetime) -> None:
    error = outcome.error
    match outcome.verdict:
        case Verdict.FLOOD | Verdict.UNSENT | Verdict.UNAUTHORISED:
            later = now + timedelta(seconds=outcome.retry_after_s)
            await tx.outbox.retry(item.id, later, error, counted=False)
        case Verdict.MIGRATED if outcome.chat_id is not None:
            await tx.outbox.migrate(item.chat_id, outcome.chat_id)
            await tx.outbox.retry(item.id, now, error, counted=False)
        case Verdict.GONE:
            await tx.outbox.gone(item.id, item.chat_id, error, now)
        case Verdict.REFUSED if not item.plain and set(item.params) - _PLAIN:
            await tx.outbox.simplify(item.id, now, error)
        case Verdict.REFUSED | Verdict.HOPELESS:
            await tx.outbox.parked(item.id, error, now)
        case Verdict.UNCLEAR if item.kind is not Kind.EDITION and item.unclear < MAX_UNCLEAR:
            await tx.outbox.retry(item.id, now + RESEND_AFTER, error, unclear=True)
        case _:
            await tx.outbox.uncertain(item.id, error, now)
