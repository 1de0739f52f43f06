"""Owns the views of what a digest is about: topics, followed and muted words, sources, alerts."""

from collections.abc import Sequence

from bot.press.message import Message
from bot.press.text import TextBuilder, shortened
from bot.store import ALERT_FOLLOWED
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act, lead, page, switch
from bot.telegram.scene import Scene
from bot.telegram.topic_codes import label_of, mark, sign_of
from bot.telegram.views import alerts_line, listed, quiet_line, row, topics_line

_LABEL_CHARS = 32
_MOST_LISTED = 20


def topics(scene: Scene, number: int = 1) -> Message:
    """The topics as buttons that switch; ``number`` is the page."""
    chosen = scene.subscriber.topics
    text = TextBuilder().bold("Topics of your digest").line()
    row(text, "Chosen", topics_line(scene))
    if scene.wants_no_topic and not scene.subscriber.wishes.follow:
        text.line("As you follow no words either, the digest will be empty: /follow WORD adds one.")
    text.line("Press a topic to add it or to take it away.")
    buttons = [
        switch(label_of(code, scene.topics), Verb.TOPIC, sign_of(code), chosen=code in chosen) for code in scene.topics
    ]
    last = (
        switch("All topics", Verb.TOPIC, "all", chosen=not chosen),
        switch("None", Verb.TOPIC, "none", chosen=scene.wants_no_topic),
        lead("Settings", "settings"),
    )
    return text.message((*page(buttons, 2, number, "topics"), last))


def words(scene: Scene) -> Message:
    """What is followed and muted, each with a button that takes it off."""
    wishes = scene.subscriber.wishes
    text = TextBuilder().bold("Words you follow and mute").line()
    row(text, "Followed", listed(sorted(wishes.follow)) or "none")
    text.line("A story with one of them comes whatever its topic.")
    row(text, "Muted", listed(sorted(wishes.mute)) or "none")
    text.line("A story with one of them does not come.")
    text.line("Add some: /follow grain, or /mute “football transfers”. Other forms of a word count too.")
    if wishes.follow or wishes.mute:
        text.line("Press a word to take it off.")
    followed = [act(f"Unfollow {word}", Verb.UNFOLLOW, mark(word)) for word in sorted(wishes.follow)]
    muted = [act(f"Unmute {word}", Verb.UNMUTE, mark(word)) for word in sorted(wishes.mute)]
    buttons = [*followed, *muted]
    return text.message((*((button,) for button in buttons), (lead("Settings", "settings"),)))


def sources(scene: Scene, outlets: Sequence[str], number: int = 1) -> Message:
    """The outlets as buttons that switch; ``number`` is the page."""
    chosen = scene.subscriber.wishes.sources
    every = sorted({*outlets, *chosen}, key=str.casefold)
    text = TextBuilder().bold("Sources of your digest").line()
    row(text, "Chosen", f"{listed(sorted(chosen), _MOST_LISTED) or 'all sources'}.")
    text.line("Press a source to add it or to take it away." if every else "No channel has posted yet.")
    buttons = [
        switch(shortened(outlet, _LABEL_CHARS), Verb.SOURCE, mark(outlet), chosen=outlet in chosen) for outlet in every
    ]
    last = (switch("All sources", Verb.SOURCE, "all", chosen=not chosen), lead("Settings", "settings"))
    return text.message((*page(buttons, 1, number, "sources"), last))


def alerts(scene: Scene, number: int = 1) -> Message:
    """What is told at once, as buttons that switch; ``number`` is the page."""
    chosen = scene.subscriber.wishes.alerts
    text = TextBuilder().bold("Instant alerts").line()
    text.line("News of what you choose here is told at once, not only in the digest.")
    row(text, "Chosen", alerts_line(scene))
    row(text, "Quiet hours, in which no alert comes", quiet_line(scene.subscriber))
    text.line("A figure is followed by the button under /figures, a date by those under /deadlines.")
    text.line("Press a topic to add it or to take it away.")
    words_too = switch("Words I follow", Verb.ALERT, ALERT_FOLLOWED, chosen=ALERT_FOLLOWED in chosen)
    buttons = [
        switch(label_of(code, scene.topics), Verb.ALERT, sign_of(code), chosen=code in chosen) for code in scene.topics
    ]
    last = (
        words_too,
        switch("No alerts", Verb.ALERT, "off", chosen=not chosen and not scene.subscriber.wishes.figures),
        lead("Settings", "settings"),
    )
    return text.message((*page(buttons, 2, number, "alerts"), last))
