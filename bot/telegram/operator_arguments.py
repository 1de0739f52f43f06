"""Owns the words after /admin, and those behind an operator's buttons."""

import re
from dataclasses import dataclass

from bot.catalogue import message
from bot.telegram.usage import UsageError

_CHANNEL = re.compile(r"@?[A-Za-z][A-Za-z0-9_]{3,31}|-?\d{5,20}", re.ASCII)
_LINK = re.compile(r"(?:https?://)?t\.me/([A-Za-z][A-Za-z0-9_]{3,31})(?:/\d+)?/?", re.ASCII)
_ALL = "all"
_OF_ALL = {"pause": "hold", "resume": "release"}
_MAX_ID = 2**52


@dataclass(frozen=True, slots=True)
class AdminRequest:
    """What an operator asks for, and what of it."""

    action: str = "menu"
    argument: str = ""


def parse_admin(arguments: str) -> AdminRequest:
    """The action and what follows it, line breaks included; "pause all" and "resume all" are actions of their own."""
    action, argument = (*arguments.split(maxsplit=1), "", "")[:2]
    action = action.casefold()
    if action in _OF_ALL and argument.strip().casefold() == _ALL:
        return AdminRequest(_OF_ALL[action])
    return AdminRequest(action or "menu", argument.strip())


def parse_press(argument: str) -> AdminRequest:
    """What stands behind a button, as in ``pause/-1001234567890``."""
    action, _, wish = argument.partition("/")
    return AdminRequest(action, wish)


def parse_channel(argument: str) -> int | str:
    """A channel by its id, or by its name with its ``@``.

    Raises:
        UsageError: it is neither.
    """
    written = argument.strip()
    link = _LINK.fullmatch(written)
    named = link[1] if link else written
    if _CHANNEL.fullmatch(named) is None:
        raise UsageError(
            message("Which channel? Write its name, as in /admin pause @name, or its id, such as -1001234567890.")
        )
    if named.lstrip("-").isdigit():
        return _bounded(int(named))
    return f"@{named.removeprefix('@')}"


def parse_number(argument: str) -> int:
    """A number behind a button or after a command.

    Raises:
        UsageError: it is none.
    """
    if not re.fullmatch(r"\d{1,15}", argument.strip(), re.ASCII):
        raise UsageError(
            message("Which line? /admin kill 3 is about line 3 of your last edition; /admin preview shows one now.")
        )
    return int(argument)


def _bounded(chat_id: int) -> int:
    if abs(chat_id) >= _MAX_ID:
        raise UsageError(message("No channel has an id as long as that."))
    return chat_id
