import string
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.article import article_from_text
from bot.intake.datelines import cut_dateline, read_date_line
from models.api import Article

PUBLISHED = datetime(2021, 7, 26, 18, 0, tzinfo=UTC)
BODY = (
    "The defence ministry said about 1,200 soldiers would leave the northern garrison by the end of the year.\n\n"
    "The garrison had 1,900 soldiers in January, the ministry said."
)


def read(text: str, published: datetime = PUBLISHED) -> Article:
    return article_from_text(text, published=published, key="k")


def test_everything_around_the_news_is_left_out() -> None:
    article = read(
        "👉 Join our Harbour Wire channel!\n\n"
        "Northern garrison to shrink by a third\n\n"
        "Soldiers of the northern garrison on parade, Oct. 31, 2018. (Ministry of Defence photo by Jane Doe)\n"
        "July 26, 2021\n\n"
        + BODY
        + "\n\nRead more: https://example.org/a\n#garrison #army\n@harbourwire | @harbourchat"
    )
    assert article.title == "Northern garrison to shrink by a third"
    assert article.text == BODY
    assert article.dateline == date(2021, 7, 26)


def test_the_dateline_holds_however_late_the_text_is_posted() -> None:
    late = datetime(2026, 11, 22, tzinfo=UTC)
    assert read("Headline of the day\nJuly 26, 2021\n" + BODY, late).dateline == date(2021, 7, 26)
    assert read("Headline of the day\n" + BODY, late).dateline is None


@pytest.mark.parametrize(
    "line",
    [
        "July 26, 2021",
        "Monday, July 26, 2021",
        "26 July 2021",
        "26th July 2021",
        "2021-07-26",
        "2021-07-26 10:15",
        "2021-07-26T10:15:00Z",
        "26.07.2021",
        "26/07/2021",
        "07/26/2021",
        "Published: July 26, 2021",
        "Published July 26, 2021 at 10:15 a.m. ET",
        "Updated 26 July 2021, 18:40 UTC",
        "Last updated: Mon 26 Jul 2021 18:40 GMT",
        "By Jane Doe | July 26, 2021",
        "Jane Doe, Staff Writer - July 26, 2021",
        "KYIV, July 26, 2021",
        "Harbour Wire, 26 July 2021",
        "Jul. 26, 2021 • 3 min read",
        "July 26",
        "Date: 26-Jul-2021",
        "(July 26, 2021)",
    ],
)
def test_a_bare_date_is_the_dateline_and_no_part_of_the_text(line: str) -> None:
    article = read(f"Northern garrison to shrink by a third\n{line}\n\n{BODY}")
    assert article.dateline == date(2021, 7, 26)
    assert article.text == BODY
    assert article.title == "Northern garrison to shrink by a third"


@pytest.mark.parametrize(
    "line",
    [
        "By July 26, 2021 all soldiers are to leave",
        "July 26, 2021 was a black day for the port.",
        "On 26 July 2021 the dam broke",
        "Two killed on July 26",
        "26 July Movement wins seats",
        "October 2021",
        "Deadline: 31 December 2021 for all units",
        "12 killed",
        "9/11",
        "Record April 10",
        "Pay July 15",
        "April 13.",
    ],
)
def test_a_line_that_says_more_than_a_date_stays(line: str) -> None:
    found = read_date_line(line, PUBLISHED.date())
    assert found is None or not found.bare


def test_a_dateline_later_than_the_day_after_publication_is_ignored() -> None:
    assert read("Some headline here\nJuly 29, 2021\n" + BODY).dateline is None
    assert read("Some headline here\nJuly 27, 2021\n" + BODY).dateline == date(2021, 7, 27)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("KYIV, July 26 (Harbour Wire) — ", date(2021, 7, 26)),
        ("KYIV, Ukraine (AP) — ", None),
        ("WASHINGTON (Reuters) - ", None),
        ("BAGHDAD — ", None),
        ("UNITED NATIONS, 24 July — ", date(2021, 7, 24)),
        ("Geneva, 24 July 2021 – ", date(2021, 7, 24)),
        ("LONDON, Dec 30 (Ledger) - ", date(2020, 12, 30)),
        ("BEIRUT/DAMASCUS (Harbour Wire) -- ", None),
        ("PORT-AU-PRINCE, Haiti, July 25 — ", date(2021, 7, 25)),
    ],
)
def test_the_place_and_day_before_the_dash_are_left_out(start: str, day: date | None) -> None:
    article = read(start + BODY)
    assert article.text == BODY
    assert article.dateline == day


@pytest.mark.parametrize(
    "text",
    [
        "NATO — the alliance of 30 states — will meet in June.",
        "Kyiv - the capital - is calm.",
        "Twelve people died - five of them children - when a bridge fell.",
        "Talks on the deal, which began on July 12 - two weeks late - ended.",
        "A cease-fire began.",
        "COVID-19 - Cases rose.",
    ],
)
def test_a_dash_in_a_sentence_is_no_dateline(text: str) -> None:
    assert cut_dateline(text, PUBLISHED.date()) == (text, None)


def test_a_text_without_a_headline_has_none() -> None:
    assert read(BODY).title is None
    assert read("12 killed in the port").title is None
    assert read("12 killed in the port").text == "12 killed in the port"


def test_a_headline_may_ask_or_end_with_an_abbreviation() -> None:
    assert read("Who pays for the dam?\n" + BODY).title == "Who pays for the dam?"
    assert read("Garrison to move to the U.S.\n" + BODY).title == "Garrison to move to the U.S."
    assert read("BREAKING: Dam gives way\n" + BODY).title == "Dam gives way"


def test_a_caption_is_kept_without_its_credit_where_it_is_all_there_is() -> None:
    article = read("Rescuers at the port of Odesa, where 7 people died on Sunday. Photo: State Emergency Service")
    assert article.text == "Rescuers at the port of Odesa, where 7 people died on Sunday."


def test_only_the_ends_are_cut() -> None:
    text = BODY.replace(
        "\n\n", "\n\nA third sentence is here for the length of the body, the ministry said.\n\nRead more\n\n"
    )
    assert "Read more" in read(text).text


def test_a_closing_list_of_related_articles_is_left_out() -> None:
    assert read(BODY + "\n\nRelated:\nFive things to know about the garrison\nMinister visits the north").text == BODY


def test_bullets_and_emoji_are_dropped_at_the_ends_of_lines_alone() -> None:
    article = read(
        "❗️❗️Dam gives way ❗️\n\n• Two villages are under water, the mayor said 🙏\n– 🇺🇦 The 🌊 wave was 4 metres high, he said.\n- -5 degrees are forecast for tonight."
    )
    assert article.title == "Dam gives way"
    assert (
        article.text
        == "Two villages are under water, the mayor said\nThe 🌊 wave was 4 metres high, he said.\n-5 degrees are forecast for tonight."
    )


def test_invisible_characters_are_normalised() -> None:
    text = "The\u00a0min\u00adistry\u200b said 1\u202f200 \u202esoldiers\u202c left\u2028for the north."
    assert read(text).text == "The ministry said 1 200 soldiers left\nfor the north."


def test_text_wrapped_at_a_column_is_joined() -> None:
    wrapped = "The ministry said on Monday that about 1,200 soldiers would leave\nthe northern garrison by the end of the year, a third fewer than in\nJanuary."
    assert read(wrapped).text == wrapped.replace("\n", " ")


def test_a_sentence_broken_off_after_another_goes_on_in_the_next_line() -> None:
    text = "A storm killed 12 people in the port of Ellery on Monday, the mayor said. Repairs worth\n$4.5 million must be finished by June."
    assert read(text).text == text.replace("\n", " ")


def test_the_lines_of_a_list_stay_apart() -> None:
    items = [
        "What we know about the storm so far. Twelve dead in Ellery",
        "Repairs worth $4.5 million to be finished by June",
    ]
    assert read("\n".join(f"• {item}" for item in items)).text.split("\n") == items


def test_indented_paragraphs_wrapped_at_a_column_are_joined() -> None:
    wrapped = (
        "    The company said on Monday that it would sell its shipyard in\n"
        "Varda to a group of investors for an undisclosed sum, pending\n"
        "approval.\n"
        "    Its shares rose by a tenth in early trading in the capital and\n"
        "closed at a record."
    )
    assert read(wrapped).text.split("\n\n") == [
        "The company said on Monday that it would sell its shipyard in Varda to a group of investors for an undisclosed sum, pending approval.",
        "Its shares rose by a tenth in early trading in the capital and closed at a record.",
    ]
    assert read(wrapped).title is None


def test_nothing_but_boilerplate_is_an_empty_text() -> None:
    assert read("Join our channel!\n@harbourwire").text == ""


NOISE = st.text(max_size=300) | st.text(alphabet=string.printable, max_size=300)


@settings(max_examples=600, deadline=None)
@given(
    st.lists(
        NOISE | st.sampled_from(["July 26, 2021", "Join our channel", "KYIV, July 3 — ", BODY, "\n\n", "(Photo by X)"]),
        max_size=8,
    ).map("\n".join)
)
def test_any_text_is_read(text: str) -> None:
    article = read(text)
    assert article.text == article.text.strip()
    assert "\n\n\n" not in article.text
    assert article.text.encode("utf-8").decode() == article.text
    assert article.title is None or article.title == article.title.strip()


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="JULYjuly 0123456789-/.:,()|APM", max_size=60))
def test_any_line_is_read_as_a_date_or_not(line: str) -> None:
    found = read_date_line(line, PUBLISHED.date())
    assert found is None or found.day is None or found.day <= date(2021, 7, 27)


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 300_000,
        "a" * 1_000_000,
        "a\n" * 200_000,
        "July 26, 2021\n" * 40_000,
        "(Photo by a " * 40_000,
        "for more " * 100_000,
        "a.b." * 200_000,
        "Join our " * 100_000,
        "KYIV " * 200_000,
        "- " * 300_000,
        "The soldiers left. (Photo: x)\n" * 30_000,
        "@a #b https://c.com/ " * 30_000,
    ],
)
def test_a_megabyte_of_anything_is_read_in_seconds(text: str) -> None:
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 10
