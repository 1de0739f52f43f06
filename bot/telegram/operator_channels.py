"""Owns what operators need to know of channels: which one is meant, whether it is read, whether we may read it."""

from dataclasses import replace
from functools import partial

import structlog
from telegram import Chat, ChatMemberUpdated
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.catalogue import message, words_in
from bot.newsroom import operators
from bot.newsroom.posts import Channels
from bot.store import Source, SourceState
from bot.telegram import operator_views as views
from bot.telegram.desk_context import DeskContext
from bot.telegram.usage import UsageError

_GONE = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT, ChatMemberStatus.MEMBER})

_log = structlog.get_logger()


async def channel_named(context: DeskContext, reference: int | str, state: SourceState) -> Source:
    """The channel that an id or a name stands for, to be decided on with ``state``; Telegram is asked where need be.

    Raises:
        UsageError: there is no such channel, or none that we can see.
    """
    async with context.desk.store.read() as tx:
        chat_id = reference if isinstance(reference, int) else await operators.channel_of(tx, reference)
        known = await tx.control.source(chat_id) if chat_id is not None else None
        posted = chat_id is not None and await tx.posts.newest(chat_id) is not None
    if known is not None:
        return replace(known, state=state, changed_at=context.now)
    try:
        async with context.sheet.slowly():
            chat = await context.bot.get_chat(reference if chat_id is None else chat_id)
    except TelegramError as error:
        if chat_id is None or not posted:
            raise UsageError(
                message("I can't see the channel {name}. Check the name, and make me its administrator first."),
                name=reference,
            ) from error
        return Source(chat_id=chat_id, username=None, title=str(reference), state=state, changed_at=context.now)
    if chat.type != Chat.CHANNEL:
        raise UsageError(message("{name} is no channel."), name=reference)
    title = chat.title or str(chat.id)
    return Source(chat_id=chat.id, username=chat.username, title=title, state=state, changed_at=context.now)


async def is_administrator(context: DeskContext, chat_id: int) -> bool:
    """Whether we are an administrator of a channel, without which no post of it reaches us."""
    try:
        async with context.sheet.slowly():
            member = await context.bot.get_chat_member(chat_id, context.bot.id)
    except TelegramError as error:
        _log.info("standing_unknown", chat=chat_id, error=type(error).__name__)
        return False
    return member.status == ChatMemberStatus.ADMINISTRATOR


async def is_source(context: DeskContext, chat: Chat) -> bool:
    """Whether the posts of a channel are read."""
    async with context.desk.store.read() as tx:
        return await Channels(context.desk.channels).are_read(tx, {"id": chat.id, "username": chat.username})


async def tell_of_channel(context: DeskContext, changed: ChatMemberUpdated) -> None:
    """Our standing in a channel changed: operators are told that its posts no longer come, or offered to read it.

    The offer is made where one of them made us administrator; anybody could, and their channels are no news.
    """
    read = await is_source(context, changed.chat)
    title = changed.chat.title or str(changed.chat.id)
    status = changed.new_chat_member.status
    ours = changed.from_user.id in context.desk.admins
    if status == ChatMemberStatus.ADMINISTRATOR and ours and not read:
        tell = partial(views.offer, title=title, chat_id=changed.chat.id)
    elif status in _GONE and read:
        tell = partial(views.lost, title=title)
    else:
        return
    async with context.desk.store.read() as tx:
        known = await tx.subscribers.several(sorted(context.desk.admins))
    for operator in sorted(context.desk.admins):
        language = known[operator].language if operator in known else None
        context.sheet.say(tell(words_in(language)), operator)
