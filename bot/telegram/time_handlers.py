"""Owns the commands that say when a digest comes: /schedule, /frequency, /quiet, and a location that is shared."""

from collections.abc import Mapping
from functools import partial

from telegram import Update

from bot.newsroom import choices
from bot.press.times import zone_label
from bot.telegram import time_views
from bot.telegram.desk_context import DeskContext, Handler
from bot.telegram.frequencies import frequency_step
from bot.telegram.places import nearest_place
from bot.telegram.schedule import ScheduleRequest, parse_schedule
from bot.telegram.spans import FrequencyRequest, parse_frequency, parse_quiet
from bot.telegram.steps import look, take


async def schedule(_: Update, context: DeskContext) -> None:
    """/schedule [DAYS] [HOURS] [ZONE]: the present setting, or another one."""
    request = parse_schedule(context.english_arguments)
    if request == ScheduleRequest():
        await look(context, time_views.schedule)
        return
    alter = partial(choices.schedule, times=request.times, zone=request.zone, days=request.days)
    await take(context, alter, time_views.schedule)


async def location(_: Update, context: DeskContext) -> None:
    """A location that somebody sends in private: the zone of the nearest city."""
    where = context.message.location
    if where is None:
        return
    place = nearest_place(where.latitude, where.longitude)
    took = context.words("I took the time zone of {place}, {zone}.", place=place.name, zone=zone_label(place.zone))
    note = f"{took} {context.words('If that is wrong, write a city: /schedule Nairobi')}"
    await take(context, partial(choices.schedule, zone=place.zone), partial(time_views.schedule, note=note))


async def frequency(_: Update, context: DeskContext) -> None:
    """/frequency [daily|twice a day|weekdays|weekly [DAY]]: the present setting, or another one."""
    request = parse_frequency(context.english_arguments)
    if request == FrequencyRequest():
        await look(context, time_views.frequency)
    else:
        await take(context, frequency_step(request), time_views.frequency)


async def quiet(_: Update, context: DeskContext) -> None:
    """/quiet [FROM-TO|off]: the present setting, or another one."""
    hours = parse_quiet(context.english_arguments)
    if hours is None:
        await look(context, time_views.quiet)
        return
    chosen = None if hours == "off" else hours
    await take(context, lambda known: choices.quiet(known, chosen), time_views.quiet)


HANDLERS: Mapping[str, Handler] = {"schedule": schedule, "frequency": frequency, "quiet": quiet}
