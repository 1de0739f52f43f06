"""A little of what ``python -m bench.fuzz`` does for minutes, and what it found, kept."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bench.fuzz import DOCUMENTS, FEEDS, PAGES, POSTS, check_document, check_feed, check_html, check_post

SHORT = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@SHORT
@given(PAGES)
def test_any_page_is_read_or_skipped(raw: bytes) -> None:
    check_html(raw)


@SHORT
@given(FEEDS)
def test_any_feed_is_read_or_skipped(raw: bytes) -> None:
    check_feed(raw)


@SHORT
@given(POSTS)
def test_any_post_is_read_or_skipped(fields: dict[str, Any]) -> None:
    check_post(fields)


@SHORT
@given(DOCUMENTS)
def test_any_document_is_read_or_told_by_its_reason(raw: bytes) -> None:
    check_document(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b'<rss version="2.0"><channel><item><title><A:DIV<\x1b</title></item></channel></rss>',  # a text that lxml reads, and does not take
        # A moment that UTC has no year for.
        b'{"version": "jsonfeed.org", "items": [{"id": 1, "title": "a", "date_published": "9999-12-31T23:49:00-14:00"}]}',
    ],
)
def test_feeds_that_once_tripped_the_reader(raw: bytes) -> None:
    check_feed(raw)
