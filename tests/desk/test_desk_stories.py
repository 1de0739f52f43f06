from datetime import timedelta

from desk_samples import NOW, reading, vector
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.stories import StoryCard, place
from models.api import Article

HEADLINE = "Dam gives way above Varda, dozens missing"


def card(story: int, *parts: float, headline: str = HEADLINE, hours: int = 1) -> StoryCard:
    return StoryCard(story, vector(*parts), NOW - timedelta(hours=hours), headline)


def placed(headline: str, parts: tuple[float, ...], *cards: StoryCard) -> int | None:
    article = Article(key="k", title=headline, text="x", published=NOW)
    return place(article, reading("k", headline, vector=vector(*parts) if parts else b""), cards)


def test_the_first_article_opens_a_story() -> None:
    assert placed(HEADLINE, (1,)) is None


def test_a_close_article_joins_the_closest_story() -> None:
    assert placed("Flood after dam failure", (1, 0.1), card(1, 1, 0.6), card(2, 1, 0.2), card(3, 0, 1)) == 2


def test_a_distant_article_opens_a_story() -> None:
    assert placed("Budget voted", (0, 1), card(1, 1)) is None


def test_a_story_that_has_been_silent_for_three_days_is_over() -> None:
    assert placed(HEADLINE, (1,), card(1, 1, hours=73)) is None
    assert placed(HEADLINE, (1,), card(1, 1, hours=71)) == 1


def test_a_repost_of_the_headline_joins_even_if_its_text_is_another() -> None:
    assert placed("BREAKING: Dam gives way above Varda, dozens missing", (1, 1.8), card(1, 1)) == 1
    assert placed("Dam gives way above Varda, dozens missing", (), card(1, 1)) == 1


def test_the_same_standing_headline_over_another_text_is_another_story() -> None:
    assert (
        placed(
            "What we know this morning about today's markets",
            (0, 1),
            card(1, 1, headline="What we know this morning about today's markets"),
        )
        is None
    )


def test_headlines_that_name_other_places_keep_stories_apart_unless_the_texts_agree() -> None:
    one, other = "Earthquake shakes Varda", "Earthquake shakes Lomnica"
    assert placed(one, (1, 1.2), card(1, 1, headline=other)) is None
    assert placed(one, (1, 0.1), card(1, 1, headline=other)) == 1


@given(st.permutations([card(1, 1), card(2, 1, 0.1), card(3, 1, 0.1), card(4, 0, 1), card(5, hours=2)]))
def test_the_order_of_the_cards_makes_no_difference(cards: list[StoryCard]) -> None:
    assert placed("Dam gives way", (1, 0.1), *cards) == 2
