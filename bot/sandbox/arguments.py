"""The arguments of an action of the control API, checked as they are read."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.sandbox.model import Chat, User
from bot.sandbox.pictures import plain_png
from bot.sandbox.refusal import Refusal, bad_request
from bot.sandbox.world import World

T = TypeVar("T")
REQUIRED: Any = object()
"""The default of an argument that has none."""


class Arguments:
    """The JSON of one action, read member by member."""

    def __init__(self, world: World, given: dict[str, object]) -> None:
        self._world = world
        self._given = given

    def get(self, name: str, kind: type[T], default: Any = REQUIRED) -> T:
        """A member of the given type.

        Raises:
            Refusal: 400 where it is missing or of another type.
        """
        value = self._given.get(name)
        if value is None:
            if default is REQUIRED:
                raise bad_request(f'"{name}" is missing')
            return default  # type: ignore[no-any-return] # the caller's own default
        if kind is float and isinstance(value, int):
            value = float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise bad_request(f'"{name}" must be a {kind.__name__}')
        return value

    def when(self, name: str) -> datetime | None:
        """A time: ISO 8601 with its offset, or seconds since 1970."""
        value = self._given.get(name)
        if value is None:
            return None
        try:
            found = datetime.fromtimestamp(value, UTC) if isinstance(value, int) else datetime.fromisoformat(str(value))
        except (ValueError, OverflowError, OSError):
            raise bad_request(f'"{name}" must be a time') from None
        if found.tzinfo is None:
            raise bad_request(f'"{name}" must have an offset from UTC')
        return found.astimezone(UTC)

    def user(self, name: str = "user") -> User:
        """A person by id, user name or name."""
        value = self._given.get(name)
        wanted = str(value).removeprefix("@").lower()
        for user in self._world.users.values():
            if user.id == value or (user.username or "").lower() == wanted or user.first_name.lower() == wanted:
                return user
        raise Refusal(404, f"no user {value!r}")

    def chat(self, name: str) -> Chat:
        """A channel or group by id, user name or title."""
        value = self._given.get(name)
        wanted = str(value).removeprefix("@").lower()
        for chat in self._world.chats.values():
            if chat.id == value or (chat.username or "").lower() == wanted or chat.title.lower() == wanted:
                return chat
        raise Refusal(404, f"no channel or group {value!r}")

    def room(self) -> Chat | None:
        """The group an action happens in; None for the dialogue with the bot."""
        return self.chat("chat") if self._given.get("chat") is not None else None

    def blob(self, name: str) -> bytes | None:
        """Bytes in base64; ``true`` stands for a picture of nothing."""
        value = self._given.get(name)
        if value is True:
            return plain_png()
        if not value:
            return None
        try:
            return base64.b64decode(str(value), validate=True)
        except binascii.Error:
            raise bad_request(f'"{name}" must be base64') from None
