"""Owns what /figures answers: a series as text and chart, the others that were meant perhaps, or the newest."""

import difflib
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.catalogue import Words
from bot.desk.ledger import Series
from bot.errors import Skip
from bot.newsroom import archive, choices, readers
from bot.press.message import Keyboard, Message
from bot.press.series import render_series, series_title
from bot.press.text import shortened
from bot.telegram import replies
from bot.telegram.callback import Verb
from bot.telegram.desk_context import DeskContext
from bot.telegram.keyboards import act
from bot.telegram.lookup_arguments import echo
from bot.telegram.progress import SOON_S
from bot.telegram.usage import UsageError

MAX_SERIES = 6
"""Series that are offered at a time."""
_MAX_BUTTON = 48


async def answer_figures(context: DeskContext, wanted: str) -> None:
    """The series that the words mean, with buttons for the others; the newest ones where nothing is said or found."""
    words = context.words
    async with context.desk.store.read() as tx:
        found = await tx.ledger.find(wanted, MAX_SERIES) if wanted else []
        newest = [] if found else await tx.ledger.newest(MAX_SERIES)
    if found:
        await _show(context, found[0], _choice(found[1:], words))
    elif not newest:
        context.reply(replies.say(words("I follow no figures yet: they come with the news of your channels.")))
    elif wanted:
        nearest = sorted(newest, key=lambda series: -_likeness(wanted, series))
        said = words("I have no figure about “{words}”. These are the nearest of the newest:", words=echo(wanted))
        context.reply(_offer(said, nearest, words))
    else:
        said = words("The newest figures I follow. Choose one, or write /figures and a few words.")
        context.reply(_offer(said, newest, words))


async def press_figures(context: DeskContext, number: str) -> None:
    """A press on one of the series that were offered."""
    async with context.desk.store.read() as tx:
        series = await tx.ledger.series(int(number)) if number.isdecimal() else None
    if series is None:
        raise UsageError(replies.SERIES_GONE)
    await _show(context, series, None)


async def press_follow(context: DeskContext, number: str) -> None:
    """A press that has a figure's changes told at once, or (again) no longer."""
    async with context.desk.store.read() as tx:
        series = await tx.ledger.series(int(number)) if number.isdecimal() else None
    if series is None:
        raise UsageError(replies.SERIES_GONE)
    try:
        async with context.sheet.effect() as tx:
            alter = partial(choices.switched_figure, series=series.id)
            known = await readers.change(tx, context.chat, context.desk.defaults, context.now, alter)
    except Skip as error:
        raise UsageError(replies.ENOUGH_FIGURES) from error
    said = replies.FIGURE_FOLLOWED if series.id in known.wishes.figures else replies.FIGURE_LEFT
    context.answer(context.words(said), alert=True)


async def _show(context: DeskContext, series: Series, others: Keyboard | None) -> None:
    words = context.words
    follow = act(words(replies.TELL_CHANGES), Verb.FOLLOW_FIGURE, str(series.id))
    context.reply(render_series(series, words, keyboard=((follow,), *(others or ()))))
    if len(series.entries) > 1:
        async with context.working(words(replies.DRAWING), after_s=SOON_S):
            chart = await archive.draw(series, words)
        context.hand_over(chart, replies.say(shortened(series_title(series, words), _MAX_BUTTON)))


def _offer(text: str, series: Sequence[Series], words: Words) -> Message:
    return replace(replies.say(text), keyboard=_choice(series, words))


def _choice(series: Sequence[Series], words: Words) -> Keyboard | None:
    rows = tuple((act(shortened(series_title(one, words), _MAX_BUTTON), Verb.FIGURES, str(one.id)),) for one in series)
    return rows or None


def _likeness(wanted: str, series: Series) -> float:
    return difflib.SequenceMatcher(None, wanted.casefold(), series.label.casefold()).ratio()
