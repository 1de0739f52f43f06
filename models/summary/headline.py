"""Gives an article its headline: its own title, or the head of its first sentence."""

from __future__ import annotations

import re

from models.summary.document import Document
from models.summary.trim import without_dateline

_LONGEST = 100
_CLAUSE = re.compile(r"[,;:–—]\s|\s(?:after|as|because|before|but|following|when|where|which|while|who)\s")


def headline_of(document: Document) -> str:
    """The title, or else the first sentence, cut at a clause where it is longer than 100 characters; may be empty."""
    if document.title and document.title.strip():
        return document.title.strip()
    if not document.sentences:
        return ""
    span = without_dateline(document.text, document.sentences[0])
    line = " ".join(document.text[span.start : min(span.end, span.start + 3 * _LONGEST)].split())
    if len(line) <= _LONGEST:
        return line.rstrip(".")
    clauses = [match.start() for match in _CLAUSE.finditer(line, _LONGEST // 3, _LONGEST)]
    if clauses:
        return line[: clauses[-1]].rstrip(" ,;:–—")
    space = line.rfind(" ", 0, _LONGEST)
    return line[: space if space > 0 else _LONGEST - 1] + "…"
