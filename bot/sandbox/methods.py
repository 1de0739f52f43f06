"""The Bot API methods: each takes a bot and its checked parameters, and gives Telegram's ``result`` or a refusal."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.sandbox import outgoing
from bot.sandbox.account import BotAccount, member_json
from bot.sandbox.inline import answer_inline_query, send_message_draft
from bot.sandbox.model import Chat, User
from bot.sandbox.outgoing import target, writable
from bot.sandbox.profile import (
    delete_my_commands,
    get_my_commands,
    get_text,
    set_my_commands,
    set_text,
)
from bot.sandbox.refusal import JsonObject, bad_request, forbidden
from bot.sandbox.world import World

MAX_POLL_S = 50
DELETABLE = timedelta(hours=48)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
ADMINISTRATORS = frozenset({"creator", "administrator"})
CHAT_ACTIONS = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"}
    | {"choose_sticker", "find_location", "record_video_note", "upload_video_note"}
)

Method = Callable[[World, BotAccount, JsonObject], Any]


async def call(world: World, bot: BotAccount, method: str, params: JsonObject) -> object:
    """Do what a method says.

    Raises:
        Refusal: in Telegram's words.
    """
    result = METHODS[method](world, bot, params)
    return await result if isinstance(result, Awaitable) else result


def get_me(_world: World, bot: BotAccount, _params: JsonObject) -> JsonObject:
    """GetMe."""
    return bot.user.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(_world: World, bot: BotAccount, params: JsonObject) -> list[JsonObject]:
    """GetUpdates, by long polling."""
    return await bot.updates.poll(
        offset=params.get("offset", 0),
        limit=min(max(params.get("limit", 100), 1), 100),
        timeout_s=min(max(params.get("timeout", 0), 0), MAX_POLL_S),
        allowed=params.get("allowed_updates"),
    )


def set_webhook(_world: World, bot: BotAccount, params: JsonObject) -> bool:
    """SetWebhook."""
    secret = params.get("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    bot.updates.set_webhook(
        params["url"],
        secret=secret,
        max_connections=params.get("max_connections", 40),
        allowed=params.get("allowed_updates"),
        drop=params.get("drop_pending_updates", False),
    )
    return True


def delete_webhook(_world: World, bot: BotAccount, params: JsonObject) -> bool:
    """DeleteWebhook."""
    drop = params.get("drop_pending_updates", False)
    bot.updates.set_webhook("", secret=None, max_connections=40, allowed=None, drop=drop)
    return True


def get_webhook_info(_world: World, bot: BotAccount, _params: JsonObject) -> JsonObject:
    """GetWebhookInfo."""
    return bot.updates.webhook_info()


def delete_message(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """DeleteMessage."""
    chat = target(world, bot, params["chat_id"])
    message = world.message(chat, params["message_id"], "message to delete not found")
    own_room = chat.type == "private" or chat.members.get(bot.user.id) in ADMINISTRATORS
    if world.clock() - message.date > DELETABLE or not (message.sender is bot.user or own_room):
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.message_id]
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    world.changes.add("deleted", chat.id, {"message_id": message.message_id}, bot_id=bot.user.id)
    return True


def answer_callback_query(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """AnswerCallbackQuery."""
    query = bot.queries.get(params["callback_query_id"])
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.get("text", "")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query["answer"] = {"query_id": params["callback_query_id"], "text": text, "alert": params.get("show_alert", False)}
    world.changes.add("answer", query["chat_id"], query["answer"] | {"user_id": query["user_id"]}, bot_id=bot.user.id)
    return True


def send_chat_action(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """SendChatAction."""
    chat = writable(world, bot, params["chat_id"])
    if params["action"] not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.changes.add("typing", chat.id, {"action": params["action"]}, bot_id=bot.user.id)
    return True


def get_file(world: World, _bot: BotAccount, params: JsonObject) -> JsonObject:
    """GetFile."""
    stored = world.files.get(params["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return stored.to_json() | {"file_path": stored.path}


def get_chat(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """GetChat."""
    chat = target(world, bot, params["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full = chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if chat.pinned and chat.pinned[-1] in chat.messages:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].to_json()
    return full


def get_chat_member(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """GetChatMember."""
    chat = inside(world, bot, params["chat_id"])
    user = world.users.get(params["user_id"])
    if user is None:
        raise bad_request("user not found")
    return member_json(user, chat.members.get(user.id, "left"))


def get_chat_member_count(world: World, bot: BotAccount, params: JsonObject) -> int:
    """GetChatMemberCount."""
    chat = inside(world, bot, params["chat_id"])
    return sum(status not in {"left", "kicked"} for status in chat.members.values())


def get_chat_administrators(world: World, bot: BotAccount, params: JsonObject) -> list[JsonObject]:
    """GetChatAdministrators: without other bots, but with the bot itself, as Telegram does."""
    chat = inside(world, bot, params["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    found: list[tuple[User, str]] = [
        (world.users[user_id], status) for user_id, status in chat.members.items() if status in ADMINISTRATORS
    ]
    return [member_json(user, status) for user, status in found if not user.is_bot or user is bot.user]


def inside(world: World, bot: BotAccount, chat_id: int | str) -> Chat:
    """A chat the bot is in.

    Raises:
        Refusal: it is not.
    """
    chat = target(world, bot, chat_id)
    if chat.members.get(bot.user.id, "left") in {"left", "kicked"}:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def pin_chat_message(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """PinChatMessage."""
    chat = may_pin(world, bot, params["chat_id"])
    message = world.message(chat, params["message_id"], "message to pin not found")
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
    chat.pinned.append(message.message_id)
    tell_pins(world, bot, chat)
    return True


def unpin_chat_message(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """UnpinChatMessage: the one named, or the last pinned."""
    chat = may_pin(world, bot, params["chat_id"])
    wanted = params.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    tell_pins(world, bot, chat)
    return True


def unpin_all_chat_messages(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """UnpinAllChatMessages."""
    chat = may_pin(world, bot, params["chat_id"])
    chat.pinned.clear()
    tell_pins(world, bot, chat)
    return True


def may_pin(world: World, bot: BotAccount, chat_id: int | str) -> Chat:
    """A chat the bot may pin messages in.

    Raises:
        Refusal: it may not.
    """
    chat = inside(world, bot, chat_id)
    if chat.type != "private" and chat.members.get(bot.user.id) not in ADMINISTRATORS:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def tell_pins(world: World, bot: BotAccount, chat: Chat) -> None:
    """Tell those who watch which messages are pinned."""
    world.changes.add("pinned", chat.id, {"message_ids": list(chat.pinned)}, bot_id=bot.user.id)


def leave_chat(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """LeaveChat."""
    chat = inside(world, bot, params["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.members[bot.user.id] = "left"
    world.changes.add("chat", chat.id, {**chat.to_json(), "bot_status": "left"}, bot_id=bot.user.id)
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": outgoing.send_message,
    "sendPhoto": outgoing.send_photo,
    "sendDocument": outgoing.send_document,
    "editMessageText": outgoing.edit_message_text,
    "editMessageCaption": outgoing.edit_message_caption,
    "editMessageReplyMarkup": outgoing.edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "sendMessageDraft": send_message_draft,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_text("name", 64),
    "getMyName": get_text("name"),
    "setMyDescription": set_text("description", 512),
    "getMyDescription": get_text("description"),
    "setMyShortDescription": set_text("short_description", 120),
    "getMyShortDescription": get_text("short_description"),
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "leaveChat": leave_chat,
}
