"""When a reader's next edition is due: pure arithmetic of local hours, zones and the nights on which clocks change."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LATEST = timedelta(hours=6)
"""An edition that is later than this is of no use at the hour it comes, and is folded into the next one."""

EVERY_DAY = frozenset(range(7))
"""The days of the week, Monday 0, as ``datetime.weekday`` counts them."""

_LOOK_AHEAD_DAYS = 9
"""A day has at least one valid instant for each hour, so next week's always exists; one more for zones far from UTC."""

_LOOK_BACK_DAYS = 8


def next_due(times: Sequence[time], zone: str, after: datetime, days: AbstractSet[int] = EVERY_DAY) -> datetime:
    """The first due instant later than ``after``.

    An hour that a clock change skips is due at the first instant after the gap; an hour that comes twice is due the
    first time only.

    Args:
        times: Local hours, at least one.
        zone: An IANA name.
        after: Any aware instant.
        days: Local days of the week, Monday 0, at least one.

    Returns:
        An aware UTC instant.

    Raises:
        ValueError: no hours or no days were given, or ``after`` is naive.
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.
    """
    return next(instant for instant, _, _ in _slots(times, zone, after, days) if instant > after)


def last_due(times: Sequence[time], zone: str, upto: datetime, days: AbstractSet[int] = EVERY_DAY) -> datetime:
    """The last due instant that is not later than ``upto``; otherwise as ``next_due``."""
    return max(instant for instant, _, _ in _slots(times, zone, upto, days) if instant <= upto)


def is_quiet(quiet: tuple[time, time] | None, zone: str, now: datetime) -> bool:
    """Whether ``now`` lies in a reader's quiet hours, from the first local hour up to the second, over midnight or not.

    Hours that start when they end are none.
    """
    if quiet is None or quiet[0] == quiet[1]:
        return False
    start, end = quiet
    moment = now.astimezone(ZoneInfo(zone)).time()
    return start <= moment < end if start < end else moment >= start or moment < end


def quiet_until(quiet: tuple[time, time] | None, zone: str, now: datetime) -> datetime:
    """When something may be sent that is not an edition: ``now``, or the end of the quiet hours it lies in (UTC)."""
    if quiet is None or not is_quiet(quiet, zone, now):
        return now
    return next_due([quiet[1]], zone, now)


def slot_of(times: Sequence[time], zone: str, due: datetime) -> tuple[date, str]:
    """The local day and the slot (``"HHMM"``) that an instant given by ``next_due`` stands for.

    An instant that is no slot of these hours (the reader has changed them since) is named by its own local time.
    """
    for instant, day, moment in _slots(times, zone, due, EVERY_DAY):
        if instant == due:
            return day, moment.strftime("%H%M")
    local = due.astimezone(ZoneInfo(zone))
    return local.date(), local.strftime("%H%M")


def _slots(
    times: Sequence[time], zone: str, around: datetime, weekdays: AbstractSet[int]
) -> tuple[tuple[datetime, date, time], ...]:
    """The slots of a week before ``around`` and of a week and a day after it, in order of time."""
    return _worked_out(tuple(times), zone, around, frozenset(weekdays))


@lru_cache(maxsize=1024)
def _worked_out(
    times: tuple[time, ...], zone: str, around: datetime, weekdays: frozenset[int]
) -> tuple[tuple[datetime, date, time], ...]:
    """Readers share hours and zones: a tick asks for the same week thousands of times."""
    return tuple(_each_slot(times, zone, around, weekdays))


def _each_slot(
    times: Sequence[time], zone: str, around: datetime, weekdays: AbstractSet[int]
) -> Iterator[tuple[datetime, date, time]]:
    if not times or not weekdays & EVERY_DAY:
        raise ValueError("a schedule needs at least one hour and one day")
    if around.tzinfo is None:
        raise ValueError("a naive instant is no instant")
    place = ZoneInfo(zone)
    today = around.astimezone(place).date()
    for days in range(-_LOOK_BACK_DAYS, _LOOK_AHEAD_DAYS):
        day = today + timedelta(days=days)
        if day.weekday() not in weekdays:
            continue
        for moment in sorted(times):
            yield _instant(day, moment, place), day, moment


@lru_cache(maxsize=4096)
def _instant(day: date, moment: time, place: ZoneInfo) -> datetime:
    """The UTC instant of a local hour, as the module's rule has it for gaps and for hours that come twice (PEP 495)."""
    first = datetime.combine(day, moment.replace(tzinfo=None, fold=0), tzinfo=place).astimezone(UTC)
    if first.astimezone(place).replace(tzinfo=None) == datetime.combine(day, moment.replace(tzinfo=None)):
        return first
    return _end_of_gap(
        datetime.combine(day, moment.replace(tzinfo=None, fold=1), tzinfo=place).astimezone(UTC), first, place
    )


def _end_of_gap(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The instant, to the second, at which the clocks went forward; it lies after ``before`` and not after ``after``."""
    new = after.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(place).utcoffset() == new:
            after = middle
        else:
            before = middle
    return after
