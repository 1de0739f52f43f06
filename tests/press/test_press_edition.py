import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from desk_samples import CONFLICT, DISASTER, NOW, POLITICS, day, deadline, figure, filed, month
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import words_in
from bot.desk.edition import Edition, LineKind, compose
from bot.desk.filed import FiledArticle
from bot.desk.memory import Memory, Thread
from bot.desk.profile import Length, Profile, Window
from bot.press.edition import lay_out, render_edition, render_more
from bot.press.message import MAX_ENTITIES, MAX_UNITS, Message, units
from bot.press.reading import render_reading
from bot.press.times import zone_label
from bot.sandbox.entities import check_entities
from models.api import Qualifier, Span

ENGLISH = words_in("en")

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
    assert texts(render_edition(edition(story()), ENGLISH)).splitlines() == [
        "Situation report",
        "As of Monday 26 July 2021, 07:00 (Europe/Kyiv)",
        "Covers 25 July, 07:00 to 26 July, 07:00",
        "",
        "Politics",
        "1. Troops leave the north",
        "The ministry said troops would leave.",
        "Talks go on.",
        "Source: Harbour Wire. Also: conflict, war and peace",
        "",
        "Key figures",
        "2. Soldiers in the north: about 2,500, as of January 2021 — Harbour Wire",
        "“About 2,500 soldiers are in the north.”",
        "",
        "Deadlines and dates",
        "3. By 31 December 2021: combat troops leave the north — Harbour Wire",
        "",
        "Where line 3 is from, and why it is here: /why 3",
        "Next edition: Tuesday 27 July 2021, 07:00",
    ]


def test_headline_and_sources_open_the_post_and_details_fold() -> None:
    messages = render_edition(edition(story()), ENGLISH)
    assert linked(messages)[0] == ("Troops leave the north", "https://t.me/harbourwire/1")
    assert ("Harbour Wire", "https://t.me/harbourwire/1") in linked(messages)
    (message,) = messages
    folded = [entity.slice(message.text) for entity in message.entities if entity.type == "expandable_blockquote"]
    assert folded == ["Talks go on.", "“About 2,500 soldiers are in the north.”"]


def test_times_are_as_the_reader_has_them_and_known_to_the_client() -> None:
    (message,) = render_edition(edition(story()), ENGLISH)
    times = [
        (entity.slice(message.text), entity.unix_time) for entity in message.entities if entity.type == "date_time"
    ]
    day = int(timedelta(days=1).total_seconds())
    now = int(NOW.timestamp())
    assert times == [
        ("Monday 26 July 2021, 07:00", now),
        ("25 July, 07:00", now - day),
        ("26 July, 07:00", now),
        ("Tuesday 27 July 2021, 07:00", now + day),
    ]


def test_an_empty_edition_is_one_line() -> None:
    (message,) = render_edition(edition(), ENGLISH)
    assert message.text == (
        "Situation report: nothing new from 25 July, 07:00 to 26 July, 07:00 (Europe/Kyiv). Next edition: 27 July 2021, 07:00."
    )


def test_an_edition_after_an_uncertain_one_says_so() -> None:
    assert "may not have reached you" in texts(render_edition(edition(story(), uncertain=True), ENGLISH))


def test_an_old_source_is_dated() -> None:
    assert "Harbour Wire (1 July 2021)" in texts(
        render_edition(edition(story(published=NOW - timedelta(days=25))), ENGLISH)
    )


def test_a_deadline_of_an_old_article_is_said_to_have_passed() -> None:
    text = texts(render_edition(edition(story(), now=NOW + timedelta(days=2000)), ENGLISH))
    assert "By 31 December 2021: combat troops leave the north (passed)" in text


def test_many_sources_are_counted() -> None:
    words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove"]
    articles = [
        story(1, outlet=f"Outlet {word}", key=word, text=f"{word} {word}er {word}et {word}ia {word}om {word}up")
        for word in words
    ]
    assert "and 3 more" in texts(render_edition(edition(*articles), ENGLISH))


def test_who_passes_on_a_report_is_no_source_of_its_own() -> None:
    text = texts(render_edition(edition(story(outlet="Harbour Wire"), story(outlet="City Post", key="2")), ENGLISH))
    assert "Source: Harbour Wire; repeated by City Post" in text


def busy(stories: int = 45) -> list[FiledArticle]:
    long = "A sentence of some length about the northern garrison, its soldiers and barracks, and who pays for them. "
    return [
        story(
            number,
            headline=f"Story number {number} of a day on which much happened in the north",
            summary=(long, long * 2),
            text=f"{number} Text of its own.",
            outlet=f"Outlet {number % 7}",
            topics=(DISASTER, POLITICS, CONFLICT)[number % 3 :][:1],
            figures=(figure(value=Decimal(number + 2), label=f"thing of kind {number}"),),
            deadlines=(deadline(due=day(2021, 8, number % 28 + 1), what=f"matter {number} is decided"),),
        )
        for number in range(stories)
    ]


def test_a_busy_edition_is_one_message_that_says_what_it_leaves_out() -> None:
    found = edition(*busy())
    (message,) = render_edition(found, ENGLISH)
    text = message.text
    assert "Highlights\n• Story number" in text
    assert "Also reported" in text
    assert text.count("thing of kind") + text.count("Thing of kind") == len(found.figures) == 5
    assert text.count(" is decided") == len(found.deadlines) == 7
    numbers = [int(line.split(".")[0]) for line in text.splitlines() if re.match(r"\d+\. ", line)]
    assert numbers == list(range(1, len(numbers) + 1))
    left = 40 + 5 + 7 - len(numbers)
    assert f"Left out for room: {left} stories. /more shows them." in text
    assert "5 more stories of lesser weight are not shown." in text


def test_a_story_in_one_line_names_its_language_where_that_is_not_read() -> None:
    foreign = [
        replace(one, reading=replace(one.reading, language="uk" if number % 2 else "en"))
        for number, one in enumerate(busy())
    ]
    (message,) = render_edition(edition(*foreign), words_in("de"))
    _, _, briefs = message.text.partition("Außerdem gemeldet")
    lines = [line for line in briefs.splitlines() if re.match(r"\d+\. Story number \d+ ", line)]
    told = {int(line.partition("Story number ")[2].split()[0]): line.endswith("(Ukrainisch)") for line in lines}
    assert {True, False} <= set(told.values())
    assert all(named == bool(number % 2) for number, named in told.items())


def test_more_tells_what_was_left_out_under_the_next_numbers() -> None:
    found = edition(*busy())
    front, rest = texts(render_edition(found, ENGLISH)), texts(render_more(found, ENGLISH))
    shown, held = (
        {int(line.split(".")[0]) for line in text.splitlines() if re.match(r"\d+\. ", line)} for text in (front, rest)
    )
    assert min(held) == max(shown) + 1
    assert shown | held == set(range(1, 40 + 5 + 7 + 1))
    assert render_more(edition(story()), ENGLISH) == []


def test_a_reader_who_wants_all_of_it_gets_it_in_several_messages() -> None:
    found = replace(edition(*busy()), length=Length.FULL)
    messages = render_edition(found, ENGLISH)
    assert len(messages) > 1
    assert "Left out for room" not in texts(messages)
    assert all(f"Story number {item.headline.split()[2]} of" in texts(messages) for item in found.stories)
    for message in messages:
        assert units(message.text) <= MAX_UNITS
        assert len(message.entities) <= MAX_ENTITIES


def test_a_sentence_that_stands_in_the_story_is_not_quoted_again_under_its_figures() -> None:
    told = story(summary=(SENTENCE, "Talks go on."))
    text = texts(render_edition(edition(told), ENGLISH))
    assert text.count(SENTENCE) == 1
    assert "Soldiers in the north: about 2,500" in text


def test_highlights_say_where_their_story_stands() -> None:
    (message,) = render_edition(edition(*busy(9)), ENGLISH)
    headlines = dict(re.findall(r"^(\d+)\. (Story number .*)$", message.text, re.MULTILINE))
    found = re.findall(r"^• (.*) \((\d+)\)$", message.text, re.MULTILINE)
    assert len(found) >= 2
    assert all(headlines[number] == headline for headline, number in found)


def test_a_layout_survives_being_stored_and_keeps_its_numbers() -> None:
    found = lay_out(edition(*busy()), ENGLISH)
    assert render_edition(found, ENGLISH) == render_edition(replace(found, lines=(), front=0), ENGLISH)
    assert found.lines[0].kind is LineKind.STORY
    assert 0 < found.front < len(found.lines) == 52


def test_a_reading_has_its_figures_with_sentences_and_its_deadlines() -> None:
    one = story()
    text = texts(render_reading(one.article, one.reading, ENGLISH, today=date(2022, 1, 3)))
    assert text.splitlines()[:3] == [
        "Troops leave the north",
        "Harbour Wire, as of 26 July 2021",
        "Topics: politics; conflict, war and peace",
    ]
    assert "Soldiers in the north: about 2,500, as of January 2021\n“About 2,500 soldiers are in the north.”" in text
    assert "By 31 December 2021: combat troops leave the north (passed)" in text


def test_a_reading_of_nothing_says_so() -> None:
    one = filed(1, "", topics=())
    assert "Nothing could be said of this text." in texts(render_reading(one.article, one.reading, ENGLISH))


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
    messages = render_edition(edition(*articles), ENGLISH)
    allowed = {f"https://t.me/h/{number}" for number in range(len(rows))}
    for message in messages:
        assert message.text.encode("utf-8")
        for entity in message.entities:
            assert entity.slice(message.text).strip() == entity.slice(message.text) != ""
            assert entity.type in {"bold", "italic", "underline", "text_link", "expandable_blockquote", "date_time"}
            assert entity.url is None or entity.url in allowed


def test_a_fixed_offset_is_named_as_people_name_it() -> None:
    assert zone_label("Etc/GMT-2") == "UTC+02:00"
    assert zone_label("Etc/GMT+3") == "UTC-03:00"
    assert "(UTC+02:00)" in render_edition(replace(edition(story()), zone="Etc/GMT-2"), ENGLISH)[0].text


WORDY = st.text(max_size=30) | st.sampled_from(["👩‍👩‍👧‍👦🇺🇦 " * 60, "long " * 300, "x" * 5000, "\n\n", "\ud83d"])
STORIES = st.lists(st.tuples(st.integers(1, 45), WORDY, WORDY, WORDY, st.integers(0, 3)), max_size=60)


@settings(max_examples=80, deadline=None)
@given(STORIES, st.sampled_from(list(Length)))
def test_any_edition_is_within_the_limits_and_its_entities_lie_where_they_should(
    rows: list[tuple[int, str, str, str, int]], length: Length
) -> None:
    articles = [
        story(
            number,
            headline=headline,
            summary=(sentence, sentence),
            outlet=outlet,
            key=str(key),
            text=f"{headline} {sentence}",
            topics=(POLITICS, CONFLICT, DISASTER)[kind:],
            figures=(figure(label=headline, attribution=sentence, value=Decimal(key)),),
            deadlines=(deadline(what=sentence, who=outlet),),
        )
        for key, (number, headline, sentence, outlet, kind) in enumerate(rows)
    ]
    memory = Memory(threads={n: Thread(story=n, follows=n // 2 or None, headline="", opened=NOW) for n in range(46)})
    found = compose(Profile(length=length), WINDOW, articles, now=NOW, next_edition=NOW, memory=memory)
    messages = render_edition(found, ENGLISH)
    assert len(messages) == 1 or length is Length.FULL
    for message in [*messages, *render_more(found, ENGLISH)]:
        assert 0 < units(message.text) <= MAX_UNITS
        check_entities(message.text, [entity.params() for entity in message.entities])
        assert all(entity.slice(message.text).strip() for entity in message.entities)
