from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.sandbox.client import SandboxClient
from bot.sandbox.flood import FloodGate, FloodLimits
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer

Raw = Callable[..., Awaitable[dict[str, Any]]]
READER = 1001
CHANNEL = -1_001_000_000_001
WIDE = "𝔘"


def keys(*buttons: dict[str, object]) -> dict[str, object]:
    return {"inline_keyboard": [[button] for button in buttons]}


@pytest.fixture(autouse=True)
async def started(people: SandboxClient) -> None:
    await people.say(READER, "/start")


REFUSED = [
    ({"text": ""}, "Bad Request: message text is empty"),
    ({"text": " \n "}, "Bad Request: message text is empty"),
    ({}, "Bad Request: message text is empty"),
    ({"text": "x" * 4097}, "Bad Request: message is too long"),
    ({"text": WIDE * 2049}, "Bad Request: message is too long"),
    ({"text": "x", "chat_id": 77}, "Bad Request: chat not found"),
    ({"text": "x", "chat_id": "@nobody_here"}, "Bad Request: chat not found"),
    ({"text": "x", "reply_markup": keys({"text": "a", "callback_data": "x" * 65})}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keys({"text": "a", "callback_data": "é" * 33})}, "Bad Request: BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": keys(*[{"text": "a", "callback_data": "b"}] * 101)},
        "Bad Request: REPLY_MARKUP_TOO_LONG",
    ),
    (
        {"text": "x", "reply_markup": keys({"text": "a"})},
        "Bad Request: text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "Bad Request: message to be replied not found"),
    ({"text": "x", "txet": "y"}, 'Bad Request: sandbox: sendMessage has no parameter "txet"'),
    ({"text": 5}, 'Bad Request: sandbox: "text" must be String'),
    (
        {"text": "ab", "entities": [{"type": "bold", "offset": 0, "length": 1}] * 101},
        "Bad Request: sandbox: 101 entities, Telegram keeps the first 100",
    ),
]


@pytest.mark.parametrize(("params", "description"), REFUSED)
async def test_what_telegram_refuses_is_refused_in_its_words(
    raw: Raw, params: dict[str, object], description: str
) -> None:
    body = await raw("sendMessage", **{"chat_id": READER, **params})
    assert body == {"ok": False, "error_code": 400, "description": description}


@pytest.mark.parametrize("text", ["x" * 4096, WIDE * 2048, "x" * 4096 + "\n\n"])
async def test_the_longest_texts_are_taken(raw: Raw, text: str) -> None:
    body = await raw("sendMessage", chat_id=READER, text=text)
    assert body["result"]["text"] == text.strip()


async def test_a_wrong_token_and_a_wrong_method(http: httpx.AsyncClient) -> None:
    assert (await http.get("/bot1:WRONG/getMe")).status_code == 401
    answer = await http.get(f"/bot{SAMPLE_TOKEN}/getNothing")
    assert (answer.status_code, answer.json()) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


async def test_a_blocked_bot_is_forbidden_until_the_reader_starts_it_again(people: SandboxClient, raw: Raw) -> None:
    await people.block(READER)
    body = await raw("sendMessage", chat_id=READER, text="x")
    assert (body["error_code"], body["description"]) == (403, "Forbidden: bot was blocked by the user")
    await people.say(READER, "/start")
    assert (await raw("sendMessage", chat_id=READER, text="x"))["ok"]
    statuses = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in (await raw("getUpdates"))["result"]
        if "my_chat_member" in update
    ]
    assert statuses == ["kicked", "member"]


async def test_a_bot_cannot_write_first(people: SandboxClient, raw: Raw) -> None:
    stranger = await people.add_user("Stranger")
    body = await raw("sendMessage", chat_id=stranger, text="x")
    assert (body["error_code"], body["description"]) == (403, "Forbidden: bot can't initiate conversation with a user")


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        ("member", 400, "need administrator rights in the channel chat"),
        ("left", 403, "bot is not a member of the channel chat"),
        ("kicked", 403, "bot was kicked from the channel chat"),
    ],
)
async def test_a_channel_takes_posts_of_administrators_only(
    people: SandboxClient, raw: Raw, status: str, code: int, words: str
) -> None:
    channel = await people.add_channel("Other", bot_status=status)
    body = await raw("sendMessage", chat_id=channel, text="x")
    assert body["error_code"] == code
    assert words in body["description"]


async def test_a_channel_can_be_named(raw: Raw) -> None:
    assert (await raw("sendMessage", chat_id="@Sample_Wire", text="x"))["result"]["chat"]["id"] == CHANNEL


async def test_a_group_that_moved_says_where_to(sandbox: SandboxServer, people: SandboxClient, raw: Raw) -> None:
    group = await people.add_group("Desk", [READER], basic=True)
    new = sandbox.world.migrate(sandbox.world.chats[group]).id
    body = await raw("sendMessage", chat_id=group, text="x")
    assert body["parameters"] == {"migrate_to_chat_id": new}
    assert (await raw("sendMessage", chat_id=new, text="x"))["ok"]


async def test_edits_show_in_place_and_what_cannot_be_edited_is_refused(people: SandboxClient, raw: Raw) -> None:
    sent = await raw("sendMessage", chat_id=READER, text="old", reply_markup=keys({"text": "A", "callback_data": "a"}))
    at = {"chat_id": READER, "message_id": sent["result"]["message_id"]}
    assert (await raw("editMessageText", **at, text="new"))["result"]["text"] == "new"
    again = await raw("editMessageText", **at, text="new")
    assert "message is not modified" in again["description"]
    missing = await raw("editMessageText", chat_id=READER, message_id=99, text="x")
    assert missing["description"] == "Bad Request: message to edit not found"
    others = await raw("editMessageText", chat_id=READER, message_id=1, text="x")
    assert others["description"] == "Bad Request: message can't be edited"
    assert (await raw("editMessageReplyMarkup", **at, reply_markup=keys({"text": "B", "callback_data": "b"})))["ok"]
    seen = (await people.chat(READER))[-1]
    assert (seen.text, seen.buttons[0][0].text, seen.edited is not None) == ("new", "B", True)
    assert (await raw("deleteMessage", **at))["ok"]
    assert [message.text for message in await people.chat(READER)] == ["/start"]
    assert "to delete not found" in (await raw("deleteMessage", **at))["description"]


async def test_old_messages_cannot_be_deleted() -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    async with SandboxServer(clock=lambda: now[0], limits=None) as server, SandboxClient(server.root_url) as people:
        said = await people.say(READER, "/start")
        now[0] += timedelta(hours=49)
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.post(
                f"{server.base_url}{SAMPLE_TOKEN}/deleteMessage", json={"chat_id": READER, "message_id": said}
            )
    assert answer.json()["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_button_reaches_the_bot_and_its_answer_the_reader(people: SandboxClient, raw: Raw) -> None:
    sent = await raw("sendMessage", chat_id=READER, text="?", reply_markup=keys({"text": "Yes", "callback_data": "y"}))
    query_id = await people.press(READER, sent["result"]["message_id"], "Yes")
    update = (await raw("getUpdates"))["result"][-1]["callback_query"]
    assert (update["id"], update["data"], update["from"]["id"]) == (query_id, "y", READER)
    assert (await raw("answerCallbackQuery", callback_query_id=query_id, text="Done"))["ok"]
    unknown = await raw("answerCallbackQuery", callback_query_id="77")
    assert "query ID is invalid" in unknown["description"]


async def test_strict_limits_answer_429_and_hold_the_pause() -> None:
    async with (
        SandboxServer(limits=FloodLimits()) as server,
        SandboxClient(server.root_url) as people,
        httpx.AsyncClient(base_url=server.base_url + SAMPLE_TOKEN, trust_env=False) as http,
    ):
        await people.say(READER, "/start")
        answers = [await http.post("/sendMessage", json={"chat_id": READER, "text": "x"}) for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert answers[5].json()["parameters"] == {"retry_after": 1}
        assert answers[5].headers["retry-after"] == "1"
        outcomes = [sent["outcome"] for sent in await people.sends()]
        assert outcomes == ["applied"] * 5 + ["429"] * 2


def test_a_sender_that_keeps_to_the_limits_is_never_refused() -> None:
    now = [0.0]
    gate = FloodGate(FloodLimits(), lambda: now[0])
    for chat in range(1, 3001):
        assert gate.retry_after(1, chat) is None
        now[0] += 1 / 30
    for _ in range(200):
        assert gate.retry_after(1, -5) is None
        now[0] += 3


def test_the_thirty_first_in_a_second_and_the_twenty_first_in_a_group_are_refused() -> None:
    gate = FloodGate(FloodLimits(), lambda: 0.0)
    assert [gate.retry_after(1, chat) for chat in range(1, 32)] == [None] * 30 + [1]
    group = FloodGate(FloodLimits(), lambda: 0.0)
    assert [group.retry_after(1, -1) for _ in range(21)] == [None] * 20 + [3]
