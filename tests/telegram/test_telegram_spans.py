"""How long, from when to when, how often, which words: what people write, and what they are told where it is no use."""

import contextlib
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import words_in
from bot.delivery.schedule import EVERY_DAY
from bot.telegram.schedule import format_days, parse_schedule
from bot.telegram.spans import LONGEST_PAUSE, FrequencyRequest, parse_frequency, parse_pause, parse_quiet
from bot.telegram.usage import UsageError
from bot.telegram.word_arguments import MAX_CHARS, parse_phrases

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
KYIV = "Europe/Kyiv"
days = st.frozensets(st.integers(0, 6), min_size=1)
moments = st.times().map(lambda moment: time(moment.hour, moment.minute))


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("12h", datetime(2026, 11, 22, 22, tzinfo=UTC)),
        ("for a week", datetime(2026, 11, 29, 10, tzinfo=UTC)),
        ("2 weeks", datetime(2026, 12, 6, 10, tzinfo=UTC)),
        ("until 5 May", datetime(2027, 5, 4, 21, tzinfo=UTC)),
        ("until May 5th, 2027", datetime(2027, 5, 4, 21, tzinfo=UTC)),
        ("until the 5th of May", None),
        ("till Friday", datetime(2026, 11, 26, 22, tzinfo=UTC)),
        ("until Sunday", datetime(2026, 11, 28, 22, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 11, 22, 22, tzinfo=UTC)),
        ("2026-12-24", datetime(2026, 12, 23, 22, tzinfo=UTC)),
    ],
)
def test_a_pause_ends_when_it_is_said_to(written: str, until: datetime | None) -> None:
    if until is None:
        with pytest.raises(UsageError, match="/pause until 5 May"):
            parse_pause(written, NOW, KYIV)
    else:
        assert parse_pause(written, NOW, KYIV) == until


@pytest.mark.parametrize(
    ("written", "advice"),
    [("0d", "past"), ("2w ago", "Write /pause 3d"), ("until 30 Feb", "no day '30 Feb'"), ("99w", "a year at most")],
)
def test_a_pause_that_cannot_be_is_answered(written: str, advice: str) -> None:
    with pytest.raises(UsageError, match=advice):
        parse_pause(written, NOW, KYIV)


@given(
    written=st.text(max_size=60) | st.from_regex(r"(until )?\d{1,4} ?(may|feb|h|d|w|months?)( \d{4})?", fullmatch=True)
)
def test_any_text_is_a_pause_of_a_year_at_most_or_advice(written: str) -> None:
    with contextlib.suppress(UsageError):
        until = parse_pause(written, NOW, KYIV)
        assert until is None or NOW < until <= NOW + LONGEST_PAUSE


@given(start=moments, end=moments)
def test_quiet_hours_are_read_as_they_are_shown(start: time, end: time) -> None:
    if start == end:
        with pytest.raises(UsageError):
            parse_quiet(f"{start:%H:%M}-{end:%H:%M}")
    else:
        assert parse_quiet(f"{start:%H:%M}-{end:%H:%M}") == (start, end)


@pytest.mark.parametrize("written", ["10pm to 7am", "from 22 until 7", "22:00 – 07:00"])
def test_quiet_hours_are_read_as_people_write_them(written: str) -> None:
    assert parse_quiet(written) == (time(22), time(7))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("", FrequencyRequest()),
        ("daily", FrequencyRequest(often="daily")),
        ("twice a day", FrequencyRequest(often="twice")),
        ("once a week", FrequencyRequest(often="weekly")),
        ("weekly on Fridays", FrequencyRequest(day=4)),
        ("weekdays", FrequencyRequest(often="weekdays")),
    ],
)
def test_frequencies(written: str, wanted: FrequencyRequest) -> None:
    assert parse_frequency(written) == wanted


@given(written=st.text(max_size=60))
def test_any_text_is_a_frequency_quiet_hours_and_phrases_or_advice(written: str) -> None:
    for parse in (parse_frequency, parse_quiet):
        with contextlib.suppress(UsageError):
            parse(written)
    with contextlib.suppress(UsageError):
        assert all(0 < len(phrase) <= MAX_CHARS for phrase in parse_phrases(written))


@given(chosen=days)
def test_days_that_are_shown_can_be_typed_back(chosen: frozenset[int]) -> None:
    assert parse_schedule(format_days(chosen, words_in("en"))).days == chosen


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("weekdays 07:30", set(range(5))),
        ("Mon Thu 8am", {0, 3}),
        ("every day", EVERY_DAY),
        ("Sat-Mon", {5, 6, 0}),
        ("Fridays at 9 in Berlin", {4}),
        ("8", set()),
    ],
)
def test_days_of_the_week(written: str, chosen: set[int]) -> None:
    assert parse_schedule(written).days == chosen


@pytest.mark.parametrize(
    ("written", "phrases"),
    [
        ("grain", ("grain",)),
        ('"red sea" grain', ("red sea", "grain")),
        ("red sea, grain; Grain", ("red sea", "Grain")),
        ("«Красное море», війна", ("Красное море", "війна")),
        ("  ", ()),
    ],
)
def test_phrases_are_told_apart(written: str, phrases: tuple[str, ...]) -> None:
    assert set(parse_phrases(written)) == set(phrases)
