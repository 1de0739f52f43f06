"""Posts of every shape, and edits of each, against the real store and intake: what waits to be read, and what does not."""

from typing import TYPE_CHECKING, Any

import pytest

from bot.newsroom.posts import ALBUM_SETTLES, Channels, PostDesk
from bot.store import QueuedArticle, Store

if TYPE_CHECKING:
    from conftest import WoundClock

CHANNEL_ID = -1001234567890
NEWS = "A ferry ran aground off Port Selwyn on Sunday, and 140 passengers were taken ashore. Nobody was hurt."
LATER = NEWS.replace("140", "160")
PHOTO = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
FILE = {"file_id": "x", "file_unique_id": "x", "file_name": "report.pdf", "mime_type": "application/pdf"}
QUIZ = {"id": "1", "options": [{"text": "Yes", "voter_count": 3}, {"text": "No", "voter_count": 4}], "type": "regular"}


def link(text: str, *urls: str) -> dict[str, Any]:
    entities = [{"type": "text_link", "offset": at, "length": 1, "url": url} for at, url in enumerate(urls)]
    return {"text": text, "entities": entities}


def rich(text: str) -> dict[str, Any]:
    return {"rich_message": {"blocks": [{"type": "paragraph", "text": [text[:9], {"type": "bold", "text": text[9:]}]}]}}


SHAPES: dict[str, Any] = {
    "a text": lambda news: {"text": news},
    "a picture with a caption": lambda news: {"photo": PHOTO, "caption": news},
    "a video with a caption": lambda news: {"video": FILE, "caption": news},
    "a document with a caption": lambda news: {"document": FILE, "caption": news},
    "a rich message": rich,
    "a poll with its news before it": lambda news: {"poll": {**QUIZ, "question": news}},
    "a text with a quotation of an earlier post": lambda news: {"text": news, "quote": {"text": "Old words.", "position": 0}},
    "a reply to an earlier post": lambda news: {
        "text": news,
        "reply_to_message": {"message_id": 4, "date": 1, "chat": {"id": CHANNEL_ID}, "text": "The ferry left at noon."},
    },
    "a reply to a post elsewhere": lambda news: {
        "text": news,
        "external_reply": {"origin": {"type": "channel", "date": 1, "chat": {"id": -1, "title": "T"}, "message_id": 2}},
    },
    "a text with several links": lambda news: link(news, "https://a.example/x", "https://b.example/y", "https://t.me/+join"),
    "a text with a spoiler and a fold": lambda news: {
        "text": news,
        "entities": [
            {"type": "spoiler", "offset": 0, "length": 5},
            {"type": "expandable_blockquote", "offset": 8, "length": 20},
        ],
    },
    "a very long text": lambda news: {"text": "\n\n".join([news, *(f"It was report number {at} of the day." for at in range(900))])},
    "a forward": lambda news: {
        "text": news,
        "forward_origin": {
            "type": "channel", "date": 1763800000, "message_id": 3, "chat": {"id": -9, "title": "The Ledger", "type": "channel"},
        },
    },
    "a text signed by its author": lambda news: {"text": news, "author_signature": "Jane Doe"},
    "a text in a topic of a forum": lambda news: {"text": news, "message_thread_id": 7, "is_topic_message": True},
}  # fmt: skip
EMPTY: dict[str, dict[str, Any]] = {
    "a picture alone": {"photo": PHOTO},
    "a sticker": {"sticker": {**FILE, "emoji": "🚢"}},
    "only emoji": {"text": "🚢🌊🆘"},
    "only a link": link("https://a.example/x", "https://a.example/x"),
    "only an invitation": link("Join us 👉 t.me/harbour_wire", "https://t.me/harbour_wire"),
    "spaces": {"text": " \n\u200b\n "},
    "a new title": {"new_chat_title": "Harbour Wire"},
    "a pinned message": {"pinned_message": {"message_id": 3, "date": 1, "chat": {"id": CHANNEL_ID}}},
    "a place": {"location": {"latitude": 1.0, "longitude": 2.0}},
    "a rich message without words": {"rich_message": {"blocks": [{"type": "divider"}, {"type": "photo", "photo": []}]}},
}


def message(number: int, clock: "WoundClock", fields: dict[str, Any]) -> dict[str, Any]:
    chat = {"id": CHANNEL_ID, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    return {"message_id": number, "chat": chat, "date": int(clock().timestamp())} | fields


async def take(store: Store, clock: "WoundClock", raw: dict[str, Any], *, edited: bool = False) -> bool:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    async with store.begin() as tx:
        return await desk.receive(tx, raw, edited=edited)


async def waiting(store: Store, clock: "WoundClock") -> list[QueuedArticle]:
    async with store.read() as tx:
        return await tx.articles.waiting(10, clock())


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
async def test_news_of_any_shape_is_read_and_so_is_its_edit(store: Store, clock: "WoundClock", shape: Any) -> None:
    assert await take(store, clock, message(5, clock, shape(NEWS)))
    [queued] = await waiting(store, clock)
    assert "140 passengers" in queued.article.text
    assert "Old words" not in queued.article.text
    assert queued.article.link == "https://t.me/harbour_wire/5"
    clock.wind(minutes=3)
    edit = message(5, clock, shape(LATER)) | {"edit_date": int(clock().timestamp())}
    assert await take(store, clock, edit, edited=True)
    [queued] = await waiting(store, clock)
    assert queued.revision == 2
    assert "160 passengers" in queued.article.text
    assert "140 passengers" not in queued.article.text


@pytest.mark.parametrize("fields", EMPTY.values(), ids=EMPTY)
async def test_what_carries_no_news_is_not_read_until_an_edit_brings_some(
    store: Store, clock: "WoundClock", fields: dict[str, Any]
) -> None:
    assert not await take(store, clock, message(5, clock, fields))
    assert await waiting(store, clock) == []
    assert await take(store, clock, message(5, clock, {"text": NEWS, "edit_date": 1}), edited=True)
    assert len(await waiting(store, clock)) == 1


@pytest.mark.parametrize("fields", EMPTY.values(), ids=EMPTY)
async def test_an_edit_that_takes_the_news_out_takes_the_article_out(
    store: Store, clock: "WoundClock", fields: dict[str, Any]
) -> None:
    await take(store, clock, message(5, clock, {"text": NEWS}))
    await take(store, clock, message(5, clock, {**fields, "edit_date": 1}), edited=True)
    service = {"new_chat_title", "pinned_message", "location"} & set(fields)
    assert len(await waiting(store, clock)) == (1 if service else 0)


async def test_an_album_waits_for_its_parts_and_is_read_whole_whatever_their_order(
    store: Store, clock: "WoundClock"
) -> None:
    album = {"photo": PHOTO, "media_group_id": "77"}
    for number, caption in ((8, None), (6, NEWS), (7, "The crew stayed on board.")):
        await take(store, clock, message(number, clock, album | ({"caption": caption} if caption else {})))
        assert await waiting(store, clock) == []
        clock.wind(seconds=1)
    clock.now += ALBUM_SETTLES
    [queued] = await waiting(store, clock)
    assert queued.article.text.startswith("A ferry ran aground")
    assert queued.article.text.endswith("The crew stayed on board.")
    assert queued.article.link == "https://t.me/harbour_wire/6"


async def test_an_edited_caption_of_an_album_is_read_again_as_the_same_article(
    store: Store, clock: "WoundClock"
) -> None:
    album = {"photo": PHOTO, "media_group_id": "77"}
    await take(store, clock, message(6, clock, album | {"caption": NEWS}))
    await take(store, clock, message(7, clock, album))
    clock.now += ALBUM_SETTLES
    await take(store, clock, message(6, clock, album | {"caption": LATER, "edit_date": 1}), edited=True)
    clock.now += ALBUM_SETTLES
    [queued] = await waiting(store, clock)
    assert "160 passengers" in queued.article.text


async def test_a_live_post_that_adds_to_an_earlier_one_is_an_article_of_its_own(
    store: Store, clock: "WoundClock"
) -> None:
    await take(store, clock, message(5, clock, {"text": NEWS}))
    more = "UPDATE 14:20\n\nThe operator said the ferry would be out of service until 12 December."
    added = {"text": more, "reply_to_message": message(5, clock, {"text": NEWS})}
    await take(store, clock, message(6, clock, added))
    first, second = sorted(await waiting(store, clock), key=lambda queued: queued.article.key)
    assert "140 passengers" in first.article.text
    assert "140 passengers" not in second.article.text
    assert "12 December" in second.article.text
