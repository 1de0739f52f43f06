from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from desk_samples import NOW, figure, reading, vector
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.outline import dump_outline, outline
from bot.desk.shelf import Shelf, StoryCard
from bot.desk.stories import Placement, is_routine, place
from models.api import Article, Change, FigureKind, Reading, Trend
from models.imprint import load_imprinter

HEADLINE = "Dam gives way above Varda, dozens missing"
NEW = Placement()


def card(story: int, *parts: float, headline: str = HEADLINE, hours: float = 1, **fields: Any) -> StoryCard:
    return StoryCard(story, vector(*parts), NOW - timedelta(hours=hours), headline, **fields)


def placed(headline: str, parts: tuple[float, ...], *cards: StoryCard, current: int | None = None) -> Placement:
    article = Article(key="k", title=headline, text="x", published=NOW)
    return place(article, reading("k", headline, vector=vector(*parts) if parts else b""), Shelf(cards), current)


def test_the_first_article_opens_a_story() -> None:
    assert placed(HEADLINE, (1,)) == NEW


def test_a_close_article_joins_the_closest_story() -> None:
    cards = card(1, 1, 0.6), card(2, 1, 0.2), card(3, 0, 1)
    assert placed("Flood after dam failure", (1, 0.1), *cards) == Placement(story=2)


def test_a_distant_article_opens_a_story() -> None:
    assert placed("Budget voted", (0, 1), card(1, 1)) == NEW


def test_after_three_silent_days_a_story_can_only_be_followed_and_after_three_weeks_not_at_all() -> None:
    assert placed(HEADLINE, (1,), card(1, 1, hours=71)) == Placement(story=1)
    assert placed(HEADLINE, (1,), card(1, 1, hours=73)) == Placement(follows=1)
    assert placed(HEADLINE, (1,), card(1, 1, hours=22 * 24)) == NEW


def test_a_repost_of_the_headline_joins_even_if_its_text_is_another() -> None:
    assert placed("BREAKING: Dam gives way above Varda, dozens missing", (1, 1.8), card(1, 1)).story == 1
    assert placed("Dam gives way above Varda, dozens missing", (), card(1, 1)).story == 1


def test_the_same_standing_headline_over_another_text_is_another_story() -> None:
    standing = "What we know this morning about today's markets"
    assert placed(standing, (0, 1), card(1, 1, headline=standing)) == NEW


def test_a_headline_that_comes_by_the_clock_is_no_development_of_yesterdays() -> None:
    bulletin = "Market report: shares close higher in Varda"
    assert placed(bulletin, (1, 0.1), card(1, 1, headline=bulletin, hours=24)) == NEW
    assert placed("Flood after dam failure", (1, 0.1), card(1, 1, hours=34)) == Placement(follows=1)


@pytest.mark.parametrize(
    ("headline", "routine"),
    [
        ("Weather tomorrow: rain in the uplands", True),
        ("Morning briefing", True),
        ("Markets: shares fall", True),
        ("The week ahead", True),
        ("Good morning! What are you reading?", True),
        ("Morning raid kills four in Varda", False),
        ("Four killed in morning raid on Varda", False),
        ("Storm closes airport of Varda", False),
        ("Report finds dam was never inspected", False),
    ],
)
def test_headlines_by_the_clock_are_known(headline: str, *, routine: bool) -> None:
    assert is_routine(headline) is routine


def test_headlines_that_name_other_places_keep_stories_apart_unless_the_texts_agree() -> None:
    one, other = "Earthquake shakes Varda", "Earthquake shakes Lomnica"
    assert placed(one, (1, 1.2), card(1, 1, headline=other)) == NEW
    assert placed(one, (1, 0.1), card(1, 1, headline=other)).story == 1


def test_an_edited_article_stays_where_it_is_likely_and_never_follows_itself() -> None:
    cards = card(1, 1, 0.5), card(2, 1, 0.1)
    assert placed("Flood after dam failure", (1, 0.1), *cards, current=1) == Placement(story=1)
    assert placed("Budget voted", (0, 0, 1), *cards, current=1) == NEW
    assert placed(HEADLINE, (1,), card(1, 1, hours=80), current=1) == Placement(story=1)


@given(st.permutations([card(1, 1), card(2, 1, 0.1), card(3, 1, 0.1), card(4, 0, 1), card(5, hours=2)]))
def test_the_order_of_the_cards_makes_no_difference(cards: list[StoryCard]) -> None:
    assert placed("Dam gives way", (1, 0.1), *cards) == Placement(story=2)


# Developments: an event that has been told, told on.

TOLD = (
    "A dam above Varda gave way on Sunday. Some 300 homes of the Lenn valley were flooded, Governor Ines Calder said."
)


def toll(value: int, **fields: Any) -> Any:
    return figure(kind=FigureKind.CASUALTIES, unit="killed", value=Decimal(value), label="people killed", **fields)


def post(
    headline: str, text: str, hours: float, *figures: Any, outlet: str = "Harbour Wire"
) -> tuple[Article, Reading]:
    article = Article(key=f"{hours}", title=headline, text=text, published=NOW + timedelta(hours=hours), outlet=outlet)
    imprint = load_imprinter().imprint(f"{headline}\n{text}")
    return article, reading("k", headline, vector=vector(1, 0.1), imprint=imprint, figures=figures)


def told(story: int, article: Article, read: Reading, follows: int | None = None) -> StoryCard:
    return StoryCard(
        story,
        read.vector,
        article.published,
        read.headline,
        imprint=read.imprint,
        follows=follows,
        told=dump_outline(outline(article, read)),
    )


FIRST = told(1, *post("Dam breaks above Varda, 12 dead", TOLD, 0, toll(12)))


def follow(*posted: Any, cards: tuple[StoryCard, ...] = (FIRST,)) -> Placement:
    article, read = posted
    return place(article, read, Shelf(cards))


def test_the_event_in_other_words_by_another_outlet_is_the_same_story() -> None:
    again = post("Twelve killed as Varda dam bursts", TOLD, 3, toll(12), outlet="Upland Post")
    assert follow(*again) == Placement(story=1)


def test_two_disasters_told_in_the_same_words_are_two_stories_even_where_nothing_else_is_filed_yet() -> None:
    def report(event: str, place: str, council: str, person: str, toll: int) -> tuple[Article, Reading]:
        text = (
            f"{toll} people were killed by the {event} in {place}, the {council} Council said. {person} asked for help."
        )
        return post(f"Toll of {event} in {place} at {toll}, {council} Council says", text, 0)

    flood = told(1, *report("flood", "Duzoson", "Vabumat", "Gedorop Vunepug", 159))
    for other in (
        report("collapse", "Lesanut", "Zufudup", "Mozasaf Daganos", 604),
        report("collision", "Safusot", "Sepepep", "Redepet Gevebok", 2787),
    ):
        assert follow(*other, cards=(flood,)) == Placement()


def test_two_counts_at_the_same_time_are_one_story_and_a_later_higher_one_is_a_development() -> None:
    for hours, expected in ((1.0, Placement(story=1)), (5.0, Placement(follows=1))):
        assert follow(*post("Varda dam: 14 dead", TOLD, hours, toll(14), outlet="Upland Post")) == expected


def test_a_lower_count_is_told_beside_the_higher_one() -> None:
    assert follow(*post("Varda dam: nine dead", TOLD, 5, toll(9), outlet="Upland Post")).story == 1


def test_a_figure_that_moved_from_what_was_told_is_a_development() -> None:
    homes = figure(kind=FigureKind.COUNT, unit="home", value=Decimal(300), label="homes flooded")
    before = told(1, *post("Dam breaks above Varda", TOLD, 0, homes))
    fewer = replace(homes, value=Decimal(120), change=Change(trend=Trend.DOWN, origin=Decimal(300)))
    later = post("Varda dam: 120 homes under water", TOLD, 4, fewer)
    assert follow(*later, cards=(before,)) == Placement(follows=1)
    repeated = told(1, *post("Varda dam: 120 homes under water", TOLD, 4, fewer, homes))
    assert follow(*later, cards=(repeated,)) == Placement(story=1)


def test_a_next_stage_is_a_development_after_some_hours_and_sooner_for_the_outlet_that_told_the_first() -> None:
    held = "Engineer arrested over Varda dam"
    assert follow(*post(held, TOLD, 5)).follows == 1
    assert follow(*post(held, TOLD, 5, outlet="Upland Post")).story == 1
    assert follow(*post(held, TOLD, 12, outlet="Upland Post")).follows == 1


def test_a_thread_is_followed_from_its_newest_story() -> None:
    second = told(2, *post("Varda dam: 14 dead", TOLD, 5, toll(14)), follows=1)
    third = post("Varda dam: 17 dead", TOLD, 9, toll(17))
    assert follow(*third, cards=(FIRST, second)) == Placement(follows=2)
    late = post("Fourteen dead after Varda dam burst", TOLD, 9, toll(14), outlet="Upland Post")
    assert follow(*late, cards=(FIRST, second)) == Placement(story=2)


def test_an_article_from_before_a_story_does_not_follow_it() -> None:
    assert follow(*post("Varda dam at risk, engineers warn", TOLD, -80)) == NEW


def of_harbour_wire(story: int, *parts: float, hours: float = 1) -> StoryCard:
    told = outline(Article(key="a", title=None, text="x", published=NOW, outlet="Harbour Wire"), reading("a", HEADLINE))
    return card(story, *parts, hours=hours, told=dump_outline(told))


def added(parts: tuple[float, ...], *cards: StoryCard, adds_to: int | None = None, **fields: Any) -> Placement:
    article = Article(key="k", title=None, text="x", published=NOW, outlet="Harbour Wire", **fields)
    return place(
        article, reading("k", "Divers begin their search", vector=vector(*parts)), Shelf(cards), adds_to=adds_to
    )


def test_what_answers_an_article_is_of_its_story_however_late_and_new_it_is() -> None:
    assert added((1, 1), of_harbour_wire(1, 1, hours=40)) == Placement(follows=1)
    assert added((1, 1), of_harbour_wire(1, 1, hours=40), adds_to=1) == Placement(story=1)
    assert added((1, 4), of_harbour_wire(1, 1), of_harbour_wire(2, 0, 1), adds_to=1) == Placement(story=1)


def test_what_answers_an_article_of_another_matter_or_of_long_ago_is_placed_by_what_it_says() -> None:
    assert added((0, 1), of_harbour_wire(1, 1), adds_to=1) == NEW
    assert added((1, 1), of_harbour_wire(1, 1, hours=73), adds_to=1) == Placement(follows=1)
    assert added((1, 1), adds_to=4711) == NEW


def test_an_update_that_points_to_nothing_joins_the_likeliest_story_its_outlet_told_within_a_day() -> None:
    near, likely = (0.57, 0.82), of_harbour_wire(1, 1, hours=5)
    assert added(near, likely).story is None
    assert added(near, likely, of_harbour_wire(2, 0, 0, 1), continues=True) == Placement(story=1)
    assert added(near, of_harbour_wire(1, 1, hours=25), continues=True).story is None
    assert added(near, card(1, 1, hours=5), continues=True).story is None
    assert added((0.2, 1), likely, continues=True) == NEW
