"""Owns channels as subscribers: who runs one subscribes it from a private chat, as Telegram confirms."""

import re
from dataclasses import dataclass

import structlog
from telegram import ChatMemberAdministrator, ChatMemberOwner, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.catalogue import Words, message
from bot.newsroom.readers import Chat
from bot.press.message import Message
from bot.telegram import replies
from bot.telegram.desk_context import DeskContext
from bot.telegram.rights import ADMINISTRATORS
from bot.telegram.usage import UsageError

_NAME = re.compile(r"(?:@|(?:https?://)?t\.me/)([A-Za-z]\w{3,31})/?", re.ASCII)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that whoever asks may decide for."""

    name: str
    chat: Chat

    def subscribed(self, words: Words) -> Message:
        """What is said once digests come to it."""
        return replies.say(
            words(
                "Digests are posted in @{name} from now on, with the topics, hours and zone that you have chosen for "
                "yourself. When you change yours, send /subscribe @{name} again to carry them over.",
                name=self.name,
            )
        )

    def unsubscribed(self, words: Words) -> Message:
        """What is said once they don't."""
        return replies.say(words("No more digests in @{name}.", name=self.name))


def channel_in(arguments: str, command: str) -> str | None:
    """The channel's name after /subscribe or /unsubscribe, without its ``@``; None where nothing was written.

    Raises:
        UsageError: something else was written.
    """
    written = arguments.strip()
    if not written:
        return None
    found = _NAME.fullmatch(written)
    if found is None:
        raise UsageError(
            message("/{command} stands alone, or before the name of a channel that you run: /{command} @channel."),
            message("Topics and hours have commands of their own: /topics, /schedule."),
            command=command,
        )
    return found[1]


async def channel_of(update: Update, context: DeskContext, name: str) -> Channel:
    """The channel of that name, where the person is its administrator and we may post in it. Telegram is asked each time.

    Raises:
        UsageError: there is none, or somebody lacks a right; says which.
    """
    user = update.effective_user
    if context.chat.kind != ChatType.PRIVATE or user is None:
        raise UsageError(replies.CHANNELS_IN_PRIVATE)
    try:
        async with context.sheet.slowly():
            chat = await context.bot.get_chat(f"@{name}")
            if chat.type != ChatType.CHANNEL:
                raise UsageError(
                    message("@{name} is not a channel. In a group, send /subscribe in the group itself."), name=name
                )
            mine = await context.bot.get_chat_member(chat.id, context.bot.id)
            theirs = await context.bot.get_chat_member(chat.id, user.id)
    except (BadRequest, Forbidden) as error:
        raise UsageError(replies.CHANNEL_CLOSED, name=name) from error
    except TelegramError as error:
        _log.warning("rights_not_known", error=type(error).__name__)
        raise UsageError(replies.RIGHTS_UNKNOWN) from error
    if mine.status != ChatMemberStatus.ADMINISTRATOR or not _may_post(mine):
        raise UsageError(replies.CHANNEL_CLOSED, name=name)
    if theirs.status not in ADMINISTRATORS:
        raise UsageError(message("Only an administrator of @{name} can choose that for it."), name=name)
    return Channel(chat.username or name, Chat(chat_id=chat.id, kind=chat.type, language=context.chat.language))


def _may_post(member: object) -> bool:
    return isinstance(member, ChatMemberOwner) or (
        isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    )
