"""What a bot tells Telegram about itself: its commands by scope and language, its name and descriptions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from bot.sandbox.account import BotAccount
from bot.sandbox.refusal import JsonObject, bad_request
from bot.sandbox.world import World

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
DEFAULT_SCOPE = '{"type": "default"}'


def set_my_commands(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """SetMyCommands."""
    commands: list[JsonObject] = params["commands"]
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[_key(params)] = commands
    world.changes.add("commands", 0, {"commands": menu(bot, None)}, bot_id=bot.user.id)
    return True


def get_my_commands(_world: World, bot: BotAccount, params: JsonObject) -> list[JsonObject]:
    """GetMyCommands: those set for exactly this scope and language."""
    return bot.commands.get(_key(params), [])


def delete_my_commands(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """DeleteMyCommands."""
    bot.commands.pop(_key(params), None)
    world.changes.add("commands", 0, {"commands": menu(bot, None)}, bot_id=bot.user.id)
    return True


def menu(bot: BotAccount, user_id: int | None, language: str | None = None) -> list[JsonObject]:
    """The commands a person sees in their dialogue, by Telegram's order of scopes."""
    scopes: list[JsonObject] = [{"type": "all_private_chats"}, {"type": "default"}]
    if user_id is not None:
        scopes.insert(0, {"chat_id": user_id, "type": "chat"})
    for scope in scopes:
        for spoken in (language or "", ""):
            found = bot.commands.get((json.dumps(scope, sort_keys=True), spoken))
            if found:
                return found
    return []


def _key(params: JsonObject) -> tuple[str, str]:
    scope = params.get("scope")
    return json.dumps(scope, sort_keys=True) if scope else DEFAULT_SCOPE, params.get("language_code", "")


def set_text(what: str, max_chars: int) -> Callable[[World, BotAccount, JsonObject], bool]:
    """SetMyName, setMyDescription or setMyShortDescription."""

    def method(world: World, bot: BotAccount, params: JsonObject) -> bool:
        text = params.get(what, "")
        if len(text) > max_chars:
            raise bad_request(f"{what.replace('_', ' ')} is too long")
        bot.texts[what, params.get("language_code", "")] = text
        if what == "name" and text and not params.get("language_code"):
            bot.user.first_name = text
        world.changes.add("bot", 0, {what: text}, bot_id=bot.user.id)
        return True

    return method


def get_text(what: str) -> Callable[[World, BotAccount, JsonObject], JsonObject]:
    """GetMyName, getMyDescription or getMyShortDescription."""

    def method(_world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
        fallback = bot.texts.get((what, ""), bot.user.first_name if what == "name" else "")
        return {what: bot.texts.get((what, params.get("language_code", "")), fallback)}

    return method
