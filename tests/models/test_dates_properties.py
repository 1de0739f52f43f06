"""What holds of dates on any text: exact spans, round trips, linear time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.api import Span
from models.dates import find_deadlines, find_timexes


def _split(text: str) -> list[str]:
    return text.split(" ")


REFERENCE = date(2026, 11, 20)
DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2060, 12, 31))
NEWS_WORDS = _split(
    "Monday last next the of year's end two weeks 2026 31 Oct. May quarter third a.m. 10:30 by until within 90 days , . "
    "- / ' '80s every this early late mid fall first half fiscal ago earlier Friday night noon said will \n\n “ ” 5 s th",
)


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 11 <= day % 100 <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


FORMATS: dict[str, Callable[[date], str]] = {
    "iso": lambda day: day.isoformat(),
    "american": lambda day: f"{day:%B} {day.day}, {day.year}",
    "american without comma": lambda day: f"{day:%B} {day.day} {day.year}",
    "abbreviated": lambda day: f"{day:%b}. {day.day}, {day.year}",
    "british": lambda day: f"{day.day} {day:%B} {day.year}",
    "british abbreviated": lambda day: f"{day.day} {day:%b} {day.year}",
    "ordinal": lambda day: f"{day:%B} {_ordinal(day.day)}, {day.year}",
    "ordinal of": lambda day: f"the {_ordinal(day.day)} of {day:%B} {day.year}",
    "weekday american": lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    "weekday british": lambda day: f"{day:%A} {day.day} {day:%B} {day.year}",
    "dotted": lambda day: f"{day.day:02d}.{day.month:02d}.{day.year}",
    "slashes": lambda day: f"{day.month}/{day.day}/{day.year}",
}


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(day=DAYS)
def test_a_date_comes_back_from_every_way_of_writing_it(form: str, day: date) -> None:
    written = FORMATS[form](day)
    found = find_timexes(f"The treaty was signed on {written} in Geneva.", REFERENCE)
    assert [(timex.surface, timex.value) for timex in found] == [(written, day.isoformat())]
    assert found[0].period is not None
    assert (found[0].period.start, found[0].period.end) == (day, day)


@settings(max_examples=200, deadline=None)
@given(shift=st.integers(-6, 6))
def test_a_day_and_month_near_the_reference_find_their_year(shift: int) -> None:
    day = REFERENCE + timedelta(days=shift * 10)
    assert find_timexes(f"on {day:%B} {day.day}", REFERENCE)[0].value == day.isoformat()


def check(text: str) -> None:
    timexes = find_timexes(text, REFERENCE)
    last = 0
    for timex in timexes:
        assert text[timex.span.start : timex.span.end] == timex.surface
        assert last <= timex.span.start < timex.span.end
        last = timex.span.end
    for deadline in find_deadlines(text, [Span(0, len(text))], timexes, REFERENCE):
        assert text[deadline.span.start : deadline.span.end] == deadline.surface
        assert deadline.what
        assert deadline.due.start <= deadline.due.end
        assert deadline.due.end >= REFERENCE
        assert 0 <= deadline.importance <= 1


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    check(text)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(NEWS_WORDS), max_size=40))
def test_any_jumble_of_date_words_can_be_read(words: list[str]) -> None:
    check(" ".join(words))
    check("".join(words))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(NEWS_WORDS), max_size=12), st.dates())
def test_any_day_can_be_the_reference(words: list[str], reference: date) -> None:
    find_timexes(" ".join(words), reference)


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "one ",
        "Monday ",
        "two weeks ",
        "the ",
        "1990s ",
        "- ",
        ",",
        "x",
        "by Monday ",
        "within 90 days ",
        "1.",
        "’s",
    ],
)
def test_time_grows_in_line_with_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        begun = time.process_time()
        find_deadlines(text, [Span(0, len(text))], find_timexes(text, REFERENCE), REFERENCE)
        return time.process_time() - begun

    seconds(1_000)
    small, large = min(seconds(10_000) for _ in range(3)), min(seconds(100_000) for _ in range(2))
    assert large < max(0.5, 30 * small)
