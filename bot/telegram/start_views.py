"""Owns the first conversation: topics, hour and zone on one message, three taps to be subscribed."""

from datetime import time

from bot.press.message import Message
from bot.press.text import TextBuilder
from bot.press.times import zone_label
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act, rows, switch
from bot.telegram.places import suggested_zones
from bot.telegram.scene import Scene
from bot.telegram.time_views import COMMON_HOURS
from bot.telegram.topic_codes import label_of, sign_of
from bot.telegram.views import introduction, local_time, row, topics_line

MAX_ZONES = 4
MAX_TOPICS = 90
"""A message has at most 100 buttons (Bot API); /topics shows more of them, on pages."""


def first_step(scene: Scene, *, note: str = "") -> Message:
    """Three lines on what the bot does, and the topics; ``note`` is said before the question."""
    words = scene.words
    text = introduction(words).blank()
    if note:
        text.line(note)
    text.line(words("Step 1 of 3: what shall it be about?"))
    row(text, words("Chosen"), topics_line(scene))
    chosen = scene.subscriber.topics
    buttons = [
        switch(label_of(words, code, scene.topics), Verb.BEGIN, f"t-{sign_of(code)}", chosen=code in chosen)
        for code in scene.topics
    ]
    label = (
        words.plural("Continue with {count} topic", "Continue with {count} topics", len(chosen))
        if chosen
        else words("Continue with all topics")
    )
    onward = (act(label, Verb.BEGIN, "hour"),)
    return text.message((*rows(buttons[:MAX_TOPICS], 2), onward))


def second_step(scene: Scene) -> Message:
    """The hour."""
    words = scene.words
    text = TextBuilder().bold(words("Step 2 of 3: at what hour shall the digest come?")).line()
    row(text, words("Topics"), topics_line(scene))
    text.line(words("More hours, or certain days only, can be chosen later with /schedule."))
    hours = sorted({time(hour) for hour in COMMON_HOURS} | set(scene.subscriber.times))
    buttons = [act(f"{hour:%H:%M}", Verb.BEGIN, f"h-{hour:%H%M}") for hour in hours]
    return text.message((*rows(buttons, 4), (act(words("Back"), Verb.BEGIN, "topics"),)))


def third_step(scene: Scene, language: str | None) -> Message:
    """The zone; a press on one subscribes. ``language`` is what Telegram speaks, which is only a hint."""
    words, subscriber = scene.words, scene.subscriber
    text = TextBuilder().bold(words("Step 3 of 3: which clock do you live by?")).line()
    text.line(words("The time it is there now stands beside each place; a press on one subscribes you."))
    text.line(words("Another place: write its city, such as /schedule Nairobi, or send me your location."))
    zones = suggested_zones(language or "", subscriber.zone)[:MAX_ZONES]
    buttons = [
        act(f"{zone_label(zone)} ({local_time(scene.now, zone)})", Verb.BEGIN, f"z-{zone}")
        for zone in dict.fromkeys([*zones, "UTC"])
    ]
    return text.message((*rows(buttons, 1), (act(words("Back"), Verb.BEGIN, "hour"),)))
