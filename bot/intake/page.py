"""Makes an Article of a web page: its main text, headline, day and outlet, as a person would read them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.errors import Skip
from bot.intake.article import article_from_text
from bot.intake.boilerplate import words
from bot.intake.cleaning import clean
from bot.intake.gate import fetch
from models.api import Article

_MIN_WORDS = 12
"""Fewer words than this are a menu or a notice, no article."""
_PLAIN_DATES = {"extensive_search": False, "original_date": True}


def _day(text: str | None, published: datetime) -> date | None:
    """The page's own day, unless it lies after the day after it was found."""
    try:
        day = date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
    return day if day <= published.date() + timedelta(days=1) else None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def article_from_html(html: bytes, url: str, *, published: datetime, key: str | None = None) -> Article:
    """Extract the article of a page that was fetched already; asks nothing of the network.

    Args:
        html: The page as sent.
        url: Where it is.
        published: When it was found, aware UTC; the page's own date, where it has one, becomes the dateline.
        key: The article's key; the address if not given.

    Raises:
        Skip: there is no article in the page.
    """
    import trafilatura  # noqa: PLC0415 - takes a second to import, and most commands never see a page

    found = trafilatura.bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={**_PLAIN_DATES, "max_date": (published.date() + timedelta(days=1)).isoformat()},
    )
    text = getattr(found, "text", None)
    if not text:
        raise Skip("page_unreadable", "No article was found in the page.")
    title = clean(getattr(found, "title", None) or "").replace("\n", " ") or None
    outlet = getattr(found, "sitename", None) or _host(url)
    read = article_from_text(
        "\n\n".join(text.split("\n")), published=published, key=key or url, outlet=outlet, link=url
    )
    body = read.text
    if read.title is not None and title is not None and read.title != title:
        body = f"{read.title}\n\n{body}"
    if words(body) < _MIN_WORDS:
        raise Skip("page_unreadable", "The page has nothing to read but its menus.")
    return replace(
        read,
        title=title or read.title,
        text=body,
        dateline=read.dateline or _day(getattr(found, "date", None), published),
    )


def fetch_article(url: str, *, published: datetime) -> Article:
    """Fetch a page through the gate and extract its article; not to be called where an event loop runs.

    Raises:
        Skip: the page is refused, or there is no article in it.
        Retryable: it could not be fetched now.
    """
    page = asyncio.run(fetch(url))
    if page.content_type == "text/plain":
        text = page.body.decode("utf-8", "replace")
        return article_from_text(text, published=published, key=page.url, outlet=_host(page.url), link=page.url)
    return article_from_html(page.body, page.url, published=published)
