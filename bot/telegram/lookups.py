"""Owns the commands that look something up: each handler parses, reads, renders, and replies."""

from telegram import Update

from bot.desk.search import wished
from bot.newsroom import archive
from bot.press.edition import render_more
from bot.press.found import render_found, render_latest
from bot.press.why import render_why
from bot.telegram import replies
from bot.telegram.book_answers import answer_calendar, answer_deadlines
from bot.telegram.desk_context import DeskContext
from bot.telegram.figure_answers import answer_figures
from bot.telegram.lookup_arguments import echo, parse_deadlines, parse_line, parse_nothing, parse_search

MAX_FOUND = 10
"""Stories that /search and /latest show."""


async def why(_: Update, context: DeskContext) -> None:
    """/why N: the sentence, source, time and reasons behind a line of the last edition."""
    number = parse_line(context.arguments)
    async with context.desk.store.read() as tx:
        edition = await archive.last_edition(tx, context.chat.chat_id)
    found = edition and render_why(edition, number, context.words)
    context.reply(found or replies.say(context.words(replies.NO_EDITION_YET)))


async def more(_: Update, context: DeskContext) -> None:
    """/more: what found no room in the last edition."""
    async with context.desk.store.read() as tx:
        edition = await archive.last_edition(tx, context.chat.chat_id)
    if edition is None:
        context.reply(replies.say(context.words(replies.NO_EDITION_YET)))
        return
    held = render_more(edition, context.words)
    context.reply(*held or [replies.say(context.words(replies.NOTHING_LEFT_OUT))])


async def search(_: Update, context: DeskContext) -> None:
    """/search WORDS: stories, the best and newest first."""
    wanted = parse_search(context.arguments)
    subscriber = await context.subscriber()
    async with context.desk.store.read() as tx:
        stories = await tx.search.stories(wished([wanted]), MAX_FOUND, context.now)
    if stories:
        context.reply(render_found(stories, echo(wanted), context.words, zone=subscriber.zone))
    else:
        context.reply(replies.no_story(context.words, echo(wanted)))


async def latest(_: Update, context: DeskContext) -> None:
    """/latest: the newest stories, whatever was told before."""
    parse_nothing(context.arguments)
    subscriber = await context.subscriber()
    async with context.desk.store.read() as tx:
        stories = await tx.search.newest(MAX_FOUND)
    if stories:
        context.reply(render_latest(stories, context.words, zone=subscriber.zone))
    else:
        context.reply(replies.say(context.words(replies.NO_NEWS_YET)))


async def figures(_: Update, context: DeskContext) -> None:
    """/figures [WORDS]: a figure over time, as text and as a chart; without words the newest."""
    await answer_figures(context, " ".join(context.arguments.split()))


async def deadlines(_: Update, context: DeskContext) -> None:
    """/deadlines [WORDS] [ics]: what falls due, as a list or as a file for calendars."""
    request = parse_deadlines(context.arguments)
    await (answer_calendar if request.calendar else answer_deadlines)(context, request)
