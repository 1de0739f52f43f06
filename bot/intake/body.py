"""Owns what of an answer is let in: its type, how it is packed, and no more bytes than it may have."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Collection
from typing import Protocol

import httpx

from bot.errors import Skip

MAX_WIRE_BYTES = 2 * 1024 * 1024
MAX_BODY_BYTES = 5 * 1024 * 1024
DOCUMENTS = frozenset({"application/pdf"})
MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
"""Of a PDF, as sent and unpacked: a report of forty pages with its pictures is larger than any page, and its text is not."""
_GZIP_WINDOW = 31
_GZIP = frozenset({"gzip", "x-gzip"})


class _Bytes(Protocol):
    def take(self, chunk: bytes, room: int) -> bytes: ...


class _Plain:
    def take(self, chunk: bytes, room: int) -> bytes:
        return chunk[:room]


class _Unpacked:
    """One member of gzip, inflated no further than there is room; what follows the member is not looked at."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP_WINDOW)

    def take(self, chunk: bytes, room: int) -> bytes:
        if self._inflate.eof:
            return b""
        try:
            return self._inflate.decompress(chunk, room)
        except zlib.error as error:
            raise Skip("fetch_damaged", "The page cannot be unpacked.") from error


def media_type(response: httpx.Response) -> str:
    """The type that the server names, without its parameters; empty where it names none."""
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


async def read_body(response: httpx.Response, kinds: Collection[str]) -> bytes:
    """Read a body, inflated by us so that both its sizes are bounded while it comes.

    Args:
        response: Nothing of whose body was read.
        kinds: The media types that may come; one that names none passes.

    Raises:
        Skip: ``fetch_type``, ``fetch_encoding``, ``fetch_damaged`` or ``fetch_too_large``.
    """
    kind = media_type(response)
    if kind and kind not in kinds:
        raise Skip("fetch_type", "The address leads to something that is not a page.", content_type=kind)
    packed = _packing(response)
    most_sent, most = (
        (MAX_DOCUMENT_BYTES, MAX_DOCUMENT_BYTES) if kind in DOCUMENTS else (MAX_WIRE_BYTES, MAX_BODY_BYTES)
    )
    body = bytearray()
    async for chunk in _bounded(response, most_sent):
        body += packed.take(chunk, most + 1 - len(body))
        if len(body) > most:
            raise Skip("fetch_too_large", "The page is larger than it may be.", most=most)
    return bytes(body)


def _packing(response: httpx.Response) -> _Bytes:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in _GZIP:
        return _Unpacked()
    if encoding not in {"", "identity"}:
        raise Skip("fetch_encoding", "The page is packed in a way that was not asked for.", encoding=encoding[:80])
    return _Plain()


async def _bounded(response: httpx.Response, most: int) -> AsyncIterator[bytes]:
    wire = 0
    async for chunk in response.aiter_raw():
        wire += len(chunk)
        if wire > most:
            raise Skip("fetch_too_large", "The page is larger as sent than it may be.", most=most)
        yield chunk
