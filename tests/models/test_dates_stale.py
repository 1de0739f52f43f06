"""Days that a text names only to say that they hold no more set no deadline, nor do those that bind nobody."""

from __future__ import annotations

from datetime import date

import pytest

from models.dates import find_deadlines, find_timexes
from models.sentences import split_sentences

DAY = date(2026, 11, 20)


def dues(text: str) -> list[str]:
    found = find_deadlines(text, split_sentences(text), find_timexes(text, DAY), DAY)
    return [deadline.due.end.isoformat() for deadline in found]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The force will reach 2,400 soldiers by 15 December and not by 30 November as planned.", "2026-12-15"),
        ("The campaign will begin on December 20 instead of December 15.", "2026-12-20"),
        ("The bridge will not reopen on 20 December but on 10 January.", "2027-01-10"),
        ("The agreement, which was to expire on Wednesday, has been extended to December 31.", "2026-12-31"),
        ("The agreement, which would have ended on November 30, now runs until December 31.", "2026-12-31"),
        ("The launch, planned for November 24, was postponed to December 21.", "2026-12-21"),
    ],
)
def test_of_an_old_day_and_a_new_one_the_new_one_is_due(text: str, due: str) -> None:
    assert dues(text) == [due]


@pytest.mark.parametrize(
    "text",
    [
        '"Our members drive trains through the night for less than a bus driver earns at noon," she said.',
        '"This one I shall frame if it holds until summer," he said.',
        "The force had meant to reach that number by December 31.",
        "TARN, Ostrene, November 20 (Coast Wire) — The mayor will sign a letter.",
        "Fast lanes for only 2.99 a month. The offer ends on 15 December! Use the code BRIEF70.",
        "ADVERTISEMENT: Learn English! Only 200 places, registration until 25 December.",
        "The weather service expects another 40 millimeters of rain by Monday night.",
        "The bank polls economists, who now see inflation of 9 percent at the end of the year.",
        "The airline failed, and 42,000 people hold tickets that nobody will honour today.",
        "The party pulled off a victory in an election Saturday, and it was a stunning one.",
        "We think we will be in a good place by the end of the year.",
    ],
)
def test_no_deadline(text: str) -> None:
    assert dues(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The tender offer ends on 15 December, the bank said.",
        "Schools will not reopen until December 15.",
        "The truce was due to end on Monday, and nobody spoke of more.",
    ],
)
def test_what_only_looks_so_is_due(text: str) -> None:
    assert len(dues(text)) == 1
