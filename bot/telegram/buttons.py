"""Owns what a press of a button does: one use case, and the message it sits on is changed in place."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from telegram import Update

from bot.press.message import Message
from bot.telegram import choice_presses, choice_views, help_views, languages, replies, time_presses, time_views, views
from bot.telegram.beginning import press_begin
from bot.telegram.book_answers import answer_calendar, press_remind
from bot.telegram.callback import Verb, decode
from bot.telegram.choice_handlers import sources_view
from bot.telegram.data_handlers import export, forget_now
from bot.telegram.desk_context import DeskContext, Press
from bot.telegram.edition_buttons import press_edition
from bot.telegram.figure_answers import press_figures, press_follow
from bot.telegram.lookup_arguments import DeadlinesRequest
from bot.telegram.operator_handlers import press_admin
from bot.telegram.reader_handlers import subscribe_here, unsubscribe_here
from bot.telegram.rights import must_be_in_charge
from bot.telegram.scene import Scene
from bot.telegram.steps import look
from bot.telegram.summary import WindowRequest
from bot.telegram.summary_answers import answer_window
from bot.telegram.usage import StaleButton

_VIEWS: Mapping[str, Callable[[Scene], Message]] = {
    "settings": views.settings,
    "schedule": time_views.schedule,
    "frequency": time_views.frequency,
    "quiet": time_views.quiet,
    "pause": time_views.pause,
    "language": languages.language_view,
    "words": choice_views.wordlist,
    "privacy": lambda scene: help_views.privacy(scene.words),
    "forget": lambda scene: help_views.forget(scene.words),
}
_PAGED: Mapping[str, Callable[[Scene, int], Message]] = {"topics": choice_views.topics, "alerts": choice_views.alerts}
_MENUS = {
    "topic": "topics",
    "unf": "words",
    "unm": "words",
    "src": "sources",
    "alert": "alerts",
    "hour": "schedule",
    "day": "schedule",
    "often": "frequency",
    "len": "frequency",
    "empty": "frequency",
    "quiet": "quiet",
    "pause": "pause",
    "lang": "language",
    "show": "settings",
    "sub": "settings",
    "unsub": "settings",
}
"""By the verb of a button that is out of date, the view that has taken the place of its message."""
_IN_CHARGE = frozenset({Verb.BEGIN, Verb.FORGET, Verb.REMIND, Verb.FOLLOW_FIGURE})
"""What changes something and does not look itself whether it may."""
_SPANS = {"": None, "24h": timedelta(hours=24), "7d": timedelta(days=7)}
_VIEW = re.compile(r"([a-z]+)(?:-(\d{1,3}))?", re.ASCII)


async def press(update: Update, context: DeskContext) -> None:
    """Any button: one that is out of date is answered with what has taken its place."""
    query = update.callback_query
    data = query.data if query is not None else None
    callback = decode(data)
    try:
        if callback is None or callback.verb not in PRESSES:
            raise StaleButton
        if callback.verb in _IN_CHARGE:
            await must_be_in_charge(update, context)
        await PRESSES[callback.verb](context, callback.argument)
    except StaleButton:
        context.sheet.forget()
        await _renew(context, data or "")
        context.answer(context.words(replies.STALE_BUTTON))


async def _renew(context: DeskContext, data: str) -> None:
    """Show what has taken the place of a menu, in its place; below anything else, which may be a digest, the settings."""
    view = _MENUS.get(data.partition(":")[2].partition(":")[0])
    if context.incoming.effective_chat is None:  # a message sent by way of the inline mode: there is nowhere to show it
        return
    if view is None or context.incoming.effective_message is None:
        context.reply(views.settings(await context.scene()))
    else:
        await _show(context, view)


async def _show(context: DeskContext, named: str) -> None:
    found = _VIEW.fullmatch(named)
    view, number = (found[1], int(found[2] or 1)) if found else ("", 1)
    if view == "sources":
        await look(context, await sources_view(context, number))
    elif view in _PAGED:
        await look(context, lambda scene: _PAGED[view](scene, number))
    elif view in _VIEWS:
        await look(context, _VIEWS[view])
    else:
        raise StaleButton


async def _subscribe(context: DeskContext, _: str) -> None:
    await subscribe_here(context)
    context.answer(context.words("Subscribed."))


async def _unsubscribe(context: DeskContext, _: str) -> None:
    await unsubscribe_here(context)
    context.answer(context.words("Unsubscribed."))


async def _summary(context: DeskContext, span: str) -> None:
    if span not in _SPANS:
        raise StaleButton
    await answer_window(context, WindowRequest(span=_SPANS[span]))


async def _forget(context: DeskContext, answer: str) -> None:
    if answer == "yes":
        await forget_now(context)
    else:
        context.edit(help_views.privacy(context.words))
        context.answer(context.words(replies.KEPT))


PRESSES: Mapping[Verb, Press] = {
    Verb.SHOW: _show,
    Verb.BEGIN: press_begin,
    Verb.SUBSCRIBE: _subscribe,
    Verb.UNSUBSCRIBE: _unsubscribe,
    **choice_presses.PRESSES,
    **time_presses.PRESSES,
    **languages.PRESSES,
    Verb.SUMMARY: _summary,
    Verb.FIGURES: press_figures,
    Verb.FOLLOW_FIGURE: press_follow,
    Verb.CALENDAR: lambda context, _: answer_calendar(context, DeadlinesRequest(calendar=True)),
    Verb.REMIND: press_remind,
    Verb.EXPORT: lambda context, _: export(context.incoming, context),
    Verb.FORGET: _forget,
    Verb.ADMIN: press_admin,
    Verb.EDITION: press_edition,
}
"""By verb."""
