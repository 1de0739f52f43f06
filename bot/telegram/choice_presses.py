"""Owns the buttons that say what a digest is about: topics, words, sources, alerts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from bot.catalogue import Words, message
from bot.newsroom import choices
from bot.newsroom.outlets import outlets
from bot.press.message import Message
from bot.store import ALERT_FOLLOWED, Subscriber
from bot.telegram import choice_views, views
from bot.telegram.callback import Verb
from bot.telegram.desk_context import DeskContext, Press
from bot.telegram.keyboards import PAGE_ROWS
from bot.telegram.scene import Scene
from bot.telegram.steps import Alter, take
from bot.telegram.topic_codes import code_of, named
from bot.telegram.usage import StaleButton

_TOPIC_PAGE = 2 * PAGE_ROWS
_ALL_TOPICS = message("All topics.")
_ALL_SOURCES = message("All sources.")
_NO_ALERTS = message("No alerts.")


async def _topic(context: DeskContext, sign: str) -> None:
    names = context.desk.defaults.topic_names
    if sign == "all":
        await take(context, partial(choices.topics, chosen=frozenset()), choice_views.topics)
        context.answer(context.words(_ALL_TOPICS))
    elif sign == "none":
        await take(context, choices.no_topics, choice_views.topics)
        context.answer(context.words("No topic, only the words you follow."))
    else:
        code = code_of(sign, names)
        if code is None:
            raise StaleButton
        show = partial(choice_views.topics, number=_page_of(code, list(names), _TOPIC_PAGE))
        scene = await take(context, lambda known: choices.switched_topic(known, code, names), show)
        context.answer(
            _switched(scene.words, names[code], code in scene.subscriber.topics, scene.subscriber.topics, _ALL_TOPICS)
        )


async def _unfollow(context: DeskContext, sign: str) -> None:
    await _take_off(
        context, sign, (await context.subscriber()).wishes.follow, message("{word}: not followed any more.")
    )


async def _unmute(context: DeskContext, sign: str) -> None:
    await _take_off(context, sign, (await context.subscriber()).wishes.mute, message("{word}: not muted any more."))


async def _take_off(context: DeskContext, sign: str, chosen: Collection[str], done: str) -> None:
    word = named(sign, chosen)
    if word is None:
        raise StaleButton
    await take(context, lambda known: choices.forgotten_words(known, [word]), choice_views.wordlist)
    context.answer(context.words(done, word=word))


async def _source(context: DeskContext, sign: str) -> None:
    async with context.desk.store.read() as tx:
        found = await outlets(tx)
    if sign == "all":
        await take(context, partial(choices.sources, chosen=frozenset()), _sources(found))
        context.answer(context.words(_ALL_SOURCES))
        return
    every = sorted({*found, *(await context.subscriber()).wishes.sources}, key=str.casefold)
    outlet = named(sign, every)
    if outlet is None:
        raise StaleButton
    show = _sources(found, _page_of(outlet, every, PAGE_ROWS))
    scene = await take(context, lambda known: choices.switched_source(known, outlet, found), show)
    chosen = scene.subscriber.wishes.sources
    context.answer(_switched(scene.words, outlet, outlet in chosen, chosen, _ALL_SOURCES))


async def _alert(context: DeskContext, sign: str) -> None:
    names = context.desk.defaults.topic_names
    if sign == "off":
        await take(context, choices.no_alerts, choice_views.alerts)
        context.answer(context.words(_NO_ALERTS))
        return
    code = sign if sign == ALERT_FOLLOWED else code_of(sign, names)
    if code is None:
        raise StaleButton
    number = 1 if code == ALERT_FOLLOWED else _page_of(code, list(names), _TOPIC_PAGE)
    alter: Alter = partial(_switch_alert, code=code)
    scene = await take(context, alter, partial(choice_views.alerts, number=number))
    alerts = scene.subscriber.wishes.alerts
    name = names.get(code) or message("Words you follow")
    context.answer(_switched(scene.words, name, code in alerts, alerts, _NO_ALERTS))


def _switch_alert(known: Subscriber, *, code: str) -> Subscriber:
    return choices.switched_alert(known, code)


def _sources(found: Sequence[str], number: int = 1) -> Callable[[Scene], Message]:
    return lambda scene: choice_views.sources(scene, found, number)


def _page_of(one: str, every: Sequence[str], size: int) -> int:
    return every.index(one) // size + 1


def _switched(words: Words, name: str, is_chosen: bool, chosen: Collection[str], none: str) -> str:  # noqa: FBT001  read as a sentence
    """What is said of a switch: where nothing is left chosen, what that means."""
    if not chosen:
        return words(none)
    said = message("{name}: added.") if is_chosen else message("{name}: taken away.")
    return words(said, name=views.sentence_case(words(name)))


PRESSES: Mapping[Verb, Press] = {
    Verb.TOPIC: _topic,
    Verb.UNFOLLOW: _unfollow,
    Verb.UNMUTE: _unmute,
    Verb.SOURCE: _source,
    Verb.ALERT: _alert,
}
