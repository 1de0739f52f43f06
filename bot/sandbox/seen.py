"""A message, and what is offered inline, as a person sees it, read from its JSON."""

from __future__ import annotations

from collections.abc import Iterable
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
    ``thread`` the topic of a forum, ``via_bot`` whether it is an inline result that somebody chose.
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
    via_bot: bool = False

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
    sender: JsonObject = data.get("from") or data["chat"]
    file: JsonObject = data["photo"][-1] if "photo" in data else data.get("document", {})
    return SeenMessage(
        message_id=data["message_id"],
        chat_id=data["chat"]["id"],
        date=datetime.fromtimestamp(data["date"], UTC),
        sender=sender.get("first_name") or sender.get("title", ""),
        from_bot=sender.get("is_bot", False),
        text=text,
        entities=_entities(text, data.get("entities") or data.get("caption_entities") or ()),
        buttons=tuple(
            tuple(SeenButton(text=b["text"], data=b.get("callback_data"), url=b.get("url")) for b in row)
            for row in data.get("reply_markup", {}).get("inline_keyboard", ())
        ),
        edited=datetime.fromtimestamp(data["edit_date"], UTC) if "edit_date" in data else None,
        reply_to=data["reply_to_message"]["message_id"] if "reply_to_message" in data else None,
        file_id=file.get("file_id"),
        thread=data.get("message_thread_id"),
        via_bot="via_bot" in data,
        file_name="photo" if "photo" in data else file.get("file_name"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenResult:
    """One thing that is offered inline: how it is listed, and the message that it becomes."""

    id: str
    title: str
    description: str
    text: str
    entities: tuple[SeenEntity, ...] = ()

    def marked(self, kind: str) -> tuple[str, ...]:
        """The pieces of the text that carry this kind of entity."""
        return tuple(self.text[entity.start : entity.end] for entity in self.entities if entity.type == kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOffer:
    """All that is offered to an inline query; ``next_offset`` is empty where there is no more."""

    query_id: str
    results: tuple[SeenResult, ...]
    next_offset: str
    button: str | None
    start_parameter: str | None


def read_offer(data: JsonObject) -> SeenOffer:
    """Read the parameters of ``answerInlineQuery``."""
    button: JsonObject = data.get("button", {})
    return SeenOffer(
        query_id=data["inline_query_id"],
        results=tuple(_result(result) for result in data["results"]),
        next_offset=data.get("next_offset", ""),
        button=button.get("text"),
        start_parameter=button.get("start_parameter"),
    )


def _result(data: JsonObject) -> SeenResult:
    content: JsonObject = data["input_message_content"]
    return SeenResult(
        id=data["id"],
        title=data["title"],
        description=data.get("description", ""),
        text=content["message_text"],
        entities=_entities(content["message_text"], content["entities"]),
    )


def _entities(text: str, given: Iterable[JsonObject]) -> tuple[SeenEntity, ...]:
    units = text.encode("utf-16-le", "surrogatepass")
    return tuple(
        SeenEntity(
            type=entity["type"],
            start=_code_points(units, entity["offset"]),
            end=_code_points(units, entity["offset"] + entity["length"]),
            url=entity.get("url"),
            unix_time=entity.get("unix_time"),
        )
        for entity in given
    )


def _code_points(units: bytes, offset: int) -> int:
    return len(units[: 2 * offset].decode("utf-16-le", "ignore"))
