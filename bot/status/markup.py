"""Builds HTML in which a text can never become markup: what is no ``Markup`` is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_VOID = frozenset({"img", "input", "link", "meta"})
_TURNS = str.maketrans("\u202d\u202e", "⇄⇄")
"""Overrides of direction, which would turn 2,500 into 005,2, are signs that one sees."""


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that was built here."""

    html: str


Content = str | Markup


def tag(name: str, /, *children: Content, **attributes: str) -> Markup:
    """An element. Attributes are escaped; in their names a trailing underscore goes, others become hyphens."""
    given = "".join(f' {_name(key)}="{escape(value)}"' for key, value in attributes.items())
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(children).html}</{name}>")


def joined(children: Iterable[Content]) -> Markup:
    """Texts and elements, one after the other."""
    return Markup(
        "".join(child.html if isinstance(child, Markup) else escape(child.translate(_TURNS)) for child in children)
    )


def _name(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
