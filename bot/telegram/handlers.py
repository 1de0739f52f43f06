"""Owns the commands: each handler parses, calls one use case, renders, and replies."""

import difflib
from collections.abc import Mapping

from telegram import Update

from bot.telegram import choice_handlers, data_handlers, languages, lookups, reader_handlers, replies, time_handlers
from bot.telegram.commands import COMMANDS
from bot.telegram.desk_context import DeskContext, Handler
from bot.telegram.own_words import today_words
from bot.telegram.summary import TextRequest, parse_summary
from bot.telegram.summary_answers import answer, brought_request

MIN_WORDS_OF_A_TEXT = 40
"""Words in a private chat, without a command, from which they are taken for an article to be read."""

_MEANT = {
    "stop": "unsubscribe",
    "cancel": "unsubscribe",
    "digest": "summary",
    "news": "summary",
    "time": "schedule",
    "delete": "forget",
}
"""What other bots' commands are called here."""


async def summary(_: Update, context: DeskContext) -> None:
    """/summary [PERIOD] [TOPIC] [WORDS] | LINK | TEXT, or as a reply: an edition now, or the reading of one text."""
    brought = None if context.arguments.strip() else brought_request(context.message.reply_to_message)
    today = today_words(context.words)
    await answer(context, brought or parse_summary(context.arguments, context.topic_words, today))


async def words(_: Update, context: DeskContext) -> None:
    """Words in a private chat that are no command: a link, a forward or an article is read, else it is told how."""
    brought = brought_request(context.message)
    is_text = isinstance(brought, TextRequest) and len(brought.text.split()) >= MIN_WORDS_OF_A_TEXT
    if brought is not None and (is_text or not isinstance(brought, TextRequest) or context.message.forward_origin):
        await answer(context, brought)
    else:
        context.reply(replies.how_to_read(context.words))


async def unknown(_: Update, context: DeskContext) -> None:
    """A command that is not in the registry; in a group only where it is addressed to us."""
    written = (context.message.text or "").split(maxsplit=1)[0]
    name, _at, addressee = written.removeprefix("/").partition("@")
    if addressee.casefold() == context.bot.username.casefold() or (context.chat.kind == "private" and not addressee):
        near = difflib.get_close_matches(name.casefold(), [command.name for command in COMMANDS], n=1)
        meant = _MEANT.get(name.casefold(), near[0] if near else None)
        context.reply(replies.unknown_command(context.words, name, meant))


HANDLERS: Mapping[str, Handler] = {
    **reader_handlers.HANDLERS,
    **choice_handlers.HANDLERS,
    **time_handlers.HANDLERS,
    **data_handlers.HANDLERS,
    **languages.HANDLERS,
    "summary": summary,
    "more": lookups.more,
    "why": lookups.why,
    "latest": lookups.latest,
    "search": lookups.search,
    "figures": lookups.figures,
    "deadlines": lookups.deadlines,
}
"""By command name; the application refuses to be built where a command of the registry has none."""
