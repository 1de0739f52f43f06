"""The whole state of the sandbox, and what people do in it: write, post, edit, press buttons, block."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.sandbox.account import BotAccount, Sent, member_json
from bot.sandbox.backstage import Backstage
from bot.sandbox.changes import ChangeStream
from bot.sandbox.entities import find_entities
from bot.sandbox.faults import Faults
from bot.sandbox.flood import FloodGate, FloodLimits
from bot.sandbox.model import Chat, Message, StoredFile, User, unix
from bot.sandbox.refusal import JsonObject, bad_request
from bot.sandbox.updates import UpdateQueue

Clock = Callable[[], datetime]
FIRST_USER_ID = 1001
FIRST_CHANNEL_NUMBER = 1_001_000_000_001
BASIC_GROUP_NUMBERS = 10**9
GROUPS_WITH_ALL_RIGHTS = frozenset({"creator", "administrator"})


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


class World:
    """Everything the sandbox knows, in memory, used from one event loop.

    ``sends`` are the calls that would put a message before people; ``witness`` is told of every call but polls.

    Args:
        clock: The time messages are dated with; aware.
        monotonic: Seconds for flood limits and the log of sends.
        limits: The flood limits, or None for none.
        seed: For faults that come at a rate.
        advance_to: Winds ``clock`` forward to a moment, where it can be.
    """

    def __init__(
        self,
        *,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        limits: FloodLimits | None = None,
        seed: int = 0,
        advance_to: Callable[[datetime], None] | None = None,
    ) -> None:
        self.clock = clock
        self.advance_to = advance_to
        self.monotonic = monotonic
        self.changes = ChangeStream()
        self.faults = Faults(seed)
        self.flood = FloodGate(limits, monotonic)
        self.sends: list[Sent] = []
        self.witness: Callable[[Sent], None] = lambda _: None
        self.bots: dict[str, BotAccount] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self._next_user_id = FIRST_USER_ID
        self._next_channel = FIRST_CHANNEL_NUMBER
        self._next_query = 1
        self._next_file = 1
        self._closing = asyncio.Event()
        self.backstage: Backstage | None = None

    # who there is

    def add_bot(self, token: str, *, name: str = "Sitrep", username: str = "sitrep_sandbox_bot") -> BotAccount:
        """A bot that answers to ``token``; its id is the number the token begins with."""
        number = token.split(":", 1)[0]
        bot_id = int(number) if number.isdigit() else 424_242
        user = User(id=bot_id, first_name=name, username=username, is_bot=True)
        self.users[bot_id] = user
        self.bots[token] = BotAccount(token=token, user=user, updates=UpdateQueue(self.clock))
        return self.bots[token]

    @property
    def bot(self) -> BotAccount:
        """The bot that readers talk to: the first that was added."""
        return next(iter(self.bots.values()))

    def add_user(
        self, name: str, *, username: str | None = None, language: str | None = "en", started: bool = False
    ) -> User:
        """A person. With ``started`` they have opened a dialogue with the bot, so that it may write to them."""
        user = User(id=self._next_user_id, first_name=name, username=username, language=language)
        self._next_user_id += 1
        self.users[user.id] = user
        if started:
            self.dialogue(user)
        return user

    def add_channel(self, title: str, *, username: str | None = None, bot_status: str = "administrator") -> Chat:
        """A channel; the bot is what ``bot_status`` says in it ("left" for not in it at all)."""
        return self._add_chat("channel", title, username, bot_status)

    def add_group(
        self, title: str, users: Sequence[User] = (), *, bot_status: str = "member", basic: bool = False
    ) -> Chat:
        """A supergroup, or a basic group that can still become one."""
        chat = self._add_chat("group" if basic else "supergroup", title, None, bot_status)
        chat.members.update((user.id, "member") for user in users)
        return chat

    def _add_chat(self, kind: str, title: str, username: str | None, bot_status: str) -> Chat:
        number = self._next_channel
        self._next_channel += 1
        chat_id = -(number % BASIC_GROUP_NUMBERS) if kind == "group" else -number
        chat = Chat(id=chat_id, type=kind, title=title, username=username)
        for bot in self.bots.values():
            chat.members[bot.user.id] = bot_status
        self.chats[chat.id] = chat
        self.changes.add("chat", chat.id, chat.to_json())
        return chat

    def dialogue(self, user: User, bot: BotAccount | None = None) -> Chat:
        """The chat of a user with the bot, opened if need be."""
        bot = bot or self.bot
        chat = bot.dialogues.get(user.id)
        if chat is None:
            chat = Chat(id=user.id, type="private", user=user, members={user.id: "member", bot.user.id: "member"})
            bot.dialogues[user.id] = chat
            self.changes.add("chat", chat.id, chat.to_json(), bot_id=bot.user.id)
        return chat

    def clear(self) -> None:
        """Begin anew: nobody is left but the bot, which has met nobody. Numbers are not given twice."""
        self.users = {user.id: user for user in self.users.values() if user.is_bot}
        self.chats.clear()
        self.files.clear()
        for bot in self.bots.values():
            bot.dialogues.clear()
            bot.blocked_by.clear()
            bot.queries.clear()
            bot.updates.forget()
        self.changes.restart()

    # what people do

    def post(
        self,
        chat: Chat,
        text: str,
        *,
        date: datetime | None = None,
        entities: Sequence[JsonObject] = (),
        photo: bytes | None = None,
        document: StoredFile | None = None,
        album: str | None = None,
        origin: JsonObject | None = None,
    ) -> Message:
        """The owner of a channel publishes something; ``date`` may lie in the past."""
        message = self.new_message(chat, None, text, date=date, entities=entities)
        message.photo = self.store_file(photo, "photo.png", "image/png") if photo is not None else None
        message.document, message.album, message.origin = document, album, origin
        self.show(message)
        for bot in self._admins(chat):
            bot.updates.put("channel_post", message.to_json())
        return message

    def edit_post(self, chat: Chat, message_id: int, text: str) -> Message:
        """The owner of a channel changes a post.

        Raises:
            Refusal: there is no such post.
        """
        message = self.message(chat, message_id, "message to edit not found")
        message.text, message.entities = text, find_entities(text)
        message.edited = self.clock()
        self.show(message)
        for bot in self._admins(chat):
            bot.updates.put("edited_channel_post", message.to_json())
        return message

    def _admins(self, chat: Chat) -> list[BotAccount]:
        return [bot for bot in self.bots.values() if chat.members.get(bot.user.id) in GROUPS_WITH_ALL_RIGHTS]

    def say(
        self,
        user: User,
        text: str,
        *,
        chat: Chat | None = None,
        reply_to: int | None = None,
        date: datetime | None = None,
        origin: JsonObject | None = None,
        document: StoredFile | None = None,
        thread: int | None = None,
        location: JsonObject | None = None,
        entities: Sequence[JsonObject] = (),
        via: User | None = None,
    ) -> Message:
        """A person writes to the bot, or in a group, in a forum in a topic; it unblocks a bot they had blocked."""
        room = chat or self.dialogue(user)
        if room.type == "private" and user.id in self.bot.blocked_by:
            self.unblock(user)
        message = self.new_message(room, user, text, date=date, entities=entities)
        message.origin, message.document = origin, document
        message.thread, message.location, message.via = thread, location, via
        message.reply_to = room.messages.get(reply_to) if reply_to is not None else None
        self.show(message)
        for bot in self.bots.values():
            if room is bot.dialogues.get(user.id) or self._hears(bot, room, message):
                bot.updates.put("message", message.to_json())
        return message

    def edit_said(self, user: User, message_id: int, text: str) -> Message:
        """A person changes what they wrote to the bot."""
        message = self.message(self.dialogue(user), message_id, "message to edit not found")
        message.text, message.entities, message.edited = text, find_entities(text), self.clock()
        self.show(message)
        self.bot.updates.put("edited_message", message.to_json())
        return message

    @staticmethod
    def _hears(bot: BotAccount, chat: Chat, message: Message) -> bool:
        """What a bot gets of a group in privacy mode: commands, replies, its inline results; all as an administrator."""
        status = chat.members.get(bot.user.id, "left")
        if chat.type not in {"group", "supergroup"} or status in {"left", "kicked"}:
            return False
        answered = message.reply_to is not None and message.reply_to.sender is bot.user
        return answered or message.via is bot.user or message.text.startswith("/") or status in GROUPS_WITH_ALL_RIGHTS

    def press(self, user: User, message_id: int, button: str, *, chat: Chat | None = None) -> str:
        """A person presses an inline button, named by its text or its data; the id of the callback query.

        Raises:
            Refusal: there is no such message or button.
        """
        room = chat or self.dialogue(user)
        message = self.message(room, message_id, "message not found")
        buttons = [b for row in message.keyboard or [] for b in row if "callback_data" in b]
        data = [b["callback_data"] for b in buttons if button in (b["callback_data"], b["text"])]
        if not data:
            raise bad_request(f"sandbox: message {message_id} has no button {button!r}")
        query_id = str(self._next_query)
        self._next_query += 1
        query = {
            "id": query_id,
            "from": user.to_json(),
            "message": message.to_json(),
            "chat_instance": str(room.id),
            "data": data[0],
        }
        self.bot.queries[query_id] = {"user_id": user.id, "chat_id": room.id, "answer": None}
        self.bot.updates.put("callback_query", query)
        return query_id

    def block(self, user: User) -> None:
        """A person stops the bot; it may not write to them any more."""
        if user.id not in self.bot.blocked_by:
            self.bot.blocked_by.add(user.id)
            self._tell_status(self.bot, self.dialogue(user), user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """A person lets the bot write to them again."""
        if user.id in self.bot.blocked_by:
            self.bot.blocked_by.discard(user.id)
            self._tell_status(self.bot, self.dialogue(user), user, "kicked", "member")

    def set_bot_status(self, chat: Chat, status: str, by: User) -> None:
        """Somebody makes the bot ``administrator``, ``member``, or puts it out (``left``, ``kicked``)."""
        old = chat.members.get(self.bot.user.id, "left")
        chat.members[self.bot.user.id] = status
        self._tell_status(self.bot, chat, by, old, status)

    def _tell_status(self, bot: BotAccount, chat: Chat, by: User, old: str, new: str) -> None:
        update = {
            "chat": chat.to_json(),
            "from": by.to_json(),
            "date": unix(self.clock()),
            "old_chat_member": member_json(bot.user, old),
            "new_chat_member": member_json(bot.user, new),
        }
        bot.updates.put("my_chat_member", update)
        self.changes.add("chat", chat.id, {**chat.to_json(), "bot_status": new}, bot_id=bot.user.id)

    def migrate(self, chat: Chat) -> Chat:
        """A basic group becomes a supergroup under a new id; sends to the old one are told so."""
        new = self._add_chat("supergroup", chat.title, None, "member")
        new.members = dict(chat.members)
        chat.migrated_to = new.id
        for bot in self.bots.values():
            note = self.new_message(chat, None, "").to_json() | {"migrate_to_chat_id": new.id}
            bot.updates.put("message", note)
        return new

    # messages and files

    def new_message(
        self,
        chat: Chat,
        sender: User | None,
        text: str,
        *,
        date: datetime | None = None,
        entities: Sequence[JsonObject] = (),
    ) -> Message:
        """Add a message to a chat; ``show`` tells those who watch when it is complete."""
        message = Message(
            message_id=chat.next_message_id(),
            chat=chat,
            date=date or self.clock(),
            sender=sender,
            text=text,
            entities=find_entities(text, entities),
        )
        chat.messages[message.message_id] = message
        return message

    def show(self, message: Message, bot: BotAccount | None = None) -> None:
        """Tell those who watch that a message is new or has changed."""
        bot_id = bot.user.id if bot else None
        self.changes.add("message", message.chat.id, message.to_json(), bot_id=bot_id)

    def message(self, chat: Chat, message_id: int, otherwise: str) -> Message:
        """A message by its number.

        Raises:
            Refusal: 400 with the reason ``otherwise``.
        """
        found = chat.messages.get(message_id)
        if found is None:
            raise bad_request(otherwise)
        return found

    def store_file(self, data: bytes, name: str, mime: str) -> StoredFile:
        """Keep a file's bytes under a new id."""
        number = self._next_file
        self._next_file += 1
        folder = "photos" if mime.startswith("image/") else "documents"
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{folder}/file_{number}.{suffix if suffix.isalnum() else 'bin'}"
        stored = StoredFile(file_id=f"sandbox-file-{number}", name=name, mime=mime, path=path, data=data)
        self.files[stored.file_id] = stored
        return stored

    async def pause(self, seconds: float) -> None:
        """Wait, unless the sandbox closes."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    async def close(self) -> None:
        """Let go of everyone who waits."""
        self._closing.set()
        self.changes.close()
        for bot in self.bots.values():
            await bot.updates.close()
