"""What the sandbox keeps about a bot: its token, dialogues and profile, and the log of what it sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.model import Chat, User
from bot.sandbox.refusal import JsonObject
from bot.sandbox.updates import UpdateQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One call of a bot, and what became of it.

    ``at_s`` is the server's monotonic clock in seconds; ``outcome`` is ``applied``, ``unanswered`` (applied, then the
    connection was cut or an error answered) or the status it was refused with, such as ``429``; ``refused`` is the
    description of a refusal. ``params`` are those of the call without its uploads, of which ``files`` has the sizes.
    """

    at_s: float
    method: str
    chat_id: int | str | None
    message_id: int | None
    outcome: str
    params: JsonObject
    refused: str = ""
    files: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> JsonObject:
        """As the control API gives it; without uploads."""
        return {
            "at_s": self.at_s,
            "method": self.method,
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "outcome": self.outcome,
            "text": self.params.get("text", self.params.get("caption")),
        }


@dataclass(slots=True, kw_only=True)
class BotAccount:
    """A bot: its token, its dialogues, its updates, and what it told Telegram about itself."""

    token: str
    user: User
    updates: UpdateQueue
    dialogues: dict[int, Chat] = field(default_factory=dict)
    blocked_by: set[int] = field(default_factory=set)
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    queries: dict[str, JsonObject] = field(default_factory=dict)
    asked: dict[str, JsonObject] = field(default_factory=dict)
    """Inline queries by their ids, each with who asked and, once there is one, the ``answer``."""


def member_json(user: User, status: str) -> JsonObject:
    """As Telegram's ``ChatMember``, with the rights a full administrator has."""
    data: JsonObject = {"user": user.to_json(), "status": status}
    if status == "creator":
        data["is_anonymous"] = False
    if status == "kicked":
        data["until_date"] = 0
    if status == "administrator":
        rights = ("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members")
        more = ("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories")
        posts = ("can_delete_stories", "can_post_messages", "can_edit_messages", "can_pin_messages")
        data |= dict.fromkeys((*rights, *more, *posts), True) | {"can_be_edited": False, "is_anonymous": False}
    return data
