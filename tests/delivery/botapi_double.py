"""A Bot API server over real HTTP that misbehaves on request, and things to send to it."""

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from bot.store import Kind, Lane, NewOutboxItem


@dataclass
class Call:
    at: float
    method: str
    params: dict[str, Any]

    @property
    def chat(self) -> int:
        return self.params["chat_id"]


@dataclass
class BotApi:
    """Answers like Telegram. ``script`` says, call by call for a chat, what goes wrong: see ``_answer``."""

    calls: list[Call] = field(default_factory=list)
    delivered: list[Call] = field(default_factory=list)
    script: dict[int, list[Any]] = field(default_factory=dict)
    hook: Callable[[Call], Any] | None = None
    latency_s: float = 0.0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    url: str = ""
    in_flight: dict[int, int] = field(default_factory=dict)
    overlaps: int = 0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while await self._one(reader, writer):
                pass
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        line = await reader.readline()
        if not line:
            return False
        headers = {}
        while (header := await reader.readline()) not in {b"\r\n", b""}:
            name, _, value = header.decode().partition(":")
            headers[name.lower()] = value.strip()
        body = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
        params = {name: _value(values[0]) for name, values in parse_qs(body, keep_blank_values=True).items()}
        call = Call(time.monotonic(), line.split()[1].decode().rsplit("/", 1)[1], params)
        chat = call.params.get("chat_id", 0)
        self.overlaps += self.in_flight.get(chat, 0) > 0
        self.in_flight[chat] = self.in_flight.get(chat, 0) + 1
        try:
            async with self.changed:
                self.calls.append(call)
                planned = self.script.get(chat)
                step = planned.pop(0) if planned else (self.hook(call) if self.hook else None)
                self.changed.notify_all()
            return await self._answer(call, step, writer)
        finally:
            self.in_flight[chat] -= 1

    async def _answer(self, call: Call, step: Any, writer: asyncio.StreamWriter) -> bool:
        if self.latency_s:
            await asyncio.sleep(self.latency_s)
        if step == "drop before":
            writer.transport.abort()
            return False
        if step is None or isinstance(step, str):
            async with self.changed:
                self.delivered.append(call)
                self.changed.notify_all()
            if step == "drop after":
                writer.transport.abort()
                return False
            if step == "hang":
                await asyncio.sleep(3600)
            result = {
                "message_id": len(self.delivered),
                "date": 0,
                "chat": {"id": call.params.get("chat_id"), "type": "private"},
            }
            code, answer = 200, {"ok": True, "result": result}
        else:
            code, description, parameters = step
            answer = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
        payload = json.dumps(answer).encode()
        head = f"HTTP/1.1 {code} X\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        writer.write(head.encode() + payload)
        await writer.drain()
        return True

    async def until(self, count: int, *, delivered: bool = False, timeout_s: float = 20) -> None:
        """Wait for so many calls, or deliveries."""
        async with asyncio.timeout(timeout_s), self.changed:
            await self.changed.wait_for(lambda: len(self.delivered if delivered else self.calls) >= count)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def now() -> datetime:
    return datetime.now(UTC)


def reply(chat: int, number: int = 1, **params: Any) -> NewOutboxItem:
    return NewOutboxItem(
        chat_id=chat,
        lane=Lane.REPLY,
        kind=Kind.REPLY,
        method="sendMessage",
        params={"chat_id": chat, "text": f"answer {number}", **params},
        dedupe_key=f"reply:{chat}:{number}",
    )


def edition(chat: int, edition_id: int, watermark: datetime, *, part: int = 1, parts: int = 1) -> NewOutboxItem:
    return NewOutboxItem(
        chat_id=chat,
        lane=Lane.BROADCAST,
        kind=Kind.EDITION,
        method="sendMessage",
        params={"chat_id": chat, "text": f"part {part} of {parts}"},
        dedupe_key=f"edition:{chat}:daily:{watermark:%Y-%m-%d}:{watermark:%H%M%S%f}:{part}",
        edition_id=edition_id,
        part=part,
        parts=parts,
        watermark=watermark,
    )
