"""Owns what an article is made of: the words of its post or feed entry, and the page that these link to, once it came."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from pydantic import TypeAdapter

from bot.errors import Skip
from bot.intake.article import article_from_posts, article_from_text
from bot.intake.attached import attached_at
from bot.intake.boilerplate import words
from bot.intake.digest import Item, items_of
from bot.intake.feed import Entry
from bot.intake.feed_article import article_from_entry
from bot.intake.linked import with_page
from bot.intake.links import article_link
from bot.intake.page import MIN_WORDS, PageText
from bot.intake.post import Post, read_post
from bot.store import ITEM, PageRow, PageState, Transaction
from models.api import Article

_log = structlog.get_logger()
_page = TypeAdapter(PageText)


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeptEntry:
    """An entry, and the name of its feed."""

    feed: str
    entry: Entry


_kept = TypeAdapter(_KeptEntry)


def dump_page(page: PageText) -> str:
    """An extracted page as JSON."""
    return _page.dump_json(page).decode()


def dump_entry(entry: Entry, feed: str) -> str:
    """An entry as JSON, with the name of its feed."""
    return _kept.dump_json(_KeptEntry(feed=feed, entry=entry)).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What was published under one key: its words by themselves (None: none that carry news), and where it leads.

    ``adds_to`` is the key of the post that it answers.
    """

    key: str
    own: Article | None
    link: str | None
    published: datetime
    outlet: str
    address: str | None
    adds_to: str | None = None


def matters_of_posts(posts: Sequence[Post], key: str) -> list[Matter]:
    """What a post or an album (at least one post) says: one article, or those of a digest, each under a key of its own."""
    ordered = sorted(posts, key=lambda post: post.message_id)
    lead = next((post for post in ordered if post.text.strip()), ordered[0])
    whole = Matter(
        key=key,
        own=article_from_posts(posts, key),
        link=_attached(ordered) or article_link([link for post in ordered for link in post.links]),
        published=lead.written,
        outlet=lead.origin or lead.outlet,
        address=lead.link,
    )
    return [_matter_of_item(whole, item) for item in items_of(ordered)] or [whole]


def _attached(posts: Sequence[Post]) -> str | None:
    """The address of the first document that can be read; it is what was published, whatever its caption links to."""
    return next((post.attached.address for post in posts if post.attached is not None), None)


def _matter_of_item(whole: Matter, item: Item) -> Matter:
    key = f"{whole.key}{ITEM}{item.name}"
    own = article_from_text(item.text, published=whole.published, key=key, outlet=whole.outlet, link=whole.address)
    return replace(whole, key=key, own=own if own.text else None, link=item.link)


def matter_of_entry(entry: Entry, *, feed: str, key: str, now: datetime) -> Matter:
    """What an entry of a feed says; ``feed`` is the feed's name."""
    own = article_from_entry(entry, feed=feed, key=key, now=now)
    return Matter(
        key=key,
        own=own if own.text else None,
        link=article_link([entry.link] if entry.link else []),
        published=own.published,
        outlet=feed,
        address=entry.link,
    )


async def matter_of(tx: Transaction, key: str, now: datetime) -> Matter | None:
    """What was published under a key, from the store; None where nothing was."""
    found = await tx.feeds.entry(key)
    if found is not None:
        kept = _kept.validate_json(found)
        return matter_of_entry(kept.entry, feed=kept.feed, key=key, now=now)
    matters = await matters_of(tx, key.partition(ITEM)[0])
    return next((matter for matter in matters if matter.key == key), None)


async def matters_of(tx: Transaction, key: str, raws: Sequence[str] | None = None) -> list[Matter]:
    """What was published by the posts of a key; nothing where there are none. ``raws`` are the posts, where they are known."""
    if raws is None:
        raws = await tx.posts.of_article(key)
    posts = [read_post(json.loads(raw)) for raw in raws]
    if not posts:
        return []
    matters = matters_of_posts(posts, key)
    earlier = next((post for post in posts if post.replies_to is not None), None)
    if earlier is None or earlier.replies_to is None or len(matters) > 1:
        return matters
    adds_to = await tx.posts.article_key(earlier.chat_id, earlier.replies_to)
    return [replace(matter, adds_to=adds_to if adds_to != matter.key else None) for matter in matters]


async def follow_link(tx: Transaction, matter: Matter, now: datetime) -> PageRow | None:
    """Have the page fetched that a matter links to, if any; what is known of it."""
    if matter.link is None:
        await tx.pages.leave(matter.key)
        return None
    return await tx.pages.want(matter.link, matter.key, now)


def assembled(matter: Matter, page: PageRow | None) -> Article | None:
    """The article to be read now; None where there is none, or where the page is waited for because little else is there."""
    article = _put_together(matter, page)
    continues = matter.adds_to is not None or (matter.own is not None and matter.own.continues)
    return article and replace(article, continues=continues, adds_to=matter.adds_to)


def _put_together(matter: Matter, page: PageRow | None) -> Article | None:
    if page is None:
        return matter.own
    if page.body is not None:
        try:
            return with_page(
                matter.own,
                _page_of(matter, page.url, page.body),
                published=matter.published,
                outlet=matter.outlet,
                link=matter.address,
                key=matter.key,
            )
        except Skip as skip:
            _log.info("page_left_out", reason=skip.code, key=matter.key)
            return matter.own
    waits = page.state is PageState.WANTED and page.attempts == 0
    if waits and (matter.own is None or words(matter.own.text) < MIN_WORDS):
        return None
    return matter.own


def _page_of(matter: Matter, url: str, body: str) -> PageText:
    """What was found in a page; a document is its channel's own, and read where it was posted."""
    found = _page.validate_json(body)
    if attached_at(url) is None:
        return found
    if matter.address is None:
        raise Skip("document_without_address", "Nobody could look up what stands in the document.")
    return replace(found, url=matter.address, outlet=matter.outlet)


async def reassemble(tx: Transaction, key: str, now: datetime) -> bool:
    """Have an article read again if what it is made of changed; whether it waits to be read now."""
    matter = await matter_of(tx, key, now)
    article = None if matter is None else assembled(matter, await tx.pages.of_article(key))
    if article is None:
        return False
    filed = await tx.articles.get(key)
    if filed is not None and filed.article == article:
        return False
    await tx.articles.queue(article, now, now)
    return True
