from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.schedule import is_quiet, last_due, next_due, quiet_until, slot_of

ZONES = sorted(zone for zone in available_timezones() if zone not in {"Factory", "localtime"})

HOURS = st.times().map(lambda moment: moment.replace(microsecond=0))
INSTANTS = st.integers(1_577_836_800, 2_114_380_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "after", "due"),
    [
        ("Europe/Berlin", time(8), "2026-07-01T05:59:59", "2026-07-01T06:00"),
        ("Europe/Berlin", time(8), "2026-07-01T06:00", "2026-07-02T06:00"),
        # 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC; 02:30 does not exist
        ("Europe/Berlin", time(2, 30), "2026-03-28T12:00", "2026-03-29T01:00"),
        ("Europe/Berlin", time(2, 30), "2026-03-29T01:00", "2026-03-30T00:30"),
        # 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC; 02:30 comes at 00:30 and at 01:30 UTC
        ("Europe/Berlin", time(2, 30), "2026-10-24T12:00", "2026-10-25T00:30"),
        ("Europe/Berlin", time(2, 30), "2026-10-25T00:30", "2026-10-26T01:30"),
        ("America/New_York", time(2, 30), "2026-03-07T12:00", "2026-03-08T07:00"),
        ("America/New_York", time(1, 30), "2026-10-31T12:00", "2026-11-01T05:30"),
        ("America/New_York", time(1, 30), "2026-11-01T05:30", "2026-11-02T06:30"),
        # Lord Howe moves by half an hour: on 4 October 2026 02:00 becomes 02:30 at 15:30 UTC of the day before
        ("Australia/Lord_Howe", time(2, 15), "2026-10-03T00:00", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", time(1, 45), "2026-04-04T00:00", "2026-04-04T14:45"),
        ("Australia/Lord_Howe", time(1, 45), "2026-04-04T14:45", "2026-04-05T15:15"),
        ("UTC", time(7), "2028-02-28T07:00", "2028-02-29T07:00"),
        ("UTC", time(7), "2028-02-29T07:00", "2028-03-01T07:00"),
        ("Pacific/Kiritimati", time(0), "2026-01-01T09:59", "2026-01-01T10:00"),
    ],
)
def test_due_at_the_local_hour_on_ordinary_days_and_on_the_nights_clocks_change(
    zone: str, hour: time, after: str, due: str
) -> None:
    assert next_due([hour], zone, utc(after)) == utc(due)


def test_of_several_hours_the_next_one_is_due() -> None:
    times = [time(18), time(6, 30)]
    first = next_due(times, "Europe/Kyiv", utc("2026-11-22T00:00"))
    second = next_due(times, "Europe/Kyiv", first)
    assert [slot_of(times, "Europe/Kyiv", due) for due in (first, second)] == [
        (date(2026, 11, 22), "0630"),
        (date(2026, 11, 22), "1800"),
    ]


def test_a_slot_in_a_gap_keeps_its_own_name() -> None:
    due = next_due([time(2, 30)], "Europe/Berlin", utc("2026-03-28T12:00"))
    assert slot_of([time(2, 30)], "Europe/Berlin", due) == (date(2026, 3, 29), "0230")


def test_an_instant_of_an_older_schedule_is_named_by_its_local_time() -> None:
    assert slot_of([time(9)], "Europe/Berlin", utc("2026-07-01T06:00")) == (date(2026, 7, 1), "0800")


@settings(max_examples=400, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    times=st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1, max_size=4, unique=True),
    after=INSTANTS,
)
def test_the_next_instant_is_later_soon_and_shows_the_hour_on_the_readers_clock(
    zone: str, times: list[time], after: datetime
) -> None:
    due = next_due(times, zone, after)
    assert due > after
    assert due - after <= timedelta(hours=49)
    local = due.astimezone(ZoneInfo(zone))
    if local.replace(tzinfo=None).time() not in times:
        just_before = (due - timedelta(seconds=2)).astimezone(ZoneInfo(zone))
        assert local.utcoffset() > just_before.utcoffset()  # the end of a gap, and of nothing else
    else:
        assert local.fold == 0


@settings(max_examples=200, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    hour=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    after=INSTANTS,
    step=st.timedeltas(timedelta(microseconds=1), timedelta(days=3)),
)
def test_asking_later_never_gives_an_earlier_hour(zone: str, hour: time, after: datetime, step: timedelta) -> None:
    assert next_due([hour], zone, after) <= next_due([hour], zone, after + step)


def test_a_schedule_without_hours_and_a_naive_instant_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one hour"):
        next_due([], "UTC", utc("2026-01-01T00:00"))
    with pytest.raises(ValueError, match="naive"):
        next_due([time(8)], "UTC", datetime(2026, 1, 1))  # noqa: DTZ001  that is the point


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    hour=HOURS,
    after=INSTANTS,
)
def test_only_the_chosen_days_are_due_and_within_a_week(
    zone: str, days: frozenset[int], hour: time, after: datetime
) -> None:
    due = next_due([hour], zone, after, days)
    day, _ = slot_of([hour], zone, due)
    assert day.weekday() in days
    assert after < due <= after + timedelta(days=8)
    assert last_due([hour], zone, due, days) == due


def test_a_schedule_without_days_is_an_error() -> None:
    with pytest.raises(ValueError, match="one day"):
        next_due([time(8)], "UTC", utc("2026-01-01T00:00"), frozenset())


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (("22:00", "07:00"), "2026-11-22T23:30", "2026-11-23T07:00"),
        (("22:00", "07:00"), "2026-11-22T06:59", "2026-11-22T07:00"),
        (("22:00", "07:00"), "2026-11-22T07:00", "2026-11-22T07:00"),
        (("22:00", "07:00"), "2026-11-22T12:00", "2026-11-22T12:00"),
        (("13:00", "15:00"), "2026-11-22T14:00", "2026-11-22T15:00"),
        (("13:00", "15:00"), "2026-11-22T15:00", "2026-11-22T15:00"),
        (("08:00", "08:00"), "2026-11-22T08:00", "2026-11-22T08:00"),
        (None, "2026-11-22T03:00", "2026-11-22T03:00"),
    ],
)
def test_quiet_hours_hold_back_until_they_end(quiet: tuple[str, str] | None, now: str, until: str) -> None:
    hours = None if quiet is None else (time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1]))
    assert quiet_until(hours, "UTC", utc(now)) == utc(until)


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), hour=HOURS, now=INSTANTS)
def test_quiet_hours_that_end_when_they_start_are_none(zone: str, hour: time, now: datetime) -> None:
    assert not is_quiet((hour, hour), zone, now)
    assert quiet_until((hour, hour), zone, now) == now
    at_the_hour = next_due([hour], zone, now)
    assert quiet_until((hour, hour), zone, at_the_hour) == at_the_hour


@settings(max_examples=200, deadline=None)
@given(
    before=st.sampled_from(ZONES),
    after=st.sampled_from(ZONES),
    hour=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    now=INSTANTS,
)
def test_who_moves_has_the_hour_of_the_new_zone_next_and_no_hour_of_the_old(
    before: str, after: str, hour: time, now: datetime
) -> None:
    told = last_due([hour], before, now)
    due = next_due([hour], after, now)
    day, slot = slot_of([hour], after, due)
    assert told <= now < due <= now + timedelta(hours=49)
    assert slot == hour.strftime("%H%M")
    assert slot_of([hour], after, next_due([hour], after, due))[0] == day + timedelta(days=1) or skips_a_day(after, day)


def skips_a_day(zone: str, day: date) -> bool:
    """Whether a zone left out the day after one, by going over the date line."""
    noon = datetime.combine(day, time(12), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return (noon + timedelta(days=1)).astimezone(ZoneInfo(zone)).date() != day + timedelta(days=1)


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    quiet=st.tuples(HOURS, HOURS),
    now=INSTANTS,
)
def test_what_waited_for_the_end_of_quiet_hours_waits_at_most_a_day(
    zone: str, quiet: tuple[time, time], now: datetime
) -> None:
    until = quiet_until(quiet, zone, now)
    assert now <= until <= now + timedelta(hours=27)
