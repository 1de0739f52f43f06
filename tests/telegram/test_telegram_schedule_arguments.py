import contextlib
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.press.times import zone_label
from bot.telegram.schedule import MAX_TIMES, format_times, parse_schedule
from bot.telegram.usage import UsageError
from bot.telegram.zones import find_zone

times = st.lists(st.times().map(lambda t: time(t.hour, t.minute)), min_size=1, max_size=MAX_TIMES, unique=True)
zones = st.sampled_from(
    ["Europe/Kyiv", "America/New_York", "Asia/Kolkata", "UTC+02:00", "UTC-11:00", "Kyiv", "são paulo", "los angeles"]
)


@pytest.mark.parametrize(
    ("written", "hours", "zone"),
    [
        ("07:30 Europe/Kyiv", [time(7, 30)], "Europe/Kyiv"),
        ("8", [time(8)], None),
        ("7am", [time(7)], None),
        ("12am and 12 p.m.", [time(0), time(12)], None),
        ("19:00, 7 AM, 9.15pm in New York", [time(7), time(19), time(21, 15)], "America/New_York"),
        ("1930 São Paulo", [time(19, 30)], "America/Sao_Paulo"),
        ("every day at 8 o'clock", [time(8)], None),
        ("noon Washington, D.C.", [time(12)], "America/New_York"),
        ("19h30 Paris", [time(19, 30)], "Europe/Paris"),
        ("8 UTC+2", [time(8)], "Etc/GMT-2"),
        ("8 GMT-03:00", [time(8)], "Etc/GMT+3"),
        ("8 +05:30", [time(8)], "Asia/Kolkata"),
        ("8 utc", [time(8)], "UTC"),
        ("europe/kyiv", [], "Europe/Kyiv"),
        ("8 St. John's", [time(8)], "America/St_Johns"),
        ("8 amsterdam", [time(8)], "Europe/Amsterdam"),
        ("8 8:00 08.00", [time(8)], None),
        ("", [], None),
    ],
)
def test_hours_and_zones_are_read_as_people_write_them(written: str, hours: list[time], zone: str | None) -> None:
    request = parse_schedule(written)
    assert list(request.times) == hours
    assert request.zone == zone


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("8 Kyev", "Did you mean Europe/Kyiv"),
        ("8 europe/kyev", "Did you mean Europe/Kyiv"),
        ("8 zzzqqq", "Name a city"),
        ("25:00", "25:00 is not a time of day"),
        ("24:00", "Midnight is 00:00"),
        ("13pm", "Write 07:30, 7am or 19"),
        ("7:5", "7:5 is not a time of day"),
        ("8 UTC+15", "Name a city"),
        ("8 +02:17", "Name a city"),
        ("8 Europe/Kyiv UTC+5", "One time zone"),
        ("8-9", "/schedule 07:30 Europe/Kyiv"),
        ("🙂", "/schedule 07:30 Europe/Kyiv"),
        ("1 2 3 4 5 6 7", "At most 6"),
    ],
)
def test_wrong_input_is_answered_with_what_would_be_right(written: str, advice: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_schedule(written)
    assert advice in caught.value.message


@given(hours=times, zone=zones)
def test_what_is_shown_can_be_typed_back(hours: list[time], zone: str) -> None:
    request = parse_schedule(f"{format_times(hours)} {zone}")
    assert request.times == tuple(sorted(hours))
    assert request.zone == find_zone(zone)
    assert find_zone(zone_label(find_zone(zone))) == find_zone(zone)


@given(written=st.text(max_size=200))
def test_any_text_gives_a_request_or_advice(written: str) -> None:
    with contextlib.suppress(UsageError):
        parse_schedule(written)


def test_an_offset_is_labelled_with_the_sign_that_people_use() -> None:
    assert zone_label(find_zone("UTC+3")) == "UTC+03:00"
    assert zone_label("Europe/Kyiv") == "Europe/Kyiv"
