"""Owns what /summary answers: an edition from the store, the stored reading of a post, or a text read now."""

from dataclasses import replace

from telegram import Message as TelegramMessage
from telegram import MessageOriginChannel

from bot.catalogue import Words
from bot.desk.profile import Window
from bot.errors import Skip
from bot.newsroom import archive
from bot.newsroom.editions import Wish
from bot.press.edition import render_edition
from bot.press.message import Message, with_keyboard
from bot.press.reading import render_reading
from bot.press.times import zone_of
from bot.store import Subscriber
from bot.telegram import replies, views
from bot.telegram.desk_context import DeskContext
from bot.telegram.edition_buttons import edition_keyboard
from bot.telegram.summary import PostRequest, TextRequest, WindowRequest, closest_topic
from models.api import Article, ModelUnavailable, Reading

MAX_CHARS = 40_000
"""A person's text is read up to here; Telegram's own limit for one message is a tenth of it."""


def brought_text(message: TelegramMessage | None) -> TextRequest | None:
    """The text of a message that somebody replied to, forwarded or wrote, with the time and place it came from."""
    text = (message.text or message.caption or "") if message is not None else ""
    if message is None or not text.strip():
        return None
    origin = message.forward_origin
    published = origin.date if origin else message.date
    if not isinstance(origin, MessageOriginChannel):
        return TextRequest(text[:MAX_CHARS], published)
    post = PostRequest(origin.chat.id, origin.message_id)
    return TextRequest(text[:MAX_CHARS], published, origin.chat.title or "", post)


async def answer_window(context: DeskContext, request: WindowRequest) -> None:
    """An edition of what is filed: never waits for the models."""
    subscriber = await context.subscriber()
    wish = Wish(start=request.start(context.now, subscriber.zone), topics=request.topics, words=request.words)
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
    """A reading made now, unless it is a post that was read before; shows "typing" while the models load and read."""
    subscriber = await context.subscriber()
    if request.post and (filed := await context.desk.editions.stored(request.post.chat, request.post.message_id)):
        context.reply(*_reading(context, subscriber, filed.article, filed.reading))
        return
    published = request.published or context.now
    try:
        async with context.reading():
            article, reading = await context.desk.editions.summary_of_text(
                request.text, published=published, outlet=request.outlet
            )
    except Skip:
        context.reply(replies.say(context.words(replies.NOTHING_TO_READ)))
    except ModelUnavailable:
        context.reply(replies.say(context.words(replies.MODEL_AWAY)))
    else:
        context.reply(*_reading(context, subscriber, article, reading))


def _reading(context: DeskContext, subscriber: Subscriber, article: Article, reading: Reading) -> list[Message]:
    today = context.now.astimezone(zone_of(subscriber.zone)).date()
    return render_reading(article, reading, context.words, today=today)


def _nothing_about(context: DeskContext, request: WindowRequest) -> Message:
    near = closest_topic(request.words, context.topic_words)
    return replies.nothing_about(context.words, request, near)


def _with_wider_choice(words: Words, messages: list[Message], looked: Window) -> list[Message]:
    wider = views.nothing_new_keyboard(words, looked.end - looked.start)
    return [*messages[:-1], replace(messages[-1], keyboard=wider)]
