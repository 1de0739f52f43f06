"""Only operators operate: every admin command and button, from everybody who is none, changes nothing and shows nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from promise_proof import Proof
from telegram import Update

from bot.catalogue import words_in
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.posts import Channels, PostDesk
from bot.newsroom.readers import Defaults
from bot.newsroom.reading import ThreadedReader
from bot.sandbox.server import SAMPLE_TOKEN, SandboxServer
from bot.store import Store
from bot.telegram import replies
from bot.telegram.application import build_application, build_bot, connect, disconnect
from bot.telegram.desk_context import Desk
from bot.telegram.inbox import keep_updates
from bot.telegram.operator_handlers import ACTIONS, CONFIRMATIONS
from bot.telegram.operator_rights import is_operator
from bot.telegram.worker import Worker

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
OPERATOR, STRANGER, GROUP, CHANNEL = 77, 78, -1005, -1006
ANONYMOUS_ADMIN, SERVICE, FAKE_CHANNEL = 1087968824, 777000, 136817688
"""The accounts behind which Telegram hides administrators, its own messages, and channels."""
WORDS = {
    "add": "@harbour_wire",
    "resume": str(CHANNEL),
    "pause": str(CHANNEL),
    "remove": str(CHANNEL),
    "test": str(CHANNEL),
    "announce": "Buy now",
    "kill": "1",
    "send": "1",
    "withdraw": "1",
}
COMMANDS = [f"/admin {action} {WORDS.get(action, '')}".strip() for action in (*ACTIONS, *CONFIRMATIONS)]
COMMANDS += ["/admin", "/admin pause all", "/admin resume all", "/admin@sitrep_bot hold"]
DATA = [f"1:adm:{action}/{WORDS.get(action, '').lstrip('@')}" for action in (*ACTIONS, *CONFIRMATIONS)]


def user(number: int) -> dict[str, Any]:
    return {"id": number, "first_name": "Somebody", "is_bot": number in {ANONYMOUS_ADMIN, FAKE_CHANNEL}}


def chat(number: int) -> dict[str, Any]:
    if number > 0:
        return {"id": number, "type": "private", "first_name": "Somebody"}
    return {"id": number, "type": "channel" if number == CHANNEL else "supergroup", "title": "Room"}


def message(text: str, *, where: int, who: int, **more: Any) -> dict[str, Any]:
    command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    sent = {"message_id": 5, "date": int(NOW.timestamp()), "chat": chat(where), "from": user(who), "text": text}
    return {**sent, "entities": [command], **more}


def impostors(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everybody who is no operator writing in person, with the update that Telegram would make of it."""
    of_user = {"type": "user", "sender_user": user(STRANGER), "date": 0}
    of_self = {"type": "user", "sender_user": user(OPERATOR), "date": 0}
    of_channel = {"type": "channel", "chat": chat(CHANNEL), "message_id": 3, "date": 0}
    yield "user", {"message": message(text, where=STRANGER, who=STRANGER)}
    yield "user in a group", {"message": message(text, where=GROUP, who=STRANGER)}
    yield "operator in a group", {"message": message(text, where=GROUP, who=OPERATOR)}
    yield "anonymous admin", {"message": message(text, where=GROUP, who=ANONYMOUS_ADMIN, sender_chat=chat(GROUP))}
    for nobody in (ANONYMOUS_ADMIN, SERVICE, FAKE_CHANNEL):
        yield f"{nobody} in private", {"message": message(text, where=nobody, who=nobody)}
    yield "service account", {"message": message(text, where=GROUP, who=SERVICE, is_automatic_forward=True)}
    yield "sender chat", {"message": message(text, where=OPERATOR, who=OPERATOR, sender_chat=chat(CHANNEL))}
    yield "sender chat in a group", {"message": message(text, where=GROUP, who=FAKE_CHANNEL, sender_chat=chat(CHANNEL))}
    bare = {key: value for key, value in message(text, where=CHANNEL, who=OPERATOR).items() if key != "from"}
    yield "channel post", {"channel_post": bare | {"sender_chat": chat(CHANNEL)}}
    yield "signed channel post", {"channel_post": message(text, where=CHANNEL, who=OPERATOR)}
    yield "edited channel post", {"edited_channel_post": bare | {"sender_chat": chat(CHANNEL), "edit_date": 1}}
    yield "edited message", {"edited_message": message(text, where=OPERATOR, who=OPERATOR, edit_date=1)}
    for origin in (of_user, of_self, of_channel):
        forward = message(text, where=OPERATOR, who=OPERATOR, forward_origin=origin)
        yield f"forward of a {origin['type']}'s", {"message": forward}
    yield "bot on behalf", {"message": message(text, where=OPERATOR, who=OPERATOR, via_bot=user(9) | {"is_bot": True})}


def presses(data: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everybody who presses an operator's button without being an operator at home."""
    for where, who in ((STRANGER, STRANGER), (OPERATOR, STRANGER), (GROUP, STRANGER), (GROUP, OPERATOR)):
        held = message("Operation", where=where, who=9)
        query = {"id": "1", "from": user(who), "message": held, "chat_instance": "1", "data": data}
        yield f"{who} in {where}", {"callback_query": query}
    for nobody in (ANONYMOUS_ADMIN, SERVICE):
        held = message("Operation", where=nobody, who=9)
        query = {"id": "1", "from": user(nobody), "message": held, "chat_instance": "1", "data": data}
        yield f"{nobody}", {"callback_query": query}
    inline = {"id": "1", "from": user(OPERATOR), "inline_message_id": "x", "chat_instance": "1", "data": data}
    yield "inline", {"callback_query": inline}


@dataclass
class Hall:
    """The bot without its network: what comes in is handled, what would go out stays in the outbox."""

    store: Store
    worker: Worker
    number: int = 0

    async def take(self, update: dict[str, Any]) -> None:
        self.number += 1
        await keep_updates(self.store, [{"update_id": self.number, **update}], NOW)
        await self.worker.wait_idle()

    async def everything(self) -> dict[str, list[Any]]:
        """All rows but those of the updates themselves and of the answers to them."""
        async with self.store.read() as tx:
            connection = tx.inbox._connection
            tables = await connection.exec_driver_sql("select name from sqlite_master where type = 'table'")
            names = sorted(set(tables.scalars()) - {"inbox", "outbox", "sqlite_sequence"})
            found = {
                name: [tuple(row) for row in await connection.exec_driver_sql(f"select * from {name}")]
                for name in names
            }
            others = await connection.exec_driver_sql("select kind, params from outbox where lane <> 'reply'")
            return found | {"outbox": [tuple(row) for row in others]}

    async def parked(self) -> int:
        async with self.store.read() as tx:
            return len(await tx.inbox.parked(1000))

    async def said(self) -> list[str]:
        async with self.store.read() as tx:
            rows = await tx.inbox._connection.exec_driver_sql("select params from outbox")
            return [json.loads(row[0]).get("text", "") for row in rows]


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/sitrep.db")
    reader = ThreadedReader(PlainReader())
    desk = Desk(
        store=store,
        editions=EditionDesk(store, reader, lambda: NOW),
        defaults=Defaults(),
        clock=lambda: NOW,
        # Even where the accounts that stand for others were put on the list by mistake.
        admins=frozenset({OPERATOR, ANONYMOUS_ADMIN, SERVICE, FAKE_CHANNEL}),
        channels=(CHANNEL,),
    )
    async with SandboxServer(limits=None) as server:
        application = build_application(build_bot(SAMPLE_TOKEN, server.base_url, server.base_file_url), desk)
        await connect(application, Random(1))
        posts = PostDesk(Channels([]), lambda: NOW)
        worker = Worker(store, application, posts, lambda: NOW, on_articles=lambda: None, retry_pause_s=0)
        task = asyncio.create_task(worker.run())
        async with store.begin() as tx:  # something to send, and something to withdraw
            await tx.control.draft("Buy now", NOW)
        yield Hall(store, worker)
        task.cancel()
        await asyncio.wait([task])
        await disconnect(application)
    reader.close()
    await store.close()


@pytest.mark.promise(17, "only admins administer")
async def test_promise_17_no_command_of_anybody_else_does_anything(hall: Hall, proof: Proof) -> None:
    before = await hall.everything()
    tried = 0
    for command in COMMANDS:
        for _, update in impostors(command):
            await hall.take(update)
            tried += 1
    assert await hall.everything() == before
    said = await hall.said()
    assert set(said) <= {"I don't know /admin. /help lists what I can do.", replies.how_to_read(words_in("en")).text}
    assert await hall.parked() == 0
    proof.size(tried, "commands by others", least=tried)
    proof.note(
        f"{len(COMMANDS)} commands, each by {tried // len(COMMANDS)} kinds of others: nothing changed, nothing told"
    )


@pytest.mark.promise(17, "only admins administer")
async def test_promise_17_no_button_of_anybody_else_does_anything(hall: Hall, proof: Proof) -> None:
    before = await hall.everything()
    tried = 0
    for data in DATA:
        for _, update in presses(data):
            await hall.take(update)
            tried += 1
    assert await hall.everything() == before
    said = set(await hall.said())
    assert all("settings" in text.partition("\n")[0] for text in said), "what anybody sees for a button that is no more"
    assert await hall.parked() == 0
    proof.size(tried, "presses by others", least=tried)
    proof.note(f"{len(DATA)} buttons, each by {tried // len(DATA)} kinds of others: nothing changed, nothing told")


async def test_the_operator_in_person_is_let_in(hall: Hall) -> None:
    before = await hall.everything()
    await hall.take({"message": message("/admin hold", where=OPERATOR, who=OPERATOR)})
    assert await hall.everything() != before
    assert any("Paused since" in text for text in await hall.said())


def test_without_a_list_there_is_no_operator() -> None:
    update = Update.de_json({"update_id": 1, "message": message("/admin", where=OPERATOR, who=OPERATOR)}, None)
    assert is_operator(update, frozenset({OPERATOR}))
    assert not is_operator(update, frozenset())
