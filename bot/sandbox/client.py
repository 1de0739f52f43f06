"""Drives the sandbox as its people would: for tests and for the demo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx

from bot.errors import Skip
from bot.sandbox.refusal import JsonObject
from bot.sandbox.seen import SeenMessage, SeenOffer, read_message, read_offer

Name = int | str
"""Somebody or some chat: an id, a user name, a name or a title."""


class SandboxClient:
    """A connection to the control API of a running sandbox.

    Args:
        base_url: Where the sandbox is; ``SandboxServer.root_url``, ``page_url`` and ``base_url`` all do.
    """

    def __init__(self, base_url: str) -> None:
        root = base_url.rstrip("/").removesuffix("/bot")
        self._files_url = f"{root}/sandbox/files/"
        self._http = httpx.AsyncClient(base_url=f"{root}/sandbox/api/", trust_env=False, timeout=70)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let the connection go."""
        await self._http.aclose()

    async def state(self) -> JsonObject:
        """Who and what there is: bot (with its commands), users, chats, pending_updates, seq, now."""
        return await self._get("state")

    async def add_user(
        self, name: str, *, username: str | None = None, language: str = "en", started: bool = False
    ) -> int:
        """A new person's id; with ``started`` the bot may write to them at once."""
        return int((await self._do("add_user", name=name, username=username, language=language, started=started))["id"])

    async def add_channel(self, title: str, *, username: str | None = None, bot_status: str = "administrator") -> int:
        """A new channel's id."""
        return int((await self._do("add_channel", title=title, username=username, bot_status=bot_status))["id"])

    async def add_group(self, title: str, users: list[int], *, bot_status: str = "member", basic: bool = False) -> int:
        """A new group's id."""
        return int((await self._do("add_group", title=title, users=users, bot_status=bot_status, basic=basic))["id"])

    async def post(
        self,
        channel: Name,
        text: str,
        date: datetime | None = None,
        *,
        photo: bool = False,
        forward_from: str | None = None,
        entities: list[JsonObject] | None = None,
    ) -> int:
        """Publish in a channel as its owner; the post's number. ``photo`` makes the text a caption."""
        when = date.isoformat() if date else None
        done = await self._do(
            "post", channel=channel, text=text, date=when, photo=photo, forward_from=forward_from, entities=entities
        )
        return int(done["message_id"])

    async def post_album(self, channel: Name, captions: list[str], date: datetime | None = None) -> list[int]:
        """Publish an album of as many photos as there are captions (empty ones too); the posts' numbers."""
        when = date.isoformat() if date else None
        done = await self._do("post", channel=channel, album=captions, date=when)
        return [int(number) for number in done["message_ids"]]

    async def edit_post(self, channel: Name, message_id: int, text: str) -> None:
        """Change a post."""
        await self._do("edit_post", channel=channel, message_id=message_id, text=text)

    async def say(self, user: Name, text: str, reply_to: int | None = None, *, chat: Name | None = None) -> int:
        """Write to the bot, or in a group; the message's number."""
        return int((await self._do("say", user=user, text=text, reply_to=reply_to, chat=chat))["message_id"])

    async def edit_said(self, user: Name, message_id: int, text: str) -> None:
        """Change what was written to the bot."""
        await self._do("edit_said", user=user, message_id=message_id, text=text)

    async def press(self, user: Name, message_id: int, button: str, *, chat: Name | None = None) -> str:
        """Press an inline button, named by its text or data; the query's id."""
        return str((await self._do("press", user=user, message_id=message_id, button=button, chat=chat))["query_id"])

    async def inline(self, user: Name, query: str, offset: str = "") -> SeenOffer:
        """Type the bot's name and some words; what the bot offers."""
        seq = (await self.state())["seq"]
        query_id = str((await self._do("inline", user=user, query=query, offset=offset))["query_id"])
        while True:
            news = await self._get("changes", since=seq, chat=await self._chat_id(user), timeout=25)
            seq = news["seq"]
            for change in news["changes"]:
                if change["kind"] == "inline" and change["data"]["inline_query_id"] == query_id:
                    return read_offer(change["data"])

    async def choose(self, user: Name, offer: SeenOffer, result_id: str, *, chat: Name | None = None) -> SeenMessage:
        """Send one of the results that were offered."""
        done = await self._do("choose", user=user, query_id=offer.query_id, result_id=result_id, chat=chat)
        return read_message(done)

    async def block(self, user: Name) -> None:
        """Block the bot."""
        await self._do("block", user=user)

    async def unblock(self, user: Name) -> None:
        """Let the bot write again."""
        await self._do("unblock", user=user)

    async def advance(self, hours: float) -> datetime:
        """Wind the sandbox's clock forward; the time it then is."""
        return datetime.fromisoformat((await self._do("advance", hours=hours))["now"])

    async def fault(self, kind: str, **facts: object) -> None:
        """Set a fault (see ``bot.sandbox.faults.Fault``); ``times`` not given means always."""
        await self._do("add_fault", kind=kind, **facts)

    async def clear_faults(self) -> None:
        """Take all faults away."""
        await self._do("clear_faults")

    async def sends(self) -> list[JsonObject]:
        """The log of sends: at_s, method, chat_id, message_id, outcome, text."""
        return list((await self._get("sends"))["sends"])

    async def chat(self, user: Name) -> list[SeenMessage]:
        """All messages of a person's dialogue with the bot, or of a channel or group; in order."""
        return (await self._chat(await self._chat_id(user)))[0]

    async def download(self, message: SeenMessage) -> bytes:
        """Save the photo or document of a message, as its link on the page does.

        Raises:
            Skip: the message has none.
        """
        if message.file_id is None:
            raise Skip("no_file", f"Message {message.message_id} has no file.")
        answer = await self._http.get(f"{self._files_url}{message.file_id}")
        return answer.raise_for_status().content

    async def wait_for(
        self,
        user: Name,
        predicate: Callable[[SeenMessage], bool],
        timeout: float = 10,  # noqa: ASYNC109 - a test's patience, told apart in the error
        *,
        after: int = 0,
    ) -> SeenMessage:
        """The first message of the chat, number ``after`` excluded and older ones too, that the predicate takes.

        Edited messages are looked at again. Woken by the sandbox's changes, it does not ask in a loop.

        Raises:
            TimeoutError: none came; says what the chat holds.
        """
        chat_id = await self._chat_id(user)
        seen: list[SeenMessage] = []
        try:
            async with asyncio.timeout(timeout):
                return await self._watch(chat_id, lambda m: m.message_id > after and predicate(m), seen)
        except TimeoutError:
            last = [message.text for message in seen[-3:]]
            raise TimeoutError(f"no such message within {timeout} s; {len(seen)} were seen, the last: {last}") from None

    async def ask(self, user: Name, text: str, timeout: float = 10) -> SeenMessage:  # noqa: ASYNC109 - as above
        """Write to the bot and wait for what it says next."""
        said = await self.say(user, text)
        return await self.wait_for(user, lambda message: message.from_bot, timeout, after=said)

    async def _watch(
        self, chat_id: int, predicate: Callable[[SeenMessage], bool], seen: list[SeenMessage]
    ) -> SeenMessage:
        while True:
            found, seq = await self._chat(chat_id)
            while True:
                for message in found:
                    seen.append(message)
                    if predicate(message):
                        return message
                news = await self._get("changes", since=seq, chat=chat_id, timeout=25)
                if news["reset"]:
                    break
                seq = news["seq"]
                found = [read_message(change["data"]) for change in news["changes"] if change["kind"] == "message"]

    async def _chat(self, chat_id: int) -> tuple[list[SeenMessage], int]:
        result = await self._get("messages", chat=chat_id)
        return [read_message(message) for message in result["messages"]], int(result["seq"])

    async def _chat_id(self, name: Name) -> int:
        if isinstance(name, int):
            return name
        wanted = name.removeprefix("@").lower()
        state = await self.state()
        for somebody in [*state["users"], *state["chats"]]:
            if wanted in {str(somebody.get(key, "")).lower() for key in ("username", "first_name", "title")}:
                return int(somebody["id"])
        raise Skip("unknown_chat", f"The sandbox has nobody called {name}.", name=name)

    async def _get(self, path: str, **query: int) -> JsonObject:
        return self._result(await self._http.get(path, params=query))

    async def _do(self, action: str, **args: Any) -> JsonObject:
        return self._result(await self._http.post(action, json=args))

    @staticmethod
    def _result(answer: httpx.Response) -> JsonObject:
        body = answer.json()
        if not body["ok"]:
            raise Skip("sandbox_refused", body["description"], status=answer.status_code)
        return dict(body["result"])
