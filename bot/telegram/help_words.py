"""Owns the word after /help."""

import difflib
from collections.abc import Sequence
from functools import partial

from bot.catalogue import Words, message
from bot.telegram.commands import Command
from bot.telegram.usage import UsageError

HELP_LISTS = message("/help lists what I can do.")


def find_command(written: str, commands: Sequence[Command]) -> Command | None:
    """The command that /help is asked about; None where it is asked about all.

    Raises:
        UsageError: there is no such command, with the nearest.
    """
    name = written.strip().removeprefix("/").casefold()
    if not name:
        return None
    known = {command.name: command for command in commands}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = partial(_meant, f"/help {near[0]}") if near else HELP_LISTS
        raise UsageError(message("I don't know /{name}."), hint, name=name.split()[0][:32])
    return known[name]


def _meant(name: str, words: Words) -> str:
    return words("Did you mean {name}?", name=name)
