"""Owns the message that one reader is sent of their own accord between editions: an alert, a correction, a notice."""

from datetime import datetime

from bot.delivery.schedule import quiet_until
from bot.press.message import Message
from bot.store import Kind, Lane, NewOutboxItem, Subscriber


def notice(reader: Subscriber, message: Message, kind: Kind, key: str, now: datetime) -> NewOutboxItem:
    """A message for a reader's chat, in the topic where their digests go, at the end of their quiet hours.

    Args:
        reader: Who is told.
        message: What they are told, in their language.
        kind: What it is; the protocol of delivery depends on it.
        key: The dedupe key: one message of it, ever.
        now: Aware UTC.
    """
    thread = {} if reader.thread_id is None else {"message_thread_id": reader.thread_id}
    return NewOutboxItem(
        chat_id=reader.chat_id,
        lane=Lane.BROADCAST,
        kind=kind,
        method="sendMessage",
        params={"chat_id": reader.chat_id, **thread, **message.params()},
        dedupe_key=key,
        not_before=quiet_until(reader.wishes.quiet, reader.zone, now),
    )
