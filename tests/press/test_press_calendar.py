"""The calendar file, read back by another reader of calendars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.catalogue import words_in
from bot.desk.book import BookEntry, Move
from bot.press.calendar import render_calendar
from models.api import Bond, Period, Precision

ENGLISH = words_in("en")

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = Period(start=date(2026, 7, 14), end=date(2026, 7, 14), precision=Precision.DAY)

ENTRY = BookEntry(
    id=7,
    who="Arvania",
    what="Waiver that lets Arvania buy gas expires",
    bond=Bond.DEADLINE,
    qualifier="by",
    due=DAY,
    importance=0.8,
    sentence="A waiver that lets Arvania buy gas expires on 14 July, the treasury said.",
    outlet="Harbour Wire",
    link="https://wire.example/7?a=1;b=2,3",
    published=NOW,
    first_told=NOW,
    changed_at=NOW,
)


def events(*entries: BookEntry) -> list[Event]:
    calendar = Calendar.from_ical(render_calendar(entries, ENGLISH, stamp=NOW))
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert calendar["prodid"]
    return list(calendar.walk("VEVENT"))


def test_a_deadline_is_an_event_of_a_whole_day() -> None:
    (event,) = events(ENTRY)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 7, 14), date(2026, 7, 15))
    assert event.decoded("dtstamp") == NOW
    assert str(event["summary"]) == "Waiver that lets Arvania buy gas expires"
    assert ENTRY.sentence in str(event["description"])
    assert str(event["url"]) == ENTRY.link
    assert (event["status"], event["transp"], event["sequence"]) == ("CONFIRMED", "TRANSPARENT", 0)
    assert not event.walk("VALARM")


def test_a_moved_deadline_is_the_same_event_in_a_later_state() -> None:
    later = Period(start=date(2026, 10, 12), end=date(2026, 10, 12), precision=Precision.DAY)
    move = Move(due=DAY, published=NOW, outlet="Harbour Wire", link=None)
    moved = replace(ENTRY, due=later, history=(move,), sequence=1, changed_at=NOW + timedelta(days=3))
    before, after = events(ENTRY)[0], events(moved)[0]
    assert before["uid"] == after["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("dtstart") == date(2026, 10, 12)
    assert "Moved from 14 July 2026" in str(after["description"])


def test_a_withdrawn_deadline_is_cancelled() -> None:
    (event,) = events(replace(ENTRY, withdrawn=True, sequence=1))
    assert event["status"] == "CANCELLED"
    assert str(event["summary"]).startswith("Withdrawn: ")


def test_an_imprecise_deadline_stands_on_its_last_day_and_says_so() -> None:
    quarter = Period(start=date(2026, 7, 1), end=date(2026, 9, 30), precision=Precision.QUARTER)
    (event,) = events(replace(ENTRY, due=quarter))
    assert event.decoded("dtstart") == date(2026, 9, 30)
    assert str(event["summary"]).endswith("(by the 3rd quarter of 2026)")
    month = Period(start=date(2026, 6, 1), end=date(2026, 6, 30), precision=Precision.MONTH)
    (event,) = events(replace(ENTRY, due=month, bond=Bond.EVENT, qualifier="in"))
    assert str(event["summary"]).endswith("(June 2026)")


def test_two_entries_are_two_events() -> None:
    assert len({str(event["uid"]) for event in events(ENTRY, replace(ENTRY, id=8))}) == 2


def test_an_empty_book_is_a_calendar_all_the_same() -> None:
    assert events() == []


TEXT = st.text(max_size=300)
NASTY = st.sampled_from(
    [
        "x\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "a\nATTENDEE:mailto:x@example.org",
        '\\n;,:"',
        "é" * 200,
        "\u2028BEGIN:X",
        "\x00\ud800",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    what=TEXT | NASTY,
    who=st.none() | TEXT | NASTY,
    sentence=TEXT | NASTY,
    link=st.none() | TEXT | NASTY,
    outlet=TEXT | NASTY,
)
def test_no_text_breaks_out_of_its_line(
    what: str, who: str | None, sentence: str, link: str | None, outlet: str
) -> None:
    entry = replace(ENTRY, what=what, who=who, sentence=sentence, link=link, outlet=outlet, qualifier=what)
    content = render_calendar([entry], ENGLISH, stamp=NOW)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    (calendar,) = Calendar.from_ical(content, multiple=True)
    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    (event,) = calendar.walk("VEVENT")
    assert set(event) <= {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE", "STATUS", "TRANSP"),
        *("LAST-MODIFIED", "URL"),
    }


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=150)
)
def test_what_is_written_is_read_back(what: str) -> None:
    wanted = " ".join(what.split())
    (event,) = events(replace(ENTRY, what=what, who=None))
    assert str(event["summary"]) == wanted
