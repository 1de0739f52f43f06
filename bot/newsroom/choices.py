"""Owns the choices a reader makes: each is a pure step from settings to settings, to be saved by ``readers.change``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.desk.profile import Length
from bot.desk.topics import NO_TOPIC
from bot.desk.wishes import folded
from bot.errors import Skip
from bot.store import Subscriber, Wishes

MAX_WORDS = 20
"""Words and phrases one chat may follow, and as many again that it may mute."""

MAX_FIGURES = 50
"""Figures that one chat may follow."""

Words = frozenset[str]

MAX_MUTED_STORIES = 100
"""Stories that one chat leaves out, the newest."""


def topics(known: Subscriber, chosen: frozenset[str]) -> Subscriber:
    """These topics and no others; none of them means all."""
    return replace(known, topics=chosen)


def switched_topic(known: Subscriber, code: str, offer: Mapping[str, str]) -> Subscriber:
    """Choose a topic or leave it out. No topic chosen means all of them, and so does choosing every one.

    Args:
        known: The settings as they stand.
        code: The topic.
        offer: Code to name of the topics there are; what was chosen earlier and is no more is left out.

    Raises:
        KeyError: ``code`` is not on offer.
    """
    if code not in offer:
        raise KeyError(code)
    chosen = (known.topics & offer.keys()) ^ {code}
    return topics(known, frozenset() if chosen >= offer.keys() else frozenset(chosen))


def no_topics(known: Subscriber) -> Subscriber:
    """Nothing but what the followed words bring."""
    return topics(known, frozenset({NO_TOPIC}))


def schedule(
    known: Subscriber, *, times: Sequence[time] = (), zone: str | None = None, days: frozenset[int] | None = None
) -> Subscriber:
    """Other hours, another zone, other days of the week; what is not given stays."""
    hours = tuple(sorted(set(times))) or known.times
    wishes = known.wishes if not days else replace(known.wishes, days=days)
    return replace(known, times=hours, zone=zone or known.zone, wishes=wishes)


def switched_time(known: Subscriber, moment: time) -> Subscriber:
    """Add an hour or take it away; the last one stays."""
    return schedule(known, times=sorted({*known.times} ^ {moment}))


def switched_day(known: Subscriber, day: int) -> Subscriber:
    """Add a day of the week or take it away; the last one stays."""
    return schedule(known, days=known.wishes.days ^ {day})


def paused(known: Subscriber, until: datetime | None) -> Subscriber:
    """No edition before an instant; None ends a pause."""
    return _wishing(known, replace(known.wishes, paused_until=until))


def quiet(known: Subscriber, hours: tuple[time, time] | None) -> Subscriber:
    """Hours in which nothing comes but editions and answers; None for none."""
    return _wishing(known, replace(known.wishes, quiet=hours))


def sends_empty(known: Subscriber, *, wanted: bool) -> Subscriber:
    """Whether an edition with nothing in it is sent, as one line."""
    return _wishing(known, replace(known.wishes, sends_empty=wanted))


def length(known: Subscriber, wanted: Length) -> Subscriber:
    """One message, or all of it."""
    return _wishing(known, replace(known.wishes, length=wanted))


def followed(known: Subscriber, phrases: Iterable[str]) -> Subscriber:
    """Follow words and phrases; a word that was muted is no longer.

    Raises:
        Skip: ``too_many_words``.
    """
    wishes = known.wishes
    return _wishing(known, replace(wishes, follow=_with(wishes.follow, phrases), mute=_without(wishes.mute, phrases)))


def muted(known: Subscriber, phrases: Iterable[str]) -> Subscriber:
    """Leave out stories that hold words and phrases; a word that was followed is no longer.

    Raises:
        Skip: ``too_many_words``.
    """
    wishes = known.wishes
    return _wishing(known, replace(wishes, mute=_with(wishes.mute, phrases), follow=_without(wishes.follow, phrases)))


def muted_story(known: Subscriber, story: int) -> Subscriber:
    """No more of a story and of what follows it; of very many the oldest come back, whose stories are over."""
    muted = sorted(known.wishes.muted_stories | {story})[-MAX_MUTED_STORIES:]
    return _wishing(known, replace(known.wishes, muted_stories=frozenset(muted)))


def forgotten_words(known: Subscriber, phrases: Iterable[str]) -> Subscriber:
    """Neither follow nor mute these."""
    wishes = known.wishes
    return _wishing(
        known, replace(wishes, follow=_without(wishes.follow, phrases), mute=_without(wishes.mute, phrases))
    )


def sources(known: Subscriber, chosen: frozenset[str]) -> Subscriber:
    """Read these outlets alone; none of them means all."""
    return _wishing(known, replace(known.wishes, sources=chosen))


def switched_source(known: Subscriber, outlet: str, offer: Iterable[str]) -> Subscriber:
    """Choose an outlet or leave it out. None chosen means all of them, and so does choosing every one."""
    chosen = known.wishes.sources ^ {outlet}
    return sources(known, frozenset() if chosen >= set(offer) else chosen)


def language(known: Subscriber, tag: str, *, chosen: bool) -> Subscriber:
    """Be spoken to in a language: ``chosen`` whatever Telegram says from now on, or as it says."""
    return replace(known, language=tag, wishes=replace(known.wishes, language_chosen=chosen))


def alerts(known: Subscriber, chosen: frozenset[str]) -> Subscriber:
    """Be told at once of these topics (codes) and of followed words (``ALERT_FOLLOWED``); none for no alerts."""
    return _wishing(known, replace(known.wishes, alerts=chosen))


def switched_alert(known: Subscriber, code: str) -> Subscriber:
    """Be told at once of a topic, or no longer."""
    return alerts(known, known.wishes.alerts ^ {code})


def no_alerts(known: Subscriber) -> Subscriber:
    """Nothing is told at once, no change of a followed figure either."""
    return _wishing(known, replace(known.wishes, alerts=frozenset(), figures=frozenset()))


def switched_figure(known: Subscriber, series: int) -> Subscriber:
    """Be told at once when a figure changes, or no longer.

    Raises:
        Skip: ``too_many_figures``.
    """
    figures = known.wishes.figures ^ {series}
    if len(figures) > max(MAX_FIGURES, len(known.wishes.figures)):
        raise Skip("too_many_figures", f"at most {MAX_FIGURES} figures")
    return _wishing(known, replace(known.wishes, figures=figures))


def _with(words: Words, phrases: Iterable[str]) -> Words:
    """The words and these; of two that are compared as the same the older stays."""
    held = set(map(folded, words))
    fresh = {folded(phrase): phrase for phrase in phrases}
    added = words | {phrase for key, phrase in fresh.items() if key not in held}
    if len(added) > max(MAX_WORDS, len(words)):
        raise Skip("too_many_words", f"at most {MAX_WORDS} words and phrases")
    return added


def _without(words: Words, phrases: Iterable[str]) -> Words:
    gone = set(map(folded, phrases))
    return frozenset(word for word in words if folded(word) not in gone)


def _wishing(known: Subscriber, wishes: Wishes) -> Subscriber:
    return replace(known, wishes=wishes)
