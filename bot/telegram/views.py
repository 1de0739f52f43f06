"""Owns the messages a reader steers the bot by: welcome, topics, schedule and settings, each with its buttons."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.desk.topics import TOPICS
from bot.press.message import Button, Keyboard, Message
from bot.press.text import TextBuilder
from bot.press.times import zone_label
from bot.store import Subscriber
from bot.telegram.callback import Callback, Verb
from bot.telegram.commands import COMMANDS
from bot.telegram.schedule import format_times

COMMON_HOURS = (6, 7, 8, 9, 12, 18, 20, 21)
CHOSEN = "✓ "
"""Before what is chosen; the text above the buttons says the same in words."""


def welcome(subscriber: Subscriber) -> Message:
    """The first three lines anybody sees, and the next step as buttons."""
    text = (
        TextBuilder()
        .bold("Sitrep reads the news channels and sends you what happened.")
        .line()
        .line("Short digests at your hours: stories, key figures with their dates, deadlines, each with its source.")
        .line(f"{standing(subscriber)} For what is new right now, send /summary.")
    )
    return text.message(_menu(subscriber, summary=True))


def settings(subscriber: Subscriber, now: datetime) -> Message:
    """Everything that can be changed, on one message."""
    text = TextBuilder().bold("Your settings").line()
    _row(text, "Digest", _digest_line(subscriber, now))
    _row(text, "Hours", format_times(subscriber.times))
    _row(text, "Time zone", zone_label(subscriber.zone))
    _row(text, "Topics", _topics_line(subscriber.topics))
    return text.message(_menu(subscriber))


def topics(subscriber: Subscriber) -> Message:
    """The 17 topics as buttons that switch."""
    text = TextBuilder().bold("Topics of your digest").line()
    _row(text, "Chosen", _topics_line(subscriber.topics))
    text.line("Press a topic to add it or to take it away.")
    buttons = [_topic_button(code, name, chosen=code in subscriber.topics) for code, name in TOPICS.items()]
    every = "all topics"
    last = (
        Button((CHOSEN if not subscriber.topics else "") + sentence_case(every), Callback(Verb.TOPIC, "all").encode()),
        _show("Settings", "settings"),
    )
    return text.message((*_rows(buttons, 1), last))


def schedule(subscriber: Subscriber, now: datetime) -> Message:
    """The present hours and zone, and buttons for common hours."""
    text = TextBuilder().bold("When your digest comes").line()
    _row(text, "Hours", format_times(subscriber.times))
    _row(text, "Time zone", f"{zone_label(subscriber.zone)} (now {_local(now, subscriber.zone)})")
    _row(text, "Digest", _digest_line(subscriber, now))
    text.line("Press an hour to add it or to take it away, or write it: /schedule 07:30 Europe/Kyiv")
    listed = sorted({time(hour) for hour in COMMON_HOURS} | set(subscriber.times))
    buttons = [_hour_button(moment, chosen=moment in subscriber.times) for moment in listed]
    last = (_subscription(subscriber), _show("Settings", "settings"))
    return text.message((*_rows(buttons, 4), last))


def help_page() -> Message:
    """Every command with its line, and the forms that take more than a word."""
    text = TextBuilder().bold("What I can do").line()
    for command in COMMANDS:
        text.line(f"/{command.name} – {command.line}")
    for command in COMMANDS:
        if command.usage:
            text.blank().bold(f"/{command.name}").line()
            for usage in command.usage:
                text.line(usage)
    return text.message()


def subscribed(subscriber: Subscriber, now: datetime) -> Message:
    """The answer to /subscribe."""
    text = TextBuilder().bold("You are subscribed.").line().line(_next_line(subscriber, now))
    _row(text, "Topics", _topics_line(subscriber.topics))
    return text.message(((_show("Topics", "topics"), _show("Hours", "schedule")), (_summary_button(),)))


def unsubscribed() -> Message:
    """The answer to /unsubscribe."""
    text = TextBuilder().line("You get no more digests. Your topics and hours are kept.")
    text.line("/summary still works whenever you want to know what happened.")
    return text.message(((Button("Subscribe again", Callback(Verb.SUBSCRIBE).encode()),),))


def standing(subscriber: Subscriber) -> str:
    """Whether and when digests come, in one sentence."""
    if not subscriber.subscribed:
        return "You are not subscribed."
    return f"You get a digest at {format_times(subscriber.times)} ({zone_label(subscriber.zone)})."


def nothing_new_keyboard(looked: timedelta) -> Keyboard:
    """What to press where an edition on demand is empty: longer times than the one that was looked through."""
    choice = {"24h": ("The last 24 hours", timedelta(hours=24)), "7d": ("The last 7 days", timedelta(days=7))}
    longer = tuple(_summary_button(label, span) for span, (label, length) in choice.items() if length > looked)
    return (longer,) if longer else ()


def sentence_case(name: str) -> str:
    """A name with its first letter as it stands at the head of a button."""
    return name[:1].upper() + name[1:]


def _row(text: TextBuilder, label: str, value: str) -> None:
    text.plain(f"{label}: {value}").line()


def _digest_line(subscriber: Subscriber, now: datetime) -> str:
    if not subscriber.subscribed:
        return "off. /subscribe turns it on."
    return f"on. {_next_line(subscriber, now)}".strip()


def _next_line(subscriber: Subscriber, now: datetime) -> str:
    if subscriber.next_due_at is None:
        return ""
    due = subscriber.next_due_at.astimezone(ZoneInfo(subscriber.zone))
    today = now.astimezone(ZoneInfo(subscriber.zone)).date()
    days = (due.date() - today).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {due:%A}, {due.day} {due:%B}")
    return f"The next one comes {day} at {due:%H:%M} ({zone_label(subscriber.zone)})."


def _topics_line(chosen: frozenset[str]) -> str:
    if not chosen:
        return "all topics."
    return "; ".join(TOPICS.get(code, code) for code in sorted(chosen)) + "."


def _local(now: datetime, zone: str) -> str:
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M}"


def _menu(subscriber: Subscriber, *, summary: bool = False) -> Keyboard:
    rows: list[tuple[Button, ...]] = [
        (_subscription(subscriber),),
        (_show("Topics", "topics"), _show("Hours", "schedule")),
    ]
    return (*rows, (_summary_button(),)) if summary else tuple(rows)


def _subscription(subscriber: Subscriber) -> Button:
    if subscriber.subscribed:
        return Button("Unsubscribe", Callback(Verb.UNSUBSCRIBE).encode())
    return Button("Subscribe", Callback(Verb.SUBSCRIBE).encode())


def _show(label: str, view: str) -> Button:
    return Button(label, Callback(Verb.SHOW, view).encode())


def _summary_button(label: str = "What happened, now", span: str = "") -> Button:
    return Button(label, Callback(Verb.SUMMARY, span).encode())


def _topic_button(code: str, name: str, *, chosen: bool) -> Button:
    label = (CHOSEN if chosen else "") + sentence_case(name)
    return Button(label, Callback(Verb.TOPIC, code.removeprefix("medtop:")).encode())


def _hour_button(moment: time, *, chosen: bool) -> Button:
    return Button(f"{CHOSEN if chosen else ''}{moment:%H:%M}", Callback(Verb.HOUR, f"{moment:%H%M}").encode())


def _rows(buttons: Sequence[Button], width: int) -> Keyboard:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
