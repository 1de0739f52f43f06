"""The people, chats, messages and files of the sandbox, and how they look on the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.pictures import image_size
from bot.sandbox.refusal import JsonObject


@dataclass(slots=True, kw_only=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    username: str | None = None
    language: str | None = None
    is_bot: bool = False

    def to_json(self) -> JsonObject:
        """As Telegram's ``User``."""
        data: JsonObject = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            data["username"] = self.username
        if self.language:
            data["language_code"] = self.language
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """The bytes of a photo or document, by the id that messages name them with."""

    file_id: str
    name: str
    mime: str
    path: str
    data: bytes

    def to_json(self) -> JsonObject:
        """The members that Telegram's ``PhotoSize``, ``Document`` and ``File`` share."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}", "file_size": len(self.data)}

    def as_photo(self) -> list[JsonObject]:
        """As the ``photo`` of a message: here in one size only."""
        width, height = image_size(self.data)
        return [{**self.to_json(), "width": width, "height": height}]

    def as_document(self) -> JsonObject:
        """As the ``document`` of a message."""
        return {**self.to_json(), "file_name": self.name, "mime_type": self.mime}


@dataclass(slots=True, kw_only=True)
class Message:
    """A message or a channel post. ``text`` is the caption where there is a photo or a document.

    ``thread`` is the topic of a forum, ``location`` a place somebody shares instead of a text, ``via`` the bot whose
    inline result it is.
    """

    message_id: int
    chat: Chat
    date: datetime
    sender: User | None
    text: str
    entities: list[JsonObject] = field(default_factory=list)
    keyboard: list[list[JsonObject]] | None = None
    photo: StoredFile | None = None
    document: StoredFile | None = None
    reply_to: Message | None = None
    edited: datetime | None = None
    album: str | None = None
    origin: JsonObject | None = None
    protected: bool = False
    thread: int | None = None
    location: JsonObject | None = None
    via: User | None = None

    @property
    def has_media(self) -> bool:
        """Whether ``text`` is a caption."""
        return self.photo is not None or self.document is not None

    def to_json(self, *, replies: bool = True) -> JsonObject:
        """As Telegram's ``Message``; an answered message is shown one deep, as Telegram does."""
        data: JsonObject = {
            "message_id": self.message_id,
            "date": unix(self.date),
            "chat": self.chat.to_json(),
            ("caption" if self.has_media else "text"): self.text,
            ("caption_entities" if self.has_media else "entities"): self.entities,
        }
        optional: JsonObject = {
            "from": self.sender.to_json() if self.sender else None,
            "sender_chat": self.chat.to_json() if self.chat.type == "channel" else None,
            "photo": self.photo.as_photo() if self.photo else None,
            "document": self.document.as_document() if self.document else None,
            "reply_markup": {"inline_keyboard": self.keyboard} if self.keyboard else None,
            "reply_to_message": self.reply_to.to_json(replies=False) if self.reply_to and replies else None,
            "edit_date": unix(self.edited) if self.edited else None,
            "media_group_id": self.album,
            "forward_origin": self.origin,
            "has_protected_content": self.protected or None,
            "message_thread_id": self.thread,
            "is_topic_message": True if self.thread is not None else None,
            "location": self.location,
            "via_bot": self.via.to_json() if self.via else None,
        }
        data.update((key, value) for key, value in optional.items() if value is not None)
        for name in ("text", "caption", "entities", "caption_entities"):
            if name in data and not data[name]:
                del data[name]
        return data


@dataclass(slots=True, kw_only=True)
class Chat:
    """A dialogue of one user with one bot, a group, or a channel. ``members`` maps a user's id to their status."""

    id: int
    type: str
    title: str = ""
    username: str | None = None
    user: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    is_forum: bool = False
    last_message_id: int = 0

    def to_json(self) -> JsonObject:
        """As Telegram's ``Chat``."""
        data: JsonObject = {"id": self.id, "type": self.type}
        if self.user is not None:
            data["first_name"] = self.user.first_name
        else:
            data["title"] = self.title
        username = self.user.username if self.user else self.username
        if username:
            data["username"] = username
        if self.is_forum:
            data["is_forum"] = True
        return data

    def next_message_id(self) -> int:
        """The number of the next message in this chat."""
        self.last_message_id += 1
        return self.last_message_id


def unix(when: datetime) -> int:
    """Whole seconds since 1970, as Telegram gives times."""
    return int(when.timestamp())
