"""A language that says what the catalogue holds in brackets, and formats as Russian does: English left outside stands out."""

from __future__ import annotations

import re
from functools import cache
from gettext import NullTranslations

from babel import Locale

from bot.catalogue import Words
from bot.catalogue.extraction import template

_LATIN = re.compile(r"[A-Za-z]{2,}")
_ADDRESS = re.compile(r"https?://\S+")


@cache
def _held() -> frozenset[tuple[str | None, str]]:
    ids = ((entry.context, entry.id) for entry in template() if entry.id)
    return frozenset((context, text if isinstance(text, str) else text[0]) for context, text in ids)


class _Bracketing(NullTranslations):
    def gettext(self, message: str) -> str:
        return self._in_brackets(None, message)

    def pgettext(self, context: str, message: str) -> str:
        return self._in_brackets(context, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._in_brackets(None, msgid1, msgid1 if n == 1 else msgid2)

    @staticmethod
    def _in_brackets(context: str | None, text: str, said: str | None = None) -> str:
        return f"⟦{said or text}⟧" if (context, text) in _held() else said or text


BRACKETED = Words(Locale("ru"), _Bracketing())


def left_outside(text: str) -> list[str]:
    """The Latin words of a text that stand in no brackets; addresses are none."""
    depth, found = 0, []
    for char in _ADDRESS.sub("", text):
        depth += {"⟦": 1, "⟧": -1}.get(char, 0)
        found.append(" " if depth or char == "⟧" else char)
    return _LATIN.findall("".join(found))
