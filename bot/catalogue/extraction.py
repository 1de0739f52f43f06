"""Brings the catalogues in step with the code: ``make words``, or ``python -m bot.catalogue.extraction``.

Found are the literals in calls of ``words(…)``, ``words.plural(…, …)``, ``words.within(…, …)`` and ``message(…)``,
whatever the words hang on: ``scene.words(…)`` is one too. A comment that begins with ``L10n:`` directly above the call or
the literal goes to the translators.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.catalogue.words import LANGUAGES, LOCALES

_ROOT = Path(__file__).parents[2]
TEMPLATE = LOCALES / "sitrep.pot"
_COMMENT = re.compile(r"\s*#\s*(.*)")
_TAG = "L10n:"
_SPEECHLESS = ("bot/intake/", "bot/desk/", "bot/sandbox/")
"""Rooms that say nothing, and mean something else by words."""
_VOLATILE = re.compile(
    r'^"(?:Project-Id-Version|POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team): .*\n',
    re.MULTILINE,
)
"""Header lines that would change with every run, or say nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """One text that is to be worded: its plural where it depends on a number, its context where it has one."""

    text: str
    plural: str | None = None
    context: str | None = None
    comments: tuple[str, ...] = ()


class Unreadable(Exception):
    """A text is put together before it is worded, so that no catalogue can hold it."""


def catalogue_path(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / "sitrep.po"


def found_in(source: str, name: str) -> Iterator[Found]:
    """The texts of one module, in order.

    Raises:
        Unreadable: a text is not a literal, nor a constant by its name; with the module's name and the line.
    """
    lines = source.splitlines()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _kind(node.func)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        kind = _kind(call.func)
        size = 1 if kind == "text" else 2
        try:
            alternatives = [_literals(argument) for argument in call.args[:size]]
        except Unreadable:
            raise Unreadable(f"{name}:{call.lineno}: {ast.unparse(call)[:100]}") from None
        comments = _comments_above(lines, {call.lineno, *(argument.lineno for argument in call.args[:1])})
        if kind == "text" and alternatives:
            yield from (Found(text, comments=comments) for text in alternatives[0])
        elif kind != "text":
            if [len(texts) for texts in alternatives] != [1, 1]:
                raise Unreadable(f"{name}:{call.lineno}: {ast.unparse(call)[:100]}")
            (first,), (second,) = alternatives
            plural = kind == "plural"
            yield Found(
                first if plural else second,
                plural=second if plural else None,
                context=None if plural else first,
                comments=comments,
            )


def _kind(func: ast.expr) -> str | None:
    """What a call words: a "text", a "plural", a text "within" a context; None for any other call."""
    if isinstance(func, ast.Attribute) and func.attr in {"plural", "within"}:
        return func.attr if _is_words(func.value) else None
    return "text" if _is_words(func) or (isinstance(func, ast.Name) and func.id == "message") else None


def _is_words(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name.lstrip("_") == "words"


def _literals(argument: ast.expr) -> list[str]:
    """The literals an argument may be; none where it is named or computed elsewhere, from what was marked there."""
    match argument:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return [*_literals(argument.body), *_literals(argument.orelse)]
        case ast.JoinedStr() | ast.BinOp():
            raise Unreadable
    return []


def _comments_above(lines: Sequence[str], numbers: set[int]) -> tuple[str, ...]:
    """The comment for translators that ends on the line above one of these lines, without its tag."""
    for number in sorted(numbers):
        said: list[str] = []
        for line in reversed(lines[: number - 1]):
            comment = _COMMENT.fullmatch(line)
            if comment is None:
                break
            said.insert(0, comment[1])
            if comment[1].startswith(_TAG):
                return (" ".join(said).removeprefix(_TAG).strip(),)
    return ()


def template() -> Catalog:
    """What the code says now."""
    catalog = _catalog()
    for path in sorted((_ROOT / "bot").rglob("*.py")):
        name = path.relative_to(_ROOT).as_posix()
        if name.startswith(_SPEECHLESS):
            continue
        for found in found_in(path.read_text(), name):
            text = found.text if found.plural is None else (found.text, found.plural)
            catalog.add(text, locations=[(name, 0)], auto_comments=found.comments, context=found.context)
    return catalog


def _catalog(language: str | None = None) -> Catalog:
    return Catalog(
        language,
        project="Sitrep",
        copyright_holder="the Sitrep authors",
        fuzzy=False,
        header_comment=f"# What Sitrep says, {'in ' + language if language else 'for its translators'}. Made by `make words`.",
    )


def written(catalog: Catalog) -> str:
    """The text of a catalogue's file; the same for the same catalogue, whenever it is written."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
    return _VOLATILE.sub("", file.getvalue().decode())


def updated(language: str, source: Catalog) -> Catalog:
    """The catalogue of a language with every text of the template, translated as far as it was."""
    path = catalogue_path(language)
    catalog = _catalog(language)
    if path.is_file():
        with path.open("rb") as file:
            for known in read_po(file, locale=language):
                if known.id:
                    catalog[known.id] = known
    catalog.update(source, no_fuzzy_matching=True)
    return catalog


def main() -> None:
    """Write the template and bring every catalogue in step with it."""
    source = template()
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_text(written(source))
    for language in LANGUAGES[1:]:
        path = catalogue_path(language)
        catalog = updated(language, source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(catalog))
        missing = sum(bool(entry.id) and not _is_translated(entry.string) for entry in catalog)
        print(f"{language}: {len(catalog)} texts, {missing} not translated")  # noqa: T201  a command's answer


def _is_translated(string: str | Sequence[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)


if __name__ == "__main__":
    main()
