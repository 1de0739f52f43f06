"""Owns what operators' commands and buttons do; readers are answered as if there were none of it."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import MessageOriginChannel, Update

from bot.catalogue import message
from bot.newsroom import archive, operators
from bot.press.reading import render_reading
from bot.press.text import TextBuilder
from bot.press.times import zone_of
from bot.store import SourceState, Turn
from bot.telegram import operator_views as views
from bot.telegram import replies
from bot.telegram.desk_context import DeskContext
from bot.telegram.handlers import unknown, words
from bot.telegram.operator_arguments import AdminRequest, parse_admin, parse_channel, parse_number, parse_press
from bot.telegram.operator_channels import channel_named, is_administrator, is_source
from bot.telegram.operator_rights import is_operator, written_at_home
from bot.telegram.summary import WindowRequest
from bot.telegram.summary_answers import answer_window
from bot.telegram.usage import StaleButton, UsageError

MAX_SHOWN = 12
"""Failures and parked things on one message."""

_Action = Callable[[DeskContext, str], Coroutine[Any, Any, None]]


async def admin(update: Update, context: DeskContext) -> None:
    """/admin [ACTION [WHAT]]: for operators in private; for anybody else there is no such command."""
    if not is_operator(update, context.desk.admins):
        await unknown(update, context)
        return
    await _act(context, parse_admin(context.arguments), ACTIONS)


async def press_admin(context: DeskContext, argument: str) -> None:
    """A button of an operator's; on anybody else's message, or pressed by anybody else, it is a stale one."""
    if not is_operator(context.incoming, context.desk.admins):
        raise StaleButton
    await _act(context, parse_press(argument), {**ACTIONS, **CONFIRMATIONS})


async def forwarded(update: Update, context: DeskContext) -> None:
    """A forward in private: an operator's of a channel that is not read is an offer to read it, any other is read."""
    message, origin = context.message, context.message.forward_origin
    stranger = isinstance(origin, MessageOriginChannel) and written_at_home(message, context.desk.admins)
    if isinstance(origin, MessageOriginChannel) and stranger and not await is_source(context, origin.chat):
        context.reply(views.offer(context.words, origin.chat.title or str(origin.chat.id), origin.chat.id))
    else:
        await words(update, context)


async def _act(context: DeskContext, request: AdminRequest, actions: Mapping[str, _Action]) -> None:
    action = actions.get(request.action)
    if action is None:
        raise UsageError(message("I don't know “{action}”. /admin shows what there is."), action=request.action[:40])
    await action(context, request.argument)


async def _menu(context: DeskContext, _: str) -> None:
    async with context.desk.store.read() as tx:
        context.show(views.menu(context.words, await tx.control.held_since()))


async def _sources(context: DeskContext, _: str) -> None:
    async with context.desk.store.read() as tx:
        context.show(views.sources(context.words, await operators.sources(tx, context.desk.channels)))


def _decision(state: SourceState) -> _Action:
    async def decide(context: DeskContext, argument: str) -> None:
        source = await channel_named(context, parse_channel(argument), state)
        administrator = state is not SourceState.READ or await is_administrator(context, source.chat_id)
        async with context.sheet.effect() as tx:
            await operators.decide(tx, source)
            context.show(views.decided(context.words, source.title, state, administrator=administrator))

    return decide


async def _test(context: DeskContext, argument: str) -> None:
    source = await channel_named(context, parse_channel(argument), SourceState.READ)
    async with context.desk.store.read() as tx:
        newest = await tx.posts.newest(source.chat_id)
        filed = await tx.articles.get(newest[0]) if newest is not None else None
    if filed is None:
        told = message("No post of it has come yet.") if newest is None else replies.NOT_READ_YET
        context.reply(replies.say(context.words(told)))
        return
    subscriber = await context.subscriber()
    today = context.now.astimezone(zone_of(subscriber.zone)).date()
    context.reply(*render_reading(filed.article, filed.reading, context.words, today=today))


async def _readers(context: DeskContext, _: str) -> None:
    async with context.desk.store.read() as tx:
        context.show(views.readers(context.words, await operators.headcount(tx)))


async def _deliveries(context: DeskContext, _: str) -> None:
    async with context.desk.store.read() as tx:
        context.show(views.deliveries(context.words, await operators.traffic(tx)))


async def _errors(context: DeskContext, _: str) -> None:
    async with context.desk.store.read() as tx:
        context.show(views.errors(context.words, await operators.traffic(tx, MAX_SHOWN)))


async def _parked(context: DeskContext, _: str) -> None:
    async with context.desk.store.read() as tx:
        updates, articles = await tx.inbox.parked(MAX_SHOWN), await tx.articles.parked(MAX_SHOWN)
    context.show(views.parked(context.words, updates, articles))


async def _preview(context: DeskContext, _: str) -> None:
    await answer_window(context, WindowRequest())


async def _announce(context: DeskContext, argument: str) -> None:
    body = TextBuilder().plain(argument).message().text
    if not body:
        raise UsageError(message("What shall I announce? Write it behind the command: /admin announce TEXT."))
    async with context.sheet.effect() as tx:
        number = await tx.control.draft(body, context.now)
        context.reply(*views.draft(context.words, body, number, await tx.subscribers.active()))


async def _send(context: DeskContext, argument: str) -> None:
    async with context.sheet.effect() as tx:
        chats = await operators.announce(tx, parse_number(argument), context.now)
        if chats is not None:
            context.edit(views.announced(context.words, chats))
    context.answer("" if chats is not None else context.words("That was sent before."))


async def _hold(context: DeskContext, _: str) -> None:
    async with context.sheet.effect() as tx:
        await tx.control.hold(context.now)
        context.show(views.deliveries(context.words, await operators.traffic(tx)))


async def _release(context: DeskContext, _: str) -> None:
    async with context.sheet.effect() as tx:
        await tx.control.release()
        context.show(views.deliveries(context.words, await operators.traffic(tx)))


async def _kill(context: DeskContext, argument: str) -> None:
    number = parse_number(argument)
    async with context.desk.store.read() as tx:
        edition = await archive.last_edition(tx, context.chat.chat_id)
        story = operators.story_at(edition, number) if edition is not None else None
        thread = (await tx.stories.threads([story])).get(story) if story is not None else None
    if thread is None:
        raise UsageError(message("Your last edition has no such line. /admin preview shows one now."))
    context.reply(views.kill(context.words, thread.headline, thread.story))


async def _withdraw(context: DeskContext, argument: str) -> None:
    async with context.sheet.effect(Turn.ALL) as tx:
        chats = await operators.withdraw(tx, parse_number(argument), context.now)
        if chats is not None:
            context.edit(views.killed(context.words, chats))
    context.answer("" if chats is not None else context.words("That story was withdrawn before."))


ACTIONS: Mapping[str, _Action] = {
    "menu": _menu,
    "sources": _sources,
    "add": _decision(SourceState.READ),
    "resume": _decision(SourceState.READ),
    "pause": _decision(SourceState.PAUSED),
    "remove": _decision(SourceState.REMOVED),
    "test": _test,
    "readers": _readers,
    "deliveries": _deliveries,
    "errors": _errors,
    "parked": _parked,
    "preview": _preview,
    "announce": _announce,
    "hold": _hold,
    "release": _release,
    "kill": _kill,
}
"""By the first word after /admin, or behind a button."""

CONFIRMATIONS: Mapping[str, _Action] = {"send": _send, "withdraw": _withdraw}
"""Behind buttons alone: what cannot be undone is seen before it is done."""

OPERATOR_HANDLERS: Mapping[str, Callable[[Update, DeskContext], Coroutine[Any, Any, None]]] = {"admin": admin}
