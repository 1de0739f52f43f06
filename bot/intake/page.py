"""Makes a page's article of its HTML, as a person would read it, and tells what is no article; runs in the parsing child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from bot.errors import Skip
from bot.intake.boilerplate import words
from bot.intake.cleaning import clean
from bot.intake.docx import read_docx
from bot.intake.links import plain_address
from bot.intake.markup import Markup, read_markup
from bot.intake.pdf import read_pdf
from bot.intake.walls import REASONS, wall_of

MIN_WORDS = 12
"""Fewer words than this are a menu or a notice, no article."""
MAX_CHARS = 100_000
"""Longer texts are cut at a line: no reader of a digest misses what comes after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The article of a page.

    ``url`` is where it lives: the canonical address where it names one of its own host. ``published`` is aware, in the zone
    the page writes it in; ``day`` is the day of that, or all that the page tells; ``made`` is when its file was made, where
    that is all there is. ``text`` has its paragraphs apart by one blank line.
    """

    url: str
    title: str | None
    byline: str | None
    outlet: str
    language: str | None
    published: datetime | None
    day: date | None
    text: str
    made: date | None = None


def host_of(url: str) -> str:
    """The host without its www, as an outlet's name where there is no better one."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def trafilatura_text(html: bytes, url: str) -> str:
    """The main text by trafilatura, a line a paragraph; empty where it finds none."""
    import trafilatura  # noqa: PLC0415 - takes a second to import, and most commands never see a page

    found = trafilatura.extract(html, url=url, include_comments=False, include_tables=True, fast=False)
    return found or ""


def read_page(html: bytes, url: str, *, main_text: Callable[[bytes, str], str] = trafilatura_text) -> PageText:
    """Extract the article of a page that was fetched already; asks nothing of the network.

    Args:
        html: The page as sent.
        url: Where it is.
        main_text: What finds the text in it.

    Raises:
        Skip: there is no article in the page, or it is one that not everybody may read; the code says which.
    """
    markup = read_markup(html, url)
    text = main_text(html, url)
    wall = wall_of(
        markup.title or "",
        text or markup.text,
        is_free=markup.is_free,
        is_video=markup.is_video,
        wants_password=markup.wants_password,
    )
    if wall is not None:
        raise Skip(wall, REASONS[wall])
    text = "\n\n".join(clean(line) for line in text[:MAX_CHARS].split("\n") if line.strip())
    if words(text) < MIN_WORDS:
        raise Skip("page_unreadable", "No article was found in the page.")
    return PageText(
        url=_own_address(markup, url),
        title=_title(markup),
        byline=clean(markup.byline or "").replace("\n", " ") or None,
        outlet=clean(markup.outlet or "").replace("\n", " ") or host_of(url),
        language=markup.language,
        published=markup.published,
        day=markup.day,
        text=text,
    )


def _own_address(markup: Markup, url: str) -> str:
    """The canonical address, believed only of the page's own host: a page must not speak for another outlet."""
    canonical = markup.canonical
    return plain_address(canonical if canonical and host_of(canonical) == host_of(url) else url)


def _title(markup: Markup) -> str | None:
    """The headline without the name of the outlet that many pages append to it."""
    title = clean(markup.title or "").replace("\n", " ")
    for mark in (" | ", " - ", " – ", " — "):
        head, found, tail = title.rpartition(mark)
        if found and markup.outlet and tail.casefold() == markup.outlet.casefold():
            title = head
    return title or None


def read_plain(text: bytes, url: str) -> PageText:
    """A page of plain text."""
    return _bare(clean(text.decode("utf-8-sig", "replace")[:MAX_CHARS]), url)


def read_document(raw: bytes, url: str) -> PageText:
    """A PDF, by its text layer.

    Raises:
        Skip: ``page_pdf_locked``, ``page_pdf_scan`` or ``page_unreadable``.
    """
    found = read_pdf(raw)
    return replace(_bare(found.text, url), title=found.title, made=found.made)


def read_word(raw: bytes, url: str) -> PageText:
    """A Word document.

    Raises:
        Skip: ``page_unreadable``.
    """
    return _bare(clean(read_docx(raw)[:MAX_CHARS]), url)


def _bare(text: str, url: str) -> PageText:
    if words(text) < MIN_WORDS:
        raise Skip("page_unreadable", "No article was found in the page.")
    return PageText(
        url=plain_address(url),
        title=None,
        byline=None,
        outlet=host_of(url),
        language=None,
        published=None,
        day=None,
        text=text,
    )
