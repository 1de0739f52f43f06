"""Promise 7: one edition for each local day and hour, wherever a reader lives, whatever clocks do and however long the bot slept."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest
from promise_proof import WHOLE, Proof
from promise_street import database, file_news, settle_in, subscriber

from bot.delivery.schedule import next_due, slot_of
from bot.delivery.tick import Tick
from bot.newsroom import choices, readers
from bot.newsroom.doubles import PlainReader
from bot.newsroom.editions import EditionDesk
from bot.newsroom.readers import Chat, Defaults
from bot.newsroom.reading import ThreadedReader
from bot.press.edition import render_edition
from bot.store import LANES, Store

ZONES = sorted(zone for zone in available_timezones() if zone not in {"Factory", "localtime"})

TWENTY_FOUR = (
    "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Lagos", "America/Asuncion", "America/Halifax",
    "America/Los_Angeles", "America/New_York", "America/Santiago", "America/Sao_Paulo", "America/St_Johns",
    "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Kathmandu", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores",
    "Australia/Lord_Howe", "Europe/Berlin", "Europe/Kyiv", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati",
)  # fmt: skip
"""Most of them change their clocks, each on nights of its own, Troll by two hours and Lord Howe by half of one."""

HOURS = (time(2, 30), time(14))
"""The first does not exist on one night of the year, and comes twice on another."""

YEAR = [date(2028, 1, 1) + timedelta(days=day) for day in range(366)]
ASLEEP = timedelta(hours=3)


def nights_of_change(zone: str) -> list[datetime]:
    """The hours of the year (UTC) in which the clocks of a zone change."""
    start = datetime(2028, 1, 1, tzinfo=UTC)
    hours = [start + timedelta(hours=hour) for hour in range(366 * 24)]
    offsets = [hour.astimezone(ZoneInfo(zone)).utcoffset() for hour in hours]
    return [hour for hour, (before, after) in zip(hours, pairwise(offsets), strict=False) if before != after]


def sleeps_of(random: Random, nights: Sequence[datetime], begin: datetime, days: int) -> list[datetime]:
    """When the bot falls asleep: before every change of clocks, and at other times; never so that two sleeps are one."""
    wanted = [night - timedelta(hours=random.uniform(0, 2.5)) for night in nights]
    wanted += [begin + timedelta(hours=random.uniform(0, 24 * days)) for _ in range(days // 2)]
    kept: list[datetime] = []
    for sleep in wanted:
        if all(abs(sleep - other) > ASLEEP + timedelta(hours=1) for other in kept):
            kept.append(sleep)
    return kept


@pytest.mark.promise(7, "missed hours are caught up, once")
async def test_promise_7_one_edition_for_each_local_day_and_slot_also_after_sleep(tmp_path: Path, proof: Proof) -> None:
    days = proof.size(366, "days in 24 zones, asleep for 3 h every few days and when clocks change")
    first = YEAR[0] if WHOLE else date(2028, 3, 9)  # within a tenth lie the nights of most zones' spring
    begin = datetime.combine(first, time(), UTC) - timedelta(hours=14)
    end = begin + timedelta(days=days)
    nights = sorted({night for zone in TWENTY_FOUR for night in nights_of_change(zone) if begin < night < end})
    sleeps = sleeps_of(proof.random, nights, begin, days)
    readers = dict(enumerate(TWENTY_FOUR, 1001))
    store = await Store.open(database(tmp_path))
    due = {zone: next_due(HOURS, zone, begin) for zone in TWENTY_FOUR}
    await settle_in(store, (subscriber(chat, due[zone], zone=zone, times=HOURS) for chat, zone in readers.items()))
    await file_news(store, ("Abelin",), begin)
    editions = EditionDesk(store, room := ThreadedReader(PlainReader()), lambda: begin)
    tick = Tick(store, editions.compose_for, render_edition, lambda: begin)
    told: Counter[int] = Counter()
    now = awake = begin
    while now < end:
        if not any(sleep <= now < sleep + ASLEEP for sleep in sleeps):
            awake = now
            if await tick.run_once(now):
                async with store.begin() as tx:
                    items = await tx.outbox.claim(LANES, 1000, now)
                    await tx.outbox.sent_all([(item.id, item.id) for item in items], now)
                told.update(item.chat_id for item in items)
        now += timedelta(minutes=30)
    await store.close()
    room.close()

    with closing(sqlite3.connect(tmp_path / "sitrep.db")) as found:
        rows = found.execute("select dedupe_key, state, parts from outbox where kind = 'edition'").fetchall()
    slots = Counter((chat, day, slot) for _, chat, _, day, slot, _ in (key.split(":") for key, _, _ in rows))
    expected = {
        (str(chat), day.isoformat(), slot)
        for chat, zone in readers.items()
        for day, slot in due_between(zone, begin, awake)
    }
    assert {(state, parts) for _, state, parts in rows} == {("sent", 1)}
    assert set(slots.values()) == {1}
    assert set(slots) == expected
    assert told.total() == len(expected)
    through = sum(any(sleep <= night < sleep + ASLEEP for sleep in sleeps) for night in nights)
    proof.note(
        f"{len(expected):,} editions, one for each local day and slot; {len(sleeps)} sleeps, {through} of {len(nights)} changes of "
        "clocks slept through"
    )


def due_between(zone: str, begin: datetime, end: datetime) -> Iterator[tuple[date, str]]:
    """The local days and slots that fall due, worked out from the calendar alone."""
    place = ZoneInfo(zone)
    day = begin.astimezone(place).date() - timedelta(days=1)
    while day <= end.astimezone(place).date():
        for hour in HOURS:
            moment = datetime.combine(day, hour, tzinfo=place)
            # PEP 495: of an hour that comes twice the first; one that is skipped is read by the clock before the gap, and the
            # gap's end is not later than that.
            latest = moment.astimezone(UTC)
            skipped = latest.astimezone(place).replace(tzinfo=None) != moment.replace(tzinfo=None)
            earliest = moment.replace(fold=1).astimezone(UTC) if skipped else latest
            if begin < earliest and latest <= end:
                yield day, hour.strftime("%H%M")
        day += timedelta(days=1)


@pytest.mark.promise(7, "missed hours are caught up, once")
def test_promise_7_every_zone_has_one_due_instant_for_each_day_of_a_leap_year(proof: Proof) -> None:
    many = proof.size(len(ZONES), "zones of the tz database × 366 days")
    for zone in proof.random.sample(ZONES, many):
        for hour in (time(2, 30), time(0), time(23, 59))[: 3 if WHOLE else 1]:
            start = datetime(2028, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
            due, days = start, []
            while len(days) < len(YEAR):
                due = next_due([hour], zone, due)
                day, slot = slot_of([hour], zone, due)
                assert slot == hour.strftime("%H%M"), (zone, due)
                days.append(day)
            assert days == YEAR, zone
    proof.note("each day once, none twice, none missing, 29 February among them")


@pytest.mark.promise(7, "missed hours are caught up, once")
async def test_promise_7_who_moves_is_told_each_hour_once_and_everything(tmp_path: Path, proof: Proof) -> None:
    many = proof.size(60, "readers who move to any zone of the world every 2 to 9 days, for 40 days")
    begin = datetime(2028, 3, 9, tzinfo=UTC)
    store = await Store.open(database(tmp_path))
    hour = (time(2, 30),)
    chats = [Chat(chat_id=number, kind="private", language="en") for number in range(1001, 1001 + many)]
    moves = {chat.chat_id: moves_of(proof.random, begin) for chat in chats}
    due = next_due(hour, "UTC", begin)
    await settle_in(store, (subscriber(chat.chat_id, due, zone="UTC", times=hour) for chat in chats))
    editions = EditionDesk(store, room := ThreadedReader(PlainReader()), lambda: begin)
    tick = Tick(store, editions.compose_for, render_edition, lambda: begin)
    now = begin
    while now < begin + timedelta(days=40):
        async with store.begin() as tx:
            for chat in chats:
                if zone := moves[chat.chat_id].pop(now, None):
                    await readers.change(tx, chat, Defaults(), now, partial(choices.schedule, zone=zone))
        await tick.run_once(now)
        async with store.begin() as tx:
            items = await tx.outbox.claim(LANES, 1000, now)
            await tx.outbox.sent_all([(item.id, item.id) for item in items], now)
        now += timedelta(hours=1)
    await store.close()
    room.close()

    with closing(sqlite3.connect(tmp_path / "sitrep.db")) as found:
        rows = found.execute(
            "select chat_id, dedupe_key, state, window_start, window_end from outbox join editions "
            "on editions.id = edition_id order by chat_id, outbox.id"
        ).fetchall()
    assert {state for _, _, state, _, _ in rows} == {"sent"}
    assert len({key for _, key, _, _, _ in rows}) == len(rows)
    longest = timedelta()
    for chat in chats:
        windows = [(start, end) for chat_id, _, _, start, end in rows if chat_id == chat.chat_id]
        assert len(windows) > 30
        for (_, told_to), (start, end) in pairwise(windows):
            assert start == told_to, "what came in between is told, and told once"
            longest = max(longest, datetime.fromisoformat(end) - datetime.fromisoformat(start))
    assert longest <= timedelta(hours=50)
    proof.note(
        f"{len(rows):,} editions, no local day's twice, each from where the last one ended, {longest} apart at most"
    )


def moves_of(random: Random, begin: datetime) -> dict[datetime, str]:
    """When somebody moves, on full hours, and where to."""
    moves: dict[datetime, str] = {}
    day = 0.0
    while day < 40:
        day += random.uniform(2, 9)
        moves[begin + timedelta(hours=round(24 * day))] = random.choice(ZONES)
    return moves
