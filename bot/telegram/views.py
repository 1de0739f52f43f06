"""Owns the messages a reader steers the bot by: welcome, settings and what a subscription says, each with its buttons."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.desk.profile import Length
from bot.press.message import Button, Keyboard, Message
from bot.press.text import TextBuilder, shortened
from bot.press.times import zone_label, zone_of
from bot.store import ALERT_FOLLOWED, Subscriber
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act, lead
from bot.telegram.scene import Scene
from bot.telegram.schedule import format_days, format_times

BRIEF = 4
"""Names in a list that stands among others, before the rest is counted."""
_NAME_CHARS = 48

INTRODUCTION = (
    "Sitrep reads the news channels and sends you what happened.",
    "Short digests at your hours: stories, key figures with their dates, deadlines, each with its source.",
    "Every number in them stands in the source.",
)


def welcome(scene: Scene) -> Message:
    """What somebody sees who is known: what this is, how things stand, and the next step as buttons."""
    text = introduction(INTRODUCTION[:2])
    text.line(f"{standing(scene)} For what is new right now, send /summary.")
    return text.message((*_menu(scene), (summary_button(),)))


def introduction(lines: Sequence[str] = INTRODUCTION) -> TextBuilder:
    """What the bot does, in a few lines."""
    text = TextBuilder().bold(lines[0]).line()
    for line in lines[1:]:
        text.line(line)
    return text


def settings(scene: Scene) -> Message:
    """Everything that can be changed, on one message."""
    subscriber, wishes = scene.subscriber, scene.subscriber.wishes
    text = TextBuilder().bold("Your settings").line()
    row(text, "Digest", digest_line(scene))
    row(text, "Hours", format_times(subscriber.times))
    row(text, "Days", format_days(wishes.days))
    row(text, "Time zone", zone_label(subscriber.zone))
    row(text, "Topics", topics_line(scene, BRIEF))
    row(text, "Followed words", listed(sorted(wishes.follow), BRIEF) or "none")
    row(text, "Muted words", listed(sorted(wishes.mute), BRIEF) or "none")
    row(text, "Sources", listed(sorted(wishes.sources), BRIEF) or "all")
    row(text, "Instant alerts", alerts_line(scene, BRIEF))
    row(text, "Quiet hours", quiet_line(subscriber))
    row(text, "Length", length_line(subscriber))
    row(text, "When nothing happened", empty_line(subscriber))
    more = (
        (lead("Words", "words"), lead("Sources", "sources")),
        (lead("Alerts", "alerts"), lead("Quiet hours", "quiet")),
        (lead("How often, how long", "frequency"), lead("Your data", "privacy")),
    )
    return text.message((*_menu(scene), *more))


def subscribed(scene: Scene) -> Message:
    """The answer to /subscribe."""
    text = TextBuilder().bold("You are subscribed.").line().line(_next_line(scene))
    row(text, "Topics", topics_line(scene))
    if scene.subscriber.thread_id is not None:
        text.line("Digests come to this topic. Send /subscribe in another topic to move them there.")
    return text.message(((lead("Topics", "topics"), lead("Hours", "schedule")), (summary_button(),)))


def unsubscribed(_: Scene) -> Message:
    """The answer to /unsubscribe."""
    text = TextBuilder().line("You get no more digests. Your topics and hours are kept.")
    text.line("/summary still works whenever you want to know what happened. /forget deletes all I know of you.")
    return text.message(((act("Subscribe again", Verb.SUBSCRIBE),),))


def standing(scene: Scene) -> str:
    """Whether and when digests come, in one sentence."""
    subscriber = scene.subscriber
    if not subscriber.subscribed:
        return "You are not subscribed."
    if scene.is_paused:
        return f"Your digest is paused {until(scene)}."
    days = subscriber.wishes.days
    often = "" if len(days) == 7 else f" on {format_days(days)}"
    return f"You get a digest at {format_times(subscriber.times)}{often} ({zone_label(subscriber.zone)})."


def nothing_new_keyboard(looked: timedelta) -> Keyboard:
    """What to press where an edition on demand is empty: longer times than the one that was looked through."""
    choice = {"24h": ("The last 24 hours", timedelta(hours=24)), "7d": ("The last 7 days", timedelta(days=7))}
    longer = tuple(summary_button(label, span) for span, (label, length) in choice.items() if length > looked)
    return (longer,) if longer else ()


def sentence_case(name: str) -> str:
    """A name with its first letter as it stands at the head of a button."""
    return name[:1].upper() + name[1:]


def row(text: TextBuilder, label: str, value: str) -> None:
    """One line of a list of settings."""
    text.plain(f"{label}: {value}").line()


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Names one after the other; of more than ``most`` the rest is counted. Empty for none."""
    shown = [shortened(name, _NAME_CHARS) for name in names[:most]]
    rest = len(names) - len(shown)
    return "; ".join(shown) + (f"; and {rest} more" if rest else "")


def topics_line(scene: Scene, most: int | None = None) -> str:
    """The chosen topics."""
    if scene.wants_no_topic:
        return "none, only the words you follow."
    return f"{listed(scene.names(scene.subscriber.topics), most) or 'all topics'}."


def alerts_line(scene: Scene, most: int | None = None) -> str:
    """What is told at once."""
    chosen = scene.subscriber.wishes.alerts
    words = ["the words you follow"] if ALERT_FOLLOWED in chosen else []
    figures = len(scene.subscriber.wishes.figures)
    if figures:
        words.append("1 figure you follow" if figures == 1 else f"{figures} figures you follow")
    return listed(words + scene.names(chosen - {ALERT_FOLLOWED}), most) or "none"


def quiet_line(subscriber: Subscriber) -> str:
    """The quiet hours."""
    hours = subscriber.wishes.quiet
    return f"{hours[0]:%H:%M}-{hours[1]:%H:%M}" if hours else "none"


def length_line(subscriber: Subscriber) -> str:
    """How much of an edition is sent."""
    return "short, one message" if subscriber.wishes.length is Length.SHORT else "full, as many messages as it takes"


def empty_line(subscriber: Subscriber) -> str:
    """What comes when there is nothing to tell."""
    return "one line says so" if subscriber.wishes.sends_empty else "nothing is sent"


def digest_line(scene: Scene) -> str:
    """Whether digests come, and when the next."""
    if not scene.subscriber.subscribed:
        return "off. /subscribe turns it on."
    if scene.is_paused:
        return f"paused {until(scene)}. /resume ends the pause."
    return f"on. {_next_line(scene)}".strip()


def until(scene: Scene) -> str:
    """Until when a pause lasts, as in "until Monday, 5 May, 08:00"."""
    moment = scene.subscriber.wishes.paused_until or scene.now
    local = moment.astimezone(zone_of(scene.subscriber.zone))
    return f"until {local:%A}, {local.day} {local:%B}, {local:%H:%M}"


def local_time(moment: datetime, zone: str) -> str:
    """The time of day in a zone."""
    return f"{moment.astimezone(zone_of(zone)):%H:%M}"


def subscription_button(scene: Scene) -> Button:
    """The button that turns the digest on or off."""
    return act("Unsubscribe", Verb.UNSUBSCRIBE) if scene.subscriber.subscribed else act("Subscribe", Verb.SUBSCRIBE)


def summary_button(label: str = "What happened, now", span: str = "") -> Button:
    """The button that asks for an edition."""
    return act(label, Verb.SUMMARY, span)


def _menu(scene: Scene) -> Keyboard:
    pause = (act("Resume", Verb.RESUME) if scene.is_paused else lead("Pause", "pause"),)
    first = (subscription_button(scene), *(pause if scene.subscriber.subscribed else ()))
    return (first, (lead("Topics", "topics"), lead("Hours", "schedule")))


def _next_line(scene: Scene) -> str:
    subscriber = scene.subscriber
    if subscriber.next_due_at is None:
        return ""
    zone = zone_of(subscriber.zone)
    due = subscriber.next_due_at.astimezone(zone)
    days = (due.date() - scene.now.astimezone(zone).date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {due:%A}, {due.day} {due:%B}")
    return f"The next one comes {day} at {due:%H:%M} ({zone_label(subscriber.zone)})."
