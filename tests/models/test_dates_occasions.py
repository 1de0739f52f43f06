"""Deadlines by the name of an occasion, and the last day of what lasts for a known time."""

from __future__ import annotations

from datetime import date

import pytest

from models.api import Deadline, Precision
from models.dates import find_deadlines, find_timexes
from models.dates.occasions import islamic, midterms, orthodox_easter
from models.sentences import split_sentences

TUESDAY = date(2024, 3, 12)


def read(text: str) -> list[Deadline]:
    return find_deadlines(text, split_sentences(text), find_timexes(text, TUESDAY), TUESDAY)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The Senate must pass the bill before the midterms.", "2026-11-03"),
        ("Lawmakers hope to ban the ads before the midterm elections.", "2026-11-03"),
        ("They plan to bring the bill to a vote before the U.S. presidential election.", "2024-11-05"),
        ("Congress wants a deal before Christmas.", "2024-12-25"),
        ("The alliance agreed to a ceasefire for six weeks, starting on Monday.", "2024-04-22"),
        ("Marovia will ban petrol exports for 30 days from March 15.", "2024-04-14"),
        ("The port will be closed for two weeks.", "2024-03-26"),
        ("The government has extended the state of emergency for another 30 days.", "2024-04-11"),
    ],
)
def test_what_is_due_by_an_occasion_or_lasts_for_a_time(text: str, due: str) -> None:
    assert due in [deadline.due.end.isoformat() for deadline in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Republicans lost ground before the midterms.",
        "The party will choose a leader before the presidential election.",
        "The port was closed for six weeks in 2019.",
        "The road has been closed for three weeks.",
        "He has been in office for six years.",
        "The ban that has been in force for two years is popular.",
    ],
)
def test_what_is_past_or_of_no_known_day_is_no_deadline(text: str) -> None:
    assert read(text) == []


def test_a_feast_by_the_moon_is_known_to_a_day() -> None:
    [deadline] = read("The party wants to pass the budget before Eid al-Fitr.")
    assert deadline.due.precision is Precision.INTERVAL
    assert deadline.due.start <= date(2024, 4, 10) <= deadline.due.end


def test_the_calendars() -> None:
    # The days that were kept: timeanddate.com for the feasts, the Federal Election Commission for the elections.
    assert [midterms(year) for year in (2018, 2020, 2022)] == [date(2018, 11, 6), None, date(2022, 11, 8)]
    assert [orthodox_easter(year) for year in (2023, 2024, 2025)] == [
        date(2023, 4, 16),
        date(2024, 5, 5),
        date(2025, 4, 20),
    ]
    kept = {2021: date(2021, 4, 13), 2023: date(2023, 3, 23), 2024: date(2024, 3, 11), 2026: date(2026, 2, 18)}
    for year, day in kept.items():
        found = islamic(year, 9, 1)
        assert found is not None
        assert abs((found - day).days) <= 1
