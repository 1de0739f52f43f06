"""A language that says everything in English between brackets, so that what is not in the catalogue stands out."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest
from babel.messages.pofile import write_po

from bot.catalogue import words
from bot.catalogue.extraction import template

TONGUE = "de"
"""The language whose place it takes."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMAND = re.compile(r"/[a-z]+(?: [^\n]*)?")


@contextmanager
def pseudo_language(
    folder: Path, patch: pytest.MonkeyPatch, names: Mapping[str, str] = MappingProxyType({})
) -> Iterator[None]:
    """Have the pseudo-language spoken where German would be; it has ``names`` of its own for some things."""
    catalog = template()
    for entry in catalog:
        if isinstance(entry.id, tuple):
            entry.string = tuple(f"⟦{text}⟧" for text in entry.id)
        elif entry.id:
            entry.string = names.get(entry.id, f"⟦{entry.id}⟧")
    path = folder / TONGUE / "LC_MESSAGES" / "sitrep.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalog)
    patch.setattr(words, "LOCALES", folder)
    words._translations.cache_clear()
    yield
    words._translations.cache_clear()


def outside(text: str) -> str:
    """What of a text stands in no brackets."""
    depth, found = 0, []
    for char in text:
        if char == "⟦":
            depth += 1
        elif char == "⟧":
            depth -= 1
        elif depth == 0:
            found.append(char)
    return "".join(found)


def unworded(text: str, known: frozenset[str]) -> list[str]:
    """The words of a text that no catalogue holds, those of commands and ``known`` ones left out."""
    return [word for word in _WORD.findall(_COMMAND.sub(" ", outside(text))) if word not in known]
