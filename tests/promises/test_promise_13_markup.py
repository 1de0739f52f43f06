"""Promise 13: whatever a text holds, it arrives as it was sent, and formats nothing but what we formatted."""

from collections.abc import AsyncIterator
from random import Random

import pytest
from promise_proof import Proof
from telegram import Bot

from bot.press.message import MAX_ENTITIES, MAX_UNITS, Message, units
from bot.press.text import TextBuilder, sendable, split
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SAMPLE_READER, SAMPLE_TOKEN, SandboxServer
from bot.telegram.application import build_bot

PIECES = (
    "<b>bold</b>", "<a href='tg://user?id=1'>", "</b>", "&amp;", "&lt;", "&", "<", ">", "*bold*", "_it_", "__u__", "`code`",
    "```", "[text](http://evil.example)", "||spoiler||", "tg://resolve?domain=x", "tg://user?id=42", "javascript:alert(1)",
    "@durov", "/start", "#tag", "https://t.me/joinchat/x", "\u202e", "\u2066", "\u2069", "\u200f", "\u200b", "\ufeff",
    "\u0301\u0301", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1fa\U0001f1e6", "\U00010348", "\ud83d", "\udc00",
    "\x00", "\x1b[31m", "\r\n", "\t", "\n\n", " ", "  ", "\u00a0", "\u2028", "«», – …", "مرحبا", "שלום", "漢字", "ё", "2,500",
)  # fmt: skip
"""What breaks one format or another: HTML, Markdown, deep links, directions, halves of characters, control characters."""


def text(random: Random) -> str:
    parts = [
        random.choice(PIECES) if random.random() < 0.7 else chr(random.randrange(0x20, 0x2FFF))
        for _ in range(random.randrange(1, 30))
    ]
    return "".join(parts) * (random.randrange(20, 60) if random.random() < 0.005 else 1)


def styled(random: Random, content: str) -> Message:
    """The text in every form that we give to what we did not write."""
    builder = TextBuilder()
    for _ in range(random.randrange(1, 4)):
        match random.randrange(5):
            case 0:
                builder.bold(content)
            case 1:
                builder.plain(content)
            case 2:
                builder.link(content, "https://t.me/orland/7")
            case 3:
                builder.quote(content, expandable=True)
            case _:
                builder.italic(content).line(content)
    return builder.message()


@pytest.fixture
async def street() -> AsyncIterator[tuple[Bot, SandboxClient, int]]:
    async with SandboxServer(limits=None) as server, SandboxClient(server.base_url) as people:
        await people.say(SAMPLE_READER, "/start")
        reader = next(user.id for user in server.world.users.values() if user.first_name == SAMPLE_READER)
        async with build_bot(SAMPLE_TOKEN, server.base_url, server.base_file_url) as bot:
            yield bot, people, reader


@pytest.mark.promise(13, "markup cannot be injected")
async def test_promise_13_text_received_is_text_sent(street: tuple[Bot, SandboxClient, int], proof: Proof) -> None:
    bot, _, reader = street
    many = proof.size(10_000, "Unicode strings over HTTP")
    parts_sent = entities_sent = 0
    for _ in range(many):
        content = text(proof.random)
        message = styled(proof.random, content)
        if not message.text.strip():
            continue
        for part in split(message):
            assert units(part.text) <= MAX_UNITS
            assert len(part.entities) <= MAX_ENTITIES
            answer = await bot.do_api_request("sendMessage", api_kwargs={"chat_id": reader, **part.params()})
            assert answer["text"] == part.text, repr(content)
            ours = [entity.params() for entity in part.entities]
            theirs = answer.get("entities", [])
            assert all(entity in theirs for entity in ours), repr(content)
            ways = {entity["type"] for entity in theirs if entity not in ours}
            assert ways <= {"url", "mention", "hashtag", "bot_command", "email", "cashtag", "phone_number"}, ways
            for entity in part.entities:
                assert entity.slice(part.text).strip(), repr(content)
                assert entity.slice(part.text) in sendable(part.text)
            parts_sent += 1
            entities_sent += len(ours)
    proof.note(f"{parts_sent:,} messages and {entities_sent:,} entities arrived as sent, none over the limits")
