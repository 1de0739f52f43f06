"""Figures of posts become series: the real finders, the real desk, a real store."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.memory import FigureNote, Relation
from bot.desk.subjects import terms_asked
from bot.newsroom.ledger import enter_figures
from bot.store import Store
from models.api import Article, KeyFigure, Reading, Summary
from models.facts import read_facts
from models.sentences import split_sentences

DAWN = datetime(2026, 3, 3, 6, tzinfo=UTC)

FIRST = "An earthquake in Halmera killed 112 people, the Interior Ministry said."
RISEN = "The death toll from the earthquake in Halmera has risen to 148, the Interior Ministry said."
DISPUTE = "The earthquake in Halmera killed 64 people, the provincial governor said."
TROOPS = "The United States has about 2,500 troops in Iraq, the Pentagon said."


def read(article: Article) -> Reading:
    sentences = split_sentences(article.text)
    facts = read_facts(article.text, sentences, article.reference)
    return Reading(
        key=article.key,
        language="en",
        headline=article.text[:40],
        sentences=tuple(sentences),
        summary=Summary(),
        topics=(),
        figures=tuple(facts.figures),
        deadlines=(),
        vector=b"",
        model="test",
    )


async def post(
    store: Store, key: str, text: str, *, hours: float = 0, outlet: str = "Harbour Wire", story: int | None = None
) -> int:
    """Have a post read, or read again, and its figures entered; returns its story."""
    published = DAWN if hours == 0 else DAWN + timedelta(hours=hours)
    article = Article(key=key, title=None, text=text, published=published, outlet=outlet, link=f"https://t.me/{key}/1")
    async with store.begin() as tx:
        known = await tx.articles.get(key)
        await tx.articles.queue(article, published, published)
        revision = 1 if known is None else 2
        reading = read(article)
        placed = await tx.articles.store_reading(key, revision, reading, story, published)
        assert placed is not None
        await enter_figures(tx, article, reading, placed, published)
    return placed


async def notes(store: Store, *keys: str) -> dict[str, FigureNote]:
    """The note on the one figure of each article."""
    async with store.read() as tx:
        found = await tx.ledger.notes(keys)
    assert len(found) == len(keys)
    return {key: note for (key, _), note in found.items()}


def value(figure: KeyFigure) -> Decimal:
    assert isinstance(figure.value, Decimal)
    return figure.value


async def test_a_toll_is_followed_from_post_to_post(store: Store) -> None:
    story = await post(store, "a", FIRST)
    await post(store, "b", FIRST, hours=1, outlet="Northgate Post", story=story)
    await post(store, "c", RISEN, hours=5, story=story)
    found = await notes(store, "a", "b", "c")
    assert [found[key].relation for key in "abc"] == [Relation.NEW, Relation.REPEAT, Relation.CHANGE]
    assert len({note.series for note in found.values()}) == 1
    assert found["b"].first_told == DAWN
    before = found["c"].before
    assert before is not None
    assert (value(before.figure), before.outlet, before.link) == (Decimal(112), "Northgate Post", "https://t.me/b/1")
    async with store.read() as tx:
        series = await tx.ledger.series(found["a"].series)
    assert series is not None
    assert [value(entry.figure) for entry in series.entries] == [112, 112, 148]
    assert series.entries[0].sentence == FIRST


async def test_a_toll_is_followed_into_the_story_that_goes_on(store: Store) -> None:
    story = await post(store, "a", FIRST)
    async with store.begin() as tx:
        published = DAWN + timedelta(days=4)
        article = Article(key="b", title=None, text="The toll has risen to 148 dead.", published=published)
        await tx.articles.queue(article, published, published)
        reading = read(article)
        later = await tx.articles.store_reading("b", 1, reading, None, published, follows=story)
        assert later is not None
        assert later != story
        await enter_figures(tx, article, reading, later, published)
    found = await notes(store, "a", "b")
    assert found["b"].series == found["a"].series
    assert found["b"].relation is Relation.CHANGE


async def test_sources_that_disagree_are_noted_on_both_sides(store: Store) -> None:
    story = await post(store, "a", FIRST)
    await post(store, "b", DISPUTE, hours=0.5, outlet="Northgate Post", story=story)
    found = await notes(store, "a", "b")
    assert [other.outlet for other in found["a"].conflicts] == ["Northgate Post"]
    assert [value(other.figure) for other in found["b"].conflicts] == [Decimal(112)]


async def test_an_edit_that_changes_a_number_is_a_correction(store: Store) -> None:
    story = await post(store, "a", FIRST)
    await post(store, "a", FIRST.replace("112", "102"), story=story)
    (note,) = (await notes(store, "a")).values()
    assert note.relation is Relation.CORRECTION
    assert note.before is not None
    assert note.before.retracted
    assert value(note.before.figure) == Decimal(112)
    async with store.read() as tx:
        series = await tx.ledger.series(note.series)
    assert series is not None
    assert [value(entry.figure) for entry in series.entries] == [Decimal(102)]


async def test_an_edit_that_leaves_a_number_alone_leaves_its_place(store: Store) -> None:
    story = await post(store, "a", FIRST)
    await post(store, "b", RISEN, hours=4, story=story)
    before = await notes(store, "a", "b")
    await post(store, "b", f"More bodies were found. {RISEN}", hours=4, story=story)
    after = await notes(store, "a", "b")
    assert (after["b"].relation, after["b"].series, after["b"].first_told) == (
        Relation.CHANGE,
        before["b"].series,
        before["b"].first_told,
    )


async def test_an_edit_that_is_undone_is_forgotten(store: Store) -> None:
    await post(store, "a", FIRST)
    await post(store, "a", "An earthquake was felt in Halmera.")
    async with store.read() as tx:
        assert await tx.ledger.notes(["a"]) == {}
        assert await tx.ledger.find("halmera", 5) == []
    async with store.begin() as tx:
        article = Article(key="a", title=None, text=FIRST, published=DAWN, outlet="Harbour Wire")
        await tx.articles.queue(article, DAWN, DAWN)
        story = await tx.articles.store_reading("a", 3, read(article), None, DAWN)
        assert story is not None
        await enter_figures(tx, article, read(article), story, DAWN)
    assert (await notes(store, "a"))["a"].relation is Relation.NEW


async def test_what_is_withdrawn_leaves_its_series(store: Store) -> None:
    story = await post(store, "a", FIRST)
    await post(store, "b", RISEN, hours=4, story=story)
    async with store.begin() as tx:
        await tx.articles.withdraw("a")
    (note,) = (await notes(store, "b")).values()
    assert note.before is None
    async with store.begin() as tx:
        await tx.articles.withdraw("b")
        assert await tx.ledger.series(note.series) is None
        assert await tx.ledger.find("halmera earthquake", 5) == []


async def test_series_are_found_by_words_the_best_match_first(store: Store) -> None:
    await post(store, "a", TROOPS)
    await post(store, "b", TROOPS.replace("2,500", "2,000"), hours=2000)
    await post(store, "c", TROOPS.replace("Iraq", "Syria"), hours=2)
    await post(store, "d", FIRST, hours=3)
    async with store.read() as tx:
        found = await tx.ledger.find("us troops iraq", 5)
        assert [len(series.entries) for series in found] == [2, 1]
        assert "Iraq" in found[0].label
        assert [value(entry.figure) for entry in found[0].entries] == [2500, 2000]
        assert (await tx.ledger.find("Halmera quake", 5))[0].kind == "casualties"
        assert await tx.ledger.find("chess", 5) == []
        assert await tx.ledger.find("?", 5) == []


async def test_bare_tolls_of_unrelated_stories_stay_apart(store: Store) -> None:
    for number in range(3):
        await post(store, f"p{number}", f"Gunmen killed {number + 11} people, police said.", hours=number)
    found = await notes(store, "p0", "p1", "p2")
    assert len({note.series for note in found.values()}) == 3


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)])
async def test_posts_that_come_late_join_the_series_they_belong_to(store: Store, order: tuple[int, ...]) -> None:
    texts = [FIRST, RISEN, RISEN.replace("148", "171")]
    story = await post(store, f"p{order[0]}", texts[order[0]], hours=8 * order[0] + 1)
    for number in order[1:]:
        await post(store, f"p{number}", texts[number], hours=8 * number + 1, story=story)
    found = await notes(store, "p0", "p1", "p2")
    assert len({note.series for note in found.values()}) == 1
    async with store.read() as tx:
        series = await tx.ledger.series(found["p0"].series)
    assert series is not None
    assert [value(entry.figure) for entry in series.entries] == [112, 148, 171]


@given(st.text(max_size=60))
@settings(max_examples=50)
def test_whatever_is_asked_for_makes_terms_or_none(words: str) -> None:
    assert all(term and "+" not in term for term in terms_asked(words))
