"""Makes an Article of a feed's entry."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from bot.intake.article import article_from_text
from bot.intake.feed import Entry
from models.api import Article


def entry_key(feed: str, entry: Entry) -> str:
    """The article's key: the same for an entry of a feed however its words change."""
    return "feed:" + hashlib.sha256(f"{feed}\n{entry.key}".encode("utf-8", "replace")).hexdigest()[:40]


def article_from_entry(entry: Entry, *, feed: str, key: str, now: datetime) -> Article:
    """The article of an entry by itself: a title alone is its text.

    Args:
        entry: As it stands in the feed.
        feed: The feed's name, its outlet.
        key: The article's key.
        now: When it was found; nothing was published later.
    """
    published = min(entry.published or now, now)
    read = article_from_text(entry.text or entry.title, published=published, key=key, outlet=feed, link=entry.link)
    if entry.text and entry.title:
        body = read.text if read.title in {None, entry.title} else f"{read.title}\n\n{read.text}"
        return replace(read, title=entry.title, text=body)
    return read
