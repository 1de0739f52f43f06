"""Owns what Telegram tells about us and a chat: blocked, let in again, made an administrator, a group that moved."""

import structlog
from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.newsroom import readers
from bot.telegram.desk_context import DeskContext
from bot.telegram.operator_channels import tell_of_channel

_GONE = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})

_log = structlog.get_logger()


async def membership(update: Update, context: DeskContext) -> None:
    """``my_chat_member``: a chat that can no longer be written to is left in peace until it comes back."""
    changed = update.my_chat_member
    if changed is None:
        return
    status = changed.new_chat_member.status
    _log.info("membership_changed", kind=changed.chat.type, chat=changed.chat.id, status=status)
    in_channel = changed.chat.type == ChatType.CHANNEL
    if in_channel:
        await tell_of_channel(context, changed)
    # In a channel nobody but an administrator may post; one that we only read never subscribed and stays unknown.
    gone = status in _GONE or (in_channel and status != ChatMemberStatus.ADMINISTRATOR)
    async with context.sheet.effect() as tx:
        if gone:
            await readers.say_goodbye(tx, context.chat, str(status), context.now)
        else:
            await readers.welcome_back(tx, context.chat, context.now)


async def migration(_: Update, context: DeskContext) -> None:
    """A group became a supergroup: its settings, and what it was sent, move to the new id."""
    moved_to = context.message.migrate_to_chat_id
    if moved_to is not None:
        async with context.sheet.effect() as tx:
            await tx.outbox.migrate(context.chat.chat_id, moved_to)
