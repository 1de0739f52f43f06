"""Inline mode and drafts in the sandbox: what Telegram takes, what it refuses, and what people see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent, MessageEntity

from bot.sandbox.client import SandboxClient
from bot.sandbox.inline import ask_inline, choose_inline
from bot.sandbox.refusal import Refusal
from bot.sandbox.server import SandboxServer

if TYPE_CHECKING:
    from conftest import Raw

READER = 1001
ONE: dict[str, Any] = {"type": "article", "id": "1", "title": "One", "input_message_content": {"message_text": "Said"}}


async def test_what_a_bot_offers_with_the_library_is_what_is_seen_and_sent(
    sandbox: SandboxServer, people: SandboxClient, ptb: Bot
) -> None:
    reader = sandbox.world.users[READER]
    query_id = ask_inline(sandbox.world, reader, "iraq troops")
    [update] = await ptb.get_updates(timeout=5, allowed_updates=["inline_query"])
    assert update.inline_query is not None
    assert (update.inline_query.id, update.inline_query.query) == (query_id, "iraq troops")
    said = InputTextMessageContent("Bold words", entities=[MessageEntity("bold", 0, 4)])
    await update.inline_query.answer([InlineQueryResultArticle("s1", "A story", said, description="Wire")])
    group = await people.add_group("Desk", [READER])
    choose_inline(sandbox.world, reader, query_id, "s1", sandbox.world.chats[group])
    [message] = await people.chat(group)
    assert (message.text, message.marked("bold"), message.sender) == ("Bold words", ("Bold",), "Reader")
    assert message.via_bot
    with pytest.raises(Refusal, match="offered no result"):
        choose_inline(sandbox.world, reader, query_id, "s2")


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"results": [ONE | {"id": str(number)} for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [ONE, ONE]}, "RESULT_ID_DUPLICATE"),
        ({"results": [ONE | {"id": "x" * 65}]}, "RESULT_ID_INVALID"),
        ({"results": [ONE | {"id": ""}]}, "RESULT_ID_INVALID"),
        ({"results": [ONE | {"title": " "}]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [ONE | {"input_message_content": {"message_text": "x" * 4097}}]}, "message is too long"),
        ({"results": [ONE | {"thumb": "x"}]}, 'no field "thumb"'),
        ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"results": [], "button": {"text": "Go", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
    ],
)
async def test_an_answer_that_telegram_would_not_take_is_refused(
    sandbox: SandboxServer, raw: Raw, params: dict[str, Any], refused: str
) -> None:
    query_id = ask_inline(sandbox.world, sandbox.world.users[READER], "x")
    answer = await raw("answerInlineQuery", inline_query_id=query_id, **params)
    assert refused in str(answer["description"])
    assert (await raw("answerInlineQuery", inline_query_id=query_id, results=[ONE]))["ok"]
    assert "too old" in str((await raw("answerInlineQuery", inline_query_id="9", results=[]))["description"])


async def test_a_draft_is_shown_in_a_private_chat_and_nowhere_else(
    sandbox: SandboxServer, people: SandboxClient, raw: Raw
) -> None:
    await people.say(READER, "/summary")
    seq = sandbox.world.changes.seq
    assert (await raw("sendMessageDraft", chat_id=READER, draft_id=7, text="Reading…"))["ok"]
    [change] = await sandbox.world.changes.since(seq, 1) or []
    assert (change.kind, change.chat_id, change.data["text"]) == ("draft", READER, "Reading…")
    group = await people.add_group("Desk", [READER])
    for params in ({"chat_id": group, "draft_id": 7}, {"chat_id": READER, "draft_id": 0}):
        assert not (await raw("sendMessageDraft", text="Reading…", **params))["ok"]
    assert [message for message in await people.chat(READER) if message.from_bot] == []
