"""Reads the text of a Word document (Office Open XML), its paragraphs alone; runs in the parsing child."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from bot.errors import Skip

_MAX_XML_BYTES = 20 * 1024 * 1024
_MAX_CHARS = 100_000
_BODY = "word/document.xml"
_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_SPACE}tab": " ", f"{_SPACE}br": "\n", f"{_SPACE}cr": "\n"}


def read_docx(raw: bytes) -> str:
    """The paragraphs of a document, a blank line between two.

    Raises:
        Skip: ``page_unreadable``: it is none, or larger than it may be.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed, packed.open(_BODY) as body:
            xml = body.read(_MAX_XML_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Skip("page_unreadable", "The document is damaged, locked or no document.") from error
    if len(xml) > _MAX_XML_BYTES:
        raise Skip("page_unreadable", "The document is larger than it may be.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        tree = etree.fromstring(xml, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Skip("page_unreadable", "The document is damaged.") from error
    paragraphs: list[str] = []
    size = 0
    for paragraph in tree.iter(f"{_SPACE}p"):
        told = "".join(_said(element) for element in paragraph.iter(f"{_SPACE}t", *_BREAKS))
        if told.strip():
            paragraphs.append(told.strip())
            size += len(told)
        if size > _MAX_CHARS:
            break
    return "\n\n".join(paragraphs)


def _said(element: etree._Element) -> str:
    return _BREAKS.get(element.tag) or element.text or ""
