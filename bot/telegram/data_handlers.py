"""Owns /export and /forget: all that is kept of a chat, as a file or no more."""

import contextlib
from collections.abc import Mapping

from telegram import LinkPreviewOptions, Update
from telegram import Message as TelegramMessage
from telegram.error import TelegramError

from bot.newsroom import dossier
from bot.press.message import Message
from bot.telegram import help_views
from bot.telegram.desk_context import DeskContext, Handler
from bot.telegram.menus import show_menu
from bot.telegram.rights import must_be_in_charge


async def export(update: Update, context: DeskContext) -> None:
    """/export: all of it as a JSON file."""
    await must_be_in_charge(update, context)
    async with context.desk.store.read() as tx:
        file = await dossier.export(tx, context.chat.chat_id, context.now)
    context.hand_over(
        file, Message(context.words("All I know of this chat, as a JSON file. /privacy says what it is for."))
    )


async def forget(update: Update, context: DeskContext) -> None:
    """/forget: the question, which a button answers."""
    await must_be_in_charge(update, context)
    context.show(help_views.forget(context.words))


async def forget_now(context: DeskContext) -> None:
    """Delete all of it, and say so without writing it down: the answer goes out past the outbox."""
    had_chosen = (await context.subscriber()).wishes.language_chosen
    async with context.sheet.effect() as tx:
        records = await dossier.forget(tx, context.chat.chat_id, context.now, with_update=context.sheet.row.update_id)
    said = help_views.forgotten(context.words, records)
    context.answer(said, alert=True)
    pressed = context.incoming.effective_message
    if isinstance(pressed, TelegramMessage):
        with contextlib.suppress(TelegramError):
            await pressed.edit_text(said, link_preview_options=LinkPreviewOptions(is_disabled=True))
    if had_chosen:  # the menu that Telegram shows in that language is a trace as well
        await show_menu(context.bot, context.chat.chat_id, context.chat.kind, None, context.desk.admins)


HANDLERS: Mapping[str, Handler] = {"export": export, "forget": forget}
