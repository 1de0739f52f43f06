"""Reads a channel post, or a message to the bot, from the JSON that Telegram sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.errors import Skip
from bot.intake.anchors import Anchor, addresses, anchors_of
from bot.intake.attached import Attached, attached_of
from bot.intake.rich import flatten

_MEDIA = (
    "photo",
    "video",
    "document",
    "animation",
    "audio",
    "voice",
    "video_note",
    "live_photo",
    "paid_media",
    "story",
    "sticker",
)
_CHANNEL_ID_OFFSET = 1_000_000_000_000
"""Bot API chat ids of channels are -(this + the internal id)."""
_MAX_UNIX = 253_402_300_799


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What was posted. Times are aware UTC.

    ``text`` is text, caption, poll or rich message, as sent. ``anchors`` are the http(s) addresses in it, in order, those
    behind words included. ``origin`` is whom a forward is from and ``origin_date`` when that was written; both None
    where the post is no forward. ``replies_to`` is the message of the same chat that it answers, ``attached`` its document, where that can be read. ``kind`` is ``text``, ``rich``, ``poll``, ``checklist`` or the name of the medium.
    """

    chat_id: int
    message_id: int
    date: datetime
    edited: bool
    text: str
    anchors: tuple[Anchor, ...]
    media_group_id: str | None
    origin: str | None
    origin_date: datetime | None
    outlet: str
    username: str | None
    kind: str
    replies_to: int | None = None
    attached: Attached | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """The http(s) addresses in the text, each once."""
        return addresses(self.anchors)

    @property
    def written(self) -> datetime:
        """When the words were first published: a forward carries the time of the original."""
        return min(self.date, self.origin_date) if self.origin_date else self.date

    @property
    def link(self) -> str | None:
        """The post's address; None where there is none (a private chat or a basic group)."""
        if self.username:
            return f"https://t.me/{self.username}/{self.message_id}"
        internal = -self.chat_id - _CHANNEL_ID_OFFSET
        return f"https://t.me/c/{internal}/{self.message_id}" if internal > 0 else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _number(message: Mapping[str, Any], name: str) -> int:
    value = message.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Skip("post_malformed", f"a message without a whole number in {name!r} cannot be stored", field=name)
    return value


def _time(value: object) -> datetime | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MAX_UNIX:
        return datetime.fromtimestamp(value, UTC)
    return None


def _poll(poll: Mapping[str, Any]) -> str:
    options = [_text(option.get("text")) for option in map(_dict, _list(poll.get("options")))]
    return "\n\n".join(
        filter(None, [_text(poll.get("description")), _text(poll.get("question")), "\n".join(filter(None, options))])
    )


def _checklist(checklist: Mapping[str, Any]) -> str:
    tasks = [_text(task.get("text")) for task in map(_dict, _list(checklist.get("tasks")))]
    return "\n\n".join(filter(None, [_text(checklist.get("title")), "\n".join(filter(None, tasks))]))


def _body(message: Mapping[str, Any]) -> tuple[str, str, tuple[Anchor, ...]]:
    """The kind, the text and the links of a message.

    Raises:
        Skip: a service message, or one of a kind that holds no text.
    """
    if "rich_message" in message:
        return "rich", *flatten(_dict(message["rich_message"]).get("blocks"))
    if isinstance(message.get("text"), str):
        return "text", message["text"], anchors_of(message["text"], message.get("entities"))
    if "poll" in message:
        poll = _dict(message["poll"])
        linked = addresses(anchors_of(_text(poll.get("question")), poll.get("question_entities")))
        return "poll", _poll(poll), tuple(map(Anchor, linked))
    if "checklist" in message:
        return "checklist", _checklist(_dict(message["checklist"])), ()
    kind = next((name for name in _MEDIA if name in message), None)
    if kind is None and "caption" not in message:
        raise Skip("post_without_text", "a message of this kind holds nothing to read", fields=sorted(message)[:20])
    caption = _text(message.get("caption"))
    return kind or "text", caption, anchors_of(caption, message.get("caption_entities"))


def _name(person: Mapping[str, Any]) -> str:
    return " ".join(filter(None, [_text(person.get("first_name")), _text(person.get("last_name"))]))


def _origin(message: Mapping[str, Any]) -> tuple[str | None, datetime | None]:
    """Whom a forward is from and when it was written (Bot API, MessageOrigin)."""
    origin = _dict(message.get("forward_origin"))
    if not origin:
        return None, None
    chat = _dict(origin.get("chat")) or _dict(origin.get("sender_chat"))
    name = _text(chat.get("title")) or _name(_dict(origin.get("sender_user"))) or _text(origin.get("sender_user_name"))
    return name.strip() or None, _time(origin.get("date"))


def _replies_to(message: Mapping[str, Any], chat_id: int) -> int | None:
    """The message of the same chat that this one answers; the first of a forum's topic, which every message has, is none."""
    earlier = _dict(message.get("reply_to_message"))
    number = earlier.get("message_id")
    if not isinstance(number, int) or isinstance(number, bool) or "forum_topic_created" in earlier:
        return None
    return number if _dict(earlier.get("chat")).get("id", chat_id) == chat_id else None


def read_post(message: object) -> Post:
    """Read a raw Bot API message.

    Args:
        message: The value of ``channel_post``, ``edited_channel_post``, ``message`` or ``edited_message``.

    Returns:
        The post; its text is empty for a picture without a caption, which may be part of an album.

    Raises:
        Skip: not a message, or one that can hold nothing to read; never anything else.
    """
    if not isinstance(message, Mapping):
        raise Skip("post_malformed", "a message is a JSON object", type=type(message).__name__)
    chat = _dict(message.get("chat"))
    chat_id, message_id = _number(chat, "id"), _number(message, "message_id")
    date = _time(message.get("date"))
    if date is None:
        raise Skip("post_malformed", "a message without a date cannot be placed in time", field="date")
    kind, text, anchors = _body(message)
    origin, origin_date = _origin(message)
    username = _text(chat.get("username"))
    group = message.get("media_group_id")
    return Post(
        chat_id=chat_id,
        message_id=message_id,
        date=date,
        edited="edit_date" in message,
        text=text,
        anchors=anchors,
        media_group_id=str(group) if isinstance(group, (str, int)) and group != "" else None,
        origin=origin,
        origin_date=origin_date,
        outlet=_text(chat.get("title")).strip() or _name(chat),
        username=username or None,
        kind=kind,
        replies_to=_replies_to(message, chat_id),
        attached=attached_of(message.get("document")),
    )
