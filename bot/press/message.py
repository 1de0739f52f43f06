"""What is sent to Telegram: text, typed entities and buttons, with lengths counted as Telegram counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

MAX_UNITS = 4096
"""UTF-16 code units in the text of one message (Bot API, sendMessage)."""
MAX_CAPTION_UNITS = 1024
MAX_ENTITIES = 100
MAX_DATA_BYTES = 64
"""Bytes of callback_data (Bot API, InlineKeyboardButton)."""


def units(text: str) -> int:
    """The length of a text in UTF-16 code units: two for a code point beyond U+FFFF, one for any other."""
    return len(text) + sum(1 for char in text if char > "\uffff")


@dataclass(frozen=True, slots=True)
class Entity:
    """One MessageEntity of the Bot API; ``offset`` and ``length`` count UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        """The first unit after the entity."""
        return self.offset + self.length

    def slice(self, text: str) -> str:
        """What the entity covers of its message's text."""
        raw = text.encode("utf-16-le", "surrogatepass")
        return raw[2 * self.offset : 2 * self.end].decode("utf-16-le", "surrogatepass")

    def params(self) -> dict[str, Any]:
        """The entity as the Bot API takes it: fields that are not set are left out."""
        found = {name: getattr(self, name) for name in _ENTITY_FIELDS}
        user_id = found.pop("user_id")
        if user_id is not None:
            found["user"] = {"id": user_id, "is_bot": False, "first_name": ""}
        return {name: value for name, value in found.items() if value is not None}


_ENTITY_FIELDS = tuple(field.name for field in fields(Entity))


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it either sends ``data`` (1 to 64 bytes) back to the bot or opens ``url``."""

    text: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        """Refuse what Telegram would refuse, where it is written rather than where it is sent."""
        if (self.data is None) == (self.url is None):
            raise ValueError(f"button {self.text!r} needs either data or url")
        if self.data is not None and not 1 <= len(self.data.encode()) <= MAX_DATA_BYTES:
            raise ValueError(
                f"button {self.text!r} carries {len(self.data.encode())} bytes of data, 1 to 64 are allowed"
            )

    def params(self) -> dict[str, str]:
        """The button as an InlineKeyboardButton."""
        return (
            {"text": self.text, "callback_data": self.data}
            if self.data is not None
            else {"text": self.text, "url": self.url or ""}
        )


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons, top to bottom, left to right."""


def keyboard_params(keyboard: Keyboard) -> dict[str, Any]:
    """Rows of buttons as an InlineKeyboardMarkup."""
    return {"inline_keyboard": [[button.params() for button in row] for row in keyboard]}


@dataclass(frozen=True, slots=True)
class Message:
    """A text with its entities, in order of their offsets, and the buttons under it."""

    text: str
    entities: tuple[Entity, ...] = ()
    keyboard: Keyboard | None = None

    def params(self) -> dict[str, Any]:
        """The fields of sendMessage and editMessageText that the message decides; never a parse mode."""
        found: dict[str, Any] = {"text": self.text, "link_preview_options": {"is_disabled": True}}
        if self.entities:
            found["entities"] = [entity.params() for entity in self.entities]
        if self.keyboard is not None:
            found["reply_markup"] = keyboard_params(self.keyboard)
        return found

    def caption_params(self) -> dict[str, Any]:
        """The same for sendPhoto and sendDocument: the text is the caption, at most ``MAX_CAPTION_UNITS`` long."""
        found: dict[str, Any] = {"caption": self.text} if self.text else {}
        if self.entities:
            found["caption_entities"] = [entity.params() for entity in self.entities]
        if self.keyboard is not None:
            found["reply_markup"] = keyboard_params(self.keyboard)
        return found


def with_keyboard(messages: Sequence[Message], keyboard: Keyboard) -> list[Message]:
    """The messages, with buttons under the last one."""
    return [*messages[:-1], *(replace(last, keyboard=keyboard) for last in messages[-1:])]
