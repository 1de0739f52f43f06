from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from desk_samples import NOW, POLITICS, day, deadline, figure, filed
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import words_in
from bot.desk.edition import Edition, compose
from bot.desk.memory import DeadlineNote, Entry, FigureNote, Memory, Relation
from bot.desk.profile import Profile, Window
from bot.press.edition import lay_out
from bot.press.message import MAX_UNITS, units
from bot.press.why import render_why
from models.api import Span

ENGLISH = words_in("en")

TEXT = "About 2,500 soldiers are in the north. They leave by the end of the year."
FIRST, SECOND = Span(0, 38), Span(39, len(TEXT))


def edition() -> Edition:
    now, due = figure(sentence=FIRST), deadline(sentence=SECOND, span=Span(50, 60))
    article = filed(
        1,
        key="a",
        published=datetime(2021, 7, 25, 18, 30, tzinfo=UTC),
        summary=("The ministry said that the garrison shrinks.",),
        figures=(now,),
        deadlines=(due,),
    )
    before = Entry(
        article_key="b",
        story=9,
        figure=figure(value=Decimal(3000)),
        sentence="There were 3,000 soldiers in June.",
        outlet="The Ledger",
        link="https://t.me/l/4",
        published=NOW - timedelta(days=30),
        filed_at=NOW - timedelta(days=30),
    )
    memory = Memory(
        figures={("a", now.span): FigureNote(series=1, relation=Relation.CHANGE, before=before, first_told=NOW)},
        deadlines={("a", due.span): DeadlineNote(entry=1, moved_from=day(2021, 9, 30), first_told=NOW)},
    )
    profile = Profile(frozenset({POLITICS.code}), zone="Europe/Kyiv", follow=frozenset({"garrison", "soldier"}))
    window = Window(NOW - timedelta(days=1), NOW)
    return lay_out(compose(profile, window, [article], now=NOW, next_edition=None, memory=memory), ENGLISH)


def test_a_story_is_explained_by_its_sentence_source_time_and_reasons() -> None:
    message = render_why(edition(), 1, ENGLISH)
    assert message.text.splitlines() == [
        "Line 1 of the situation report",
        "Troops leave the north",
        "“The ministry said that the garrison shrinks.”",
        "Harbour Wire, Sunday 25 July 2021, 21:30 (Europe/Kyiv)",
        "",
        (
            "Chosen because it is new; one source reports it; one figure in it matters; you asked for politics; "
            "you follow “soldier”."
        ),
    ]
    assert [entity.url for entity in message.entities if entity.type == "text_link"] == ["https://t.me/harbourwire/1"]


def test_a_changed_figure_shows_both_sentences() -> None:
    text = render_why(edition(), 2, ENGLISH).text
    assert "“About 2,500 soldiers are in the north.”" in text
    assert (
        "Changed; told before: 3,000\n“There were 3,000 soldiers in June.”\nThe Ledger, Saturday 26 June 2021" in text
    )
    assert "Its story is line 1: Troops leave the north" in text


def test_a_moved_date_says_from_when() -> None:
    text = render_why(edition(), 3, ENGLISH).text
    assert "“They leave by the end of the year.”" in text
    assert "it was moved from 30 September 2021" in text


def test_a_number_that_no_line_has_is_answered_with_those_there_are() -> None:
    assert "from 1 to 3" in render_why(edition(), 4, ENGLISH).text
    assert "from 1 to 3" in render_why(edition(), 0, ENGLISH).text
    assert "nothing" in render_why(replace(edition(), sections=(), figures=(), deadlines=(), lines=()), 1, ENGLISH).text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=3000), st.integers(1, 3))
def test_any_line_is_explained_in_one_message(outlet: str, sentence: str, number: int) -> None:
    found = edition()
    lines = tuple(replace(line, outlet=outlet, sentence=sentence) for line in found.figures)
    message = render_why(replace(found, figures=lines), number, ENGLISH)
    assert 0 < units(message.text) <= MAX_UNITS
    for entity in message.entities:
        assert entity.slice(message.text).strip()
