"""Flattens a rich message (Bot API 10.1 and later: blocks of nested text) to plain paragraphs and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.intake.anchors import Anchor, placed, web_address

_MAX_DEPTH = 40
_FIRST_MARK, _MOST_MARKS = 0xF0000, 2_000
_MARKS = dict.fromkeys(range(_FIRST_MARK, _FIRST_MARK + _MOST_MARKS))
"""Private characters that stand around the words of a link while blocks are put together; nobody's text has them."""
_WORDS_FIELD = {"custom_emoji": "alternative_text", "mathematical_expression": "expression"}
_SILENT_TEXT = frozenset({"anchor", "button"})
_SILENT_BLOCKS = frozenset({"divider", "anchor", "buttons", "thinking", "map"})


class _Flattener:
    """Collects paragraphs, captions and links on one walk through the blocks."""

    def __init__(self, marks: dict[str, str]) -> None:
        self.paragraphs: list[str] = []
        self.captions: list[str] = []
        self.quotes: list[str] = []
        self.marks = marks

    def words(self, text: object, depth: int = 0) -> str:
        """A RichText as plain text: a string, a list of RichTexts, or an object around one."""
        if isinstance(text, str):
            return text.translate(_MARKS)
        if depth > _MAX_DEPTH:
            return ""
        if isinstance(text, list):
            return "".join(self.words(part, depth + 1) for part in text)
        if not isinstance(text, Mapping) or text.get("type") in _SILENT_TEXT:
            return ""
        words = self.words(text.get(_WORDS_FIELD.get(str(text.get("type")), "text")), depth + 1)
        address = web_address(text["url"]) if text.get("type") == "url" and isinstance(text.get("url"), str) else None
        if not address or len(self.marks) >= _MOST_MARKS:
            return words
        mark = chr(_FIRST_MARK + len(self.marks))
        self.marks[mark] = address
        return f"{mark}{words}{mark}"

    def blocks(self, blocks: object, depth: int = 0) -> None:
        """Walk through blocks in order."""
        if isinstance(blocks, list) and depth <= _MAX_DEPTH:
            for block in blocks:
                if isinstance(block, Mapping):
                    self._block(block, depth + 1)

    def _block(self, block: Mapping[str, Any], depth: int) -> None:
        kind = block.get("type")
        if kind in _SILENT_BLOCKS:
            return
        if kind == "pullquote":
            self.quotes.append(self.words(block.get("text")))
            return
        if kind == "list":
            self._list(block, depth)
        elif kind == "table":
            self._table(block)
        else:
            self.paragraphs.append(self.words(block.get("summary")))
            self.paragraphs.append(self.words(block.get("text") or block.get("expression")))
            self.blocks(block.get("blocks"), depth)
        self._caption(block.get("caption"), is_table=kind == "table")

    def _list(self, block: Mapping[str, Any], depth: int) -> None:
        lines = []
        for item in block.get("items") or ():
            inner = _Flattener(self.marks)
            inner.blocks(item.get("blocks") if isinstance(item, Mapping) else None, depth)
            lines.append("\n".join(filter(None, inner.paragraphs)))
        self.paragraphs.append("\n".join(filter(None, lines)))

    def _table(self, block: Mapping[str, Any]) -> None:
        rows = block.get("cells")
        for row in rows if isinstance(rows, list) else ():
            cells = (
                [self.words(cell.get("text")) for cell in row if isinstance(cell, Mapping)]
                if isinstance(row, list)
                else []
            )
            self.paragraphs.append(", ".join(cell.strip() for cell in cells if cell.strip()))

    def _caption(self, caption: object, *, is_table: bool) -> None:
        words = self.words(caption.get("text") if isinstance(caption, Mapping) and "type" not in caption else caption)
        (self.paragraphs if is_table else self.captions).append(words)


def flatten(blocks: object) -> tuple[str, tuple[Anchor, ...]]:
    """The text of a rich message's blocks, a blank line between two, and the addresses linked in it, in order.

    Captions of pictures count only where there is no other text; a pull quotation only where the text does not have it
    anyway. Nesting beyond 40 levels is cut off. Never raises.
    """
    flat = _Flattener({})
    flat.blocks(blocks)
    paragraphs = [text.strip() for text in flat.paragraphs if text.strip()]
    joined = "\n\n".join(paragraphs)
    paragraphs += [quote.strip() for quote in flat.quotes if quote.strip() and quote.strip(" \"“”'") not in joined]
    whole = "\n\n".join(paragraphs or [text.strip() for text in flat.captions if text.strip()])
    return placed(whole, flat.marks)
