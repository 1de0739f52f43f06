"""Owns the word after /help."""

import difflib
from collections.abc import Sequence

from bot.telegram.commands import Command
from bot.telegram.usage import UsageError


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
        hint = f"Did you mean /help {near[0]}?" if near else "/help lists what I can do."
        raise UsageError(f"I don't know /{name.split()[0][:32]}. {hint}", written=written)
    return known[name]
