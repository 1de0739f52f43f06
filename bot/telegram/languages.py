"""Owns the language a chat is spoken to in: /language and its buttons."""

from collections.abc import Mapping
from functools import partial

from babel import Locale
from telegram import Update

from bot.catalogue import LANGUAGES, Words, message, words_in
from bot.newsroom import choices
from bot.newsroom.readers import FIRST_LANGUAGE, PRIVATE
from bot.press.message import Message
from bot.press.text import TextBuilder
from bot.press.wording import listed
from bot.telegram.callback import Verb
from bot.telegram.desk_context import DeskContext, Handler, Press
from bot.telegram.keyboards import lead, rows, switch
from bot.telegram.menus import show_menu
from bot.telegram.scene import Scene
from bot.telegram.steps import look, take
from bot.telegram.usage import StaleButton, UsageError
from bot.telegram.views import language_line, native_name, row
from bot.telegram.zones import fold

AUTO = "auto"
_AUTO_WORDS = frozenset({AUTO, "automatic", "default", "telegram", "off"})


async def language(_: Update, context: DeskContext) -> None:
    """/language [LANGUAGE|auto]: the languages as buttons, or this one from now on."""
    wish = parse_language(context.arguments)
    if wish is None:
        await look(context, language_view)
    else:
        await _speak(context, wish)


async def press_language(context: DeskContext, wish: str) -> None:
    """A button of /language."""
    if wish not in {AUTO, *LANGUAGES}:
        raise StaleButton
    await _speak(context, wish)


def parse_language(arguments: str) -> str | None:
    """One of ``LANGUAGES`` by its code or its name in any of them, or ``AUTO``; None where nothing was written.

    Raises:
        UsageError: it is a language that we do not speak, or none.
    """
    written = " ".join(arguments.split())
    wanted = fold(written)
    if not wanted:
        return None
    if wanted in _AUTO_WORDS:
        return AUTO
    for code in LANGUAGES:
        names = {fold(Locale(other).languages[code]) for other in LANGUAGES}
        if wanted in {code, *names}:
            return code
    raise UsageError(
        message("I don't speak “{language}”."), _spoken, language=written if len(written) <= 32 else f"{written[:31]}…"
    )


def language_view(scene: Scene) -> Message:
    """The languages as buttons, each named by itself."""
    words, chosen = scene.words, scene.subscriber.wishes.language_chosen
    text = TextBuilder().bold(words("The language I speak")).line()
    # L10n: Before how a setting stands now: "Now: English, as in Telegram", "Now: 22:00-07:00".
    row(text, words("Now"), language_line(scene))
    text.line(words("Headlines, sentences and figures stay in the language of their source."))
    buttons = [
        switch(native_name(code), Verb.LANGUAGE, code, chosen=chosen and code == words.language) for code in LANGUAGES
    ]
    if scene.subscriber.kind == PRIVATE:
        # L10n: A button: speak the language that Telegram is set to.
        buttons.append(switch(words("As in Telegram"), Verb.LANGUAGE, AUTO, chosen=not chosen))
    return text.message((*rows(buttons, 2), (lead(words("Settings"), "settings"),)))


async def _speak(context: DeskContext, wish: str) -> None:
    if wish == AUTO and context.chat.kind != PRIVATE:
        raise UsageError(message("Telegram knows no language of a group. Choose one."), _spoken)
    tag = context.chat.language or FIRST_LANGUAGE if wish == AUTO else wish
    chat, chosen = context.chat, wish != AUTO
    await take(context, partial(choices.language, tag=tag, chosen=chosen), language_view)
    await show_menu(context.bot, chat.chat_id, chat.kind, words_in(tag) if chosen else None, context.desk.admins)


def _spoken(words: Words) -> str:
    names = listed([native_name(code) for code in LANGUAGES], words)
    return words("I speak {languages}; /language shows them.", languages=names)


HANDLERS: Mapping[str, Handler] = {"language": language}
PRESSES: Mapping[Verb, Press] = {Verb.LANGUAGE: press_language}
