"""Writes the pages of ``docs/`` that are made from code: ``python -m bot.reference``; a test compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import typer
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from typer.core import TyperArgument, TyperGroup, TyperOption

from bot.__main__ import app
from bot.licences import licences_page
from bot.settings import ENV_PREFIX, OwnTopicSetting, Settings
from bot.settings_example import shown_value
from bot.telegram.commands_page import commands_page

DOCS = Path(__file__).resolve().parents[1] / "docs"

MADE = "<!-- Made by `python -m bot.reference`; a test compares. -->\n"

_SETTINGS_HEAD = (
    "Settings stand in `config.toml` (or the file named by `--config`); an environment variable wins over it. Lists in "
    "variables are separated by commas. `sitrep config` prints a file with every setting at its default. An unknown name in the file or "
    "a value that is not allowed stops the start with a message that says what is."
)


def settings_page() -> str:
    """Every setting with its variable, its default and its meaning, as Markdown."""
    parts = [
        f"# Settings\n\n{MADE}\n{_SETTINGS_HEAD}\n\n",
    ]
    sections: list[tuple[str, type[BaseModel]]] = []
    rows: list[str] = []
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            sections.append((name, field.annotation))
        elif name != "topics":
            rows.append(_setting(name, f"{ENV_PREFIX}{name.upper()}", field))
    parts.append(_table(("setting", "variable", "default", "meaning"), rows))
    for name, model in sections:
        parts.append(f"\n## `[{name}]`\n\n{_sentence(model.__doc__)}\n\n")
        variable = f"{ENV_PREFIX}{name.upper()}__"
        rows = [_setting(key, f"{variable}{key.upper()}", field) for key, field in model.model_fields.items()]
        parts.append(_table(("setting", "variable", "default", "meaning"), rows))
    parts.append("\n## `[[topics]]`\n\nTopics of your own; as many blocks as you like, in the file alone.\n\n")
    own = [f"| `{key}` | {_cell(field.description)} |" for key, field in OwnTopicSetting.model_fields.items()]
    parts.append(_table(("setting", "meaning"), own))
    return "".join(parts)


def command_line_page() -> str:
    """Every command of the command line with its arguments and options, as Markdown."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)  # noqa: S101  typer makes one of several commands
    parts = [f"# Command line\n\n{MADE}\n`sitrep COMMAND --help` says the same in the terminal.\n"]
    for name, command in root.commands.items():
        parts.append(f"\n## `sitrep {name}`\n\n{_sentence(command.help)}\n")
        rows = [_parameter(one) for one in command.params]
        if rows:
            parts.append("\n" + _table(("argument or option", "meaning"), rows))
    return "".join(parts)


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "command-line.md": command_line_page,
    "commands.md": commands_page,
    "licences.md": licences_page,
}
"""The pages by their file in ``docs/``."""


def _setting(name: str, variable: str, field: FieldInfo) -> str:
    default = "" if field.default is None or isinstance(field.default, SecretStr) else f"`{shown_value(field.default)}`"
    return f"| `{name}` | `{variable}` | {default} | {_cell(field.description)} |"


def _table(head: tuple[str, ...], rows: list[str]) -> str:
    return "\n".join((f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *rows)) + "\n"


def _parameter(one: object) -> str:
    assert isinstance(one, TyperArgument | TyperOption)  # noqa: S101  there are no others
    value = "" if isinstance(one, TyperArgument) or one.is_flag else " …"
    names = [one.metavar or (one.name or "").upper()] if isinstance(one, TyperArgument) else one.opts
    return f"| {', '.join(f'`{_cell(name)}{value}`' for name in names)} | {_cell(one.help)} |"


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def _cell(text: str | None) -> str:
    return _sentence(text).replace("|", "\\|")


def made_pages() -> Iterator[tuple[Path, str]]:
    """Each page's file and what belongs in it."""
    for name, make in PAGES.items():
        yield DOCS / name, make()


def main() -> None:
    """Write the pages."""
    for file, text in made_pages():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
