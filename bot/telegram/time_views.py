"""Owns the views of when a digest comes: hours, days and zone, how often and how long, quiet hours, a pause."""

from datetime import time

from bot.delivery.schedule import EVERY_DAY
from bot.desk.profile import Length
from bot.press.message import Message
from bot.press.text import TextBuilder
from bot.press.times import zone_label
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act, lead, rows, switch
from bot.telegram.scene import Scene
from bot.telegram.schedule import WEEKDAYS, day_name, format_days, format_times
from bot.telegram.views import (
    digest_line,
    empty_line,
    length_line,
    local_time,
    quiet_line,
    row,
    subscription_button,
    until,
)

COMMON_HOURS = (6, 7, 8, 9, 12, 18, 20, 21)
_COMMON_QUIET = ((time(22), time(7)), (time(23), time(8)), (time(21), time(6)))
_COMMON_PAUSES = {"1d": "1 day", "3d": "3 days", "1w": "1 week", "2w": "2 weeks"}


def schedule(scene: Scene, *, note: str = "") -> Message:
    """The present hours, days and zone, and buttons for them; ``note`` stands above."""
    subscriber = scene.subscriber
    days = subscriber.wishes.days
    text = TextBuilder().bold("When your digest comes").line()
    if note:
        text.line(note)
    row(text, "Hours", format_times(subscriber.times))
    row(text, "Days", format_days(days))
    row(text, "Time zone", f"{zone_label(subscriber.zone)} (now {local_time(scene.now, subscriber.zone)})")
    row(text, "Digest", digest_line(scene))
    text.line("Press an hour or a day to add it or to take it away, or write it: /schedule weekdays 07:30 Europe/Kyiv")
    text.line("For another time zone write its city, such as /schedule Nairobi, or send me your location.")
    hours = sorted({time(hour) for hour in COMMON_HOURS} | set(subscriber.times))
    at = [switch(f"{hour:%H:%M}", Verb.HOUR, f"{hour:%H%M}", chosen=hour in subscriber.times) for hour in hours]
    on = [switch(day_name(day)[:3], Verb.DAY, str(day), chosen=day in days) for day in sorted(EVERY_DAY)]
    on.append(switch("Every day", Verb.DAY, "all", chosen=days == EVERY_DAY))
    last = (subscription_button(scene), lead("Settings", "settings"))
    return text.message((*rows(at, 4), *rows(on, 4), last))


def frequency(scene: Scene) -> Message:
    """How often, how long, and what when nothing happened."""
    subscriber = scene.subscriber
    days, hours, wishes = subscriber.wishes.days, len(subscriber.times), subscriber.wishes
    text = TextBuilder().bold("How often, and how much").line()
    row(text, "Now", f"{format_days(days)} at {format_times(subscriber.times)}")
    row(text, "Length", length_line(subscriber))
    row(text, "When nothing happened", empty_line(subscriber))
    text.line("Other days and hours: /schedule Mon Thu 8am")
    once = hours == 1
    often = (
        switch("Daily", Verb.OFTEN, "daily", chosen=once and days == EVERY_DAY),
        switch("Twice a day", Verb.OFTEN, "twice", chosen=hours == len(("one", "two")) and days == EVERY_DAY),
        switch("Weekdays", Verb.OFTEN, "weekdays", chosen=once and days == WEEKDAYS),
        switch("Weekly", Verb.OFTEN, "weekly", chosen=once and len(days) == 1),
    )
    short = wishes.length is Length.SHORT
    much = (
        switch("Short", Verb.LENGTH, Length.SHORT, chosen=short),
        switch("Full", Verb.LENGTH, Length.FULL, chosen=not short),
    )
    empty = (
        switch("Say when nothing happened", Verb.EMPTY, "on", chosen=wishes.sends_empty),
        switch("Send nothing then", Verb.EMPTY, "off", chosen=not wishes.sends_empty),
    )
    return text.message((*rows(often, 2), much, *rows(empty, 1), (lead("Settings", "settings"),)))


def quiet(scene: Scene) -> Message:
    """The quiet hours and common ones to choose."""
    hours = scene.subscriber.wishes.quiet
    text = TextBuilder().bold("Quiet hours").line()
    row(text, "Now", quiet_line(scene.subscriber))
    row(text, "Time zone", zone_label(scene.subscriber.zone))
    text.line("In quiet hours no alert and no correction comes; they wait. Digests come at the hours you chose.")
    text.line("Others: /quiet 23:30-06:15")
    buttons = [
        switch(f"{start:%H:%M}-{end:%H:%M}", Verb.QUIET, f"{start:%H%M}-{end:%H%M}", chosen=hours == (start, end))
        for start, end in _COMMON_QUIET
    ]
    last = (switch("None", Verb.QUIET, "off", chosen=hours is None), lead("Settings", "settings"))
    return text.message((tuple(buttons), last))


def pause(scene: Scene) -> Message:
    """A pause that lasts, or some to choose from."""
    text = TextBuilder()
    if scene.is_paused:
        text.bold(f"Your digest is paused {until(scene)}.").line()
        text.line("Then it comes again by itself, and tells what you missed, a week of it at most.")
        text.line("/resume ends the pause now.")
        return text.message(((act("Resume", Verb.RESUME), lead("Settings", "settings")),))
    text.bold("Pause the digest").line().line("For how long? Others: /pause 12h, /pause until 5 May")
    if not scene.subscriber.subscribed:
        text.line("You are not subscribed, so no digest comes at the moment.")
    buttons = [act(label, Verb.PAUSE, span) for span, label in _COMMON_PAUSES.items()]
    return text.message((tuple(buttons), (lead("Settings", "settings"),)))


def resumed(scene: Scene) -> Message:
    """The answer to /resume."""
    text = TextBuilder().bold("No pause any more.").line()
    row(text, "Digest", digest_line(scene))
    return text.message(((lead("Settings", "settings"),),))
