"""What becomes of a channel post, against the real store and intake."""

from typing import TYPE_CHECKING, Any

from structlog.testing import capture_logs

from bot.newsroom.posts import Channels, PostDesk
from bot.store import QueuedArticle, Store

if TYPE_CHECKING:
    from conftest import WoundClock

CHANNEL_ID = -1001234567890
TEXT = "A ferry ran aground off Port Selwyn on Sunday, and 140 passengers were taken ashore. Nobody was hurt."


def post(number: int, text: str | None, when: int, **more: Any) -> dict[str, Any]:
    chat = {"id": CHANNEL_ID, "type": "channel", "title": "Harbour Wire", "username": "harbour_wire"}
    message: dict[str, Any] = {"message_id": number, "chat": chat, "date": when} | more
    return message if text is None else message | {"text": text}


async def take(store: Store, desk: PostDesk, message: dict[str, Any], *, edited: bool = False) -> bool:
    async with store.begin() as tx:
        return await desk.receive(tx, message, edited=edited)


async def waiting(store: Store, clock: "WoundClock") -> list[QueuedArticle]:
    async with store.read() as tx:
        return await tx.articles.waiting(10, clock())


async def test_a_post_of_a_configured_channel_waits_to_be_read(store: Store, clock: "WoundClock") -> None:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    assert await take(store, desk, post(5, TEXT, int(clock().timestamp())))
    [queued] = await waiting(store, clock)
    assert queued.article.link == "https://t.me/harbour_wire/5"
    assert queued.article.outlet == "Harbour Wire"
    assert "140 passengers" in queued.article.text


async def test_a_channel_is_known_by_its_username_however_it_is_written(store: Store, clock: "WoundClock") -> None:
    desk = PostDesk(Channels(["@Harbour_Wire"]), clock)
    assert await take(store, desk, post(5, TEXT, int(clock().timestamp())))


async def test_a_channel_that_is_not_configured_is_left_alone_and_logged_once(
    store: Store, clock: "WoundClock"
) -> None:
    desk = PostDesk(Channels([-1009999999999]), clock)
    with capture_logs() as logs:
        for number in range(3):
            assert not await take(store, desk, post(number, TEXT, int(clock().timestamp())))
    assert [entry["event"] for entry in logs] == ["channel_ignored"]
    assert await waiting(store, clock) == []
    async with store.read() as tx:
        assert await tx.posts.article_key(CHANNEL_ID, 0) is None


async def test_an_edited_post_is_read_again_under_the_same_key(store: Store, clock: "WoundClock") -> None:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    when = int(clock().timestamp())
    await take(store, desk, post(5, TEXT, when))
    changed = post(5, TEXT.replace("140", "160"), when, edit_date=when + 60)
    assert await take(store, desk, changed, edited=True)
    [queued] = await waiting(store, clock)
    assert "160 passengers" in queued.article.text
    assert queued.revision == 2


async def test_an_album_is_one_article_two_seconds_after_its_last_part(store: Store, clock: "WoundClock") -> None:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    when = int(clock().timestamp())
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    await take(store, desk, post(5, None, when, photo=photo, caption=TEXT, media_group_id="77"))
    clock.wind(seconds=1.5)
    await take(store, desk, post(6, None, when, photo=photo, media_group_id="77"))
    clock.wind(seconds=1.5)
    assert await waiting(store, clock) == []
    clock.wind(seconds=0.5)
    [queued] = await waiting(store, clock)
    assert "140 passengers" in queued.article.text
    async with store.read() as tx:
        assert len(await tx.posts.of_article(queued.article.key)) == 2


async def test_an_album_whose_caption_comes_last_is_an_article_all_the_same(store: Store, clock: "WoundClock") -> None:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    when = int(clock().timestamp())
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    assert not await take(store, desk, post(5, None, when, photo=photo, media_group_id="77"))
    assert await take(store, desk, post(6, None, when, photo=photo, caption=TEXT, media_group_id="77"))


async def test_a_post_with_nothing_to_read_is_skipped_with_its_reason(store: Store, clock: "WoundClock") -> None:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    when = int(clock().timestamp())
    with capture_logs() as logs:
        assert not await take(store, desk, post(5, None, when, pinned_message={}))
        assert not await take(store, desk, post(6, "🔥🔥🔥", when))
    assert [entry["event"] for entry in logs] == ["post_skipped", "post_skipped"]
    assert all(entry["reason"] for entry in logs)


async def test_a_post_that_is_edited_down_to_nothing_is_withdrawn(store: Store, clock: "WoundClock") -> None:
    desk = PostDesk(Channels([CHANNEL_ID]), clock)
    when = int(clock().timestamp())
    await take(store, desk, post(5, TEXT, when))
    await take(store, desk, post(5, "🔥", when, edit_date=when + 60), edited=True)
    assert await waiting(store, clock) == []
