"""Owns the buttons that say when a digest comes: hours, days, how often, how long, quiet hours, a pause."""

from collections.abc import Mapping
from functools import partial

from bot.delivery.schedule import EVERY_DAY
from bot.desk.profile import Length
from bot.newsroom import choices, readers
from bot.telegram import replies, time_views
from bot.telegram.callback import Verb
from bot.telegram.desk_context import DeskContext, Press
from bot.telegram.frequencies import frequency_step
from bot.telegram.rights import must_be_in_charge
from bot.telegram.schedule import MAX_TIMES, read_digits
from bot.telegram.spans import parse_frequency, parse_pause
from bot.telegram.steps import take
from bot.telegram.usage import StaleButton, UsageError

_SWITCH = {"on": True, "off": False}
_OFTEN = frozenset({"daily", "twice", "weekdays", "weekly"})
_PAUSES = frozenset({"1d", "3d", "1w", "2w"})
_DAYS = frozenset(map(str, EVERY_DAY))


async def _hour(context: DeskContext, digits: str) -> None:
    moment = read_digits(digits)
    if moment is None:
        raise StaleButton
    times = (await context.subscriber()).times
    if moment not in times and len(times) >= MAX_TIMES:
        raise UsageError(replies.enough_hours)
    if times == (moment,):
        raise UsageError(replies.LAST_HOUR_STAYS)
    await take(context, lambda known: choices.switched_time(known, moment), time_views.schedule)


async def _day(context: DeskContext, day: str) -> None:
    if day == "all":
        await take(context, partial(choices.schedule, days=EVERY_DAY), time_views.schedule)
        return
    if day not in _DAYS:
        raise StaleButton
    if (await context.subscriber()).wishes.days == {int(day)}:
        raise UsageError(replies.LAST_DAY_STAYS)
    await take(context, lambda known: choices.switched_day(known, int(day)), time_views.schedule)


async def _often(context: DeskContext, often: str) -> None:
    if often not in _OFTEN:
        raise StaleButton
    await take(context, frequency_step(parse_frequency(often)), time_views.frequency)


async def _length(context: DeskContext, length: str) -> None:
    if length not in set(Length):
        raise StaleButton
    await take(context, lambda known: choices.length(known, Length(length)), time_views.frequency)


async def _empty(context: DeskContext, wanted: str) -> None:
    if wanted not in _SWITCH:
        raise StaleButton
    await take(context, partial(choices.sends_empty, wanted=_SWITCH[wanted]), time_views.frequency)


async def _quiet(context: DeskContext, hours: str) -> None:
    start, _, end = hours.partition("-")
    first, last = read_digits(start), read_digits(end)
    if hours == "off":
        await take(context, partial(choices.quiet, hours=None), time_views.quiet)
    elif first is None or last is None or first == last:
        raise StaleButton
    else:
        await take(context, lambda known: choices.quiet(known, (first, last)), time_views.quiet)


async def _pause(context: DeskContext, span: str) -> None:
    until = parse_pause(span, context.now, "UTC") if span in _PAUSES else None
    if until is None:
        raise StaleButton
    await must_be_in_charge(context.incoming, context)
    async with context.sheet.effect() as tx:
        subscriber = await readers.pause(tx, context.chat, context.desk.defaults, context.now, until=until)
        context.show(time_views.pause(context.scene_of(subscriber)))


async def _resume(context: DeskContext, _: str) -> None:
    await take(context, partial(choices.paused, until=None), time_views.resumed)


PRESSES: Mapping[Verb, Press] = {
    Verb.HOUR: _hour,
    Verb.DAY: _day,
    Verb.OFTEN: _often,
    Verb.LENGTH: _length,
    Verb.EMPTY: _empty,
    Verb.QUIET: _quiet,
    Verb.PAUSE: _pause,
    Verb.RESUME: _resume,
}
