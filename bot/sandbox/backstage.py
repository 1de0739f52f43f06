"""What somebody behind the sandbox can do for its page, where there is somebody: show readings, play a programme."""

from __future__ import annotations

from typing import Protocol

from bot.sandbox.refusal import JsonObject


class Backstage(Protocol):
    """Set as ``World.backstage``; without one the page offers neither."""

    @property
    def programme(self) -> JsonObject:
        """What is played: ``name``, ``state`` ("starting", "playing" or "over"), ``done`` of ``total`` posts."""
        ...

    def play(self, name: str) -> None:
        """Begin a programme anew, or with "stop" end the one that is played.

        Raises:
            Refusal: there is no such programme.
        """
        ...

    async def reading(self, chat_id: int, message_id: int) -> JsonObject:
        """How a post was read: ``state`` and what goes with it.

        "unknown", "waiting", "failed", "nothing"; "unread" with the ``reason`` that its document or page gave no article;
        "read" with what was found.
        """
        ...
