"""The answers a Bot API server gives when it does not do what it was asked."""

from __future__ import annotations

from typing import Any

JsonObject = dict[str, Any]
"""A JSON object as it stands on the wire; it does not leave the sandbox."""


class Refusal(Exception):
    """A request answered with ``ok: false``: an answer on the wire, not a failure of ours.

    Args:
        status: The HTTP status, repeated as ``error_code``.
        description: Telegram's wording where it is known; what only the sandbox refuses begins "Bad Request: sandbox:".
        parameters: Telegram's ``ResponseParameters``: ``retry_after`` seconds or ``migrate_to_chat_id``.
    """

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> JsonObject:
        """The JSON body Telegram would send."""
        body: JsonObject = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(reason: str) -> Refusal:
    """A 400 in Telegram's form."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """A 403 in Telegram's form."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """A 409 in Telegram's form."""
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(retry_after_s: int) -> Refusal:
    """A 429 that names the whole seconds to wait."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s)
