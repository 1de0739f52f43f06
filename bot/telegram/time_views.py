"""Owns the views of when a digest comes: hours, days and zone, how often and how long, quiet hours, a pause."""

from datetime import time

from bot.catalogue import Words
from bot.delivery.schedule import EVERY_DAY
from bot.desk.profile import Length
from bot.press.message import Message
from bot.press.text import TextBuilder
from bot.press.times import zone_label
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act, lead, rows, switch
from bot.telegram.moments import day_names
from bot.telegram.scene import Scene
from bot.telegram.schedule import WEEKDAYS, format_days, format_times
from bot.telegram.views import (
    digest_line,
    empty_line,
    length_line,
    local_time,
    paused_until,
    quiet_line,
    row,
    subscription_button,
)

COMMON_HOURS = (6, 7, 8, 9, 12, 18, 20, 21)
_COMMON_QUIET = ((time(22), time(7)), (time(23), time(8)), (time(21), time(6)))
_COMMON_PAUSES = (1, 3)
_COMMON_PAUSE_WEEKS = (1, 2)


def schedule(scene: Scene, *, note: str = "") -> Message:
    """The present hours, days and zone, and buttons for them; ``note`` stands above."""
    words, subscriber = scene.words, scene.subscriber
    days = subscriber.wishes.days
    text = TextBuilder().bold(words("When your digest comes")).line()
    if note:
        text.line(note)
    # L10n: Before the hours of the day at which a digest comes: "07:30, 19:00".
    row(text, words("Hours"), format_times(subscriber.times))
    # L10n: Before the days of the week on which a digest comes.
    row(text, words("Days"), format_days(days, words))
    row(text, words("Time zone"), _zone_now(scene))
    # L10n: Before whether digests come, and when the next: "Digest: on. The next one comes today at 19:00."
    row(text, words("Digest"), digest_line(scene))
    text.line(
        words("Press an hour or a day to add it or to take it away, or write it: /schedule weekdays 07:30 Europe/Kyiv")
    )
    text.line(words("For another time zone write its city, such as /schedule Nairobi, or send me your location."))
    hours = sorted({time(hour) for hour in COMMON_HOURS} | set(subscriber.times))
    at = [switch(f"{hour:%H:%M}", Verb.HOUR, f"{hour:%H%M}", chosen=hour in subscriber.times) for hour in hours]
    names = day_names(words, EVERY_DAY, short=True)
    on = [switch(name, Verb.DAY, str(day), chosen=day in days) for day, name in enumerate(names)]
    on.append(switch(words("Every day"), Verb.DAY, "all", chosen=days == EVERY_DAY))
    last = (subscription_button(scene), lead(words("Settings"), "settings"))
    return text.message((*rows(at, 4), *rows(on, 4), last))


def _zone_now(scene: Scene) -> str:
    zone = scene.subscriber.zone
    # L10n: A time zone and the time that it is there now: "Europe/Kyiv (now 12:00)".
    return scene.words("{zone} (now {time})", zone=zone_label(zone), time=local_time(scene.now, zone))


def _days_at(words: Words, days: frozenset[int], times: str) -> str:
    # L10n: Days and hours of the digest: "weekdays at 08:00", "Monday, Thursday at 08:00, 19:00".
    return words("{days} at {times}", days=format_days(days, words), times=times)


def frequency(scene: Scene) -> Message:
    """How often, how long, and what when nothing happened."""
    words, subscriber = scene.words, scene.subscriber
    days, hours, wishes = subscriber.wishes.days, len(subscriber.times), subscriber.wishes
    text = TextBuilder().bold(words("How often, and how much")).line()
    row(text, words("Now"), _days_at(words, days, format_times(subscriber.times)))
    # L10n: Before how long a digest is.
    row(text, words("Length"), length_line(scene))
    row(text, words("When nothing happened"), empty_line(scene))
    text.line(words("Other days and hours: /schedule Mon Thu 8am"))
    once = hours == 1
    often = (
        # L10n: Buttons: how often a digest comes.
        switch(words("Daily"), Verb.OFTEN, "daily", chosen=once and days == EVERY_DAY),
        switch(words("Twice a day"), Verb.OFTEN, "twice", chosen=hours == len(("one", "two")) and days == EVERY_DAY),
        # L10n: A button: a digest comes from Monday to Friday.
        switch(words("Weekdays"), Verb.OFTEN, "weekdays", chosen=once and days == WEEKDAYS),
        switch(words("Weekly"), Verb.OFTEN, "weekly", chosen=once and len(days) == 1),
    )
    short = wishes.length is Length.SHORT
    much = (
        # L10n: A button: the digest is to be one short message.
        switch(words("Short"), Verb.LENGTH, Length.SHORT, chosen=short),
        # L10n: A button: the digest is to hold everything, in as many messages as it takes.
        switch(words("Full"), Verb.LENGTH, Length.FULL, chosen=not short),
    )
    empty = (
        switch(words("Say when nothing happened"), Verb.EMPTY, "on", chosen=wishes.sends_empty),
        switch(words("Send nothing then"), Verb.EMPTY, "off", chosen=not wishes.sends_empty),
    )
    return text.message((*rows(often, 2), much, *rows(empty, 1), (lead(words("Settings"), "settings"),)))


def quiet(scene: Scene) -> Message:
    """The quiet hours and common ones to choose."""
    words, hours = scene.words, scene.subscriber.wishes.quiet
    text = TextBuilder().bold(words("Quiet hours")).line()
    row(text, words("Now"), quiet_line(scene))
    row(text, words("Time zone"), zone_label(scene.subscriber.zone))
    text.line(words("In quiet hours no alert and no correction comes; they wait. Digests come at the hours you chose."))
    text.line(words("Others: /quiet 23:30-06:15"))
    buttons = [
        switch(f"{start:%H:%M}-{end:%H:%M}", Verb.QUIET, f"{start:%H%M}-{end:%H%M}", chosen=hours == (start, end))
        for start, end in _COMMON_QUIET
    ]
    last = (
        switch(words.within("hours", "None"), Verb.QUIET, "off", chosen=hours is None),
        lead(words("Settings"), "settings"),
    )
    return text.message((tuple(buttons), last))


def pause(scene: Scene) -> Message:
    """A pause that lasts, or some to choose from."""
    words, text = scene.words, TextBuilder()
    if scene.is_paused:
        text.bold(words("Your digest is paused until {moment}.", moment=paused_until(scene))).line()
        text.line(words("Then it comes again by itself, and tells what you missed, a week of it at most."))
        text.line(words("/resume ends the pause now."))
        return text.message(((act(words("Resume"), Verb.RESUME), lead(words("Settings"), "settings")),))
    text.bold(words("Pause the digest")).line().line(words("For how long? Others: /pause 12h, /pause until 5 May"))
    if not scene.subscriber.subscribed:
        text.line(words("You are not subscribed, so no digest comes at the moment."))
    days = [act(words.plural("{count} day", "{count} days", n), Verb.PAUSE, f"{n}d") for n in _COMMON_PAUSES]
    weeks = [act(words.plural("{count} week", "{count} weeks", n), Verb.PAUSE, f"{n}w") for n in _COMMON_PAUSE_WEEKS]
    return text.message(((*days, *weeks), (lead(words("Settings"), "settings"),)))


def resumed(scene: Scene) -> Message:
    """The answer to /resume."""
    words = scene.words
    text = TextBuilder().bold(words("No pause any more.")).line()
    row(text, words("Digest"), digest_line(scene))
    return text.message(((lead(words("Settings"), "settings"),),))
