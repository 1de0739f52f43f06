"""Owns the first conversation: /start with or without a link, and the three taps that lead to a subscription."""

import re
from collections.abc import Mapping
from functools import partial
from zoneinfo import available_timezones

from bot.newsroom import archive, choices, readers
from bot.newsroom.editions import Wish
from bot.newsroom.outlets import outlets
from bot.press.edition import render_edition
from bot.store import Subscriber
from bot.telegram import replies, start_views, views
from bot.telegram.desk_context import DeskContext
from bot.telegram.inline import FROM_INLINE
from bot.telegram.progress import SOON_S
from bot.telegram.rights import must_be_in_charge
from bot.telegram.schedule import read_digits
from bot.telegram.steps import Alter, Show
from bot.telegram.topic_codes import code_of, linked_name, linked_topic
from bot.telegram.usage import StaleButton

_STEPS: Mapping[str, Show] = {"topics": start_views.first_step, "hour": start_views.second_step}
_PAYLOAD = re.compile(r"(t|src)_(\w+)")


async def begin(context: DeskContext, payload: str) -> None:
    """/start: known from now on. A link chooses its topic or source; one that we don't know is said to be so."""
    if payload == FROM_INLINE:
        context.reply(replies.say(context.words(replies.LOOKED_FOR)))
        return
    if payload:
        await must_be_in_charge(context.incoming, context)
    alter, note = await _linked(context, payload)
    async with context.sheet.effect() as tx:
        await readers.greet(tx, context.chat, context.desk.defaults, context.now)
        subscriber = await readers.change(tx, context.chat, context.desk.defaults, context.now, alter)
        scene = context.scene_of(subscriber)
        if not subscriber.subscribed:
            context.reply(start_views.first_step(scene, note=note))
            return
        if note:
            context.reply(replies.say(note))
        context.reply(views.welcome(scene))


async def press_begin(context: DeskContext, argument: str) -> None:
    """A tap of the first conversation."""
    step, _, chosen = argument.partition("-")
    names = context.desk.defaults.topic_names
    if step in _STEPS:
        context.show(_STEPS[step](await context.scene()))
    elif step == "t" and (code := code_of(chosen, names)):
        await _choose(context, lambda known: choices.switched_topic(known, code, names), start_views.first_step)
    elif step == "h" and (moment := read_digits(chosen)) is not None:
        onward = partial(start_views.third_step, language=context.chat.language)
        await _choose(context, partial(choices.schedule, times=[moment]), onward)
    elif step == "z" and chosen in available_timezones():
        await _subscribe(context, chosen)
    else:
        raise StaleButton


async def _choose(context: DeskContext, alter: Alter, show: Show) -> None:
    async with context.sheet.effect() as tx:
        changed = await readers.change(tx, context.chat, context.desk.defaults, context.now, alter)
        context.show(show(context.scene_of(changed)))


async def _subscribe(context: DeskContext, zone: str) -> None:
    """The last tap: subscribed, and a first digest at once."""
    here = choices.schedule(await context.subscriber(), zone=zone)
    async with context.working(context.words(replies.LOOKING_THROUGH), after_s=SOON_S):
        edition = await context.desk.editions.summary_now(here, Wish())
    async with context.sheet.effect() as tx:
        alter = partial(choices.schedule, zone=zone)
        await readers.change(tx, context.chat, context.desk.defaults, context.now, alter)
        subscriber = await readers.subscribe(tx, context.chat, context.desk.defaults, context.now)
        context.show(views.subscribed(context.scene_of(subscriber)))
        number = await archive.keep_edition(tx, edition, context.now)
        context.reply(*render_edition(edition, context.words), edition_id=number)
    context.answer(context.words("Subscribed."))


async def _linked(context: DeskContext, payload: str) -> tuple[Alter, str]:
    """What a link chooses, and what is said of it."""
    names = context.desk.defaults.topic_names
    found = _PAYLOAD.fullmatch(payload)
    kind, wanted = (found[1], found[2]) if found else ("", "")
    if kind == "t" and (code := linked_topic(wanted, names)):
        return (lambda known: _with_topic(known, code)), context.words(
            "The link chose the topic: {name}.", name=context.words(names[code])
        )
    if kind == "src":
        async with context.desk.store.read() as tx:
            outlet = linked_name(wanted, await outlets(tx))
        if outlet:
            return (lambda known: _with_source(known, outlet)), context.words(
                "The link chose the source: {name}.", name=outlet
            )
    return (lambda known: known), context.words(replies.UNKNOWN_LINK) if payload else ""


def _with_topic(known: Subscriber, code: str) -> Subscriber:
    """A newcomer's one topic; for somebody who is subscribed one more, unless they have all."""
    if known.subscribed and not known.topics:
        return known
    return choices.topics(known, known.topics | {code} if known.subscribed else frozenset({code}))


def _with_source(known: Subscriber, outlet: str) -> Subscriber:
    """Likewise for a source."""
    chosen = known.wishes.sources
    if known.subscribed and not chosen:
        return known
    return choices.sources(known, chosen | {outlet} if known.subscribed else frozenset({outlet}))
