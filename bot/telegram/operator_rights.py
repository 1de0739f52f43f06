"""Owns who is an operator: somebody on the list, writing in person in their own private chat."""

from collections.abc import Set as AbstractSet

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatID, ChatType

_NOBODY = frozenset({int(ChatID.ANONYMOUS_ADMIN), int(ChatID.SERVICE_CHAT), int(ChatID.FAKE_CHANNEL)})
"""Accounts that stand for others (Bot API, Message.from): whoever writes under them, it is no operator."""


def is_operator(update: Update, admins: AbstractSet[int]) -> bool:
    """Whether an update is a command, a message or a press of an operator's own.

    Only a new message of theirs counts: one that was edited, forwarded, written by a bot for them or in the name of a
    chat may be somebody else's words.
    """
    if update.callback_query is not None:
        return _pressed_at_home(update.callback_query, admins)
    return (
        update.message is not None and written_at_home(update.message, admins) and update.message.forward_origin is None
    )


def written_at_home(message: Message, admins: AbstractSet[int]) -> bool:
    """Whether a message was written, or forwarded to us, by an operator in their private chat."""
    author, chat = message.from_user, message.chat
    if author is None or author.is_bot or author.id in _NOBODY or author.id not in admins:
        return False
    at_home = chat.type == ChatType.PRIVATE and chat.id == author.id
    return at_home and message.sender_chat is None and message.via_bot is None and message.sender_business_bot is None


def _pressed_at_home(query: CallbackQuery, admins: AbstractSet[int]) -> bool:
    who, message = query.from_user, query.message
    if who.is_bot or who.id in _NOBODY or who.id not in admins or message is None:
        return False
    return message.chat.type == ChatType.PRIVATE and message.chat.id == who.id
