"""Owns what /summary answers: an edition from the store, the stored reading of a post, a text or a page read now."""

from dataclasses import replace
from urllib.parse import urlsplit

from telegram import Message as TelegramMessage
from telegram import MessageOriginChannel

from bot.catalogue import Words
from bot.desk.profile import Window
from bot.errors import Retryable, Skip
from bot.newsroom import archive
from bot.newsroom.editions import Wish
from bot.newsroom.links import why_refused
from bot.press.edition import render_edition
from bot.press.message import Message, with_keyboard
from bot.press.reading import render_reading
from bot.press.times import zone_of
from bot.store import Subscriber
from bot.telegram import replies, views
from bot.telegram.desk_context import DeskContext
from bot.telegram.edition_buttons import edition_keyboard
from bot.telegram.progress import SOON_S
from bot.telegram.summary import (
    PageRequest,
    PostRequest,
    SummaryRequest,
    TextRequest,
    WindowRequest,
    closest_topic,
    read_link,
)
from models.api import Article, ModelUnavailable, Reading

MAX_CHARS = 40_000
"""A person's text is read up to here; Telegram's own limit for one message is a tenth of it."""


def brought_request(message: TelegramMessage | None) -> TextRequest | PostRequest | PageRequest | None:
    """What a message that somebody replied to, forwarded or wrote asks to be read: a link that is all of it, or its text.

    A text comes with the time and place that it is from.
    """
    text = (message.text or message.caption or "") if message is not None else ""
    if message is None or not text.strip():
        return None
    origin = message.forward_origin
    published = origin.date if origin else message.date
    if not isinstance(origin, MessageOriginChannel):
        return read_link(text) or TextRequest(text[:MAX_CHARS], published)
    post = PostRequest(origin.chat.id, origin.message_id)
    return TextRequest(text[:MAX_CHARS], published, origin.chat.title or "", post)


async def answer(context: DeskContext, request: SummaryRequest) -> None:
    """Whatever was asked for."""
    match request:
        case TextRequest():
            await answer_text(context, request)
        case PostRequest():
            await answer_post(context, request)
        case PageRequest():
            await answer_page(context, request)
        case WindowRequest():
            await answer_window(context, request)


async def answer_window(context: DeskContext, request: WindowRequest) -> None:
    """An edition of what is filed: never waits for the models. A week of much news takes a moment, and says so."""
    subscriber = await context.subscriber()
    wish = Wish(start=request.start(context.now, subscriber.zone), topics=request.topics, words=request.words)
    async with context.working(context.words(replies.LOOKING_THROUGH), after_s=SOON_S):
        edition = await context.desk.editions.summary_now(subscriber, wish)
    if not edition.is_empty:
        async with context.sheet.effect() as tx:
            number = await archive.keep_edition(tx, edition, context.now)
            told = render_edition(edition, context.words)
            context.reply(*with_keyboard(told, edition_keyboard(number, context.words)), edition_id=number)
    elif request.words:
        context.reply(_nothing_about(context, request))
    else:
        context.reply(*_with_wider_choice(context.words, render_edition(edition, context.words), edition.window))


async def answer_post(context: DeskContext, request: PostRequest) -> None:
    """The reading of a post that is in the store."""
    filed = await context.desk.editions.stored(request.chat, request.message_id)
    if filed is None:
        context.reply(replies.say(context.words(replies.UNKNOWN_POST)))
        return
    subscriber = await context.subscriber()
    context.reply(*_reading(context, subscriber, filed.article, filed.reading))


async def answer_text(context: DeskContext, request: TextRequest) -> None:
    """A reading made now, unless it is a post that was read before; says that it reads while the models do."""
    if request.post and (filed := await context.desk.editions.stored(request.post.chat, request.post.message_id)):
        context.reply(*_reading(context, await context.subscriber(), filed.article, filed.reading))
        return
    published = request.published or context.now
    try:
        async with context.working(context.words(replies.READING_TEXT)):
            article, reading = await context.desk.editions.summary_of_text(
                request.text, published=published, outlet=request.outlet
            )
    except Skip:
        context.reply(replies.say(context.words(replies.NOTHING_TO_READ)))
    except ModelUnavailable:
        context.reply(replies.say(context.words(replies.MODEL_AWAY)))
    else:
        context.reply(*_reading(context, await context.subscriber(), article, reading))


async def answer_page(context: DeskContext, request: PageRequest) -> None:
    """A page fetched and read now; says how far it is, and why where it cannot be had."""
    if context.desk.pages is None:
        context.reply(replies.say(context.words(replies.NO_PAGES)))
        return
    host = urlsplit(request.url).hostname or request.url
    try:
        async with context.working(replies.fetching(context.words, host)) as progress:
            article = await context.desk.pages.article(request.url)
            progress.say(replies.reading_page(context.words, host))
            reading = await context.desk.editions.read(article)
    except Skip as skip:
        context.reply(replies.no_page(context.words, why_refused(skip)))
    except Retryable:
        context.reply(replies.say(context.words(replies.PAGE_AWAY)))
    except ModelUnavailable:
        context.reply(replies.say(context.words(replies.MODEL_AWAY)))
    else:
        context.reply(*_reading(context, await context.subscriber(), article, reading))


def _reading(context: DeskContext, subscriber: Subscriber, article: Article, reading: Reading) -> list[Message]:
    today = context.now.astimezone(zone_of(subscriber.zone)).date()
    return render_reading(article, reading, context.words, today=today)


def _nothing_about(context: DeskContext, request: WindowRequest) -> Message:
    near = closest_topic(request.words, context.topic_words)
    return replies.nothing_about(context.words, request, near)


def _with_wider_choice(words: Words, messages: list[Message], looked: Window) -> list[Message]:
    wider = views.nothing_new_keyboard(words, looked.end - looked.start)
    return [*messages[:-1], replace(messages[-1], keyboard=wider)]
