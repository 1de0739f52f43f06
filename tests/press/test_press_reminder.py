"""What a reminder says, and that no text breaks it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import words_in
from bot.desk.book import BookEntry, Move
from bot.press.message import MAX_ENTITIES, MAX_UNITS, units
from bot.press.reminder import render_change, render_reminder
from models.api import Bond, Period, Precision

ENGLISH = words_in("en")

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ENTRY = BookEntry(
    id=7,
    who="Arvania",
    what="Waiver lets it buy gas",
    bond=Bond.DEADLINE,
    qualifier="by",
    due=Period(start=date(2026, 7, 14), end=date(2026, 7, 14), precision=Precision.DAY),
    importance=0.8,
    sentence="The waiver expires on 14 July.",
    outlet="Harbour Wire",
    link="https://wire.example/7",
    published=NOW,
    first_told=NOW,
    changed_at=NOW,
)


def test_a_reminder_says_when_what_and_who_said_so() -> None:
    message = render_reminder(ENTRY, ENGLISH, today=date(2026, 7, 7))
    assert message.text.splitlines() == [
        "Reminder: in 7 days",
        "14 July 2026: Waiver lets it buy gas (Arvania)",
        "Harbour Wire, 2 March 2026",
        "“The waiver expires on 14 July.”",
    ]
    assert {entity.slice(message.text): entity.url for entity in message.entities if entity.url} == {
        "Harbour Wire": "https://wire.example/7"
    }
    assert render_reminder(ENTRY, ENGLISH, today=date(2026, 7, 13)).text.startswith("Reminder: tomorrow\n")
    assert render_reminder(ENTRY, ENGLISH, today=date(2026, 7, 14)).text.startswith("Reminder: today\n")


def test_an_imprecise_day_is_told_at_its_precision() -> None:
    month = Period(start=date(2026, 7, 1), end=date(2026, 7, 31), precision=Precision.MONTH)
    text = render_reminder(replace(ENTRY, due=month), ENGLISH, today=date(2026, 7, 1)).text
    assert "July 2026 (ends 31 July 2026): Waiver" in text


def test_a_change_says_what_changed() -> None:
    later = Period(start=date(2026, 10, 12), end=date(2026, 10, 12), precision=Precision.DAY)
    move = Move(due=ENTRY.due, published=NOW, outlet="Harbour Wire", link=None)
    moved = replace(ENTRY, due=later, history=(move,), sequence=1)
    assert "12 October 2026, was 14 July 2026" in render_change(moved, ENGLISH).text
    assert render_change(replace(moved, withdrawn=True), ENGLISH).text.startswith("Withdrawn\n")
    assert render_change(replace(ENTRY, sequence=2), ENGLISH).text.startswith("Corrected\n")


@settings(deadline=None)
@given(st.text(max_size=6000), st.text(max_size=6000), st.text(max_size=300), st.none() | st.text(max_size=300))
def test_any_text_makes_one_message_within_the_limits(what: str, sentence: str, outlet: str, link: str | None) -> None:
    entry = replace(ENTRY, what=what, who=sentence, sentence=sentence, outlet=outlet, link=link)
    for message in (
        render_reminder(entry, ENGLISH, today=NOW.date() + timedelta(days=9)),
        render_change(entry, ENGLISH),
    ):
        assert 0 < units(message.text) <= MAX_UNITS
        assert len(message.entities) <= MAX_ENTITIES
        assert all(entity.end <= units(message.text) for entity in message.entities)
