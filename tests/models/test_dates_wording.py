"""How a phrase reads in a calendar: who is to do what, without what the date says already."""

from __future__ import annotations

import pytest

from models.api import Bond
from models.dates.wording import edited, head_of, last_part, subject_of

PHRASES = [
    ("The central bank, which meets", "Central bank meets"),
    (
        "The agreement that lets grain pass through Belmark's waters expires",
        "Agreement that lets grain pass through Belmark's waters expires",
    ),
    ("A first convoy is due to leave", "First convoy to leave"),
    ("Fares are not to rise", "Fares not to rise"),
    ("The court has set aside nine days of hearings and plans to give its verdict", "Court plans to give its verdict"),
    (
        "Lena Hart missed a majority and will meet Oskar Dahl, who got 38.9 percent, in a runoff",
        "Lena Hart will meet Oskar Dahl in a runoff",
    ),
    ("The Northern Front signed a truce on Friday that begins at 6 a.m.", "Truce begins at 6 a.m."),
    ("Biden says US ending Ostra combat missions", "US to end Ostra combat missions"),
    ("The minister Ida Grell said she would bring a new draft", "Minister Ida Grell would bring a new draft"),
    ("The Northern Front agreed on Tuesday to exchange prisoners", "Northern Front agreed to exchange prisoners"),
    ("The deal foresees the exchange of 50 hostages for 150 prisoners", "Exchange of 50 hostages for 150 prisoners"),
    (
        "Norland has promised to reduce its force from about 13,000 to 8,600",
        "Norland has promised to reduce its force to 8,600",
    ),
    ("900 jobs will go instead of the 1,400 that the owner had planned", "900 jobs will go"),
    ("Traders see a chance of a cut when the Fed meets", "Fed meets"),
    ("Fighting could resume when the ceasefire in the hills runs out", "Ceasefire in the hills runs out"),
    ("Two weeks remain to save the grain deal, which ends", "Grain deal ends"),
    ("Two people are still missing, and the divers go home", "Divers go home"),
    ("A battalion will move in during", "Battalion will move in"),
    ("The week ends, and we restart when it is ready", "Week ends, and we restart when it is ready"),
    ("The Hague court must rule", "The Hague court must rule"),
]
DATED = [
    ("A donor conference will be held in Vienna", "Donor conference in Vienna"),
    ("The verdict is planned", "Verdict"),
    ("The restart of the reactor was put off", "Restart of the reactor"),
    ("Norland has put off its own landing with astronauts", "Norland's landing with astronauts"),
    ("Veskar moves deadline for quake housing", "Deadline for quake housing (Veskar)"),
    ("Grain corridor prolonged by 120 days", "Grain corridor"),
]


@pytest.mark.parametrize(("what", "line"), PHRASES)
def test_a_clause_becomes_a_line_of_a_calendar(what: str, line: str) -> None:
    assert edited(what, Bond.DEADLINE) == line


@pytest.mark.parametrize(("what", "line"), DATED)
def test_what_happens_or_got_a_new_day_is_named_without_its_verb(what: str, line: str) -> None:
    assert edited(what, Bond.EVENT) == line


@pytest.mark.parametrize("what", ["", "Vote", "it", "The", '"', "2,400", "is to", "will be held"])
def test_little_stays_something(what: str) -> None:
    assert bool(edited(what, Bond.EVENT)) == bool(what)


def test_a_long_phrase_is_cut_where_something_hangs_on() -> None:
    what = "The state must pay every family that lost its home in the flood of 2024 because the dykes it had built were far too low"
    assert (
        edited(what, Bond.DEADLINE) == "State must pay every family that lost its home in the flood of 2024"
        or len(edited(what, Bond.DEADLINE).split()) <= 14
    )


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("On Monday, the minister, who resigned, said goodbye.", "the minister"),
        ("The first of 120 observers will arrive.", "the 120 observers"),
        ("In an interview with Coast Wire he spoke of more.", ""),
        ("Nothing at all.", ""),
        ("", ""),
    ],
)
def test_the_subject_of_a_sentence(sentence: str, subject: str) -> None:
    assert subject_of(sentence) == subject


def test_the_head_of_a_phrase_and_the_last_part_of_a_headline() -> None:
    assert head_of("the mandate of the mission") == "mandate"
    assert last_part("Toll at 20, inquiry to report") == "inquiry to report"
    assert last_part("Bridge to reopen") == "Bridge to reopen"
