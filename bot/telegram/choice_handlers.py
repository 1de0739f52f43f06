"""Owns the commands that say what a digest is about: /topics, /follow, /mute, /sources, /alerts."""

from collections.abc import Mapping
from functools import partial

from telegram import Update

from bot.catalogue import message
from bot.newsroom import choices
from bot.newsroom.outlets import outlets
from bot.press.message import Message
from bot.store import ALERT_FOLLOWED
from bot.telegram import choice_views
from bot.telegram.desk_context import DeskContext, Handler
from bot.telegram.scene import Scene
from bot.telegram.spans import OFF
from bot.telegram.steps import look, take
from bot.telegram.summary import parse_topics
from bot.telegram.usage import UsageError
from bot.telegram.word_arguments import parse_phrases

_ALL = frozenset({"all", "every", "everything"})
_FOLLOWED = frozenset({"followed", "follow", "words"})


async def topics(_: Update, context: DeskContext) -> None:
    """/topics [TOPIC ...|all|none]: the topics as buttons, or these from now on."""
    if context.english_arguments.strip().casefold() in OFF:
        await take(context, choices.no_topics, choice_views.topics)
        return
    chosen = parse_topics(context.english_arguments, context.topic_words)
    if chosen is None:
        await look(context, choice_views.topics)
    else:
        await take(context, lambda known: choices.topics(known, chosen), choice_views.topics)


async def follow(_: Update, context: DeskContext) -> None:
    """/follow [WORD|"PHRASE", ...]: these too, or the list."""
    phrases = parse_phrases(context.arguments)
    if phrases:
        await take(context, lambda known: choices.followed(known, phrases), choice_views.wordlist)
    else:
        await look(context, choice_views.wordlist)


async def mute(_: Update, context: DeskContext) -> None:
    """/mute [WORD|"PHRASE", ...]: these too, or the list."""
    phrases = parse_phrases(context.arguments)
    if phrases:
        await take(context, lambda known: choices.muted(known, phrases), choice_views.wordlist)
    else:
        await look(context, choice_views.wordlist)


async def sources(_: Update, context: DeskContext) -> None:
    """/sources [all]: the channels as buttons, or all of them."""
    show = await sources_view(context)
    written = context.english_arguments.strip().casefold()
    if written in _ALL:
        await take(context, lambda known: choices.sources(known, frozenset()), show)
    elif written:
        raise UsageError(message("Choose the sources by their buttons: /sources. Or take all of them: /sources all."))
    else:
        await look(context, show)


async def alerts(_: Update, context: DeskContext) -> None:
    """/alerts [TOPIC ...|followed|off]: the choices as buttons, or these from now on."""
    words = context.english_arguments.casefold().split()
    if not words:
        await look(context, choice_views.alerts)
        return
    if words == [word for word in words if word in OFF]:
        await take(context, choices.no_alerts, choice_views.alerts)
        return
    chosen = frozenset({ALERT_FOLLOWED} if _FOLLOWED & set(words) else ())
    rest = " ".join(word for word in words if word not in _FOLLOWED | OFF)
    chosen |= parse_topics(rest, context.topic_words) or frozenset()
    await take(context, lambda known: choices.alerts(known, chosen), choice_views.alerts)


async def sources_view(context: DeskContext, number: int = 1) -> partial[Message]:
    """The view of the sources there are now; ``number`` is the page."""
    async with context.desk.store.read() as tx:
        found = await outlets(tx)
    return partial(_sources, among=found, number=number)


def _sources(scene: Scene, *, among: list[str], number: int) -> Message:
    return choice_views.sources(scene, among, number)


HANDLERS: Mapping[str, Handler] = {
    "topics": topics,
    "follow": follow,
    "mute": mute,
    "sources": sources,
    "alerts": alerts,
}
