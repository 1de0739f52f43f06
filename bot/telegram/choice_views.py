"""Owns the views of what a digest is about: topics, followed and muted words, sources, alerts."""

from collections.abc import Sequence

from bot.catalogue import Words
from bot.press.message import Message
from bot.press.text import TextBuilder, shortened
from bot.store import ALERT_FOLLOWED
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act, lead, page, switch
from bot.telegram.scene import Scene
from bot.telegram.topic_codes import label_of, mark, sign_of
from bot.telegram.views import alerts_line, listed, no_words, quiet_line, row, topics_line

_LABEL_CHARS = 32
_MOST_LISTED = 20


def topics(scene: Scene, number: int = 1) -> Message:
    """The topics as buttons that switch; ``number`` is the page."""
    words, chosen = scene.words, scene.subscriber.topics
    text = TextBuilder().bold(words("Topics of your digest")).line()
    # L10n: Before the topics, the sources or the alerts that are chosen.
    row(text, words("Chosen"), topics_line(scene))
    if scene.wants_no_topic and not scene.subscriber.wishes.follow:
        text.line(words("As you follow no words either, the digest will be empty: /follow WORD adds one."))
    text.line(words("Press a topic to add it or to take it away."))
    buttons = [
        switch(label_of(words, code, scene.topics), Verb.TOPIC, sign_of(code), chosen=code in chosen)
        for code in scene.topics
    ]
    last = (
        switch(words("All topics"), Verb.TOPIC, "all", chosen=not chosen),
        switch(words.within("topics", "None"), Verb.TOPIC, "none", chosen=scene.wants_no_topic),
        lead(words("Settings"), "settings"),
    )
    return text.message((*page(words, buttons, 2, number, "topics"), last))


def wordlist(scene: Scene) -> Message:
    """What is followed and muted, each with a button that takes it off."""
    words, wishes = scene.words, scene.subscriber.wishes
    text = TextBuilder().bold(words("Words you follow and mute")).line()
    # L10n: Before the words that are followed.
    row(text, words("Followed"), listed(words, sorted(wishes.follow)) or no_words(words))
    text.line(words("A story with one of them comes whatever its topic."))
    # L10n: Before the words whose stories are left out.
    row(text, words("Muted"), listed(words, sorted(wishes.mute)) or no_words(words))
    text.line(words("A story with one of them does not come."))
    text.line(words("Add some: /follow grain, or /mute “football transfers”. Other forms of a word count too."))
    if wishes.follow or wishes.mute:
        text.line(words("Press a word to take it off."))
    followed = [act(words("Unfollow {word}", word=word), Verb.UNFOLLOW, mark(word)) for word in sorted(wishes.follow)]
    muted = [act(words("Unmute {word}", word=word), Verb.UNMUTE, mark(word)) for word in sorted(wishes.mute)]
    buttons = [*followed, *muted]
    return text.message((*((button,) for button in buttons), (lead(words("Settings"), "settings"),)))


def sources(scene: Scene, outlets: Sequence[str], number: int = 1) -> Message:
    """The outlets as buttons that switch; ``number`` is the page."""
    words, chosen = scene.words, scene.subscriber.wishes.sources
    every = sorted({*outlets, *chosen}, key=str.casefold)
    text = TextBuilder().bold(words("Sources of your digest")).line()
    row(text, words("Chosen"), _sources_line(words, sorted(chosen)))
    text.line(words("Press a source to add it or to take it away." if every else "No channel has posted yet."))
    buttons = [
        switch(shortened(outlet, _LABEL_CHARS), Verb.SOURCE, mark(outlet), chosen=outlet in chosen) for outlet in every
    ]
    last = (switch(words("All sources"), Verb.SOURCE, "all", chosen=not chosen), lead(words("Settings"), "settings"))
    return text.message((*page(words, buttons, 1, number, "sources"), last))


def _sources_line(words: Words, chosen: Sequence[str]) -> str:
    # L10n: Stands behind "Chosen", of the sources of a digest.
    return f"{listed(words, chosen, _MOST_LISTED)}." if chosen else words("all sources.")


def alerts(scene: Scene, number: int = 1) -> Message:
    """What is told at once, as buttons that switch; ``number`` is the page."""
    words, chosen = scene.words, scene.subscriber.wishes.alerts
    text = TextBuilder().bold(words("Instant alerts")).line()
    text.line(words("News of what you choose here is told at once, not only in the digest."))
    row(text, words("Chosen"), alerts_line(scene))
    row(text, words("Quiet hours, in which no alert comes"), quiet_line(scene))
    text.line(words("A figure is followed by the button under /figures, a date by those under /deadlines."))
    text.line(words("Press a topic to add it or to take it away."))
    words_too = switch(words("Words I follow"), Verb.ALERT, ALERT_FOLLOWED, chosen=ALERT_FOLLOWED in chosen)
    buttons = [
        switch(label_of(words, code, scene.topics), Verb.ALERT, sign_of(code), chosen=code in chosen)
        for code in scene.topics
    ]
    last = (
        words_too,
        switch(words("No alerts"), Verb.ALERT, "off", chosen=not chosen and not scene.subscriber.wishes.figures),
        lead(words("Settings"), "settings"),
    )
    return text.message((*page(words, buttons, 2, number, "alerts"), last))
