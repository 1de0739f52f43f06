"""Owns who may change a chat's settings: in private whoever writes, in a group its administrators alone."""

import structlog
from telegram import Update
from telegram.constants import ChatID, ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram import replies
from bot.telegram.desk_context import DeskContext
from bot.telegram.usage import UsageError

ADMINISTRATORS = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})

_log = structlog.get_logger()


async def must_be_in_charge(update: Update, context: DeskContext) -> None:
    """Let whoever may change the chat's settings pass. Telegram is asked each time: rights are given and taken away.

    An administrator who stays anonymous writes as the group itself, under the name of GroupAnonymousBot (Bot API, User
    and Message.sender_chat); somebody who writes as a channel is nobody we could ask about.

    Raises:
        UsageError: it is a group, and who wrote or pressed is no administrator of it, or Telegram did not say.
    """
    chat, user = update.effective_chat, update.effective_user
    if chat is None or chat.type == chat.PRIVATE:
        return
    written_as = update.message.sender_chat if update.message is not None else None
    if user is not None and user.id == ChatID.ANONYMOUS_ADMIN and (written_as is None or written_as.id == chat.id):
        return
    if user is None or written_as is not None:
        raise UsageError(replies.ADMINISTRATORS_ONLY)
    try:
        async with context.sheet.slowly():
            in_charge = await _is_administrator(context, chat.id, user.id)
    except (BadRequest, Forbidden) as error:
        raise UsageError(replies.ADMINISTRATORS_ONLY) from error
    except TelegramError as error:
        _log.warning("rights_not_known", error=type(error).__name__)
        raise UsageError(replies.RIGHTS_UNKNOWN) from error
    if not in_charge:
        raise UsageError(replies.ADMINISTRATORS_ONLY)


async def _is_administrator(context: DeskContext, chat_id: int, user_id: int) -> bool:
    """As getChatMember says, which is only sure to answer where we are an administrator; else as the list of them says."""
    try:
        return (await context.bot.get_chat_member(chat_id, user_id)).status in ADMINISTRATORS
    except (BadRequest, Forbidden):
        return any(member.user.id == user_id for member in await context.bot.get_chat_administrators(chat_id))
