"""Inline mode and drafts: what a bot offers to who types its name in a message, and what it shows while it works."""

from __future__ import annotations

import re

from bot.sandbox.account import BotAccount
from bot.sandbox.model import Chat, Message, User
from bot.sandbox.outgoing import target, text_content, writable
from bot.sandbox.refusal import JsonObject, bad_request
from bot.sandbox.world import World

MAX_RESULTS = 50
MAX_ID_BYTES = 64
MAX_OFFSET_BYTES = 64
MAX_QUERY_CHARS = 256
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def ask_inline(world: World, user: User, query: str, offset: str = "", chat_type: str = "sender") -> str:
    """A person types the bot's name and some words in a message; the id of the inline query.

    Raises:
        Refusal: more words than Telegram would hand over.
    """
    if len(query) > MAX_QUERY_CHARS:
        raise bad_request(f"sandbox: an inline query has at most {MAX_QUERY_CHARS} characters")
    query_id = f"inline-{len(world.bot.asked) + 1}"
    world.bot.asked[query_id] = {"user_id": user.id, "answer": None}
    world.bot.updates.put(
        "inline_query",
        {"id": query_id, "from": user.to_json(), "query": query, "offset": offset, "chat_type": chat_type},
    )
    return query_id


def choose_inline(world: World, user: User, query_id: str, result_id: str, chat: Chat | None = None) -> Message:
    """A person sends one of the results, as a message of their own, to a chat or to the bot itself.

    Raises:
        Refusal: it was not offered.
    """
    answer = world.bot.asked.get(query_id, {}).get("answer") or {}
    offered = {result["id"]: result for result in answer.get("results", [])}
    if result_id not in offered:
        raise bad_request(f"sandbox: {query_id} offered no result {result_id!r}")
    content = offered[result_id]["input_message_content"]
    return world.say(user, content["message_text"], chat=chat, entities=content.get("entities", []), via=world.bot.user)


def answer_inline_query(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """AnswerInlineQuery."""
    asked = bot.asked.get(params["inline_query_id"])
    if asked is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results: list[JsonObject] = params["results"]
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.get("next_offset", "").encode()) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    start = params.get("button", {}).get("start_parameter")
    if start is not None and not _START_PARAMETER.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    checked = [_checked(result) for result in results]
    asked["answer"] = params | {"results": checked}
    world.changes.add("inline", asked["user_id"], asked["answer"], bot_id=bot.user.id)
    return True


def _checked(result: JsonObject) -> JsonObject:
    if not 1 <= len(result["id"].encode()) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result["input_message_content"]
    said = text_content({**content, "text": content["message_text"]})
    return result | {"input_message_content": {**content, "message_text": said.text, "entities": said.entities}}


def send_message_draft(world: World, bot: BotAccount, params: JsonObject) -> bool:
    """SendMessageDraft: shown in a private chat until the message comes, or for half a minute."""
    chat = target(world, bot, params["chat_id"])
    if chat.type != "private":
        raise bad_request("sandbox: drafts are shown in private chats only")
    writable(world, bot, params["chat_id"])
    if params["draft_id"] == 0:
        raise bad_request("DRAFT_ID_INVALID")
    said = text_content(params) if params.get("text") else None
    draft = {
        "draft_id": params["draft_id"],
        "text": said.text if said else "",
        "entities": said.entities if said else [],
    }
    world.changes.add("draft", chat.id, draft, bot_id=bot.user.id)
    return True
