"""Owns what /deadlines answers: the dates to come as a list or a calendar file, and who is reminded of them."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.catalogue import Words
from bot.desk.book import BookEntry
from bot.desk.search import terms, wished
from bot.errors import Skip
from bot.newsroom import reminders
from bot.press.message import Button, Keyboard, Message
from bot.press.times import zone_of
from bot.press.upcoming import render_upcoming
from bot.store import Attachment
from bot.telegram import replies
from bot.telegram.callback import Callback, Verb
from bot.telegram.desk_context import DeskContext
from bot.telegram.lookup_arguments import DeadlinesRequest, echo
from bot.telegram.progress import SOON_S
from bot.telegram.usage import StaleButton, UsageError

HORIZON = timedelta(days=1100)
MAX_READ = 300
"""Dates to come that are looked through, the soonest first."""
MAX_LISTED = 20
_REMINDABLE = 8
"""Entries of a list that have a button of their own."""
_PER_ROW = 2


async def answer_deadlines(context: DeskContext, request: DeadlinesRequest) -> None:
    """The list, the soonest first."""
    today, entries = await _to_come(context, request.words)
    shown = entries[:MAX_LISTED]
    if not shown:
        context.reply(replies.no_deadlines(context.words, echo(" ".join(request.words))))
        return
    words = context.words
    keyboard = _keyboard(words, shown, every=not request.words)
    context.reply(*render_upcoming(shown, words, today=today, omitted=len(entries) - len(shown), keyboard=keyboard))


async def answer_calendar(context: DeskContext, request: DeadlinesRequest) -> None:
    """The same as a file that calendars take in."""
    _, entries = await _to_come(context, request.words)
    if not entries:
        context.reply(replies.no_deadlines(context.words, echo(" ".join(request.words))))
        return
    async with context.working(context.words(replies.LOOKING_THROUGH), after_s=SOON_S):
        content = await asyncio.to_thread(_calendar, entries, context.words, context.now)
    file = Attachment(field="document", filename="deadlines.ics", media_type="text/calendar", content=content)
    caption = context.words.plural(
        "{count} date to come. Open the file to add them to your calendar.",
        "{count} dates to come. Open the file to add them to your calendar.",
        len(entries),
    )
    context.hand_over(file, Message(caption))


def _calendar(entries: Sequence[BookEntry], words: Words, now: datetime) -> bytes:
    from bot.press.calendar import render_calendar  # noqa: PLC0415  a tenth of every start, for a file that few ask for

    return render_calendar(entries, words, stamp=now)


async def press_remind(context: DeskContext, which: str) -> None:
    """A press on a reminder: of one date (again: no more), of all that matter, or of none but those chosen."""
    if which in {"all", "none"}:
        async with context.sheet.effect() as tx:
            every = which == "all"
            await reminders.remind_of_all(tx, context.chat, context.desk.defaults, context.now, wanted=every)
        context.answer(context.words(replies.REMINDED_OF_ALL if every else replies.NOT_REMINDED_OF_ALL), alert=True)
        return
    if not which.isdecimal():
        raise StaleButton
    context.answer(context.words(await _turn(context, int(which))), alert=True)


async def _turn(context: DeskContext, entry: int) -> str:
    """Follow a date, or no longer; returns what was done, in words."""
    try:
        async with context.sheet.effect() as tx:
            if entry in await reminders.followed(tx, context.chat):
                await reminders.unfollow(tx, context.chat, entry=entry)
                return replies.NOT_REMINDED
            found = await reminders.follow(tx, context.chat, context.desk.defaults, context.now, entry=entry)
    except Skip as error:
        raise UsageError(replies.ENOUGH_REMINDERS) from error
    return replies.DEADLINE_GONE if found is None else replies.REMINDED


async def _to_come(context: DeskContext, words: Sequence[str]) -> tuple[date, list[BookEntry]]:
    """The reader's day, and what falls due from then on that holds all of the words."""
    zone = zone_of((await context.subscriber()).zone)
    today = context.now.astimezone(zone).date()
    async with context.desk.store.read() as tx:
        entries = await tx.book.upcoming(today, today + HORIZON, MAX_READ)
    wish = set(wished(words))
    return today, [entry for entry in entries if wish <= terms(f"{entry.what} {entry.who or ''} {entry.sentence}")]


def _keyboard(words: Words, entries: Sequence[BookEntry], *, every: bool) -> Keyboard:
    buttons = [
        Button(
            # L10n: {number} is the number of a date in the list above the button.
            words("Remind me of {number}", number=number),
            Callback(Verb.REMIND, str(entry.id)).encode(),
        )
        for number, entry in enumerate(entries[:_REMINDABLE], 1)
    ]
    rows = [tuple(buttons[start : start + _PER_ROW]) for start in range(0, len(buttons), _PER_ROW)]
    if every:
        # L10n: A button: remind me of all dates in the list. At most 40 characters.
        of_all = Button(words("Remind me of all"), Callback(Verb.REMIND, "all").encode())
        # L10n: A button: remind me only of the dates that I choose one by one.
        of_none = Button(words("Only those I choose"), Callback(Verb.REMIND, "none").encode())
        rows += [(of_all, of_none), (Button(words("Calendar file"), Callback(Verb.CALENDAR).encode()),)]
    return tuple(rows)
