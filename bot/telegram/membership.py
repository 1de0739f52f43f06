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
    if changed.chat.type == ChatType.CHANNEL:
        await tell_of_channel(context, changed)
        return
    async with context.sheet.effect() as tx:
        if status in _GONE:
            await readers.say_goodbye(tx, context.chat, str(status), context.now)
        else:
            await readers.welcome_back(tx, context.chat, context.now)


async def migration(_: Update, context: DeskContext) -> None:
    """A group became a supergroup: its settings move to the new id."""
    moved_to = context.message.migrate_to_chat_id
    if moved_to is not None:
        async with context.sheet.effect() as tx:
            await tx.subscribers.migrate(context.chat.chat_id, moved_to)
