"""Updates, posts, articles, stories, and the facts that are kept of them."""

import threading
from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from store_samples import NOON, TEXT, article, reading, vector

from bot.store import Store, Transaction
from bot.store.codec import dump_article, dump_reading, load_article, load_reading
from bot.store.tables import deadlines, figures, stories
from models.api import Article, Change, Deadline, KeyFigure, Range, Reading, Topic

MINUTE = timedelta(minutes=1)


async def file(
    tx: Transaction,
    key: str,
    toward: bytes,
    story: int | None = None,
    *,
    minutes: int = 0,
    follows: int | None = None,
) -> int:
    """Queue and read an article that was published so many minutes after noon."""
    at = NOON + minutes * MINUTE
    await tx.articles.queue(article(key, published=at), at, at)
    stored = await tx.articles.store_reading(key, 1, reading(key, toward, key), story, at, follows=follows)
    assert stored is not None
    return stored


async def test_an_update_is_kept_once_and_handled_in_order(store: Store) -> None:
    async with store.begin() as tx:
        assert await tx.inbox.add(12, 5, '{"b": 1}', NOON)
        assert await tx.inbox.add(11, 6, '{"a": 1}', NOON)
        assert not await tx.inbox.add(12, 5, "again", NOON)
        assert [(row.update_id, row.chat_key, row.raw) for row in await tx.inbox.pending(5)] == [
            (11, 6, '{"a": 1}'),
            (12, 5, '{"b": 1}'),
        ]
        await tx.inbox.attempt(11)
        assert (await tx.inbox.pending(1))[0].attempts == 1
        await tx.inbox.done(11, NOON)
        await tx.inbox.park(12, "no such field", NOON)
        assert await tx.inbox.pending(5) == []
        assert [(row.update_id, reason) for row, reason in await tx.inbox.parked(5)] == [(12, "no such field")]
        assert not await tx.inbox.add(11, 6, "{}", NOON)


async def test_the_last_update_is_the_one_that_came_last_not_the_highest(store: Store) -> None:
    async with store.begin() as tx:
        assert await tx.inbox.last_id() is None
        await tx.inbox.add(900_000, 5, "{}", NOON)
        await tx.inbox.add(300, 5, "{}", NOON + timedelta(days=9))
        assert await tx.inbox.last_id() == 300


async def test_posts_are_found_by_their_links_and_by_their_article(store: Store) -> None:
    async with store.begin() as tx:
        for number in (8, 7):
            await tx.posts.put((-100, number), "album", f"raw {number}", None, "HarbourWire", edited=False, now=NOON)
        await tx.posts.put((-100, 7), "album", "raw 7, edited", None, "HarbourWire", edited=True, now=NOON)
        assert await tx.posts.of_article("album") == ["raw 7, edited", "raw 8"]
        assert await tx.posts.by_link("@harbourwire", 7) == "album"
        assert await tx.posts.by_link("HarbourWire", 8) == "album"
        assert await tx.posts.by_link(-100, 8) == "album"
        assert await tx.posts.by_link("other", 8) is None
        assert await tx.posts.article_key(-100, 9) is None


async def test_an_article_waits_for_its_time_and_is_read_once(store: Store) -> None:
    async with store.begin() as tx:
        await tx.articles.queue(article("b"), NOON + MINUTE, NOON)
        await tx.articles.queue(article("a"), NOON, NOON)
        assert await tx.articles.next_ready() == NOON
        assert [one.article.key for one in await tx.articles.waiting(10, NOON)] == ["a"]
        assert [one.article.key for one in await tx.articles.waiting(10, NOON + MINUTE)] == ["a", "b"]
        await tx.articles.store_reading("a", 1, reading("a"), None, NOON)
        assert [one.article.key for one in await tx.articles.waiting(10, NOON + MINUTE)] == ["b"]
        assert await tx.articles.count() == 1


async def test_what_was_read_comes_back_with_the_text_it_was_read_from(store: Store) -> None:
    async with store.begin() as tx:
        await tx.articles.queue(article(), NOON, NOON)
        assert await tx.articles.get("post:-100:1") is None
        await tx.articles.store_reading("post:-100:1", 1, reading(), None, NOON)
        await tx.articles.queue(article(text="Corrected: 1,000 troops remain."), NOON, NOON + MINUTE)
        filed = await tx.articles.get("post:-100:1")
    assert filed is not None
    assert filed.reading == reading()
    assert filed.article.text == TEXT
    assert filed.quote(filed.reading.figures[0].span) == "2,000 to 3,000 troops"


async def test_a_reading_of_a_text_that_was_edited_meanwhile_is_ignored(store: Store) -> None:
    async with store.begin() as tx:
        await tx.articles.queue(article(), NOON, NOON)
        await tx.articles.queue(article(text="New text."), NOON, NOON)
        assert await tx.articles.store_reading("post:-100:1", 1, reading(), None, NOON) is None
        (waiting,) = await tx.articles.waiting(5, NOON)
        assert (waiting.revision, waiting.article.text) == (2, "New text.")
        assert await tx.stories.recent(NOON - MINUTE) == []


async def test_an_article_that_fails_three_times_is_parked_until_it_is_edited(store: Store) -> None:
    async with store.begin() as tx:
        await tx.articles.queue(article(), NOON, NOON)
        for attempt in range(3):
            assert [one.attempts for one in await tx.articles.waiting(5, NOON)] == [attempt]
            await tx.articles.failed("post:-100:1", 1, "ValueError: bad", NOON)
        assert await tx.articles.waiting(5, NOON + timedelta(days=1)) == []
        await tx.articles.queue(article(text="New text."), NOON, NOON)
        await tx.articles.failed("post:-100:1", 1, "too late", NOON)
        assert [one.attempts for one in await tx.articles.waiting(5, NOON)] == [0]


async def test_an_edition_covers_what_was_filed_after_the_last_one(store: Store) -> None:
    async with store.begin() as tx:
        for minutes in range(1, 5):
            await file(tx, f"at {minutes}", vector(1), minutes=minutes)
        filed = await tx.articles.filed_between(NOON + MINUTE, NOON + 3 * MINUTE)
    assert [one.article.key for one in filed] == ["at 2", "at 3"]


async def test_much_that_was_filed_is_decoded_beside_the_conversation_and_little_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []

    def load(text: str) -> Article:
        threads.append(threading.get_ident())
        return load_article(text)

    monkeypatch.setattr("bot.store.articles.load_article", load)
    monkeypatch.setattr("bot.store.sql._FEW", 2)
    async with store.begin() as tx:
        for number in range(3):
            await file(tx, str(number), vector(1), minutes=number)
    async with store.read() as tx:
        threads.clear()
        many = await tx.articles.filed_between(NOON - MINUTE, NOON + 2 * MINUTE)
        assert threading.get_ident() not in threads
        threads.clear()
        few = await tx.articles.filed_between(NOON, NOON + 2 * MINUTE)
        assert set(threads) == {threading.get_ident()}
    assert [one.article.key for one in many] == ["0", "1", "2"]
    assert few == many[1:]


async def test_what_is_filed_into_a_sealed_window_comes_after_it(store: Store) -> None:
    async with store.begin() as tx:
        await tx.articles.seal(NOON + 10 * MINUTE)
        await tx.articles.seal(NOON + 5 * MINUTE)  # an older one changes nothing
        await file(tx, "late", vector(1), minutes=7)
        await file(tx, "later", vector(1), minutes=11)
        assert await tx.articles.filed_between(NOON, NOON + 10 * MINUTE) == []
        after = await tx.articles.filed_between(NOON + 10 * MINUTE, NOON + 20 * MINUTE)
        assert [one.article.key for one in after] == ["late", "later"]


async def test_a_clock_that_ran_ahead_and_was_put_right_hides_nothing(store: Store) -> None:
    async with store.begin() as tx:
        await tx.articles.seal(NOON + timedelta(days=1))
        await file(tx, "a", vector(1))
        assert len(await tx.articles.filed_between(NOON - MINUTE, NOON)) == 1


async def test_an_edit_keeps_the_date_of_filing_and_replaces_the_facts(store: Store) -> None:
    async with store.begin() as tx:
        await file(tx, "a", vector(1))
        changed = replace(reading("a"), figures=(replace(reading().figures[0], value=Decimal("1e3")),), deadlines=())
        await tx.articles.queue(article("a"), NOON, NOON + 30 * MINUTE)
        await tx.articles.store_reading("a", 2, changed, None, NOON + 30 * MINUTE)
        (filed,) = await tx.articles.filed_between(NOON - MINUTE, NOON)
        assert filed.reading == changed
        rows = (await tx.articles._connection.execute(select(figures))).all()
        assert [(row.low, row.high) for row in rows] == [("1E+3", "1E+3")]
        assert (await tx.articles._connection.execute(select(deadlines))).all() == []


async def test_figures_and_deadlines_have_rows_of_their_own(store: Store) -> None:
    async with store.begin() as tx:
        await file(tx, "a", vector(1))
        (figure,) = (await tx.articles._connection.execute(select(figures))).all()
        (deadline,) = (await tx.articles._connection.execute(select(deadlines))).all()
    assert (figure.kind, figure.low, figure.high, figure.unit) == ("troops", "2000", "3000", "soldier")
    assert (figure.label, figure.as_of_start.isoformat(), figure.importance) == ("troops in Norland", "2026-06-01", 0.9)
    assert figure.sentence == "Some 2,000 to 3,000 troops remain in Norland."
    assert TEXT[figure.span_start : figure.span_end] == "2,000 to 3,000 troops"
    assert (deadline.due_end.isoformat(), deadline.what, deadline.bond) == ("2026-12-31", "leave", "deadline")
    assert TEXT[deadline.span_start : deadline.span_end] == "the end of 2026"


async def test_a_story_is_the_mean_of_its_articles(store: Store) -> None:
    async with store.begin() as tx:
        story = await file(tx, "a", vector(1, 0))
        assert await file(tx, "b", vector(0, 1), story, minutes=3) == story
        other = await file(tx, "c", vector(0, 0, 1), minutes=1)
        newer, older = await tx.stories.recent(NOON)
        assert [card.story for card in await tx.stories.recent(NOON + 2 * MINUTE)] == [story]
    assert (newer.story, newer.headline, newer.newest) == (story, "a", NOON + 3 * MINUTE)
    assert np.frombuffer(newer.vector, "<f4")[:2] == pytest.approx([0.7071, 0.7071], abs=1e-4)
    assert (older.story, older.vector) == (other, vector(0, 0, 1))


async def test_an_edit_moves_an_article_to_another_story_and_empty_stories_vanish(store: Store) -> None:
    async with store.begin() as tx:
        first = await file(tx, "a", vector(1, 0), minutes=5)
        await file(tx, "b", vector(0.6, 0.8), first)
        second = await file(tx, "c", vector(0, 0, 1))
        await tx.articles.queue(article("a"), NOON, NOON)
        moved = await tx.articles.store_reading("a", 2, reading("a", vector(0, 0, 1)), second, NOON)
        assert moved == second
        cards = {card.story: card for card in await tx.stories.recent(NOON - MINUTE)}
        assert np.frombuffer(cards[first].vector, "<f4") == pytest.approx(np.frombuffer(vector(0.6, 0.8), "<f4"))
        assert cards[first].newest == NOON
        assert cards[second].vector == vector(0, 0, 1)
        await tx.articles.queue(article("b"), NOON, NOON)
        assert await tx.articles.store_reading("b", 2, reading("b", vector(0, 0, 1)), second, NOON) == second
        assert [card.story for card in await tx.stories.recent(NOON - MINUTE)] == [second]
        counted = (await tx.stories._connection.execute(select(stories.c.members))).scalars().all()
    assert counted == [3]


async def test_the_only_article_of_a_story_can_be_read_again(store: Store) -> None:
    async with store.begin() as tx:
        story = await file(tx, "a", vector(1, 0))
        await tx.articles.queue(article("a"), NOON, NOON)
        assert await tx.articles.store_reading("a", 2, reading("a", vector(0, 1)), story, NOON) == story
        (card,) = await tx.stories.recent(NOON)
    assert card.vector == vector(0, 1)


async def test_a_transaction_sees_what_it_did_to_stories_itself(store: Store) -> None:
    async with store.begin() as tx:
        first = await file(tx, "a", vector(1))
        second = await file(tx, "b", vector(1), follows=first, minutes=10)
        assert {card.story for card in await tx.stories.recent(NOON)} == {first, second}
        assert (await tx.stories.threads([second])).keys() == {first, second}
        await file(tx, "c", vector(0, 1), second, minutes=20)
        card = await tx.stories.card(second)
        assert card is not None
        assert card.newest == NOON + 20 * MINUTE
        await tx.articles.withdraw("a")
        assert await tx.stories.card(first) is None
        assert (await tx.stories.threads([second]))[second].follows is None
        await tx.articles.withdraw("c")
        left = await tx.stories.card(second)
    async with store.read() as tx:
        assert await tx.stories.card(second) == left
        assert left is not None
        assert left.newest == NOON + 10 * MINUTE


async def test_a_story_that_is_withdrawn_is_known_to_be_at_once(store: Store) -> None:
    async with store.begin() as tx:
        story = await file(tx, "a", vector(1))
        assert await tx.control.withdrawn([story, 4711]) == frozenset()
        await tx.control.withdraw_story(story, "Troops leave Norland", NOON)
        assert await tx.control.withdrawn([story, 4711]) == {story}


async def test_a_thread_is_given_with_all_that_it_follows(store: Store) -> None:
    async with store.begin() as tx:
        first = await file(tx, "a", vector(1))
        second = await file(tx, "b", vector(1), follows=first, minutes=10)
        third = await file(tx, "c", vector(1), follows=second, minutes=20)
        apart = await file(tx, "d", vector(0, 1), follows=4711)
        threads = await tx.stories.threads([third, apart])
        assert await tx.stories.threads([]) == {}
    assert {story: thread.follows for story, thread in threads.items()} == {
        third: second,
        second: first,
        first: None,
        apart: None,
    }
    assert threads[second].headline == "b"
    assert threads[second].opened == NOON + 10 * MINUTE


async def test_a_long_thread_is_given_as_far_back_as_it_is_told_in_one_statement(store: Store) -> None:
    statements: list[str] = []
    async with store.begin() as tx:
        line = [await file(tx, "0", vector(1))]
        for number in range(1, 40):
            line.append(await file(tx, str(number), vector(1), follows=line[-1], minutes=number))
        event.listen(
            tx.stories._connection.sync_connection, "before_cursor_execute", lambda *call: statements.append(call[2])
        )
        threads = await tx.stories.threads([line[-1]])
    assert sorted(threads) == line[-32:]
    assert len(statements) == 1


async def test_when_a_followed_story_vanishes_its_followers_follow_what_it_followed(store: Store) -> None:
    async with store.begin() as tx:
        first = await file(tx, "a", vector(1))
        second = await file(tx, "b", vector(1), follows=first)
        third = await file(tx, "c", vector(1), follows=second)
        await tx.articles.withdraw("b")
        assert (await tx.stories.threads([third]))[third].follows == first
        await tx.articles.withdraw("a")
        assert (await tx.stories.threads([third]))[third].follows is None


async def test_what_is_left_of_a_story_is_told_by_the_articles_that_are_left(store: Store) -> None:
    async with store.begin() as tx:
        story = await file(tx, "a", vector(1, 0))
        await file(tx, "b", vector(0, 1), story, minutes=30)
        await tx.articles.withdraw("a")
        card = await tx.stories.card(story)
    assert card is not None
    assert (card.headline, card.newest, card.opened) == ("b", NOON + 30 * MINUTE, NOON + 30 * MINUTE)
    assert card.vector == vector(0, 1)
    assert {figure.label for figure in card.outline.figures} == {"troops in Norland"}


async def test_no_more_stories_are_recent_than_are_asked_for(store: Store) -> None:
    async with store.begin() as tx:
        for number in range(5):
            await file(tx, f"a{number}", vector(1), minutes=number)
        newest = await tx.stories.recent(NOON - MINUTE, 2)
    assert [card.headline for card in newest] == ["a4", "a3"]


async def test_a_story_that_has_vanished_meanwhile_is_opened_anew(store: Store) -> None:
    async with store.begin() as tx:
        assert await file(tx, "a", vector(1), story=4711) != 4711


async def test_a_withdrawn_article_takes_its_traces_with_it(store: Store) -> None:
    async with store.begin() as tx:
        await file(tx, "a", vector(1))
        await tx.articles.withdraw("a")
        assert await tx.articles.get("a") is None
        assert await tx.stories.recent(NOON - MINUTE) == []
        assert (await tx.articles._connection.execute(select(figures))).all() == []


async def test_an_article_without_a_vector_is_filed_all_the_same(store: Store) -> None:
    async with store.begin() as tx:
        story = await file(tx, "a", b"")
        await file(tx, "b", b"", story)
        (card,) = await tx.stories.recent(NOON)
    assert card.vector == b""


DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
VALUES = DECIMALS | st.builds(Range, low=DECIMALS, high=DECIMALS)
SHARES = st.floats(0, 1)
CHANGES = st.builds(Change, origin=st.none() | VALUES, by=st.none() | VALUES)
READINGS = st.builds(
    Reading,
    figures=st.lists(st.builds(KeyFigure, value=VALUES, change=st.none() | CHANGES, importance=SHARES), max_size=3).map(
        tuple
    ),
    deadlines=st.lists(st.builds(Deadline, importance=SHARES), max_size=3).map(tuple),
    topics=st.lists(st.builds(Topic, confidence=SHARES), max_size=3).map(tuple),
)


@given(st.builds(Article, published=st.datetimes(timezones=st.just(UTC))))
def test_any_article_comes_back_as_it_was(one: Article) -> None:
    assume("\x00" not in one.text + one.outlet + (one.title or ""))
    assert load_article(dump_article(one)) == one


@settings(deadline=None)
@given(READINGS)
def test_any_reading_comes_back_as_it_was(one: Reading) -> None:
    assert load_reading(dump_reading(one), one.vector) == one


async def test_a_text_that_no_database_keeps_is_mended_without_moving_a_character(store: Store) -> None:
    broken = "Toll rises\ud83d to 12\x00 in Norland"
    async with store.begin() as tx:
        await tx.articles.queue(article(text=broken), NOON, NOON)
        await tx.inbox.add(1, 5, broken, NOON)
        await tx.posts.put((-100, 1), "a", broken, None, None, edited=False, now=NOON)
        (waiting,) = await tx.articles.waiting(1, NOON)
    assert waiting.article.text == "Toll rises\ufffd to 12\ufffd in Norland"


async def test_of_a_story_the_last_articles_before_an_instant_are_known(store: Store) -> None:
    async with store.begin() as tx:
        first = await file(tx, "0", vector(1))
        for number in range(1, 9):
            await file(tx, str(number), vector(1), first, minutes=number)
        other = await file(tx, "x", vector(0, 1), minutes=30)
        found = await tx.articles.earlier([first, other, 99], NOON + 7 * MINUTE)
    assert {story: [one.article.key for one in articles] for story, articles in found.items()} == {
        first: ["2", "3", "4", "5", "6", "7"]
    }
