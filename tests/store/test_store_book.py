"""The deadline book in the store: it follows articles as they come, are edited and are withdrawn."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from store_plans import plan
from store_samples import reading, subscriber

from bot.desk.book import BookEntry
from bot.newsroom.deadlines import enter_deadlines
from bot.store import Store
from models.api import Article, Period, Precision, Span, Topic
from models.facts import read_facts
from models.sentences import split_sentences

MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
WAIVER = "A waiver that lets Arvania buy gas from Norland expires on 14 July, the treasury said."
LATER = "The treasury extended until 12 October the waiver that lets Arvania buy gas from Norland."
AGAIN = "Arvania may buy gas from Norland until July 14, when the waiver expires, the treasury said."
DROPPED = "The treasury cancelled the waiver that lets Arvania buy gas from Norland and that expires on 14 July."


async def file(store: Store, key: str, text: str, published: datetime = MARCH) -> None:
    article = Article(
        key=key, title=None, text=text, published=published, outlet=f"Outlet {key}", link=f"https://o.example/{key}"
    )
    facts = read_facts(text, split_sentences(text), article.reference)
    topics = (Topic(code="medtop:04000000", name="economy", confidence=0.9),)
    found = replace(
        reading(key),
        figures=(),
        deadlines=facts.deadlines,
        topics=topics,
        summary=replace(reading().summary, pieces=()),
    )
    async with store.begin() as tx:
        await tx.articles.queue(article, published, published)
        revision = (await tx.articles.waiting(1, published))[0].revision
        story = await tx.articles.store_reading(key, revision, found, None, published)
        assert story is not None
        await enter_deadlines(tx, article, found, story, published)


async def book(store: Store) -> list[BookEntry]:
    async with store.read() as tx:
        return await tx.book.upcoming(date(2026, 1, 1), date(2030, 1, 1), 10)


def day(month: int, number: int) -> Period:
    return Period(start=date(2026, month, number), end=date(2026, month, number), precision=Precision.DAY)


async def test_another_telling_is_the_same_entry(store: Store) -> None:
    await file(store, "a", WAIVER)
    await file(store, "b", AGAIN, MARCH + timedelta(days=1))
    (entry,) = await book(store)
    assert (entry.due, entry.sequence, entry.outlet, entry.topics) == (day(7, 14), 0, "Outlet a", {"medtop:04000000"})


async def test_a_moved_deadline_keeps_its_entry_and_its_history(store: Store) -> None:
    await file(store, "a", WAIVER)
    (before,) = await book(store)
    await file(store, "b", LATER, MARCH + timedelta(days=100))
    (entry,) = await book(store)
    assert entry.id == before.id
    assert (entry.due, entry.moved_from, entry.sequence) == (day(10, 12), day(7, 14), 1)
    assert (entry.outlet, entry.sentence, entry.link) == ("Outlet b", LATER, "https://o.example/b")
    assert entry.what == before.what
    assert entry.changed_at == MARCH + timedelta(days=100)


async def test_who_has_not_heard_yet_does_not_move_it_back(store: Store) -> None:
    await file(store, "a", WAIVER)
    await file(store, "b", LATER, MARCH + timedelta(days=10))
    await file(store, "c", AGAIN, MARCH + timedelta(days=11))
    (entry,) = await book(store)
    assert (entry.due, entry.sequence) == (day(10, 12), 1)
    async with store.read() as tx:
        notes = await tx.book.notes(["a", "b", "c", "unknown"])
    assert {(key, note.entry, note.moved_from) for (key, _), note in notes.items()} == {
        ("a", entry.id, None),
        ("b", entry.id, day(7, 14)),
        ("c", entry.id, None),
    }


async def test_a_withdrawn_deadline_is_not_upcoming(store: Store) -> None:
    await file(store, "a", WAIVER)
    (entry,) = await book(store)
    await file(store, "b", DROPPED, MARCH + timedelta(days=10))
    assert await book(store) == []
    async with store.read() as tx:
        found = await tx.book.get(entry.id)
    assert found is not None
    assert (found.withdrawn, found.sequence) == (True, 1)


async def test_an_edit_takes_the_move_back(store: Store) -> None:
    await file(store, "a", WAIVER)
    await file(store, "b", LATER, MARCH + timedelta(days=10))
    await file(store, "b", "The treasury said nothing about gas.", MARCH + timedelta(days=10))
    (entry,) = await book(store)
    assert (entry.due, entry.history, entry.sequence) == (day(7, 14), (), 2)


async def test_reading_the_same_text_again_changes_nothing(store: Store) -> None:
    await file(store, "a", WAIVER)
    await file(store, "b", LATER, MARCH + timedelta(days=10))
    before = await book(store)
    await file(store, "b", LATER, MARCH + timedelta(days=10))
    await file(store, "a", WAIVER)
    assert [(one.id, one.due, one.history, one.sequence) for one in await book(store)] == [
        (one.id, one.due, one.history, one.sequence) for one in before
    ]


async def test_a_withdrawn_article_takes_its_deadlines_with_it(store: Store) -> None:
    await file(store, "a", WAIVER)
    (entry,) = await book(store)
    async with store.begin() as tx:
        await tx.articles.withdraw("a")
    assert await book(store) == []
    await file(store, "b", AGAIN, MARCH + timedelta(days=1))
    (again,) = await book(store)
    assert (again.id, again.withdrawn, again.sequence) == (entry.id, False, 2)


async def test_other_topics_are_left_out(store: Store) -> None:
    await file(store, "a", WAIVER)
    async with store.read() as tx:
        assert await tx.book.upcoming(date(2026, 7, 14), date(2026, 7, 14), 5, topics={"medtop:15000000"}) == []
        assert len(await tx.book.upcoming(date(2026, 7, 14), date(2026, 7, 14), 5, topics={"medtop:04000000"})) == 1
        assert await tx.book.upcoming(date(2026, 7, 15), date(2030, 1, 1), 5) == []


async def test_what_is_known_of_more_articles_than_go_into_one_statement_is_all_given(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [f"{number}" for number in range(5)]
    for number, key in enumerate(keys):
        await file(store, key, WAIVER.replace("Arvania", f"Place{number}land").replace("gas", f"good{number}"))
    async with store.read() as tx:
        at_once = await tx.book.notes(keys)
        monkeypatch.setattr("bot.store.book._CHUNK", 2)
        assert await tx.book.notes(keys) == at_once
    assert {key for key, _ in at_once} == set(keys)


async def test_every_query_of_the_book_is_a_search_of_an_index(store: Store) -> None:
    seen: dict[str, Any] = {}

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:  # noqa: FBT001  the event's signature
        seen.setdefault(statement, parameters[0] if many else parameters)

    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(1))
    event.listen(store._engine.sync_engine, "before_cursor_execute", note)
    await file(store, "a", WAIVER)
    await file(store, "b", LATER, MARCH + timedelta(days=10))
    (entry,) = await book(store)
    async with store.begin() as tx:
        await tx.book.notes(["a", "b"])
        await tx.reminders.follow(1, entry.id, MARCH, MARCH)
        await tx.reminders.everything(1, MARCH, MARCH, wanted=True)
        await tx.reminders.due(MARCH, 10)
        await tx.reminders.followed([1])
        await tx.reminders.told([(1, entry.id, 1)])
        await tx.reminders.looked({1: MARCH}, MARCH)
        await tx.reminders.unfollow(1, entry.id)
        await tx.articles.withdraw("a")
    async with store.read() as tx:
        for statement, parameters in list(seen.items()):
            if not statement.startswith(("SELECT", "UPDATE", "DELETE")):
                continue
            for step in await plan(tx.inbox._connection, statement, parameters):
                whole_index = "INDEX ix_deadline_entries_stale" in step  # it holds what is unsettled, and nothing else
                if not whole_index and step.startswith(("SCAN deadline", "SCAN reminder", "SORT")):
                    pytest.fail(f"{step}: {statement}")


def test_spans_are_those_of_the_text() -> None:
    (found,) = read_facts(WAIVER, split_sentences(WAIVER), MARCH.date()).deadlines
    assert WAIVER[slice(*found.span)] == "14 July"
    assert isinstance(found.span, Span)
