"""What a bot sends and edits: who it may write to, and Telegram's limits on texts, captions, entities and buttons."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, replace

from bot.sandbox.account import BotAccount
from bot.sandbox.entities import check_entities, find_entities, is_link, trim, utf16_len
from bot.sandbox.model import Chat, Message, StoredFile
from bot.sandbox.refusal import JsonObject, Refusal, bad_request, forbidden
from bot.sandbox.wire import Upload
from bot.sandbox.world import World

HALF_PAIR = re.compile("[\ud800-\udfff]")
MAX_TEXT_UNITS = 4096
MAX_CAPTION_UNITS = 1024
MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
MAX_PHOTO_BYTES = 10 * 2**20
MAX_DOCUMENT_BYTES = 50 * 2**20
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def target(world: World, bot: BotAccount, chat_id: int | str) -> Chat:
    """The chat a bot names by its id or ``@username``.

    Raises:
        Refusal: the bot knows no such chat.
    """
    if isinstance(chat_id, str):
        name = chat_id.removeprefix("@").lower()
        named = [chat for chat in world.chats.values() if chat.username and chat.username.lower() == name]
        if not name or not named:
            raise bad_request("chat not found")
        return named[0]
    chat = bot.dialogues.get(chat_id) or world.chats.get(chat_id)
    if chat is not None:
        return chat
    if chat_id in world.users:
        raise forbidden("bot can't initiate conversation with a user")
    raise bad_request("chat not found")


def writable(world: World, bot: BotAccount, chat_id: int | str) -> Chat:
    """A chat the bot may send to.

    Raises:
        Refusal: it is blocked, not in the chat, no administrator of the channel, or the group has a new id.
    """
    chat = target(world, bot, chat_id)
    if chat.type == "private" and chat.id in bot.blocked_by:
        raise forbidden("bot was blocked by the user")
    if chat.migrated_to is not None:
        raise Refusal(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
    status = chat.members.get(bot.user.id, "left")
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    if chat.type == "channel" and status not in {"administrator", "creator"}:
        raise bad_request("need administrator rights in the channel chat")
    return chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a message says: its text or caption, with the entities the bot gave, and at most one file."""

    text: str
    entities: list[JsonObject]
    photo: StoredFile | None = None
    document: StoredFile | None = None


def send_message(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """SendMessage."""
    chat = writable(world, bot, params["chat_id"])
    return _send(world, bot, chat, params, text_content(params))


def send_photo(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """SendPhoto."""
    chat, caption = writable(world, bot, params["chat_id"]), _caption(params)
    return _send(world, bot, chat, params, replace(caption, photo=_file(world, params["photo"], "photo")))


def send_document(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """SendDocument."""
    chat, caption = writable(world, bot, params["chat_id"]), _caption(params)
    return _send(world, bot, chat, params, replace(caption, document=_file(world, params["document"], "document")))


def _file(world: World, given: Upload | str, kind: str) -> StoredFile:
    if isinstance(given, str):
        known = world.files.get(given)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return known
    if not given.data:
        raise bad_request("file must be non-empty")
    if len(given.data) > (MAX_PHOTO_BYTES if kind == "photo" else MAX_DOCUMENT_BYTES):
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo" and not given.data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8")):
        raise bad_request("IMAGE_PROCESS_FAILED")
    mime = given.content_type
    if mime == "application/octet-stream":
        mime = mimetypes.guess_type(given.filename)[0] or mime
    return world.store_file(given.data, given.filename, mime)


def _send(world: World, bot: BotAccount, chat: Chat, params: JsonObject, content: Content) -> JsonObject:
    keyboard = _keyboard(params)
    reply_to = _reply_to(chat, params)
    thread = params.get("message_thread_id")
    if thread is not None and not chat.is_forum:
        raise bad_request("message thread not found")
    sender = None if chat.type == "channel" else bot.user
    message = world.new_message(chat, sender, content.text, entities=content.entities)
    message.keyboard, message.reply_to = keyboard, reply_to
    message.photo, message.document = content.photo, content.document
    message.protected, message.thread = params.get("protect_content", False), thread
    world.show(message, bot)
    return message.to_json()


def _reply_to(chat: Chat, params: JsonObject) -> Message | None:
    reply = params.get("reply_parameters")
    if not reply or "message_id" not in reply:
        return None
    found = chat.messages.get(reply["message_id"])
    if found is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def text_content(params: JsonObject) -> Content:
    """The text of a message, checked.

    Raises:
        Refusal: it is empty or too long, or its entities are not in order.
    """
    content = _checked(params, "text", "entities")
    if utf16_len(content.text) > MAX_TEXT_UNITS:
        raise bad_request("message is too long")
    if not content.text:
        raise bad_request("message text is empty")
    return content


def _caption(params: JsonObject) -> Content:
    content = _checked(params, "caption", "caption_entities")
    if utf16_len(content.text) > MAX_CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return content


def _checked(params: JsonObject, text_name: str, entities_name: str) -> Content:
    """The text and entities as Telegram keeps them, after the checks."""
    if params.get("parse_mode"):
        raise bad_request("unsupported parse_mode: sandbox: send entities")
    text: str = params.get(text_name, "")
    if HALF_PAIR.search(text):
        raise bad_request("strings must be encoded in UTF-8")
    given: list[JsonObject] = params.get(entities_name, [])
    check_entities(text, given)
    kept, entities = trim(text, given)
    return Content(text=kept, entities=entities)


def _keyboard(params: JsonObject) -> list[list[JsonObject]] | None:
    """The inline buttons, checked; other kinds of markup are accepted and not shown."""
    rows: list[list[JsonObject]] | None = params.get("reply_markup", {}).get("inline_keyboard")
    if rows is None:
        return None
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        _check_button(button)
    return [row for row in rows if row] or None


def _check_button(button: JsonObject) -> None:
    actions = button.keys() & {"callback_data", "url", "copy_text"}
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_EMPTY")
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("sandbox: a button has one action, this one has " + " and ".join(sorted(actions)))
    if "callback_data" in actions and not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not is_link(button["url"]):
        raise bad_request("BUTTON_URL_INVALID")


def edit_message_text(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """EditMessageText; without a keyboard it takes the buttons away."""
    message, content = _editable(world, bot, params), text_content(params)
    if message.has_media:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, bot, message, content, _keyboard(params))


def edit_message_caption(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """EditMessageCaption."""
    message, content = _editable(world, bot, params), _caption(params)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, bot, message, content, _keyboard(params))


def edit_message_reply_markup(world: World, bot: BotAccount, params: JsonObject) -> JsonObject:
    """EditMessageReplyMarkup; without a keyboard it takes the buttons away."""
    message = _editable(world, bot, params)
    content = Content(text=message.text, entities=message.entities)
    return _edit(world, bot, message, content, _keyboard(params))


def _editable(world: World, bot: BotAccount, params: JsonObject) -> Message:
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    chat = writable(world, bot, params["chat_id"])
    message = world.message(chat, params["message_id"], "message to edit not found")
    if message.sender is not bot.user and chat.type != "channel":
        raise bad_request("message can't be edited")
    return message


def _edit(
    world: World, bot: BotAccount, message: Message, content: Content, keyboard: list[list[JsonObject]] | None
) -> JsonObject:
    entities = find_entities(content.text, content.entities)
    if (content.text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    message.text, message.entities, message.keyboard = content.text, entities, keyboard
    message.edited = world.clock()
    world.show(message, bot)
    return message.to_json()
