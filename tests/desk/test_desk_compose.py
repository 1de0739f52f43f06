from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from desk_samples import CONFLICT, DISASTER, NOW, POLITICS, day, deadline, figure, filed, month
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.desk.box import MAX_DEADLINES, MAX_FIGURES
from bot.desk.compose import MAX_STORIES
from bot.desk.edition import Edition, compose
from bot.desk.filed import FiledArticle
from bot.desk.profile import Profile, Window
from models.api import Bond, Change, FigureKind, LinkedPage, Qualifier, Range, Span, Status, Trend

WINDOW = Window(NOW - timedelta(days=1), NOW)
OTHER_WORDS = "The garrison shrinks, a spokeswoman told reporters."


def edition(
    articles: Sequence[FiledArticle], *, topics: frozenset[str] = frozenset(), zone: str = "UTC", **options: Any
) -> Edition:
    return compose(Profile(topics, zone), WINDOW, articles, **{"now": NOW, "next_edition": None, **options})


def stories(found: Edition) -> list[int]:
    return [item.story for item in found.stories]


def test_nothing_filed_is_an_empty_edition() -> None:
    assert edition([]).is_empty


def test_a_story_of_two_outlets_stands_once_with_both_sources() -> None:
    found = edition(
        [
            filed(1, outlet="Harbour Wire", link="https://t.me/h/1"),
            filed(1, outlet="Harbour Wire", link="https://t.me/h/2", published=NOW - timedelta(hours=1)),
            filed(1, outlet="The Ledger", link="https://t.me/l/1", text=OTHER_WORDS),
        ]
    )
    (section,) = found.sections
    (item,) = section.items
    assert [(source.outlet, source.link) for source in item.sources] == [
        ("Harbour Wire", "https://t.me/h/1"),
        ("The Ledger", "https://t.me/l/1"),
    ]


def test_an_article_matches_by_any_of_its_topics_and_is_filed_under_the_first_that_was_asked_for() -> None:
    both = filed(1, topics=(POLITICS, CONFLICT))
    found = edition([both, filed(2, topics=(DISASTER,)), filed(3, topics=())], topics=frozenset({CONFLICT.code}))
    assert stories(found) == [1]
    assert found.sections[0].topic_code == CONFLICT.code
    assert found.sections[0].items[0].also == ("politics",)


def test_without_a_choice_of_topics_everything_is_shown_and_unfiled_stories_come_last() -> None:
    found = edition([filed(1, topics=()), filed(2, topics=(POLITICS,))])
    assert [section.topic_name for section in found.sections] == ["politics", "other news"]


def test_more_sources_rank_higher_then_weightier_figures_then_later_news() -> None:
    found = edition(
        [
            filed(1, published=NOW - timedelta(hours=9)),
            filed(2, published=NOW - timedelta(hours=1)),
            filed(3, figures=(figure(),), published=NOW - timedelta(hours=9)),
            filed(4, outlet="A"),
            filed(4, outlet="B", text=OTHER_WORDS),
        ]
    )
    assert stories(found) == [4, 3, 2, 1]


def test_the_summary_has_sentences_that_say_more_than_the_headline() -> None:
    one = filed(
        1,
        "Dam gives way above Varda",
        summary=("A dam gave way above Varda.", "Two died.", "The mayor wept.", "It rained."),
    )
    assert edition([one]).sections[0].items[0].summary == "A dam gave way above Varda. Two died. The mayor wept."
    two = filed(1, "Dam gives way above Varda", summary=("Dam gives way above Varda.", "Two died."))
    assert edition([two]).sections[0].items[0].summary == "Two died."


def test_a_figure_told_twice_stands_once() -> None:
    one = filed(
        1, figures=(figure(qualifier=Qualifier.ABOUT, importance=0.9), figure(label="in the north", importance=0.3))
    )
    two = filed(1, outlet="B", figures=(figure(label="troops still in the northern region"),))
    three = filed(2, outlet="C", figures=(figure(label="soldiers in the northern garrison"),))
    four = filed(3, outlet="D", figures=(figure(label="rail workers on strike"),))
    assert [line.figure.label for line in edition([one, two, three, four]).figures] == [
        "soldiers in the north",
        "rail workers on strike",
    ]


def test_the_former_value_of_a_change_is_no_figure_of_its_own() -> None:
    now = figure(change=Change(trend=Trend.DOWN, origin=Decimal(3000)))
    former = figure(value=Decimal(3000), status=Status.FORMER, importance=0.9)
    assert [line.figure for line in edition([filed(1, figures=(former, now))]).figures] == [now]


def test_figures_carry_their_sentence_and_source() -> None:
    (line,) = edition([filed(1, figures=(figure(),))]).figures
    assert line.sentence == "About 2,500 soldiers"
    assert (line.outlet, line.link) == ("Harbour Wire", "https://t.me/harbourwire/1")


def test_a_figure_from_a_linked_page_carries_the_page_as_its_source() -> None:
    own = filed(1, figures=(figure(), figure(value=Decimal(9), span=Span(50, 51), sentence=Span(45, 60))))
    page = LinkedPage(address="https://ledger.example/north", outlet="The Ledger", start=40)
    lines = edition([replace(own, article=replace(own.article, page=page))]).figures
    assert {(line.outlet, line.link) for line in lines} == {
        ("Harbour Wire", "https://t.me/harbourwire/1"),
        ("The Ledger", "https://ledger.example/north"),
    }


def test_background_figures_are_left_out_and_one_story_does_not_fill_the_box() -> None:
    many = tuple(figure(value=Decimal(n), label=f"thing {n}", importance=0.9) for n in range(10))
    others = [
        filed(n, outlet=str(n), figures=(figure(value=Decimal(100 + n), label=f"matter {n}", importance=0.5),))
        for n in (2, 3, 4)
    ]
    found = edition([filed(1, figures=(*many, figure(importance=0.1))), *others])
    assert len(found.figures) == MAX_FIGURES
    assert {line.story for line in found.figures} == {1, 2, 3, 4}


def test_deadlines_to_come_are_listed_by_date_and_passed_ones_are_not() -> None:
    article = filed(
        1,
        deadlines=(
            deadline(),
            deadline(due=day(2021, 7, 25), what="ballots are counted"),
            deadline(due=day(2021, 7, 26), what="parliament votes"),
            deadline(due=month(2021, 10), bond=Bond.EVENT, qualifier="in", what="election"),
            deadline(due=month(2021, 7), what="report on the dam is due"),
        ),
    )
    found = edition([article])
    assert [line.deadline.what for line in found.deadlines] == [
        "parliament votes",
        "report on the dam is due",
        "election",
        "combat troops leave the north",
    ]


def test_a_deadline_has_passed_by_the_readers_own_calendar() -> None:
    article = filed(1, deadlines=(deadline(due=day(2021, 7, 25)),))
    assert edition([article], zone="Europe/Kyiv").deadlines == ()
    assert len(edition([article], zone="America/Los_Angeles").deadlines) == 1
    assert edition([article], zone="Nowhere/Land").deadlines == ()


def test_an_old_article_posted_late_keeps_the_deadlines_of_its_own_day_after_those_to_come() -> None:
    late = NOW + timedelta(days=2000)
    old = filed(1, deadlines=(deadline(), deadline(due=day(2021, 7, 1), what="ballots are counted")))
    new = filed(2, published=late, deadlines=(deadline(due=day(2030, 1, 1), what="the bridge opens"),))
    found = compose(Profile(), Window(late, late), [old, new], now=late, next_edition=None)
    assert [line.deadline.what for line in found.deadlines] == ["the bridge opens", "combat troops leave the north"]


def test_two_parties_with_one_due_day_are_two_deadlines() -> None:
    article = filed(
        1,
        deadlines=(
            deadline(who="the army", what="troops leave"),
            deadline(who="the ministry", what="reports to parliament"),
            deadline(what="withdrawal ends"),
        ),
    )
    assert [line.deadline.who for line in edition([article]).deadlines] == ["the army", "the ministry"]


def test_highlights_only_where_there_are_enough_stories() -> None:
    assert edition([filed(n, f"Headline {n}") for n in range(5)]).highlights == ()
    assert len(edition([filed(n, f"Headline {n}") for n in range(6)]).highlights) == 3
    assert len(edition([filed(n, f"Headline {n}") for n in range(30)]).highlights) == 5


def test_an_edition_survives_json() -> None:
    adapter = TypeAdapter(Edition)
    value = figure(kind=FigureKind.CASUALTIES, unit="killed", value=Range(low=Decimal(12), high=Decimal(120)))
    found = edition(
        [filed(1, figures=(value,), deadlines=(deadline(),), summary=("It happened.",))],
        next_edition=NOW,
        uncertain=True,
    )
    assert adapter.validate_json(adapter.dump_json(found)) == found


FIGURES = st.builds(
    figure,
    value=st.integers(1, 4).map(Decimal),
    label=st.sampled_from(["soldiers in the north", "people killed", "", "aid for Varda"]),
    importance=st.sampled_from([0.1, 0.3, 0.9]),
    kind=st.sampled_from([FigureKind.TROOPS, FigureKind.COUNT]),
)
DEADLINES = st.builds(
    deadline,
    due=st.integers(1, 31).map(lambda number: day(2021, 8, number)),
    what=st.sampled_from(["troops leave", "vote on the budget", "trial of the mayor"]),
    who=st.sampled_from([None, "the army", "parliament"]),
)
FILED = st.builds(
    filed,
    story=st.integers(1, 60),
    headline=st.sampled_from(["Dam gives way", "Troops leave the north", "Budget voted"]),
    outlet=st.sampled_from(["", "A", "B", "C"]),
    published=st.integers(0, 20).map(lambda hours: NOW - timedelta(hours=hours)),
    topics=st.lists(st.sampled_from([POLITICS, CONFLICT, DISASTER]), unique=True, max_size=3).map(tuple),
    figures=st.lists(FIGURES, max_size=4).map(tuple),
    deadlines=st.lists(DEADLINES, max_size=4).map(tuple),
    summary=st.lists(st.sampled_from(["It happened in Varda.", "Two died."]), max_size=3).map(tuple),
)


def named(articles: list[FiledArticle]) -> list[FiledArticle]:
    from dataclasses import replace

    return [
        replace(one, article=replace(one.article, key=str(number)), reading=replace(one.reading, key=str(number)))
        for number, one in enumerate(articles)
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(FILED, max_size=70).map(named),
    st.randoms(use_true_random=False),
    st.frozensets(st.sampled_from([POLITICS.code, CONFLICT.code])),
)
def test_any_edition_repeats_nothing_keeps_its_limits_and_does_not_depend_on_the_order(
    articles: list[FiledArticle], random: Any, topics: frozenset[str]
) -> None:
    found = edition(articles, topics=topics)
    shown = stories(found)
    assert len(shown) == len(set(shown)) <= MAX_STORIES
    wanted = {one.story for one in articles if not topics or any(topic.code in topics for topic in one.reading.topics)}
    assert len(shown) + found.omitted == len(wanted)
    assert set(shown) <= wanted
    assert len(found.figures) <= MAX_FIGURES
    assert len(found.deadlines) <= MAX_DEADLINES
    assert len({section.topic_code for section in found.sections}) == len(found.sections)
    for section in found.sections:
        for item in section.items:
            outlets = [source.outlet for source in item.sources if source.outlet]
            assert len(outlets) == len(set(outlets))
    random.shuffle(articles)
    assert edition(articles, topics=topics) == found


def test_a_count_of_nobody_knows_what_is_no_key_figure() -> None:
    nameless = figure(kind=FigureKind.COUNT, unit=None, label=" ", value=Decimal(1))
    made = compose(
        Profile(),
        Window(NOW - timedelta(days=1), NOW),
        [filed(1, figures=(nameless, figure()))],
        now=NOW,
        next_edition=None,
    )
    assert [line.figure.label for line in made.figures] == ["soldiers in the north"]
