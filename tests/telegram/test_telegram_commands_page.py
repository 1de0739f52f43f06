"""The command reference says what the registry says."""

from pathlib import Path

from bot.telegram.commands import COMMANDS
from bot.telegram.commands_page import commands_page
from bot.telegram.operator_commands import OPERATOR_COMMANDS

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_is_what_the_registry_makes() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == commands_page(), "run: python -m bot.telegram.commands_page > docs/commands.md"


def test_every_command_has_its_heading() -> None:
    headings = [line for line in commands_page().splitlines() if line.startswith("## ")]
    assert headings == [f"## /{command.name}" for command in (*COMMANDS, *OPERATOR_COMMANDS)]
