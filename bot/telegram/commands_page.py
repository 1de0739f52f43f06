"""The page ``docs/commands.md``, made from the registry by ``python -m bot.reference``."""

from bot.telegram.commands import COMMANDS, Command
from bot.telegram.operator_commands import OPERATOR_COMMANDS


def commands_page() -> str:
    """Every command with its line and the forms it takes, as Markdown."""
    head = (
        "# Commands\n\n"
        "<!-- Made by `python -m bot.reference`; a test compares. -->\n\n"
        "What Sitrep answers to in Telegram. The same list feeds /help and the menu that Telegram shows.\n"
    )
    operators = (
        "\n# Operators\n\n"
        "For the user ids in the setting `admins`, in their private chat with the bot. Nobody else sees these commands, and "
        "to anybody else they are unknown. See [operating.md](operating.md).\n"
    )
    return head + "".join(map(_section, COMMANDS)) + operators + "".join(map(_section, OPERATOR_COMMANDS))


def _section(command: Command) -> str:
    forms = "".join(f"- `{form}`{note}\n" for form, note in map(_form, command.usage))
    return f"\n## /{command.name}\n\n{command.line}.\n" + (f"\n{forms}" if forms else "")


def _form(usage: str) -> tuple[str, str]:
    """A form, and the note in brackets behind it."""
    form, opened, note = usage.partition(" (")
    return form, f": {note.removesuffix(')')}" if opened else ""
