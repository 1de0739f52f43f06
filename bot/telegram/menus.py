"""Owns what Telegram itself shows of us, in each language: the commands in its menus, and the descriptions."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.catalogue import LANGUAGES, Words, words_in
from bot.newsroom.readers import PRIVATE
from bot.telegram.commands import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION, Command, Scope, shown_to
from bot.telegram.operator_commands import OPERATOR_COMMANDS

_READING, _CHOOSING = (Scope.EVERYBODY,), (Scope.EVERYBODY, Scope.CHOOSING)
_MENUS = (
    (BotCommandScopeDefault(), _CHOOSING),
    (BotCommandScopeAllGroupChats(), _READING),
    (BotCommandScopeAllChatAdministrators(), _CHOOSING),
)
"""Which commands Telegram offers whom: in a group those that choose for it are its administrators' alone."""
_CODES = {language: None if language == LANGUAGES[0] else language for language in LANGUAGES}
"""Under which language code each is registered: the first under none, for everybody whose language we do not speak."""

_log = structlog.get_logger()


async def introduce(
    bot: ExtBot[None], admins: Collection[int] = (), chosen: Mapping[int, str] = MappingProxyType({})
) -> None:
    """Register the commands and descriptions that Telegram shows; a failure is logged and changes nothing else.

    ``chosen``: of operators who chose a language, which.
    """
    try:
        for language, code in _CODES.items():
            words = words_in(language)
            for scope, shown in _MENUS:
                await bot.set_my_commands(_lines(words, shown_to(*shown)), scope, language_code=code)
            await bot.set_my_description(words(DESCRIPTION), language_code=code)
            await bot.set_my_short_description(words(SHORT_DESCRIPTION), language_code=code)
    except TelegramError as error:
        _log.warning("commands_not_registered", error=type(error).__name__)
    for operator in sorted(admins):
        await _introduce_to_operator(bot, operator, words_in(chosen[operator]) if operator in chosen else None)


async def show_menu(bot: ExtBot[None], chat_id: int, kind: str, chosen: Words | None, admins: Collection[int]) -> None:
    """Show a chat the commands in the language it chose; None: as Telegram speaks to whoever looks. A failure is logged."""
    if chat_id in admins:
        await _introduce_to_operator(bot, chat_id, chosen)
        return
    scopes: list[tuple[BotCommandScope, tuple[Scope, ...]]] = [(BotCommandScopeChat(chat_id), _CHOOSING)]
    if kind != PRIVATE:
        scopes = [(BotCommandScopeChat(chat_id), _READING), (BotCommandScopeChatAdministrators(chat_id), _CHOOSING)]
    try:
        for scope, shown in scopes:
            if chosen is None:
                await bot.delete_my_commands(scope)
            else:
                await bot.set_my_commands(_lines(chosen, shown_to(*shown)), scope)
    except TelegramError as error:
        _log.warning("commands_not_registered", error=type(error).__name__)


async def _introduce_to_operator(bot: ExtBot[None], operator: int, chosen: Words | None) -> None:
    """Show an operator their commands as well; one who has not begun a chat yet has no menu to put them in."""
    try:
        for language, code in _CODES.items():
            lines = _lines(chosen or words_in(language), (*COMMANDS, *OPERATOR_COMMANDS))
            await bot.set_my_commands(lines, BotCommandScopeChat(operator), language_code=code)
    except TelegramError as error:
        _log.warning("operator_commands_not_registered", error=type(error).__name__)


def _lines(words: Words, commands: Sequence[Command]) -> list[BotCommand]:
    return [BotCommand(command.name, words(command.line)) for command in commands]
