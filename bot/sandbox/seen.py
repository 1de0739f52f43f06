"""A message as a person sees it, read from its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.sandbox.refusal import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntity:
    """Formatting of ``text[start:end]`` (code points, not UTF-16 units)."""

    type: str
    start: int
    end: int
    url: str | None = None
    unix_time: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenButton:
    """An inline button: one that acts has ``data``, one that opens a page has ``url``."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMessage:
    """A message in a chat. ``text`` is the caption where there is a photo or a document.

    ``sender`` is a name, ``from_bot`` whether the bot wrote it, ``file_name`` "photo" for a photo,
    ``thread`` the topic of a forum.
    """

    message_id: int
    chat_id: int
    date: datetime
    sender: str
    from_bot: bool
    text: str
    entities: tuple[SeenEntity, ...] = ()
    buttons: tuple[tuple[SeenButton, ...], ...] = ()
    edited: datetime | None = None
    reply_to: int | None = None
    file_id: str | None = None
    file_name: str | None = None
    thread: int | None = None

    def button(self, label: str) -> SeenButton | None:
        """The button whose text or data is ``label``."""
        every = (button for row in self.buttons for button in row)
        return next((button for button in every if label in (button.text, button.data)), None)

    def marked(self, kind: str) -> tuple[str, ...]:
        """The pieces of the text that carry this kind of entity."""
        return tuple(self.text[entity.start : entity.end] for entity in self.entities if entity.type == kind)


def read_message(data: JsonObject) -> SeenMessage:
    """Read Telegram's ``Message``."""
    text: str = data.get("text") or data.get("caption") or ""
    units = text.encode("utf-16-le")
    sender: JsonObject = data.get("from") or data["chat"]
    file: JsonObject = data["photo"][-1] if "photo" in data else data.get("document", {})
    return SeenMessage(
        message_id=data["message_id"],
        chat_id=data["chat"]["id"],
        date=datetime.fromtimestamp(data["date"], UTC),
        sender=sender.get("first_name") or sender.get("title", ""),
        from_bot=sender.get("is_bot", False),
        text=text,
        entities=tuple(
            SeenEntity(
                type=entity["type"],
                start=_code_points(units, entity["offset"]),
                end=_code_points(units, entity["offset"] + entity["length"]),
                url=entity.get("url"),
                unix_time=entity.get("unix_time"),
            )
            for entity in data.get("entities") or data.get("caption_entities") or ()
        ),
        buttons=tuple(
            tuple(SeenButton(text=b["text"], data=b.get("callback_data"), url=b.get("url")) for b in row)
            for row in data.get("reply_markup", {}).get("inline_keyboard", ())
        ),
        edited=datetime.fromtimestamp(data["edit_date"], UTC) if "edit_date" in data else None,
        reply_to=data["reply_to_message"]["message_id"] if "reply_to_message" in data else None,
        file_id=file.get("file_id"),
        thread=data.get("message_thread_id"),
        file_name="photo" if "photo" in data else file.get("file_name"),
    )


def _code_points(units: bytes, offset: int) -> int:
    return len(units[: 2 * offset].decode("utf-16-le", "ignore"))
