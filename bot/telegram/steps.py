"""Owns one step in a chat's settings: who may take it, the transaction it is taken in, and what is shown afterwards."""

from collections.abc import Callable

from bot.errors import Skip
from bot.newsroom import readers
from bot.newsroom.choices import MAX_WORDS
from bot.press.message import Message
from bot.store import Subscriber
from bot.telegram import replies
from bot.telegram.desk_context import DeskContext
from bot.telegram.rights import must_be_in_charge
from bot.telegram.scene import Scene
from bot.telegram.usage import UsageError

Alter = Callable[[Subscriber], Subscriber]
Show = Callable[[Scene], Message]


async def take(context: DeskContext, alter: Alter, show: Show) -> Scene:
    """Change the settings and show what they are now; returns that.

    Raises:
        UsageError: who asks is not in charge of the chat, or a limit is reached.
    """
    await must_be_in_charge(context.incoming, context)
    try:
        async with context.sheet.effect() as tx:
            changed = await readers.change(tx, context.chat, context.desk.defaults, context.now, alter)
            scene = context.scene_of(changed)
            context.show(show(scene))
    except Skip as error:
        raise UsageError(replies.too_many_words(MAX_WORDS)) from error
    return scene


async def look(context: DeskContext, show: Show) -> None:
    """Show how things are, and change nothing."""
    context.show(show(await context.scene()))
