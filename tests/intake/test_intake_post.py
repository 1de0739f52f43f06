from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Skip
from bot.intake.article import article_from_posts
from bot.intake.post import read_post

CHANNEL = {"id": -1001234567890, "type": "channel", "title": "Harbour Wire", "username": "harbourwire"}
NEWS = "Northern garrison to shrink\n\nAbout 1,200 soldiers will leave the northern garrison by October, the ministry said."


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": 1627290000, "chat": CHANNEL, **fields}


def test_a_text_post() -> None:
    post = read_post(message(text=NEWS))
    assert (post.chat_id, post.message_id, post.kind, post.outlet) == (-1001234567890, 7, "text", "Harbour Wire")
    assert post.date == datetime(2021, 7, 26, 9, 0, tzinfo=UTC)
    assert post.text == NEWS
    assert post.link == "https://t.me/harbourwire/7"
    assert not post.edited


def test_a_channel_without_a_name_has_an_internal_link() -> None:
    assert read_post(message(text="x", chat={"id": -1001234567890, "title": "T"})).link == "https://t.me/c/1234567890/7"
    assert read_post(message(text="x", chat={"id": 55, "first_name": "Ann"})).link is None


def test_captions_edits_and_albums() -> None:
    post = read_post(message(caption=NEWS, photo=[{}], media_group_id="99", edit_date=1627290100))
    assert (post.text, post.kind, post.media_group_id, post.edited) == (NEWS, "photo", "99", True)
    for kind in ("video", "document", "animation", "audio"):
        assert read_post(message(caption="c", **{kind: {}})).kind == kind


def test_an_album_is_one_article_linked_to_the_post_with_the_words() -> None:
    posts = [
        read_post(message(message_id=9, photo=[{}], media_group_id="1")),
        read_post(message(message_id=8, photo=[{}], media_group_id="1", caption=NEWS)),
    ]
    article = article_from_posts(posts, "album:1")
    assert article is not None
    assert article.title == "Northern garrison to shrink"
    assert article.link == "https://t.me/harbourwire/8"
    assert article.outlet == "Harbour Wire"
    assert article_from_posts(posts[:1], "album:1") is None


def test_a_forward_keeps_whom_it_is_from_and_when_that_was_written() -> None:
    origin = {
        "type": "channel",
        "date": 1627200000,
        "message_id": 3,
        "chat": {"id": -1009, "title": "The Ledger", "type": "channel"},
    }
    post = read_post(message(text=NEWS, forward_origin=origin))
    assert post.origin == "The Ledger"
    article = article_from_posts([post], "k")
    assert article is not None
    assert article.outlet == "The Ledger"
    assert article.published == datetime(2021, 7, 25, 8, 0, tzinfo=UTC)
    assert article.link == "https://t.me/harbourwire/7"


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ({"type": "chat", "date": 1, "sender_chat": {"id": 1, "title": "Desk"}}, "Desk"),
        ({"type": "user", "date": 1, "sender_user": {"id": 1, "first_name": "Ann", "last_name": "Berg"}}, "Ann Berg"),
        ({"type": "hidden_user", "date": 1, "sender_user_name": "Someone"}, "Someone"),
        ({}, None),
    ],
)
def test_forwards_of_every_kind(origin: dict[str, Any], name: str | None) -> None:
    assert read_post(message(text="x", forward_origin=origin)).origin == name


def test_links_are_found_behind_words_and_emoji() -> None:
    text = "🇺🇦 Read https://example.org/a or the report at example.org/b"
    entities = [
        {"type": "url", "offset": 10, "length": 21},
        {"type": "text_link", "offset": 39, "length": 6, "url": "https://ledger.example/r"},
        {"type": "url", "offset": 49, "length": 13},
        {"type": "text_link", "offset": 0, "length": 4, "url": "tg://user?id=1"},
        {"type": "bold", "offset": 0, "length": 900},
    ]
    assert read_post(message(text=text, entities=entities)).links == (
        "https://example.org/a",
        "https://ledger.example/r",
        "https://example.org/b",
    )


def test_a_poll_is_its_question_and_options() -> None:
    poll = {"question": "Will the talks go on?", "options": [{"text": "Yes"}, {"text": "No"}]}
    post = read_post(message(poll=poll))
    assert (post.kind, post.text) == ("poll", "Will the talks go on?\n\nYes\nNo")


def test_a_rich_message_is_flattened() -> None:
    blocks = [
        {"type": "heading", "size": 1, "text": "Northern garrison to shrink"},
        {"type": "photo", "photo": [], "caption": {"text": "Soldiers on parade", "credit": "Jane Doe"}},
        {
            "type": "paragraph",
            "text": [
                "About ",
                {"type": "bold", "text": ["1,200 ", {"type": "italic", "text": "soldiers"}]},
                " will leave ",
                {"type": "url", "url": "https://example.org/a", "text": "the garrison"},
                ".",
            ],
        },
        {"type": "pullquote", "text": "About 1,200 soldiers"},
        {
            "type": "list",
            "items": [
                {"label": "1", "blocks": [{"type": "paragraph", "text": "First"}]},
                {"label": "2", "blocks": [{"type": "paragraph", "text": "Second"}]},
            ],
        },
        {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "We will go."}], "credit": "Minister"},
        {
            "type": "table",
            "cells": [
                [{"text": "Killed", "align": "left", "valign": "top"}, {"text": "12", "align": "left", "valign": "top"}]
            ],
        },
        {"type": "details", "summary": "More", "blocks": [{"type": "paragraph", "text": "Inside."}]},
        {"type": "expandable_blockquote", "text": "Folded."},
        {"type": "divider"},
        {"type": "buttons", "buttons": [{"text": "Join us"}]},
    ]
    post = read_post(message(rich_message={"blocks": blocks}))
    assert post.kind == "rich"
    assert post.links == ("https://example.org/a",)
    assert post.text.split("\n\n") == [
        "Northern garrison to shrink",
        "About 1,200 soldiers will leave the garrison.",
        "First\nSecond",
        "We will go.",
        "Killed, 12",
        "More",
        "Inside.",
        "Folded.",
    ]


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "x",
        [],
        {},
        {"chat": 3},
        {"chat": {"id": "a"}},
        {"chat": CHANNEL, "message_id": 1, "date": "x", "text": "t"},
    ],
)
def test_what_is_no_message_is_skipped(value: object) -> None:
    with pytest.raises(Skip) as raised:
        read_post(value)
    assert raised.value.code == "post_malformed"


def test_service_messages_are_skipped() -> None:
    with pytest.raises(Skip) as raised:
        read_post(message(new_chat_title="x"))
    assert raised.value.code == "post_without_text"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "text",
                    "type",
                    "blocks",
                    "items",
                    "cells",
                    "caption",
                    "url",
                    "offset",
                    "length",
                    "title",
                    "date",
                    "chat",
                    "summary",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
FIELDS = [
    "text",
    "caption",
    "entities",
    "caption_entities",
    "rich_message",
    "poll",
    "photo",
    "forward_origin",
    "media_group_id",
    "edit_date",
    "checklist",
    "date",
]


@settings(max_examples=600, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6))
def test_odd_fields_never_raise_anything_but_skip(fields: dict[str, Any]) -> None:
    try:
        post = read_post({**message(), **fields})
    except Skip:
        return
    assert isinstance(post.text, str)
    article_from_posts([post], "k")


def test_nesting_without_end_is_cut_off() -> None:
    text: Any = "deep"
    block: dict[str, Any] = {"type": "paragraph", "text": "deep"}
    for _ in range(5000):
        text = {"type": "bold", "text": text}
        block = {"type": "details", "summary": "s", "blocks": [block]}
    assert read_post(message(rich_message={"blocks": [block, {"type": "paragraph", "text": text}]})).text
