"""Reads a feed (RSS, Atom or JSON Feed) into its entries; runs in the parsing child."""

from __future__ import annotations

import calendar
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]  # ships no types
from lxml import html as lxml_html

from bot.errors import Skip
from bot.intake.cleaning import clean

MAX_ENTRIES = 50
"""A poll takes no more than the newest: what was missed for longer is no news."""
_MAX_CHARS = 50_000
_SILENT = frozenset({"script", "style"})
_BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: ``key`` is what the feed calls it (its id, else its link), ``link`` where it leads, ``published`` aware UTC."""

    key: str
    title: str
    text: str
    link: str | None
    published: datetime | None
    author: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's name and its entries, as they stand in it."""

    title: str
    entries: tuple[Entry, ...]


def read_feed(raw: bytes, url: str) -> Feed:
    """Read a feed that was fetched already; asks nothing of the network.

    Raises:
        Skip: ``feed_unreadable``: it is none.
    """
    if raw.lstrip()[:1] == b"{":
        return _json_feed(raw, url)
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415  ships no types; most pages are no feed

    # A stream, for feedparser would fetch what looks like an address, and open what looks like a file.
    found = feedparser.parse(_Stream(raw), sanitize_html=True, resolve_relative_uris=False)
    if not found.get("version") or not isinstance(found.get("entries"), list):
        raise Skip("feed_unreadable", "This is no feed.")
    entries = tuple(filter(None, (_entry(entry, url) for entry in found["entries"][:MAX_ENTRIES])))
    return Feed(title=_line(found["feed"].get("title")), entries=entries)


class _Stream:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def read(self) -> bytes:
        """All of it, once."""
        raw, self._raw = self._raw, b""
        return raw


def _entry(entry: Mapping[str, object], url: str) -> Entry | None:
    contents = [part.get("value") for part in _listed(entry.get("content")) if isinstance(part, Mapping)]
    written = max((text_of(value) for value in [*contents, entry.get("summary")]), key=len)
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    return _made(
        key=entry.get("id"),
        title=_line(entry.get("title")),
        text=written,
        link=_address(entry.get("link"), url),
        published=_moment(stamp),
        author=_line(entry.get("author")) or None,
    )


def _json_feed(raw: bytes, url: str) -> Feed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Skip("feed_unreadable", "This is no feed.") from error
    if "jsonfeed.org" not in str(told.get("version", "")) or not isinstance(told.get("items"), list):
        raise Skip("feed_unreadable", "This is no feed.")
    entries = tuple(
        filter(None, (_json_entry(item, url) for item in told["items"][:MAX_ENTRIES] if isinstance(item, dict)))
    )
    return Feed(title=_line(told.get("title")), entries=entries)


def _json_entry(item: Mapping[str, object], url: str) -> Entry | None:
    plain = item.get("content_text")
    written = clean(plain[:_MAX_CHARS]) if isinstance(plain, str) else text_of(item.get("content_html"))
    authors = [author.get("name") for author in _listed(item.get("authors")) if isinstance(author, Mapping)]
    return _made(
        key=item.get("id"),
        title=_line(item.get("title")),
        text=written or text_of(item.get("summary")),
        link=_address(item.get("external_url") or item.get("url"), url),
        published=_written_moment(item.get("date_published")),
        author=_line(authors[0]) or None if authors else None,
    )


def _made(
    *, key: object, title: str, text: str, link: str | None, published: datetime | None, author: str | None
) -> Entry | None:
    """The entry; None for one that has nothing to be read or no name to be known by."""
    name = str(key)[:1000] if isinstance(key, (str, int)) and str(key) else link
    if not name or not (title or text):
        return None
    return Entry(key=name, title=title, text=text, link=link, published=published, author=author)


def text_of(markup: object) -> str:
    """The text of a piece of HTML, a blank line between its blocks."""
    if not isinstance(markup, str) or not markup.strip():
        return ""
    try:
        tree = lxml_html.fragment_fromstring(markup[:_MAX_CHARS], create_parent="div")
    except (ValueError, AssertionError, etree.LxmlError):
        return ""
    return clean("".join(_pieces(tree)))


def _pieces(tree: etree._Element) -> Iterator[str]:
    """The texts of a tree in order, breaks around its blocks, without what is no text."""
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if element.tag in _BLOCKS:
            yield "\n\n"
        if event == "start":
            yield (element.text or "") if element.tag not in _SILENT else ""
        elif element is not tree:
            yield element.tail or ""


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _line(value: object) -> str:
    return " ".join(text_of(value).split())[:500]


def _address(value: object, url: str) -> str | None:
    try:
        whole = urljoin(url, value.strip()) if isinstance(value, str) and value.strip() else ""
    except ValueError:
        return None
    return whole[:2000] if whole.startswith(("http://", "https://")) else None


def _moment(stamp: object) -> datetime | None:
    """Feedparser gives times in UTC."""
    if not isinstance(stamp, time.struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _written_moment(written: object) -> datetime | None:
    """A time with its zone; at the ends of the calendar there may be none in UTC."""
    try:
        moment = datetime.fromisoformat(str(written))
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
