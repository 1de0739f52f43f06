"""Owns what a press of a button does: one use case, and the message it sits on is changed in place."""

import re
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from telegram import Update

from bot.desk.topics import TOPICS
from bot.newsroom import readers
from bot.press.message import Message
from bot.store import Subscriber
from bot.telegram import replies, views
from bot.telegram.book_answers import answer_calendar, press_remind
from bot.telegram.callback import Verb, decode
from bot.telegram.desk_context import DeskContext
from bot.telegram.figure_answers import press_figures
from bot.telegram.lookup_arguments import DeadlinesRequest
from bot.telegram.operator_handlers import press_admin
from bot.telegram.rights import must_be_in_charge
from bot.telegram.schedule import MAX_TIMES
from bot.telegram.summary import WindowRequest
from bot.telegram.summary_answers import answer_window
from bot.telegram.usage import UsageError

_Entry = TypeVar("_Entry")

_VIEWS: Mapping[str, Callable[[Subscriber, datetime], Message]] = {
    "settings": views.settings,
    "schedule": views.schedule,
    "topics": lambda subscriber, _: views.topics(subscriber),
}
_CHANGES = frozenset({Verb.SUBSCRIBE, Verb.UNSUBSCRIBE, Verb.TOPIC, Verb.HOUR, Verb.REMIND})
"""What changes the settings of a chat; the other buttons show or tell something."""
_SPANS = {"": None, "24h": timedelta(hours=24), "7d": timedelta(days=7)}


async def press(update: Update, context: DeskContext) -> None:
    """Any button: what is stale or not ours is answered and does nothing."""
    query = update.callback_query
    callback = decode(query.data) if query is not None else None
    if callback is None or update.effective_message is None:
        raise UsageError(replies.STALE_BUTTON)
    if callback.verb in _CHANGES:
        await must_be_in_charge(update, context)
    await _PRESSES[callback.verb](context, callback.argument)


async def _show(context: DeskContext, view: str) -> None:
    render = _known(_VIEWS, view)
    context.edit(render(await context.subscriber(), context.now))


async def _subscribe(context: DeskContext, _: str) -> None:
    async with context.sheet.effect() as tx:
        subscriber = await readers.subscribe(tx, context.chat, context.desk.defaults, context.now)
        context.edit(views.subscribed(subscriber, context.now))
    context.answer("Subscribed.")


async def _unsubscribe(context: DeskContext, _: str) -> None:
    async with context.sheet.effect() as tx:
        await readers.unsubscribe(tx, context.chat, context.desk.defaults, context.now)
        context.edit(views.unsubscribed())
    context.answer("Unsubscribed.")


async def _topic(context: DeskContext, number: str) -> None:
    change = "All topics" if number == "all" else _known(TOPICS, f"medtop:{number}")
    before = await context.subscriber()
    async with context.sheet.effect() as tx:
        if number == "all":
            after = await readers.all_topics(tx, context.chat, context.desk.defaults, context.now)
        else:
            code = f"medtop:{number}"
            after = await readers.toggle_topic(tx, context.chat, context.desk.defaults, context.now, code=code)
        if after.topics != before.topics:
            context.edit(views.topics(after))
    added = f"medtop:{number}" in after.topics
    context.answer(
        f"{views.sentence_case(change)}: {'added' if added else 'taken away'}." if after.topics else "All topics."
    )


async def _hour(context: DeskContext, digits: str) -> None:
    moment = _hour_of(digits)
    before = await context.subscriber()
    if moment not in before.times and len(before.times) >= MAX_TIMES:
        raise UsageError(replies.ENOUGH_HOURS)
    async with context.sheet.effect() as tx:
        after = await readers.toggle_time(tx, context.chat, context.desk.defaults, context.now, moment=moment)
        if after.times != before.times:
            context.edit(views.schedule(after, context.now))
    context.answer("" if after.times != before.times else replies.LAST_HOUR_STAYS)


async def _summary(context: DeskContext, span: str) -> None:
    await answer_window(context, WindowRequest(span=_known(_SPANS, span)))


def _hour_of(digits: str) -> time:
    if re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", digits) is None:
        raise UsageError(replies.STALE_BUTTON)
    return time(int(digits[:2]), int(digits[2:]))


def _known(table: Mapping[str, _Entry], name: str) -> _Entry:
    if name not in table:
        raise UsageError(replies.STALE_BUTTON)
    return table[name]


_PRESSES: Mapping[Verb, Callable[[DeskContext, str], Coroutine[Any, Any, None]]] = {
    Verb.SHOW: _show,
    Verb.SUBSCRIBE: _subscribe,
    Verb.UNSUBSCRIBE: _unsubscribe,
    Verb.TOPIC: _topic,
    Verb.HOUR: _hour,
    Verb.SUMMARY: _summary,
    Verb.FIGURES: press_figures,
    Verb.CALENDAR: lambda context, _: answer_calendar(context, DeadlinesRequest(calendar=True)),
    Verb.REMIND: press_remind,
    Verb.ADMIN: press_admin,
}
