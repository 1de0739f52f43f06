"""What a deadline says of itself when its sentence leaves it open: full names, and the country of its text."""

from __future__ import annotations

from datetime import date

import pytest

from models.facts import read_facts
from models.sentences import split_sentences

DAY = date(2024, 3, 12)


def whats(text: str) -> list[str]:
    return [deadline.what for deadline in read_facts(text, split_sentences(text), DAY).deadlines]


def test_a_matter_without_a_name_is_set_in_the_country_of_its_text() -> None:
    text = "Chile's conservatives won the election in Chile on Sunday. The new parliament must meet by March 25."
    assert "New parliament must meet (Chile)" in whats(text)


def test_a_noun_that_points_back_is_named_in_full() -> None:
    text = "Marovia fears for its Ostra mission. Parliament must extend the mission by March 25."
    assert whats(text) == ["Parliament must extend the Ostra mission"]


def test_no_country_is_added_where_the_sentence_names_another() -> None:
    text = "Chile's conservatives won the election in Chile on Sunday. In Peru the talks must end by March 25."
    assert not [what for what in whats(text) if "(Chile)" in what]


def test_the_city_of_the_dateline_is_not_part_of_the_matter() -> None:
    text = "ANKARA — The leader won on Monday, and faces a second round on March 25."
    assert not [what for what in whats(text) if "ANKARA" in what]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "The cabinet sent its budget to the chamber on Monday. Parliament must pass it by March 31.",
            "Parliament must pass the budget",
        ),
        ("The union rejected the offer. It must decide on a strike by March 31.", "Union must decide on a strike"),
        ("Ada Brandt won the vote. She must name a cabinet by March 31.", "Ada Brandt must name a cabinet"),
        ("The regulator cut its rate. Its next decision is on April 16.", "Regulator's next decision"),
        (
            "The first of 120 observers will arrive soon, and all of them are to be in place by April 5.",
            "All 120 observers to be in place",
        ),
        (
            "Eleven of the 14 hospitals are open again. The other three are to follow by March 27.",
            "Other three hospitals to follow",
        ),
        (
            "Of 46 of 120 observers in place the mayor spoke. The others wait for vehicles. They are to be in place by April 5.",
            "Other observers to be in place",
        ),
        (
            "Both sides signed a truce on Monday. The truce ends on March 31 unless both extend it.",
            "Truce ends unless both extend it",
        ),
        ("The house gave the lawmakers until March 31 to pass the 2027 budget.", "Lawmakers to pass the 2027 budget"),
        ("Brandt joined a court in Vard. He can appeal until April 8.", "He can appeal"),
        ("Parents in two towns were angry. It will reopen on April 8.", "It will reopen"),
    ],
)
def test_a_pronoun_gives_way_to_its_noun_only_where_that_is_plain(text: str, what: str) -> None:
    assert whats(text) == [what]


def test_an_election_takes_the_adjective_of_its_country() -> None:
    text = "Chile's army will guard roads in Chile, Chile's government said. We are looking forward to an election in October."
    assert "Chilean election" in whats(text)
