"""Owns the files that `sitrep replay` reads: posts with the time each was published, as TOML or as JSON lines."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from models.api import SitrepError

_CHANNEL_ID = -1_002_000_000_000
"""Chat ids of the channels of a replay count down from here; Telegram's own are of this form."""

_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{3,31}$")]
_Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

_HINTS = {
    "missing": "is missing",
    "timezone_aware": "has no time zone; write it as 2026-03-01T08:00:00Z",
    "string_pattern_mismatch": "is not a channel's name: 4 to 32 letters, digits or _, a letter first",
    "string_too_short": "is empty",
    "extra_forbidden": "is not known; a post has channel, at, text, and may have forwarded_from and edit",
}


class _Version(BaseModel):
    model_config = ConfigDict(extra="forbid")
    at: AwareDatetime
    text: _Text


class _Post(_Version):
    channel: _Name
    forwarded_from: _Text | None = None
    edit: tuple[_Version, ...] = Field(default=())


class _Channel(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: _Name
    title: _Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Something that a channel published at a moment: a post, or with ``edited`` a new text of an earlier one.

    ``number`` counts the posts of a channel from 1. ``title`` is the channel's, ``forwarded_from`` whom the words are from.
    """

    channel: str
    chat_id: int
    title: str
    number: int
    posted: datetime
    at: datetime
    text: str
    forwarded_from: str | None
    edited: bool

    def message(self) -> dict[str, Any]:
        """The post as the Bot API gives it, for the bot's own intake."""
        chat = {"id": self.chat_id, "type": "channel", "title": self.title, "username": self.channel}
        posted = int(self.posted.timestamp())
        message: dict[str, Any] = {"message_id": self.number, "chat": chat, "date": posted, "text": self.text}
        if self.edited:
            message["edit_date"] = int(self.at.timestamp())
        if self.forwarded_from:
            origin = {"type": "channel", "date": posted, "chat": {"title": self.forwarded_from}}
            message["forward_origin"] = origin
        return message


def load_posts(file: Path) -> list[Publication]:
    """Read a file of posts.

    Args:
        file: TOML where its name ends so, JSON lines otherwise; docs/driving.md describes both. The order is free.

    Returns:
        Posts and edits in the order they were published, at least one.

    Raises:
        SitrepError: ``replay_unreadable``, with the line and what to do about it.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _unreadable(f"Cannot read {file}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise _unreadable(f"{file} is not UTF-8 text (byte {error.start}).") from error
    rows = _toml_rows(file, text) if file.suffix == ".toml" else _json_rows(file, text)
    titles: dict[str, str] = {}
    posts: list[_Post] = []
    for line, row in rows:
        try:
            if "name" in row:
                channel = _Channel.model_validate(row)
                titles[channel.name] = channel.title
            else:
                posts.append(_in_order(_Post.model_validate(row), f"{file}, line {line}"))
        except ValidationError as error:
            raise _unreadable(f"{file}, line {line}: {_problem(error)}.") from error
    if not posts:
        raise _unreadable(f"{file} has no posts in it; docs/driving.md shows how to write them.")
    return _published(posts, titles)


def _published(posts: Sequence[_Post], titles: Mapping[str, str]) -> list[Publication]:
    chats = {name: _CHANNEL_ID - place for place, name in enumerate(sorted({post.channel for post in posts}))}
    numbers: Counter[str] = Counter()
    found = []
    for post in sorted(posts, key=lambda post: post.at):
        numbers[post.channel] += 1
        versions: tuple[_Version, ...] = (post, *post.edit)
        found += [
            Publication(
                channel=post.channel,
                chat_id=chats[post.channel],
                title=titles.get(post.channel, post.channel),
                number=numbers[post.channel],
                posted=post.at,
                at=version.at,
                text=version.text,
                forwarded_from=post.forwarded_from,
                edited=version is not post,
            )
            for version in versions
        ]
    return sorted(found, key=lambda one: one.at)


def _in_order(post: _Post, where: str) -> _Post:
    moments = [post.at, *(edit.at for edit in post.edit)]
    if moments != sorted(moments):
        raise _unreadable(f"{where}: an edit is older than the post or the edit before it.")
    return post


def _toml_rows(file: Path, text: str) -> list[tuple[int, Mapping[str, Any]]]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(f"{file} is not TOML: {error}.") from error
    for name, rows in tables.items():
        if name not in {"channel", "post"} or not isinstance(rows, list):
            raise _unreadable(f"{file}: {name!r} is not known; write [[channel]] and [[post]].")
    return [
        (line, row)
        for name in ("channel", "post")
        for line, row in zip(_headers(text, f"[[{name}]]"), tables.get(name, []), strict=False)
    ]


def _headers(text: str, header: str) -> list[int]:
    """The lines, from 1, on which tables of a name begin; a line inside a text of several lines is none."""
    found, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and line.split("#")[0].strip() == header:
            found.append(number)
        inside ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return found


def _json_rows(file: Path, text: str) -> list[tuple[int, Mapping[str, Any]]]:
    rows: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _unreadable(f"{file}, line {number} is not JSON: {error}. One object a line, please.") from error
        if not isinstance(row, dict):
            raise _unreadable(f"{file}, line {number} is not a JSON object.")
        rows.append((number, row))
    return rows


def _problem(error: ValidationError) -> str:
    """What is wrong with a row, in words: the first thing."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where!r} {_HINTS.get(first['type']) or first['msg']}"


def _unreadable(message: str) -> SitrepError:
    return SitrepError("replay_unreadable", message)
