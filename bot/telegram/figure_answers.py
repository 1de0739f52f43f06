"""Owns what /figures answers: a series as text and chart, the others that were meant perhaps, or the newest."""

import difflib
from collections.abc import Sequence

from bot.catalogue import Words
from bot.desk.ledger import Series
from bot.newsroom import archive
from bot.press.message import Button, Keyboard, Message
from bot.press.series import render_series, series_title
from bot.press.text import shortened
from bot.telegram import replies
from bot.telegram.callback import Callback, Verb
from bot.telegram.desk_context import DeskContext
from bot.telegram.lookup_arguments import echo
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


async def _show(context: DeskContext, series: Series, keyboard: Keyboard | None) -> None:
    words = context.words
    context.reply(render_series(series, words, keyboard=keyboard))
    if len(series.entries) > 1:
        context.hand_over(
            await archive.draw(series, words), Message(shortened(series_title(series, words), _MAX_BUTTON))
        )


def _offer(text: str, series: Sequence[Series], words: Words) -> Message:
    return Message(text, keyboard=_choice(series, words))


def _choice(series: Sequence[Series], words: Words) -> Keyboard | None:
    rows = tuple(
        (Button(shortened(series_title(one, words), _MAX_BUTTON), Callback(Verb.FIGURES, str(one.id)).encode()),)
        for one in series
    )
    return rows or None


def _likeness(wanted: str, series: Series) -> float:
    return difflib.SequenceMatcher(None, wanted.casefold(), series.label.casefold()).ratio()
