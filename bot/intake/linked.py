"""Makes an Article of a page alone, or of a post together with the page that it links to, each in its own part."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.errors import Skip
from bot.intake.article import article_from_text
from bot.intake.boilerplate import words
from bot.intake.gate import Gate, Page
from bot.intake.page import MIN_WORDS, PageText
from bot.intake.parser import Parser
from models.api import Article, LinkedPage

NEW = timedelta(days=2)
"""A file that was made no longer ago is of the day it was posted on: reports are made the evening before."""


def article_from_page(
    page: PageText, *, published: datetime, key: str, outlet: str = "", link: str | None = None
) -> Article:
    """The article of a page by itself.

    Args:
        page: As it was extracted.
        published: When it was found, aware UTC; the page's own day, where it tells one, becomes the dateline.
        key: The article's key.
        outlet: Who pointed to it; the page's own outlet where nobody did.
        link: Where that was.

    Raises:
        Skip: nothing but menus is left of it.
    """
    read = article_from_text(
        page.text, published=published, key=key, outlet=outlet or page.outlet, link=link or page.url
    )
    body = read.text
    title = page.title or read.title
    if read.title is not None and _plain(read.title) != _plain(title or ""):
        body = f"{read.title}\n\n{body}"
    first, _, rest = body.partition("\n")
    if title is not None and rest and _plain(first) == _plain(title):
        body = rest.strip()
    if words(body) < MIN_WORDS:
        raise Skip("page_unreadable", "The page has nothing to read but its menus.")
    day = page.day if page.day is not None and page.day <= published.date() + timedelta(days=1) else None
    if page.made is not None and page.made < published.date() - NEW:
        day = page.made
    return replace(read, title=title, text=body, dateline=read.dateline or day, page=_linked(page, 0))


def with_page(
    own: Article | None, page: PageText, *, published: datetime, outlet: str, link: str | None, key: str
) -> Article:
    """The article of a post and its page: the post's words first, then what the page says beyond them.

    Args:
        own: What the post says by itself; None for a link without words.
        page: What its link leads to.
        published: Of the post, aware UTC.
        outlet: Of the post.
        link: Of the post.
        key: The article's key.

    Raises:
        Skip: ``page_of_another_day``: the post has words beyond the page's, and one text has one "today";
            ``page_unreadable``.
    """
    read = article_from_page(page, published=published, key=key, outlet=outlet, link=link)
    if own is None:
        return read
    told = _plain(f"{read.title or ''} {read.text}")
    if _plain(own.text) in told and (own.title is None or _plain(own.title) in told or read.title is None):
        return replace(read, title=own.title or read.title, dateline=read.dateline or own.dateline)
    if read.dateline not in {None, own.reference}:
        raise Skip("page_of_another_day", "The page is of another day than the post that links to it.")
    said = _plain(own.text)
    beyond = "\n\n".join(part for part in read.text.split("\n\n") if _plain(part) not in said)
    if not beyond:
        return own
    start = len(own.text) + 2
    return replace(
        own,
        title=own.title or read.title,
        text=f"{own.text}\n\n{beyond}",
        page=_linked(page, start),
    )


def _linked(page: PageText, start: int) -> LinkedPage:
    return LinkedPage(
        address=page.url,
        outlet=page.outlet,
        start=start,
        byline=page.byline,
        published=page.published,
        language=page.language,
    )


def _plain(text: str) -> str:
    """The letters and digits alone, to know one wording in another's typography."""
    return "".join(char for char in text.casefold() if char.isalnum())


async def _fetched(url: str) -> PageText:
    page: Page = await Gate().fetch(url)
    parser = Parser()
    try:
        return await parser.page(page.body, page.url, page.content_type)
    finally:
        await parser.close()


def fetch_article(url: str, *, published: datetime) -> Article:
    """Fetch a page through the gate and extract its article; not to be called where an event loop runs.

    Raises:
        Skip: the page is refused, or there is no article in it.
        Retryable: it could not be fetched now.
    """
    page = asyncio.run(_fetched(url))
    return article_from_page(page, published=published.astimezone(UTC), key=page.url)
