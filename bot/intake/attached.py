"""Knows which documents of posts are read, and how one is named among the pages that are to be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_FILE_BYTES = 20 * 1024 * 1024
"""More than that Telegram gives no bot (Bot API, getFile)."""
_SCHEME = "telegram-file:"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {"pdf": "application/pdf", "txt": "text/plain", "docx": WORD}
_TYPES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Attached:
    """A document of a post: what Telegram calls it, and its type."""

    file_id: str
    content_type: str

    @property
    def address(self) -> str:
        """How it stands among the pages."""
        return f"{_SCHEME}{_TYPES[self.content_type]}/{self.file_id}"


def attached_of(document: object) -> Attached | None:
    """The document of a message (Bot API, Document), if it is a PDF or a text, and no larger than a bot may have."""
    if not isinstance(document, Mapping):
        return None
    file_id, size = document.get("file_id"), document.get("file_size")
    if not isinstance(file_id, str) or not 0 < len(file_id) <= 500 or not file_id.isprintable():
        return None
    if isinstance(size, int) and size > MAX_FILE_BYTES:
        return None
    kind = _kind(document)
    return None if kind is None else Attached(file_id, kind)


def _kind(document: Mapping[str, Any]) -> str | None:
    stated = str(document.get("mime_type") or "").partition(";")[0].strip().lower()
    if stated in _TYPES:
        return stated
    _, dot, ending = str(document.get("file_name") or "").rpartition(".")
    return _KINDS.get(ending.lower()) if dot and stated in {"", "application/octet-stream"} else None


def attached_at(address: str) -> Attached | None:
    """The document that stands under an address among the pages; None where it is that of a page."""
    if not address.startswith(_SCHEME):
        return None
    ending, _, file_id = address.removeprefix(_SCHEME).partition("/")
    return Attached(file_id, _KINDS[ending]) if ending in _KINDS and file_id else None
