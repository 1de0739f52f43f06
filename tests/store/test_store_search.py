"""Stories by their words: found, moved, taken away, and the last edition a chat got."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from store_samples import NOON, TEXT, article, message, reading, vector

from bot.desk.profile import Window
from bot.desk.search import wished
from bot.store import Kind, Lane, Store, Transaction
from bot.store.migrations.versions import v0005_conversation
from models.api import Span


async def file(
    tx: Transaction, key: str, headline: str, text: str = TEXT, *, days: int = 0, story: int | None = None
) -> int:
    """File an article published so many days after noon; returns its story."""
    published = NOON + timedelta(days=days)
    await tx.articles.queue(replace(article(key, text, published), title=None), NOON, NOON)
    plain = replace(reading(key, vector(1), headline), figures=(), deadlines=(), sentences=(Span(0, len(text)),))
    revision = (await tx.articles.waiting(1, NOON))[0].revision
    filed = await tx.articles.store_reading(key, revision, plain, story, NOON)
    assert filed is not None
    return filed


async def found(store: Store, *words: str) -> list[str]:
    async with store.read() as tx:
        stories = await tx.search.stories(wished(words), 5, NOON + timedelta(days=2))
    return [story.headline for story in stories]


async def test_stories_are_found_by_any_form_of_their_words(store: Store) -> None:
    async with store.begin() as tx:
        await file(tx, "a", "Ferries stop in Port Ellery", "A storm closed the harbour.")
        await file(tx, "b", "Łódź votes on a new tramway", "The café owners object.")
    assert await found(store, "FERRY,") == ["Ferries stop in Port Ellery"]
    assert await found(store, "ferries") == ["Ferries stop in Port Ellery"]
    assert await found(store, "Storms", "Ellery's") == ["Ferries stop in Port Ellery"]
    assert await found(store, "cafe") == ["Łódź votes on a new tramway"]
    assert await found(store, "the", "of") == []


async def test_a_headline_comes_before_a_mention_and_the_newer_before_the_older(store: Store) -> None:
    async with store.begin() as tx:
        await file(tx, "a", "Council meets", "It spoke of the bridge.", days=1)
        await file(tx, "b", "Bridge closed", "Nobody may pass.", days=1)
        await file(tx, "c", "Bridge reopens", "Everybody may pass.", days=2)
    assert await found(store, "bridge") == ["Bridge reopens", "Bridge closed", "Council meets"]


async def test_words_may_stand_in_different_articles_of_one_story(store: Store) -> None:
    async with store.begin() as tx:
        story = await file(tx, "a", "Bridge closed", "Nobody may pass.")
        await file(tx, "b", "Engineer blames rust", "It was seen long ago.", days=1, story=story)
        await file(tx, "c", "Rust on statues", "The mayor is sorry.", days=1)
    assert await found(store, "bridge", "rust") == ["Engineer blames rust"]
    assert await found(store, "bridge", "rust", "plague") == ["Engineer blames rust"]
    assert await found(store, "bridge", "plague", "locusts") == []


async def test_an_edit_moves_an_article_and_a_withdrawal_takes_it_away(store: Store) -> None:
    async with store.begin() as tx:
        await file(tx, "a", "Bridge closed", "Nobody may pass.")
        await file(tx, "a", "Tunnel closed", "Nobody may pass.")
    assert await found(store, "bridge") == []
    assert await found(store, "tunnel") == ["Tunnel closed"]
    async with store.begin() as tx:
        await tx.articles.withdraw("a")
        left = await tx.search._connection.exec_driver_sql("SELECT count(*) FROM story_words")
        assert left.scalar_one() == 0


async def test_what_was_filed_before_the_index_is_found_after_the_migration(store: Store) -> None:
    async with store.begin() as tx:
        await file(tx, "a", "Bridge closed", "Nobody may pass.")
        await tx.search._connection.exec_driver_sql("DELETE FROM story_words")

        def again(connection: Connection) -> None:
            v0005_conversation._index_what_is_filed(connection)

        await tx.search._connection.run_sync(again)
    assert await found(store, "bridge") == ["Bridge closed"]


@pytest.mark.parametrize(("settle", "told"), [("sent", True), ("uncertain", True), ("drop", False)])
async def test_the_last_edition_is_the_last_that_went_out(store: Store, settle: str, told: bool) -> None:  # noqa: FBT001  a case
    async with store.begin() as tx:
        window = Window(NOON, NOON)
        numbers = [await tx.editions.add(f'"{name}"', "en", window, NOON) for name in ("first", "second")]
        for number in numbers:
            await tx.outbox.put(message(5, number, lane=Lane.BROADCAST, kind=Kind.EDITION, edition_id=number), NOON)
            (item,) = await tx.outbox.claim([Lane.BROADCAST], 1, NOON)
            if number == numbers[0] or settle == "sent":
                await tx.outbox.sent(item.id, 1, NOON)
            elif settle == "uncertain":
                await tx.outbox.uncertain(item.id, "why", NOON)
            else:
                await tx.outbox.parked(item.id, "why", NOON)
        await tx.outbox.put(message(5, 9), NOON)
        last = await tx.editions.last_told(5)
        assert last is not None
        assert last.body == ('"second"' if told else '"first"')
        assert await tx.editions.last_told(6) is None
