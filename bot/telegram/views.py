"""Owns the messages a reader steers the bot by: welcome, settings and what a subscription says, each with its buttons."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from babel import Locale

from bot.catalogue import Words, message
from bot.desk.profile import Length
from bot.press.message import Button, Keyboard, Message
from bot.press.text import TextBuilder, shortened
from bot.press.times import zone_label, zone_of
from bot.store import ALERT_FOLLOWED
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act, lead
from bot.telegram.moments import long_day, long_moment
from bot.telegram.scene import Scene
from bot.telegram.schedule import format_days, format_times

BRIEF = 4
"""Names in a list that stands among others, before the rest is counted."""
_NAME_CHARS = 48

INTRODUCTION = (
    message("Sitrep reads the news channels and sends you what happened."),
    message("Short digests at your hours: stories, key figures with their dates, deadlines, each with its source."),
    # L10n: "them" are the digests.
    message("Every number in them stands in the source."),
)


def welcome(scene: Scene) -> Message:
    """What somebody sees who is known: what this is, how things stand, and the next step as buttons."""
    words = scene.words
    text = introduction(words, INTRODUCTION[:2])
    text.line(f"{standing(scene)} {words('For what is new right now, send /summary.')}")
    return text.message((*_menu(scene), (summary_button(words),)))


def introduction(words: Words, lines: Sequence[str] = INTRODUCTION) -> TextBuilder:
    """What the bot does, in a few lines."""
    text = TextBuilder().bold(words(lines[0])).line()
    for line in lines[1:]:
        text.line(words(line))
    return text


def settings(scene: Scene) -> Message:
    """Everything that can be changed, on one message."""
    words, subscriber, wishes = scene.words, scene.subscriber, scene.subscriber.wishes
    text = TextBuilder().bold(words("Your settings")).line()
    row(text, words("Digest"), digest_line(scene))
    row(text, words("Hours"), format_times(subscriber.times))
    row(text, words("Days"), format_days(wishes.days, words))
    row(text, words("Time zone"), zone_label(subscriber.zone))
    row(text, words("Topics"), topics_line(scene, BRIEF))
    row(text, words("Followed words"), listed(words, sorted(wishes.follow), BRIEF) or no_words(words))
    row(text, words("Muted words"), listed(words, sorted(wishes.mute), BRIEF) or no_words(words))
    row(text, words("Sources"), listed(words, sorted(wishes.sources), BRIEF) or words.within("sources", "all"))
    row(text, words("Instant alerts"), alerts_line(scene, BRIEF))
    row(text, words("Quiet hours"), quiet_line(scene))
    row(text, words("Length"), length_line(scene))
    row(text, words("When nothing happened"), empty_line(scene))
    row(text, words("Language"), language_line(scene))
    # L10n: A button that leads to the words that are followed and muted.
    phrases = lead(words("Words"), "words")
    more = (
        (phrases, lead(words("Sources"), "sources")),
        (lead(words("Alerts"), "alerts"), lead(words("Quiet hours"), "quiet")),
        (lead(words("How often, how long"), "frequency"), lead(words("Your data"), "privacy")),
        (lead(words("Language"), "language"),),
    )
    return text.message((*_menu(scene), *more))


def subscribed(scene: Scene) -> Message:
    """The answer to /subscribe."""
    words = scene.words
    text = TextBuilder().bold(words("You are subscribed.")).line().line(_next_line(scene))
    row(text, words("Topics"), topics_line(scene))
    if scene.subscriber.thread_id is not None:
        # L10n: "topic" is a topic (thread) of a forum in Telegram.
        text.line(words("Digests come to this topic. Send /subscribe in another topic to move them there."))
    onward = (lead(words("Topics"), "topics"), lead(words("Hours"), "schedule"))
    return text.message((onward, (summary_button(words),)))


def unsubscribed(scene: Scene) -> Message:
    """The answer to /unsubscribe."""
    words = scene.words
    text = TextBuilder().line(words("You get no more digests. Your topics and hours are kept."))
    text.line(words("/summary still works whenever you want to know what happened. /forget deletes all I know of you."))
    return text.message(((act(words("Subscribe again"), Verb.SUBSCRIBE),),))


def standing(scene: Scene) -> str:
    """Whether and when digests come, in one sentence."""
    words, subscriber = scene.words, scene.subscriber
    if not subscriber.subscribed:
        return words("You are not subscribed.")
    if scene.is_paused:
        return words("Your digest is paused until {moment}.", moment=paused_until(scene))
    times, zone, days = format_times(subscriber.times), zone_label(subscriber.zone), subscriber.wishes.days
    if len(days) == 7:
        return words("You get a digest at {times} ({zone}).", times=times, zone=zone)
    # L10n: {times} is as in "08:00, 19:00"; {days} is "weekdays", "weekends", or as in "Monday, Thursday".
    return words(
        "You get a digest at {times} on {days} ({zone}).", times=times, days=format_days(days, words), zone=zone
    )


def nothing_new_keyboard(words: Words, looked: timedelta) -> Keyboard:
    """What to press where an edition on demand is empty: longer times than the one that was looked through."""
    choice = {
        "24h": (words("The last 24 hours"), timedelta(hours=24)),
        "7d": (words("The last 7 days"), timedelta(days=7)),
    }
    longer = tuple(act(label, Verb.SUMMARY, span) for span, (label, length) in choice.items() if length > looked)
    return (longer,) if longer else ()


def sentence_case(name: str) -> str:
    """A name with its first letter as it stands at the head of a button."""
    return name[:1].upper() + name[1:]


def row(text: TextBuilder, label: str, value: str) -> None:
    """One line of a list of settings."""
    text.plain(f"{label}: {value}").line()


def listed(words: Words, names: Sequence[str], most: int | None = None) -> str:
    """Names one after the other; of more than ``most`` the rest is counted. Empty for none."""
    shown = "; ".join(shortened(name, _NAME_CHARS) for name in names[:most])
    rest = len(names) - len(names[:most])
    return words.plural("{names}; and {count} more", "{names}; and {count} more", rest, names=shown) if rest else shown


def no_words(words: Words) -> str:
    """What stands where no words are followed or muted."""
    # L10n: Stands behind "Followed words" or "Muted words".
    return words.within("words", "none")


def topics_line(scene: Scene, most: int | None = None) -> str:
    """The chosen topics."""
    words = scene.words
    if scene.wants_no_topic:
        # L10n: Stands behind "Topics".
        return words("none, only the words you follow.")
    names = listed(words, scene.names(scene.subscriber.topics), most)
    # L10n: Stands behind "Topics".
    return f"{names}." if names else words("all topics.")


def alerts_line(scene: Scene, most: int | None = None) -> str:
    """What is told at once."""
    words, chosen = scene.words, scene.subscriber.wishes.alerts
    # L10n: In a list of what is told at once: "Instant alerts: the words you follow; politics".
    followed = [words("the words you follow")] if ALERT_FOLLOWED in chosen else []
    figures = len(scene.subscriber.wishes.figures)
    if figures:
        # L10n: In a list of what is told at once, as above.
        followed.append(words.plural("{count} figure you follow", "{count} figures you follow", figures))
    names = listed(words, followed + scene.names(chosen - {ALERT_FOLLOWED}), most)
    # L10n: Stands behind "Instant alerts".
    return names or words.within("alerts", "none")


def quiet_line(scene: Scene) -> str:
    """The quiet hours."""
    hours = scene.subscriber.wishes.quiet
    # L10n: Stands behind "Quiet hours".
    return f"{hours[0]:%H:%M}-{hours[1]:%H:%M}" if hours else scene.words.within("hours", "none")


def length_line(scene: Scene) -> str:
    """How much of an edition is sent."""
    if scene.subscriber.wishes.length is Length.SHORT:
        # L10n: Stands behind "Length", of a digest.
        return scene.words("short, one message")
    return scene.words("full, as many messages as it takes")


def empty_line(scene: Scene) -> str:
    """What comes when there is nothing to tell."""
    # L10n: Stands behind "When nothing happened".
    return scene.words("one line says so" if scene.subscriber.wishes.sends_empty else "nothing is sent")


def language_line(scene: Scene) -> str:
    """What is spoken, and who chose it."""
    name = native_name(scene.words.language)
    if scene.subscriber.wishes.language_chosen:
        return name
    # L10n: The language of the interface where the reader has chosen none: the one that Telegram speaks with them.
    return scene.words("{language}, as in Telegram", language=name)


def native_name(language: str) -> str:
    """A language as its speakers call it: "Deutsch"."""
    return sentence_case(Locale(language).get_display_name(language) or language)


def digest_line(scene: Scene) -> str:
    """Whether digests come, and when the next."""
    words = scene.words
    if not scene.subscriber.subscribed:
        # L10n: Stands behind "Digest".
        return words("off. /subscribe turns it on.")
    if scene.is_paused:
        # L10n: Stands behind "Digest"; {moment} reads like "Monday, 5 May, 08:00".
        return words("paused until {moment}. /resume ends the pause.", moment=paused_until(scene))
    # L10n: Stands behind "Digest", before "The next one comes today at 19:00 (Europe/Kyiv)."
    return f"{words.within('digest', 'on.')} {_next_line(scene)}".strip()


def paused_until(scene: Scene) -> str:
    """Until when a pause lasts, as in "Monday, 5 May, 08:00"."""
    return long_moment(scene.words, scene.subscriber.wishes.paused_until or scene.now, scene.subscriber.zone)


def local_time(moment: datetime, zone: str) -> str:
    """The time of day in a zone."""
    return f"{moment.astimezone(zone_of(zone)):%H:%M}"


def subscription_button(scene: Scene) -> Button:
    """The button that turns the digest on or off."""
    words = scene.words
    if scene.subscriber.subscribed:
        return act(words("Unsubscribe"), Verb.UNSUBSCRIBE)
    return act(words("Subscribe"), Verb.SUBSCRIBE)


def summary_button(words: Words) -> Button:
    """The button that asks for an edition."""
    return act(words("What happened, now"), Verb.SUMMARY)


def _menu(scene: Scene) -> Keyboard:
    words = scene.words
    # L10n: Buttons that end or begin a pause of the digest.
    pause = act(words("Resume"), Verb.RESUME) if scene.is_paused else lead(words("Pause"), "pause")
    first = (subscription_button(scene), *((pause,) if scene.subscriber.subscribed else ()))
    return (first, (lead(words("Topics"), "topics"), lead(words("Hours"), "schedule")))


def _next_line(scene: Scene) -> str:
    words, subscriber = scene.words, scene.subscriber
    if subscriber.next_due_at is None:
        return ""
    zone = zone_of(subscriber.zone)
    due = subscriber.next_due_at.astimezone(zone)
    at, place = f"{due:%H:%M}", zone_label(subscriber.zone)
    days = (due.date() - scene.now.astimezone(zone).date()).days
    if days == 0:
        return words("The next one comes today at {time} ({zone}).", time=at, zone=place)
    if days == 1:
        return words("The next one comes tomorrow at {time} ({zone}).", time=at, zone=place)
    # L10n: {day} is as in "Monday, 5 May".
    return words("The next one comes on {day} at {time} ({zone}).", day=long_day(words, due), time=at, zone=place)
