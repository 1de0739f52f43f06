"""Owns inline mode: `@bot WORDS` in any chat offers stories and figures, each with its source, to be sent there."""

from typing import Any

from telegram import Update

from bot.catalogue import words_in
from bot.desk.ledger import Series
from bot.desk.search import FoundStory
from bot.newsroom.offers import MOST_OFFERED, Offer, offer
from bot.press.shared import Shared, share_figure, share_story
from bot.store import Subscriber
from bot.telegram import replies
from bot.telegram.desk_context import DeskContext
from bot.telegram.sheet import InlineAnswer

CACHE_S = 30
"""So long Telegram may give the same answer to the same words of the same person: news wait for no cache."""

FROM_INLINE = "search"
"""What a deep link says that came from the button of an inline answer without results."""


async def inline(update: Update, context: DeskContext) -> None:
    """`@bot WORDS`: what the words mean, the newest where there are none; read-only, so that anybody may ask."""
    query = update.inline_query
    if query is None:
        return
    words = " ".join(query.query.split())
    subscriber = await context.subscriber()
    async with context.desk.store.read() as tx:
        found = await offer(tx, words, _read_offset(query.offset), context.now)
    context.sheet.offer = InlineAnswer(_params(found, words, subscriber))


def _read_offset(written: str) -> int:
    """Where a page begins; the first for anything that we did not write."""
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 5 else 0
    return min(number, MOST_OFFERED)


def _params(found: Offer, words: str, subscriber: Subscriber) -> dict[str, Any]:
    """All of answerInlineQuery but the id of the query. Days are the reader's own, so the answer is theirs alone."""
    params: dict[str, Any] = {
        "results": [_result(one, subscriber) for one in found.found],
        "cache_time": CACHE_S,
        "is_personal": True,
        "next_offset": "" if found.next_at is None else str(found.next_at),
    }
    if not found.found:
        params["button"] = {
            "text": replies.nothing_to_share(words_in(subscriber.language), words),
            "start_parameter": FROM_INLINE,
        }
    return params


def _result(one: FoundStory | Series, subscriber: Subscriber) -> dict[str, Any]:
    if isinstance(one, Series):
        return _article(f"f{one.id}", share_figure(one, words_in(subscriber.language), zone=subscriber.zone))
    return _article(f"s{one.story}", share_story(one, words_in(subscriber.language), zone=subscriber.zone))


def _article(number: str, shared: Shared) -> dict[str, Any]:
    """An InlineQueryResultArticle (Bot API)."""
    content = shared.message.params()
    content["message_text"] = content.pop("text")
    return {
        "type": "article",
        "id": number,
        "title": shared.title,
        "description": shared.description,
        "input_message_content": content,
    }
