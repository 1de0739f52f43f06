"""What an edition makes of what was told before: repeats, changes, conflicts, follow-ups, and the reader's own words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from desk_samples import CONFLICT, DISASTER, NOW, POLITICS, day, deadline, figure, filed
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.edition import Edition, News, compose
from bot.desk.filed import FiledArticle
from bot.desk.memory import DeadlineNote, Entry, FigureNote, Memory, Relation, Thread
from bot.desk.profile import Profile, Window
from bot.desk.wishes import _FEW, Wordbook
from models.api import NOT_NEWS, KeyFigure, Topic

WINDOW = Window(NOW - timedelta(days=1), NOW)
LONG_AGO = NOW - timedelta(days=9)
WITHIN = NOW - timedelta(hours=5)
TOLL = figure(label="soldiers killed at Varda", value=Decimal(120))


def made(articles: Sequence[FiledArticle], memory: Memory | None = None, **profile: Any) -> Edition:
    return compose(Profile(**profile), WINDOW, articles, now=NOW, next_edition=None, memory=memory)


def stories(found: Edition) -> list[int]:
    return [item.story for item in found.stories]


def entry(key: str, told: KeyFigure, outlet: str = "The Ledger", *, at: Any = LONG_AGO) -> Entry:
    return Entry(
        article_key=key,
        story=1,
        figure=told,
        sentence="It was said.",
        outlet=outlet,
        link=None,
        published=at,
        filed_at=at,
    )


def thread(story: int, follows: int | None = None, *, opened: Any = WITHIN, headline: str = "Dam gives way") -> Thread:
    return Thread(story=story, follows=follows, headline=headline, opened=opened, link="https://t.me/h/9")


def note(relation: Relation, **fields: Any) -> FigureNote:
    return FigureNote(series=1, relation=relation, **fields)


def test_a_figure_that_was_told_before_the_window_is_not_told_again() -> None:
    article = filed(1, key="a", figures=(TOLL,))
    old = Memory(figures={("a", TOLL.span): note(Relation.REPEAT, before=entry("b", TOLL), first_told=LONG_AGO)})
    new = Memory(figures={("a", TOLL.span): note(Relation.REPEAT, before=entry("b", TOLL), first_told=WITHIN)})
    assert made([article], old).figures == ()
    assert [line.figure for line in made([article], new).figures] == [TOLL]


def test_a_figure_that_changed_is_told_with_what_the_reader_knows() -> None:
    told, between, now = (figure(value=Decimal(value), label=TOLL.label) for value in (100, 120, 134))
    articles = [
        filed(1, key="b", figures=(between,), published=NOW - timedelta(hours=9)),
        filed(1, key="c", figures=(now,), outlet="B", published=NOW - timedelta(hours=2)),
    ]
    memory = Memory(
        figures={
            ("b", between.span): note(Relation.CHANGE, before=entry("a", told), first_told=WITHIN),
            ("c", now.span): note(Relation.CHANGE, before=entry("b", between, at=WITHIN), first_told=WITHIN),
        }
    )
    (line,) = made(articles, memory).figures
    assert line.figure == now
    assert line.before is not None
    assert line.before.figure == told


def test_a_change_that_was_taken_back_is_no_change_for_the_reader() -> None:
    told, back = (figure(value=Decimal(100), label=TOLL.label) for _ in range(2))
    between = figure(value=Decimal(120), label=TOLL.label)
    memory = Memory(
        figures={
            ("b", between.span): note(Relation.CHANGE, before=entry("a", told), first_told=WITHIN),
            ("c", back.span): note(Relation.CORRECTION, before=entry("b", between, at=WITHIN), first_told=WITHIN),
        }
    )
    (line,) = made([filed(1, key="c", figures=(back,))], memory).figures
    assert line.before is None


def test_a_conflict_names_the_other_sources_once_each_and_ranks_first() -> None:
    other = figure(value=Decimal(134), label=TOLL.label)
    sides = (entry("b", other), entry("c", other), entry("a", TOLL, "Harbour Wire"))
    weightier = figure(value=Decimal(7), label="ministers who resigned", importance=0.9)
    article = filed(1, key="a", figures=(weightier, figure(**{**fields(TOLL), "span": (9, 12)})))
    memory = Memory(figures={("a", (9, 12)): note(Relation.NEW, conflicts=sides[:2], first_told=WITHIN)})  # type: ignore[dict-item]  # a span is a tuple
    first, second = made([article], memory).figures
    assert [told.figure.value for told in first.conflicts] == [Decimal(134)]
    assert second.figure == weightier


def fields(one: KeyFigure) -> dict[str, Any]:
    return {name: getattr(one, name) for name in KeyFigure.__dataclass_fields__}


def test_of_a_series_the_newest_value_stands_not_a_later_repeat_of_the_old_one() -> None:
    old, new = TOLL, figure(value=Decimal(134), label=TOLL.label)
    articles = [
        filed(1, key="new", outlet="A", figures=(new,), published=NOW - timedelta(hours=4)),
        filed(1, key="late", outlet="B", figures=(old,), published=NOW - timedelta(hours=1)),
    ]
    memory = Memory(
        figures={
            ("new", new.span): note(Relation.CHANGE, before=entry("x", old), first_told=WITHIN),
            ("late", old.span): note(Relation.REPEAT, before=entry("x", old), first_told=WITHIN),
        }
    )
    assert [line.figure for line in made(articles, memory).figures] == [new]


REPORT = "A dam gave way above Varda on Sunday and flooded four villages, the civil defence said. Roads are closed."
REWORDED = "Four villages near Varda stand under water since the dam above them broke, civil defence said on Sunday."
NEWS = (
    "Prosecutors opened a criminal case against two engineers, who had signed the inspection in March, over negligence."
)


def test_reposts_of_what_was_told_are_left_out() -> None:
    earlier = filed(1, text=REPORT, published=LONG_AGO)
    memory = Memory(threads={1: thread(1, opened=LONG_AGO)}, earlier={1: (earlier,)})
    assert made([filed(1, text=REPORT, outlet="City Post")], memory).is_empty
    assert made([filed(1, text=f"{REPORT} Read more.", outlet=earlier.article.outlet)], memory).is_empty


def test_an_independent_source_confirms_and_new_facts_are_an_update() -> None:
    earlier = filed(1, "Dam gives way", text=REPORT, published=LONG_AGO)
    memory = Memory(threads={1: thread(1, opened=LONG_AGO)}, earlier={1: (earlier,)})
    (item,) = made([filed(1, "Dam gives way", text=REWORDED, outlet="B", summary=("It broke.",))], memory).stories
    assert (item.why.news, item.sentences) == (News.CONFIRMED, ())
    (item,) = made([filed(1, "Two charged", text=NEWS, outlet="B", summary=("A case was opened.",))], memory).stories
    assert (item.why.news, item.sentences) == (News.UPDATE, ("A case was opened.",))


def test_a_lesser_figure_makes_an_update_of_a_source_that_was_heard_before_alone() -> None:
    """Whoever tells the same in other words always has some detail that the first had not."""
    earlier = filed(1, text=REPORT, published=LONG_AGO)
    lesser = replace(TOLL, importance=0.4)
    memory = Memory(
        threads={1: thread(1, opened=LONG_AGO)},
        earlier={1: (earlier,)},
        figures={("a", lesser.span): note(Relation.NEW, first_told=WITHIN)},
    )
    (item,) = made([filed(1, key="a", text=REWORDED, outlet="B", figures=(lesser,))], memory).stories
    assert item.why.news is News.CONFIRMED
    own = filed(1, key="a", text=REPORT, outlet=earlier.article.outlet, figures=(lesser,))
    (item,) = made([own], memory).stories
    assert item.why.news is News.UPDATE


def test_a_story_whose_figure_changed_is_an_update_whatever_its_words() -> None:
    earlier = filed(1, text=REPORT, published=LONG_AGO)
    memory = Memory(
        threads={1: thread(1, opened=LONG_AGO)},
        earlier={1: (earlier,)},
        figures={("a", TOLL.span): note(Relation.CHANGE, before=entry("b", TOLL), first_told=WITHIN)},
    )
    (item,) = made([filed(1, key="a", text=REPORT, figures=(TOLL,))], memory).stories
    assert item.why.news is News.UPDATE


def test_follow_ups_stand_under_their_story_in_the_order_they_came() -> None:
    articles = [
        filed(3, "Minister resigns", published=NOW - timedelta(hours=1), topics=(POLITICS,)),
        filed(2, "Toll rises", published=NOW - timedelta(hours=2), topics=(DISASTER,)),
        filed(1, "Dam gives way", published=NOW - timedelta(hours=3), topics=(DISASTER,)),
    ]
    memory = Memory(threads={1: thread(1), 2: thread(2, 1), 3: thread(3, 2)})
    found = made(articles, memory, topics=frozenset({DISASTER.code}))
    ((item,),) = (section.items for section in found.sections)
    assert [one.headline for one in (item, *item.follow_ups)] == ["Dam gives way", "Toll rises", "Minister resigns"]
    assert [one.why.news for one in item.follow_ups] == [News.FOLLOW_UP, News.FOLLOW_UP]
    assert all(one.follows is None for one in found.stories)


def test_a_thread_has_one_highlight() -> None:
    others = [filed(number, f"Headline {number}", text=f"Event {number}.") for number in range(10, 16)]
    one, two = filed(1, "Dam gives way", figures=(TOLL,)), filed(2, "Toll rises", outlet="B", figures=(TOLL,))
    memory = Memory(threads={1: thread(1), 2: thread(2, 1)})
    found = made([one, two, *others], memory)
    assert len(found.highlights) == 3
    assert len({1, 2} & {highlight.story for highlight in found.highlights}) == 1


def test_a_follow_up_of_a_story_outside_the_window_says_what_it_follows() -> None:
    memory = Memory(threads={1: thread(1, opened=LONG_AGO), 2: thread(2, 1)})
    (item,) = made([filed(2, "Toll rises")], memory).stories
    assert item.follows is not None
    assert (item.follows.headline, item.follows.opened) == ("Dam gives way", LONG_AGO)


def test_a_muted_story_is_left_out_with_all_that_follows_it() -> None:
    memory = Memory(threads={1: thread(1, opened=LONG_AGO), 2: thread(2, 1), 3: thread(3, 2), 4: thread(4)})
    articles = [filed(2, "Toll rises"), filed(3, "Minister resigns"), filed(4, "Budget voted")]
    assert stories(made(articles, memory, muted_stories=frozenset({1}))) == [4]
    assert made(articles, memory, muted_stories=frozenset({1, 4})).is_empty


def test_what_a_reader_follows_is_wanted_whatever_its_topic_and_ranks_first() -> None:
    articles = [
        filed(1, "Drone strikes hit the port", topics=(CONFLICT,)),
        filed(2, "Parliament votes on grain", text="Grain tariffs fall.", topics=(POLITICS,), figures=(TOLL,)),
        filed(3, "Ferry sinks", text="A ferry sank.", topics=(DISASTER,)),
    ]
    found = made(articles, topics=frozenset({POLITICS.code}), follow=frozenset({"drone strike"}))
    assert stories(found) == [1, 2]
    first, second = found.stories
    assert (first.why.words, first.why.topics) == (("drone strike",), ())
    assert (second.why.words, second.why.topics) == ((), ("politics",))
    assert stories(made(articles, mute=frozenset({"FERRIES"}))) == [2, 1]


def test_a_reader_of_one_outlet_is_told_what_that_one_says() -> None:
    articles = [filed(1, outlet="Harbour Wire", text=REPORT), filed(1, "Dam breaks", outlet="B", text=REWORDED)]
    (item,) = made([*articles, filed(2, outlet="B", text=NEWS)], sources=frozenset({"harbour wire"})).stories
    assert [source.outlet for source in item.sources] == ["Harbour Wire"]
    assert item.why.sources == 1


@pytest.mark.parametrize(
    ("text", "independent", "repeats"),
    [
        (REPORT, 1, "Harbour Wire"),
        (f"City Post. {REPORT[:70]}", 1, "Harbour Wire"),
        (f"{REWORDED} The mayor was told in the night, Harbour Wire reported.", 1, "Harbour Wire"),
        (REWORDED, 2, None),
        (f"{REWORDED} Photo: Harbour Wire", 2, None),
    ],
)
def test_who_passes_on_anothers_report_is_no_second_source(text: str, independent: int, repeats: str | None) -> None:
    articles = [
        filed(1, text=REPORT, outlet="Harbour Wire", published=NOW - timedelta(hours=3)),
        filed(1, text=text, outlet="City Post", published=NOW - timedelta(hours=2)),
    ]
    (item,) = made(articles).stories
    assert item.why.sources == independent
    assert {source.outlet: source.repeats for source in item.sources}["City Post"] == repeats


def test_deadlines_that_were_told_come_again_only_when_near_or_moved() -> None:
    near, far, moved, new = (
        deadline(due=due, what=what, span=(at, at + 1))
        for at, (due, what) in enumerate(
            [
                (day(2021, 8, 10), "ballots are counted"),
                (day(2021, 12, 31), "troops leave"),
                (day(2022, 3, 31), "the bridge opens"),
                (day(2022, 5, 1), "the treaty ends"),
            ]
        )
    )
    memory = Memory(
        deadlines={
            ("a", near.span): DeadlineNote(entry=1, first_told=LONG_AGO),
            ("a", far.span): DeadlineNote(entry=2, first_told=LONG_AGO),
            ("a", moved.span): DeadlineNote(entry=3, moved_from=day(2022, 1, 15), first_told=WITHIN),
            ("a", new.span): DeadlineNote(entry=4, first_told=WITHIN),
        }
    )
    found = made([filed(1, key="a", deadlines=(near, far, moved, new))], memory).deadlines
    assert [(line.deadline, line.moved_from) for line in found] == [
        (near, None),
        (moved, day(2022, 1, 15)),
        (new, None),
    ]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("army", "Both armies withdrew"),
        ("ARMIES", "the army withdrew"),
        ("drone strike", "Drone strikes hit the port"),
        ("strike", "They are striking since May"),
        ("dams", "A dam gave way"),
        ("company", "Three companies bid"),
        ("straße", "In der STRASSE"),
        ("центральный банк", "Центральный Банк повысил ставку"),
        ("interest rate", "interest-rate decision"),
    ],
)
def test_words_are_found_in_any_inflection_and_case(phrase: str, text: str) -> None:
    assert Wordbook({1: [text]}).holding(phrase) == {1}


@pytest.mark.parametrize(
    ("phrase", "text"),
    [("drone strike", "strike on a drone plant"), ("port", "airport closed"), ("", "anything"), ("?!", "why?!")],
)
def test_words_are_not_found_where_they_are_not(phrase: str, text: str) -> None:
    assert Wordbook({1: [text]}).holding(phrase) == frozenset()


def test_what_is_no_news_is_told_to_those_alone_who_follow_a_word_in_it() -> None:
    idle = filed(
        1, "Good morning", text="A new month begins.", topics=(Topic(code=NOT_NEWS, name="not news", confidence=1),)
    )
    assert made([idle]).is_empty
    assert stories(made([idle], follow=frozenset({"month"}))) == [1]


WORDS = ["Families", "family", "armies", "Strikes", "striking", "o’neill", "O'Neill’s", "ΣΊΣΥΦΟΣ", "σίσυφος", "İstanbul", "ꭰꭱ", "Straße",
    "STRASSE", "中文", "grain", "grains’", "is", "ties", "y", "1,500", "red", "seas"]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=6), max_size=4), st.data())
def test_few_phrases_and_many_find_the_same_texts(texts: list[list[str]], data: st.DataObject) -> None:
    held = {number: [" ".join(text), "grain talks"] for number, text in enumerate(texts)}
    phrase = data.draw(
        st.sampled_from(WORDS) | st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join) | st.text(max_size=6)
    )
    asked_often = Wordbook(held)
    for number in range(_FEW + 1):
        asked_often.holding(f"unheard{number}")
    assert Wordbook(held).holding(phrase) == asked_often.holding(phrase)
