"""Throws made-up pages, feeds, posts and documents at the paths that read them: ``python -m bench.fuzz --minutes 10 [html feed post document]``.

Each path may raise ``Skip`` and nothing else, must be done in seconds of the processor, and what it gives must survive being written down. What
it finds is printed, shrunk; it belongs into tests/intake/test_intake_fuzz.py, whose strategies these are.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import sys
import time
import zlib
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
from bot.intake.parsing import Answer, Job, answer, unpack_answer
from bot.intake.post import read_post
from bot.newsroom.sources import assembled, matters_of_posts
from models.api import Article

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SLOWEST_S = 5.0
_ROUND = 300
_page, _feed, _article = TypeAdapter(PageText), TypeAdapter(Feed), TypeAdapter(Article)
_ANSWER = TypeAdapter(Answer)
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
_LINKED = st.lists(
    st.tuples(st.sampled_from(["1. ", "• ", "🔴 ", "\n", "\n\n", "UPDATE: ", "Read more", _WORDS, "🇺🇦"]), st.integers(-3, 90), st.integers(-1, 60)),
    max_size=20,
).map(
    lambda parts: {
        "text": "".join(words for words, _, _ in parts),
        "entities": [
            {"type": "text_link", "offset": at, "length": size, "url": f"https://x.example/{number % 7}"} for number, (_, at, size) in enumerate(parts)
        ],
    }
)  # fmt: skip
POSTS = st.dictionaries(st.sampled_from(_FIELDS), _POST_VALUE, max_size=7) | _LINKED


def check_post(fields: dict[str, Any]) -> None:
    """A post is read, or skipped."""
    chat = {"id": -1001234567890, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    with contextlib.suppress(Skip):
        post = read_post({"message_id": 7, "date": 1627290000, "chat": chat} | fields)
        for matter in matters_of_posts([post], "k"):
            article = assembled(matter, None)
            if article is not None and not article.text:
                raise AssertionError("an article has a text")


_PDF_VALUES = st.sampled_from(
    [
        "1 0 R",
        "2 0 R",
        "3 0 R",
        "4 0 R",
        "9 0 R",
        "[3 0 R]",
        "[2 0 R]",
        "-1",
        "0",
        "99999999999",
        "/Page",
        "/Pages",
        "/FlateDecode",
        "/ASCII85Decode",
        "/Identity-H",
        "null",
        "true",
        "()",
        "<>",
        "<FEFF>",
        "(D:20261122)",
        "[0 0 595 842]",
        "<< /F1 4 0 R >>",
        "<< /Font << /F1 4 0 R >> >>",
    ]
)
_PDF_KEYS = st.sampled_from(
    [
        "Type",
        "Kids",
        "Count",
        "Parent",
        "Contents",
        "Resources",
        "MediaBox",
        "Filter",
        "Length",
        "Font",
        "Encoding",
        "ToUnicode",
        "Title",
        "CreationDate",
        "Encrypt",
        "Rotate",
    ]
)
_PDF_WORDS = st.one_of(
    st.sampled_from([_WORDS, "long-", "term", "Page 3 of 9", ")", "(", "\\", "\\101", "\n", "\x00", "\u00ad"]),
    st.text(max_size=20),
).map(lambda words: f"({words}) Tj")
_PDF_DRAWN = st.lists(
    st.one_of(
        _PDF_WORDS,
        st.sampled_from(["BT", "ET", "q", "Q", "/F1 10 Tf", "/F9 0 Tf", "T*", "0 -12 Td", "1 0 0 1 60 700 Tm", "0 0 0 0 0 0 Tm", "2 0 0 -2 9 9 cm", "[(a) -900 (b)] TJ", "Do", "1e99 0 Td"]),
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


def _pdf(drawn: str, odd: dict[str, str], at: int, cut: int, packed: bool) -> bytes:  # noqa: FBT001  drawn
    """A PDF of one page, one of whose objects has odd entries, cut off somewhere or whole."""
    content = drawn.encode("utf-8", "replace")
    stream = zlib.compress(content) if packed else content
    objects = [
        b"/Type /Catalog /Pages 2 0 R", b"/Type /Pages /Kids [3 0 R] /Count 1",
        b"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >>",
        b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica", b"/Length %d%s" % (len(stream), b" /Filter /FlateDecode" * packed),
    ]  # fmt: skip
    told = b"".join(f" /{name} {value}".encode() for name, value in odd.items())
    made = bytearray(b"%PDF-1.4\n")
    for number, entries in enumerate(objects, 1):
        body = b"\nstream\n" + stream + b"\nendstream" if number == len(objects) else b""
        made += b"%d 0 obj\n<< %s%s >>%s\nendobj\n" % (number, entries, told if number == at else b"", body)
    made += b"trailer\n<< /Root 1 0 R%s >>\n%%%%EOF" % (told if at == 0 else b"")
    return bytes(made[: cut or None])


DOCUMENTS = st.one_of(
    st.builds(
        _pdf, _PDF_DRAWN, st.dictionaries(_PDF_KEYS, _PDF_VALUES, max_size=4), st.integers(0, 5), st.sampled_from([0] * 9 + [300]), st.booleans()
    ),
    st.binary(max_size=200).map(lambda raw: b"%PDF-1.4" + raw),
)  # fmt: skip


def check_document(raw: bytes) -> None:
    """A document is read, or told by its reason, as the parsing child does it."""
    told = unpack_answer(_ANSWER.dump_json(answer(Job(kind="pdf", url="https://x.example/a.pdf", size=len(raw)), raw)))
    if told.page is None:
        if not told.code:
            raise AssertionError("what is not read has a reason")
        return
    with contextlib.suppress(Skip):
        article_from_page(told.page, published=NOW, key="k")


PATHS: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]] = {
    "html": (PAGES, check_html),
    "feed": (FEEDS, check_feed),
    "post": (POSTS, check_post),
    "document": (DOCUMENTS, check_document),
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
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of each damage it gets over
    for path in chosen.paths or list(PATHS):
        thrown, slowest = fuzz(path, chosen.minutes)
        print(
            f"{path}: {thrown} in {chosen.minutes:g} min, nothing but Skip, the slowest took {slowest:.2f} s",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
