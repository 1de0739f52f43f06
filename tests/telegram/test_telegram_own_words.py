"""What a reader may write behind a command in their own language, and what stays as it was written."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.catalogue import LANGUAGES, words_in
from bot.desk.topics import NO_TOPIC
from bot.sandbox.server import SAMPLE_READER_ID
from bot.telegram.commands import COMMANDS
from bot.telegram.own_words import in_english, today_words
from bot.telegram.schedule import parse_schedule
from bot.telegram.spans import OFF, parse_frequency, parse_pause, parse_quiet
from bot.telegram.summary import TextRequest, WindowRequest, parse_summary

if TYPE_CHECKING:
    from conftest import House

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written", "days"),
    [
        ("de", "Mo Do 8 Berlin", {0, 3}),
        ("de", "Mo-Fr 8 Berlin", {0, 1, 2, 3, 4}),
        ("de", "Montag, Samstag 8 Berlin", {0, 5}),
        ("es", "lun mié 8 Madrid", {0, 2}),
        ("es", "miercoles sábado 8 Madrid", {2, 5}),
        ("uk", "пн чт 8 Kyiv", {0, 3}),
        ("uk", "п’ятниця неділя 8 Kyiv", {4, 6}),
        ("uk", "будні 8 Kyiv", {0, 1, 2, 3, 4}),
        ("ru", "пн, пятница 8 Kyiv", {0, 4}),
        ("ru", "Mon Thu 8 Kyiv", {0, 3}),
    ],
)
def test_days_are_named_in_the_readers_language_or_in_english(language: str, written: str, days: set[int]) -> None:
    asked = parse_schedule(in_english(written, words_in(language)))
    assert asked.days == days
    assert asked.times == (time(8),)
    assert asked.zone is not None


@pytest.mark.parametrize(
    ("language", "today", "off", "weekly"),
    [
        ("de", "heute", "aus", "wöchentlich Freitag"),
        ("es", "HOY", "no", "semanal viernes"),
        ("uk", "сьогодні", "вимкнути", "щотижня пт"),
        ("ru", "сегодня", "выключить", "еженедельно пятница"),
    ],
)
def test_words_with_a_meaning_are_understood(language: str, today: str, off: str, weekly: str) -> None:
    words = words_in(language)
    assert parse_summary(today, {}, today_words(words)) == WindowRequest(today=True)
    assert parse_quiet(in_english(off, words)) == "off"
    assert parse_frequency(in_english(weekly, words)).day == 4


@pytest.mark.parametrize(
    ("language", "written"),
    [("de", "bis 5. Mai"), ("es", "hasta 5 de mayo"), ("uk", "до 5 травня"), ("ru", "до 5 мая")],
)
def test_a_pause_lasts_until_a_day_of_the_readers_calendar(language: str, written: str) -> None:
    assert parse_pause(in_english(written, words_in(language)), NOW, "UTC") == datetime(2027, 5, 5, tzinfo=UTC)


MEANINGS: dict[str, Callable[[str], object]] = {
    "pause": lambda written: parse_pause(written, NOW, "UTC"),
    "schedule": parse_schedule,
    "frequency": parse_frequency,
    "quiet": parse_quiet,
    **dict.fromkeys(("topics", "alerts", "sources"), lambda written: "off" if written in OFF else written),
}
"""What the words behind a command come to."""


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_examples_that_help_gives_are_in_the_readers_words_and_mean_the_same(language: str) -> None:
    words, told = words_in(language), set()
    for command in COMMANDS:
        for form in command.usage if command.name in MEANINGS else ():
            if words(form) != form and "(" not in form:
                own, english = (one.partition(" ")[2] for one in (words(form), form))
                meaning = MEANINGS[command.name]
                assert meaning(in_english(own, words).casefold()) == meaning(english.casefold()), words(form)
                told.add(command.name)
    assert told == MEANINGS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", ["", "7am 19:00 Europe/Kyiv", "22:00-07:00", "3d", "New York", "{today}", "\n"])
def test_anything_else_stays_as_it_is(language: str, written: str) -> None:
    assert in_english(written, words_in(language)) == written


def test_behind_summary_nothing_but_today_is_understood_and_a_text_is_left_alone() -> None:
    today = today_words(words_in("es"))
    assert parse_summary("24h mar todo", {}, today) == WindowRequest(span=timedelta(hours=24), words=("mar", "todo"))
    text = "Hoy llegan las tropas.\nEl mar está en calma."
    assert parse_summary(text, {}, today) == TextRequest(text)


async def test_topics_and_sources_are_all_or_none_in_the_readers_language(house: "House") -> None:
    house.server.world.users[SAMPLE_READER_ID].language = "ru"
    await house.ask("/topics никаких")
    await house.caught_up()
    known = await house.subscriber()
    assert known is not None
    assert known.topics == frozenset({NO_TOPIC})
    assert "все темы" in (await house.ask("/topics все")).text
    assert "все источники" in (await house.ask("/sources все")).text
