"""What stands after the commands that look something up, read without surprise."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.lookup_arguments import DeadlinesRequest, echo, parse_deadlines, parse_line, parse_search
from bot.telegram.usage import UsageError


@pytest.mark.parametrize("written", ["3", " 3 ", "#3", "line 3", "no. 3", "Number 3?", "3."])
def test_a_line_is_a_number_however_it_is_written(written: str) -> None:
    assert parse_line(written) == 3


@given(st.text(max_size=40))
def test_no_words_after_why_break_it(written: str) -> None:
    with contextlib.suppress(UsageError):
        assert 0 <= parse_line(written) <= 9999


@given(st.text(max_size=300))
def test_what_is_looked_for_stays_on_one_line_and_is_said_back_shortly(written: str) -> None:
    with contextlib.suppress(UsageError):
        words = parse_search(written)
        assert words.split() == written.split()
        assert len(echo(words)) <= 60
        assert "\n" not in words


@pytest.mark.parametrize("written", ["", "  ", "three", "3 4", "-3"])
def test_no_line_is_answered_with_how_to_name_one(written: str) -> None:
    with pytest.raises(UsageError, match="/why 3"):
        parse_line(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", DeadlinesRequest()),
        ("ics", DeadlinesRequest(calendar=True)),
        ("Calendar", DeadlinesRequest(calendar=True)),
        ("grain talks", DeadlinesRequest(words=("grain", "talks"))),
        ("grain .ics", DeadlinesRequest(words=("grain",), calendar=True)),
    ],
)
def test_deadlines_are_asked_for_by_words_and_as_a_file(written: str, meant: DeadlinesRequest) -> None:
    assert parse_deadlines(written) == meant


@given(st.text(max_size=100))
def test_no_wish_for_deadlines_is_refused(written: str) -> None:
    request = parse_deadlines(written)
    assert set(request.words) <= set(written.split())
