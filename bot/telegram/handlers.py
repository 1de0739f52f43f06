"""Owns the commands: each handler parses, calls one use case, renders, and replies."""

import difflib
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Update

from bot.desk.topics import TOPICS
from bot.newsroom import readers
from bot.telegram import lookups, replies, views
from bot.telegram.commands import COMMANDS
from bot.telegram.desk_context import DeskContext
from bot.telegram.rights import must_be_in_charge
from bot.telegram.schedule import ScheduleRequest, parse_schedule
from bot.telegram.summary import PostRequest, TextRequest, parse_summary, parse_topics
from bot.telegram.summary_answers import answer_post, answer_text, answer_window, brought_text

Handler = Callable[[Update, DeskContext], Coroutine[Any, Any, None]]

MIN_WORDS_OF_A_TEXT = 40
"""Words in a private chat, without a command, from which they are taken for an article to be read."""

_MEANT = {"stop": "unsubscribe", "cancel": "unsubscribe", "digest": "summary", "news": "summary", "time": "schedule"}
"""What other bots' commands are called here."""


async def start(_: Update, context: DeskContext) -> None:
    """/start: a greeting, the state of things, and the next step as buttons."""
    async with context.sheet.effect() as tx:
        subscriber = await readers.greet(tx, context.chat, context.desk.defaults, context.now)
        context.reply(views.welcome(subscriber))


async def help_(_: Update, context: DeskContext) -> None:
    """/help: every command."""
    context.reply(views.help_page())


async def subscribe(update: Update, context: DeskContext) -> None:
    """/subscribe: digests from the next hour on."""
    await must_be_in_charge(update, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.subscribe(tx, context.chat, context.desk.defaults, context.now)
        context.reply(views.subscribed(subscriber, context.now))


async def unsubscribe(update: Update, context: DeskContext) -> None:
    """/unsubscribe: no more digests."""
    await must_be_in_charge(update, context)
    async with context.sheet.effect() as tx:
        await readers.unsubscribe(tx, context.chat, context.desk.defaults, context.now)
        context.reply(views.unsubscribed())


async def topics(update: Update, context: DeskContext) -> None:
    """/topics [TOPIC ...|all]: the topics as buttons, or these from now on."""
    chosen = parse_topics(context.arguments, TOPICS)
    if chosen is None:
        context.reply(views.topics(await context.subscriber()))
        return
    await must_be_in_charge(update, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.set_topics(tx, context.chat, context.desk.defaults, context.now, topics=chosen)
        context.reply(views.topics(subscriber))


async def schedule(update: Update, context: DeskContext) -> None:
    """/schedule [HOURS] [ZONE]: the present setting, or another one."""
    request = parse_schedule(context.arguments)
    if request == ScheduleRequest():
        context.reply(views.schedule(await context.subscriber(), context.now))
        return
    await must_be_in_charge(update, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.set_schedule(
            tx, context.chat, context.desk.defaults, context.now, times=request.times, zone=request.zone
        )
        context.reply(views.schedule(subscriber, context.now))


async def settings(_: Update, context: DeskContext) -> None:
    """/settings: everything on one message."""
    context.reply(views.settings(await context.subscriber(), context.now))


async def summary(_: Update, context: DeskContext) -> None:
    """/summary [PERIOD] [TOPIC] [WORDS] | LINK | TEXT, or as a reply: an edition now, or the reading of one text."""
    brought = None if context.arguments.strip() else brought_text(context.message.reply_to_message)
    request = brought or parse_summary(context.arguments, TOPICS)
    match request:
        case TextRequest():
            await answer_text(context, request)
        case PostRequest():
            await answer_post(context, request)
        case _:
            await answer_window(context, request)


async def words(_: Update, context: DeskContext) -> None:
    """Words in a private chat that are no command: a forward or an article is read, anything else is told how."""
    brought = brought_text(context.message)
    forwarded = context.message.forward_origin is not None
    if brought is not None and (forwarded or len(brought.text.split()) >= MIN_WORDS_OF_A_TEXT):
        await answer_text(context, brought)
    else:
        context.reply(replies.how_to_read())


async def unknown(_: Update, context: DeskContext) -> None:
    """A command that is not in the registry; in a group only where it is addressed to us."""
    written = (context.message.text or "").split(maxsplit=1)[0]
    name, _at, addressee = written.removeprefix("/").partition("@")
    if addressee.casefold() == context.bot.username.casefold() or (context.chat.kind == "private" and not addressee):
        near = difflib.get_close_matches(name.casefold(), [command.name for command in COMMANDS], n=1)
        context.reply(replies.unknown_command(name, _MEANT.get(name.casefold(), near[0] if near else None)))


HANDLERS: Mapping[str, Handler] = {
    "start": start,
    "help": help_,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "topics": topics,
    "schedule": schedule,
    "settings": settings,
    "summary": summary,
    "more": lookups.more,
    "why": lookups.why,
    "search": lookups.search,
    "figures": lookups.figures,
    "deadlines": lookups.deadlines,
}
"""By command name; the application refuses to be built where a command of the registry has none."""
