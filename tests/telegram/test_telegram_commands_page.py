"""The command reference holds every command of the registry."""

from bot.telegram.commands import COMMANDS
from bot.telegram.commands_page import commands_page
from bot.telegram.operator_commands import OPERATOR_COMMANDS


def test_every_command_has_its_heading() -> None:
    headings = [line for line in commands_page().splitlines() if line.startswith("## ")]
    assert headings == [f"## /{command.name}" for command in (*COMMANDS, *OPERATOR_COMMANDS)]
