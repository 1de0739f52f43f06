"""Writes the example configuration from the settings themselves, so that the two cannot drift apart."""

from __future__ import annotations

import json
import textwrap
from datetime import time

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from bot.settings import ENV_PREFIX, OwnTopicSetting, Settings

_HEAD = f"""\
# Sitrep's settings. Copy this file to config.toml and change what you need: everything here has its default.
# An environment variable wins over the file: {ENV_PREFIX}TOKEN, {ENV_PREFIX}CHANNELS (comma-separated),
# {ENV_PREFIX}DIGEST__ZONE for a key of a section, and so on.
# Made by `sitrep config`; a test keeps it in step with the code.
"""
_EXAMPLES: dict[str, str] = {
    "token": '"123456789:the-token-from-BotFather"',
    "channels": '["@your_channel", -1001234567890]',
    "feeds": '["https://news.example.org/feed.xml"]',
    "admins": "[123456789]",
    "port": "8081",
    "url": '"https://bot.example.org/webhook"',
    "secret": '"a-long-random-word"',
    "status_token": '"a-long-random-word"',
    "topics_model": '"a-name-on-the-hub"',
    "topics_revision": '"a-commit-of-the-model"',
    "summariser_revision": '"a-commit-of-the-model"',
}
_OWN_TOPIC = """\
# Topics of your own; as many blocks as you like.
# [[topics]]
# name = "Grain corridor"
# description = "Exports of grain through the Black Sea: ships, ports, insurance, talks and attacks."
# examples = []
"""


def example_config() -> str:
    """The text of ``config.example.toml``: every setting with its meaning and its default."""
    parts = [_HEAD]
    sections: list[tuple[str, type[BaseModel]]] = []
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            sections.append((name, field.annotation))
        elif name != "topics":
            parts.append(_entry(name, field))
    for name, model in sections:
        parts.append(_comment(" ".join((model.__doc__ or "").split())) + f"[{name}]\n")
        parts.extend(_entry(key, field) for key, field in model.model_fields.items())
    known = set(OwnTopicSetting.model_fields)
    if any(f"# {key} = " not in _OWN_TOPIC for key in known):
        raise AssertionError("the example of an own topic misses a key")
    parts.append(_OWN_TOPIC)
    return "\n".join(parts)


def _entry(name: str, field: FieldInfo) -> str:
    comment = _comment(field.description or "")
    default = field.default
    if default is None or (name in _EXAMPLES and not default):
        return f"{comment}# {name} = {_EXAMPLES[name]}\n"
    return f"{comment}{name} = {shown_value(default)}\n"


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, 110))


def shown_value(value: object) -> str:
    """A default as TOML shows it."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case time():
            return json.dumps(value.isoformat("minutes"))
        case tuple():
            return json.dumps(list(value))
        case SecretStr():
            raise AssertionError("a secret has no default")
        case _:
            return json.dumps(value)
