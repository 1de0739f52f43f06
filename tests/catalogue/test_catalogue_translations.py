"""The catalogues: in step with the code, complete, and fit to be shown."""

import ast
import functools
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.catalogue import LANGUAGES, extraction
from bot.catalogue.extraction import TEMPLATE, catalogue_path, found_in, template, updated, written
from bot.telegram.commands import COMMANDS, DESCRIPTION, SHORT_DESCRIPTION
from bot.telegram.operator_commands import OPERATOR_COMMANDS

BOT = Path(__file__).resolve().parents[2] / "bot"
TRANSLATED = LANGUAGES[1:]
LONGEST_BUTTON = 40
"""Characters that a button may have before a phone cuts it off; some have a row to themselves."""
BUTTONS = frozenset({"act", "lead", "switch", "button", "_button", "Button"})
_COMMAND = re.compile(r"(?<![\w/:.])(/[a-z]+\b|@[a-z]+\b)")
Text = tuple[str, str | None]
"""A text and its context."""


@functools.cache
def catalogue(language: str) -> Catalog:
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


@functools.cache
def said() -> Catalog:
    """What the code says now."""
    return template()


def texts_of(catalog: Catalog) -> dict[tuple[Text, str | None], Message]:
    """By text and plural every entry but the header."""
    every = [entry for entry in catalog if entry.id]
    return {((str(_ids(entry)[0]), entry.context), (*_ids(entry), None)[1]): entry for entry in every}


def _ids(entry: Message) -> tuple[str, ...]:
    return (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)


def _strings(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def translations(language: str) -> Iterator[tuple[Message, str]]:
    """Every entry that is translated, with each of its forms."""
    for entry in texts_of(catalogue(language)).values():
        for form in _strings(entry):
            if form:
                yield entry, form


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_template_holds_what_the_code_says() -> None:
    assert TEMPLATE.read_text() == written(said()), "run `make words`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_what_the_template_holds(language: str) -> None:
    assert texts_of(catalogue(language)).keys() == texts_of(said()).keys(), "run `make words`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated_and_nothing_by_guess(language: str) -> None:
    every = texts_of(catalogue(language)).values()
    if not any(map(any, map(_strings, every))):
        pytest.skip(f"nobody has begun to translate {language} yet")
    assert [entry.id for entry in every if not all(_strings(entry))] == []
    assert [entry.id for entry in every if entry.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_forms_of_its_language_and_the_placeholders_of_its_source(language: str) -> None:
    catalog = catalogue(language)
    wrong: list[tuple[str, str]] = []
    for entry, form in translations(language):
        ids = _ids(entry)
        assert len(_strings(entry)) == (1 if len(ids) == 1 else catalog.num_plurals), ids
        wanted, found = placeholders(ids[-1]), placeholders(form)
        # A form for one thing may say the number in a word, as the English one may.
        if found != wanted and not (len(ids) > 1 and found == wanted - {"count"}):
            wrong.append((ids[0], form))
        elif found:
            form.format_map(dict.fromkeys(found, "sample"))
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_commands_stay_as_they_are_written(language: str) -> None:
    forms = [(entry, form) for entry, form in translations(language)]
    changed = [
        (entry.id, form)
        for entry, form in forms
        if set(_COMMAND.findall(form)) != set(_COMMAND.findall(_ids(entry)[-1]))
    ]
    assert changed == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_stands_on_buttons_and_in_menus_has_room_there(language: str) -> None:
    known = texts_of(catalogue(language))
    on_buttons = _on_buttons()
    assert len(on_buttons) > 40
    long = [
        form
        for text, entry in known.items()
        if text[0] in on_buttons
        for form in _strings(entry)
        if len(re.sub(r"\{\w+\}", "12", form)) > LONGEST_BUTTON
    ]
    assert long == []
    shown = {str(entry.id): str(entry.string) for entry in known.values()}
    lines = [shown[command.line] for command in (*COMMANDS, *OPERATOR_COMMANDS)]
    assert [line for line in lines if len(line) > 256] == []
    assert len(shown[DESCRIPTION]) <= 512
    assert len(shown[SHORT_DESCRIPTION]) <= 120


@functools.cache
def _on_buttons() -> frozenset[Text]:
    """The texts that are worded within the label of a button."""
    return frozenset(_each_on_a_button())


def _each_on_a_button() -> Iterator[Text]:
    for path in BOT.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            name = getattr(call, "func", None)
            named = name.id if isinstance(name, ast.Name) else ""
            if isinstance(call, ast.Call) and named in BUTTONS and call.args:
                yield from ((found.text, found.context) for found in found_in(ast.unparse(call.args[0]), path.name))


def test_translations_outlive_make_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "LOCALES", tmp_path)
    path = catalogue_path("uk")
    path.parent.mkdir(parents=True)
    older = updated("uk", said())
    translated = {("none", "hours"): "немає", ("none", "words"): "жодних", ("Settings", None): "Налаштування"}
    for (text, context), form in translated.items():
        older.get(text, context).string = form
    older.get("{count} day").string = ("{count} день", "{count} дні", "{count} днів")
    older.add("No longer said", "Вже не кажемо")
    path.write_text(written(older))
    newer = updated("uk", said())
    assert {key: newer.get(*key).string for key in translated} == translated
    assert newer.get("{count} day").string == ("{count} день", "{count} дні", "{count} днів")
    assert "No longer said" not in written(newer)
    assert not any(entry.fuzzy for entry in newer)
