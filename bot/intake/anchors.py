"""Finds the web addresses of a message, and where in its text each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Anchor:
    """An http(s) address, and the code points ``[start, end)`` of the text that lead there; both 0 where that is not known."""

    url: str
    start: int = 0
    end: int = 0


def web_address(url: str) -> str | None:
    """The address with a scheme, as Telegram's clients open it; None where it is not http(s)."""
    url = url.strip()
    if "://" not in url and not url.lower().startswith(("mailto:", "tel:")):
        url = "https://" + url
    return url if url.lower().startswith(("http://", "https://")) and not any(char.isspace() for char in url) else None


def anchors_of(text: str, entities: object) -> tuple[Anchor, ...]:
    """The addresses among a text's entities (Bot API, MessageEntity), in their order; offsets there are UTF-16 units."""
    raw = text.encode("utf-16-le", "surrogatepass")
    found = []
    for entity in entities if isinstance(entities, list) else ():
        if not isinstance(entity, Mapping) or entity.get("type") not in {"url", "text_link"}:
            continue
        start, end = _span(raw, entity)
        told = entity.get("url") if entity["type"] == "text_link" else text[start:end]
        address = web_address(told) if isinstance(told, str) and told else None
        if address is not None:
            found.append(Anchor(address, start, end))
    return tuple(found)


def _span(raw: bytes, entity: Mapping[str, Any]) -> tuple[int, int]:
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        return 0, 0
    start = len(raw[: 2 * offset].decode("utf-16-le", "surrogatepass"))
    return start, start + len(raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace"))


def placed(text: str, marks: Mapping[str, str]) -> tuple[str, tuple[Anchor, ...]]:
    """A text in which each of ``marks``, single characters, stands before the words of an address and again after them.

    Returns:
        The text without the marks, and the addresses in the order of ``marks``.
    """
    plain: list[str] = []
    open_at: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for char in text:
        if char not in marks:
            plain.append(char)
        elif char in open_at:
            spans[char] = (open_at.pop(char), len(plain))
        else:
            open_at[char] = len(plain)
    found = [Anchor(url, *spans.get(mark, (0, 0))) for mark, url in marks.items()]
    return "".join(plain), tuple(found)


def addresses(anchors: Sequence[Anchor]) -> tuple[str, ...]:
    """The addresses alone, each once."""
    return tuple(dict.fromkeys(anchor.url for anchor in anchors))
