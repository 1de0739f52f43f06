"""Throws made-up pages, feeds and posts at the paths that read them: ``python -m bench.fuzz --minutes 10 [html feed post]``.

Each path may raise ``Skip`` and nothing else, must be done in seconds of the processor, and what it gives must survive being written down. What
it finds is printed, shrunk; it belongs into tests/intake/test_intake_fuzz.py, whose strategies these are.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.errors import Skip
from bot.intake.feed import Feed, read_feed
from bot.intake.feed_article import article_from_entry
from bot.intake.linked import article_from_page, with_page
from bot.intake.page import PageText, read_page
from bot.intake.post import read_post
from bot.newsroom.sources import assembled, matters_of_posts
from models.api import Article

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SLOWEST_S = 5.0
_ROUND = 300
_page, _feed, _article = TypeAdapter(PageText), TypeAdapter(Feed), TypeAdapter(Article)
_WORDS = "About 1,200 soldiers will leave the northern garrison by October, the ministry said on Monday. "

_TEXT = st.text(max_size=40) | st.sampled_from(
    [_WORDS, _WORDS * 3, "\x00", "\ud800", "\u200f", "&#0;", "&amp;lt;", "]]>"]
)
_NAMES = "html head body title meta link script style article main div p h1 h2 ul li table tr td a img time span b br form input"
_TAGS = st.sampled_from(
    [*_NAMES.split(), "svg", "math", "template", "noscript", "iframe", "plaintext", "x-y", "p:q", ""]
)
_VALUES = st.sampled_from(
    [
        "canonical", "og:title", "og:url", "og:site_name", "article:published_time", "author", "application/ld+json", "password",
        "https://x.example/a", "//x", "http://[", "javascript:1", "2026-11-22T10:00:00+01:00", "2026-11-22", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00", "en",
    ]
)  # fmt: skip
_KEYS = st.sampled_from(
    ["class", "id", "href", "rel", "property", "name", "content", "type", "datetime", "lang", "itemprop"]
)
_ATTRIBUTES = st.dictionaries(_KEYS, _VALUES | _TEXT, max_size=4)
_LD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | _VALUES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "@type",
                    "@graph",
                    "author",
                    "publisher",
                    "name",
                    "headline",
                    "datePublished",
                    "isAccessibleForFree",
                    "inLanguage",
                ]
            ),
            inner | st.sampled_from(["NewsArticle", "VideoObject", "False"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


def _element(tag: str, attributes: dict[str, str], inside: list[str], closed: bool) -> str:  # noqa: FBT001  drawn
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{told}>{''.join(inside)}" + (f"</{tag}>" if closed else "")


_STATEMENT = _LD.map(lambda value: f'<script type="application/ld+json">{json.dumps(value)}</script>')
_MARKUP = st.recursive(
    _TEXT | _STATEMENT,
    lambda inner: st.builds(_element, _TAGS, _ATTRIBUTES, st.lists(inner, max_size=5), st.booleans()),
    max_leaves=40,
)
PAGES = st.one_of(_MARKUP.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=400))


def check_html(raw: bytes) -> None:
    """A page is read, or skipped."""
    with contextlib.suppress(Skip):
        page = read_page(raw, "https://x.example/a?utm_source=b")
        again = _page.validate_json(_page.dump_json(page))
        article_from_page(again, published=NOW, key="k")
        own = Article(key="k", title=None, text=_WORDS, published=NOW)
        joined = with_page(own, again, published=NOW, outlet="o", link=None, key="k")
        if joined.page is not None and not 0 <= joined.page.start < len(joined.text):
            raise AssertionError("the page's part begins outside the text")


_ENTRY_TAGS = (
    "title link description guid pubDate id updated published summary content author name dc:date content:encoded"
)
_ENTRY = st.lists(
    st.builds(_element, st.sampled_from(_ENTRY_TAGS.split()), _ATTRIBUTES, st.lists(_TEXT | _VALUES | _MARKUP, max_size=2), st.booleans()),
    max_size=6,
).map("".join)  # fmt: skip
_XML = st.builds(
    lambda head, entries, end: f"{head}{''.join(f'<item>{entry}</item><entry>{entry}</entry>' for entry in entries)}{end}",
    st.sampled_from(
        [
            '<?xml version="1.0"?><rss version="2.0"><channel>', '<feed xmlns="http://www.w3.org/2005/Atom">', "<rss><channel>",
            '<?xml version="1.0" encoding="utf-16"?><rss version="0.91">', "<!DOCTYPE r [<!ENTITY a '&a;'>]><rss version='2.0'><channel>&a;",
        ]
    ),
    st.lists(_ENTRY, max_size=4),
    st.sampled_from(["</channel></rss>", "</feed>", ""]),
)  # fmt: skip
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | _VALUES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "title",
                    "url",
                    "external_url",
                    "content_text",
                    "content_html",
                    "summary",
                    "date_published",
                    "authors",
                    "name",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=15,
)
_JSON = st.builds(
    lambda items, title: {"version": "https://jsonfeed.org/version/1.1", "items": items, "title": title}, _ANY, _ANY
)
FEEDS = st.one_of(
    _XML.map(lambda text: text.encode("utf-8", "surrogatepass")),
    _JSON.map(lambda told: json.dumps(told).encode()),
    st.binary(max_size=300),
)


def check_feed(raw: bytes) -> None:
    """A feed is read, or skipped."""
    with contextlib.suppress(Skip):
        feed = read_feed(raw, "https://x.example/feed")
        for entry in _feed.validate_json(_feed.dump_json(feed)).entries:
            article_from_entry(entry, feed=feed.title, key="k", now=NOW)


_FIELDS = [
    "text",
    "caption",
    "entities",
    "caption_entities",
    "rich_message",
    "blocks",
    "poll",
    "question",
    "options",
    "checklist",
    "tasks",
    "photo",
    "document",
    "video",
    "forward_origin",
    "media_group_id",
    "edit_date",
    "quote",
    "external_reply",
    "reply_to_message",
    "venue",
    "location",
    "contact",
    "chat",
    "sender_chat",
    "date",
    "title",
    "type",
    "url",
    "offset",
    "length",
    "items",
    "cells",
    "summary",
    "description",
    "file_name",
    "message_id",
]
_POST_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT | _VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=5),
    max_leaves=25,
)
POSTS = st.dictionaries(st.sampled_from(_FIELDS), _POST_VALUE, max_size=7)


def check_post(fields: dict[str, Any]) -> None:
    """A post is read, or skipped."""
    chat = {"id": -1001234567890, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    with contextlib.suppress(Skip):
        post = read_post({"message_id": 7, "date": 1627290000, "chat": chat} | fields)
        for matter in matters_of_posts([post], "k"):
            article = assembled(matter, None)
            if article is not None and not article.text:
                raise AssertionError("an article has a text")


PATHS: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]] = {
    "html": (PAGES, check_html),
    "feed": (FEEDS, check_feed),
    "post": (POSTS, check_post),
}


def fuzz(path: str, minutes: float) -> tuple[int, float]:
    """Throw things at a path for so long; how many, and what the slowest took in seconds of the processor.

    Raises:
        Exception: whatever the path let through, after Hypothesis has shrunk and printed what caused it.
    """
    strategy, check = PATHS[path]
    thrown, slowest = 0, 0.0
    until = time.monotonic() + 60 * minutes

    def timed(thing: Any) -> None:
        nonlocal thrown, slowest
        began = time.process_time()
        check(thing)
        took = time.process_time() - began
        thrown, slowest = thrown + 1, max(slowest, took)
        if took > SLOWEST_S:
            raise AssertionError(f"it took {took:.1f} s")

    number = time.time_ns()
    while time.monotonic() < until:
        number += 1
        rules = settings(
            max_examples=_ROUND,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
            print_blob=True,
        )
        seed(number)(rules(given(strategy)(timed)))()
    return thrown, slowest


def main() -> int:
    """Fuzz the paths named, all where none is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", choices=[*PATHS, []], default=[])
    parser.add_argument("--minutes", type=float, default=10.0)
    chosen = parser.parse_args()
    for path in chosen.paths or list(PATHS):
        thrown, slowest = fuzz(path, chosen.minutes)
        print(
            f"{path}: {thrown} in {chosen.minutes:g} min, nothing but Skip, the slowest took {slowest:.2f} s",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
