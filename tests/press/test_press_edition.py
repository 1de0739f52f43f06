from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from desk_samples import CONFLICT, DISASTER, NOW, POLITICS, deadline, figure, filed, month
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.edition import Edition, compose
from bot.desk.filed import FiledArticle
from bot.desk.profile import Profile, Window
from bot.press.edition import render_edition
from bot.press.message import MAX_ENTITIES, MAX_UNITS, Message, units
from bot.press.reading import render_reading
from bot.press.times import zone_label
from models.api import Qualifier, Span

WINDOW = Window(NOW - timedelta(days=1), NOW)
SENTENCE = "About 2,500 soldiers are in the north."


def edition(*articles: FiledArticle, **options: Any) -> Edition:
    return compose(
        Profile(zone="Europe/Kyiv"),
        WINDOW,
        articles,
        **{"now": NOW, "next_edition": NOW + timedelta(days=1), **options},
    )


def texts(messages: list[Message]) -> str:
    return "\n\n".join(message.text for message in messages)


def linked(messages: list[Message]) -> list[tuple[str, str | None]]:
    return [
        (entity.slice(message.text), entity.url)
        for message in messages
        for entity in message.entities
        if entity.type == "text_link"
    ]


def story(number: int = 1, **fields: Any) -> FiledArticle:
    return filed(
        number,
        **{
            "topics": (POLITICS, CONFLICT),
            "summary": ("The ministry said troops would leave.", "Talks go on."),
            "figures": (figure(qualifier=Qualifier.ABOUT, as_of=month(2021, 1), sentence=Span(0, len(SENTENCE))),),
            "deadlines": (deadline(),),
            **fields,
        },
    )


def test_an_edition_reads_from_top_to_bottom() -> None:
    assert texts(render_edition(edition(story()))).splitlines() == [
        "Situation report",
        "As of Monday 26 July 2021, 07:00 (Europe/Kyiv)",
        "Covers 25 July, 07:00 to 26 July, 07:00",
        "",
        "Politics",
        "Troops leave the north",
        "The ministry said troops would leave. Talks go on.",
        "Source: Harbour Wire. Also: conflict, war and peace",
        "",
        "Key figures",
        "• Soldiers in the north: about 2,500, as of January 2021 — Harbour Wire",
        "“About 2,500 soldiers are in the north.”",
        "",
        "Deadlines and dates",
        "• By 31 December 2021: combat troops leave the north — Harbour Wire",
        "",
        "Next edition: Tuesday 27 July 2021, 07:00",
    ]


def test_headline_and_sources_open_the_post_and_the_sentence_folds() -> None:
    messages = render_edition(edition(story()))
    assert linked(messages)[0] == ("Troops leave the north", "https://t.me/harbourwire/1")
    assert ("Harbour Wire", "https://t.me/harbourwire/1") in linked(messages)
    (message,) = messages
    folded = [entity.slice(message.text) for entity in message.entities if entity.type == "expandable_blockquote"]
    assert folded == ["“About 2,500 soldiers are in the north.”"]


def test_an_empty_edition_is_one_line() -> None:
    (message,) = render_edition(edition())
    assert message.text == (
        "Situation report: nothing new from 25 July, 07:00 to 26 July, 07:00 (Europe/Kyiv). Next edition: 27 July 2021, 07:00."
    )


def test_an_edition_after_an_uncertain_one_says_so() -> None:
    assert "may not have reached you" in texts(render_edition(edition(story(), uncertain=True)))


def test_an_old_source_is_dated() -> None:
    assert "Harbour Wire (1 July 2021)" in texts(render_edition(edition(story(published=NOW - timedelta(days=25)))))


def test_a_deadline_of_an_old_article_is_said_to_have_passed() -> None:
    text = texts(render_edition(edition(story(), now=NOW + timedelta(days=2000))))
    assert "By 31 December 2021: combat troops leave the north (passed)" in text


def test_many_sources_are_counted() -> None:
    articles = [story(1, outlet=f"Outlet {number}", key=str(number)) for number in range(7)]
    assert "and 3 more" in texts(render_edition(edition(*articles)))


def test_stories_without_room_are_counted() -> None:
    found = edition(*(filed(number, f"Story {number}") for number in range(45)))
    assert "5 more stories found no room in this edition." in texts(render_edition(found))


def test_a_long_edition_is_split_at_stories() -> None:
    long = ("A sentence of some length about the northern garrison and its soldiers. " * 6,)
    messages = render_edition(
        edition(
            *(
                story(n, headline=f"Story number {n}", summary=long, outlet=f"O{n}", topics=(DISASTER,))
                for n in range(40)
            )
        )
    )
    assert len(messages) > 1
    for message in messages:
        assert units(message.text) <= MAX_UNITS
        assert len(message.entities) <= MAX_ENTITIES
    assert all(texts(messages).count(f"Story number {n}\n") == 1 for n in range(5, 40))


def test_a_reading_has_its_figures_with_sentences_and_its_deadlines() -> None:
    one = story()
    text = texts(render_reading(one.article, one.reading, today=date(2022, 1, 3)))
    assert text.splitlines()[:3] == [
        "Troops leave the north",
        "Harbour Wire, as of 26 July 2021",
        "Topics: politics; conflict, war and peace",
    ]
    assert "Soldiers in the north: about 2,500, as of January 2021\n“About 2,500 soldiers are in the north.”" in text
    assert "By 31 December 2021: combat troops leave the north (passed)" in text


def test_a_reading_of_nothing_says_so() -> None:
    one = filed(1, "", topics=())
    assert "Nothing could be said of this text." in texts(render_reading(one.article, one.reading))


HOSTILE = st.text(max_size=40) | st.sampled_from(
    [
        "<b>x</b>",
        "&lt;",
        "\u202eevil",
        "tg://user?id=1",
        "[a](http://b)",
        "👩‍👩‍👧‍👦🇺🇦",
        "\ud83d",
        "@admin",
        "a\n\nb",
        "\u2066x",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=5))
def test_no_text_of_an_article_changes_a_link_or_a_format(rows: list[tuple[str, str, str]]) -> None:
    articles = [
        story(
            number,
            headline=one,
            summary=(two,),
            outlet=three,
            link=f"https://t.me/h/{number}",
            figures=(figure(label=one, attribution=two),),
            deadlines=(deadline(what=three, who=one),),
        )
        for number, (one, two, three) in enumerate(rows)
    ]
    messages = render_edition(edition(*articles))
    allowed = {f"https://t.me/h/{number}" for number in range(len(rows))}
    for message in messages:
        assert message.text.encode("utf-8")
        for entity in message.entities:
            assert entity.slice(message.text).strip() == entity.slice(message.text) != ""
            assert entity.type in {"bold", "italic", "underline", "text_link", "expandable_blockquote"}
            assert entity.url is None or entity.url in allowed


def test_a_fixed_offset_is_named_as_people_name_it() -> None:
    assert zone_label("Etc/GMT-2") == "UTC+02:00"
    assert zone_label("Etc/GMT+3") == "UTC-03:00"
    assert "(UTC+02:00)" in render_edition(replace(edition(story()), zone="Etc/GMT-2"))[0].text
