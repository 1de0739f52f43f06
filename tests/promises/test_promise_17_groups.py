"""Promise 17, in groups: what a group gets is its administrators' to say, by no command, button or disguise anybody else's."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from half_bot import HalfBot, half_a_bot
from promise_proof import WHOLE, Proof
from promise_street import database, settle_in, subscriber

from bot.sandbox.model import Chat
from bot.sandbox.server import SandboxServer
from bot.store import Store
from bot.telegram.commands import COMMANDS
from bot.telegram.inbox import keep_updates

NOW = datetime(2030, 11, 22, 12, tzinfo=UTC)
ANONYMOUS_ADMIN, SERVICE, FAKE_CHANNEL = 1087968824, 777000, 136817688
"""The accounts behind which Telegram hides administrators, its own messages, and those who write as a channel."""

ARGUMENTS = (
    "",
    "all",
    "politics",
    "9 Berlin",
    "off",
    "mon-fri",
    "22:00-07:00",
    "ukraine",
    "tomorrow",
    "long",
    "breaking",
)
"""Between them they are understood by every command that changes something."""

CHANGING = frozenset({"subscribe", "unsubscribe", "topics", "schedule"})
"""Of these the administrators' own use is tried, so that it is known what the others are kept from."""

MENUS = ("/settings", "/topics", "/schedule", "/start", "/help")


@dataclass
class Group:
    """A group with an owner and a member in it, and the bot."""

    server: SandboxServer
    store: Store
    bot: HalfBot
    chat: Chat
    owner: dict[str, Any]
    member: dict[str, Any]
    number: int = 900_000_000

    async def take(self, *updates: dict[str, Any]) -> None:
        numbered = []
        for update in updates:
            self.number += 1
            numbered.append({"update_id": self.number, **update})
        await keep_updates(self.store, numbered, NOW)
        await self.bot.worker.wait_idle()

    async def settings(self) -> Any:
        async with self.store.read() as tx:
            return await tx.subscribers.get(self.chat.id)

    def message(self, text: str, who: dict[str, Any], **more: Any) -> dict[str, Any]:
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        written = {"message_id": 5, "date": int(NOW.timestamp()), "chat": self.chat.to_json(), "from": who}
        return {**written, "text": text, "entities": [command], **more}

    def press(self, data: str, who: dict[str, Any]) -> dict[str, Any]:
        held = {"message_id": 5, "date": 1, "chat": self.chat.to_json(), "text": "Settings"}
        return {
            "callback_query": {"id": "1", "from": who, "message": held, "chat_instance": "1", "data": data},
        }

    async def buttons(self) -> list[str]:
        """Everything that can be pressed below what the bot says in the group."""
        await self.take(*({"message": self.message(menu, self.owner)} for menu in MENUS))
        async with self.store.read() as tx:
            rows = await tx.outbox._connection.exec_driver_sql("select params from outbox")
            markups = [json.loads(row[0]).get("reply_markup", {}) for row in rows]
        keyboards = [row for markup in markups for row in markup.get("inline_keyboard", [])]
        return sorted({button["callback_data"] for row in keyboards for button in row if "callback_data" in button})


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    store = await Store.open(database(tmp_path))
    async with SandboxServer(limits=None) as server:
        owner, member = server.world.add_user("Owner"), server.world.add_user("Member")
        chat = server.world.add_group("Newsroom", [owner, member])
        chat.members[owner.id] = "creator"
        await settle_in(store, [subscriber(chat.id, NOW)])
        async with half_a_bot(store, server.root_url, lambda: NOW, sends=False) as bot:
            yield Group(server, store, bot, chat, owner.to_json(), member.to_json())
    await store.close()


def somebody(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": number != SERVICE, "first_name": "Telegram"}


def others(group: Group, text: str) -> Iterator[dict[str, Any]]:
    """The same words from everybody who is no administrator of the group, and from one in ways that do not count."""
    channel = {"id": -1009, "type": "channel", "title": "Elsewhere"}
    elsewhere = {"id": -1008, "type": "supergroup", "title": "Other room"}
    yield {"message": group.message(text, group.member)}
    yield {"message": group.message(text, {"id": 5, "is_bot": False, "first_name": "Stranger"})}
    yield {"message": group.message(text, somebody(ANONYMOUS_ADMIN), sender_chat=elsewhere)}
    yield {"message": group.message(text, somebody(FAKE_CHANNEL), sender_chat=channel)}
    yield {"message": group.message(text, somebody(SERVICE), sender_chat=channel, is_automatic_forward=True)}
    yield {"message": group.message(text, somebody(SERVICE))}
    origin = {"type": "user", "sender_user": group.owner, "date": 0}
    yield {"message": group.message(text, group.member, forward_origin=origin)}
    yield {"edited_message": group.message(text, group.owner, edit_date=1)}
    yield {"channel_post": group.message(text, group.owner) | {"chat": channel, "sender_chat": channel}}
    yield {"edited_channel_post": group.message(text, group.owner, edit_date=1) | {"chat": channel}}


@pytest.mark.promise(17, "only admins administer")
async def test_promise_17_in_a_group_only_its_administrators_change_what_it_gets(group: Group, proof: Proof) -> None:
    before = await group.settings()
    tried = 0
    for command in COMMANDS:
        for argument in ARGUMENTS[:: 1 if WHOLE else 3]:
            updates = list(others(group, f"/{command.name} {argument}".strip()))
            await group.take(*updates)
            tried += len(updates)
            assert await group.settings() == before, (command.name, argument)
    buttons = await group.buttons()
    assert len(buttons) > 5
    pressers = (group.member, somebody(ANONYMOUS_ADMIN - 1), somebody(SERVICE), somebody(FAKE_CHANNEL))
    for data in buttons:
        await group.take(*(group.press(data, who) for who in pressers))
        tried += len(pressers)
        assert await group.settings() == before, data
    proof.size(tried, "commands and presses in a group by others", least=tried)
    proof.note(f"{len(COMMANDS)} commands and {len(buttons)} buttons changed nothing")


@pytest.mark.parametrize("command", sorted(CHANGING))
async def test_the_same_from_an_administrator_counts(group: Group, command: str) -> None:
    found = {}
    for who, sender in ((group.owner, None), (somebody(ANONYMOUS_ADMIN), group.chat.to_json())):
        await settle_in(group.store, [subscriber(group.chat.id, NOW, subscribed=command != "subscribe")])
        before = await group.settings()
        argument = {"topics": " politics", "schedule": " 9 Berlin"}.get(command, "")
        more = {"sender_chat": sender} if sender else {}
        await group.take({"message": group.message(f"/{command}{argument}", who, **more)})
        found[who["id"]] = await group.settings() != before
    assert all(found.values())
