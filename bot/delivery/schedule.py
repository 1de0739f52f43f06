"""When a reader's next edition is due: pure arithmetic of local hours, zones and the nights on which clocks change."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATEST = timedelta(hours=6)
"""An edition that is later than this is of no use at the hour it comes, and is folded into the next one."""

_LOOK_AHEAD_DAYS = 3
"""A day has at least one valid instant for each hour, so tomorrow's always exists; one more for zones far from UTC."""


def next_due(times: Sequence[time], zone: str, after: datetime) -> datetime:
    """The first due instant later than ``after``.

    An hour that a clock change skips is due at the first instant after the gap; an hour that comes twice is due the
    first time only.

    Args:
        times: Local hours, at least one.
        zone: An IANA name.
        after: Any aware instant.

    Returns:
        An aware UTC instant.

    Raises:
        ValueError: no hours were given, or ``after`` is naive.
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.
    """
    return min(instant for instant, _, _ in _slots(times, zone, after) if instant > after)


def last_due(times: Sequence[time], zone: str, upto: datetime) -> datetime:
    """The last due instant that is not later than ``upto``; otherwise as ``next_due``."""
    return max(instant for instant, _, _ in _slots(times, zone, upto) if instant <= upto)


def slot_of(times: Sequence[time], zone: str, due: datetime) -> tuple[date, str]:
    """The local day and the slot (``"HHMM"``) that an instant given by ``next_due`` stands for.

    An instant that is no slot of these hours (the reader has changed them since) is named by its own local time.
    """
    for instant, day, moment in _slots(times, zone, due):
        if instant == due:
            return day, moment.strftime("%H%M")
    local = due.astimezone(ZoneInfo(zone))
    return local.date(), local.strftime("%H%M")


def _slots(times: Sequence[time], zone: str, around: datetime) -> Iterator[tuple[datetime, date, time]]:
    if not times:
        raise ValueError("a schedule needs at least one hour")
    if around.tzinfo is None:
        raise ValueError("a naive instant is no instant")
    place = ZoneInfo(zone)
    today = around.astimezone(place).date()
    for days in range(-1, _LOOK_AHEAD_DAYS):
        day = today + timedelta(days=days)
        for moment in sorted(times):
            yield _instant(day, moment, place), day, moment


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
