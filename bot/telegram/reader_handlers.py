"""Owns the commands that begin and end things: /start, /subscribe, /pause, /settings and what is said about the bot."""

from collections.abc import Mapping

from telegram import Update

from bot import __version__
from bot.newsroom import readers
from bot.telegram import help_views, time_views, views
from bot.telegram.beginning import begin
from bot.telegram.channels import channel_in, channel_of
from bot.telegram.commands import COMMANDS, Scope, shown_to
from bot.telegram.desk_context import DeskContext, Handler
from bot.telegram.help_words import find_command
from bot.telegram.rights import must_be_in_charge
from bot.telegram.spans import parse_pause
from bot.telegram.steps import look


async def start(_: Update, context: DeskContext) -> None:
    """/start [LINK]: the first conversation, or how things stand for somebody who is subscribed."""
    await begin(context, context.arguments.strip())


async def subscribe(update: Update, context: DeskContext) -> None:
    """/subscribe [@CHANNEL]: digests from the next hour on, here or in a channel."""
    if name := channel_in(context.arguments, "subscribe"):
        channel = await channel_of(update, context, name)
        async with context.sheet.effect() as tx:
            await readers.subscribe_channel(tx, context.chat, channel.chat, context.desk.defaults, context.now)
            context.reply(channel.subscribed(context.words))
    else:
        await subscribe_here(context)


async def unsubscribe(update: Update, context: DeskContext) -> None:
    """/unsubscribe [@CHANNEL]: no more digests, here or in a channel."""
    if name := channel_in(context.arguments, "unsubscribe"):
        channel = await channel_of(update, context, name)
        async with context.sheet.effect() as tx:
            await readers.unsubscribe(tx, channel.chat, context.desk.defaults, context.now)
            context.reply(channel.unsubscribed(context.words))
    else:
        await unsubscribe_here(context)


async def pause(update: Update, context: DeskContext) -> None:
    """/pause [3d|12h|2w|until 5 May]: no digests until then, or some pauses to choose from."""
    until = parse_pause(context.english_arguments, context.now, (await context.subscriber()).zone)
    if until is None:
        await look(context, time_views.pause)
        return
    await must_be_in_charge(update, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.pause(tx, context.chat, context.desk.defaults, context.now, until=until)
        context.show(time_views.pause(context.scene_of(subscriber)))


async def resume(update: Update, context: DeskContext) -> None:
    """/resume: the end of a pause."""
    await must_be_in_charge(update, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.pause(tx, context.chat, context.desk.defaults, context.now, until=None)
        context.show(time_views.resumed(context.scene_of(subscriber)))


async def settings(_: Update, context: DeskContext) -> None:
    """/settings: everything on one message."""
    await look(context, views.settings)


async def help_(_: Update, context: DeskContext) -> None:
    """/help [COMMAND]: every command by task, or the forms of one."""
    known = shown_to(Scope.EVERYBODY, Scope.CHOOSING)
    command = find_command(context.arguments, COMMANDS)
    context.reply(help_views.help_on(context.words, command) if command else help_views.help_page(context.words, known))


async def about(_: Update, context: DeskContext) -> None:
    """/about: what this is."""
    context.reply(help_views.about(context.words, __version__))


async def privacy(_: Update, context: DeskContext) -> None:
    """/privacy: what is kept."""
    context.show(help_views.privacy(context.words))


async def subscribe_here(context: DeskContext) -> None:
    """Digests come to the chat, in a forum to the topic that was written in."""
    await must_be_in_charge(context.incoming, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.subscribe(tx, context.chat, context.desk.defaults, context.now)
        context.show(views.subscribed(context.scene_of(subscriber)))


async def unsubscribe_here(context: DeskContext) -> None:
    """No more digests come to the chat."""
    await must_be_in_charge(context.incoming, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.unsubscribe(tx, context.chat, context.desk.defaults, context.now)
        context.show(views.unsubscribed(context.scene_of(subscriber)))


HANDLERS: Mapping[str, Handler] = {
    "start": start,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "pause": pause,
    "resume": resume,
    "settings": settings,
    "help": help_,
    "about": about,
    "privacy": privacy,
}
