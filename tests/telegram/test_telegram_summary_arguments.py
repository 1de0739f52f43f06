import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.topics import TOPICS
from bot.telegram.summary import (
    PageRequest,
    PostRequest,
    TextRequest,
    WindowRequest,
    closest_topic,
    match_topic,
    parse_summary,
)
from bot.telegram.usage import UsageError

CONFLICT, POLITICS, HEALTH = "medtop:16000000", "medtop:11000000", "medtop:07000000"


@pytest.mark.parametrize(
    ("written", "request_"),
    [
        ("", WindowRequest()),
        ("today", WindowRequest(today=True)),
        ("24h", WindowRequest(span=timedelta(hours=24))),
        ("last 24 hours", WindowRequest(span=timedelta(hours=24))),
        ("7d", WindowRequest(span=timedelta(days=7))),
        ("this week", WindowRequest(span=timedelta(days=7))),
        ("2 weeks conflict", WindowRequest(span=timedelta(days=14), topics=frozenset({CONFLICT}))),
        ("war", WindowRequest(topics=frozenset({CONFLICT}))),
        ("Politics and health today", WindowRequest(today=True, topics=frozenset({POLITICS, HEALTH}))),
        ("Nairobi", WindowRequest(words=("Nairobi",))),
        ("https://t.me/example_news/42", PostRequest("example_news", 42)),
        ("t.me/example_news/42?single", PostRequest("example_news", 42)),
        ("https://t.me/s/example_news/42", PostRequest("example_news", 42)),
        ("https://t.me/c/1234567890/5", PostRequest(-1001234567890, 5)),
        ("https://example.org/story?a=1", PageRequest("https://example.org/story?a=1")),
        ("WWW.example.org", PageRequest("https://WWW.example.org")),
    ],
)
def test_periods_topics_words_and_links_are_told_apart(written: str, request_: object) -> None:
    assert parse_summary(written, TOPICS) == request_


def test_a_paragraph_or_two_lines_are_a_text_to_read() -> None:
    paragraph = "The ministry said on Monday that about 40 people had been hurt in the storm."
    assert parse_summary(paragraph, TOPICS) == TextRequest(paragraph)
    assert parse_summary("Storm\nhits coast", TOPICS) == TextRequest("Storm\nhits coast")


@pytest.mark.parametrize("written", ["0h", "90d", "400d"])
def test_what_cannot_be_done_is_answered_with_what_can(written: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_summary(written, TOPICS)
    assert "/summary" in caught.value.message


@given(written=st.text(max_size=300))
def test_any_text_gives_a_request_or_advice(written: str) -> None:
    with contextlib.suppress(UsageError):
        parse_summary(written, TOPICS)


@given(hours=st.integers(1, 31 * 24))
def test_hours_are_read_exactly(hours: int) -> None:
    assert parse_summary(f"{hours}h", TOPICS) == WindowRequest(span=timedelta(hours=hours))


def test_today_begins_at_the_readers_own_midnight() -> None:
    now = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
    assert WindowRequest(today=True).start(now, "America/New_York") == datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    assert WindowRequest(span=timedelta(hours=3)).start(now, "UTC") == now - timedelta(hours=3)
    assert WindowRequest().start(now, "UTC") is None


def test_every_topic_is_found_by_a_word_of_its_name() -> None:
    for code, name in TOPICS.items():
        assert match_topic(name.split(",")[0].split()[0], TOPICS) == code


def test_a_misspelt_topic_is_recognised_as_such() -> None:
    assert closest_topic(("polotics",), TOPICS) == "medtop:11000000"
    assert closest_topic(("Nairobi",), TOPICS) is None
